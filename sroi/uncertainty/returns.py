"""How the returns of a ledger are spread: to society, to the state, to each payer, and in cash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.accounts.entries import entries
from sroi.accounts.ledger import cash_share, ledger
from sroi.accounts.ratios import Definition, definitions, terms
from sroi.backends.arrays import ARRAYS
from sroi.evaluation.arguments import as_evaluation
from sroi.results.returns import LedgerSpread, ReturnSpread
from sroi.uncertainty import sampling
from sroi.uncertainty.arguments import checked_count, checked_seed
from sroi.uncertainty.chunks import filled, with_inputs
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.streams import Stream
from sroi.uncertainty.uncertain import uncertainty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model import Study
    from sroi.results import Evaluation
    from sroi.results.ledger_parts import Entry


def ledger_spread(study: Study | Evaluation, *, draws: int = 10_000, seed: int | None = 0) -> LedgerSpread:
    """How every return of a ledger is spread over draws of all uncertain numbers, shares of cash included.

    Parameters
    ----------
    study : Study or Evaluation
    draws : int
        How many.
    seed : int or None
        0 is a seed; None takes fresh randomness. The draws are those of :func:`sroi.simulate`, and those of
        cashable shares come after them.

    Raises
    ------
    DocumentError
        If a range cannot be drawn from, or ``draws`` is not a number above 0; before anything is drawn.
    UndefinedResultError
        If the study has no result on its central values.

    Examples
    --------
    >>> import sroi
    >>> found = sroi.ledger_spread(sroi.load("examples/lunch-club.yaml"), draws=1_000)
    >>> fiscal, social = (found.returns[f"{kind}_return"].spread for kind in ("fiscal", "social"))
    >>> fiscal.percentiles[90] < social.percentiles[10]
    True
    """
    draws, seed = checked_count(draws, "draws"), checked_seed(seed)
    books = ledger(as_evaluation(study, "sroi.ledger_spread"))
    whole = books.evaluation.study
    uncertain = uncertainty(whole, cashable=True)
    model = DrawnStudy(whole)
    lines = entries(whole)
    model.check_memory(min(draws, sampling.CHUNK), "draws", len(lines))
    asked = {
        each.name: each
        for each in definitions(books.evaluation.study, lines)
        if books.ratio(each.name).value is not None
    }
    ratios = {name: Stream(draws, {1.0}) for name in asked}
    nets = {name: Stream(draws) for name in asked}
    for size, values in sampling.drawings(uncertain, draws, seed):
        outcomes, inputs, cashable = model.accounts(values)
        for name, definition in asked.items():
            above, below = _terms(definition, lines, outcomes, inputs, cashable)
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = formulas.social_return_ratio(above, np.asarray(below))
            ratios[name].add(filled(with_inputs(ratio, below), size))
            nets[name].add(filled(formulas.net_present_value(above, below), size))
    found = {}
    for name, stream in ratios.items():
        central, spreads = books.ratio(name), (stream.spread(), nets[name].spread())
        above = stream.share_above(1.0)
        found[name] = ReturnSpread(name, central.title, central.value or 0.0, *spreads, above)
    return LedgerSpread(books, draws, seed, found)


def _terms(
    definition: Definition,
    lines: tuple[Entry, ...],
    outcomes: Mapping[str, Any],
    inputs: Mapping[str, Any],
    cashable: Mapping[str, Any],
) -> tuple[Any, Any]:
    def money(entry: Entry) -> Any:
        return inputs[entry.name] if entry.side == "cost" else entry.sign * outcomes[entry.name]

    def cash(entry: Entry) -> Any:
        amount = money(entry)
        return formulas.cashable(amount, cash_share(entry.kind, np.asarray(amount), cashable.get(entry.name)))

    return terms(definition, lines, money, cash, ARRAYS)
