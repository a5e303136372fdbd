"""What holders keep, quantities by period with assumptions by outcome and place, as a portfolio."""

import datetime as dt

import frames
import pytest
from register import INPUT

import sroi
import sroi.portfolio

ASSUMED = {
    "outcome": "less_lonely",
    "place": None,
    "unit": "members",
    "value": 1000.0,
    "deadweight": 0.3,
    "displacement": 0.0,
    "attribution": 0.2,
    "drop_off": 0.0,
    "duration": 1.0,
    "starts": 0,
    "kind": "wellbeing",
}
COUNTED = {
    "programme": "club",
    "place": "Northton",
    "outcome": "less_lonely",
    "period_start": "2024-04-01",
    "period_end": "2025-03-31",
    "status": "actual",
    "amount": 10.0,
    "unit": "members",
}
GIVEN = [{"programme": "club", **INPUT, "amount": 5000}]
KEPT = 0.7 * 0.8


def counted(table, quantities, assumptions=(ASSUMED,), inputs=GIVEN, first_year="2024-25", **options):
    return sroi.portfolio.from_quantities(
        table(quantities), table(inputs), table(list(assumptions)), first_year=first_year, **options
    )


def worth(table, *arguments, **options):
    found = counted(table, *arguments, **options)
    assert not found.counts
    (row,) = frames.rows_of(sroi.portfolio.evaluate(found.outcomes, found.inputs))
    return row["present_value"]


@pytest.mark.parametrize("table", frames.engines())
def test_periods_of_a_year_are_added_up_and_later_ones_are_cohorts(table):
    halves = [
        {**COUNTED, "period_end": "2024-09-30"},
        {**COUNTED, "period_start": "2024-10-01"},
        {**COUNTED, "period_start": "2025-04-01", "period_end": "2026-03-31", "amount": 5.0},
    ]
    assert worth(table, halves) == pytest.approx((20 + 5 / 1.035) * 1000 * KEPT)


@pytest.mark.parametrize("table", frames.engines())
def test_a_place_s_own_assumption_comes_before_that_of_everywhere(table):
    local = {**dict.fromkeys(ASSUMED), "outcome": "less_lonely", "place": "Northton", "deadweight": 0.5}
    assert worth(table, [COUNTED], (ASSUMED, local)) == pytest.approx(10_000 * 0.5 * 0.8)
    elsewhere = {**local, "place": "Southby"}
    assert worth(table, [COUNTED], (ASSUMED, elsewhere)) == pytest.approx(10_000 * KEPT)


@pytest.mark.parametrize("table", frames.engines())
def test_every_fault_of_quantities_is_named(table):
    wrong = {
        "cumulative": ({}, {"period_end": "2024-09-30"}),
        "duplicate_key": ({}, {}),
        "no_assumptions": ({"outcome": "richer"},),
        "unit": ({"unit": "visits"},),
        "date": ({"period_start": "last spring"},),
        "outside": ({"period_start": "2023-04-01", "period_end": "2024-03-31"},),
        "period": ({"period_end": "2026-03-31"},),
        "missing": ({"amount": None},),
        "text_in_number": ({"amount": "about 10"},),
    }
    rows = [{**COUNTED, "programme": rule, **change} for rule, changes in wrong.items() for change in changes]
    found = counted(table, [COUNTED, *rows])
    assert {(row["programme"], row["rule"]) for row in frames.rows_of(found.rejected)} == {
        (rule, rule) for rule in wrong
    }
    assert [row["programme"] for row in frames.rows_of(found.outcomes)] == ["club"]


def test_dates_are_read_as_dates_and_calendar_years_as_such():
    table = frames.ENGINES["pandas"]
    dated = {**COUNTED, "period_start": dt.date(2025, 1, 1), "period_end": dt.date(2025, 12, 31)}
    assert worth(table, [dated], first_year=2024) == pytest.approx(10_000 * KEPT / 1.035)
    assert worth(table, [dated], first_year="2024-25") == pytest.approx(10_000 * KEPT)


def test_inputs_may_say_a_period_too():
    table = frames.ENGINES["pandas"]
    given = [{"programme": "club", "period_start": "2025-05-01", "amount": 5000}]
    found = counted(table, [COUNTED], inputs=given)
    (row,) = frames.rows_of(sroi.portfolio.evaluate(found.outcomes, found.inputs))
    assert row["investment"] == pytest.approx(5000 / 1.035)


def test_actual_and_forecast_are_chosen_between():
    table = frames.ENGINES["pandas"]
    both = [COUNTED, {**COUNTED, "status": "forecast", "amount": 30.0}]
    with pytest.raises(sroi.DocumentError, match="choose status=actual or status=forecast"):
        counted(table, both)
    assert worth(table, both, status="forecast") == pytest.approx(30_000 * KEPT)


def test_two_rows_of_assumptions_for_one_outcome_are_refused():
    with pytest.raises(sroi.DocumentError, match="assumptions: less_lonely has several rows"):
        counted(frames.ENGINES["pandas"], [COUNTED], (ASSUMED, ASSUMED))


def test_a_missing_column_and_a_year_that_is_none_are_named():
    table = frames.ENGINES["pandas"]
    with pytest.raises(sroi.DocumentError, match="quantities: there is no column period_start"):
        counted(table, [{name: cell for name, cell in COUNTED.items() if name != "period_start"}])
    with pytest.raises(sroi.DocumentError, match="is not a year"):
        counted(table, [COUNTED], first_year="next year")
