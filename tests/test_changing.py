"""Changing a study: the same as reading it so, and every other number keeps where it was written."""

import copy
import pickle

import pytest
from helpers import changed, outcome, small, study_of, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import documents

import sroi

LAC = "local-area-coordination"
METHODS = (
    "svi-guide",
    {"profile": "green-book", "timing": "mid"},
    sroi.MethodProfile(profile="gmca-cba", horizon=20),
)


@pytest.fixture(scope="module")
def derby():
    return sroi.load(LAC, place="derby")


def paths(node, path=""):
    """Every path of a document."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from paths(value, f"{path}.{key}".lstrip("."))
    yield path


def origins(study):
    """Where everything in a study was written."""
    return {path: study.provenance.origin(path) for path in paths(study.provenance.root)}


def same(study, expected):
    """Whether two studies say the same, from the same places, with the same results."""
    assert study == expected
    assert origins(study) == origins(expected)
    assert (study.provenance.packs, study.provenance.sha256) == (
        expected.provenance.packs,
        expected.provenance.sha256,
    )
    assert sroi.evaluate(study).to_dict() == sroi.evaluate(expected).to_dict()


VALUES = {
    "people_introduced": 1000,
    "assumptions.wellby.value": "14_000",
    "outcomes.gp_consultations.deadweight": {"value": "40%", "low": "20%", "high": "60%"},
    "outcomes.income_gained.omit": True,
    "method.timing": "mid",
    "title": "Another",
}


@settings(max_examples=25)
@given(
    st.sets(st.sampled_from(sorted(VALUES))),
    st.sampled_from((None, *METHODS)),
    st.sampled_from((None, "leeds")),
)
def test_a_change_is_what_reading_with_it_gives(chosen, method, place):
    values = {path: VALUES[path] for path in sorted(chosen)}
    read = sroi.load(LAC, place=place or "derby", values=values, method=method)
    same(sroi.change(sroi.load(LAC, place="derby"), values, method=method, place=place), read)


@given(documents(), st.sampled_from(METHODS))
def test_changes_one_after_another_are_one_change(document, method):
    first, then = {"assumptions.members": 7, "title": "First"}, {"members": "8", "inputs.core.value": [1, 2]}
    step = sroi.change(sroi.change(study_of(document), first, method=method), then)
    same(step, sroi.change(study_of(document), {**first, **then}, method=method))
    same(step, study_of(document, values={**first, **then}, method=method))


def test_a_number_that_is_not_changed_keeps_its_layer_file_and_line(derby):
    before = {number["path"]: number for number in sroi.evaluate(derby).provenance["numbers"]}
    changed_study = sroi.change(derby, {"people_introduced": 1000})
    after = {number["path"]: number for number in sroi.evaluate(changed_study).provenance["numbers"]}
    where = ("layer", "file", "line")
    moved = [
        path for path in before if [before[path][key] for key in where] != [after[path][key] for key in where]
    ]
    assert moved == ["assumptions.people_introduced"]
    assert after[moved[0]]["layer"] == "--set"


def test_another_place_lays_its_own_layers_and_keeps_what_was_set(derby):
    set_here = sroi.change(derby, {"outcomes.gp_consultations.deadweight": "40%"}, method="svi-guide")
    moved = sroi.change(set_here, {"wellby": 1}, place="Haringey")
    assert moved.place == "haringey"
    assert {"uk", "england", "haringey"} <= set(moved.provenance.packs)
    values = {"outcomes.gp_consultations.deadweight": "40%", "wellby": 1}
    same(moved, sroi.load(LAC, place="haringey", method="svi-guide", values=values))
    same(sroi.change(moved, place="derby"), sroi.change(derby, values, method="svi-guide"))


def test_another_place_is_looked_for_where_the_studys_own_was_found(tmp_path, derby):
    (tmp_path / "harbour.yaml").write_text(text_of({"sroi": 1, "pack": "harbour", "title": "Harbour"}))
    study = sroi.loads(text_of(small()), packs=[tmp_path])
    assert sroi.change(study, place="harbour").place == "harbour"
    with pytest.raises(sroi.NotFoundError, match="no place or pack harbour"):
        sroi.change(derby, place="harbour")
    assert sroi.change(study_of(small()), place="harbour", packs=[tmp_path]).place == "harbour"


def test_a_study_that_was_made_in_python_has_no_layers_to_lay_again(derby):
    made = sroi.Study.model_validate(small())
    edited = derby.model_copy(update={"title": "Edited"})
    for study in (made, edited):
        with pytest.raises(
            sroi.DocumentError, match=r"made, edited or imported in Python.*name the place to sroi.load"
        ):
            sroi.change(study, place="leeds")


def test_a_study_that_was_made_in_python_takes_numbers_and_a_method():
    made = sroi.Study.model_validate(small(assumptions={"a": {"value": 1, "low": 0, "high": 2}, "b": 3}))
    found = sroi.change(made, {"a": "5", "outcomes.change.quantity": [1, "a"]}, method="svi-guide")
    expected = small({"outcomes.change.quantity": [1, "a"]}, assumptions={"a": 5, "b": 3}, method="svi-guide")
    assert found == study_of(expected)
    layers = {number["path"]: number.get("layer") for number in sroi.evaluate(found).provenance["numbers"]}
    assert layers["outcomes.change.quantity[1]"] == layers["assumptions.a"] == "--set"
    assert layers["outcomes.change.value"] is None


def test_what_was_changed_with_model_copy_is_kept_and_the_rest_keeps_where_it_was_written(derby):
    edited = derby.model_copy(update={"title": "Edited"})
    found = sroi.change(edited, {"people_introduced": 1000})
    assert found.title == "Edited"
    assert found == sroi.change(derby, {"people_introduced": 1000, "title": "Edited"})
    path = "outcomes.gp_consultations.deadweight"
    assert found.provenance.origin(path) == derby.provenance.origin(path)
    assert found.provenance.packs == derby.provenance.packs


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
def test_a_copied_study_can_be_changed_in_every_way(derby, duplicate):
    same(sroi.change(duplicate(derby), {"wellby": 1}), sroi.change(derby, {"wellby": 1}))
    same(sroi.change(duplicate(derby), place="leeds"), sroi.load(LAC, place="leeds"))


def test_the_study_itself_is_not_changed():
    study = study_of(small())
    before = sroi.dumps(study)
    sroi.change(study, {"title": "Another"}, method="svi-guide")
    assert (sroi.dumps(study), study.method.profile, study.title) == (before, "default", "Small study")


def test_a_change_without_anything_is_the_same_study(derby):
    same(sroi.change(derby), derby)


def test_values_may_be_models(derby):
    estimate = sroi.Estimate(value="14_000", low=10_000, high=20_000)
    found = sroi.change(
        derby, {"wellby": estimate, "outcomes.gp_consultations.deadweight": sroi.Deadweight(value=0.4)}
    )
    assert found.assumptions["wellby"] == estimate
    again = sroi.change(found, {"assumptions.wellby.high": 30_000})
    assert (again.assumptions["wellby"].low, again.assumptions["wellby"].high) == (10_000, 30_000)
    whole = sroi.change(study_of(small()), {"outcomes.change": sroi.Outcome(**outcome(quantity=3))})
    assert whole == study_of(small({"outcomes.change": outcome(quantity=3)}))


@pytest.mark.parametrize("method", METHODS)
def test_a_method_is_a_name_a_mapping_or_a_profile(method):
    study = study_of(small())
    assert sroi.change(study, method=method).method == sroi.MethodProfile.model_validate(method)
    assert sroi.change(sroi.Study.model_validate(small()), method=method) == sroi.change(study, method=method)


def test_a_method_of_ones_own_is_kept_under_its_name():
    own = sroi.MethodProfile(**{**dict(sroi.PROFILES["default"]), "profile": "ours", "deductions": "added"})
    study = sroi.change(study_of(small()), method=own)
    assert (study.method, study.method.called) == (own, "ours")
    assert sroi.change(study, {"method.timing": "end"}).method.input_timing == "end"
    assert sroi.loads(sroi.dumps(study)) == study


def test_a_result_is_taken_for_its_study(derby):
    same(sroi.change(sroi.evaluate(derby), {"wellby": 1}), sroi.change(derby, {"wellby": 1}))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (({"wellbee": 1},), r"--set wellbee: there is no assumption wellbee; did you mean wellby\?"),
        (({"place": "leeds"},), "--set place: .*name it with place="),
        (({"borough": "leeds"},), "--set borough: .*name it with place="),
        (({"wellby": "["},), "--set wellby:1:8: .* not closed"),
        (({"outcomes.gp_consultations.deadweight": 2},), "gp_consultations.deadweight: 2 is not a share"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_where_it_stands(derby, arguments, message):
    with pytest.raises(sroi.DocumentError, match=message):
        sroi.change(derby, *arguments)


def test_everything_that_is_wrong_is_said_at_once(derby):
    with pytest.raises(sroi.DocumentError) as error:
        sroi.change(derby, {"wellbee": 1, "outcomes.nobody.value": 2, "wellby": "["})
    assert [problem.path for problem in error.value.problems] == ["wellbee", "outcomes.nobody.value", ""]


@pytest.mark.parametrize("make", [sroi.change, lambda _, **more: sroi.loads(text_of(small()), **more)])
def test_a_place_has_two_names_and_one_is_given(make):
    assert make(study_of(small()), borough="derby") == make(study_of(small()), place="derby")
    with pytest.raises(sroi.DocumentError, match="place and borough are both given"):
        make(study_of(small()), borough="derby", place="derby")


# ── A place in a file
# ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_names_its_place_by_either_name():
    by_place, by_borough = (study_of(small(**{key: "derby"})) for key in ("place", "borough"))
    assert by_place == by_borough
    assert by_place.place == by_place.borough == "derby"
    assert by_place.provenance.origin("place").line == by_borough.provenance.origin("place").line > 1
    assert sroi.loads(sroi.dumps(by_borough)) == by_place
    assert sroi.evaluate(by_place).to_dict()["borough"] == "derby"


@pytest.mark.parametrize("key", ["place", "borough"])
def test_an_unknown_place_is_told_under_the_name_that_the_file_has(key):
    with pytest.raises(sroi.DocumentError, match=f"{key}: there is no place or pack derbee") as error:
        study_of(small(**{key: "derbee"}))
    assert error.value.problems[0].path == key


def test_a_file_names_its_place_once():
    with pytest.raises(
        sroi.DocumentError, match="place and borough are both given; write one of them"
    ) as error:
        study_of(small(place="derby", borough="derby"))
    assert error.value.problems[0].path == "borough"
    assert error.value.problems[0].line > 1


@pytest.mark.parametrize("own", ["place", "borough"])
@pytest.mark.parametrize("inherited", ["place", "borough"])
def test_a_study_names_its_place_over_the_one_of_its_intervention(tmp_path, own, inherited):
    (tmp_path / "club.yaml").write_text(text_of(small(id="club", **{inherited: "leeds"})))
    study = sroi.loads(text_of(small(intervention="club", **{own: "derby"})), packs=[tmp_path])
    assert (study.place, study.provenance.origin("place").layer) == ("derby", "study")


def test_python_names_a_place_by_either_name():
    made = [sroi.Study.model_validate(small(**{key: "derby"})) for key in ("place", "borough")]
    assert made[0] == made[1]
    with pytest.raises(sroi.DocumentError, match="place and borough are both given"):
        sroi.Study.model_validate(small(place="derby", borough="derby"))


# ── Names that go in 0.2
# ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_older_verbs_do_the_same_and_say_that_they_go():
    study = study_of(small())
    with pytest.warns(DeprecationWarning, match=r"sroi\.change\(study, values\)"):
        assert sroi.vary(study, {"title": "Another"}) == study_of(changed(small(), {"title": "Another"}))
    with pytest.warns(DeprecationWarning, match=r"sroi\.change\(study, method=method\)"):
        assert study.with_method("svi-guide") == sroi.change(study, method="svi-guide")
    with (
        pytest.warns(DeprecationWarning, match="goes in 0.2"),
        pytest.raises(sroi.DocumentError, match="known here: added-deductions"),
    ):
        study.with_method("nope")
