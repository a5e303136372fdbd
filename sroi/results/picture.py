"""One line of a range, its middle, breaking even and what has been claimed, with labels beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sroi import formatting
from sroi.results import quotes

if TYPE_CHECKING:
    from sroi.results.evaluation import Evaluation
    from sroi.results.simulation import Simulation

_REACH = 2.5
_WIDEST = 100
_CLAIMED = "claimed "


class Mark(NamedTuple):
    """One mark on the line: where, how it is drawn, what it is called; the later ones lie on top."""

    at: float
    sign: str
    label: str


def lines(evaluation: Evaluation, simulation: Simulation | None, width: int) -> list[str]:
    """The line and its labels, none wider than ``width``."""
    width = min(width, _WIDEST)
    marks = _marks(evaluation, simulation)
    near = [mark.at for mark in marks if not mark.label.startswith(_CLAIMED)]
    left, widest = min(0.0, *near), max(near)
    claimed = [mark.at for mark in marks if mark.at <= _REACH * max(widest, 1.0)]
    right = max(widest, *claimed)
    cells = ["─"] * width

    def place(at: float) -> int:
        return min(max(round((at - left) / (right - left) * (width - 1)), 0), width - 1)

    if simulation is not None:
        first, last = (place(end) for end in simulation.interval)
        cells[first : last + 1] = ["━"] * (last + 1 - first)
    for mark in marks:
        cells[place(mark.at)] = "▶" if mark.at > right else mark.sign
    labels = [(place(mark.at), mark.label) for mark in marks if not mark.label.startswith(_CLAIMED)]
    claims = [mark for mark in marks if mark.label.startswith(_CLAIMED)]
    if claims:
        said = formatting.listed(mark.label.removeprefix(_CLAIMED) for mark in claims)
        labels.append((sum(place(mark.at) for mark in claims) // len(claims), f"{_CLAIMED}{said}"))
    return ["".join(cells), *_labels(labels, width)]


def _marks(evaluation: Evaluation, simulation: Simulation | None) -> list[Mark]:
    study = evaluation.study
    claims = quotes.own_claims(study, ("social_value",)).values()
    found = [
        Mark(ratio, "◆", f"{_CLAIMED}{formatting.claimed(ratio, study.currency)}")
        for ratio in sorted({claim.ratio for claim in claims if claim.ratio is not None})[:3]
    ]
    found.append(Mark(1.0, "│", formatting.unit(study.currency)))
    if simulation is not None:
        spread = simulation.ratio.percentiles
        for percent, sign, label in ((50, "┃", "median"), (10, "┣", "P10"), (90, "┫", "P90")):
            at = spread[percent]
            found.append(Mark(at, sign, f"{label} {quotes.in_words(study, at)}"))
    central = evaluation.social_return_ratio
    found.append(Mark(central, "●", f"central {quotes.in_words(study, central)}"))
    return found


def _labels(wanted: list[tuple[int, str]], width: int) -> list[str]:
    """Labels under their places, on as few lines as hold them."""
    rows: list[list[str]] = []
    for at, label in sorted(wanted):
        start = min(max(at - len(label) // 2, 0), max(width - len(label), 0))
        free = (row for row in rows if not "".join(row[max(start - 2, 0) : start + len(label) + 2]).strip())
        row = next(free, None)
        if row is None:
            row = [" "] * width
            rows.append(row)
        row[start : start + len(label)] = label
    return ["".join(row).rstrip() for row in rows]
