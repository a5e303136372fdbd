"""Options of one decision: sums against a baseline, shared draws, what would turn the choice, refusals."""

import numpy as np
import pytest
from helpers import changed, outcome, small, study_of
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import documents

import sroi

PERT = {"value": 0.2, "low": 0.1, "high": 0.4, "source": "survey"}
BASE = small(
    id="one",
    title="One",
    sources={"survey": {"title": "A survey"}, "other": {"title": "Another"}},
    assumptions={"share": PERT, "price": {"value": 100, "low": 50, "high": 180}},
    outcomes={"change": outcome(quantity="100 * share", value="price", duration=2)},
)
NOTHING = changed(
    BASE, {"id": "nothing", "title": "Nothing", "inputs": {}, "outcomes": {}, "assumptions": {}}
)
LARGER = changed(
    BASE,
    {"id": "two", "title": "Two", "outcomes.change.quantity": "180 * share", "inputs.grant.value": 2500},
)


def found_of(*given, **asked):
    return sroi.options(*map(study_of, given), **asked)


def worth(document):
    return sroi.evaluate(study_of(document)).net_present_value


def test_each_option_is_set_against_the_first_which_may_cost_nothing():
    found = found_of(NOTHING, BASE, LARGER, draws=0)
    assert [each.baseline for each in found.options] == [True, False, False]
    nothing, one, two = found.options
    assert (nothing.investment, nothing.present_value, nothing.net_present_value) == (0, 0, 0)
    assert one.net_present_value == pytest.approx(worth(BASE))
    assert two.more_net_present_value == pytest.approx(worth(LARGER))
    assert one.incremental_ratio == pytest.approx(sroi.evaluate(study_of(BASE)).social_return_ratio)
    assert nothing.incremental_ratio is None
    assert found.best == max(found.options, key=lambda each: each.net_present_value).name


def test_another_baseline_is_chosen_by_name_and_the_ratio_is_of_the_differences():
    found = found_of(NOTHING, BASE, LARGER, baseline="one", draws=0)
    two = found.option("two")
    one, other = (sroi.evaluate(study_of(each)) for each in (BASE, LARGER))
    assert two.more_investment == pytest.approx(other.investment - one.investment)
    assert two.incremental_ratio == pytest.approx(
        (other.present_value - one.present_value) / (other.investment - one.investment)
    )
    assert found.option("nothing").incremental_ratio is None  # it costs less
    with pytest.raises(sroi.NotFoundError, match="did you mean nothing"):
        found_of(NOTHING, BASE, baseline="nothin")


def test_what_costs_more_and_gives_no_more_is_dominated():
    dearer = changed(BASE, {"id": "dearer", "inputs.grant.value": 1500})
    same = changed(BASE, {"id": "same"})
    found = found_of(NOTHING, BASE, dearer, same, draws=0)
    assert found.option("dearer").dominated_by == ("one", "same")
    assert found.option("one").dominated_by == found.option("same").dominated_by == ()
    assert found.option("nothing").dominated_by == ()


def test_the_draws_of_an_option_are_those_of_its_simulation():
    found = found_of(NOTHING, BASE, draws=3_000, seed=7)
    alone = sroi.simulate(study_of(BASE), draws=3_000, seed=7).spreads["net_present_value"]
    assert found.option("one").spread.percentiles == pytest.approx(alone.percentiles)
    assert found.option("one").better == pytest.approx(found.option("one").highest)


def test_an_assumption_of_one_name_value_and_source_is_drawn_once():
    twin = changed(BASE, {"id": "twin"})
    found = found_of(BASE, twin, draws=2_000)
    assert found.shared == ("share", "price")
    assert [each.highest for each in found.options] == [0.5, 0.5]
    assert found.option("twin").more_spread.sd == 0
    elsewhere = changed(twin, {"assumptions.share.source": "other"})
    apart = found_of(BASE, elsewhere, draws=2_000)
    assert (apart.shared, apart.apart) == (("price",), ("share",))
    assert apart.option("twin").more_spread.sd > 100


def test_a_number_that_is_no_assumption_is_an_options_own():
    own = changed(BASE, {"outcomes.change.deadweight": {"value": 0.2, "low": 0.1, "high": 0.5}})
    found = found_of(own, changed(own, {"id": "twin"}), draws=500)
    assert found.option("twin").more_spread.sd > 0


