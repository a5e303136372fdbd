"""Studies side by side: unlike ones are refused, totals are ratios of sums, and nothing is ranked."""

import json
import math
import pickle
from itertools import permutations

import pytest
from helpers import changed, outcome, small, study_of
from hypothesis import given
from hypothesis import strategies as st
from strategies import documents

import sroi
from sroi.checking.registry import RULES
from sroi.comparing import line as lines
from sroi.comparing.likeness import ASPECTS
from sroi.prices import Prices

VOLUNTEERS = {"title": "Volunteers", "party": "volunteer"}
HOURS = {"stakeholder": "volunteers", "kind": "volunteer_time", "value": 500}
NHS = {"title": "The NHS", "party": "state", "payer": "nhs"}


def other(changes=None, **sections):
    """Another programme than the small one, in all the same terms."""
    more = {"outcomes.change.quantity": 4, "inputs.grant.value": 600}
    return small({**more, **(changes or {})}, id="other", title="Another", **sections)


UNLIKE = {
    "method": {"method": {"timing": "end"}},
    "price_year": {"price_year": 2020},
    "horizon": {"method": {"horizon": 10}},
    "kind": {"kind": "evaluation"},
    "currency": {"currency": "EUR"},
}
CHANGED = {
    "perspective": {"method": {"transfers": "included"}},
    "denominator": {"stakeholders.volunteers": VOLUNTEERS, "inputs.hours": HOURS},
}


def unlike(aspect):
    if aspect in UNLIKE:
        return study_of(other(**UNLIKE[aspect]))
    return study_of(other(CHANGED[aspect]))


def compared(*studies, draws=0, **asked):
    return sroi.compare(*studies, draws=draws, **asked)


# ── Refusals
# ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("aspect", [*UNLIKE, *CHANGED])
def test_each_difference_is_refused_by_its_name_with_what_each_has(aspect):
    one, two = study_of(small()), unlike(aspect)
    with pytest.raises(sroi.DocumentError) as refused:
        compared(one, two)
    (problem,) = refused.value.problems
    assert problem.path == aspect
    assert "(small)" in problem.message
    assert "(other)" in problem.message
    assert "--anyway" in problem.hint


@pytest.mark.parametrize("aspect", [*UNLIKE, *CHANGED])
def test_anyway_marks_the_lines_and_gives_no_total(aspect):
    found = compared(study_of(small()), unlike(aspect), anyway=True)
    (difference,) = found.unlike
    assert difference.aspect == aspect
    assert {each.name: dict(each.unlike) for each in found.lines} == {
        name: {aspect: value} for name, value in difference.values.items()
    }
    assert found.total is None
    assert difference.title.lower() in found.no_total
    (error,) = (each for each in found.findings if each.severity == "error")
    assert (error.rule, error.where) == ("SROI056", aspect)
    assert not found.to_dict()["alike"]


def test_every_aspect_that_is_refused_is_tried_here():
    assert len(ASPECTS) == len(UNLIKE) + len(CHANGED)


def test_all_differences_are_told_at_once():
    two = study_of(other({"kind": "evaluation", "price_year": 2020, "currency": "EUR"}))
    with pytest.raises(sroi.DocumentError) as refused:
        compared(study_of(small()), two)
    assert [each.path for each in refused.value.problems] == ["price_year", "kind", "currency"]
    assert "2020 (other)" in str(refused.value)


def test_a_savings_map_is_not_set_beside_what_society_gains():
    saved = {"stakeholders.nhs": NHS, "outcomes.change.stakeholder": "nhs"}
    with pytest.raises(sroi.DocumentError, match="the state alone"):
        compared(study_of(small()), study_of(other(saved)))


def test_profiles_of_the_same_choices_are_alike():
    same = {"profile": "gmca-cba", "optimism_bias": "none"}
    assert not compared(study_of(small()), study_of(other(method=same))).unlike


@pytest.mark.parametrize(
    ("aspect", "asked"),
    [
        ("method", {"method": "default"}),
        ("price_year", {"price_year": "2024-25"}),
        ("horizon", {"method": "green-book"}),
        ("perspective", {"method": "default"}),
        ("denominator", {"over": "public"}),
        ("denominator", {"over": "cash"}),
    ],
)
def test_the_option_that_is_offered_aligns_them(aspect, asked):
    found = compared(study_of(small()), unlike(aspect), **asked)
    assert found.unlike == ()
    assert found.total is not None


def test_fewer_than_two_studies_are_no_comparison():
    with pytest.raises(sroi.DocumentError, match="two studies or more"):
        compared(study_of(small()))
    with pytest.raises(sroi.DocumentError, match=r"sroi\.compare: a\.yaml is not a study"):
        compared(study_of(small()), "a.yaml")


