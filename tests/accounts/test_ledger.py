"""Ledgers, returns, demand avoided: worked on paper, and what holds whoever owns what."""

import json
import math

import pytest
from books import PARTIES, owned, paper
from helpers import outcome, small, study_of
from hypothesis import given
from hypothesis import strategies as st

import sroi


def books_of(document, **arguments):
    return sroi.ledger(study_of(document), **arguments)


def same(one, other, scale=1.0):
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9 * max(scale, 1.0))


def gross(books):
    return sum(abs(each.present_value) for each in books.postings)


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def books():
    return books_of(paper())


@pytest.mark.parametrize(
    ("account", "benefits", "transfers", "costs", "cashable"),
    [
        ("participant", 3000, 500, 0, 0),
        ("volunteer", 0, 0, 300, 0),
        ("state", 600 - 100 + 400, -500, 1500, 300 - 100 + 40 - 500),
    ],
)
def test_the_statement_of_a_party(books, account, benefits, transfers, costs, cashable):
    found = books.parties[account]
    assert (found.benefits, found.transfers_in + found.transfers_out, found.costs, found.cashable) == (
        benefits,
        transfers,
        costs,
        cashable,
    )
    assert found.net == benefits + transfers - costs
    assert found.by_year == (benefits + transfers - costs,)


@pytest.mark.parametrize(
    ("payer", "gains", "costs", "cashable"),
    [("council", 500, 1000, 200), ("nhs", 400, 500, 40), ("dwp", -500, 0, -500)],
)
def test_the_statement_of_a_payer(books, payer, gains, costs, cashable):
    found = books.payers[payer]
    assert (found.gains, found.costs, found.cashable) == (gains, costs, cashable)


def test_society_has_no_transfers_and_is_the_result(books):
    assert (books.society.benefits, books.society.costs) == (3900, 1800)
    assert books.society.transfers_in + books.society.transfers_out == 0
    assert books.society.net == books.evaluation.net_present_value == 2100


@pytest.mark.parametrize(
    ("name", "numerator", "denominator"),
    [
        ("social_return", 3900, 1800),
        ("social_return_without_wellbeing", 900, 1800),
        ("social_return_on_cash", 3900, 1000),
        ("savings_return", 900, 1800),
        ("fiscal_return", 400, 1500),
        ("cashable_return", -260, 1500),
        ("fiscal_return:council", 500, 1000),
        ("cashable_return:council", 200, 1000),
        ("fiscal_return:nhs", 400, 500),
        ("cashable_return:nhs", 40, 500),
        ("social_return_on:council", 3900, 1000),
        ("social_return_on:volunteers", 3900, 300),
    ],
)
def test_each_return_has_its_own_numerator_and_denominator(books, name, numerator, denominator):
    found = books.ratio(name)
    assert (found.numerator, found.denominator) == (numerator, denominator)
    assert found.value == pytest.approx(numerator / denominator, rel=1e-12)


def test_no_return_on_money_that_was_not_put_in(books):
    assert books.ratio("fiscal_return:dwp").value is None
    assert "nhs" in {each.payer for each in books.paybacks}
    assert "dwp" not in {each.payer for each in books.paybacks}


def test_the_metrics_of_the_green_book(books):
    found = books.green_book
    assert found.npsv == 2100
    assert found.bcr == pytest.approx(3900 / 1800, rel=1e-12)
    assert found.rpsc == pytest.approx((3900 - 300) / 1500, rel=1e-12)
    assert found.npuc == {"care weeks": pytest.approx((15 - 5) / 1800), "stays": pytest.approx(4 / 1800)}


def test_units_before_and_after_deductions_and_what_each_costs(books):
    less, more, stays = (line for line in books.demand if line.service)
    assert (less.before, less.after, less.unit_cost, less.total, less.attributable) == (20, 15, 40, 600, 15)
    assert less.cost_per_unit == less.cost_per_outcome == 1800 / 15
    assert (more.before, more.after, more.total, more.cost_per_unit) == (-5, -5, -100, None)
    assert (stays.payer, stays.party, stays.after) == ("nhs", "state", 4)


def test_payback_by_payer_is_on_cash_unless_all_gains_are_asked_for():
    document = small(
        inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": 1000}},
        method={"profile": "default", "discount_rate": 0},
        outcomes={
            "less_care": outcome(
                stakeholder="council", quantity=1, value=400, duration=6, starts="after", cashable="50%"
            )
        },
    )
    (found,) = books_of(document).paybacks
    assert (found.payer, found.cashable, found.fiscal) == ("council", 5.0, 2.5)


