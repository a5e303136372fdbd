"""What the rules of a check say of studies that stand side by side."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sroi.checking.finding import SEVERITIES, Finding
from sroi.checking.registry import RULES
from sroi.comparing.likeness import some

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sroi.comparing.likeness import Difference
    from sroi.comparing.line import Line


def findings(lines: Sequence[Line], apart: Sequence[Difference]) -> tuple[Finding, ...]:
    """What is found, the gravest first; ``where`` is an aspect, or the name of a line."""
    found = [*_unlike(apart), *_counted_twice(lines), *_without_range(lines)]
    return tuple(sorted(found, key=lambda each: SEVERITIES.index(each.severity)))


def _finding(code: str, where: str, message: str, suggestion: str = "") -> Finding:
    rule = RULES[code]
    return Finding(rule.code, rule.name, rule.severity, where, "", 0, 0, message, suggestion, None)


def _unlike(apart: Sequence[Difference]) -> Iterator[Finding]:
    for each in apart:
        if each.refused:
            yield _finding("SROI056", each.aspect, f"{each.title} differs: {each.in_short}", each.align)


def _counted_twice(lines: Sequence[Line]) -> Iterator[Finding]:
    of_places: dict[str, list[str]] = defaultdict(list)
    for each in lines:
        if each.place is not None and each.no_result is None:
            of_places[each.place].append(each.name)
    for place, names in of_places.items():
        if len(names) > 1:
            message = f"{some(names)} are of {place}: whoever takes part in two of them is counted twice"
            yield _finding("SROI057", place, message)


def _without_range(lines: Sequence[Line]) -> Iterator[Finding]:
    names = [each.name for each in lines if each.no_result is None and each.ratio_low is None]
    if names:
        message = f"the ratio has no range: {some(names)}"
        yield _finding("SROI053", names[0] if len(names) == 1 else "lines", message)
