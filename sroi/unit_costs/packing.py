"""A pack of the costs that a file holds, and an account of what was read and what was not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.dumping import yaml_text
from sroi.errors import DocumentError, Problem
from sroi.names import slug, unlike
from sroi.text import one_line, printable
from sroi.unit_costs.money import period
from sroi.unit_costs.rows import NO_HEADING, Read, read_rows
from sroi.unit_costs.sheets import sheets_of
from sroi.unit_costs.totals import RowOfCost

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WANTED = (
    "give a heading row with columns such as Description, Cost, Unit and Price year"
    " (or Original cost, Original year, Updated cost, Updated year)"
)
_TOLD = {"agency": "borne by", "source": "from"}
_HIDDEN = "it is hidden; show it in a copy to have it read"
_LINKS = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "no", "of", "on", "or", "the", "to", "with"]
)
_SMALL = ("per", "each", "every", "a", "an", "for", "lifetime")
_LONGEST_NAME = 60
_BASIS = re.compile(r"\b(?:vat|net|gross)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """A pack made from a table of unit costs, and what could not be read.

    Attributes
    ----------
    text : str
        The pack, which begins with the account as comments.
    costs : int
        How many costs it holds.
    rows_left : int
        How many rows were left out, whole or in part.
    skipped : tuple of str
        Each of them with its row and why.
    account : tuple of str
        Everything that was read and left out, sheet by sheet.
    """

    text: str
    costs: int
    rows_left: int
    skipped: tuple[str, ...]
    account: tuple[str, ...]


def unit_costs(
    file: Path, *, pack: str, extends: str = "england", source: Mapping[str, Any] | None = None
) -> UnitCosts:
    """A pack from the user's own copy of a unit cost table: the GMCA workbook, or any with such columns.

    Every sheet that is not hidden and has costs is read. Columns are found by their titles, whatever their
    order: a description, a cost, its price year in a column or in the heading of the cost, and, where they
    stand, a unit, a code, the agency that bears the cost and the source. Where an original cost stands beside
    an updated one, the original is read with its own year; the updated one only where there is no original.

    Parameters
    ----------
    file : Path
        An .xls, .xlsx or .ods workbook, or a text of commas, semicolons or tabs; at most 20 MB and 25,000
        rows.
    pack : str
        Name of the pack.
    extends : str
        Pack that it builds on.
    source : mapping, optional
        Where the table comes from, as a pack writes it.

    Raises
    ------
    DocumentError
        If the file cannot be read, has no columns for description, cost and price year, or no cost in them.
    """
    path = Path(file)
    reads = _reads(path)
    costs = [cost for read in reads for cost in read.costs]
    if not costs:
        raise DocumentError(list(_nothing(path, reads)))
    source_name = f"{slug(pack)}-table"
    assumptions: dict[str, Any] = {}
    copies: Counter[str] = Counter()
    for cost in costs:
        name = _name(cost)
        copies[name] += 1
        once = name if copies[name] == 1 else f"{name}_{copies[name]}"
        assumptions[unlike(once, assumptions)] = _assumption(cost, source_name)
    called = printable(path.name)
    own = {"title": called, "licence": "see the file itself; kept for own use"}
    document = {
        "sroi": 1,
        "pack": slug(pack),
        "title": f"Unit costs from {called}",
        "extends": extends,
        "assumptions": assumptions,
        "sources": {source_name: own if source is None else dict(source)},
    }
    account = tuple(one_line(line) for read in reads for line in _account(read))
    comments = "".join(f"# {line}\n" for line in ("What was read, and what was left out:", *account))
    text = yaml_text(document, width=140)
    skipped = tuple(one_line(line) for read in reads for line in read.left_lines())
    left = sum(read.rows_left for read in reads)
    return UnitCosts((comments if account else "") + text, len(costs), left, skipped, account)


def _reads(file: Path) -> list[Read]:
    """Every sheet as it was read; of a text, by the delimiter that shows a table."""
    reads = []
    for sheet in sheets_of(file):
        read = (
            Read(sheet, "it is hidden; show it in a copy to have it read")
            if sheet.hidden
            else read_rows(sheet)
        )
        reads.append(read)
    if all(read.sheet.name for read in reads):
        return reads
    return [max(reads, key=lambda read: (len(read.costs), bool(read.headings), ": " in read.lacking))]


def _nothing(file: Path, reads: list[Read]) -> Iterator[Problem]:
    for read in reads:
        if not read.headings:
            hint = _WANTED if read.lacking == NO_HEADING else ""
            yield Problem(read.lacking, hint, path=read.sheet.name, file=str(file))
        elif not read.left:
            yield Problem("there is no row below the heading", path=read.sheet.name, file=str(file))
    lines = [line for read in reads for line in read.left_lines()]
    for line in lines[:20]:
        yield Problem(f"not read: {line}", file=str(file))
    if not reads or lines:
        rest = f"; {len(lines) - 20} more lines like these" if len(lines) > 20 else ""
        yield Problem(f"no cost can be read{rest}", "write each as a figure in pounds", file=str(file))


def _account(read: Read) -> Iterator[str]:
    """What became of a sheet, a line each; nothing where there is nothing to say."""
    name = read.sheet.name
    if not read.headings:
        yield f"{name}: not read ({read.lacking.removeprefix(f'{name} ')})"
        return
    if name:
        yield f"{name}: {len(read.costs)} unit costs; {read.rows_left} rows left out"
    seen = set()
    for heading in read.headings:
        for sort in heading.costs:
            others = [f'"{each.text}"' for each in heading.unread if each.role == "cost"]
            instead = [str(cost) for cost in sort[1:]]
            line = f"  read: {sort[0]}"
            line += f"; where it cannot be read, {', then '.join(instead)}" if instead else ""
            line += f"; not {', '.join(others)}" if others else ""
            if (instead or others or len(heading.costs) > 1) and line not in seen:
                seen.add(line)
                yield line
    for cost in (cost for heading in read.headings for sort in heading.costs for cost in sort):
        if _BASIS.search(cost.title.text):
            yield f'  "{cost.title.text}": its figures are read as they stand; nothing is added or taken off'
    if figures := dict.fromkeys(f'"{each.text}"' for each in read.unread_figures()):
        yield f"  columns not read: {', '.join(figures)}"
    yield from (f"  {line}" for line in [read.sheet.told, *read.told] if line)
    yield from (f"  left out: {line}" for line in read.left_lines())


def _assumption(cost: RowOfCost, source: str) -> dict[str, Any]:
    unit = cost.words.get("unit") or "per unit"
    unit = f"per {unit.casefold()}" if period(f"per {unit}") == unit.casefold() else unit
    first, _, rest = unit.partition(" ")
    unit = f"{first.lower()} {rest}".strip() if first.casefold() in _SMALL else unit
    origin = [f"{words} {cost.words[key]}" for key, words in _TOLD.items() if cost.words.get(key)]
    place = [f"in {cost.place}"] if "!" in cost.place else []
    sort = [f"{cost.sort} cost"] if cost.sort else []
    return {
        "value": cost.value,
        "unit": f"GBP {unit}",
        "price_year": cost.year,
        "source": source,
        "rationale": "; ".join([cost.words["description"], *sort, *origin, *place]),
    }


def _name(cost: RowOfCost) -> str:
    """A name of whole words, at most 60 characters long."""
    words = slug(f"{cost.words.get('code', '')} {cost.words['description']}").replace("-", "_")
    words = words if re.match(r"[a-z]", words) else f"cost_{words}".rstrip("_")
    whole = words.split("_")
    while len("_".join(whole)) + len(cost.sort) > _LONGEST_NAME and len(whole) > 1:
        whole.pop()
        while len(whole) > 1 and whole[-1] in _LINKS:
            whole.pop()
    sort = [cost.sort.replace(" ", "_")] if cost.sort else []
    return "_".join([*whole, *sort])[:_LONGEST_NAME]
