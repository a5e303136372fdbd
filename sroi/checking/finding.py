"""What a check finds: where, what, how grave, and what a change would make of the ratio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sroi.results.base import Record

if TYPE_CHECKING:
    from sroi.model.evidence import Waiver

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Found(NamedTuple):
    """What a rule says of one place of a study, before it is known how grave it is and where that stands.

    Attributes
    ----------
    where : str
        Dotted path.
    message : str
        What is found, with its numbers.
    setting : mapping of str to str
        Values by path that would mend it, as ``--set`` takes them.
    ratio : float, optional
        The ratio if another change is made than ``setting``, such as leaving an outcome out.
    severity : str, optional
        In place of the rule's own.
    """

    where: str
    message: str
    setting: Mapping[str, str] = {}
    ratio: float | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding(Record):
    """One finding of one rule.

    Attributes
    ----------
    rule, name : str
        Code and name of the rule.
    severity : {"error", "warning", "info"}
    where : str
        Dotted path in the study.
    file : str
    line, column : int
        Where that is written, counted from 1; 0 for a study made in Python, and in a workbook.
    cell : str
        Sheet and cell where that is written, of a study read from a workbook; else empty.
    message : str
        What is found, with its numbers.
    suggestion : str
        The change as ``--set`` lines; empty where words are wanted rather than a number.
    ratio_if_made : float or None
        The social return ratio if the change is made.
    waiver : Waiver or None
        What accepts it.
    """

    rule: str
    name: str
    severity: Severity
    where: str
    file: str
    line: int
    column: int
    message: str
    suggestion: str
    ratio_if_made: float | None
    waiver: Waiver | None = field(default=None, repr=False)
    cell: str = ""

    @property
    def waived(self) -> bool:
        """Whether a named person accepts it, today."""
        return self.waiver is not None

    @property
    def at(self) -> str:
        """File, line and column as compilers write them, or file, sheet and cell."""
        if self.cell:
            return f"{self.file} {self.cell}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain values that JSON can hold, with who accepts it, why and until when."""
        whole = Record.to_dict(self)
        del whole["waiver"]
        waiver = None if self.waiver is None else self.waiver.model_dump()
        return {**whole, "waived": self.waived, "waiver": waiver}
