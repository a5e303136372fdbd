"""Counts by principle and criterion: of the rules that were applied, beside the findings and nowhere else."""

import json

import pytest
from helpers import small, study_of, text_of
from typer.testing import CliRunner

import sroi
from sroi.checking.registry import OF_ONE_STUDY, RULES
from sroi.checking.yardsticks import NO_CERTIFICATE, yardsticks
from sroi.cli import app

APART = {"SROI000"}
"""What is no question to a study: whether the file can be read."""


def test_every_rule_serves_a_principle_and_every_code_is_of_a_rule():
    for yardstick in yardsticks():
        assert {code for each in yardstick.criteria for code in each.rules} <= set(RULES)
        assert [each.number for each in yardstick.criteria] == list(range(1, len(yardstick.criteria) + 1))
    principles, krlev = yardsticks()
    assert (len(principles.criteria), len(krlev.criteria)) == (8, 12)
    assert {code for each in principles.criteria for code in each.rules} == set(RULES) - APART


def test_a_count_is_of_the_rules_applied_and_what_they_found():
    found = sroi.check(study_of(small()))
    codes = {each.rule for each in found}
    for counted, criterion in zip(found.asked, yardsticks()[0].criteria, strict=False):
        applied = {code for code in criterion.rules if RULES[code].default} & OF_ONE_STUDY
        assert (counted.rules, counted.clear) == (len(applied), len(applied - codes))
    involved, *_, responsive = found.asked[:8]
    assert (involved.rules - involved.clear, responsive.clear) == (1, 0)


@pytest.mark.parametrize("asked", [{"select": ["SROI0"]}, {"ignore": ["SROI062"]}])
def test_rules_chosen_by_hand_are_not_counted(asked):
    assert sroi.check(study_of(small()), **asked).asked == ()


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_they_stand_beneath_the_findings_in_every_form(tmp_path, form):
    file = tmp_path / "study.yaml"
    file.write_text(text_of(small()), encoding="utf-8")
    said = CliRunner().invoke(app, ["check", str(file), "--format", form]).stdout
    if form == "json":
        (study,) = json.loads(said)["studies"]
        assert [each["number"] for each in study["krlev"]] == list(range(1, 13))
        assert study["principles"][7] == {
            "yardstick": "principles", "number": 8, "title": "Be responsive", "rules": 1, "clear": 0,
        }  # fmt: skip
    else:
        assert said.index("no-decision") < said.index("Be responsive") < said.index(NO_CERTIFICATE)


@pytest.mark.parametrize("verb", [sroi.evaluate, sroi.ledger])
def test_no_result_holds_them(verb):
    said = json.dumps(verb(study_of(small())).to_dict())
    assert "Be responsive" not in said
    assert "krlev" not in said
