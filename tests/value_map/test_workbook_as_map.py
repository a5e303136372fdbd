"""The value map of the workbook with live formulas is a Value Map too, and is read as one."""

import pytest
from maps import ROOT

import sroi

pytest.importorskip("xlsxwriter", reason="the workbook of a report is written with XlsxWriter")


@pytest.fixture
def read(tmp_path):
    """Writes a study's workbook and reads its value map under the study's own method."""

    def back(study):
        sroi.report(study, tmp_path / "study.xlsx", draws=50)
        return sroi.import_value_map(tmp_path / "study.xlsx", kind=study.kind, method=study.method.profile)

    return back


def test_every_figure_of_the_lunch_club_comes_back_and_agrees(read):
    study = sroi.load(ROOT / "examples" / "lunch-club.yaml")
    result, back = sroi.evaluate(study), read(study)
    assert back.disagreements == ()
    assert back.compared > 10
    assert (back.study.title, back.study.price_year, back.study.currency, back.study.first_year) == (
        "Community lunch club",
        2024,
        "GBP",
        2024,
    )
    assert back.evaluation.present_value == pytest.approx(result.present_value, rel=1e-12)
    assert {name: entry.kind for name, entry in back.study.outcomes.items()} == {
        name: entry.kind for name, entry in study.outcomes.items()
    }


def test_cohorts_and_rates_of_outcomes_which_a_map_cannot_hold_are_what_explains_derby(read):
    study = sroi.load("local-area-coordination", borough="derby")
    back = read(study)
    again, rate = "counts the quantity again in each of 3 years", "discounts at the health rate"
    expected = {}
    for row in sroi.evaluate(study).outcomes:
        cohorts = isinstance(row.quantity, tuple) and row.present_value
        wellbeing = study.outcomes[row.outcome].discount_schedule is not None and row.present_value
        present_value = [rate] * bool(wellbeing) + [again] * bool(cohorts)
        if present_value:
            words = f"the map {'; '.join(present_value)}{' too' if len(present_value) > 1 else ''}"
            expected[f"Present value of {row.title}"] = words
    titles = tuple(f" of {row.title}" for row in study.outcomes.values())
    of_outcomes = {each.what: each.cause for each in back.disagreements if each.what.endswith(titles)}
    by_year = {what: cause for what, cause in of_outcomes.items() if what.startswith("Year ")}
    assert {what: of_outcomes[what] for what in of_outcomes.keys() - by_year.keys()} == expected
    assert set(by_year.values()) == {f"the map {again}"}
    assert {outcome.kind for outcome in back.study.outcomes.values()} == {
        outcome.kind for outcome in study.outcomes.values()
    }
