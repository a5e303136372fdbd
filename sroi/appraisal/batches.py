"""Some studies of many, simulated together: what one task of an executor does, and what it gives back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.errors import SroiError
from sroi.evaluation import evaluate
from sroi.labels import path_label, quoted
from sroi.results.many import FIGURES, SUMS, FailedStudy, SimulatedStudy
from sroi.uncertainty import sampling
from sroi.uncertainty.chunks import brought_back, figures_of, filled
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.quantile_tables import Workspace
from sroi.uncertainty.streams import Stream

if TYPE_CHECKING:
    from sroi.appraisal.joint import Part
    from sroi.model import Study

_HELD = 1 << 23
"""Draws of numbers in common that are kept for the next study of a batch: 64 MiB."""


@dataclass(frozen=True, slots=True)
class Member:
    """One study with its part of the numbers of all."""

    name: str
    study: Study
    part: Part


@dataclass(frozen=True, slots=True)
class Batch:
    """Studies that are simulated one after another, over the same draws of what they share."""

    members: tuple[Member, ...]
    draws: int
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """What a batch comes to.

    Its studies in order, each simulated or failed; the sums of those simulated, a row for each of ``SUMS``
    and an entry a draw; and the same sums on central values.
    """

    studies: tuple[SimulatedStudy | FailedStudy, ...]
    sums: Any
    central: tuple[float, ...]


@dataclass(slots=True)
class _Draws:
    """Draws by what a number is known by; those that another study of the batch asks for again are kept."""

    seed: int
    wanted: Counter[bytes]
    made: dict[tuple[bytes, int], Any] = field(default_factory=dict)

    def of(self, key: bytes, chunk: int, size: int, make: Any) -> Any:
        """The draws of one number in one chunk."""
        found = self.made.get((key, chunk))
        if found is not None:
            return found
        found = make(sampling.generator_of(self.seed, key, chunk))
        if self.wanted[key] > 1 and len(self.made) * size < _HELD:
            found.flags.writeable = False
            self.made[key, chunk] = found
        return found


def run_batch(batch: Batch) -> Done:
    """Simulate each study of a batch; one that cannot be is told among the others."""
    wanted = Counter(key for each in batch.members for key in (*each.part.keys, *each.part.scores))
    draws = _Draws(batch.seed, wanted)
    sums = np.zeros((len(SUMS), batch.draws))
    central = np.zeros(len(SUMS))
    studies: list[SimulatedStudy | FailedStudy] = []
    for member in batch.members:
        try:
            study, own, values = _simulated(member, batch.draws, draws)
        except SroiError as error:
            studies.append(FailedStudy(member.name, str(error)))
            continue
        studies.append(study)
        sums += own
        central += values
    return Done(tuple(studies), sums, tuple(central.tolist()))


def _simulated(member: Member, count: int, draws: _Draws) -> tuple[SimulatedStudy, Any, Any]:
    evaluation = evaluate(member.study)
    study, part = evaluation.study, member.part
    model = DrawnStudy(study)
    model.check_memory(min(count, sampling.CHUNK), "draws")
    streams = {name: Stream(count, (0.0, 1.0)) for name in FIGURES}
    sums = np.empty((len(SUMS), count))
    truncated: Counter[str] = Counter()
    emptied: Counter[str] = Counter()
    start = 0
    space = Workspace(min(count, sampling.CHUNK))
    for chunk, size in enumerate(sampling.chunks(count)):
        values = _drawing(part, draws, chunk, size, space.cut(size))
        result = model.evaluate(values, once=True)
        figures = figures_of(result, size)
        for name, stream in streams.items():
            stream.add(figures[name])
        for row, each in zip(sums, (result.present_value, result.investment, result.saved), strict=True):
            row[start : start + size] = filled(each, size)
        truncated.update(brought_back(result, values))
        emptied.update(result.emptied)
        start += size
    ratio = streams["social_return_ratio"]
    found = SimulatedStudy(
        name=member.name,
        study=study.id,
        title=study.title,
        place=study.place,
        central={name: getattr(evaluation, name) for name in FIGURES},
        spreads={name: stream.spread() for name, stream in streams.items()},
        probability_above_one=ratio.share_above(1.0),
        warnings=(
            *(
                f"{number / count:.2%} of the draws of “{path_label(study, path)}” were brought back to "
                "its bounds"
                for path, number in truncated.items()
                if number
            ),
            *(
                f"the added deductions of {quoted(study, [f'outcomes.{name}'])} pass 100% in "
                f"{number / count:.2%} of the draws"
                for name, number in emptied.items()
                if number
            ),
        ),
    )
    saved = evaluation.savings_ratio * evaluation.investment
    return found, sums, np.array([evaluation.present_value, evaluation.investment, saved])


def _drawing(part: Part, draws: _Draws, chunk: int, size: int, space: Workspace) -> sampling.Drawing:
    numbers = part.uncertainty.numbers

    def draw(at: int) -> Any:
        known = numbers[at].distribution
        return draws.of(
            part.keys[at], chunk, size, lambda rng: known.draw(rng, size, tables=True, space=space)
        )

    scores = [draws.of(key, chunk, size, lambda rng: rng.standard_normal(size)) for key in part.scores]
    rows = np.array(scores) if scores else np.empty((0, size))
    return sampling.Drawing(part.uncertainty, rows, draw, once=True)
