"""What the names and paths in a study are called where a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sroi import formatting
from sroi.expression import Expression
from sroi.quantities import SHARE

if TYPE_CHECKING:
    from sroi.model import Estimate, Study


class Path(NamedTuple):
    """The parts of a path to a number or step; a list's entry has a position from 0."""

    section: str
    name: str = ""
    field: str = ""
    position: int | None = None


def split_path(path: str) -> Path:
    """The parts of a path.

    Examples
    --------
    >>> split_path("outcomes.less_lonely.deadweight[1]")
    Path(section='outcomes', name='less_lonely', field='deadweight', position=1)
    >>> split_path("outcomes.less_lonely.value.written")[:3], split_path("investment")[0]
    (('outcomes', 'less_lonely', 'value'), 'investment')
    """
    section, name, field = (*path.split(".", 3), "", "")[:3]
    field, _, position = field.partition("[")
    return Path(section, name, field, int(position.removesuffix("]")) if position else None)


def path_label(path: str) -> str:
    """The words for a number's path, or for the bare name of an assumption.

    Examples
    --------
    >>> path_label("assumptions.points_gained"), path_label("members"), path_label("inputs.grant.value[0]")
    ('Points gained', 'Members', 'Grant: value, 1st')
    >>> path_label("outcomes.less_lonely.drop_off"), path_label("outcomes.less_lonely.deadweight[1]")
    ('Less lonely: drop-off', 'Less lonely: deadweight, 2nd')
    """
    section, name, field, position = split_path(path)
    words = (name or section).replace("_", " ")
    words = words[:1].upper() + words[1:]
    if field:
        words += f": {field.replace('_', '-' if field == 'drop_off' else ' ')}"
    return words if position is None else f"{words}, {_nth(position + 1)}"


def _nth(count: int) -> str:
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def shares(study: Study) -> set[str]:
    """The assumptions that are shares: they stand alone where one is wanted, or name or unit says so."""
    alone = {
        estimate.value.text.strip()
        for _, estimate in study.estimates()
        if estimate.bounds == SHARE and isinstance(estimate.value, Expression)
    }
    named = {
        name
        for name, estimate in study.assumptions.items()
        if estimate is not None and "share" in f"{name} {estimate.unit or ''}".replace("_", " ").split()
    }
    return alone | named


class Figures:
    """How the numbers of a study are written: its shares as percentages, all others as they are."""

    def __init__(self, study: Study) -> None:
        named = shares(study)
        within = {path for path, each in study.estimates() if each.bounds == SHARE}
        self._shares = within | {
            f"assumptions.{name}" for name in named if _may_be(study.assumptions.get(name))
        }

    def is_share(self, path: str) -> bool:
        """Whether the number at a path, or the assumption of a bare name, is a share."""
        return path in self._shares or f"assumptions.{path}" in self._shares

    def one(self, path: str, value: float | None) -> str:
        """A value of the number at a path; empty where there is none."""
        if value is None:
            return ""
        return formatting.percent(value) if self.is_share(path) else formatting.plain(value)

    def three(self, path: str, value: float | None) -> str:
        """The same to three figures."""
        if value is None:
            return ""
        return formatting.percent(value) if self.is_share(path) else formatting.brief(value)

    def three_span(self, path: str, low: float | None, high: float | None) -> str:
        """A range of the number at a path to three figures."""
        return f"{self.three(path, low)} to {self.three(path, high)}"

    def span(self, path: str, low: float | None, high: float | None) -> str:
        """A range of the number at a path; empty where there is none."""
        if low is None or high is None:
            return ""
        return f"{self.one(path, low)} to {self.one(path, high)}"


def _may_be(estimate: Estimate | None) -> bool:
    """Whether every end of an estimate that is a plain number is a share."""
    if estimate is None:
        return False
    ends = (estimate.value, estimate.low, estimate.high)
    return all(0 <= end <= 1 for end in ends if isinstance(end, float))
