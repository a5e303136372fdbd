"""The difference between two studies as tables, and as a comment for a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.labels import Figures, path_label
from sroi.results.difference_words import (
    KINDS,
    answer,
    capital,
    count_of,
    counted,
    one_label,
    part_label,
    signed_money,
    signed_ratio,
)
from sroi.tables import Table
from sroi.text import escape_markdown, markdown_table
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.model import Study
    from sroi.results.difference import Changed, Difference, Moved, Part, Where

_LONGEST_TITLE = 48


def parts_table(found: Difference) -> Table:
    """Each change's part of both differences, the largest first, and the whole."""
    currency = found.new.currency
    rows = []
    for ratio, value in found.ordered:
        part = ratio or value
        assert part is not None
        cells = (
            "" if ratio is None else _with_error(signed_ratio(ratio.amount), ratio, signed_ratio),
            ""
            if value is None
            else _with_error(signed_money(value.amount, currency), value, _plain_money(currency)),
        )
        rows.append((capital(part_label(found, part.change)), *cells, _what(found, part)))
    wholes = found.ratio.difference, found.net_present_value.difference
    whole = (
        "none" if wholes[0] is None else signed_ratio(wholes[0]),
        "none" if wholes[1] is None else signed_money(wholes[1], currency),
    )
    rows.append(("Difference", *whole, ""))
    note = ""
    if not found.exact:
        note = (
            f"Parts are means over {found.permutations:,} orders (seed {found.seed}), ± one standard error."
        )
    columns = ("Change", ">Ratio", ">Net present value", "What changed")
    return Table("Each change's part of the difference", columns, tuple(rows), note, key="parts")


def _plain_money(currency: str) -> Any:
    return lambda amount: formatting.money(amount, currency, whole=True)


def _with_error(written: str, part: Part, write: Any) -> str:
    error = part.standard_error
    if error is None:
        return written
    return f"{written} ± {write(error).removeprefix('+')}"


def _what(found: Difference, part: Part) -> str:
    """The few things that a part is made of."""
    if found.by == "number":
        moved = next((each for each in found.moved if each.path in part.paths), None)
        return "" if moved is None else f"{_figure(found.old, moved.path, moved.old)} to {_new(found, moved)}"
    names = list(dict.fromkeys(_entry(found, path) for path in part.paths))
    names += _of_method(found) if "method" in part.kinds else []
    names += _of_packs(found) if "packs" in part.kinds else []
    if "price_year" in part.kinds:
        names += [f"{name.replace('_', ' ')} {one} to {other}" for name, one, other in _years(found)]
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return f"{'; '.join(names[:2])}{more}"


def _entry(found: Difference, path: str) -> str:
    """The outcome or input at or around a path, and whether one of the two studies lacks it."""
    section, name, *field = path.split(".")
    if not field:
        return one_label(found, path)
    study = found.old if name in getattr(found.old, section) else found.new
    return path_label(study, f"{section}.{name}", most=_LONGEST_TITLE)


def _of_method(found: Difference) -> list[str]:
    """The choices of the method that are others, but for the name of its profile."""
    return [
        f"{each.path.removeprefix('method.').replace('_', ' ')} {_figure(found.old, each.path, each.old)} to "
        f"{_figure(found.old, each.path, each.new)}"
        for each in found.changes
        if each.path.startswith("method.") and each.path != "method.profile"
    ]


def _of_packs(found: Difference) -> list[str]:
    """How many numbers of the packs are others."""
    both = {*found.under[0]} & {*found.under[1]}
    count = sum(each.what == "number" and each.path in both for each in found.changes)
    return [f"{count_of(count, 'number')} in packs"] if count else []


def _years(found: Difference) -> Iterable[tuple[str, Any, Any]]:
    for name in ("price_year", "first_year"):
        one, other = getattr(found.old, name), getattr(found.new, name)
        if one != other:
            yield name, one, other


