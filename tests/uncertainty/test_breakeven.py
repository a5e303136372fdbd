"""A number that is not assessed is solved for: against comparable evidence, in pairs, or listed."""

import json

import pytest
from helpers import outcome, small, study_of, text_of
from ranged import over, study
from typer.testing import CliRunner

import sroi
from sroi.cli import app

NOT_MEASURED = {"rationale": "nobody measured it"}


def unknown(low=None, high=None, **fields):
    """A number that nobody assessed, with what comparable evidence shows of it where there is any."""
    shows = {} if low is None else {"low": low, "high": high}
    return {"value": None, **shows, **NOT_MEASURED, **fields}


def with_gain(gain, **sections):
    """10 people × gain × 200 for 1,000: it returns what it costs at a gain of a half."""
    assumptions = {"gain": gain, **sections.pop("assumptions", {})}
    return study({"outcomes.change.value": "gain * 200"}, assumptions=assumptions, **sections)


def the_one(chosen, target=1.0):
    (found,) = sroi.breakeven(chosen, target).unknown
    return found


@pytest.mark.parametrize(
    ("gain", "within", "words"),
    [
        (unknown(0, 1), True, "comparable evidence shows 0 to 1: within."),
        (unknown(0.6, 1), False, "shows 0.6 to 1: all of it is enough."),
        (unknown(0, 0.3), False, "shows 0 to 0.3: none of it is enough."),
        (unknown(), None, "no range of comparable evidence is written beside it."),
        (None, None, "no range of comparable evidence is written beside it."),
    ],
)
def test_one_number_is_solved_for(gain, within, words):
    found = the_one(with_gain(gain))
    assert (found.number, found.within, found.rises) == ("gain", within, True)
    assert found.value == pytest.approx(0.5)
    said = sroi.breakeven(with_gain(gain)).answer
    assert "Small study would return what it costs if “Gain” were at least 0.5" in said
    assert said.endswith(words)


@pytest.mark.parametrize("target", [0.5, 1.0, 3.7])
def test_put_back_it_gives_the_target(target):
    chosen = with_gain(unknown(0, 1))
    found = the_one(chosen, target)
    assert sroi.evaluate(sroi.change(chosen, {"gain": found.value})).social_return_ratio == pytest.approx(
        target
    )


def test_whatever_stands_for_it_meanwhile():
    """The same with and without a range, curved or straight, in the prices of another year."""
    for written in ("gain * 200", "gain ** 2 * 400", "200 * gain * (gain + 1) * 2 / 3"):
        for gain in (unknown(), unknown(0, 10), unknown(0.49, 0.51)):
            chosen = study({"outcomes.change.value": written}, assumptions={"gain": gain})
            value = the_one(chosen).value
            assert sroi.evaluate(sroi.change(chosen, {"gain": value})).social_return_ratio == pytest.approx(1)
    dated = {"value": None, "low": 10, "high": 400, "price_year": 2014}
    found = the_one(study({"outcomes.change.value": dated}))
    assert found.value == pytest.approx(100)
    assert found.range[0] > 12


def test_less_of_a_deduction_is_at_most():
    found = the_one(study({"outcomes.change.deadweight": unknown(0.1, 0.3)}))
    assert (found.rises, found.within) == (False, False)
    assert found.value == pytest.approx(0.5)
    said = sroi.breakeven(study({"outcomes.change.deadweight": unknown(0.1, 0.3)})).answer
    assert "were at most 50%; comparable evidence shows 10% to 30%: all of it is enough" in said


@pytest.mark.parametrize(
    "path",
    [
        *("outcomes.change.quantity", "outcomes.change.value", "outcomes.change.duration"),
        *("outcomes.change.deadweight", "outcomes.change.attribution", "inputs.grant.value"),
    ],
)
def test_every_kind_of_number_that_is_missing(path):
    chosen = study({path: None, "outcomes.change.duration": None if path.endswith("duration") else 1})
    found = the_one(chosen)
    assert found.number == path
    again = sroi.evaluate(sroi.change(chosen, {path: found.value}))
    assert again.social_return_ratio == pytest.approx(1, rel=1e-6)


