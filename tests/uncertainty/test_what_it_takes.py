"""What one would have to believe for a claim to hold: the claim's own figure, pairs of numbers that meet
it, and plain words."""

import json
import math

import pytest
from helpers import outcome, small, study_of
from ranged import at, over, study, uniform

import sroi

CLAIMS = {
    "value": {"says": "£4 for every £1", "ratio": 4, "meaning": "social_value"},
    "savings": {"says": "four pounds saved for each pound", "ratio": 4, "meaning": "savings"},
    "unclear": {"says": "a fourfold return", "ratio": 4, "meaning": "unclear"},
    "modest": {"says": "more than it costs", "ratio": 1.5, "meaning": "social_value"},
    "vague": {"says": "pays for itself many times over", "meaning": "savings"},
}


def claimed(**changes):
    """Social value of 2 and savings of 0.5 for each pound, three numbers uncertain."""
    outcomes = {
        "change": outcome(quantity=15, value="worth", deadweight=over(0.1, 0.5, 0.6)),
        "services": outcome(stakeholder="council", quantity=5, value=over(20, 100, 1000)),
    }
    return study(
        {**changes},
        outcomes=outcomes,
        assumptions={"worth": over(50, 200, 600, unit="pounds")},
        claims=CLAIMS,
    )


def test_a_claim_of_social_value_is_held_against_the_ratio():
    found = sroi.what_it_takes(claimed(), "value", draws=2_000)
    assert (found.figure, found.target, found.name, found.claim.says) == (
        "social_return_ratio",
        4,
        "value",
        "£4 for every £1",
    )
    assert found.central == pytest.approx(2)
    assert found.probability == found.simulation.claims["value"]
    assert {each.number: each.value for each in found.switching.numbers if each.low is not None} == {
        "worth": pytest.approx(3500 / 7.5),
        "outcomes.change.deadweight": None,
        "outcomes.services.value": pytest.approx(500),
    }


def test_a_claim_of_savings_is_held_against_savings():
    found = sroi.what_it_takes(claimed(), "savings", draws=2_000)
    assert (found.figure, found.target) == ("savings_ratio", 4)
    assert found.central == pytest.approx(0.5)
    values = {each.number: each.value for each in found.switching.numbers if each.low is not None}
    assert values == {
        "worth": None,
        "outcomes.change.deadweight": None,
        "outcomes.services.value": pytest.approx(800),
    }
    assert found.probability == found.simulation.claims["savings"]
    assert found.swings[0].number.path == "outcomes.services.value"
    assert found.swings[0].at_high == pytest.approx(5)


def test_a_claim_of_unclear_meaning_is_held_against_the_ratio():
    assert sroi.what_it_takes(claimed(), "unclear", draws=100).figure == "social_return_ratio"


@pytest.mark.parametrize("name", ["value", "savings", "modest"])
def test_every_pair_of_the_frontier_put_back_meets_the_claim(name):
    chosen = claimed()
    found = sroi.what_it_takes(chosen, name, draws=100)
    frontier = found.frontier
    strongest = [swing.number for swing in found.swings[:2]]
    assert (frontier.one, frontier.other) == tuple(number.name for number in strongest)
    ones = [one for one, _ in frontier.points]
    assert (ones[0], ones[-1]) == pytest.approx((strongest[0].low, strongest[0].high))
    assert (frontier.other_low, frontier.other_high) == (strongest[1].low, strongest[1].high)
    assert any(other is not None for _, other in frontier.points) == (name != "savings"), (
        "no second number moves the savings"
    )
    for one, other in frontier.points:
        if other is not None:
            result = at(chosen, {strongest[0].path: one, strongest[1].path: other})
            assert getattr(result, found.figure) == pytest.approx(found.target, rel=1e-9)


def test_the_frontier_by_hand():
    """15 × worth × ½ + 5 × service = 4,000."""
    found = sroi.what_it_takes(claimed(), "value", draws=100).frontier
    assert (found.one, found.other) == ("outcomes.services.value", "worth")
    ones = [20 + 980 * step / 6 for step in range(7)]
    needed = [(4000 - 5 * one) / 7.5 for one in ones]
    assert found.points == tuple(
        (pytest.approx(one), pytest.approx(other)) for one, other in zip(ones, needed, strict=True)
    )
    *_, last = sroi.what_it_takes(claimed(), "value", draws=100).tables[1].rows
    assert last[2] == "outside its range, on the other side of zero"


