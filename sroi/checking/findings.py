"""All that a check found of a study."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.checking.finding import SEVERITIES, Finding
from sroi.checking.yardsticks import NO_CERTIFICATE, Asked, yardsticks
from sroi.formatting import listed
from sroi.model import Study
from sroi.results.base import Result
from sroi.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Findings(Result):
    """What the rules find of a study, the gravest first.

    Attributes
    ----------
    study : Study
        What was checked.
    ratio : float or None
        Its social return ratio as it stands; None where it has none.
    findings : tuple of Finding
        Those that are waived among them.
    asked : tuple of Asked
        By principle and criterion, how many rules asked after it and how many found nothing; empty where
        rules were selected or ignored.
    """

    study: Study
    ratio: float | None
    findings: tuple[Finding, ...]
    asked: tuple[Asked, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __bool__(self) -> bool:
        return True

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that nobody has accepted."""
        return tuple(each for each in self.findings if not each.waived)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The errors among those."""
        return tuple(each for each in self.standing if each.severity == "error")

    @property
    def warnings(self) -> tuple[str, ...]:
        """What errors and warnings say, in words."""
        return tuple(each.message for each in self.standing if each.severity != "info")

    @property
    def answer(self) -> str:
        """How many of each severity there are, in a sentence."""
        return f"{self.study.title}: {counted(self.findings)}"

    def _line(self) -> str:
        return f"{self.study.id}: {counted(self.findings)}"

    def _plain(self) -> dict[str, Any]:
        return {
            "study": self.study.id,
            "place": self.study.place,
            "social_return_ratio": self.ratio,
            "findings": [each.to_dict() for each in self.findings],
            **self.yardsticks,
        }

    @property
    def yardsticks(self) -> dict[str, list[dict[str, Any]]]:
        """The counts by yardstick, as plain values; empty lists where rules were selected or ignored."""
        return {
            each.key: [one.to_dict() for one in self.asked if one.yardstick == each.key]
            for each in yardsticks()
        }

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "findings": [
                {key: value for key, value in each.to_dict().items() if key != "waiver"}
                for each in self.findings
            ]
        }

    @property
    def tables(self) -> tuple[Table, ...]:
        """The findings in a table."""
        rows = tuple(
            (
                f"{each.rule} {each.name}",
                f"waived until {each.waiver.expiry}" if each.waiver is not None else each.severity,
                each.where,
                _with_waiver(each),
                "" if each.ratio_if_made is None else formatting.ratio(each.ratio_if_made),
                each.suggestion,
            )
            for each in self.findings
        )
        columns = ("Rule", "Severity", "Where", "What is found", ">Ratio if changed", "Change")
        now = "" if self.ratio is None else f" As it stands the ratio is {formatting.ratio(self.ratio)}."
        note = f"{counted(self.findings)[0].upper()}{counted(self.findings)[1:]}.{now}"
        listed = Table(f"Check of {self.study.title}", columns, rows, note, key="findings")
        return (listed, *self._yardstick_tables()) if self.asked else (listed,)

    def _yardstick_tables(self) -> Iterator[Table]:
        for each in yardsticks():
            rows = tuple(
                (f"{one.number}. {one.title}", one.said) for one in self.asked if one.yardstick == each.key
            )
            columns = ("Criterion", "Rules that found nothing")
            yield Table(each.title, columns, rows, NO_CERTIFICATE, key=each.key)


def _with_waiver(finding: Finding) -> str:
    waiver = finding.waiver
    return finding.message if waiver is None else f"{finding.message} ({waiver.person}: {waiver.reason})"


def counted(findings: tuple[Finding, ...]) -> str:
    """How many findings of each severity there are, and how many are waived."""
    counts = Counter("waived" if each.waived else each.severity for each in findings)
    names = {"error": "error", "warning": "warning", "info": "remark"}
    said = [
        f"{counts[key]} {names[key]}{'' if counts[key] == 1 else 's'}" for key in SEVERITIES if counts[key]
    ]
    said += [f"{counts['waived']} waived"] if counts["waived"] else []
    return listed(said) if said else "nothing found"
