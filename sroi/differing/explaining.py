"""Each change's part of the difference between two studies in ratio and net present value."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.differing.changes import changes_of, moved_by
from sroi.differing.shapley import (
    MOST_EXACT,
    Game,
    Shares,
    TogetherError,
    exact,
    orders,
    sampled,
    settled,
)
from sroi.differing.sides import Side
from sroi.differing.terms import Terms
from sroi.documents import loads
from sroi.errors import DocumentError, Problem, UndefinedResultError
from sroi.evaluation import evaluate
from sroi.quantities import LEAST_INVESTMENT
from sroi.resolution import numbers_of
from sroi.results.difference import Difference, Explained, Part
from sroi.results.difference_words import KINDS
from sroi.validation import missing
from sroi.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sroi.model import Study

PERMUTATIONS = 1000
"""Orders of changes that are sampled where there are too many for all."""

_FEWEST = 4
_CLOSE = 1e-9


def explained(
    old: Side,
    new: Side,
    *,
    by: str = "kind",
    permutations: int = PERMUTATIONS,
    seed: int = 0,
    notes: Iterable[str] = (),
) -> Difference:
    """What changed from one study to another, and each change's part of the difference; see ``sroi.diff``."""
    if old.study.currency != new.study.currency:
        message = f"one study is in {old.study.currency} and the other in {new.study.currency}"
        raise DocumentError(
            [Problem(message, "convert one of them: no difference has a meaning", "currency")]
        )
    if by not in ("kind", "number"):
        raise DocumentError([Problem(f"{by!r} is no way to group changes", "write kind or number", "by")])
    if permutations < _FEWEST:
        message = f"{permutations} orders are too few for a standard error"
        raise DocumentError([Problem(message, f"give {_FEWEST} or more", "permutations")])
    terms = Terms(old, new)
    ends = _End(old.study), _End(new.study)
    groups = _groups(terms, by)
    told = dict.fromkeys(notes)
    if old.study.price_year != new.study.price_year:
        years = f"{old.study.price_year} in the old study and of {new.study.price_year} in the new"
        told[f"Money is in prices of {years}"] = None
    ratio = npv = None
    if all(end.why_nothing is None for end in ends):
        npv, ratio = _shares(terms, groups, ends, permutations, seed, told)
    found = changes_of(terms)
    return Difference(
        old=old.study,
        new=new.study,
        by=by,
        ratio=_explained(terms, ratio, ends, "ratio", "why_no_ratio"),
        net_present_value=_explained(terms, npv, ends, "net_present_value", "why_nothing"),
        changes=found.changes,
        moved=moved_by(terms),
        texts=found.texts,
        exact=npv is None or npv.shares.errors is None,
        permutations=permutations,
        seed=seed,
        notes=tuple(told),
        under=(tuple(sorted(old.under)), tuple(sorted(new.under))),
    )


def explained_again(study: Study, old: str, under: Sequence[Sequence[str]], **asked: Any) -> Difference:
    """The difference that a record keeps: its study is the new one, and it holds the text of the old."""
    sides = (loads(old), frozenset(under[0])), (study, frozenset(under[1]))
    return explained(*(Side(*each) for each in sides), **asked)


class _End:
    """What one of two studies gives, or why it does not."""

    def __init__(self, study: Study) -> None:
        self.ratio: float | None = None
        self.net_present_value: float | None = None
        self.why_no_ratio: str | None = None
        self.why_nothing: str | None = None
        try:
            found = evaluate(study)
        except UndefinedResultError as error:
            self.why_no_ratio = str(error.problems[0])
            numbers = numbers_of(study)
            if any(missing(numbers)):
                self.why_nothing = self.why_no_ratio
                return
            totals = Walk(numbers).totals()
            self.net_present_value = float(totals.present_value - totals.investment)
            return
        self.ratio, self.net_present_value = found.social_return_ratio, found.net_present_value


class _Shared:
    """Shares of the groups that were told apart."""

    def __init__(self, groups: Mapping[str, frozenset[str]], shares: Shares) -> None:
        self.groups, self.shares = groups, shares


def _groups(terms: Terms, by: str) -> dict[str, frozenset[str]]:
    """The smallest changes that are made together, by kind or each alone, in the order of the kinds."""
    order = list(KINDS)
    atoms = sorted(terms.kinds, key=lambda atom: order.index(terms.kinds[atom]))
    found: dict[str, frozenset[str]] = {}
    for atom in atoms:
        name = terms.kinds[atom] if by == "kind" else atom
        found[name] = found.get(name, frozenset()) | {atom}
    return found


