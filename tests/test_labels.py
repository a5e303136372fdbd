"""What people read is called by words: titles where they are given, names written as usual elsewhere."""

from __future__ import annotations

import pytest

import sroi
from sroi.labels import formula_in_words, path_label, payer_label, unit_label
from sroi.words import readable
from tests.helpers import outcome, small

TITLED = small(
    {
        "outcomes.gp_visits": outcome(
            stakeholder="local_nhs",
            kind="resource",
            unit="gp_visits",
            deadweight={"value": 0.1, "title": "Anyway"},
        ),
        "stakeholders.local_nhs": {"title": "Health services", "party": "state", "payer": "nhs_trust"},
    },
    assumptions={"nhs_share": {"value": 0.5, "title": "Part paid by the trust"}, "lac_share": 0.2},
    payers={"nhs_trust": {"title": "The hospital trust"}},
    units={"gp_visits": {"title": "visits to a doctor"}},
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nhs_share", "NHS share"),
        ("gp_visits", "GP visits"),
        ("lac_wellby_gain", "LAC WELLBY gain"),
        ("cost_2019_20", "Cost 2019-20"),
        ("cost_2019_25", "Cost 2019 25"),
        ("central government", "Central government"),
        ("council", "Council"),
        ("ae_attendance", "A&E attendance"),
        ("GMCA", "GMCA"),
    ],
)
def test_a_name_without_a_title_is_written_as_a_person_would(name, words):
    assert readable(name) == words


def test_titles_are_what_numbers_payers_and_units_are_called():
    study = sroi.Study.model_validate(TITLED)
    assert (
        path_label(study, "assumptions.nhs_share")
        == path_label(study, "nhs_share")
        == "Part paid by the trust"
    )
    assert path_label(study, "assumptions.lac_share") == "LAC share"
    assert path_label(study, "outcomes.gp_visits.deadweight") == "Anyway"
    assert path_label(study, "outcomes.gp_visits.drop_off") == "GP visits: drop-off"
    assert payer_label(study, "nhs_trust") == "The hospital trust"
    assert unit_label(study, "gp_visits") == "visits to a doctor"
    assert (
        formula_in_words(study, "nhs_share * max(lac_share, 1)")
        == "Part paid by the trust × max(LAC share, 1)"
    )


def test_a_long_title_is_cut_and_the_field_stays():
    study = sroi.Study.model_validate(small({"outcomes.change.title": "People are less alone " * 4}))
    assert path_label(study, "outcomes.change.deadweight", most=36) == "People are less alone…: deadweight"
    assert len(path_label(study, "outcomes.change.displacement_outside", most=36)) <= 36


def test_titles_survive_being_written_and_read():
    study = sroi.Study.model_validate(TITLED)
    again = sroi.loads(sroi.dumps(study))
    assert again == study
    assert again.payers["nhs_trust"].title == "The hospital trust"
    assert again.assumptions["nhs_share"].title == "Part paid by the trust"


def test_a_value_that_is_set_keeps_the_title():
    for path, value in {"assumptions.nhs_share.value": 0.4, "nhs_share": "40%"}.items():
        changed = sroi.change(sroi.Study.model_validate(TITLED), {path: value})
        assert sroi.evaluate(changed).study.assumptions["nhs_share"].value == 0.4
        assert path_label(changed, "nhs_share") == "Part paid by the trust"


def test_a_title_for_what_the_study_does_not_name_is_told_of():
    document = {**TITLED, "payers": {**TITLED["payers"], "nhss": {"title": "Nobody"}}}
    told = sroi.evaluate(sroi.Study.model_validate(document)).warnings
    assert [said for said in told if "title" in said] == [
        "a title is given to payers.nhss, which the study does not name"
    ]


def test_a_title_that_is_missing_is_refused_where_it_stands():
    with pytest.raises(sroi.DocumentError, match=r"payers\.nhs_trust: title is missing"):
        sroi.Study.model_validate({**TITLED, "payers": {"nhs_trust": {}}})


def test_a_ledger_calls_payers_and_units_by_their_titles():
    books = sroi.ledger(sroi.Study.model_validate(TITLED))
    words = "\n".join(table.to_markdown() for table in books.tables)
    assert "The hospital trust" in words
    assert "visits to a doctor" in words
    assert "nhs" not in words
    assert "nhs_trust" in books.payers