def test_a_payer_that_never_has_its_money_back(books):
    assert {each.payer: (each.cashable, each.fiscal) for each in books.paybacks} == {
        "council": (None, None),
        "nhs": (None, None),
    }


def test_demand_needs_no_money():
    document = small(
        outcomes={
            "stays": {
                **outcome(quantity=[8, 4], duration=2, drop_off="50%", deadweight="25%", unit="stays"),
                "value": None,
                "priced": False,
            },
        },
        inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": 900}},
    )
    (line,) = books_of(document).demand
    assert line.by_year_before == (8, 8 * 0.5 + 4, 4 * 0.5)
    assert line.by_year_after == tuple(0.75 * units for units in line.by_year_before)
    assert (line.after, line.attributable, line.unit_cost, line.total) == (13.5, 9, None, None)
    assert line.cost_per_unit == 900 / 13.5
    assert line.cost_per_outcome == 100


def test_a_deduction_that_is_not_assessed_leaves_the_units_before_it():
    document = small(
        outcomes={
            "stays": {**outcome(quantity=8, unit="stays"), "value": None, "priced": False, "deadweight": None}
        }
    )
    (line,) = books_of(document).demand
    assert (line.before, line.after, line.cost_per_unit, line.cost_per_outcome) == (8, None, None, None)


# ── funders ──────────────────────────────────────────────────────────────────────────────────────


def test_shares_by_what_each_gives_have_one_return(books):
    assert [(each.funder, each.share) for each in books.funders] == [
        ("council", 1000 / 1800),
        ("nhs", 500 / 1800),
        ("volunteers", 300 / 1800),
    ]
    assert {round(each.ratio, 12) for each in books.funders} == {round(3900 / 1800, 12)}


def test_what_explicit_shares_leave_is_unattributed():
    found = {each.funder: each for each in books_of(paper(), shares={"council": 0.5, "nhs": 0.2}).funders}
    assert found["council"].value == 1950
    assert found["council"].ratio == 1.95
    assert found["unattributed"].share == pytest.approx(0.3)
    assert found["unattributed"].investment == 300


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({"council": 0.7, "nhs": 0.4}, "110%"),
        ({"council": 1.2}, "not a share from 0 to 1"),
        ({"council": -0.1}, "not a share from 0 to 1"),
        ({"council": "60%"}, "not a share from 0 to 1"),
        ({"council": None}, "not a share from 0 to 1"),
        ({"council": True}, "not a share from 0 to 1"),
        ({"counsil": 0.1}, "did you mean council"),
    ],
)
def test_shares_that_cannot_be(shares, words):
    with pytest.raises(sroi.DocumentError, match=words):
        books_of(paper(), shares=shares)


# ── adjustments ──────────────────────────────────────────────────────────────────────────────────


def adjusted(document, name):
    return next(each for each in books_of(document).adjustments if each.name == name)


def test_benefits_fall_and_costs_rise_by_the_grade_of_the_weakest_number():
    def graded(value, grade):
        return {"value": value, "grade": grade, "rationale": "drawn"}

    document = small(
        inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": graded(1000, "B")}},
        outcomes={
            "change": outcome(
                quantity=graded(10, "A"),
                value=graded(200, "C"),
                **{
                    field: graded(0, "A")
                    for field in ("deadweight", "displacement", "attribution", "drop_off")
                },
                duration={"value": 1, "rationale": "structural: one year"},
            )
        },
    )
    lowered, both = adjusted(document, "confidence_adjusted"), adjusted(document, "optimism_bias")
    assert (lowered.present_value, lowered.investment) == (pytest.approx(2000 * 0.9), 1000)
    assert (both.present_value, both.investment) == (pytest.approx(2000 * 0.9), pytest.approx(1050))
    assert both.social_return_ratio == pytest.approx(1800 / 1050)


def test_a_change_for_the_worse_is_not_lowered():
    document = small(outcomes={"change": outcome(), "harm": outcome(value=-50)})
    assert adjusted(document, "confidence_adjusted").present_value == pytest.approx(2000 * 0.6 - 500)


@pytest.mark.parametrize(
    ("income", "weight"), [("50%", 2.4623), ("60%", 1.9427), ("75%", 1.4535), (1.5, 0.5903), (2, 0.4061)]
)
def test_money_is_weighted_by_the_income_of_who_gains(income, weight):
    document = small({"stakeholders.people.relative_income": income})
    assert adjusted(document, "distributional_weights").present_value == pytest.approx(
        2000 * weight, abs=2000 * 5e-5
    )  # printed to four decimals


