"""Rules under which a study is refused when it is loaded, so that one list holds everything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sroi.checking.finding import Finding
from sroi.checking.rules import Rule, chapter_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.errors import Problem


class _Refusal(NamedTuple):
    """A rule that loading keeps, and what its refusals are known by: path and words."""

    code: str
    name: str
    what: str
    reads: str
    why: str
    known_by: str


_REFUSALS = (
    _Refusal(
        "SROI005",
        "undeclared-stakeholder",
        "An input or outcome names a stakeholder that is not declared.",
        "stakeholders; stakeholder, from and accrues_to of inputs and outcomes",
        "Principle 1: who gives and who changes is declared.",
        r"^(?:inputs|outcomes)\..*there is no stakeholder",
    ),
    _Refusal(
        "SROI031",
        "share-out-of-bounds",
        "A share is below 0 or above 1, by an expression too, or attribution is given in both directions.",
        "every share",
        "Arithmetic. Some guides write attribution as what is due to others, and some as our own part.",
        r"is not a share from|a share is at most 1|attribution and contribution are both",
    ),
    _Refusal(
        "SROI039",
        "added-near-all",
        "",
        "",
        "",
        r"deductions of benefit year \d+ add up",
    ),
    _Refusal(
        "SROI022",
        "no-price-year",
        "",
        "",
        "",
        r"\.price_year ",
    ),
    _Refusal(
        "SROI043",
        "no-start",
        "An outcome does not say when its benefits start.",
        "outcomes.*.starts",
        "Three guides start in three different years, and the ratio moves with it.",
        r"\.starts ",
    ),
    _Refusal(
        "SROI048",
        "funder-out-of-bounds",
        "A claim is over the money of a funder that the study does not name.",
        "claims.*.over",
        "A funder's return without the funder's share is nobody's.",
        r"claims\.\w+\.over ",
    ),
)
_KEPT = "A study is refused for it when it is loaded; the refusal is reported under this code."
_OTHER = Rule(
    "SROI000",
    "unusable",
    "error",
    chapter_of("SROI001"),
    "The file cannot be used as a study.",
    "the whole file",
    "Nothing can be checked of it.",
    "",
    None,
    arithmetic=True,
    kept_by=_KEPT,
)

RULES = (
    _OTHER,
    *(
        Rule(
            each.code, each.name, "error", chapter_of(each.code), each.what, each.reads, each.why, "", None,
            arithmetic=True, kept_by=_KEPT,
        )
        for each in _REFUSALS
        if each.what
    ),
)  # fmt: skip
"""Those of them that no test of a study keeps."""


def refused(problem: Problem, workbook: str = "") -> Finding:
    """A problem for which a study was refused, under the rule that it breaks.

    Parameters
    ----------
    problem : Problem
    workbook : str, optional
        The file that was read, where that is a workbook: what its problems say after it is a cell.
    """
    said = f"{problem.path} {problem.message}"
    broken = next((each for each in _REFUSALS if re.search(each.known_by, said)), _OTHER)
    message = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    cell = problem.file.removeprefix(f"{workbook} ") if workbook else ""
    file, cell = (workbook, cell) if cell and cell != problem.file else (problem.file, "")
    place = problem.path, file, problem.line, problem.column
    return Finding(broken.code, broken.name, "error", *place, message, "", None, cell=cell)


def all_refused(problems: Iterable[Problem], workbook: str = "") -> list[Finding]:
    """Each of the problems as a finding."""
    return [refused(problem, workbook) for problem in problems]
