"""A study under other conventions, each of which some map in use has followed: why a figure may differ."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from sroi.errors import SroiError
from sroi.evaluation import evaluate
from sroi.method import MethodProfile
from sroi.model import DEDUCTIONS, Deadweight, Displacement, DropOff, Duration, Outcome, Study, YearsLater
from sroi.model.starts import first_year
from sroi.quantities import MOST_YEARS
from sroi.value_map.columns import SHARES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sroi.results import Evaluation

    Change = Callable[[Study], Study | None]

MOST_OUTCOMES_FOR_PAIRS = 60


def _method(**choices: Any) -> Change:
    def change(study: Study) -> Study | None:
        now = study.method.model_dump()
        if choices.items() <= now.items():
            return None
        return study.model_copy(update={"method": MethodProfile.model_validate({**now, **choices})})

    return change


def _outcomes(change_of: Callable[[Outcome], dict[str, Any]]) -> Change:
    def change(study: Study) -> Study | None:
        changes = {name: change_of(outcome) for name, outcome in study.outcomes.items()}
        if not any(changes.values()):
            return None
        changed = {name: outcome.model_copy(update=changes[name]) for name, outcome in study.outcomes.items()}
        return study.model_copy(update={"outcomes": changed})

    return change


def _shares(outcome: Outcome) -> dict[str, float]:
    """The shares of an outcome that are plain numbers, as those of a map are."""
    estimates = {name: getattr(outcome, name) for name in SHARES}
    return {
        name: each.value
        for name, each in estimates.items()
        if each is not None and isinstance(each.value, float)
    }


def _without(*names: str) -> Change:
    def change(outcome: Outcome) -> dict[str, Any]:
        written = {name: getattr(outcome, name) for name in names if _shares(outcome).get(name)}
        left = {name: type(each).model_validate(0) for name, each in written.items()}
        if "attribution" in names and outcome.contribution is not None:
            left["contribution"] = type(outcome.contribution).model_validate(1)  # type: ignore[union-attr]
        return left

    return _outcomes(change)


def _attribution_swapped(outcome: Outcome) -> dict[str, Any]:
    if outcome.attribution is None and outcome.contribution is None:
        return {}
    return {"attribution": outcome.contribution, "contribution": outcome.attribution}


def _two_added(outcome: Outcome) -> dict[str, Any]:
    two = [_shares(outcome).get(name, 0.0) for name in ("deadweight", "displacement")]
    if not all(two) or sum(two) > 1:
        return {}
    return {"deadweight": Deadweight.model_validate(sum(two)), "displacement": Displacement.model_validate(0)}


def _in_each_of(years: int) -> Change:
    def change(outcome: Outcome) -> dict[str, Any]:
        once = outcome.quantity
        return {"quantity": (once,) * years} if once is not None and not isinstance(once, tuple) else {}

    return _outcomes(change)


def _lasting(more: int) -> Change:
    def change(outcome: Outcome) -> dict[str, Any]:
        years = outcome.duration.value if outcome.duration is not None else None
        if not isinstance(years, float) or not 0 < years + more <= MOST_YEARS:
            return {}
        return {"duration": Duration.model_validate(years + more)}

    return _outcomes(change)


def _starting(later: int) -> Change:
    def change(outcome: Outcome) -> dict[str, Any]:
        first = first_year(outcome.starts)
        if first is None or not 0 <= first + later <= MOST_YEARS:
            return {}
        return {"starts": YearsLater(years_later=first + later)}

    return _outcomes(change)


def _drop_off_kept(outcome: Outcome) -> dict[str, Any]:
    share = _shares(outcome).get("drop_off")
    return {"drop_off": DropOff.model_validate(1 - share)} if share else {}


def _plausible(years: float, factor: float) -> bool:
    """Whether a duration can have been counted in another unit: part of a year was, or many years were."""
    if factor > 1:
        return years * factor <= MOST_YEARS and not years.is_integer()
    return years >= 1 and years.is_integer()


def _times(factor: float, *names: str) -> Change:
    """Numbers of outcomes in another unit."""

    def change(outcome: Outcome) -> dict[str, Any]:
        found = {}
        for name in names:
            each = getattr(outcome, name)
            number = each.value if each is not None and not isinstance(each, tuple) else None
            if isinstance(number, float) and number:
                found[name] = each.model_copy(update={"value": number * factor})
        years = found.get("duration")
        if years is not None and not _plausible(years.value / factor, factor):
            return {}
        return found

    return _outcomes(change)


def _without_price_years(study: Study) -> Study | None:
    def undated(entry: Any) -> Any:
        money = entry.value
        if money is None or isinstance(money, tuple) or money.price_year is None:
            return entry
        return entry.model_copy(update={"value": money.model_copy(update={"price_year": None})})

    outcomes = {name: undated(outcome) for name, outcome in study.outcomes.items()}
    inputs = {name: undated(each) for name, each in study.inputs.items()}
    if outcomes == study.outcomes and inputs == study.inputs:
        return None
    return study.model_copy(update={"outcomes": outcomes, "inputs": inputs})


def _inputs_times(factor: float) -> Change:
    def change(study: Study) -> Study | None:
        numbers = {name: entry.value for name, entry in study.inputs.items()}
        changed = {
            name: study.inputs[name].model_copy(
                update={"value": each.model_copy(update={"value": each.value * factor})}
            )
            for name, each in numbers.items()
            if each is not None and not isinstance(each, tuple) and isinstance(each.value, float)
        }
        return study.model_copy(update={"inputs": {**study.inputs, **changed}}) if changed else None

    return change


UNITS: tuple[tuple[str, Change], ...] = (
    ("counts durations in months", _times(1 / 12, "duration")),
    ("counts durations in weeks", _times(1 / 52, "duration")),
    ("takes months for years", _times(12, "duration")),
    ("has values in thousands", _times(1000, "value")),
    ("takes thousands for single pounds in its values", _times(0.001, "value")),
    ("has values in pence", _times(0.01, "value")),
    ("takes pence for pounds in its values", _times(100, "value")),
    ("has values by the month", _times(12, "value")),
    ("has values by the week", _times(52, "value")),
    ("has quantities in thousands", _times(1000, "quantity")),
    ("takes thousands for single ones in its quantities", _times(0.001, "quantity")),
    ("has inputs in thousands", _inputs_times(1000)),
    ("takes thousands for single pounds in its inputs", _inputs_times(0.001)),
    ("has shares in percent", _times(0.01, *SHARES)),
)
"""Units that a map may have counted in, tried before any convention."""

CONVENTIONS: tuple[tuple[str, Change], ...] = (
    ("takes money of other years' prices as it stands", _without_price_years),
    ("adds the deductions up", _method(deductions="added")),
    ("multiplies the deductions", _method(deductions="multiplied")),
    ("adds deadweight and displacement, then multiplies", _outcomes(_two_added)),
    ("takes attribution for our own share", _outcomes(_attribution_swapped)),
    ("takes drop-off from the first year", _method(drop_off_from="first_year")),
    ("takes drop-off from the second year", _method(drop_off_from="second_year")),
    ("takes drop-off off the first year's value each time", _method(drop_off_shape="linear")),
    ("leaves out drop-off", _without("drop_off")),
    ("takes drop-off for what is kept", _outcomes(_drop_off_kept)),
    ("counts part years whole", _method(part_years="whole")),
    ("does not discount the first year", _method(timing="start")),
    ("discounts from the middle of each year", _method(timing="mid")),
    ("discounts one period more, from the end of each year", _method(timing="end")),
    ("does not discount", _method(discount_rate=0.0, discount_schedule=None)),
    ("discounts at 3.5%", _method(discount_rate=0.035, discount_schedule=None)),
    ("discounts at the health rate", _method(discount_rate=None, discount_schedule="green-book-2026-health")),
    ("leaves out displacement", _without("displacement")),
    ("leaves out attribution", _without("attribution")),
    ("leaves out deadweight", _without("deadweight")),
    ("deducts nothing", _without(*DEDUCTIONS)),
    ("counts one benefit year more", _lasting(1)),
    ("counts one benefit year fewer", _lasting(-1)),
    ("starts outcomes a year later", _starting(1)),
    ("starts outcomes a year earlier", _starting(-1)),
    *((f"counts the quantity again in each of {years} years", _in_each_of(years)) for years in range(2, 6)),
    ("leaves transfers out of its totals", _method(transfers="excluded")),
    ("counts transfers in its totals", _method(transfers="included")),
)
"""What the map does, and the study as it would then be; None where nothing changes."""


def conventions(study: Study, together: int) -> Iterator[tuple[str, Evaluation]]:
    """The study under each other convention that changes it, ``together`` at a time, one or two.

    What has no result is passed over, and so are pairs for a study of many outcomes.
    """
    if together > 1 and len(study.outcomes) > MOST_OUTCOMES_FOR_PAIRS:
        return
    tried = (*UNITS, *CONVENTIONS) if together == 1 else CONVENTIONS
    known = [(words, change) for words, change in tried if change(study) is not None]
    for chosen in combinations(known, together):
        other: Study | None = study
        for _, change in chosen:
            other = change(other) if other is not None else None
        try:
            found = evaluate(other) if other is not None else None
        except SroiError:
            continue
        if found is not None:
            words = "; ".join(words for words, _ in chosen)
            yield f"the map {words}{' too' if together > 1 else ''}", found
