"""The difference between two studies in words: sentences, tables, and a comment for a pull request."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.labels import Figures, path_label
from sroi.tables import Table
from sroi.text import escape_markdown, markdown_table
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sroi.model import Study
    from sroi.results.difference import Changed, Difference, Explained, Moved, Part, Where

KINDS = {
    "quantity": "quantity",
    "value": "value",
    "deadweight": "deadweight",
    "displacement": "displacement",
    "attribution": "attribution",
    "duration": "duration and start",
    "drop_off": "drop-off",
    "inputs": "inputs",
    "structure": "structure",
    "method": "method",
    "price_year": "price year and first year",
    "packs": "packs",
}
"""The kinds of change that can move a figure, in the order in which they are told, each in words."""

_PLURALS = {"structure": "structure", "method": "method", "other": "other"}
_MOST_NAMED = 3
_LEAST_SHOWN = 0.0005


def part_label(found: Difference, change: str) -> str:
    """What a part is called: a kind in words, or what stands at its path."""
    return " and ".join(_one_label(found, each) for each in change.split(" and "))


def _one_label(found: Difference, change: str) -> str:
    if change in KINDS:
        return KINDS[change]
    section, name, *field = change.split(".")
    of_old = name in getattr(found.old, section)
    label = path_label(found.old if of_old else found.new, change)
    return label if field else f"{label} ({'removed' if of_old else 'added'})"


def signed_ratio(amount: float) -> str:
    """A part of a ratio, with its sign, to three decimals.

    Examples
    --------
    >>> [signed_ratio(amount) for amount in (0.1234, -0.44, 0.0001, 0.0)]
    ['+0.123', '−0.440', 'under 0.001', '0']
    """
    if abs(amount) < _LEAST_SHOWN:
        return "0" if abs(amount) < 1e-12 else "under 0.001"
    return f"{'+' if amount > 0 else '−'}{abs(amount):,.3f}"


def signed_money(amount: float, currency: str) -> str:
    """A part of a sum of money, with its sign.

    Examples
    --------
    >>> signed_money(1234.5, "GBP"), signed_money(-1234.5, "GBP"), signed_money(0, "GBP")
    ('+£1,234', '−£1,234', '£0')
    """
    written = formatting.money(amount, currency, whole=True)
    return f"+{written}" if amount > 0 and not written.startswith("less") else written


@dataclass(frozen=True, slots=True)
class Words:
    """How a figure and a part of it are written."""

    whole: Callable[[float], str]
    part: Callable[[float], str]


def in_words(found: Difference, *, of_ratio: bool) -> Words:
    """How the ratio, or net present value, and parts of it are written."""
    currency = found.new.currency
    if of_ratio:
        return Words(lambda each: formatting.returned(each, currency), signed_ratio)
    return Words(
        lambda each: formatting.money(each, currency, whole=True), lambda each: signed_money(each, currency)
    )


def answer(found: Difference) -> str:
    """Both figures, how far they are apart and what moved them most, in a sentence or two."""
    ratio, value, currency = found.ratio, found.net_present_value, found.new.currency
    title = _titles(found)
    if value.difference is None:
        return f"{title}: no part of a difference can be given. {_capital(value.no_result)}."
    money = [formatting.money(each or 0.0, currency, whole=True) for each in (value.old, value.new)]
    of_value = f"net present value {money[0]} to {money[1]} ({signed_money(value.difference, currency)})"
    if ratio.difference is None:
        said = f"{title}: {of_value}. There is no difference in ratio: {ratio.no_result}."
        return f"{said}{_most(found, value, lambda amount: signed_money(amount, currency))}"
    one = formatting.unit(currency)
    both = [formatting.returned(each or 0.0, currency) for each in (ratio.old, ratio.new)]
    said = f"{title}: {both[0]} for {one} became {both[1]} ({signed_ratio(ratio.difference)}); {of_value}."
    return f"{said}{_most(found, ratio, signed_ratio)}"


def _titles(found: Difference) -> str:
    if found.old.title == found.new.title:
        return found.new.title
    return f"{found.old.title}, and {found.new.title}"


def _capital(text: str | None) -> str:
    return (text or "")[:1].upper() + (text or "")[1:]


def _most(found: Difference, figure: Explained, signed: Any) -> str:
    """What moved a figure most, as a further sentence."""
    parts = sorted(figure.parts, key=lambda part: -abs(part.amount))
    named = [f"{part_label(found, part.change)} ({signed(part.amount)})" for part in parts if part.amount]
    if not named:
        return " Nothing that moves either figure changed."
    return f" What moved it most: {formatting.listed(named[:_MOST_NAMED])}."


def counted(found: Difference) -> str:
    """How many things changed, by what they are."""
    counts = Counter(each.what for each in found.changes)
    said = [_count(count, what) for what, count in counts.items()]
    if found.texts:
        said.append(_count(found.texts, "text"))
    return formatting.listed(said) or "nothing changed"


def _count(count: int, what: str) -> str:
    if what in _PLURALS:
        return f"{count} of {what}" if what != "other" else f"{count} other"
    return f"{count} {what}{'' if count == 1 else 's'}"


def parts_table(found: Difference) -> Table:
    """Each change's part of both differences, the largest first, and the whole."""
    currency = found.new.currency
    rows = []
    for ratio, value in found.ordered:
        part = ratio or value
        assert part is not None
        cells = (
            "" if ratio is None else _with_error(signed_ratio(ratio.amount), ratio, signed_ratio),
            "" if value is None else _with_error(signed_money(value.amount, currency), value, _plain_money(currency)),
        )
        rows.append((_capital(part_label(found, part.change)), *cells, _what(found, part)))
    wholes = found.ratio.difference, found.net_present_value.difference
    whole = (
        "none" if wholes[0] is None else signed_ratio(wholes[0]),
        "none" if wholes[1] is None else signed_money(wholes[1], currency),
    )
    rows.append(("Difference", *whole, ""))
    note = ""
    if not found.exact:
        note = f"Parts are means over {found.permutations:,} orders (seed {found.seed}), ± one standard error."
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
    names = [_one_label(found, path) for path in part.paths]
    names += [_of_method(found)] if "method" in part.kinds and found.old.method != found.new.method else []
    if "price_year" in part.kinds:
        names += [f"{name.replace('_', ' ')} {one} to {other}" for name, one, other in _years(found)]
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""  # noqa: PLR2004 - as many as a cell holds
    return f"{formatting.listed(names[:2])}{more}"


def _of_method(found: Difference) -> str:
    one, other = found.old.method.called, found.new.method.called
    return f"{one} to {other}" if one != other else "choices of the method"


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
    texts = f"Besides, {_count(found.texts, 'text')} changed." if found.texts else ""
    columns = ("What", "Where", "Change", ">Old", ">New", "Lines")
    tables = [Table("What changed in the files", columns, rows, texts, key="changes")] if rows or texts else []
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
        columns = ("Number", "Kind", ">Old", ">New", "Through")
        note = "Money is in each study's own prices."
        tables.append(Table("What its numbers come to", columns, moved, note, key="moved"))
    return tuple(tables)


def _change(found: Difference, each: Changed) -> tuple[str, ...]:
    return (
        each.what,
        each.path,
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
    lines += [f"- {escape_markdown(note)}" for note in found.notes] + [""] * bool(found.notes)
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
        both = " → ".join(formatting.money(each or 0.0, currency, whole=True) for each in (value.old, value.new))
        return f"{found.new.title}: net present value {both}"
    return f"{found.new.title}: {readable(counted(found))}"
