"""Whether a study can be used, and whether it can give a result: all that is wrong or missing, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.backends import FLOATS
from sroi.errors import DocumentError, Problem, UndefinedResultError
from sroi.flows import whole_years
from sroi.model import BY_BENEFIT_YEAR, DEDUCTIONS
from sroi.quantities import shown
from sroi.ranges import middle, range_problem
from sroi.reference import PriceYearError
from sroi.resolution import located, numbers_of
from sroi.stated import contradictions
from sroi.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Input, Outcome, Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers

WHAT_INSTEAD = (
    "write a number with its source or rationale, or ask what it would have to be: sroi breakeven STUDY"
)


def problems_with_numbers(study: Study) -> list[Problem]:
    """All that is wrong with any number of a study, used or not, and with any range."""
    numbers = numbers_of(study)
    problems = [*numbers.problems, *(problem for number in numbers for problem in _range_problems(number))]
    problems = problems or [*_too_short_at_an_end(numbers), *contradictions(numbers)]
    unreached = _unreached_price_year(numbers)
    if unreached is None:
        return problems
    return [unreached, *(problem for problem in problems if problem.message != unreached.message)]


def _unreached_price_year(numbers: Numbers) -> Problem | None:
    """What is wrong with the study's own price year: one mistake, however many sums are converted to it."""
    try:
        numbers.prices.check_year()
    except PriceYearError as error:
        return Problem(str(error), error.hint, "price_year")
    return None


def _range_problems(number: Number) -> Iterator[Problem]:
    estimate, (low, high, sd) = number.estimate, number.ends
    if low is None and sd is None:
        return
    wrong = range_problem(estimate, number.entered if estimate.value is not None else None, low, high, sd)
    if wrong is not None:
        yield Problem(*wrong, path=number.path)
    elif estimate.shape not in ("normal", "lognormal"):
        for word, end in (("low", low), ("high", high)):
            violation = estimate.bounds.violated_by(end) if end is not None else None
            if violation is not None and estimate.shape == "bernoulli":
                said, _ = violation
                message = f"distribution bernoulli is 0 or 1 in a draw, and {said}"
                yield Problem(message, "write low and high instead", number.path)
            elif violation is not None:
                yield Problem(*violation, path=f"{number.path}.{word}")


def _too_short_at_an_end(numbers: Numbers) -> Iterator[Problem]:
    """Ranges at whose end an outcome lasts less long than its numbers are listed for."""
    for name, outcome in numbers.study.outcomes.items():
        lists = {
            key: len(each) for key in BY_BENEFIT_YEAR if isinstance(each := getattr(outcome, key), tuple)
        }
        path = f"outcomes.{name}.duration"
        if max(lists.values(), default=1) < 2 or path not in numbers:
            continue
        listed = max(lists.values())
        key = next(key for key, length in lists.items() if length == listed)
        varying = numbers[path] if numbers[path].estimate.shape != "fixed" else None
        behind = [numbers[f"assumptions.{each}"] for each in numbers[path].rests_on] if not varying else []
        for number in [varying] if varying else behind:
            for word, end in (("low", number.low), ("high", number.high)):
                if end is None or number.value is None:
                    continue
                at_end = (
                    end if number is varying else Values(numbers, FLOATS, {number.path: end}).number(path)
                )
                years = whole_years(at_end)
                if years < listed:
                    each = f"{years} benefit year{'' if years == 1 else 's'}"
                    message = (
                        f"at {word} {shown(end)} the outcome {name} lasts {each}, and {key} lists {listed}"
                    )
                    hint = f"narrow the range, or list at most {max(years, 1)}"
                    yield Problem(message, hint, f"{number.path}.{word}")


def require(numbers: Numbers, *, inputs: bool = True) -> None:
    """Raise all that stands in the way of a result, that nothing is put in only with ``inputs``.

    Raises
    ------
    DocumentError
        If a number is wrong.
    UndefinedResultError
        If a number that the result needs is not assessed, or nothing is put in.
    """
    study = numbers.study
    if numbers.problems:
        raise DocumentError(located(study, numbers.problems))
    lacking = list(missing(numbers))
    if inputs and not study.inputs:
        nothing = "no result without inputs: nothing is spent or given"
        lacking.append(Problem(nothing, "add what is spent and given", "inputs"))
    if lacking:
        raise UndefinedResultError(located(study, lacking))


def missing(numbers: Numbers) -> Iterator[Problem]:
    """What is not assessed and stands in the way of a result, each with the numbers that rest on it."""
    resting: dict[str, list[str]] = {}
    for path, estimate in _needed(numbers.study):
        if estimate is None or path not in numbers:
            resting.setdefault(path, [])
        elif numbers[path].value is None and not numbers[path].problems:
            for name in numbers[path].rests_on:
                if _is_null(numbers, name):
                    resting.setdefault(f"assumptions.{name}", []).append(path)
            if estimate.value is None and middle(estimate) is None:
                resting.setdefault(path, [])
    for path, on in resting.items():
        message = f"not assessed, and there is no result without it{_resting(on)}"
        yield Problem(message, WHAT_INSTEAD, path)


def _needed(study: Study) -> Iterator[tuple[str, Any]]:
    """Paths of what a result cannot be without, each with what stands there."""
    for name, entry in study.inputs.items():
        yield from _flat(f"inputs.{name}.value", entry.value)
        if entry.years is not None:
            yield f"inputs.{name}.years", entry.years
        yield from _optimism(study, f"inputs.{name}", entry)
    for name, outcome in study.outcomes.items():
        if outcome.priced:
            ours = "contribution" if outcome.contribution is not None else "attribution"
            shares = (ours if each == "attribution" else each for each in DEDUCTIONS)
            for key in ("quantity", "value", "duration", *shares, "drop_off"):
                yield from _flat(f"outcomes.{name}.{key}", getattr(outcome, key))
            yield from _optimism(study, f"outcomes.{name}", outcome)
            if outcome.starts is None:
                yield f"outcomes.{name}.starts", None


def _optimism(study: Study, path: str, entry: Input | Outcome) -> Iterator[tuple[str, Any]]:
    """The optimism bias that an entry states, where the method applies it."""
    if entry.optimism_bias is not None and study.method.optimism_bias != "none":
        yield f"{path}.optimism_bias", entry.optimism_bias


def _flat(path: str, written: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(written, tuple):
        yield from ((f"{path}[{position}]", each) for position, each in enumerate(written))
    else:
        yield path, written


def _resting(paths: list[str]) -> str:
    """The numbers that rest on one that is not assessed, the first few by name."""
    entries = list(dict.fromkeys(path.partition("[")[0] for path in paths))
    if not entries:
        return ""
    others = f" and {len(entries) - 3} more" if len(entries) > 3 else ""
    return f": {', '.join(entries[:3])}{others} {'rests' if len(entries) == 1 else 'rest'} on it"


def _is_null(numbers: Numbers, name: str) -> bool:
    """Whether an assumption is itself not assessed, with or without a range of what it may be."""
    estimate = numbers.study.assumptions[name]
    return estimate is None or (estimate.value is None and middle(estimate) is None)
