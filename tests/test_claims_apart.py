"""Claims of elsewhere stand apart with place and denominator, and are set beside no result."""

from __future__ import annotations

import pytest
from helpers import outcome, small, study_of

import sroi
from sroi.catalogue.claims import claims
from sroi.results import quotes, summary


def listed(place):
    return claims(sroi.Library(), place)


def test_a_claim_of_elsewhere_is_set_beside_nothing_and_stands_under_a_heading_of_its_own():
    found = listed("derby")
    own, elsewhere = found.tables
    assert {row[0] for row in own.rows} == {"derby"}
    assert elsewhere.title == "Claims made elsewhere"
    assert elsewhere.headings[0] == "Place"
    assert "Over whose money" in elsewhere.headings
    assert {"United Kingdom", "no one place"} <= {row[0] for row in elsewhere.rows}
    assert not any("model" in entry for entry in found.entries if entry["place"] != "derby")
    assert any("model" in entry for entry in found.entries if entry["place"] == "derby")


@pytest.mark.parametrize("place", ["derby", None])
def test_a_claim_without_a_ratio_is_set_beside_nothing(place):
    without = [entry for entry in listed(place).entries if entry.get("ratio") is None]
    assert without
    assert not any("model" in entry for entry in without)


def claimed(meaning="social_value", ratio=3, **over):
    """A study of 4,000 put in: cash of the council 1,000, of a fund 2,500; 500 of the NHS in kind."""
    claim = {"says": "£3 for £1", "ratio": ratio, "meaning": meaning, **over}
    document = small(
        claims={"c": {key: value for key, value in claim.items() if value is not None}},
        stakeholders={
            "people": {"title": "People", "party": "participant"},
            "council": {"title": "Council", "party": "state", "payer": "council"},
            "hospital": {"title": "Hospital", "party": "state", "payer": "nhs"},
            "big_fund": {"title": "Big fund", "party": "community"},
        },
        inputs={
            "grant": {"stakeholder": "council", "kind": "cash", "value": 1000},
            "rooms": {"stakeholder": "hospital", "kind": "in_kind", "value": 500},
            "gift": {"stakeholder": "big_fund", "kind": "cash", "value": 2500},
        },
        outcomes={
            "change": outcome(kind="wellbeing", value=600),
            "less_care": outcome(stakeholder="hospital", value=300),
        },
    )
    return study_of(document)


OVER = {
    None: 4000,
    "all": 4000,
    "public": 1500,
    "council": 1000,
    "cash": 3500,
    "funder:big_fund": 2500,
    "funder: hospital": 500,
    "funder:nhs": 500,
}


@pytest.mark.parametrize(("over", "put_in"), OVER.items())
def test_a_claim_is_set_beside_the_return_over_the_same_money(over, put_in):
    (row,) = sroi.evaluate(claimed(over=over)).to_dict()["claims"]
    assert row["over"] == (over or "all")
    assert row["social_value"] == pytest.approx(9000 / put_in)
    assert row["savings"] == pytest.approx(3000 / put_in)


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ("council", "the council's money"),
        ("public", "public money"),
        ("funder:big_fund", "the money of Big fund"),
    ],
)
def test_a_claim_over_the_money_of_some_is_in_no_sentence_on_all_inputs(over, words):
    study = claimed(over=over)
    result = sroi.evaluate(study)
    assert not quotes.own_claims(study)
    assert "£3" not in result.statement
    table = summary.claims_table(result)
    (row,) = table.rows
    assert words in row
    assert table.headings[-1] == "This result over the same"
    assert not summary.claims_elsewhere_table(study).rows
    drawn = sroi.simulate(study, draws=10)
    assert not any(each.title.startswith("Claims: how often") for each in drawn.tables)
    assert not drawn.claims


def test_a_claim_that_may_be_either_is_set_beside_both_readings():
    study = claimed("unclear")
    (row,) = summary.claims_table(sroi.evaluate(study)).rows
    assert row[-1] == "2.25 as social value, 0.75 as savings"
    drawn = sroi.simulate(study, draws=10)
    (reached,) = (each.rows[0][-1] for each in drawn.tables if each.title.startswith("Claims: how often"))
    assert "as social value" in reached
    assert "as savings" in reached
    assert drawn.to_dict()["claims_as_savings"] == {"c": 0.0}


@pytest.mark.parametrize(("meaning", "figure"), [("savings", "0.75"), ("social_value", "2.25")])
def test_a_claim_of_one_meaning_is_set_beside_that_reading_alone(meaning, figure):
    (row,) = summary.claims_table(sroi.evaluate(claimed(meaning))).rows
    assert row[-1] == figure


def test_a_claim_without_a_ratio_is_set_beside_no_return():
    result = sroi.evaluate(claimed(ratio=None))
    (row,) = result.to_dict()["claims"]
    assert row["social_value"] is row["savings"] is None
    assert summary.claims_table(result).rows[0][-1] == ""


def test_money_that_nobody_puts_in_gives_no_return():
    study = study_of(small(claims={"c": {"says": "x", "ratio": 2, "meaning": "savings", "over": "council"}}))
    nothing = study.model_copy(
        update={"stakeholders": {**study.stakeholders, "council": study.stakeholders["people"]}}
    )
    result = sroi.evaluate(nothing)
    assert result.to_dict()["claims"][0]["savings"] is None
    assert summary.claims_table(result).rows[0][-1] == "none put in"
    with pytest.raises(sroi.UndefinedResultError, match="nothing is put in that the claim c is over"):
        sroi.what_it_takes(nothing, "c", draws=10)


def test_what_it_takes_is_asked_of_the_same_money():
    found = sroi.what_it_takes(claimed(over="council", ratio=12), "c", draws=10)
    assert found.central == pytest.approx(9)
    (value,) = (each for each in found.switching.numbers if each.number == "outcomes.change.value")
    assert value.value == pytest.approx(900)
    assert found.probability == 0


def test_a_funder_that_there_is_not_is_refused():
    with pytest.raises(
        sroi.DocumentError,
        match=r"c\.over: there is no stakeholder or payer big_found; did you mean big_fund",
    ):
        claimed(over="funder:big_found")


def test_a_claim_over_all_inputs_is_set_beside_the_result():
    for study in (claimed(), claimed(over="all")):
        assert summary.claims_table(sroi.evaluate(study)).rows
        assert not summary.claims_elsewhere_table(study).rows
        assert sroi.loads(sroi.dumps(study)) == study


def test_a_denominator_that_is_none_is_refused():
    with pytest.raises(sroi.DocumentError, match=r"c\.over: everybody says of nobody's money; write"):
        claimed(over="everybody")
