"""Ranges by grade of evidence: only where none is given, as wide as the table says, and shares stay
shares."""

import pytest
from ranged import over, study

import sroi
from sroi.uncertainty.grades import widths


def test_a_number_without_a_range_reaches_as_far_as_its_grade_says():
    chosen = study({"outcomes.change.value": {"value": 200, "grade": "C"}})
    value = sroi.ranges_by_grade(chosen).study.outcomes["change"].value
    assert (value.low, value.high) == pytest.approx((200 * (1 - widths()["C"]), 200 * (1 + widths()["C"])))
    assert value.grade == "C"


def test_a_range_that_is_given_stays():
    ranged = sroi.ranges_by_grade(study({"outcomes.change.value": over(150, 200, 220)}))
    value = ranged.study.outcomes["change"].value
    assert (value.low, value.high) == (150, 220)
    assert "outcomes.change.value" not in ranged.given


@pytest.mark.parametrize("value", [0.05, 0.6, 0.95])
def test_shares_stay_shares_where_they_are_assumptions_too(value):
    chosen = study(
        {"outcomes.change.deadweight": value, "outcomes.change.attribution": "theirs"},
        assumptions={"theirs": value},
    )
    ranged = sroi.ranges_by_grade(chosen).study
    for each in (ranged.outcomes["change"].deadweight, ranged.assumptions["theirs"]):
        assert 0 <= each.low < value < each.high <= 1
    sroi.simulate(ranged, draws=200)


def test_what_is_computed_is_0_or_counts_years_has_none():
    chosen = study(
        {
            "outcomes.change.value": "worth * 2",
            "outcomes.change.duration": 3,
            "outcomes.change.deadweight": 0,
        },
        assumptions={"worth": 100},
    )
    given = sroi.ranges_by_grade(chosen).given
    assert "assumptions.worth" in given
    assert not {"outcomes.change.value", "outcomes.change.duration", "outcomes.change.deadweight"} & set(
        given
    )


@pytest.mark.parametrize("path", ["worth", "assumptions.worth.value", "outcomes.change.deadweight"])
def test_a_number_that_was_set_is_fixed_and_gets_none(path):
    document = study(
        {"outcomes.change.value": "worth", "outcomes.change.deadweight": 0.2},
        assumptions={"worth": {"value": 100, "grade": "D"}},
    )
    set_ = sroi.loads(sroi.dumps(document), values={path: "0.5"})
    fixed = {"worth": "assumptions.worth", "assumptions.worth.value": "assumptions.worth"}.get(path, path)
    others = {"assumptions.worth", "outcomes.change.deadweight"} - {fixed}
    given = set(sroi.ranges_by_grade(set_).given)
    assert fixed not in given
    assert others <= given


def test_a_grade_that_was_set_fixes_nothing():
    document = study({"outcomes.change.value": "worth"}, assumptions={"worth": {"value": 100, "grade": "D"}})
    graded = sroi.ranges_by_grade(sroi.loads(sroi.dumps(document), values={"assumptions.worth.grade": "A"}))
    assert graded.study.assumptions["worth"].high == pytest.approx(100 * (1 + widths()["A"]))
