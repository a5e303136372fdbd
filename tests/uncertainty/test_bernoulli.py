"""A number that is 0 or 1 in a draw: its value is the chance of 1, and stands as that on central values."""

import dataclasses

import numpy as np
import pytest
from helpers import outcome, small, study_of
from ranged import at, draws_of, is_near, over, study, uniform
from scipy import stats

import sroi
from sroi.catalogue import numbers_of
from sroi.labels import Figures
from sroi.reports import xlsx
from sroi.reports.sliders import assumption_sliders
from sroi.uncertainty.distributions import distribution


def chance(value, **fields):
    return {"value": value, "distribution": "bernoulli", "rationale": "judged", **fields}


def working(value=0.6, **sections):
    """A gain that comes only if a thing works at all."""
    assumptions = {"works": chance(value), "gain": over(100, 200, 400), **sections.pop("assumptions", {})}
    return study({"outcomes.change.value": "works * gain"}, assumptions=assumptions, **sections)


@pytest.mark.parametrize("p", [0, 0.001, 0.3, 0.5, 1])
def test_the_inverse_of_its_distribution_function(p):
    u = np.linspace(1e-6, 1 - 1e-6, 9_999)
    drawn = distribution("bernoulli", p, None, None, None, (0, 1))
    expected = stats.bernoulli(p).ppf(u)
    assert (drawn.quantile(u) == expected).all()
    assert (drawn.quantile(u, exact=True) == expected).all()
    assert drawn.mean == p
    assert drawn.variance == pytest.approx(p * (1 - p))


def test_a_percentile_of_one_less_the_chance_is_a_one():
    drawn = distribution("bernoulli", 0.25, None, None, None, None)
    assert drawn.quantile(np.array([0.75 - 1e-12, 0.75, 0.75 + 1e-12])).tolist() == [0, 1, 1]


def test_on_central_values_it_stands_as_its_chance():
    ratio = sroi.evaluate(working(0.6)).social_return_ratio
    assert ratio == pytest.approx(0.6 * at(working(1), {}).social_return_ratio)


@pytest.mark.parametrize("sampler", ["random", "sobol"])
def test_a_draw_is_0_or_1_as_often_as_it_says(sampler):
    draws, found = draws_of(working(0.3), 20_000, sampler=sampler)
    assert set(draws["assumptions.works"]) == {0.0, 1.0}
    assert is_near(draws["assumptions.works"].mean(), 0.3, (0.3 * 0.7 / 20_000) ** 0.5)
    assert (draws["social_return_ratio"][draws["assumptions.works"] == 0] == 0).all()
    assert found.to_dict()["social_return_ratio"]["p10"] == 0


def test_correlated_numbers_go_together():
    tied = [{"between": ["works", "gain"], "rank": 0.8}]
    draws, _ = draws_of(working(0.5, assumptions={"gain": uniform(0, 1)}, correlations=tied), 20_000)
    gain, works = draws["assumptions.gain"], draws["assumptions.works"]
    assert is_near(works.mean(), 0.5, (0.25 / 20_000) ** 0.5)
    assert gain[works == 1].mean() > 0.65
    assert gain[works == 0].mean() < 0.35


def test_swings_run_from_0_to_1():
    (swing,) = (each for each in sroi.sensitivity(working()).swings if each.number.name == "works")
    assert (swing.number.low, swing.number.high, swing.at_low) == (0, 1, 0)
    assert swing.at_high == pytest.approx(at(working(), {"works": 1}).social_return_ratio)


def test_shares_of_the_variance():
    """Of value = works × 1: all of it is that number's."""
    chosen = study({"outcomes.change.value": "works"}, assumptions={"works": chance(0.4)})
    (row,) = sroi.sobol(chosen, points=256).to_dict()["indices"]
    assert row["total"] == pytest.approx(1, abs=0.1)


def test_a_switching_value_is_a_share():
    (found,) = sroi.switching_values(working(), only="works").numbers
    goal = found.value
    assert 0 < goal < 1
    assert at(working(), {"works": goal}).social_return_ratio == pytest.approx(1)
    assert found.verdict == "within its range"
    (none,) = sroi.switching_values(working(), 1_000, only="works").numbers
    assert (none.value, none.verdict) == (None, "none at all")


def test_what_information_on_it_is_worth():
    sroi.value_of_information(working(0.2), draws=2_000)


def test_words_for_its_range():
    for said, value in (
        (working(0.6), "0 or 1, with chance 60%"),
        (working("x / 2", assumptions={"x": 1}), "that"),
    ):
        assert value in Figures(said).span("works", 0.0, 1.0)
        assert value in Figures(said).three_span("assumptions.works", 0.0, 1.0)
    text = str(sroi.evaluate(working(0.6)).explain("works"))
    assert "0 or 1, with chance 60%" in text