def test_the_place_keeps_what_does_not_leak_and_what_it_takes_from_others():
    document = small(
        {
            "outcomes.change.displacement": "40%",
            "outcomes.change.displacement_outside": "75%",
            "outcomes.change.leakage": "20%",
        }
    )
    here = adjusted(document, "place_view")
    assert here.present_value == pytest.approx(2000 * (1 - 0.4 * 0.25) * 0.8)
    assert books_of(document).evaluation.present_value == pytest.approx(2000 * 0.6)


def test_adjustments_that_need_more_say_what():
    for name, words in (
        ("distributional_weights", "income relative to the national median"),
        ("place_view", "outside the place"),
    ):
        found = adjusted(small(), name)
        assert found.social_return_ratio is None
        assert words in found.note


# ── wellbeing in its own units ───────────────────────────────────────────────────────────────────


def test_wellbys_are_discounted_at_the_health_rate_on_their_rows_alone():
    document = small(
        outcomes={
            "happier": outcome(
                kind="wellbeing",
                quantity=10,
                value=1000,
                wellbys=0.4,
                duration=2,
                deadweight="50%",
                starts="after",
            )
        }
    )
    books = books_of(document)
    (line,) = books.wellbeing
    assert line.by_year == (0, 2, 2)
    assert line.discounted == pytest.approx(2 / 1.015 + 2 / 1.015**2, rel=1e-12)
    assert books.evaluation.present_value == pytest.approx(5000 / 1.035 + 5000 / 1.035**2, rel=1e-12)


# ── what holds whoever owns what ─────────────────────────────────────────────────────────────────


@given(owned())
def test_parties_sum_to_society_and_transfers_cancel_out(document):
    books = books_of(document)
    scale = gross(books)
    parties = books.parties.values()
    assert same(sum(each.benefits for each in parties), books.society.benefits, scale)
    assert same(sum(each.costs for each in parties), books.society.costs, scale)
    assert same(books.society.transfers_in + books.society.transfers_out, 0, scale)
    assert same(sum(each.net for each in parties), books.society.net, scale)


@given(owned())
def test_years_sum_to_totals(document):
    books = books_of(document)
    scale = gross(books)
    for each in (books.society, *books.parties.values(), *books.payers.values()):
        assert same(sum(each.by_year_pv), each.net, scale)


@given(owned(kinds=("transfer", "tax", "resource")), st.sampled_from((*PARTIES, "owner_3", None)))
def test_who_a_transfer_is_between_never_changes_society(document, other):
    before = books_of(document).society
    for entry in document["outcomes"].values():
        if entry["kind"] in ("transfer", "tax"):
            entry["accrues_to"] = "business"
            entry["from"] = other
    after = books_of(document).society
    assert (after.benefits, after.costs) == (before.benefits, before.costs)
    assert same(after.net, before.net, abs(before.net))


@given(owned())
def test_cash_is_never_more_than_the_fiscal_gain(document):
    books = books_of(document)
    for name in ("", *(f":{payer}" for payer in books.payers)):
        assert (
            books.ratio(f"cashable_return{name}").numerator <= books.ratio(f"fiscal_return{name}").numerator
        )


def test_cash_of_gains_beside_a_loss_without_cash_counts_up_to_the_whole_gain():
    """A gain of 900, all of it cash, and a loss of 450, none of it: 450 is what the budget is better off
    by."""
    document = small(
        inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": 1000}},
        outcomes={
            "less": outcome(stakeholder="council", quantity=9, value=100, cashable="100%"),
            "more": outcome(stakeholder="council", quantity=9, value=-50, cashable="0%"),
        },
    )
    books = books_of(document)
    assert (books.ratio("fiscal_return").value, books.ratio("cashable_return").value) == (0.45, 0.45)
    assert books.state.cashable == 900
    assert any(warning.startswith("cash is more than the whole gain") for warning in books.warnings)


def test_wellbeing_is_in_no_return_to_a_budget():
    document = small(
        inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": 1000}},
        outcomes={
            "proud": outcome(stakeholder="council", value=50, kind="wellbeing", cashable="60%"),
            "less": outcome(stakeholder="council", value=20),
        },
    )
    books = books_of(document)
    assert (books.ratio("fiscal_return").numerator, books.ratio("cashable_return").numerator) == (200, 0)
    assert (books.ratio("fiscal_return:council").numerator, books.ratio("social_return").numerator) == (
        200,
        700,
    )