def _shares(
    terms: Terms,
    groups: dict[str, frozenset[str]],
    ends: tuple[_End, _End],
    permutations: int,
    seed: int,
    notes: dict[str, None],
) -> tuple[_Shared, _Shared | None]:
    """Shares of net present value, and of the ratio where both studies have one."""
    has_ratio = all(end.ratio is not None for end in ends)
    while True:
        game = Game(terms, groups)
        try:
            npv, ratio = (_exactly if len(groups) <= MOST_EXACT else _sampled)(
                game, has_ratio, permutations, seed
            )
        except TogetherError as error:
            together = [name for name in groups if name in error.names]
            words = " and ".join(f"“{KINDS.get(name, name)}”" for name in together)
            notes[f"{words} have one part together: one change cannot be made without the other"] = None
            groups = _merged(groups, together)
            continue
        old, new = ends
        return (
            _Shared(groups, _checked(npv, old.net_present_value, new.net_present_value)),
            None if ratio is None else _Shared(groups, _checked(ratio, old.ratio, new.ratio)),
        )


def _merged(groups: dict[str, frozenset[str]], together: list[str]) -> dict[str, frozenset[str]]:
    """The groups with some of them as one, in the place of the first."""
    whole = frozenset().union(*(groups[name] for name in together))
    found: dict[str, frozenset[str]] = {}
    for name, atoms in groups.items():
        if name == together[0]:
            found[" and ".join(together)] = whole
        elif name not in together:
            found[name] = atoms
    return found


def _exactly(game: Game, has_ratio: bool, *_: int) -> tuple[Shares, Shares | None]:
    count = len(game.names)
    present, put_in = game.totals()
    if has_ratio:
        game.refuse_nothing_put_in(put_in, range(1 << count), LEAST_INVESTMENT)
    npv = exact(formulas.net_present_value(present, put_in), count)
    return npv, exact(formulas.social_return_ratio(present, put_in), count) if has_ratio else None


def _sampled(game: Game, has_ratio: bool, permutations: int, seed: int) -> tuple[Shares, Shares | None]:
    of_value, of_ratio = [], []
    for order in orders(len(game.names), permutations, seed):
        present, put_in = game.along(order)
        back = np.argsort(order)
        of_value.append(np.diff(formulas.net_present_value(present, put_in))[back])
        if has_ratio:
            states = np.cumsum([0, *(1 << player for player in order)], dtype=object).tolist()
            game.refuse_nothing_put_in(put_in, states, LEAST_INVESTMENT)
            of_ratio.append(np.diff(formulas.social_return_ratio(present, put_in))[back])
    return sampled(of_value), sampled(of_ratio) if has_ratio else None


def _checked(shares: Shares, old: float | None, new: float | None) -> Shares:
    """The shares as they add up to the whole; a gap beyond rounding is a fault of this package."""
    assert old is not None
    assert new is not None
    gap = new - old - math.fsum(shares.amounts)
    if not abs(gap) <= _CLOSE * max(1.0, abs(old), abs(new)):
        message = f"the parts of the difference miss the whole by {gap:.3g}"
        raise RuntimeError(message)
    return settled(shares, new - old)


def _explained(
    terms: Terms, found: _Shared | None, ends: tuple[_End, _End], figure: str, why: str
) -> Explained:
    old, new = (getattr(end, figure) for end in ends)
    reasons = [
        f"the {which} study: {getattr(end, why) or end.why_nothing}"
        for which, end in zip(("old", "new"), ends, strict=True)
        if getattr(end, why) or end.why_nothing
    ]
    if found is None:
        return Explained(old, new, (), "; ".join(reasons) or None)
    errors = found.shares.errors or (None,) * len(found.shares.amounts)
    parts = tuple(
        Part(name, _kinds(terms, atoms), amount, error, tuple(sorted(atoms - {*KINDS})))
        for (name, atoms), amount, error in zip(
            found.groups.items(), found.shares.amounts, errors, strict=True
        )
    )
    return Explained(old, new, parts, None)


def _kinds(terms: Terms, atoms: frozenset[str]) -> tuple[str, ...]:
    of_them = {terms.kinds[atom] for atom in atoms}
    return tuple(kind for kind in KINDS if kind in of_them)
