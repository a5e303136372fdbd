"""Waivers: printed with who, why and until when; they expire, and never cover arithmetic."""

import datetime as dt
import json

import pytest
from helpers import outcome, small, study_of, text_of
from typer.testing import CliRunner

import sroi
from sroi.checking.registry import RULES
from sroi.cli import app

TODAY = dt.date(2026, 6, 1)
WAIVER = {
    "rule": "SROI032", "object": "outcomes.change", "reason": "the gain of a trial", "person": "A. Lee",
    "date": "2025-01-01", "expiry": "2090-12-31",
}  # fmt: skip


def checked(waiver, today=TODAY, **sections):
    return sroi.check(study_of(small(waivers=[{**WAIVER, **waiver}], **sections)), today=today)


def of(found, rule):
    return [each for each in found if each.rule == rule]


@pytest.mark.parametrize("form", ["text", "json", "markdown", "sarif"])
def test_a_waived_finding_is_printed_with_its_waiver(tmp_path, form):
    file = tmp_path / "study.yaml"
    file.write_text(text_of(small(waivers=[WAIVER])), encoding="utf-8")
    more = ["--waived"] if form == "sarif" else []
    said = CliRunner().invoke(app, ["check", str(file), "--format", form, *more]).stdout
    assert "2090-12-31" in said
    if form == "json":
        (each,) = (each for each in json.loads(said)["findings"] if each["rule"] == "SROI032")
        assert each["waived"]
        assert each["waiver"] == {
            key: WAIVER[key] for key in ("rule", "object", "reason", "person", "date", "expiry")
        }
    else:
        assert "A. Lee" in said
        assert "the gain of a trial" in said


@pytest.mark.parametrize(("today", "waived"), [("2090-12-31", True), ("2091-01-01", False)])
def test_a_waiver_holds_to_its_last_day(today, waived):
    found = checked({}, dt.date.fromisoformat(today))
    assert [each.waived for each in of(found, "SROI032")] == [waived]
    assert ["expired on 2090-12-31" in each.message for each in of(found, "SROI070")] == (
        [] if waived else [True]
    )


def test_a_waiver_for_a_whole_year_or_month_holds_to_its_end():
    assert not of(checked({"expiry": "2026"}), "SROI070")
    assert not of(checked({"expiry": "2026-06"}), "SROI070")
    assert of(checked({"expiry": "2026-05"}), "SROI070")


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        ({"rule": "SROI999"}, "names no rule"),
        ({"rule": "no-displacment"}, "names no rule"),
        ({"object": "outcomes.other"}, "unused"),
        ({"rule": "SROI036"}, "unused"),
    ],
)
def test_a_waiver_that_covers_nothing_is_a_finding(waiver, said):
    (told,) = of(checked(waiver), "SROI070")
    assert said in told.message
    assert told.where == "waivers[0]"
    assert told.severity == "warning"


def test_an_unknown_rule_is_answered_with_the_nearest():
    (told,) = of(checked({"rule": "no-displacment"}), "SROI070")
    assert "no-displacement" in told.message


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.arithmetic])
def test_a_waiver_of_arithmetic_is_refused_and_an_error(code):
    (told,) = of(checked({"rule": code, "object": "outcomes"}), "SROI070")
    assert told.severity == "error"
    assert "arithmetic" in told.message


def test_more_than_there_are_stays_an_error_whoever_accepts_it():
    waiver = {"rule": "more-than-there-are", "object": "outcomes"}
    found = checked(waiver, outcomes={"change": outcome(n_measured=600, n_population=240)})
    assert [(each.waived, each.severity) for each in of(found, "SROI011")] == [(False, "error")]


def test_waivers_of_waivers_are_refused():
    waivers = [{**WAIVER, "rule": "SROI999"}, {**WAIVER, "rule": "SROI070", "object": "waivers"}]
    found = sroi.check(study_of(small(waivers=waivers)), today=TODAY)
    assert not any(each.waived for each in of(found, "SROI070"))


def test_a_waiver_by_name_covers_what_lies_beneath_its_object_and_nothing_beside_it():
    waiver = {"rule": "nothing-deducted", "object": "outcomes"}
    assert all(each.waived for each in of(checked(waiver), "SROI032"))
    beside = checked(
        {"object": "outcomes.chang"}, outcomes={"change": outcome(), "chang": outcome(deadweight=0.2)}
    )
    assert not any(each.waived for each in of(beside, "SROI032"))
