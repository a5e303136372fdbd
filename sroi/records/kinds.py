"""The results that can be recorded: what each was asked with, and how it is computed again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sroi.accounts import ledger
from sroi.appraisal import options
from sroi.checking import check
from sroi.comparing.beside import compared_again
from sroi.differing import explained_again
from sroi.documents import dumps, loads
from sroi.evaluation import evaluate
from sroi.results.alternatives import Alternatives
from sroi.results.breakeven import Breakeven
from sroi.results.difference import Difference
from sroi.uncertainty import (
    breakeven,
    ledger_spread,
    scenarios,
    sensitivity,
    simulate,
    sobol,
    spread,
    switching_values,
    value_of_information,
    what_it_takes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sroi.model import Study
    from sroi.results.base import Result


def _alternatives(study: Study, by: str) -> Result:
    if by == "method":
        return spread(study)
    base = evaluate(study)
    return Alternatives.of(base, "scenario", scenarios(base))


def _findings(
    study: Study, select: Iterable[str] = (), ignore: Iterable[str] = (), today: str | None = None
) -> Result:
    day = None if today is None else dt.date.fromisoformat(today)
    return check(study, select=select, ignore=ignore, today=day)


def _options(study: Study, operands: Iterable[Mapping[str, Any]], **asked: Any) -> Result:
    """Options as a record holds them: the study of the baseline, and the text of the others."""
    read = {each["name"]: study if each["text"] is None else loads(each["text"]) for each in operands}
    return options(*read.values(), names=list(read), anyway=True, **asked)


AGAIN: dict[str, Callable[..., Result]] = {
    "alternatives": _alternatives,
    "belief": what_it_takes,
    "breakeven": breakeven,
    "comparison": compared_again,
    "difference": explained_again,
    "evaluation": evaluate,
    "findings": _findings,
    "indices": sobol,
    "information": value_of_information,
    "ledger": ledger,
    "ledger-spread": ledger_spread,
    "options": _options,
    "sensitivity": sensitivity,
    "simulation": simulate,
    "switching-values": switching_values,
}
"""What computes a kind of result, of a study and of what it was asked with."""

_ASKED = {
    "alternatives": {"by": "by"},
    "belief": {"claim": "name", "draws": "simulation.draws", "seed": "simulation.seed"},
    "breakeven": {"target": "goal.ratio"},
    "comparison": {name: name for name in ("operands", "price_year", "over", "draws", "seed")},
    "difference": {name: name for name in ("by", "permutations", "seed", "notes", "under")},
    "information": {"threshold": "threshold", "draws": "draws"},
    "ledger-spread": {"draws": "draws", "seed": "seed"},
    "options": {
        **{name: name for name in ("operands", "baseline", "draws", "seed")},
        "between": "pair",
    },
    "sensitivity": {"figure": "figure"},
    "simulation": {"draws": "draws", "seed": "seed", "sampler": "sampler"},
    "switching-values": {"target": "target", "figure": "figure"},
}
"""What a kind of result was asked with, by where the result holds it."""


def kind_of(result: Result) -> str:
    """The kind of a result, as its schema names it."""
    return result.schema["name"].removeprefix("sroi/")


def asked_with(result: Result) -> dict[str, Any]:
    """What a result was asked with, as far as it holds that itself."""
    asked = {name: _held(result, path) for name, path in _ASKED.get(kind_of(result), {}).items()}
    if isinstance(result, Breakeven) and result.goal.claim is not None:
        asked["target"] = result.goal.claim
    if isinstance(result, Difference):
        asked["old"] = dumps(result.old)
    return asked


def _held(result: Any, path: str) -> Any:
    for name in path.split("."):
        result = getattr(result, name)
    return result


def study_behind(result: Result) -> Study | None:
    """The study that a result is of; None where it does not hold it."""
    for path in ("study", "evaluation.study", "ledger.evaluation.study", "simulation.evaluation.study"):
        try:
            found: Study = _held(result, path)
        except AttributeError:
            continue
        return found
    return None
