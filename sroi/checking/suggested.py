"""What suggested changes would make of the ratio, in as few evaluations as they allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sroi.checking.case import counted_in
from sroi.errors import SroiError
from sroi.model.written import read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sroi.checking.case import Case

    Setting = Mapping[str, str]

T = TypeVar("T")


def ratios(settings: Sequence[Setting], case: Case) -> list[float | None]:
    """The ratio with each change made alone; None where nothing is to be changed or there is no ratio.

    Changes of different outcomes share one walk, or one changed study where they are of words, such as a
    kind: what one outcome says moves no other.
    """
    found: list[float | None] = [None] * len(settings)
    if case.result is None:
        return found
    numbers = {at: _numbers(setting, case) for at, setting in enumerate(settings) if setting}
    of_numbers: dict[str, list[int]] = {}
    of_words: dict[str, list[int]] = {}
    for at, known in numbers.items():
        name = _of_one_outcome(settings[at])
        if name is not None:
            (of_numbers if known else of_words).setdefault(name, []).append(at)
        else:
            found[at] = case.with_values(known) if known else case.changed(settings[at])
    for places in _rounds(of_numbers):
        worth = case.worth(_laid_together(numbers[at] for at in places.values()), places)
        for name, at in places.items():
            found[at] = case.with_worth({name: worth[name]} if name in worth else {})
    for places in _rounds(of_words):
        there = case.changed_result(_laid_together(settings[at] for at in places.values()))
        worth = {} if there is None else counted_in(there)
        for name, at in places.items():
            alone = there is None
            found[at] = case.changed(settings[at]) if alone else case.with_worth({name: worth.get(name, 0.0)})
    return found


def _rounds(waiting: Mapping[str, list[int]]) -> Iterator[dict[str, int]]:
    """The places by outcome, no outcome twice in a round."""
    for taken in range(max(map(len, waiting.values()), default=0)):
        yield {name: places[taken] for name, places in waiting.items() if taken < len(places)}


def _laid_together(changes: Iterable[Mapping[str, T]]) -> dict[str, T]:
    return {path: value for each in changes for path, value in each.items()}


def _numbers(setting: Setting, case: Case) -> dict[str, float]:
    """The numbers of a change; none where it is of anything else."""
    found = {path: _number(value) for path, value in setting.items()}
    known = {path: value for path, value in found.items() if value is not None and path in case.fields}
    return known if len(known) == len(setting) else {}


def _of_one_outcome(setting: Setting) -> str | None:
    """The outcome that all changes of a setting are of; None where they are of more, or of other things."""
    parts = {tuple(path.split(".")[:2]) for path in setting}
    section, name = parts.pop() if len(parts) == 1 else ("", "")
    return name if section == "outcomes" else None


def _number(written: str) -> float | None:
    try:
        value = read_number(written)
    except (SroiError, ValueError):
        return None
    return float(value) if isinstance(value, float) else None
