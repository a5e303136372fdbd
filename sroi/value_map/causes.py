"""Why a figure of a map may differ: the study again under other conventions, each of which some map in use has followed."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from sroi.errors import SroiError
from sroi.evaluation import evaluate
from sroi.method import MethodProfile
from sroi.model import Deadweight, Displacement, DropOff, Duration, Outcome, Study, YearsLater

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sroi.evaluation import Evaluation

    Other = Callable[[Study], Study | None]

MOST_OUTCOMES_FOR_PAIRS = 60


def _method(**choices: Any) -> Other:
    def other(study: Study) -> Study | None:
        now = study.method
        if all(getattr(now, key) == value for key, value in choices.items()):
            return None
        return study.model_copy(update={"method": MethodProfile.model_validate({**dict(now), **choices})})

    return other


def _outcomes(change: Callable[[Outcome], dict[str, Any]]) -> Other:
    def other(study: Study) -> Study | None:
        changes = {name: change(outcome) for name, outcome in study.outcomes.items()}
        if not any(changes.values()):
            return None
        changed = {name: outcome.model_copy(update=changes[name]) for name, outcome in study.outcomes.items()}
        return study.model_copy(update={"outcomes": changed})

    return other


def _shares(outcome: Outcome) -> dict[str, float]:
    """The shares of an outcome that are plain numbers, as those of a map are."""
    found = {}
    for name in ("deadweight", "displacement", "attribution", "contribution", "drop_off"):
        estimate = getattr(outcome, name)
        if estimate is not None and isinstance(estimate.value, float):
            found[name] = estimate.value
    return found


def _without(*names: str) -> Other:
    def change(outcome: Outcome) -> dict[str, Any]:
        left: dict[str, Any] = {
            name: type(getattr(outcome, name)).model_validate(0)
            for name in names
            if _shares(outcome).get(name)
        }
        if "attribution" in names and outcome.contribution is not None:
            left["contribution"] = type(outcome.contribution).model_validate(1)  # type: ignore[union-attr]
        return left

    return _outcomes(change)


def _swapped(outcome: Outcome) -> dict[str, Any]:
    if outcome.attribution is not None:
        return {"attribution": None, "contribution": outcome.attribution}
    return (
        {"attribution": outcome.contribution, "contribution": None}
        if outcome.contribution is not None
        else {}
    )


def _two_added(outcome: Outcome) -> dict[str, Any]:
    shares = _shares(outcome)
    both = shares.get("deadweight", 0) + shares.get("displacement", 0)
    if not (shares.get("deadweight") and shares.get("displacement")) or both > 1:
        return {}
    return {"deadweight": Deadweight.model_validate(both), "displacement": Displacement.model_validate(0)}


def _again(years: int) -> Other:
    def change(outcome: Outcome) -> dict[str, Any]:
        once = outcome.quantity
        return {"quantity": (once,) * years} if once is not None and not isinstance(once, tuple) else {}

    return _outcomes(change)


def _lasting(years: int) -> Other:
    def change(outcome: Outcome) -> dict[str, Any]:
        lasts = outcome.duration.value if outcome.duration is not None else None
        return (
            {"duration": Duration.model_validate(lasts + years)}
            if isinstance(lasts, float) and 0 < lasts + years <= 125
            else {}
        )

    return _outcomes(change)


def _starting(years: int) -> Other:
    def change(outcome: Outcome) -> dict[str, Any]:
        first = (
            outcome.starts.years_later
            if isinstance(outcome.starts, YearsLater)
            else {"during": 0, "after": 1}.get(str(outcome.starts))
        )
        return (
            {}
            if first is None or not 0 <= first + years <= 125
            else {"starts": YearsLater(years_later=first + years)}
        )

    return _outcomes(change)


def _negative_drop_off(outcome: Outcome) -> dict[str, Any]:
    share = _shares(outcome).get("drop_off")
    return {"drop_off": DropOff.model_validate(1 - share)} if share else {}


OTHERS: tuple[tuple[str, Other], ...] = (
    ("the map adds the deductions up", _method(deductions="added")),
    ("the map multiplies the deductions", _method(deductions="multiplied")),
    ("the map adds deadweight and displacement, then multiplies", _outcomes(_two_added)),
    ("the map takes attribution for our own share", _outcomes(_swapped)),
    ("the map takes drop-off from the first year", _method(drop_off_from="first_year")),
    ("the map takes drop-off from the second year", _method(drop_off_from="second_year")),
    ("the map takes drop-off off the first year's value each time", _method(drop_off_shape="linear")),
    ("the map leaves out drop-off", _without("drop_off")),
    ("the map takes drop-off for what is kept", _outcomes(_negative_drop_off)),
    ("the map counts part years whole", _method(part_years="whole")),
    ("the map does not discount the first year", _method(timing="start")),
    ("the map discounts from the middle of each year", _method(timing="mid")),
    ("the map discounts one period more, from the end of each year", _method(timing="end")),
    ("the map does not discount", _method(discount_rate=0.0, discount_schedule=None)),
    ("the map discounts at 3.5%", _method(discount_rate=0.035, discount_schedule=None)),
    ("the map leaves out displacement", _without("displacement")),
    ("the map leaves out attribution", _without("attribution")),
    ("the map leaves out deadweight", _without("deadweight")),
    ("the map deducts nothing", _without("deadweight", "displacement", "attribution")),
    ("the map counts one benefit year more", _lasting(1)),
    ("the map counts one benefit year fewer", _lasting(-1)),
    ("the map starts outcomes a year later", _starting(1)),
    ("the map starts outcomes a year earlier", _starting(-1)),
    *(
        (f"the map counts the quantity again in each of {years} years", _again(years))
        for years in range(2, 6)
    ),
    ("the map leaves transfers out of its totals", _method(transfers="excluded")),
    ("the map counts transfers in its totals", _method(transfers="included")),
)


def conventions(study: Study) -> Iterator[Iterator[tuple[str, Evaluation]]]:
    """The study under each other convention that changes it; then under each two. What has no result is passed over."""
    changed = [(words, other) for words, make in OTHERS if (other := make(study)) is not None]
    yield (found for words, other in changed for found in _result(words, other))
    if len(study.outcomes) <= MOST_OUTCOMES_FOR_PAIRS:
        yield _in_pairs(changed)


def _in_pairs(changed: list[tuple[str, Study]]) -> Iterator[tuple[str, Evaluation]]:
    makers = dict(OTHERS)
    for (first, other), (second, _) in combinations(changed, 2):
        both = makers[second](other)
        if both is not None:
            yield from _result(f"{first}; {second.removeprefix('the map ')} too", both)


def _result(words: str, study: Study) -> Iterator[tuple[str, Evaluation]]:
    try:
        yield words, evaluate(study)
    except SroiError:
        return