@given(owned(method={"profile": "default"}))
def test_the_ledger_of_society_is_the_result(document):
    books = books_of(document)
    scale = gross(books)
    assert same(books.society.benefits, books.evaluation.present_value, scale)
    assert same(books.society.costs, books.evaluation.investment, scale)
    assert same(books.ratio("social_return").value, books.evaluation.social_return_ratio, scale)
    assert same(books.ratio("savings_return").value, books.evaluation.savings_ratio, scale)


@given(owned())
def test_without_owners_all_is_in_one_ledger(document):
    for stakeholder in document["stakeholders"].values():
        stakeholder.pop("party", None)
        stakeholder.pop("payer", None)
    for entry in document["outcomes"].values():
        for key in ("accrues_to", "payer", "from"):
            entry.pop(key, None)
    books = books_of(document)
    alone = books.parties["not_stated"]
    assert (alone.benefits, alone.costs) == (books.society.benefits, books.society.costs)
    assert not books.payers
    assert same(books.ratio("social_return").numerator, books.evaluation.present_value, gross(books))


@given(owned())
def test_units_times_unit_cost_is_the_undiscounted_value(document):
    document["method"] = {**document["method"], "optimism_bias": "none"}
    books = books_of(document)
    for line in books.demand:
        row = books.evaluation.row(line.outcome)
        assert line.total is not None
        money = sum(row.by_year)
        first = row.value[0] if isinstance(row.value, tuple) else row.value
        signed = line.total if line.service is not None else math.copysign(1.0, first) * line.total
        assert same(signed, money, sum(abs(year) for year in row.by_year))


@given(owned())
def test_a_ledger_is_plain_json(document):
    books = books_of(document)
    assert json.loads(books.to_json()) == json.loads(json.dumps(books.to_dict(), allow_nan=False))


def test_what_is_next_to_nothing_has_no_cost_a_unit_and_no_return():
    document = small(
        inputs={
            "grant": {"stakeholder": "people", "kind": "cash", "value": 1000},
            "trace": {"stakeholder": "council", "kind": "cash", "value": 1e-310},
        },
        outcomes={"change": outcome(), "trace": outcome(quantity=1e-310, unit="visits")},
    )
    books = books_of(document)
    assert (books.demand[1].cost_per_unit, books.demand[1].cost_per_outcome) == (None, None)
    assert books.ratio("social_return_on:council").value is None
    json.loads(books.to_json())


def test_a_name_that_no_return_has_offers_the_nearest(books):
    with pytest.raises(sroi.NotFoundError, match="cashable_return:council"):
        books.ratio("cashable_return:counsil")


def _of_the_state(kind, loss_in_cash):
    same = "stakeholder: s, quantity: 10, starts: during, duration: 1, deadweight: 10%, displacement: 0%"
    same += ", attribution: 0%, drop_off: 0%"
    return f"""
sroi: 1
id: t
title: T
kind: forecast
currency: GBP
price_year: 2024
first_year: 2024
method: default
stakeholders: {{s: {{title: S, party: state, payer: council}}}}
inputs: {{g: {{stakeholder: s, kind: cash, value: 1000}}}}
outcomes:
  a: {{title: A, {same}, value: 100, kind: {kind}, cashable: 60%}}
  b: {{title: B, {same}, value: -50, kind: resource, cashable: {loss_in_cash}}}
"""


@pytest.mark.parametrize(
    ("kind", "loss_in_cash", "told"),
    [
        ("resource", "0%", "cash is more than the whole"),
        ("wellbeing", "100%", "wellbeing is not money"),
        ("resource", "100%", None),
    ],
)
def test_a_figure_of_the_state_that_would_mislead_is_told_of(tmp_path, kind, loss_in_cash, told):
    """A gain of 900, 540 of it cash, and a loss of 450: with none of the loss in cash, cash is 540 and the
    whole gain 450."""
    path = tmp_path / "t.yaml"
    path.write_text(_of_the_state(kind, loss_in_cash), encoding="utf-8")
    warnings = sroi.ledger(sroi.load(path)).warnings
    assert (warnings == ()) if told is None else (len(warnings) == 1 and warnings[0].startswith(told))