@pytest.mark.parametrize("asked", [{"price_year": "soon"}, {"over": "mine"}])
def test_terms_that_are_none_are_refused(asked):
    with pytest.raises(sroi.DocumentError) as refused:
        compared(study_of(small()), study_of(other()), **asked)
    assert [each.file for each in refused.value.problems] == ["compare"]


# ── Figures
# ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_has_the_figures_of_its_evaluation():
    sized = small({"stakeholders.people.size": 40, "outcomes.change.stakeholder": "people"})
    one, two = study_of(sized), study_of(other())
    first, second = compared(one, two).lines
    result = sroi.evaluate(one)
    for name in ("social_return_ratio", "savings_ratio", "net_present_value", "present_value", "investment"):
        assert getattr(first, name) == getattr(result, name)
    assert (first.people, first.cost_per_person) == (40, result.investment / 40)
    assert (second.people, second.cost_per_person) == (None, None)


def test_people_are_counted_once_by_group_and_not_at_all_where_one_is_not():
    families = {"title": "More", "party": "participant", "size": 5}
    document = small({"stakeholders.people.size": 40, "stakeholders.more": families})
    assert lines.people(study_of(document)) == 40
    document["outcomes"] |= {"again": outcome(), "theirs": outcome(stakeholder="more")}
    assert lines.people(study_of(document)) == 45
    assert lines.people(study_of(changed(document, {"stakeholders.more.size": None}))) is None


def test_a_price_year_moves_money_by_the_index_and_no_ratio():
    one, two = study_of(small()), study_of(other(price_year=2020))
    plain, moved = compared(one, two, anyway=True), compared(one, two, price_year=2026)
    for before, after, study in zip(plain.lines, moved.lines, (one, two), strict=True):
        factor, _ = Prices("GBP", 2026, "gdp").conversion(study.price_year)
        assert factor != 1
        assert after.social_return_ratio == before.social_return_ratio
        for name in ("present_value", "investment", "net_present_value"):
            assert getattr(after, name) == pytest.approx(getattr(before, name) * factor, rel=1e-12)
        assert after.price_year == 2026


def test_wellbeing_at_the_incomes_of_another_year_is_noted():
    uprated = {"value": 200, "price_year": 2019, "uprate": "wellby", "unit": "GBP"}
    one = study_of(small({"outcomes.change.value": uprated}))
    found = compared(one, study_of(other()), price_year=2020)
    assert "incomes of 2024" in found.lines[0].notes[-1]
    assert found.lines[1].notes == ()


def test_money_that_no_index_reaches_is_a_line_with_the_reason():
    found = compared(study_of(small()), study_of(other(currency="EUR")), price_year=2020, anyway=True)
    assert found.lines[0].social_return_ratio == 2
    assert "EUR" in found.lines[1].no_result
    assert found.total is None


def test_returns_over_public_money_count_no_other():
    with_hours = small(CHANGED["denominator"])
    found = compared(study_of(with_hours), study_of(other()), over="public")
    assert found.lines[0].investment == 1000
    everything = compared(study_of(with_hours), study_of(other()), anyway=True)
    assert everything.lines[0].investment == 1500


def test_what_has_no_result_is_a_line_with_the_reason():
    unknown = study_of(other({"outcomes.change.value": None}))
    found = compared(study_of(small()), unknown)
    assert found.lines[1].social_return_ratio is None
    assert "outcomes.change.value" in found.lines[1].no_result
    assert found.no_total == "other has no result"
    assert found.to_frame().loc[1, "no_result"] == found.lines[1].no_result
    assert "no result" in found.to_markdown()


def test_ranges_are_those_of_a_simulation():
    ranged = study_of(small({"outcomes.change.value": {"value": 200, "low": 100, "high": 400}}))
    found = sroi.compare(ranged, study_of(other()), draws=500, seed=3)
    first, second = found.lines
    assert (first.ratio_low, first.ratio_high) == sroi.simulate(ranged, draws=500, seed=3).interval
    assert (second.ratio_low, second.ratio_high) == (None, None)
    assert [(each.rule, each.where) for each in found.findings] == [("SROI053", "other")]


# ── Totals
# ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(
    st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.floats(1, 1e6)),
        min_size=2,
        max_size=6,
    )
)
def test_a_total_is_a_ratio_of_sums(amounts):
    studies = [
        study_of(small({"outcomes.change.value": value, "inputs.grant.value": cost}, id=f"study-{number}"))
        for number, (value, cost) in enumerate(amounts)
    ]
    total = compared(*studies).total
    gained, spent = math.fsum(10 * value for value, _ in amounts), math.fsum(cost for _, cost in amounts)
    assert total.social_return_ratio == pytest.approx(gained / spent, rel=1e-9, abs=1e-9)
    assert total.net_present_value == pytest.approx(gained - spent, rel=1e-9, abs=1e-6)