def test_its_shape_stands_in_json_and_in_lists(tmp_path):
    (found,) = (
        each for each in sroi.evaluate(working()).provenance["numbers"] if each["path"].endswith("works")
    )
    assert (found["distribution"], found["low"], found["high"]) == ("bernoulli", 0, 1)
    (tmp_path / "interventions").mkdir()
    (tmp_path / "interventions" / "clubs.yaml").write_text(sroi.dumps(working()), encoding="utf-8")
    rows = numbers_of("clubs", sroi.Library([tmp_path])).table.rows
    assert "0 or 1, with that chance" in next(row for row in rows if row[0].endswith("works"))


def test_it_is_set_by_a_slider_from_0_to_1():
    sliders = {each.path: each for each in assumption_sliders(working(), sroi.sensitivity(working()))}
    values = [value for value, _ in sliders["assumptions.works"].positions]
    assert (values[0], values[-1]) == (0, 1)
    assert 0.6 in values


def test_workbook_and_report_take_it(tmp_path):
    evaluated = sroi.evaluate(working())
    assert xlsx.workbook(dataclasses.replace(evaluated)) is not None
    sroi.report(working(), tmp_path / "report.html", draws=100)
    assert "0 or 1, with chance 60%" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_it_is_written_as_it_was_read():
    assert sroi.loads(sroi.dumps(working())) == working()
    assert "bernoulli" in sroi.dumps(working())


def test_a_value_set_by_hand_is_fixed():
    draws, found = draws_of(sroi.change(working(), {"works": 0.5}), 100)
    assert "assumptions.works" not in draws
    assert found.to_dict()["uncertain_numbers"] == 1


REFUSED = [
    (chance(0.5, low=0, high=1), "assumptions.works.low", "low goes with no distribution bernoulli"),
    (chance(0.5, sd=0.1), "assumptions.works.sd", "sd goes with no distribution bernoulli"),
    (chance(1.2), "assumptions.works", "1.2 is not a chance"),
    (chance(-0.1), "assumptions.works", "-0.1 is not a chance"),
    (chance("2 * gain / 100"), "assumptions.works", "4 is not a chance"),
    (chance(0.5, price_year=2019), "assumptions.works", "whose value is a chance"),
]


@pytest.mark.parametrize(("written", "path", "words"), REFUSED)
def test_what_it_cannot_be(written, path, words):
    with pytest.raises(sroi.DocumentError) as caught:
        working(assumptions={"works": written})
    (problem,) = caught.value.problems
    assert words in problem.message
    assert problem.path == path
    assert problem.line > 0
    assert problem.hint


def test_a_field_that_could_not_be_0_takes_none():
    with pytest.raises(
        sroi.DocumentError, match="bernoulli is 0 or 1 in a draw, and 0 is not a number of years"
    ):
        study({"outcomes.change.duration": chance(1)})


def test_a_share_may_be_one():
    found = sroi.simulate(study_of(small({"outcomes.change.deadweight": chance(0.5)})), draws=500).to_dict()
    assert found["social_return_ratio"]["p5"] == 0


# ── No deduction twice
# ──────────────────────────────────────────────────────────────────────────────────────────


def told(**fields):
    chosen = study(outcomes={"change": outcome(title="Less lonely", **fields)})
    return [each for each in sroi.evaluate(chosen).warnings if "comparison group" in each]


@pytest.mark.parametrize("design", ["comparison", "randomised"])
@pytest.mark.parametrize(
    ("fields", "deduction"),
    [
        ({"deadweight": 0.3, "attribution": 0}, "deadweight"),
        ({"deadweight": [0, 0.3], "attribution": 0, "duration": 2}, "deadweight"),
        ({"deadweight": 0, "attribution": 0.3}, "attribution"),
        ({"deadweight": 0, "attribution": None, "contribution": 0.7}, "attribution"),
    ],
)
def test_what_a_comparison_removed_is_not_deducted_again(design, fields, deduction):
    (said,) = told(design=design, **fields)
    assert f"“Less lonely” (outcomes.change.{deduction})" in said
    assert f"design {design}" in said
    assert "30%" in said


@pytest.mark.parametrize("design", [None, "none", "before_after", "comparison"])
def test_other_designs_and_no_deductions_are_told_nothing(design):
    none = 0 if design == "comparison" else 0.3
    assert not told(design=design, deadweight=none, attribution=none, displacement=0.2)


def test_both_are_told_apart():
    assert len(told(design="randomised", deadweight=0.3, attribution=0.2)) == 2


def test_a_design_is_one_of_four():
    with pytest.raises(sroi.DocumentError, match="design"):
        study({"outcomes.change.design": "matched"})