def test_shared_numbers_are_correlated_as_any_option_says_and_all_say_the_same():
    said = {"correlations": [{"between": ["share", "price"], "rank": 0.9}]}
    alone = found_of(NOTHING, BASE, draws=4_000).option("one").spread.sd
    assert found_of(NOTHING, changed(BASE, said), draws=4_000).option("one").spread.sd > 1.1 * alone
    other = {"correlations": [{"between": ["share", "price"], "rank": -0.5}]}
    with pytest.raises(sroi.DocumentError, match=r"correlated by 0\.9 in one option, -0\.5 in two"):
        found_of(changed(BASE, said), changed(LARGER, other))


def test_options_without_a_range_are_not_drawn():
    fixed = {"assumptions": {"share": 0.2, "price": 100}}
    found = found_of(NOTHING, changed(BASE, fixed), draws=500)
    assert found.draws == 0
    assert found.option("one").highest is None
    assert "8 draws in 10" not in found.tables[0].headings


def with_number(document, path, value):
    study = study_of(document)
    return sroi.change(study, {path: value})


def test_at_each_switching_value_the_two_are_worth_the_same():
    found = found_of(NOTHING, BASE, LARGER, between=["one", "two"], draws=0)
    assert found.pair == ("one", "two")
    documents = {"one": BASE, "two": LARGER}
    solved = [each for each in found.switching if each.at.value is not None]
    assert {each.at.number for each in solved if len(each.options) == 2} == {
        "share",
        "price",
    }
    assert {each.options for each in solved} == {("one",), ("two",), ("one", "two")}
    for each in solved:
        set_there = [
            with_number(document, each.at.number, each.at.value)
            if name in each.options
            else study_of(document)
            for name, document in documents.items()
        ]
        values = [option.net_present_value for option in sroi.options(*set_there, draws=0).options]
        assert values[0] == pytest.approx(values[1], abs=1e-6 * abs(values[0]) + 1e-6), each.at.number


@given(documents(method={"profile": "default"}), st.integers(2, 5))
def test_any_two_studies_are_worth_the_same_at_a_shared_switching_value(document, times):
    other = changed(document, {"id": "other"})
    for entry in other["outcomes"].values():
        quantity = entry["quantity"] if isinstance(entry["quantity"], list) else [entry["quantity"]]
        entry["quantity"] = [f"({each}) * {times}" for each in quantity]
    other["inputs"]["core"]["value"] += 1000
    found = found_of(document, other, draws=0)
    values = [each.net_present_value for each in found.options]
    for value, each in zip(values, (document, other), strict=True):
        assert value == pytest.approx(worth(each), rel=1e-9, abs=1e-6)
    shared = [each for each in found.switching if len(each.options) == 2 and each.at.value is not None]
    assume(shared)
    for each in shared:
        try:
            one, two = (
                sroi.evaluate(with_number(doc, each.at.number, each.at.value)) for doc in (document, other)
            )
        except sroi.SroiError:
            continue  # a value that one of the two cannot hold as it is written
        size = abs(one.present_value) + abs(two.present_value) + one.investment + two.investment
        assert abs(one.net_present_value - two.net_present_value) <= 1e-6 * size + 1e-6


PRIDE = outcome(priced=False, value=None, quantity=40, duration=2, deadweight=0.1)


def test_what_an_unpriced_outcome_would_have_to_be_worth():
    with_pride = changed(LARGER, {"outcomes.pride": PRIDE, "inputs.grant.value": 6000})
    found = found_of(NOTHING, BASE, with_pride, draws=0)
    (pride,) = found.unpriced
    assert (pride.option, pride.outcome, pride.at_most) == ("two", "pride", None)
    priced = changed(with_pride, {"outcomes.pride.priced": True, "outcomes.pride.value": pride.at_least})
    assert worth(priced) == pytest.approx(max(worth(BASE), 0))
    assert pride.in_all == pytest.approx(max(worth(BASE), 0) - worth(with_pride))


def test_an_unpriced_outcome_of_two_options_is_worth_the_same_in_both():
    one = changed(BASE, {"outcomes.pride": PRIDE})
    two = changed(LARGER, {"outcomes.pride": {**PRIDE, "quantity": 90}, "inputs.grant.value": 6000})
    found = {each.option: each for each in found_of(one, two, draws=0).unpriced}
    value = found["two"].at_least
    assert found["one"].at_most == pytest.approx(value)
    at = {"outcomes.pride.priced": True, "outcomes.pride.value": value}
    assert worth(changed(one, at)) == pytest.approx(worth(changed(two, at)))
    less = changed(two, {"outcomes.pride.quantity": 40})
    refused = {each.option: each for each in found_of(one, less, draws=0).unpriced}["two"]
    assert (refused.at_least, refused.in_all) == (None, None)
    assert "no worth of it would do" in refused.reason


