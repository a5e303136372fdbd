"""The heading of a cost table: which columns hold what, and which year each cost is in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from sroi.price_years import year_within
from sroi.unit_costs.sheets import letters
from sroi.unit_costs.titles import Title, may_describe, title, words_not_of_a_cost

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Cost:
    """A column of costs, and the column of its years where its heading names none."""

    title: Title
    year: Title | None = None

    @property
    def dated(self) -> bool:
        """Whether its price year is known from the heading or a column."""
        return self.title.year is not None or self.year is not None

    def __str__(self) -> str:
        """The column, and where its year stands."""
        years = self.title.year or (self.year is not None and f'"{self.year.text}"')
        return f'"{self.title.text}" in prices of {years}'


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns of a table.

    Attributes
    ----------
    rows : int
        Rows that the heading takes: one, or two where some columns stand under a common heading.
    costs : tuple of tuple of Cost
        For each sort of cost the columns that hold it, the one to be read first.
    at : dict
        Column of the description, unit, code, agency and source.
    titles : tuple of Title
        Every column that has a heading.
    """

    rows: int
    costs: tuple[tuple[Cost, ...], ...]
    at: dict[str, int]
    titles: tuple[Title, ...]

    @property
    def unread(self) -> tuple[Title, ...]:
        """Columns that are not read."""
        read = {*self.at.values()}
        for cost in (cost for sort in self.costs for cost in sort):
            read |= {cost.title.at} | ({cost.year.at} if cost.year is not None else set())
        return tuple(each for each in self.titles if each.at not in read)


def heading(rows: Sequence[list[Any]], first: int) -> Heading | str | None:
    """The heading that begins in a row, or what it lacks; None where the row is none.

    Parameters
    ----------
    rows : sequence of lists
        Cells of the sheet.
    first : int
        The row, counted from 0.
    """
    if not any(map(may_describe, chain(*rows[first : first + 2]))):
        return None
    own = [_text(cell) for cell in rows[first]]
    below = [_text(cell) for cell in rows[first + 1]] if first + 1 < len(rows) else []
    alone = _resolved([title(at, "", text) for at, text in enumerate(own) if text], 1)
    if not any(own) or not _may_be_below(own, below) or _is_caption(own, below):
        return alone
    titles = _two_rows(own, below)
    if isinstance(alone, Heading) and not all(each.role for each in titles if _at(below, each.at)):
        return alone
    both = _resolved(titles, 2)
    return both if isinstance(both, Heading) or alone is None else alone


def _at(texts: list[str], at: int) -> str:
    return texts[at] if at < len(texts) else ""


def _text(cell: Any) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return " ".join(str(int(cell) if whole else cell).split())


def _may_be_below(own: list[str], below: list[str]) -> bool:
    """Whether a row can be the second of a heading: words or years, beneath some columns only."""
    filled = [text for text in below if text]
    both = filled + [text for text in own if text]
    return bool(filled) and all(year_within(text)[0] is not None or not text[0].isdigit() for text in both)


def _is_caption(own: list[str], below: list[str]) -> bool:
    """Whether a row stands above a whole heading, and names no group of its costs."""
    alone = _resolved([title(at, "", text) for at, text in enumerate(below) if text], 1)
    groups = [title(at, "", f"{text} cost") for at, text in enumerate(own) if text]
    return alone is not None and (len(groups) < 2 or not all(each.role == "cost" for each in groups))


def _two_rows(own: list[str], below: list[str]) -> list[Title]:
    titles, group = [], ""
    for at in range(max(len(own), len(below))):
        above, beneath = _at(own, at), _at(below, at)
        group = above or (group if beneath else "")
        if group or beneath:
            titles.append(title(at, group, beneath))
    return titles


