"""Of the published cases the check finds what is at fault in their sources, and else what is explained."""

from pathlib import Path

import pytest
import yaml
from helpers import study_of

import sroi
from docs.generate.remaining import explained
from sroi.checking.examples import DAY

FOLDER = Path(__file__).parents[1] / "published"
CASES = {
    case["case"]: case
    for case in (yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.yaml")))
}
SAID = yaml.safe_load(Path(__file__).with_name("published.yaml").read_text(encoding="utf-8"))
FAULTS, EXPLAINED = SAID["faults"], explained(SAID["explained"])


@pytest.fixture(scope="module")
def found():
    return {
        (each.rule, name, each.where): each.severity
        for name, case in CASES.items()
        for each in sroi.check(study_of(case["study"]), select=["ALL"], today=DAY)
    }


def test_five_faults_of_the_sources_and_more_are_known():
    assert len({(each["case"], each["rule"]) for each in FAULTS}) >= 5
    assert len({each["case"] for each in FAULTS}) >= 5


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: f"{each['case']} {each['rule']}")
def test_a_fault_of_the_source_is_found(fault, found):
    assert fault["fault"]
    assert fault["page"]
    assert [where for where in fault["where"] if (fault["rule"], fault["case"], where) not in found] == []


def test_every_other_warning_is_explained(found):
    faults = {(each["rule"], each["case"], where) for each in FAULTS for where in each["where"]}
    assert [
        key
        for key, severity in found.items()
        if severity != "info" and key not in faults and not any(each.covers(*key) for each in EXPLAINED)
    ] == []


@pytest.mark.parametrize("said", EXPLAINED, ids=lambda each: f"{each.rule} {each.studies}")
def test_no_explanation_is_idle(said, found):
    assert set(said.studies) - {"*"} <= set(CASES)
    for study in said.studies:
        assert any(said.covers(*key) for key in found if study in (key[1], "*"))
