"""What others judge an SROI by, and how many of the rules that ask after each found nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sroi.reference import read_mapping
from sroi.results.base import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sroi.checking.finding import Finding

NO_CERTIFICATE = (
    "How many of the rules that ask after each found nothing: where to look first, and no certificate. A "
    "rule sees what is written and not whether it is true, and finds nothing where there is nothing to see."
)


class Criterion(NamedTuple):
    """One thing that others judge by, and the rules that ask after it."""

    number: int
    title: str
    rules: tuple[str, ...]


class Yardstick(NamedTuple):
    """What somebody judges an SROI by: title, where it is published, and the criteria."""

    key: str
    title: str
    source: str
    criteria: tuple[Criterion, ...]


@cache
def yardsticks() -> tuple[Yardstick, ...]:
    """The yardsticks of yardsticks.yaml."""
    return tuple(
        Yardstick(
            key,
            each["title"],
            each["source"],
            tuple(Criterion(one["number"], one["title"], tuple(one["rules"])) for one in each["criteria"]),
        )
        for key, each in read_mapping(Path(__file__).with_name("yardsticks.yaml")).items()
    )


@dataclass(frozen=True, slots=True)
class Asked(Record):
    """How many rules asked after one criterion, and how many of them found nothing.

    Attributes
    ----------
    yardstick : {"principles", "krlev"}
    number : int
        Of the criterion in its yardstick.
    title : str
    rules : int
        Rules that were applied; 0 where no rule can see it.
    clear : int
        Those of them that found nothing, waived findings counted as found.
    """

    yardstick: str
    number: int
    title: str
    rules: int
    clear: int

    @property
    def said(self) -> str:
        """The counts in words."""
        return f"{self.clear} of {self.rules}" if self.rules else "no rule"


def asked(findings: Iterable[Finding], applied: Collection[str]) -> tuple[Asked, ...]:
    """The counts of every criterion, for the rules that were applied."""
    found = {each.rule for each in findings}
    counts = []
    for yardstick in yardsticks():
        for number, title, rules in yardstick.criteria:
            mine = [code for code in rules if code in applied]
            counts.append(Asked(yardstick.key, number, title, len(mine), len(set(mine) - found)))
    return tuple(counts)
