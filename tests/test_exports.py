"""The public names: that all are there and described, and that nothing of them changes."""

import copy
import dataclasses
import inspect
import json
import pickle
from pathlib import Path

import pydantic
import pytest
from helpers import outcome, result_of, small, study_of

import sroi
from sroi import model
from sroi.quantities import Bounds

ROOT = Path(__file__).parent.parent
CLASSES = [each for name in sroi.__all__ if inspect.isclass(each := getattr(sroi, name))]
MODELS = [
    getattr(model, name)
    for name in model.__all__
    if inspect.isclass(each := getattr(model, name)) and issubclass(each, pydantic.BaseModel)
] + [sroi.MethodProfile]


def test_all_that_is_public_is_in_all():
    assert dir(sroi) == sorted({*sroi.__all__, "charts", "portfolio", "results"})
    assert len(sroi.__all__) == len(set(sroi.__all__))


@pytest.mark.parametrize("name", sorted(name for name in sroi.__all__ if callable(getattr(sroi, name))))
def test_everything_public_says_what_it_is(name):
    each = getattr(sroi, name)
    assert inspect.getdoc(each)
    assert each.__module__.startswith("sroi")


@pytest.mark.parametrize("owner", CLASSES, ids=lambda each: each.__name__)
def test_every_public_method_and_property_says_what_it_gives(owner):
    own = {
        name: member
        for name, member in vars(owner).items()
        if not name.startswith("_") and (callable(member) or isinstance(member, property | classmethod))
    }
    assert not [
        name
        for name, member in own.items()
        if not inspect.isclass(member) and not inspect.getdoc(getattr(member, "__func__", member))
    ]


@pytest.mark.parametrize("each", MODELS, ids=lambda each: each.__name__)
def test_every_field_of_a_model_has_a_description_and_a_unit(each):
    assert not [
        name
        for name, field in each.model_fields.items()
        if not field.description or not (field.json_schema_extra or {}).get("unit")
    ]


def test_every_kind_of_number_says_its_bounds_and_its_unit():
    estimates = [each for each in MODELS if issubclass(each, sroi.Estimate)]
    assert len(estimates) > 5
    assert all(
        isinstance(each.bounds, Bounds) and each.bounds.what and each.bounds.unit for each in estimates
    )


# ── Nothing changes
# ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def study():
    return study_of(
        small(
            outcomes={
                "change": outcome(value={"value": "price * 2", "low": 1, "high": 1000}, quantity=[1, 2])
            },
            assumptions={"price": 3},
        )
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "outcomes.change",
        "outcomes.change.value",
        "inputs.grant",
        "stakeholders.people",
        "assumptions.price",
        "method",
    ],
)
def test_a_model_refuses_assignment(study, path):
    node = study
    for part in filter(None, path.split(".")):
        node = node[part] if isinstance(node, dict) else getattr(node, part)
    for name in type(node).model_fields:
        with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot assign to field '{name}'"):
            setattr(node, name, None)
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(node, name)


@pytest.mark.parametrize(
    "section", ["assumptions", "stakeholders", "inputs", "outcomes", "sources", "claims", "scenarios"]
)
def test_a_models_mapping_refuses_change(study, section):
    for change in (
        "__setitem__",
        "__delitem__",
        "__ior__",
        "update",
        "setdefault",
        "pop",
        "popitem",
        "clear",
    ):
        with pytest.raises(TypeError, match="does not change"):
            getattr(getattr(study, section), change)("x", 1)


def test_a_result_refuses_assignment():
    result = result_of(small())
    for owner in (result, *result.outcomes, *result.inputs):
        for field in dataclasses.fields(owner):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(owner, field.name, None)


def test_what_a_result_hands_out_is_a_copy():
    result = result_of(small())
    before = copy.deepcopy(result.to_dict())
    result.to_dict()["value_map"].clear()
    result.to_dict()["by_stakeholder"]["people"].clear()
    result.by_stakeholder["people"]["present_value"] = -1
    for table in (result.value_map, result.inputs_table, result.by_year):
        table.loc[:, table.columns[-1]] = 0
    result.provenance["packs"]["x"] = "y"
    assert result.to_dict() == before


def test_the_profiles_refuse_assignment():
    with pytest.raises(dataclasses.FrozenInstanceError):
        sroi.PROFILES["default"].timing = "end"
    with pytest.raises(TypeError):
        sroi.PROFILES["default"] = sroi.PROFILES["svi-guide"]


def test_a_problem_refuses_assignment():
    with pytest.raises(dataclasses.FrozenInstanceError):
        sroi.Problem("wrong").message = "right"


# ── Copies
# ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "duplicate",
    [lambda each: pickle.loads(pickle.dumps(each)), copy.copy, copy.deepcopy],
    ids=["pickled", "copied", "deeply"],
)
def test_a_study_comes_through_a_copy(study, duplicate):
    again = duplicate(study)
    assert again == study
    assert sroi.evaluate(again).to_dict() == sroi.evaluate(study).to_dict()
    with pytest.raises(TypeError, match="does not change"):
        again.outcomes.clear()


def test_a_shipped_study_comes_through_a_pickle():
    study = sroi.load("local-area-coordination", borough="derby")
    again = pickle.loads(pickle.dumps(study))
    assert again == study
    assert sroi.evaluate(again).to_dict() == sroi.evaluate(study).to_dict()


