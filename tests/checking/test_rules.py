"""Every rule finds its fault where it is, and not where it is not, and the engine agrees."""

import datetime as dt
import math
import shlex

import pytest
from fixtures import FIXTURES
from helpers import small, study_of
from hypothesis import given
from strategies import documents

import sroi
from sroi.checking.registry import RULES

TODAY = dt.date(2026, 6, 1)
TESTED = sorted(code for code, rule in RULES.items() if rule.test is not None)


def checked(sections, *codes):
    study = study_of(small(**sections))
    return study, sroi.check(study, select=codes, today=TODAY)


def applied(code):
    """The rules to ask for: a waiver is unused only where its rule was asked for as well."""
    return (code, "nothing-deducted") if code == "SROI070" else (code,)


@pytest.mark.parametrize("code", TESTED)
def test_a_rule_finds_its_fault(code):
    _, found = checked(FIXTURES[code][0], *applied(code))
    mine = [each for each in found if each.rule == code]
    assert mine
    rule = RULES[code]
    for each in mine:
        assert each.name == rule.name
        assert each.message
        assert not each.message.endswith(".")
        assert each.severity in ("error", "warning", "info")
        assert each.line > 0 or not each.file


@pytest.mark.parametrize("code", TESTED)
def test_a_rule_is_silent_where_there_is_no_fault(code):
    _, found = checked(FIXTURES[code][1], *applied(code))
    assert [each.message for each in found if each.rule == code] == []


@pytest.mark.parametrize("code", TESTED)
def test_the_ratio_of_a_suggestion_is_that_of_the_changed_study(code):
    study, found = checked(FIXTURES[code][0], *applied(code))
    for each in found:
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
    study = study_of(small(**FIXTURES["SROI007"][0]))
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
    _, found = checked(FIXTURES["SROI046"][0], "SROI046")
    without = small(**FIXTURES["SROI046"][0])
    del without["outcomes"]["other"]
    assert found.findings[0].ratio_if_made == pytest.approx(
        sroi.evaluate(study_of(without)).social_return_ratio, rel=1e-12
    )


WAIVER = {
    "rule": "SROI032", "object": "outcomes.change", "reason": "a trial", "person": "A. Lee",
    "date": "2025-01-01", "expiry": "2026-12-31",
}  # fmt: skip


def test_a_waiver_covers_a_finding_until_it_expires():
    study = study_of(small(waivers=[WAIVER]))
    (found,) = sroi.check(study, select=["SROI032", "SROI070"], today=TODAY)
    assert found.waived
    assert found.to_dict()["waived"] is True
    later = sroi.check(study, select=["SROI032", "SROI070"], today=dt.date(2027, 1, 1))
    assert [(each.rule, each.waived) for each in later] == [("SROI032", False), ("SROI070", False)]


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        ({"rule": "SROI999"}, "names no rule"),
        ({"object": "outcomes.other"}, "unused"),
        ({"rule": "SROI011"}, "arithmetic"),
    ],
)
def test_a_waiver_that_does_nothing_is_a_finding(waiver, said):
    study = study_of(small(waivers=[{**WAIVER, **waiver}]))
    found = [each for each in sroi.check(study, today=TODAY) if each.rule == "SROI070"]
    assert [said in each.message for each in found] == [True]


SHIPPED = ["examples/lunch-club.yaml", "examples/many-ratios.yaml", *sroi.Library().interventions()]


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("place", ["derby", "haringey", "york"])
def test_what_is_shipped_has_no_error(name, place):
    assert sroi.check(sroi.load(name, place=place)).errors == ()


@given(documents())
def test_every_study_that_has_a_result_can_be_checked(document):
    study = study_of(document)
    found = sroi.check(study, select=["ALL"])
    assert all(finding.ratio_if_made is None or math.isfinite(finding.ratio_if_made) for finding in found)
