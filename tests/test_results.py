"""What every result can do: show itself in a line, compare, copy, and give its tables, frames and JSON."""

import copy
import dataclasses
import json
import pickle
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from helpers import outcome, small

import sroi
from sroi import results, value_map
from sroi.tables import Table
from sroi.uncertainty import variance_shares


def pert(value):
    return {"value": value, "low": 0.5 * value, "high": 1.8 * value, "grade": "B"}


def ranged():
    return sroi.Study.model_validate(
        small(
            outcomes={
                "change": outcome(value=pert(200), duration=3),
                "care": outcome(kind="resource", unit="visits", value=pert(40), wellbys=0.1),
            },
            claims={"c": {"says": "a lot", "ratio": 3, "meaning": "social_value"}},
        )
    )


def imported(exported):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.xlsx"
        path.write_bytes(exported.content)
        return dataclasses.replace(sroi.import_value_map(path), file="map.xlsx")


def priced(study):
    return sroi.change(study, {"outcomes.change.value": 7})


def made():
    """One of each result, made anew."""
    study = ranged()
    evaluation = sroi.evaluate(study)
    exported = sroi.export_value_map(study)
    return {
        "ExportedMap": exported,
        "ImportedMap": imported(exported),
        "Evaluation": evaluation,
        "Ledger": sroi.ledger(evaluation),
        "Simulation": sroi.simulate(study, draws=100),
        "Sensitivity": sroi.sensitivity(study),
        "Breakeven": sroi.breakeven(sroi.change(study, {"outcomes.change.value": None})),
        "SwitchingValues": sroi.switching_values(study),
        "Indices": sroi.sobol(study, points=64, bootstrap=10),
        "Information": sroi.value_of_information(study, draws=200),
        "Belief": sroi.what_it_takes(study, "c", draws=100),
        "Alternatives": sroi.spread(study),
        "LedgerSpread": sroi.ledger_spread(study, draws=100),
        "Verification": sroi.verify(
            sroi.record(evaluation), against=sroi.record(sroi.evaluate(priced(study)))
        ),
        "Difference": sroi.diff(study, priced(study)),
        "Simulations": sroi.simulate_many([study, priced(study)], draws=100, anyway=True),
        "Options": sroi.options(study, priced(study), anyway=True, draws=100),
        "Ranged": sroi.ranges_by_grade(sroi.Study.model_validate(small())),
    }


RESULTS, AGAIN = made(), made()
each_result = pytest.mark.parametrize("name", RESULTS)


def test_every_kind_of_result_is_tried_here():
    kinds = (getattr(results, name) for name in results.__all__)
    whole = {kind.__name__ for kind in kinds if issubclass(kind, results.Result)} - {"Result"}
    assert whole | {"ImportedMap", "ExportedMap"} == set(RESULTS)
    assert all(type(result).__name__ == name for name, result in RESULTS.items())


@each_result
def test_a_result_shows_itself_in_a_short_line(name):
    line = repr(RESULTS[name])
    assert line.startswith(f"{name}(")
    assert "\n" not in line
    assert len(line) < 200


@each_result
def test_equal_content_makes_equal_results_and_hashes(name):
    one, other = RESULTS[name], AGAIN[name]
    assert one == other
    assert hash(one) == hash(other)
    assert one != "result"
    for another, result in RESULTS.items():
        assert (one == result) == (name == another)


@each_result
def test_another_value_makes_another_result(name):
    result = RESULTS[name]
    for field in dataclasses.fields(result):
        assert dataclasses.replace(result, **{field.name: "something else"}) != result, field.name


@each_result
@pytest.mark.parametrize(
    "duplicate",
    [lambda each: pickle.loads(pickle.dumps(each)), copy.copy, copy.deepcopy],
    ids=["pickled", "copied", "deeply"],
)
def test_a_result_comes_through_a_copy(name, duplicate):
    again = duplicate(RESULTS[name])
    assert again == RESULTS[name]
    assert hash(again) == hash(RESULTS[name])
    assert again.to_json() == RESULTS[name].to_json()


@each_result
def test_json_holds_what_the_dict_holds(name):
    result = RESULTS[name]
    assert json.loads(result.to_json()) == json.loads(json.dumps(result.to_dict(), allow_nan=False))


