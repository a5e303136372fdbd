"""Every rule finds its fault where it is, and not where it is not, and the engine agrees."""

import math
import shlex

import pytest
from helpers import small, study_of
from hypothesis import given
from strategies import documents

import sroi
from sroi.checking import examples, registry
from sroi.checking.registry import RULES
from sroi.checking.texts import explained, found_in
from sroi.checking.thresholds import THRESHOLDS

TODAY = examples.DAY
OF_ONE_STUDY = sorted(registry.OF_ONE_STUDY)
TESTED = sorted(code for code, rule in RULES.items() if rule.test is not None)


@pytest.mark.parametrize("code", OF_ONE_STUDY)
def test_a_rule_finds_its_fault(code):
    rule = RULES[code]
    mine = found_in(rule, examples.example_of(code).bad)
    assert mine
    for each in mine:
        assert each.name == rule.name
        assert each.message
        assert not each.message.endswith(".")
        assert each.severity in ("error", "warning", "info")
        assert each.line > 0 or not each.file


@pytest.mark.parametrize("code", OF_ONE_STUDY)
def test_a_rule_is_silent_where_there_is_no_fault(code):
    part = examples.example_of(code).good
    examples.study_of(part)
    assert [each.message for each in found_in(RULES[code], part)] == []


@pytest.mark.parametrize("code", TESTED)
def test_the_ratio_of_a_suggestion_is_that_of_the_changed_study(code):
    study = examples.study_of(examples.example_of(code).bad)
    for each in found_in(RULES[code], examples.example_of(code).bad):
        if each.suggestion:
            words = shlex.split(each.suggestion)
            values = dict(word.split("=", 1) for word in words if word != "--set")
            expected = sroi.evaluate(sroi.change(study, values)).social_return_ratio
            assert each.ratio_if_made == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_says_what_and_why(code):
    rule = RULES[code]
    assert rule.what.endswith(".")
    assert rule.why
    assert rule.reads
    assert sroi.checking.registry.find(rule.name) is rule
    assert sroi.checking.registry.find(code.lower()) is rule


def test_names_are_unique_and_an_unknown_rule_is_answered_with_the_nearest():
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    with pytest.raises(sroi.NotFoundError, match="did you mean no-displacement"):
        sroi.check(study_of(small()), select=["no-displacment"])


def test_a_heuristic_on_words_is_off_unless_asked_for():
    study = examples.study_of(examples.example_of("SROI007").bad)
    assert "SROI007" not in {each.rule for each in sroi.check(study)}
    assert "SROI007" in {each.rule for each in sroi.check(study, select=["ALL"])}


def test_a_draft_is_warned_of_what_a_final_study_may_not_lack():
    for status, severity in (("draft", "warning"), ("final", "error")):
        (found,) = sroi.check(study_of(small(status=status)), select=["SROI010"])
        assert found.severity == severity


def test_more_people_than_the_group_is_an_error():
    people = {"title": "People", "party": "participant", "size": 240}
    study = study_of(small({"stakeholders.people": people, "outcomes.change.quantity": 12720}))
    (found,) = sroi.check(study, select=["more-than-there-are"])
    assert found.severity == "error"
    assert "12720" in found.message
    assert "240" in found.message


def test_hints_count_the_ratio_without_an_outcome():
    part = examples.example_of("SROI046").bad
    (found,) = found_in(RULES["SROI046"], part)
    without = examples.document(part)
    del without["outcomes"]["other"]
    assert found.ratio_if_made == pytest.approx(
        sroi.evaluate(study_of(without)).social_return_ratio, rel=1e-12
    )


def test_every_example_is_of_a_rule_and_every_threshold_of_some():
    assert sorted(examples.codes()) == OF_ONE_STUDY
    for name, threshold in THRESHOLDS.items():
        assert threshold.rules, name
        assert set(threshold.rules) <= set(RULES), name
        for code in threshold.rules:
            assert f"`{name}`" in explained(RULES[code])


@given(documents())
def test_every_study_that_has_a_result_can_be_checked(document):
    study = study_of(document)
    found = sroi.check(study, select=["ALL"])
    assert all(finding.ratio_if_made is None or math.isfinite(finding.ratio_if_made) for finding in found)