# ── whose gain, which years, which side ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("accrues_to", "weight"),
    [
        (None, 0.5**-1.3),
        ("participant", 0.5**-1.3),
        ("council", 1),
        ("state", 1),
        ("state:nhs", 1),
        ("business", 1),
        ("well_off", 2**-1.3),
    ],
)
def test_money_is_weighted_by_the_income_of_whom_it_accrues_to(accrues_to, weight):
    document = small(
        {
            "stakeholders.people.relative_income": "50%",
            "stakeholders.well_off": {"title": "Others", "relative_income": 2},
        }
    )
    if accrues_to is not None:
        document["outcomes"]["change"]["accrues_to"] = accrues_to
    assert adjusted(document, "distributional_weights").present_value == pytest.approx(
        2000 * weight, rel=1e-12
    )


@pytest.mark.parametrize(("horizon", "units"), [(None, 3 * 4), (1, 2 * 4), (0, 4)])
def test_wellbys_without_a_price_are_counted_to_their_own_end(horizon, units):
    """One priced outcome and one input, both of year 0; the outcome in WELLBYs alone lasts three years."""
    alone = {
        **outcome(kind="wellbeing", quantity=10, duration=3, wellbys=0.4),
        "value": None,
        "priced": False,
    }
    document = small(
        method={"profile": "default", "horizon": horizon}, outcomes={"change": outcome(), "happier": alone}
    )
    (line,) = books_of(document).wellbeing
    assert line.undiscounted == pytest.approx(units)
    assert line.discounted == pytest.approx(sum(4 / 1.015**year for year in range(units // 4)), rel=1e-12)


@pytest.mark.parametrize(("starts", "begun"), [("during", 2), ("after", 1)])
def test_cohorts_beyond_the_horizon_are_no_attributable_outcomes(starts, begun):
    """Three years of 1,000 and 10 people: within a horizon of year 1 lie two years of spending and as many
    cohorts as have begun by then."""
    document = small(
        method={"profile": "default", "horizon": 1, "discount_rate": 0},
        inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": [1000, 1000, 1000]}},
        outcomes={"change": outcome(quantity=[10, 10, 10], starts=starts)},
    )
    (line,) = books_of(document).demand
    assert line.attributable == 10 * begun
    assert line.cost_per_outcome == 2000 / (10 * begun)


def by_service(document):
    return next(
        table.rows for table in books_of(document).tables_by("service") if table.title == "By service"
    )


def test_a_service_without_a_price_is_a_service():
    stays = {
        **outcome(stakeholder="council", quantity=8, unit="stays", deadweight="25%"),
        "value": None,
        "priced": False,
    }
    assert by_service(small(outcomes={"change": outcome(), "stays": stays})) == (
        ("stays", "8", "6", "not priced", ""),
    )


def test_units_of_a_service_are_not_added_up_over_a_deduction_that_is_not_assessed():
    unknown = {
        **outcome(stakeholder="council", quantity=8, unit="stays"),
        "value": None,
        "priced": False,
        "deadweight": None,
    }
    known = outcome(stakeholder="council", quantity=3, value=700, unit="stays")
    assert by_service(small(outcomes={"more": known, "stays": unknown})) == (
        ("stays", "11", "not assessed", "£2,100", "£0"),
    )


@pytest.mark.parametrize(("share", "cash"), [(None, 0), ("40%", 800)])
def test_the_other_side_of_a_transfer_is_no_part_of_a_service(share, cash):
    claims = outcome(
        stakeholder="council", kind="transfer", unit="claims", cashable=share, **{"from": "people"}
    )
    found = books_of(small(outcomes={"change": outcome(), "claims": claims})).services["claims"]
    assert (found.gains, found.transfers_out, found.cashable) == (2000, 0, cash)


def test_cash_is_asked_for_wherever_a_budget_gains_and_of_wellbeing_nowhere():
    document = small(
        {"stakeholders.practice": {"title": "Practice", "payer": "nhs"}},
        outcomes={
            "calls": outcome(stakeholder="practice"),
            "proud": outcome(stakeholder="council", kind="wellbeing"),
            "people": outcome(),
        },
    )
    (bare,) = (each for each in books_of(document).warnings if each.startswith("cashable is not given"))
    assert bare.endswith(": “Calls”")


def test_a_body_of_the_state_is_one_budget_however_it_is_spaced():
    document = small(
        outcomes={"one": outcome(accrues_to="state:nhs"), "two": outcome(accrues_to="state: nhs ")}
    )
    assert books_of(document).payers["nhs"].benefits == 4000


def test_a_body_of_the_state_without_a_name_is_refused():
    with pytest.raises(sroi.DocumentError, match="no body of the state is named"):
        books_of(small({"outcomes.change.accrues_to": "state: "}))
