"""What an outcome without a money value would have to be worth for an option to be worth the most."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sroi import formulas
from sroi.errors import SroiError
from sroi.formatting import listed
from sroi.labels import path_label, unit_label
from sroi.model import FinancialProxy
from sroi.resolution import numbers_of
from sroi.results.options import UnpricedWorth
from sroi.results.rows import title_of
from sroi.tolerance import TOLERANCE
from sroi.validation import missing
from sroi.walk import Walk

if TYPE_CHECKING:
    from sroi.model import Study


def unpriced(studies: Mapping[str, Study], worth: Mapping[str, float]) -> tuple[UnpricedWorth, ...]:
    """For each option and each outcome of it that has no money value, what that would have to be worth.

    An outcome of one name in several options is the same, and worth the same a unit in all of them.

    Parameters
    ----------
    studies : mapping of str to Study
        The options.
    worth : mapping of str to float
        Their net present values.
    """
    found = []
    for option, study in studies.items():
        for name, outcome in study.outcomes.items():
            if not outcome.priced:
                units = {each: _units(other, name) for each, other in studies.items()}
                found.append(_worth(option, study, name, units, worth))
    return tuple(found)


def _worth(
    option: str, study: Study, name: str, units: Mapping[str, float | str], worth: Mapping[str, float]
) -> UnpricedWorth:
    title, unit = title_of(name, study.outcomes[name]), study.outcomes[name].unit
    called = unit_label(study, unit) or None
    gap = max(value for each, value in worth.items() if each != option) - worth[option]
    lacking = {each: count for each, count in units.items() if isinstance(count, str)}
    if lacking:
        why = "; ".join(f"{each}: {said}" for each, said in lacking.items())
        alone = len([each for each in units.values() if each != 0.0]) == 1
        return UnpricedWorth(option, name, title, called, None, None, gap if alone else None, why)
    counts = {each: count for each, count in units.items() if not isinstance(count, str)}
    least, most, nothing = -math.inf, math.inf, TOLERANCE * max(map(abs, counts.values()))
    for other, value in worth.items():
        more, less = counts[option] - counts[other], value - worth[option]
        if other == option:
            continue
        if abs(more) <= nothing:
            if less > 0:
                said = f"no worth of it would do: {other} has as much of it"
                return UnpricedWorth(option, name, title, called, None, None, None, said)
        elif more > 0:
            least = max(least, formulas.cost_a_unit(less, more))
        else:
            most = min(most, formulas.cost_a_unit(less, more))
    if least > most:
        said = "no worth of it would do: another option has more of it"
        return UnpricedWorth(option, name, title, called, None, None, None, said)
    low, high = (each if math.isfinite(each) else None for each in (least, most))
    whole = least * counts[option] if math.isfinite(least) else None
    return UnpricedWorth(option, name, title, called, low, high, whole, None)


def _units(study: Study, name: str) -> float | str:
    """Discounted units of an outcome after deductions, as if each were worth 1; or why they are not known.

    An option without it has none of it, and so has one in which it has a money value, which stays.
    """
    outcome = study.outcomes.get(name)
    if outcome is None or outcome.priced:
        return 0.0
    one = outcome.model_copy(update={"priced": True, "value": FinancialProxy(value=1)})
    asked = study.model_copy(update={"outcomes": {name: one}})
    numbers = numbers_of(asked)
    paths = [problem.path for problem in missing(numbers)]
    if paths:
        return f"{listed(path_label(study, path) for path in paths)} not assessed"
    try:
        walk = Walk(numbers)
        return float(walk.outcome_value(name)) if walk.in_total(name) else 0.0
    except (SroiError, ArithmeticError) as error:
        return str(error)