@each_result
def test_frames_hold_rows_and_the_first_is_that_of_to_frame(name):
    result = RESULTS[name]
    first, *_ = result.frames.values()
    pd.testing.assert_frame_equal(result.to_frame(), first)
    pd.testing.assert_frame_equal(result.table, first)
    assert len(first) or name == "ImportedMap"  # of a map that agrees with its numbers
    for frame in result.frames.values():
        assert isinstance(frame, pd.DataFrame)
        assert not [cell for cell in frame.to_numpy().ravel() if isinstance(cell, list | dict)]


@each_result
def test_tables_are_text(name):
    tables = RESULTS[name].tables
    assert tables
    for table in tables:
        assert isinstance(table, Table)
        assert all(isinstance(cell, str) for row in table.rows for cell in row)
        assert all(len(row) == len(table.columns) for row in table.rows)


def held(value):
    """A value and all that it holds, however deep, but for studies and claims."""
    yield value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from held(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from held(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from held(each)


@each_result
def test_nothing_in_a_result_changes(name):
    for value in held(RESULTS[name]):
        assert not isinstance(value, list | set | np.ndarray | np.generic | pd.DataFrame)
        if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                with pytest.raises(dataclasses.FrozenInstanceError):
                    setattr(value, field.name, None)
        if isinstance(value, dict):
            for change in (lambda each: each.clear(), lambda each: each.update(x=1)):
                with pytest.raises(TypeError, match="does not change"):
                    change(value)


@each_result
def test_all_that_a_result_is_made_of_can_be_imported(name):
    kinds = {type(value) for value in held(RESULTS[name])}
    own = [kind for kind in kinds if kind.__module__.startswith(("sroi.results", "sroi.value_map"))]
    assert own
    for kind in own:
        place = results if kind.__module__.startswith("sroi.results") else value_map
        assert getattr(place, kind.__name__) is kind


def test_a_result_with_an_undefined_number_is_equal_to_its_copy():
    same = np.ones(8)
    flat = variance_shares(["a"], same, same, [same], bootstrap=3)
    assert np.isnan(flat.total[0])
    assert pickle.loads(pickle.dumps(flat)) == flat == variance_shares(["a"], same, same, [same], bootstrap=3)
    assert flat.to_dict()["indices"][0]["total"] is None
    assert np.isnan(flat.to_frame().loc["a", "total"])


def test_a_result_that_rests_on_no_range_has_empty_frames():
    study = sroi.Study.model_validate(small())
    for result in (sroi.sensitivity(study), sroi.sobol(study, points=4, bootstrap=2)):
        assert result.to_frame().empty


TAKES = {
    "ledger": sroi.ledger,
    "simulate": lambda each: sroi.simulate(each, draws=50),
    "sensitivity": sroi.sensitivity,
    "grid": lambda each: sroi.grid(each, "outcomes.change.value", "outcomes.care.value", points=3),
    "scenarios": sroi.scenarios,
    "sobol": lambda each: sroi.sobol(each, points=16, bootstrap=2),
    "switching_values": sroi.switching_values,
    "value_of_information": lambda each: sroi.value_of_information(each, draws=50),
    "what_it_takes": lambda each: sroi.what_it_takes(each, "c", draws=50),
    "ledger_spread": lambda each: sroi.ledger_spread(each, draws=50),
    "ranges_by_grade": sroi.ranges_by_grade,
}


@pytest.mark.parametrize("verb", TAKES)
def test_a_verb_takes_a_study_or_its_result(verb):
    study = ranged()
    one, other = TAKES[verb](study), TAKES[verb](sroi.evaluate(study))
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other)
    else:
        assert one == other


@pytest.mark.parametrize("verb", TAKES)
@pytest.mark.parametrize("given", ["lunch-club.yaml", {"sroi": 1}, None], ids=["path", "dict", "None"])
def test_what_is_no_study_is_answered_with_how_to_make_one(verb, given):
    with pytest.raises(sroi.DocumentError, match=rf"sroi\.{verb}: .* is not a study; .*sroi\.(load|Study)"):
        TAKES[verb](given)


def test_an_evaluation_that_is_given_is_the_one_in_the_result():
    evaluation = sroi.evaluate(ranged())
    assert sroi.simulate(evaluation, draws=50).evaluation is evaluation
    assert sroi.ledger(evaluation).evaluation is evaluation