def test_an_unpriced_outcome_whose_units_are_not_known_is_asked_for_as_a_whole():
    unknown = changed(LARGER, {"outcomes.pride": {**PRIDE, "deadweight": None}, "inputs.grant.value": 6000})
    (pride,) = found_of(BASE, unknown, draws=0).unpriced
    assert pride.at_least is None
    assert pride.in_all == pytest.approx(worth(BASE) - worth(changed(LARGER, {"inputs.grant.value": 6000})))
    assert "deadweight" in pride.reason


@pytest.mark.parametrize(
    ("changes", "aspect"),
    [
        ({"price_year": 2023}, "price_year"),
        ({"first_year": 2025}, "first_year"),
        ({"appraisal_period": 20}, "appraisal_period"),
        ({"method": {"discount_rate": "3%"}}, "method.discount_rate"),
        ({"method": {"timing": "mid"}}, "method.timing"),
        ({"currency": "USD", "method": {"deflator": "none"}}, "currency"),
    ],
)
@pytest.mark.parametrize("anyway", [False, True])
def test_options_on_other_terms_are_refused_whatever_is_asked(changes, aspect, anyway):
    with pytest.raises(sroi.DocumentError) as caught:
        found_of(BASE, changed(LARGER, changes), anyway=anyway)
    problem = next(each for each in caught.value.problems if each.path == aspect)
    assert "(one)" in problem.message
    assert "(two)" in problem.message


@pytest.mark.parametrize(
    ("changes", "aspect"),
    [
        ({"purpose": "Cleaner streets"}, "purpose"),
        ({"place": "york"}, "place"),
        ({"stakeholders.people.title": "Dogs"}, "stakeholders.people"),
    ],
)
def test_options_for_others_are_refused_and_compared_anyway(changes, aspect):
    first = changed(BASE, {"purpose": "Fewer lonely people", "place": "derby"})
    second = changed(first, {"id": "two", **changes})
    with pytest.raises(sroi.DocumentError) as caught:
        found_of(first, second)
    assert aspect in {each.path for each in caught.value.problems}
    assert all("--anyway" in each.hint for each in caught.value.problems)
    found = found_of(first, second, anyway=True, draws=0)
    assert found.unlike
    assert any("Compared anyway" in line for line in found.brief.lines)


def test_who_gains_by_one_option_has_only_to_be_declared_in_the_others():
    carers = {"stakeholders.carers": {"title": "Carers", "party": "family"}}
    with_carers = changed(LARGER, {**carers, "outcomes.rest": outcome(stakeholder="carers")})
    with pytest.raises(sroi.DocumentError, match="declare carers there"):
        found_of(BASE, with_carers)
    assert not found_of(changed(BASE, carers), with_carers, draws=0).unlike


def test_all_that_is_not_assessed_is_said_at_once():
    unknown = {"outcomes.change.deadweight": None}
    with pytest.raises(sroi.UndefinedResultError) as caught:
        found_of(NOTHING, changed(BASE, unknown), changed(LARGER, unknown))
    assert len(caught.value.problems) == 2
    with pytest.raises(sroi.DocumentError, match="two options or more"):
        found_of(BASE)


def test_less_than_nothing_is_put_into_no_option():
    with pytest.raises(sroi.UndefinedResultError, match="the inputs of two sum to -5"):
        found_of(BASE, changed(LARGER, {"inputs.grant.value": -5}))


def test_two_of_one_name_are_told_apart():
    found = found_of(BASE, changed(LARGER, {"id": "one", "title": "One"}), draws=0)
    assert [each.name for each in found.options] == ["one", "one (2)"]
    assert "One (one (2))" in {row[0] for row in found.tables[0].rows}
    named = found_of(BASE, LARGER, names=["small", "large"], draws=0)
    assert named.best in ("small", "large")
    with pytest.raises(sroi.DocumentError, match="1 names are given for 2 options"):
        found_of(BASE, LARGER, names=["small"])


def test_no_option_is_given_a_ratio_of_its_own():
    found = found_of(NOTHING, BASE, LARGER, draws=500)
    assert not [key for each in found.to_dict()["options"] for key in each if key == "social_return_ratio"]
    assert found == found_of(NOTHING, BASE, LARGER, draws=500)
    assert np.isclose(sum(each.highest for each in found.options), 1)
