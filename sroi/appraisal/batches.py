"""Some studies of many, simulated together: what one task of an executor does, and what it gives back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.errors import SroiError
from sroi.evaluation import evaluate
from sroi.results.many import FIGURES, SUMS, FailedStudy, SimulatedStudy
from sroi.uncertainty import sampling
from sroi.uncertainty.chunks import brought_back, figures_of, filled, with_inputs
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.quantile_tables import Workspace
from sroi.uncertainty.simulation import bounds_warnings, deduction_warnings, input_warnings
from sroi.uncertainty.streams import Stream

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sroi.appraisal.joint import Part
    from sroi.model import Study
    from sroi.uncertainty.distributions import Distribution
    from sroi.uncertainty.model import DrawnResult

_HELD = 1 << 23
"""Draws of numbers in common that are kept for the next study of a batch: 64 MiB."""


@dataclass(frozen=True, slots=True)
class Member:
    """One study with its part of the numbers of all, and what brings its money to the prices of the sum."""

    name: str
    study: Study
    part: Part
    factor: float = 1.0


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
    made: dict[Hashable, Any] = field(default_factory=dict)

    def of(self, key: bytes, chunk: int, size: int, drawn: Distribution | None, space: Workspace) -> Any:
        """The draws of one number in one chunk, in a study's prices; normal ones where it has none."""
        found = self.made.get((key, chunk, drawn))
        if found is not None:
            return found
        rng = sampling.generator_of(self.seed, key, chunk)
        found = (
            rng.standard_normal(size) if drawn is None else drawn.draw(rng, size, tables=True, space=space)
        )
        if self.wanted[key] > 1 and len(self.made) * size < _HELD:
            found.flags.writeable = False
            self.made[key, chunk, drawn] = found
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


def _simulated(member: Member, count: int, draws: _Draws) -> tuple[SimulatedStudy, Any, list[float]]:
    evaluation = evaluate(member.study)
    study, part = evaluation.study, member.part
    model = DrawnStudy(study)
    model.check_memory(min(count, sampling.CHUNK), "draws")
    streams = {name: Stream(count, (0.0, 1.0)) for name in FIGURES}
    sums = np.empty((len(SUMS), count))
    truncated: Counter[str] = Counter()
    emptied: Counter[str] = Counter()
    saved = evaluation.savings_ratio * evaluation.investment
    amounts = (evaluation.present_value, evaluation.investment, saved)
    central = [float(formulas.converted(amount, member.factor)) for amount in amounts]
    start = 0
    space = Workspace(min(count, sampling.CHUNK))
    for chunk, size in enumerate(sampling.chunks(count)):
        values = _drawing(part, draws, chunk, size, space.cut(size))
        result = _in_prices(model.evaluate(values, once=True), member.factor)
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
        central=dict(zip(FIGURES, figures_of_sums(*central), strict=True)),
        spreads={name: stream.spread() for name, stream in streams.items()},
        probability_above_one=ratio.share_above(1.0),
        warnings=(
            *input_warnings(1 - streams["investment"].share_above(0.0)),
            *bounds_warnings(study, {path: each / count for path, each in truncated.items() if each}),
            *deduction_warnings(study, {name: each / count for name, each in emptied.items() if each}),
        ),
    )
    return found, sums, central


def _in_prices(result: DrawnResult, factor: float) -> DrawnResult:
    """Draws with their money in other prices."""
    if factor == 1.0:
        return result
    money = {name: formulas.converted(getattr(result, name), factor) for name in SUMS}
    return replace(result, **money)


def figures_of_sums(present: Any, investment: Any, saved: Any) -> tuple[Any, ...]:
    """Every figure of sums; no ratio where nothing is put in."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, savings = (
            with_inputs(formulas.social_return_ratio(each, investment), investment)
            for each in (present, saved)
        )
    return ratio, formulas.net_present_value(present, investment), present, investment, savings


def _drawing(part: Part, draws: _Draws, chunk: int, size: int, space: Workspace) -> sampling.Drawing:
    numbers = part.uncertainty.numbers

    def draw(at: int) -> Any:
        return draws.of(part.keys[at], chunk, size, numbers[at].distribution, space)

    scores = [draws.of(key, chunk, size, None, space) for key in part.scores]
    rows = np.array(scores) if scores else np.empty((0, size))
    return sampling.Drawing(part.uncertainty, rows, draw, once=True)