def test_a_total_is_no_mean_of_ratios():
    sums = [(90_000, 10_000), (520_000, 400_000), (60_000, 50_000)]
    studies = [
        study_of(
            small({"outcomes.change.value": value / 10, "inputs.grant.value": cost}, id=f"programme-{at}")
        )
        for at, (value, cost) in enumerate(sums)
    ]
    found = compared(*studies)
    assert found.total.social_return_ratio == pytest.approx(670 / 460)
    assert "1.46" in found.together
    assert "3.83" not in found.to_json() + found.to_markdown()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"id": "small"}, "more than once"),
        ({"first_year": 2020}, "discounted to"),
        ({"outcomes.change.value": None}, "no result"),
    ],
)
def test_there_is_no_total_where_lines_cannot_be_added(changes, why):
    found = compared(study_of(small()), study_of(other(changes)))
    assert found.total is None
    assert why in found.no_total
    assert f"No total: {found.no_total}." in found.brief.lines


def test_one_programme_may_be_added_over_places_and_not_within_one():
    york, haringey = (sroi.load("befriending", place=place) for place in ("york", "haringey"))
    assert compared(york, haringey).total is not None
    assert compared(york, sroi.change(york, {"people": 50})).total is None
    england = sroi.load("befriending", place="england")
    for pair in ((york, england), (england, york)):
        assert "more than once" in compared(*pair).no_total


def test_programmes_of_one_place_may_count_people_twice():
    york = [sroi.load(name, place="york") for name in ("debt-advice", "time-bank")]
    found = compared(*york)
    assert [each.where for each in found.findings if each.rule == "SROI057"] == ["york"]


# ── The result
# ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_identical_studies_have_identical_lines():
    one, two = compared(study_of(small()), study_of(small())).lines
    same = {**two.to_dict(), "name": one.name}
    assert one.to_dict() == same
    assert (one.name, two.name) == ("small (1)", "small (2)")


@given(documents(), documents())
def test_any_studies_can_be_set_side_by_side(first, second):
    one, two = (study_of({**each, "id": f"study-{at}"}) for at, each in enumerate((first, second)))
    found = compared(one, two, anyway=True)
    assert json.loads(found.to_json())["lines"]
    try:
        refused = not compared(one, two)
    except sroi.DocumentError:
        refused = True
    assert refused == bool(found.unlike)


def test_the_order_of_the_studies_does_not_matter():
    studies = [study_of(small()), study_of(other()), unlike("price_year"), unlike("kind")]
    studies = [sroi.change(each, {"id": f"study-{at}"}) for at, each in enumerate(studies)]

    def content(found):
        whole = found.to_dict()
        return (
            sorted(map(json.dumps, whole["lines"])),
            sorted((each["aspect"], sorted(each["values"].items())) for each in whole["differences"]),
            whole["total"],
            sorted((each["rule"], each["where"]) for each in whole["findings"]),
        )

    first, *others = [content(compared(*order, anyway=True)) for order in permutations(studies)]
    assert all(each == first for each in others)


def test_the_order_moves_no_total():
    studies = [study_of(other({"inputs.grant.value": 0.1 * at, "id": f"study-{at}"})) for at in range(1, 6)]
    assert compared(*studies).total == compared(*reversed(studies)).total


def test_nothing_is_ranked():
    found = compared(study_of(small()), study_of(other()))
    assert [each.name for each in found.lines] == ["small", "other"]
    assert "rank" not in {*found.to_frame().columns}
    headings = {heading.lower() for table in found.tables for heading in table.headings}
    assert not {"rank", "place in the order", "best"} & headings


def test_it_can_be_pickled_hashed_and_compared():
    made = [compared(study_of(small()), study_of(other())) for _ in range(2)]
    assert made[0] == made[1] == pickle.loads(pickle.dumps(made[0]))
    assert hash(made[0]) == hash(made[1])
    assert repr(made[0]) == "Comparison(2 lines, alike)"
    assert made[0] != compared(study_of(small()), study_of(other()), over="public")


def test_the_rules_that_a_comparison_keeps_are_listed():
    kept = {code for code, rule in RULES.items() if "compare" in rule.kept_by or "command" in rule.kept_by}
    assert kept == {"SROI053", "SROI055", "SROI056", "SROI057"}


def test_a_record_computes_it_again(tmp_path):
    unknown = study_of(other({"outcomes.change.value": None}))
    found = sroi.compare(study_of(small()), unknown, unlike("kind"), anyway=True, draws=64, seed=5)
    kept = sroi.record(found, study=next(iter(found.studies.values())))
    assert sroi.verify(kept.write(tmp_path / "run.json")).same