def test_a_pair_that_passes_the_claim_whatever_the_other_is_is_not_told_as_out_of_reach():
    """Services worth 1,000 give a ratio of 5 without the other number; services worth 20 reach 4 only if it
    is 520."""
    table = sroi.what_it_takes(claimed(), "value", draws=100).tables[1]
    assert "520" in table.rows[0][1]
    assert "nothing would do" not in table.rows[-1]


def test_a_frontier_that_nothing_reaches_says_so():
    """Deadweight cannot fall below 0, so few services leave the claim out of reach whatever the
    deadweight."""
    outcomes = {
        "change": outcome(deadweight=over(0.1, 0.5, 0.6)),
        "services": outcome(stakeholder="council", value=over(20, 100, 1000)),
    }
    chosen = study(outcomes=outcomes, claims=CLAIMS)
    frontier = sroi.what_it_takes(chosen, "value", draws=100).frontier
    assert (frontier.one, frontier.other) == ("outcomes.services.value", "outcomes.change.deadweight")
    for one, other in frontier.points:
        needed = 1 - (4000 - 10 * one) / 2000
        assert other == (pytest.approx(needed) if 0 <= needed <= 1 else None), one


@pytest.mark.parametrize("count", [0, 1])
def test_with_fewer_than_two_uncertain_numbers_there_is_no_frontier(count):
    chosen = study({"outcomes.change.value": uniform(100, 300)} if count else {}, claims=CLAIMS)
    found = sroi.what_it_takes(chosen, "modest", draws=100)
    assert found.frontier is None
    assert len(found.swings) == count
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["frontier"] is None
    assert found.statement
    assert found.tables


def test_numbers_that_carry_the_claim_alone():
    within = [each.number for each in sroi.what_it_takes(claimed(), "value", draws=100).within_range]
    assert within == ["worth", "outcomes.services.value"]
    assert sroi.what_it_takes(study(claims=CLAIMS), "value", draws=100).within_range == ()


# ── In words
# ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_statement_says_what_one_would_have_to_believe():
    found = sroi.what_it_takes(claimed(), "value", draws=2_000)
    for part in (
        "£4 of social value for £1",
        "this model gives £2",
        "less than the claim",
        "one would have to believe",
        "“Worth” of 467 pounds (central 200, range 50 to 600)",
        "“Services: value” of 500 (central 100, range 20 to 1,000)",
        "With all 3 uncertain numbers varying at once",
        f"in {found.probability:.0%} of the draws",
    ):
        assert part in found.statement, found.statement
    assert "deadweight" not in found.statement


def test_the_statement_of_a_claim_of_savings():
    statement = sroi.what_it_takes(claimed(), "savings", draws=2_000).statement
    assert "£4 of savings of the state for £1" in statement
    assert "this model gives 50p" in statement


def test_the_statement_where_no_number_carries_the_claim_alone():
    outcomes = {"change": outcome(value=over(150, 200, 300), deadweight=over(0, 0.1, 0.3))}
    found = sroi.what_it_takes(study(outcomes=outcomes, claims=CLAIMS), "value", draws=500)
    assert "No single number can carry it within its own range" in found.statement
    assert "Nearest to it: “Change: value” of 444" in found.statement
    assert "in none of the draws" in found.statement


def test_the_statement_where_the_model_gives_more():
    statement = sroi.what_it_takes(claimed(), "modest", draws=500).statement
    assert "more than the claim" in statement


def test_the_statement_where_the_model_gives_the_very_claim():
    statement = sroi.what_it_takes(
        study({"outcomes.change.value": uniform(100, 500, 150)}, claims=CLAIMS), "modest", draws=500
    ).statement
    assert "exactly the claim" in statement


def test_an_answer_survives_json():
    found = sroi.what_it_takes(claimed(), "value", draws=100)
    told = found.to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert (told["claim"], told["target"], told["meaning"], told["figure"]) == (
        "value",
        4,
        "social_value",
        "social_return_ratio",
    )
    assert len(told["frontier"]["points"]) == 7
    assert {row["number"] for row in told["switching_values"]} >= {"worth", "inputs.grant.value"}


def test_the_tables_rank_by_strength():
    first, second = sroi.what_it_takes(claimed(), "value", draws=100).tables
    assert first.rows == (
        ("Services: value", "100", "500", "20 to 1,000", "yes"),
        ("Worth", "200", "467", "50 to 600", "yes"),
    )
    assert "1 number with a range would not meet the claim" in first.note
    assert len(second.rows) == 7


