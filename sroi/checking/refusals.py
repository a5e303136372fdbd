"""Rules under which a study is refused when it is loaded, so that one list holds everything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.checking.finding import Finding
from sroi.checking.rules import RULES, Rule, add, chapter_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.errors import Problem

_REFUSED = (
    (
        "SROI005", "undeclared-stakeholder", "An input, outcome or claim names a stakeholder that is not declared.",
        "stakeholders, inputs.*.stakeholder, outcomes.*.stakeholder", "Principle 1: who gives and who changes is declared.",
        re.compile(r"there is no stakeholder"),
    ),
    (
        "SROI031", "share-out-of-bounds", "A share is below 0 or above 1, by an expression too, or attribution is given twice.",
        "every share", "Arithmetic; attribution is written as what is due to others in some guides, and to us in others.",
        re.compile(r"is (?:not a share|above 100%|below 0%|above 1|below 0)|a share|attribution and contribution"),
    ),
    (
        "SROI043", "no-start", "An outcome does not say when its benefits start, or how long they last.",
        "outcomes.*.starts, duration", "Three guides start in three different years, and the ratio moves with it.",
        re.compile(r"\bstarts\b|\bduration\b"),
    ),
    (
        "SROI048", "funder-out-of-bounds", "A claim is over the money of a funder that the study does not name.",
        "claims.*.over", "A funder's return without the funder's share is nobody's.",
        re.compile(r"stakeholder or payer"),
    ),
)  # fmt: skip

_OTHER = Rule(
    "SROI000", "unusable", "error", "Scope and stakeholders", "The file cannot be used as a study.", "the whole file",
    "Nothing can be checked of it.", "Never.", None, arithmetic=True,
)  # fmt: skip

for _code, _name, _what, _reads, _why, _ in _REFUSED:
    add(Rule(_code, _name, "error", chapter_of(_code), _what, _reads, _why, "Never.", None, arithmetic=True))
add(_OTHER)


def refused(problem: Problem) -> Finding:
    """A problem for which a study was refused, under the rule that it breaks."""
    said = f"{problem.path} {problem.message}"
    code = next((row[0] for row in _REFUSED if row[5].search(said)), _OTHER.code)
    message = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    return Finding(
        code,
        RULES[code].name,
        "error",
        problem.path,
        problem.file,
        problem.line,
        problem.column,
        message,
        "",
        None,
    )


def all_refused(problems: Iterable[Problem]) -> list[Finding]:
    """Each of the problems as a finding."""
    return [refused(problem) for problem in problems]
