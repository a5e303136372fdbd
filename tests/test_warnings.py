"""Warnings: text for people, an id that stays and data for programs."""

import ast
import copy
import json
import pickle
from pathlib import Path

import pytest
from helpers import outcome, small, study_of

import sroi
from sroi.evaluation.doubts import _IDS
from sroi.warned import WARNINGS, ResultWarning

SOURCE = Path(sroi.__file__).parent
IDLE = small(outcomes={"change": outcome(quantity=-1, kind=None), "gift": outcome(kind="transfer")})
RESULTS = {
    "evaluation": sroi.evaluate,
    "ledger": sroi.ledger,
    "simulation": lambda study: sroi.simulate(study, draws=10),
    "indices": lambda study: sroi.sobol(
        sroi.change(study, {"outcomes.gift.value": {"value": 2, "low": 1, "high": 3}}), points=8
    ),
}


def ids_used():
    """The ids that the package's code names as text of its own."""
    texts = set()
    for file in SOURCE.rglob("*.py"):
        if file.name == "warned.py":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        texts |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return texts & WARNINGS.keys()


def test_every_id_is_used_and_each_doubt_has_one():
    assert ids_used() == WARNINGS.keys()
    assert set(_IDS.values()) <= WARNINGS.keys()


@pytest.mark.parametrize("name", RESULTS)
def test_every_result_warns_with_ids_and_data(name):
    found = RESULTS[name](study_of(IDLE))
    assert found.warnings
    for warning in found.warnings:
        assert isinstance(warning, ResultWarning)
    whole = json.loads(found.to_json())
    told = whole.get("ledger", whole)["warnings"]
    assert set(found.warnings) <= {each["message"] for each in told}
    for each in told:
        assert set(each) == {"id", "message", "data"}
        assert each["id"] in WARNINGS


def test_a_warning_is_its_words_and_holds_the_numbers_in_them():
    found = {each.id: each for each in sroi.evaluate(study_of(IDLE)).warnings}
    harm = found["counts-as-harm"]
    assert str(harm) == harm.message == harm
    assert type(str(harm)) is str
    assert harm.data == {"number": "outcomes.change.quantity", "values": (-1.0,)}
    assert found["kind-not-stated"].data == {"entries": ("outcomes.change",)}
    for again in (copy.deepcopy(harm), pickle.loads(pickle.dumps(harm))):
        assert (again, again.id, again.data) == (harm, harm.id, harm.data)
    with pytest.raises(TypeError):
        harm.data["number"] = "x"


def test_an_id_that_is_listed_nowhere_is_refused():
    with pytest.raises(KeyError):
        ResultWarning("no-such-warning", "x")
