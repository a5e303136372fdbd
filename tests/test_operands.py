"""What two commands set beside each other: files, names, studies, results and records are read alike."""

import json

import pytest

import sroi
from sroi.records.operands import opened

LUNCH_CLUB = "examples/lunch-club.yaml"


@pytest.fixture
def recorded(tmp_path):
    study = sroi.load("local-area-coordination", place="derby")
    return sroi.record(sroi.evaluate(study)).write(tmp_path / "derby.json"), study


def test_a_file_a_name_a_study_and_a_result_are_read():
    study = sroi.load(LUNCH_CLUB)
    for given in (LUNCH_CLUB, study, sroi.evaluate(study)):
        assert opened(given).study == study
    assert opened("local-area-coordination", place="derby").study.place == "derby"
    assert opened(study, values={"members": 12}).study.assumptions["members"].value == 12


def test_a_record_is_the_study_with_the_packs_of_its_day(recorded):
    file, study = recorded
    found = opened(file)
    assert found.study == study
    assert list(found.packs) == ["uk", "england", "derby"] == list(opened(study).packs)
    assert opened(str(file), place="E06000015").study == study
    assert opened(sroi.record(sroi.evaluate(study))).study == study


def test_another_place_of_a_record_is_refused(recorded):
    with pytest.raises(sroi.DocumentError, match="of derby, with the packs of the day"):
        opened(recorded[0], place="york")


def test_a_record_that_was_changed_says_so(recorded):
    file, _ = recorded
    content = json.loads(file.read_text())
    content["result"]["social_return_ratio"] = 9
    file.write_text(json.dumps(content))
    assert opened(file).notes == (f"{file.name}: result was changed after the record was made",)
