"""Where the numbers of a result come from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from sroi.expression import Expression
from sroi.resolution import Resolution

if TYPE_CHECKING:
    from sroi.model import Estimate, Source, Study


Basis = Literal["sourced", "borrowed", "assumed", "structural"]


@dataclass(frozen=True, slots=True)
class NumberUsed:
    """One number that a result rests on: its value in the study's prices, and all that is known of it.

    ``layer``, ``file`` and ``line`` say where it was written; they are None for a study made in Python.
    ``written`` is an expression's text, ``rests_on`` the assumptions that it reaches.
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
    of_a_place: bool

    @property
    def computed(self) -> bool:
        """Whether it is made from other numbers of the study, so that they are what wants a source."""
        return bool(self.rests_on)

    @property
    def basis(self) -> Basis:
        """What it stands on: another place, a source, a definition, or nothing but judgement.

        A rationale that begins with ``structural:`` says that the number is a definition or follows from how
        the map is built.
        """
        if self.borrowed_from is not None:
            return "borrowed"
        if self.source is not None:
            return "sourced"
        return "structural" if (self.rationale or "").startswith("structural") else "assumed"

    @property
    def local(self) -> bool:
        """Whether it is of a place: written in a place's pack, or in a nation's as borrowed from one."""
        return (
            self.layer is not None
            and self.layer.startswith("pack ")
            and (self.of_a_place or self.borrowed_from is not None)
        )

    def to_dict(self) -> dict[str, Any]:
        """The number without the fields that hold nothing."""
        known = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
            if value not in (None, ())
        }
        del known["of_a_place"]
        return known if self.computed else {**known, "basis": self.basis}


def numbers_used(study: Study) -> list[NumberUsed]:
    """Every number that the result of a study rests on, in the order of the study."""
    resolution = Resolution(study)
    direct = [(path, estimate) for path, estimate in study.estimates() if _counts(study, path)]
    reached = {name for _, estimate in direct for name in resolution.rests_on(estimate)}
    named = [
        (f"assumptions.{name}", estimate)
        for name, estimate in study.assumptions.items()
        if name in reached and estimate is not None
    ]
    return [number_used(study, resolution, path, estimate) for path, estimate in (*named, *direct)]


def _counts(study: Study, path: str) -> bool:
    section, name, field = path.partition("[")[0].split(".")[:3] if path.count(".") >= 2 else ("", "", "")
    if section == "inputs":
        return field in ("value", "years")
    return section == "outcomes" and study.outcomes[name].priced and field not in _BESIDE_THE_RESULT


_BESIDE_THE_RESULT = (
    "n_measured",
    "n_population",
    "cashable",
    "wellbys",
    "qalys",
    "leakage",
    "displacement_outside",
)
"""Fields of an outcome that neither total nor ratio rests on."""


def number_used(study: Study, resolution: Resolution, path: str, estimate: Estimate) -> NumberUsed:
    """One number with all that is known of it."""
    origin = study.provenance.origin(path) if study.provenance is not None else None
    name = path.removeprefix("assumptions.")
    value = (
        resolution.assumptions[name] if path.startswith("assumptions.") else resolution.number(path, estimate)
    )
    factor = resolution.price_factor(path, estimate) or 1.0
    ends = (resolution.evaluated(path, end, resolution.assumptions) for end in (estimate.low, estimate.high))
    low, high = (None if end is None else end * factor for end in ends)
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
        of_a_place=origin is not None and origin.layer == f"pack {study.borough}",
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of the numbers behind a result stand on what; computed numbers are not counted."""

    numbers: int
    sourced: int
    borrowed: int
    assumed: int
    structural: int
    local: int
    local_borrowed: int


def standing(used: list[NumberUsed]) -> Standing:
    """Count the numbers behind a result by what they stand on."""
    given = [number for number in used if not number.computed]
    counts = {
        basis: sum(number.basis == basis for number in given)
        for basis in ("sourced", "borrowed", "assumed", "structural")
    }
    local = [number for number in given if number.local]
    return Standing(
        len(given),
        **counts,
        local=len(local),
        local_borrowed=sum(number.borrowed_from is not None for number in local),
    )


def value_by_basis(study: Study, present_values: dict[str, float]) -> dict[Basis, float]:
    """Shares of the absolute value in the total that rest on sourced, borrowed, assumed and structural numbers.

    The present value of an outcome is split evenly over the numbers, its own and those that they are computed
    from, that it rests on.
    """
    used = {number.path: number for number in numbers_used(study)}
    shares: dict[Basis, float] = {"sourced": 0.0, "borrowed": 0.0, "assumed": 0.0, "structural": 0.0}
    whole = sum(abs(value) for value in present_values.values())
    for outcome, value in present_values.items():
        own = [number for path, number in used.items() if path.startswith(f"outcomes.{outcome}.")]
        reached = {f"assumptions.{name}" for number in own for name in number.rests_on}
        leaves = [
            number
            for number in (*own, *(used[path] for path in reached if path in used))
            if not number.computed
        ]
        for number in leaves:
            shares[number.basis] += abs(value) / whole / len(leaves) if whole else 0.0
    return shares


def sources_used(study: Study) -> dict[str, Source]:
    """The sources that the numbers of a result name, in the order of the study."""
    named = {number.source for number in numbers_used(study)}
    return {name: source for name, source in study.sources.items() if name in named}
