"""Claims of elsewhere stand apart with place and denominator, and are set beside no result."""

from __future__ import annotations

import pytest
from helpers import small

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


def claimed(**over):
    claim = {"says": "£3 for £1", "ratio": 3, "meaning": "social_value", **over}
    return sroi.Study.model_validate(small(claims={"c": claim}))


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ("council", "the council's money"),
        ("public", "public money"),
        ("funder:big_fund", "the money of Big fund"),
    ],
)
def test_a_claim_over_the_money_of_some_is_set_beside_no_return_on_all_inputs(over, words):
    study = claimed(over=over)
    result = sroi.evaluate(study)
    assert not quotes.own_claims(study)
    assert not summary.claims_table(result).rows
    assert "£3" not in result.statement
    (row,) = summary.claims_elsewhere_table(study).rows
    assert words in row
    assert not any(
        table.title.startswith("Claims: how often") for table in sroi.simulate(study, draws=10).tables
    )


def test_a_claim_over_all_inputs_is_set_beside_the_result():
    for study in (claimed(), claimed(over="all")):
        assert summary.claims_table(sroi.evaluate(study)).rows
        assert not summary.claims_elsewhere_table(study).rows
        assert sroi.loads(sroi.dumps(study)) == study


def test_a_denominator_that_is_none_is_refused():
    with pytest.raises(sroi.DocumentError, match=r"c\.over: everybody says of nobody's money; write"):
        claimed(over="everybody")