def _new(found: Difference, moved: Moved) -> str:
    """The new figure of a number that moved, written as the old study writes it."""
    return _figure(found.old, moved.path, moved.new)


def _figure(study: Study, path: str, value: Any, ends: tuple[float, ...] | None = None) -> str:
    """A number, list or word as a person reads it."""
    if value is None:
        return "–"
    if path in ("price_year", "first_year", "appraisal_period"):
        return str(value)
    if path == "method.discount_rate":
        return formatting.percent(value)
    if isinstance(value, list | tuple):
        return formatting.listed(_figure(study, path, each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        write = Figures(study)
        range_ = "" if ends is None else f" ({write.span(path, *ends)})"
        return f"{write.one(path, value)}{range_}"
    return str(value) if not isinstance(value, dict) else formatting.listed(map(str, value))


def changes_tables(found: Difference) -> tuple[Table, ...]:
    """What changed in the files, and the numbers that moved because of it."""
    rows = tuple(_change(found, each) for each in found.changes)
    texts = f"Besides, {count_of(found.texts, 'text')} changed." if found.texts else ""
    columns = ("Where", "What", "Change", ">Old", ">New", "Lines")
    tables = (
        [Table("What changed in the files", columns, rows, texts, key="changes")] if rows or texts else []
    )
    if found.moved:
        moved = tuple(
            (
                path_label(found.old, each.path),
                KINDS[each.kind],
                _figure(found.old, each.path, each.old),
                _new(found, each),
                formatting.listed(each.through),
            )
            for each in found.moved
        )
        headings = ("Number", "Kind", ">Old", ">New", "Through")
        note = f"Money is in prices of {found.new.price_year}."
        tables.append(Table("What its numbers come to", headings, moved, note, key="moved"))
    return tuple(tables)


def _change(found: Difference, each: Changed) -> tuple[str, ...]:
    return (
        each.path,
        each.what,
        each.change,
        _figure(found.old, each.path, each.old, each.old_range),
        _figure(found.new, each.path, each.new, each.new_range),
        _lines(each.old_where, each.new_where),
    )


def _lines(old: Where | None, new: Where | None) -> str:
    said = [f"{where.file}:{where.line}" for where in (old, new) if where is not None]
    return formatting.listed(dict.fromkeys(said))


def comment(found: Difference) -> str:
    """A comment for a pull request: the summary, the parts, and all that changed folded away."""
    lines = [f"### {escape_markdown(_headline(found))}", "", escape_markdown(answer(found)), ""]
    lines += [f"- {escape_markdown(note)}." for note in found.notes] + [""] * bool(found.notes)
    parts = parts_table(found)
    if len(parts.rows) > 1:
        lines += [markdown_table(parts.headings, parts.rows, parts.numeric)]
        lines += [escape_markdown(parts.note), ""] if parts.note else []
    for table in changes_tables(found):
        summary = table.title if table.key != "changes" else f"{table.title}: {counted(found)}"
        lines += ["<details>", f"<summary>{escape_markdown(summary)}</summary>", ""]
        lines += [markdown_table(table.headings, table.rows, table.numeric)] if table.rows else []
        lines += [escape_markdown(table.note), ""] if table.note else []
        lines += ["</details>", ""]
    return "\n".join(lines).rstrip() + "\n"


def _headline(found: Difference) -> str:
    ratio, value, currency = found.ratio, found.net_present_value, found.new.currency
    if ratio.difference is not None:
        both = " → ".join(formatting.returned(each or 0.0, currency) for each in (ratio.old, ratio.new))
        return f"{found.new.title}: {both} for {formatting.unit(currency)}"
    if value.difference is not None:
        both = " → ".join(
            formatting.money(each or 0.0, currency, whole=True) for each in (value.old, value.new)
        )
        return f"{found.new.title}: net present value {both}"
    return f"{found.new.title}: {readable(counted(found))}"