def test_a_result_comes_through_a_pickle():
    result = result_of(small())
    assert pickle.loads(pickle.dumps(result)).to_dict() == result.to_dict()


def test_a_study_is_equal_to_what_says_the_same_and_to_nothing_else(study):
    assert study == sroi.Study.model_validate(
        json.loads(json.dumps(study.model_dump(mode="json", by_alias=True)))
    )
    assert study != study_of(small())
    assert study != "study"


def test_a_study_can_be_the_key_of_a_mapping(study):
    again = sroi.Study.model_validate(study.model_dump(mode="json", by_alias=True))
    assert {study: 1}[again] == 1
    assert len({study, again, study_of(small()), sroi.change(study, {"price": 4})}) == 3


# ── In print
# ──────────────────────────────────────────────────────────────────────────────────────────────


def models_in(node):
    """Every model in a model."""
    if isinstance(node, pydantic.BaseModel):
        yield node
        node = dict(node)
    if isinstance(node, dict):
        node = tuple(node.values())
    if isinstance(node, tuple):
        for each in node:
            yield from models_in(each)


def test_every_model_is_one_short_line():
    study = sroi.load("local-area-coordination", place="derby", values={"title": '"Two\\nlines"'})
    found = list(models_in(study))
    assert {type(each) for each in found} > {
        sroi.Study,
        sroi.Outcome,
        sroi.Source,
        sroi.Estimate,
        sroi.MethodProfile,
    }
    for each in found:
        assert "\n" not in repr(each)
        assert len(repr(each)) < 500
        assert len(str(each)) < 500
        assert isinstance(each, sroi.Estimate) or str(each) == repr(each)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (30, "30"),
        ("25%", "25%"),
        ("members * 2", "members * 2"),
        (None, "not assessed"),
        ({"value": "25%", "low": "10%", "high": "50%"}, "25% (10% to 50%)"),
        (
            {"value": 13_000, "low": 10_000, "high": 16_000, "distribution": "normal", "price_year": 2019},
            "13000 (10000 to 16000, normal, prices of 2019)",
        ),
        ({"value": "a", "sd": 2, "distribution": "normal"}, "a (standard deviation 2, normal)"),
    ],
)
def test_an_estimate_is_read_as_its_number_and_its_range(said, shown):
    assert str(sroi.Estimate.model_validate(said)) == shown


def test_a_model_shows_what_it_says(study):
    assert repr(study) == "Study('small', title='Small study', inputs=1, outcomes=1)"
    assert repr(study.outcomes["change"].deadweight) == "Deadweight(0)"
    assert (
        repr(sroi.Estimate(value="a * 2", low=1, high=3))
        == "Estimate(value=Expression(text='a * 2'), low=1.0, high=3.0)"
    )
    assert repr(sroi.PROFILES["svi-guide"]) == "MethodProfile(profile='svi-guide')"
    assert repr(sroi.MethodProfile(discount_rate="2%")).startswith(
        "MethodProfile(profile='default', discount_"
    )


def test_a_notebook_shows_a_study_in_short_and_escapes_its_words():
    many = {f"outcome_{number}": outcome(title=f"<b>Outcome {number}</b>") for number in range(30)}
    sources = {f"source-{number}": {"title": f"Source {number}"} for number in range(500)}
    study = study_of(small(title="A & B <script>", outcomes=many, sources=sources, place="derby"))
    shown = study._repr_html_()
    assert all(
        words in shown for words in ("A &amp; B &lt;script&gt;", "derby", "1 input", "30 outcomes", "Council")
    )
    assert "&lt;b&gt;Outcome 3&lt;/b&gt;" in shown
    assert "and 10 more" in shown
    assert not any(words in shown for words in ("<script>", "<b>Outcome", "Source 1", "Outcome 25"))
    assert len(shown) < 10_000


@pytest.mark.parametrize("each", MODELS, ids=lambda each: each.__name__)
def test_help_shows_every_field_of_a_model_with_its_description(each):
    assert list(inspect.signature(each).parameters) == list(each.model_fields)
    sroi.load("examples/lunch-club.yaml")
    assert list(inspect.signature(each).parameters) == list(each.model_fields)
    for name, field in each.model_fields.items():
        assert f"\n{name} : {field.json_schema_extra['unit']}\n    {field.description}" in each.__doc__


def test_what_is_inside_a_models_mapping_does_not_change_either():
    study = study_of(
        small(
            {"outcomes.change.materiality": {"relevance": {"who": ["a", "b"]}}},
            scenarios={"low": {"outcomes.change.quantity": 1}},
        )
    )
    for inside in (study.scenarios["low"], study.outcomes["change"].materiality["relevance"]):
        with pytest.raises(TypeError, match="does not change"):
            inside["x"] = 1
    with pytest.raises(AttributeError):
        study.outcomes["change"].materiality["relevance"]["who"].append("c")
    assert sroi.loads(sroi.dumps(study)) == study


def test_a_library_and_what_a_study_remembers_are_one_short_line(tmp_path):
    library = sroi.Library([tmp_path])
    study = sroi.load("local-area-coordination", place="derby", packs=library)
    assert repr(library) == f"Library([{str(tmp_path)!r}])"
    for each in (study.provenance, library.place("derby")):
        assert "\n" not in repr(each)
        assert len(repr(each)) < 1000