def test_an_entry_of_a_list():
    chosen = study({"outcomes.change.quantity": [2, None]})
    assert the_one(chosen).number == "outcomes.change.quantity[1]"


def test_no_value_of_it_is_enough():
    chosen = study({"outcomes.change.deadweight": unknown(0.1, 0.3)})
    found = the_one(chosen, 5)
    assert (found.value, found.within) == (None, None)
    assert "There is no value of it with which Small study would give £5" in sroi.breakeven(chosen, 5).answer


CLAIMS = {
    "social": {"says": "x", "ratio": 3, "meaning": "social_value"},
    "saved": {"says": "x", "ratio": 2, "meaning": "savings", "over": "council"},
    "bare": {"says": "x", "meaning": "savings"},
}
GIVEN = {
    "grant": {"stakeholder": "council", "kind": "cash", "value": 400},
    "time": {"stakeholder": "people", "kind": "volunteer_time", "value": 600},
}


def test_a_claim_is_its_ratio_of_what_it_means_over_whose_money_it_is():
    outcomes = {
        "change": outcome(value="gain * 200", kind="wellbeing"),
        "less_care": outcome(stakeholder="council", value="gain * 20"),
    }
    chosen = study(outcomes=outcomes, inputs=GIVEN, assumptions={"gain": unknown(0, 9)}, claims=CLAIMS)
    assert the_one(chosen, "social").value == pytest.approx(3000 / 2200)
    assert the_one(chosen, "saved").value == pytest.approx(800 / 200)
    said = sroi.breakeven(chosen, "saved")
    assert "£2 of services needed less for £1 of the council's money" in said.answer
    assert said.to_dict()["over"] == "council"
    with pytest.raises(sroi.NotFoundError, match="there is no claim socal; did you mean social"):
        sroi.breakeven(chosen, "socal")
    with pytest.raises(sroi.DocumentError, match="names no ratio"):
        sroi.breakeven(chosen, "bare")


def test_with_two_there_are_pairs():
    chosen = study(
        {"outcomes.change.value": "gain * 200", "outcomes.change.quantity": "changed"},
        assumptions={"gain": unknown(0.2, 0.8), "changed": unknown(5, 20)},
    )
    found = sroi.breakeven(chosen)
    assert {each.number for each in found.unknown} == {"changed", "gain"}
    assert len(found.frontier.points) == 7
    for one, other in found.frontier.points:
        assert one * other == pytest.approx(5)
        put_back = {found.frontier.one: one, found.frontier.other: other}
        assert sroi.evaluate(sroi.change(chosen, put_back)).social_return_ratio == pytest.approx(1)
    assert all(each.within and each.value is None for each in found.unknown)
    assert "some lie within what comparable evidence shows of both" in found.answer
    assert found.to_dict()["frontier"]["points"][0][1] is not None


@pytest.mark.parametrize(
    ("gain", "changed"), [(unknown(), unknown()), (unknown(0, 1), None), (None, unknown(1, 9))]
)
def test_pairs_without_ranges(gain, changed):
    chosen = study(
        {"outcomes.change.value": "gain * 200", "outcomes.change.quantity": "changed"},
        assumptions={"gain": gain, "changed": changed},
    )
    found = sroi.breakeven(chosen)
    pairs = [(one, other) for one, other in found.frontier.points if other is not None]
    assert pairs
    assert all(one * other == pytest.approx(5) for one, other in pairs)
    assert [each.within for each in found.unknown] == [None, None]
    assert found.brief.tables


def test_no_pair_lies_within_both():
    chosen = study(
        {"outcomes.change.value": "gain * 200", "outcomes.change.quantity": "changed"},
        assumptions={"gain": unknown(0.1, 0.2), "changed": unknown(1, 2)},
    )
    assert {each.within for each in sroi.breakeven(chosen).unknown} == {False}


