"""The options of one decision, by net present value against a baseline, drawn together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.appraisal.alike import FILE, refuse_unlike
from sroi.appraisal.between import between as switching_between
from sroi.appraisal.joint import Joint
from sroi.appraisal.unpriced import unpriced
from sroi.arguments import checked_arguments
from sroi.errors import DocumentError, NotFoundError, Problem, SroiError, UndefinedResultError, instead
from sroi.labels import path_label
from sroi.model import as_study
from sroi.quantities import LEAST_INVESTMENT, shown
from sroi.resolution import located, numbers_of
from sroi.results.options import Option, Options
from sroi.tolerance import TOLERANCE
from sroi.uncertainty import sampling
from sroi.uncertainty.arguments import checked_count, checked_seed
from sroi.uncertainty.chunks import filled
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.streams import Stream
from sroi.validation import require
from sroi.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sroi.model import Studied, Study
    from sroi.results.spread import Spread
    from sroi.walk import Totals

DRAWS = 10_000


@checked_arguments
def options(
    *studies: Study | Studied,
    names: Sequence[str] | None = None,
    baseline: str | None = None,
    between: Sequence[str] | None = None,
    anyway: bool = False,
    draws: int = DRAWS,
    seed: int | None = 0,
    on_chunk: Callable[[int], None] | None = None,
) -> Options:
    """Set the options of one decision against a baseline, such as doing nothing.

    Each is judged by its net present value and by what it costs and gives more than the baseline; a ratio is
    given of those differences alone. All options are drawn together: an assumption of one name, value, range
    and source is one number, drawn once for all of them.

    Parameters
    ----------
    *studies : Study or result
        Two or more; an option may cost nothing and change nothing.
    names : sequence of str, optional
        What each is called; the identifiers of the studies where they are left out.
    baseline : str, optional
        Name of the one that the others are set against; the first where it is left out.
    between : sequence of str, optional
        Names of the two that switching values are between; where it is left out, the two that have the
        highest net present value.
    anyway : bool
        Whether options for other people, of other places or purposes are compared all the same.
    draws : int
        How many; 0 for none.
    seed : int or None
        The same seed gives the same numbers.
    on_chunk : callable, optional
        Called with the number of draws of each finished chunk.

    Raises
    ------
    DocumentError
        If fewer than two are given, if they are no options of one decision, or if a range cannot be drawn
        from.
    NotFoundError
        If no option has the name of the baseline or of one of the two.
    UndefinedResultError
        If an option has a number that is not assessed.

    Examples
    --------
    >>> import sroi
    >>> club = sroi.load("examples/lunch-club.yaml")
    >>> nothing = club.model_copy(update={"id": "nothing", "inputs": {}, "outcomes": {}})
    >>> found = sroi.options(nothing, club, sroi.change(club, {"members": 60}), draws=1_000)
    >>> found.best, [round(each.more_net_present_value) for each in found.options]
    ('lunch-club', [0, 105534, -2796])
    """
    named = _named([as_study(each, "sroi.options") for each in studies], names)
    base = _name(baseline, named, "baseline") if baseline is not None else next(iter(named))
    draws, seed = checked_count(draws, "draws", 0), checked_seed(seed)
    unlike = refuse_unlike(named, anyway=anyway)
    _require(named)
    totals = {name: Walk(numbers_of(study)).totals() for name, study in named.items()}
    _refuse_receipts(named, totals)
    worth = {name: _net(each) for name, each in totals.items()}
    pair = _pair(between, named, worth)
    joint = Joint(named)
    drawn = _Drawn(named, base, draws if joint.uncertainty.numbers else 0)
    if drawn.draws:
        drawn.take(joint, seed, on_chunk)
    return Options(
        options=tuple(_option(name, study, totals, base, drawn) for name, study in named.items()),
        baseline=base,
        best=max(worth, key=lambda name: worth[name]),
        pair=pair,
        switching=switching_between(named, pair),
        unpriced=unpriced(named, worth),
        shared=tuple(joint.shared),
        apart=joint.apart,
        unlike=unlike,
        draws=drawn.draws,
        seed=seed,
        warnings=(*joint.uncertainty.remarks, *drawn.warnings(named)),
        studies=tuple(named.values()),
    )


def _named(studies: Sequence[Study], names: Sequence[str] | None) -> dict[str, Study]:
    """The studies by their names, those of one name told apart by a number."""
    if len(studies) < 2:
        raise DocumentError(
            "a decision has two options or more", "name another, such as doing nothing", file=FILE
        )
    called = [study.id for study in studies] if names is None else list(names)
    if len(called) != len(studies):
        message = f"{len(called)} names are given for {len(studies)} options"
        raise DocumentError(message, "give one for each", file="names")
    times: Counter[str] = Counter()
    found = {}
    for name, study in zip(called, studies, strict=True):
        times[name] += 1
        found[name if times[name] == 1 else f"{name} ({times[name]})"] = study
    return found


def _name(name: str, named: Mapping[str, Study], argument: str) -> str:
    if name not in named:
        raise NotFoundError(f"no option is called {name} ({argument})", instead(name, named))
    return name


def _pair(
    between: Sequence[str] | None, named: Mapping[str, Study], worth: Mapping[str, float]
) -> tuple[str, str]:
    """The two that switching values are between: those asked for, or the two worth the most."""
    if between is None:
        first, second, *_ = sorted(worth, key=lambda name: -worth[name])
        return first, second
    if len(set(between)) != 2:
        raise DocumentError("switching values are between two options", "name two", file="between")
    one, other = (_name(name, named, "between") for name in between)
    return one, other


def _require(named: Mapping[str, Study]) -> None:
    """Raise all that stands in the way of any option, each with its name."""
    problems: list[Problem] = []
    undefined = False
    for study in named.values():
        try:
            require(numbers_of(study), inputs=False)
        except SroiError as error:
            undefined = undefined or isinstance(error, UndefinedResultError)
            problems += error.problems
    if problems:
        raise (UndefinedResultError if undefined else DocumentError)(problems)


def _refuse_receipts(named: Mapping[str, Study], totals: Mapping[str, Totals]) -> None:
    """Refuse options in which less than nothing is put in."""
    problems = [
        problem
        for name, study in named.items()
        if (spent := totals[name].investment) <= -LEAST_INVESTMENT
        for problem in located(
            study,
            [Problem(f"the inputs of {name} sum to {shown(spent)}", "write receipts as outcomes", "inputs")],
        )
    ]
    if problems:
        raise UndefinedResultError(problems)


def _net(totals: Totals) -> float:
    return float(formulas.net_present_value(totals.present_value, totals.investment))


class _Drawn:
    """The net present values of the options over the same draws."""

    def __init__(self, named: Mapping[str, Study], base: str, draws: int) -> None:
        self.draws, self.names, self._base = draws, list(named), list(named).index(base)
        self._models = {name: DrawnStudy(study) for name, study in named.items()} if draws else {}
        self._worth = [Stream(draws) for _ in named]
        self._more = [Stream(draws, {0.0}) for _ in named]
        self._highest = np.zeros(len(named))
        self._clipped: Counter[tuple[str, str]] = Counter()

    def take(self, joint: Joint, seed: int | None, on_chunk: Callable[[int], None] | None) -> None:
        """Draw all options, a chunk at a time."""
        held = len(joint.uncertainty.numbers)
        for model in self._models.values():
            model.check_memory(min(self.draws, sampling.CHUNK), "draws", held)
        for size, drawing in sampling.drawings(joint.uncertainty, self.draws, seed):
            worth = np.array([filled(self._one(name, joint, drawing), size) for name in self.names])
            for stream, row in zip(self._worth, worth, strict=True):
                stream.add(row)
            for stream, row in zip(self._more, worth - worth[self._base], strict=True):
                stream.add(row)
            highest = worth >= worth.max(axis=0)
            self._highest += (highest / highest.sum(axis=0)).sum(axis=1)
            if on_chunk is not None:
                on_chunk(size)

    def _one(self, name: str, joint: Joint, drawing: sampling.Drawing) -> Any:
        result = self._models[name].evaluate(joint.draws(name, drawing))
        self._clipped.update({(name, path): count for path, count in result.clipped.items() if count})
        return result.net_present_value

    def of(self, name: str) -> tuple[Spread | None, Spread | None, float | None, float | None]:
        """How an option is spread, what it is more than the baseline, and how often it is best or better."""
        if not self.draws:
            return None, None, None, None
        at = self.names.index(name)
        more = None if at == self._base else self._more[at]
        return (
            self._worth[at].spread(),
            None if more is None else more.spread(),
            float(self._highest[at] / self.draws),
            None if more is None else more.share_above(0.0),
        )

    def warnings(self, named: Mapping[str, Study]) -> list[str]:
        """Draws that were brought back to the bounds of a number."""
        return [
            f"{count / self.draws:.2%} of the draws of “{path_label(named[name], path)}” in {name} "
            "were brought back to its bounds"
            for (name, path), count in self._clipped.items()
        ]


def _option(name: str, study: Study, totals: Mapping[str, Totals], base: str, drawn: _Drawn) -> Option:
    own, against = totals[name], totals[base]
    costs, gains = own.investment - against.investment, own.present_value - against.present_value
    spread, more_spread, highest, better = drawn.of(name)
    return Option(
        name=name,
        study=study.id,
        title=study.title,
        baseline=name == base,
        investment=own.investment,
        present_value=own.present_value,
        net_present_value=_net(own),
        more_investment=costs,
        more_present_value=gains,
        more_net_present_value=_net(own) - _net(against),
        incremental_ratio=formulas.social_return_ratio(gains, costs) if costs >= LEAST_INVESTMENT else None,
        dominated_by=tuple(other for other, each in totals.items() if _dominates(each, own)),
        spread=spread,
        more_spread=more_spread,
        highest=highest,
        better=better,
    )


def _dominates(one: Totals, other: Totals) -> bool:
    """Whether one costs no more and gives no less than another, and is better in one of them."""
    slack = TOLERANCE * max(
        map(abs, (one.investment, other.investment, one.present_value, other.present_value))
    )
    dearer, gives = one.investment - other.investment, one.present_value - other.present_value
    return bool(dearer <= slack and gives >= -slack and (dearer < -slack or gives > slack))
