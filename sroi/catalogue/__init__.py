"""What is shipped, and where each number of it comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.errors import NotFoundError
from sroi.model.evidence import address
from sroi.results.answer import shortened
from sroi.tables import Brief, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sroi.documents.library import Library
    from sroi.documents.tree import Text

_FIELDS = (
    "value",
    "low",
    "high",
    "distribution",
    "unit",
    "price_year",
    "source",
    "grade",
    "rationale",
    "borrowed_from",
)
"""What is listed of a number."""

_LONGEST_VALUE = 14


@dataclass(frozen=True, slots=True)
class Listing:
    """A list for programs, an entry a mapping, and the same for people, as tables and on one screen."""

    entries: list[dict[str, Any]]
    table: Table
    brief: Brief
    elsewhere: Table | None = None

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that have rows; the first in any case."""
        return (self.table, *([self.elsewhere] if self.elsewhere is not None and self.elsewhere.rows else []))


def interventions(library: Library) -> Listing:
    """The interventions that can be evaluated by name."""
    entries: list[dict[str, Any]] = []
    for name in library.interventions():
        text = library.template(name)
        entry: dict[str, Any] = {"intervention": name} | {
            key: text.root.get(key) for key in ("title", "strategy")
        }
        entry["boroughs"] = [
            place.name for place in library.places() if name in place.pack.interventions and not place.nation
        ]
        origin = library.origin(name, intervention=True)
        entries.append({**entry, "from": origin, "file": text.whole.file})
    rows = [
        (
            each["intervention"],
            str(each["title"]),
            each["strategy"] or "",
            formatting.listed(each["boroughs"]),
        )
        for each in entries
    ]
    columns = ("Name", "Title", "Strategy", "Places with numbers of their own")
    table = with_origins(Table("Interventions", columns, tuple(rows)), entries)
    said = (
        f"{len(rows)} interventions can be evaluated by name, in any place: sroi evaluate NAME --place PLACE."
    )
    return Listing(entries, table, briefly(said, table, "interventions"))


def with_origins(table: Table, entries: Sequence[Mapping[str, Any]]) -> Table:
    """A table with the packages that its rows come from, where another than this one has brought any."""
    brought = [each["from"] for each in entries]
    if not set(brought) - {"sroi", "own"}:
        return table
    rows = tuple((row[0], each, *row[1:]) for row, each in zip(table.rows, brought, strict=True))
    return replace(table, columns=(table.columns[0], "From", *table.columns[1:]), rows=rows)


def briefly(said: str, table: Table, rows: str, columns: Sequence[str] = ()) -> Brief:
    """A list on one screen: a sentence, and the table with those columns first, without its note."""
    if columns and "From" in table.headings:
        columns = (columns[0], "From", *columns[1:])
    shown = table.with_columns((*columns, *(name for name in table.headings if name not in columns)))
    return Brief((said,), (replace(shown, note=""),), rows=rows, one_line=True)


def numbers_of(name: str, library: Library) -> Listing:
    """Every number of a place, a nation or an intervention, with where it comes from.

    Raises
    ------
    NotFoundError
        If nothing has that name.
    """
    text, title = _text_of(name, library)
    entries = []
    for path, written in _numbers_in(text):
        fields = written if isinstance(written, dict) else {"value": written}
        mark, _ = text.mark(path)
        entry = {"path": ".".join(path)} | {key: fields.get(key) for key in _FIELDS}
        entries.append({**entry, "file": mark.file, "line": mark.line})
    columns = ("Number", ">Value", ">Range", "Prices", "Grade", "Source or rationale", "Written in")
    table = Table(title, columns, tuple(_number_row(entry) for entry in entries))
    count = sum(entry["source"] is not None for entry in entries)
    said = f"{title}: {len(entries)} numbers, {count} of them with a source."
    named = tuple(
        (row[0].rpartition(".")[2], shortened(row[1], _LONGEST_VALUE), *row[2:]) for row in table.rows
    )
    first = ("Number", "Value", "Range", "Grade", "Source or rationale")
    return Listing(entries, table, briefly(said, replace(table, rows=named), "numbers", first))


def _number_row(entry: dict[str, Any]) -> tuple[str, ...]:
    value, borrowed = entry["value"], entry["borrowed_from"]
    basis = entry["source"] or entry["rationale"] or ("computed" if isinstance(value, str) else "no source")
    return (
        entry["path"],
        "not assessed" if value is None else _written(value),
        _range(entry),
        str(entry["price_year"] or ""),
        str(entry["grade"] or ""),
        f"{basis} (borrowed from {borrowed})" if borrowed else str(basis),
        f"{entry['file']}:{entry['line']}",
    )


def _range(entry: dict[str, Any]) -> str:
    if entry["distribution"] == "bernoulli":
        return "0 or 1, with that chance"
    return "" if entry["low"] is None else f"{_written(entry['low'])} to {_written(entry['high'])}"


def _written(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _text_of(name: str, library: Library) -> tuple[Text, str]:
    try:
        text = library.template(name)
    except NotFoundError:
        pass
    else:
        return text, str(text.root.get("title"))
    try:
        place = library.place(name)
    except NotFoundError as error:
        raise NotFoundError(f"{error}; interventions: {formatting.listed(library.interventions())}") from None
    return place.text, place.pack.title


def _numbers_in(text: Text) -> list[tuple[list[str], Any]]:
    sections: dict[tuple[str, ...], Any] = {("assumptions",): text.root.get("assumptions")}
    for name, said in (text.root.get("interventions") or {}).items():
        sections["interventions", name, "assumptions"] = said.get("assumptions")
    return [([*at, key], entry) for at, entries in sections.items() for key, entry in (entries or {}).items()]


def sources_of(name: str, library: Library) -> Listing:
    """The bibliography of a place, a nation or an intervention, with those of the packs it builds on.

    Raises
    ------
    NotFoundError
        If nothing has that name.
    """
    text, title = _text_of(name, library)
    texts = [place.text for place in library.chain(name)] if "pack" in text.root else [text]
    sources: dict[str, Any] = {}
    for each in texts:
        sources |= each.root.get("sources") or {}
    entries = [{"source": key, **fields} for key, fields in sorted(sources.items())]
    said_where = (address(entry.get("url"), entry.get("reprint")) for entry in entries)
    columns = ("Source", "Title", "Publisher", "Year", "Licence", "Review by", "Where")
    keys = ("source", "title", "publisher", "year", "licence", "review_by")
    rows = tuple(
        (*(str(entry.get(key) or "") for key in keys), where)
        for entry, where in zip(entries, said_where, strict=True)
    )
    table = Table(f"Sources of {title}", columns, rows)
    said = f"{title} rests on {len(entries)} sources."
    return Listing(entries, table, briefly(said, table, "sources", ("Source", "Publisher", "Year", "Title")))
