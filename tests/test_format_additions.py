"""What a study may say of its own evidence: how it was followed up, who approved it, what is not material."""

import pytest
from helpers import small, study_of
from jsonschema import Draft202012Validator

import sroi
from sroi.resolution import numbers_of

SHA = "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789"
SOURCES = {"survey": {"title": "Our survey", "file_sha256": SHA}, "other": {"title": "Another"}}
SAID = {
    "followed_up": 6,
    "response_rate": "25%",
    "comparison_rate": {"value": 0.1, "low": 0.05, "high": 0.2},
    "material": False,
    "reason": "three people",
    "source": "survey",
    "rationale": "asked of every member",
}
VALUE = {"value": 200, "method": "wellbeing", "source": "other"}


def whole():
    changes = {f"outcomes.change.{name}": value for name, value in SAID.items()}
    return small({**changes, "outcomes.change.value": VALUE, "approver": "The board", "sources": SOURCES})


def test_all_of_it_is_read_written_and_within_the_schema():
    study = study_of(whole())
    outcome = study.outcomes["change"]
    assert outcome.response_rate.value == 0.25
    assert (study.approver, outcome.material, outcome.reason) == ("The board", False, "three people")
    assert outcome.value.method == "wellbeing"
    assert study.sources["survey"].file_sha256 == SHA.lower()
    assert sroi.loads(sroi.dumps(study)) == study
    assert not list(Draft202012Validator(sroi.json_schema("study")).iter_errors(whole()))


def test_it_moves_no_figure():
    with_it, without = sroi.evaluate(study_of(whole())), sroi.evaluate(study_of(small()))
    plain = study_of(small({"outcomes.change.value": 200}))
    assert with_it.present_value == sroi.evaluate(plain).present_value
    assert without.investment == with_it.investment


def test_the_source_of_an_outcome_is_that_of_its_numbers_that_name_none():
    numbers = numbers_of(study_of(whole()))
    assert numbers["outcomes.change.quantity"].source == "survey"
    assert numbers["outcomes.change.quantity"].rationale == "asked of every member"
    assert numbers["outcomes.change.value"].source == "other"
    assert numbers["outcomes.change.quantity"].basis == "sourced"


@pytest.mark.parametrize("section", ["outcomes.change", "inputs.grant"])
def test_a_number_that_was_set_over_them_has_not_their_source(section):
    number = f"{section}.value"
    text = small({f"{section}.source": "survey", "sources": SOURCES})
    study = study_of(text)
    assert numbers_of(study)[number].source == "survey"
    assert numbers_of(sroi.change(study, {number: 77}))[number].source is None


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("outcomes.change.response_rate", 25, "response_rate"),
        ("outcomes.change.comparison_rate", -0.1, "comparison_rate"),
        ("outcomes.change.followed_up", -1, "followed_up"),
        ("outcomes.change.material", "perhaps", "material"),
        ("outcomes.change.source", "nowhere", "there is no source"),
        ("outcomes.change.duration", {"value": 1, "method": "stated"}, "method"),
        ("outcomes.change.value", {"value": 1, "method": "guessed"}, "method"),
        ("sources", {"a": {"title": "A", "file_sha256": SHA[:-1]}}, "SHA-256"),
        ("sources", {"a": {"title": "A", "file_sha256": "g" + SHA[1:]}}, "SHA-256"),
    ],
)
def test_what_it_cannot_be_is_refused_where_it_stands(path, value, said):
    with pytest.raises(sroi.DocumentError) as refused:
        study_of(small({path: value}))
    assert said in str(refused.value)


def test_an_outcome_that_is_not_material_without_a_reason_is_found():
    base = {"outcomes.change.material": False, "status": "final"}
    found = {
        each.rule for each in sroi.check(study_of(small(base))).findings if each.where == "outcomes.change"
    }
    assert "SROI017" in found
    given = small({**base, "outcomes.change.reason": "three people"})
    found = {each.rule for each in sroi.check(study_of(given)).findings if each.where == "outcomes.change"}
    assert "SROI017" not in found


def test_a_report_says_it(tmp_path):
    (file,) = sroi.report(study_of(whole()), tmp_path / "report.md", draws=20)
    text = file.read_text(encoding="utf-8")
    for words in ("The board", "Not material: three people", "25%", "10%"):
        assert words in text