# ── What cannot be asked
# ─────────────────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_claim_is_refused_with_the_nearest():
    with pytest.raises(sroi.NotFoundError, match=r"no claim saving; did you mean savings\?"):
        sroi.what_it_takes(claimed(), "saving")


def test_a_claim_without_a_ratio_is_refused():
    with pytest.raises(sroi.DocumentError, match="vague names no ratio") as caught:
        sroi.what_it_takes(claimed(), "vague")
    assert caught.value.problems[0].path == "claims.vague"


def test_a_study_without_a_result_has_no_answer():
    with pytest.raises(sroi.UndefinedResultError):
        sroi.what_it_takes(claimed(**{"inputs.grant.value": None}), "value")


@pytest.mark.parametrize("draws", [0, -5])
def test_draws_that_cannot_be_made(draws):
    with pytest.raises(sroi.DocumentError):
        sroi.what_it_takes(claimed(), "value", draws=draws)


def test_whoever_waits_is_told_of_the_draws():
    told = []
    sroi.what_it_takes(claimed(), "value", draws=20_000, on_chunk=told.append)
    assert sum(told) == 20_000


# ── Every claim that is shipped with a model
# ─────────────────────────────────────────────────────────────────────────


def shipped():
    """Every claim of every pack that names an intervention and a ratio, with its place."""
    library = sroi.Library(())
    found = {}
    for place in library.places():
        for name, said in place.pack.claims.items():
            if said.intervention is not None and said.ratio is not None:
                found[place.pack.pack, name] = said.intervention
    return found


def test_every_shipped_claim_with_a_model_has_an_answer():
    claims = shipped()
    answered = set()
    for (place, name), intervention in claims.items():
        try:
            chosen = sroi.load(intervention, borough=place)
        except sroi.DocumentError:  # a nation, of which the intervention has no model
            continue
        answered.add((place, name))
        found = sroi.what_it_takes(chosen, name, draws=200)
        assert 0 <= found.probability <= 1
        assert math.isfinite(found.central)
        assert found.statement.endswith("of the draws.")
        assert len(found.statement) < 900
        for each in found.within_range[:2]:
            path = each.number if "." in each.number else f"assumptions.{each.number}"
            assert getattr(at(chosen, {path: each.value}), found.figure) == pytest.approx(
                found.target, rel=1e-9
            )
    assert len(answered) > 5
    assert {("derby", "derby-2016-headline"), ("haringey", "mj-2020-four-to-one")} <= answered


@pytest.mark.parametrize(("claim", "beside"), [(3.0, "exactly"), (2.9, "more than"), (3.1, "less than")])
def test_a_claim_that_is_met_but_for_rounding_is_met(claim, beside):
    """0.1 + 0.2 thirty times over makes 3.0000000000000004 or so: never "more than" a claim of 3."""
    outcomes = {f"part_{at}": outcome(quantity=1, value=value) for at, value in enumerate([0.1, 0.2] * 10)}
    chosen = study(
        {"inputs.grant.value": 1},
        outcomes=outcomes,
        claims={"said": {"says": "£3", "ratio": claim, "meaning": "social_value"}},
    )
    found = sroi.what_it_takes(chosen, "said", draws=10)
    assert f"{beside} the claim" in found.statement
    assert found.probability == (claim <= 3)


def test_numbers_of_which_none_is_found_are_told_from_those_of_which_there_is_none():
    changes = {"outcomes.change.quantity": "min(x, 20)", "inputs.grant.value": "500 + 50 * x"}
    ranged = over(5, 10, 30)
    chosen = study(
        {**changes, "outcomes.change.deadweight": over(0, 0, 0.5)},
        assumptions={"x": ranged},
        claims={"said": {"says": "£3", "ratio": 3, "meaning": "social_value"}},
    )
    (table,) = sroi.what_it_takes(chosen, "said", draws=10).tables[:1]
    assert "1 number with a range would not meet the claim whatever it was." in table.note
    assert "Of 1 number with a range no value was found that meets it." in table.note


@pytest.mark.parametrize("over", ["all", "public", "council", "funder:council"])
def test_a_claim_over_money_that_is_all_of_it_is_answered(over):
    claims = {"c": {"says": "x", "ratio": 3, "meaning": "social_value", "over": over}}
    found = sroi.what_it_takes(
        study_of(small({"outcomes.change.value": {"value": 200, "low": 100, "high": 400}}, claims=claims)),
        "c",
        draws=50,
    )
    assert 0 < found.probability < 1
    assert found.to_dict()["central"] == pytest.approx(2)
