"""Returns of a ledger under draws: the same draws as the simulation's, and the same figures as the ledger
of each draw."""

import numpy as np
import pytest
from books import paper
from helpers import outcome, small, study_of

import sroi
from sroi.uncertainty import sampling
from sroi.uncertainty.uncertain import uncertainty


def ranged(low, high, value=None, **more):
    return {
        "value": (low + high) / 2 if value is None else value,
        "low": low,
        "high": high,
        "rationale": "drawn",
        **more,
    }


def uncertain_paper():
    document = paper()
    document["assumptions"] = {"stays": ranged(2, 6), "cash": ranged(0.1, 0.5, distribution="uniform")}
    document["outcomes"]["fewer_stays"] |= {"quantity": "stays", "cashable": "cash"}
    document["outcomes"]["less_care"]["cashable"] = ranged(0, 1, distribution="uniform")
    document["outcomes"]["benefit"]["value"] = ranged(100, 500)
    document["inputs"]["grant"]["value"] = ranged(800, 1500)
    document["stakeholders"]["council"].pop("payer")
    document["outcomes"]["less_care"]["payer"] = "council"
    document["inputs"]["top_up"] = {"stakeholder": "nhs", "kind": "cash", "value": ranged(10, 90)}
    return document


def test_the_social_return_is_drawn_as_the_simulation_draws_it():
    study = sroi.load("local-area-coordination", borough="derby")
    spread = sroi.ledger_spread(study, draws=3_000, seed=7).returns["social_return"].spread
    simulated = sroi.simulate(study, draws=3_000, seed=7).ratio
    assert spread.percentiles == pytest.approx(simulated.percentiles, rel=1e-12)
    assert spread.mean == pytest.approx(simulated.mean, rel=1e-12)


def test_each_draw_is_what_the_ledger_of_that_draw_says():
    study = study_of(uncertain_paper())
    numbers = uncertainty(study, cashable=True)
    draws = 40
    (seed,) = sampling.seeds(3, 1)
    values = sampling.drawn(numbers, draws, seed, tables=False)
    assert {"assumptions.cash", "outcomes.less_care.cashable", "assumptions.stays"} <= set(values)
    found = {}
    for draw in range(draws):
        books = sroi.ledger(sroi.change(study, {path: float(drawn[draw]) for path, drawn in values.items()}))
        for each in books.ratios:
            if each.value is not None:
                found.setdefault(each.name, []).append(each.value)
    spread = sroi.ledger_spread(study, draws=draws, seed=3)
    assert set(spread.returns) == set(found)
    for name, ratios in found.items():
        assert spread.returns[name].spread.mean == pytest.approx(np.mean(ratios), rel=1e-9), name
        assert spread.returns[name].spread.sd == pytest.approx(np.std(ratios, ddof=1), rel=1e-9), name


def test_a_cashable_share_that_may_be_anything_spreads_the_cash_evenly():
    document = small(
        outcomes={
            "less_care": outcome(
                stakeholder="council", quantity=10, value=300, cashable=ranged(0, 1, distribution="uniform")
            )
        },
    )
    spread = sroi.ledger_spread(study_of(document), draws=100_000).returns
    cash, fiscal = spread["cashable_return:council"], spread["fiscal_return:council"]
    assert cash.spread.mean == pytest.approx(1.5, abs=4 * cash.spread.standard_error)
    assert cash.spread.percentiles[10] == pytest.approx(0.3, abs=4 * 3 * np.sqrt(0.1 * 0.9 / 100_000))
    assert cash.probability_above_one == pytest.approx(2 / 3, abs=4 * np.sqrt(2 / 9 / 100_000))
    assert (fiscal.spread.sd, fiscal.central) == (0, 3)


def test_shares_that_are_cash_leave_the_social_return_as_it_is():
    study = study_of(uncertain_paper())
    plain = sroi.simulate(study, draws=500, seed=1)
    without = sroi.simulate(
        sroi.change(study, {"outcomes.less_care.cashable": 0.5, "assumptions.cash": 0.3}), draws=500, seed=1
    )
    assert plain.ratio == without.ratio


def test_draws_that_cannot_be_made_are_refused():
    with pytest.raises(sroi.DocumentError, match="draws"):
        sroi.ledger_spread(study_of(small()), draws=0)


def test_draws_in_which_a_funder_puts_nothing_in_have_no_return_on_its_money():
    """The NHS puts in 500 × x, x uniform from −3 to 1 and nothing below 0: nothing in three draws of four,
    which are left out and told of."""
    document = paper()
    document["assumptions"] = {
        "x": {"value": 0.5, "low": -3, "high": 1, "distribution": "uniform", "rationale": "drawn"}
    }
    document["inputs"]["rooms"]["value"] = "500 * max(x, 0)"
    (table,) = sroi.ledger_spread(study_of(document), draws=400).tables
    row = next(row for row in table.rows if row[0] == "Fiscal return to NHS")
    found = sroi.ledger_spread(study_of(document), draws=4_000).returns["fiscal_return:nhs"]
    assert found.spread.undefined == pytest.approx(0.75, abs=0.03)
    assert found.spread.percentiles[5] > 0
    assert 0 < found.probability_above_one <= 1
    assert "Fiscal return to NHS: in 7" in table.note
    assert "nan" not in " ".join(row)
    assert not any("inf" in cell for row in table.rows for cell in row)