def _resolved(titles: list[Title], rows: int) -> Heading | str | None:
    at: dict[str, int] = {}
    for each in titles:
        if each.role and each.role not in ("cost", "year"):
            at.setdefault(each.role, each.at)
    costs = [each for each in titles if each.role == "cost"]
    named_by_cost = next((each for each in costs if each.text.casefold() == "unit cost"), None)
    if "description" not in at and named_by_cost is not None and len(costs) > 1:
        at["description"] = named_by_cost.at
        costs.remove(named_by_cost)
    if "description" not in at:
        return None
    if not costs:
        return _without_costs(titles)
    years = [each for each in titles if each.role == "year"]
    found = []
    for _, sort in groupby(sorted(costs, key=lambda each: each.sort), key=lambda each: each.sort):
        of_sort = sorted(sort, key=lambda each: each.at)
        paired = _paired(of_sort, [y for y in years if y.sort == of_sort[0].sort] or years)
        chosen = paired if isinstance(paired, str) else _ranked(paired)
        if isinstance(chosen, str):
            return chosen
        found.append(chosen)
    return Heading(rows, tuple(sorted(found, key=lambda sort: sort[0].title.at)), at, tuple(titles))


def _without_costs(titles: list[Title]) -> str | None:
    """What a heading without a column of costs lacks; None where it may be none."""
    for each in titles:
        if not each.role and (words := words_not_of_a_cost(each.text)):
            named = " and ".join(map(repr, words))
            return (
                f"{each.text[:60]!r} is not read as a cost: {named} may change what its figures are;"
                " head it Cost where nothing does, or Cost (£000)"
            )
    listed = ", ".join(repr(each.text[:30]) for each in titles[:12])
    return f"none of {listed} heads a column of costs; head it Cost, or Cost (£000)" if titles[1:] else None


def _paired(costs: list[Title], years: list[Title]) -> list[Cost] | str:
    """Each cost with its year: by its heading, by the words "original" and "updated", or by their order."""
    pairs: dict[int, Title] = {}
    own_words = [each for each in years if each.standing]
    explicit = {cost.standing for cost in costs}
    for cost in (each for each in costs if each.year is None):
        standing = cost.standing or ("original" if "original" not in explicit else "")
        match = [each for each in own_words if each.standing == standing]
        if len(match) == 1:
            pairs[cost.at] = match[0]
    costs_left = [each for each in costs if each.year is None and each.at not in pairs]
    years_left = [each for each in years if not each.standing]
    if len(costs_left) == 1 and len(years_left) > 1:
        years_left = [each for each in years_left if "price" in each.text.casefold()] or years_left
    if len(costs_left) == len(years_left):
        pairs |= {cost.at: year for cost, year in zip(costs_left, years_left, strict=True)}
    elif len(costs_left) == 2 and len(years_left) == 1:
        first, second = costs_left
        between = first.at < years_left[0].at < second.at
        if not between or first.standing == "updated" or second.standing == "original":
            return _ambiguous(years_left, costs_left)
        pairs[first.at] = years_left[0]
    elif costs_left and years_left:
        return _ambiguous(years_left, costs_left)
    elif len(costs) == len(years_left) == 1:
        pairs[costs[0].at] = years_left[0]
    return [Cost(cost, pairs.get(cost.at)) for cost in costs]


def _ambiguous(years: list[Title], costs: list[Title]) -> str:
    listed = [" and ".join(f"{letters(each.at)} {each.text!r}" for each in group) for group in (years, costs)]
    return (
        f"which year belongs to which cost is not said: {listed[0]} beside {listed[1]};"
        " head them Original year and Updated year, or write the year in the heading of the cost:"
        " Cost (2023-24)"
    )


def _begins(cost: Cost) -> int:
    """The year that a heading names, so that of several costs the newest is read first."""
    return int(str(cost.title.year or 0)[:4])


def _ranked(costs: list[Cost]) -> tuple[Cost, ...] | str:
    """The costs of one sort, the one to read first; what is lacking where none can be."""
    if not any(cost.dated for cost in costs):
        named = " and ".join(f"{letters(cost.title.at)} {cost.title.text!r}" for cost in costs)
        return f"no price year for {named}; add a column Price year, or write it as Cost (2023-24)"
    ranks = {"original": 0, "": 1, "updated": 2}
    order = sorted(costs, key=lambda cost: (not cost.dated, ranks[cost.title.standing], -_begins(cost)))
    first = order[0]
    alike = [
        cost
        for cost in order
        if (cost.dated, cost.title.standing, cost.title.year) == (first.dated, first.title.standing, None)
    ]
    if len(alike) > 1:
        named = " and ".join(f"{letters(cost.title.at)} {cost.title.text!r}" for cost in alike)
        return f"which cost is meant is not said: {named}; leave one of them in a copy of the table"
    return tuple(cost for cost in order if cost.dated)
