"""Where the numbers of a result come from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sroi.expression import Expression
from sroi.resolution import Resolution

if TYPE_CHECKING:
    from sroi.model import Estimate, Study


@dataclass(frozen=True, slots=True)
class NumberUsed:
    """One number that a result rests on: its value in the study's prices, and all that is known of it.

    ``layer``, ``file`` and ``line`` say where it was written; they are None for a study made in Python. ``written`` is an expression's text,
    ``rests_on`` the assumptions that it reaches.
    """

    path: str
    value: float | None
    written: str | None
    rests_on: tuple[str, ...]
    low: float | None
    high: float | None
    unit: str | None
    price_year: int | str | None
    source: str | None
    grade: str | None
    rationale: str | None
    borrowed_from: str | None
    layer: str | None
    file: str | None
    line: int | None

    @property
    def computed(self) -> bool:
        """Whether it is made from other numbers of the study, so that they are what wants a source."""
        return bool(self.rests_on)

    @property
    def sourced(self) -> bool:
        """Whether it names a source."""
        return self.source is not None

    def to_dict(self) -> dict[str, Any]:
        """The number without the fields that hold nothing."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items() if value not in (None, ())}


def numbers_used(study: Study) -> list[NumberUsed]:
    """Every number that the result of a study rests on, in the order of the study."""
    resolution = Resolution(study)
    direct = [(path, estimate) for path, estimate in study.estimates() if _counts(study, path)]
    reached = {name for _, estimate in direct for name in resolution.rests_on(estimate)}
    named = [(f"assumptions.{name}", estimate) for name, estimate in study.assumptions.items() if name in reached and estimate is not None]
    return [number_used(study, resolution, path, estimate) for path, estimate in (*named, *direct)]


def _counts(study: Study, path: str) -> bool:
    section, name, field = path.partition("[")[0].split(".")[:3] if path.count(".") >= 2 else ("", "", "")
    if section == "inputs":
        return field in ("value", "years")
    return section == "outcomes" and study.outcomes[name].priced and field not in ("n_measured", "n_population", "cashable")


def number_used(study: Study, resolution: Resolution, path: str, estimate: Estimate) -> NumberUsed:
    """One number with all that is known of it."""
    origin = study.provenance.origin(path) if study.provenance is not None else None
    name = path.removeprefix("assumptions.")
    value = resolution.assumptions[name] if path.startswith("assumptions.") else resolution.number(path, estimate)
    factor = resolution.price_factor(path, estimate) or 1.0
    low, high = (end * factor if isinstance(end, float) else None for end in (estimate.low, estimate.high))
    source = estimate.source
    if source is None and path.startswith("inputs."):
        source = study.inputs[path.split(".")[1]].source
    rationale = estimate.rationale
    if rationale is None and path.startswith("inputs."):
        rationale = study.inputs[path.split(".")[1]].rationale
    return NumberUsed(
        path=path,
        value=value,
        written=estimate.value.text if isinstance(estimate.value, Expression) else None,
        rests_on=tuple(resolution.rests_on(estimate)),
        low=low,
        high=high,
        unit=estimate.unit,
        price_year=estimate.price_year,
        source=source,
        grade=estimate.grade,
        rationale=rationale,
        borrowed_from=estimate.borrowed_from,
        layer=origin.layer if origin is not None else None,
        file=origin.file if origin is not None else None,
        line=origin.line if origin is not None else None,
    )