def test_with_more_they_are_listed():
    changes = {
        "outcomes.change.quantity": "a",
        "outcomes.change.value": "b",
        "outcomes.change.deadweight": "c",
    }
    found = sroi.breakeven(study(changes, assumptions=dict.fromkeys("abc")))
    assert {each.number for each in found.unknown} == {"a", "b", "c"}
    assert {each.value for each in found.unknown} == {None}
    assert found.frontier is None
    assert "3 numbers of Small study are not assessed" in found.answer
    assert len(found.tables[0].rows) == 3


def test_where_every_number_is_assessed_the_driver_is_given():
    found = sroi.breakeven(with_gain(over(0.2, 0.8, 1), assumptions={"idle": 1}), 2)
    assert not found.unknown
    assert found.driver == "gain"
    assert [each.number for each in found.known.numbers] == ["gain"]
    assert "“Gain” moves it most, and would have to be 1 for £2 (now 0.8" in found.answer
    assert found.to_dict()["numbers"][0]["value"] == pytest.approx(1)
    assert "is assessed" in sroi.breakeven(study()).answer


def test_what_is_no_number_cannot_be_solved_for():
    with pytest.raises(sroi.UndefinedResultError, match="starts"):
        sroi.breakeven(study({"outcomes.change.starts": None}))
    with pytest.raises(sroi.UndefinedResultError, match="years"):
        sroi.breakeven(study({"inputs.grant.years": "n"}, assumptions={"n": None}))
    with pytest.raises(sroi.UndefinedResultError, match="nothing is put in"):
        sroi.breakeven(study(inputs={}))


# ── A null with what is known of it
# ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("shape", [None, "uniform", "triangular", "normal", "lognormal"])
def test_a_null_with_a_range_is_not_assessed(shape):
    chosen = with_gain(unknown(0.25, 1, **({"distribution": shape} if shape else {})))
    with pytest.raises(sroi.UndefinedResultError, match=r"gain: not assessed.*sroi breakeven"):
        sroi.evaluate(chosen)
    assert sroi.loads(sroi.dumps(chosen)) == chosen
    assert the_one(chosen).value == pytest.approx(0.5)


def test_a_chance_that_nobody_knows():
    found = the_one(with_gain({"value": None, "distribution": "bernoulli", **NOT_MEASURED}))
    assert (found.range, found.value, found.within) == ((0, 1), pytest.approx(0.5), True)


def test_a_normal_by_its_ends_alone_is_assessed_still():
    chosen = with_gain({"low": 0.25, "high": 0.75, "distribution": "normal", **NOT_MEASURED})
    assert sroi.evaluate(chosen).social_return_ratio == pytest.approx(1)


# ── The command
# ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "shed.json"
    path.write_text(
        text_of(small({"outcomes.change.value": unknown(0, 400)}, claims=CLAIMS)), encoding="utf-8"
    )
    return str(path)


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def test_the_command(written):
    done = run("breakeven", written, "--format", "json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["target"] == 1
    (one,) = found["unknown"]
    assert {"number", "value", "range", "within"} <= one.keys()
    assert (one["value"], one["range"], one["within"]) == (pytest.approx(100), [0, 400], True)
    assert (
        json.loads(run("breakeven", written, "--target", "social", "--format", "json").stdout)["target"] == 3
    )
    assert "would return what it costs" in run("breakeven", written).stdout
    for output in ("csv", "markdown"):
        assert "100" in run("breakeven", written, "--format", output).stdout


def test_evaluate_names_the_command(written):
    done = run("evaluate", written)
    assert done.exit_code == 1
    assert "sroi breakeven" in done.stderr
    assert not done.stdout
    assert run("breakeven", written, "--target", "nobody").exit_code == 2
    assert run("breakeven", written, "--target", "nan").exit_code == 2


def test_a_study_made_in_python_too():
    chosen = sroi.Study.model_validate(small({"outcomes.change.value": None}))
    assert the_one(chosen).value == pytest.approx(100)
    assert sroi.breakeven(study_of(small())).known is not None
