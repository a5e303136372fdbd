"""Discounting and price conversion against printed tables and hand arithmetic, and the shipped tables."""

import csv
import re
from pathlib import Path

import pytest
from helpers import outcome, result_of, small, study_of

import sroi
from sroi.backends import FLOATS
from sroi.discounting import factors
from sroi.formulas import discount_factors
from sroi.reference import (
    PriceIndex,
    PriceYearError,
    assumptions_folder,
    discount_rates,
    discount_schedules,
    price_index,
    read_table,
    real_income_factor,
)

DATA = Path(__file__).parent / "data"
TABLES = sorted(assumptions_folder().joinpath("reference").glob("*.csv"))
YEARLY = {"year", "financial_year"}


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def series(table, label):
    """One shipped index by year, read here and not by the engine."""
    return {
        int(row[label][:4]): float(row["index"])
        for row in rows_of(assumptions_folder() / "reference" / f"{table}.csv")
    }


def green_book(item):
    """One line of a worked table of the Green Book: its figures of years 0 to 5."""
    row = next(row for row in rows_of(DATA / "green_book_2026_test_vectors.csv") if row["item"] == item)
    return [float(row[f"year{t}"]) for t in range(6)]


def in_study_prices(value, from_year, **sections):
    """What a dated sum is in the prices of a study."""
    return (
        result_of(small({"outcomes.change.value": {"value": value, "price_year": from_year}}, **sections))
        .outcomes[0]
        .value
    )


# ── Discounting
# ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_factors_are_those_of_table_8():
    printed = green_book("Table 8: STPR discount factor")
    assert [round(factor, 4) for factor in factors("green-book-2026", None, 6, "start", 0)] == printed


def test_present_values_are_those_of_table_8():
    study = small({"outcomes.change": outcome(quantity=1, value=1000, duration=6)})
    assert [round(value) for value in result_of(study).outcomes[0].by_year_pv] == green_book(
        "Table 8: present values"
    )


@pytest.mark.parametrize(
    ("schedule", "column"),
    [
        ("green-book-2026", "df_gb2026_standard"),
        ("green-book-2026-health", "df_gb2026_health"),
        ("green-book-2022", "df_gb2022_standard"),
        ("green-book-2022-health", "df_gb2022_health"),
    ],
)
def test_factors_of_201_years_are_the_computed_ones(schedule, column):
    computed = [float(row[column]) for row in rows_of(DATA / "discount_factors_computed.csv")]
    assert len(computed) == 201
    assert factors(schedule, None, 201, "start", 0) == pytest.approx(computed, abs=5.1e-9)


@pytest.mark.parametrize(
    ("schedule", "last", "rates"),
    [("green-book-2026", 30, (0.035, 0.03)), ("green-book-2026", 75, (0.03, 0.025))],
)
def test_a_rate_discounts_the_step_into_its_year(schedule, last, rates):
    found = factors(schedule, None, last + 2, "start", 0)
    assert (found[last - 1] / found[last] - 1, found[last] / found[last + 1] - 1) == pytest.approx(rates)


def test_the_end_of_a_year_is_the_start_of_the_next():
    assert (
        factors("green-book-2026", None, 90, "end", 0) == factors("green-book-2026", None, 91, "start", 0)[1:]
    )


def test_half_a_step_takes_the_next_years_rate():
    start, mid = (factors("green-book-2026", None, 40, timing, 0) for timing in ("start", "mid"))
    assert mid == pytest.approx(
        [
            factor / (1 + rate) ** 0.5
            for factor, rate in zip(start, discount_rates("green-book-2026", 40), strict=True)
        ]
    )


def test_nothing_is_discounted_before_the_year_that_discounting_starts_from():
    assert factors(None, 0.1, 5, "start", 2) == pytest.approx((1, 1, 1, 1 / 1.1, 1 / 1.21))
    assert factors(None, 0.1, 3, "mid", 2) == pytest.approx((1, 1, 1.1**-0.5))
    assert factors(None, 0.1, 2, "start", -3) == pytest.approx((1.1**-3, 1.1**-4))
    assert factors(None, 0.1, 2, "end", 7) == (1, 1)


def test_the_factors_of_a_result_are_those_of_its_outcomes():
    result = result_of(
        small(
            {
                "outcomes.change.duration": 3,
                "method": {"discount_rate": 0.1, "timing": "end", "input_timing": "start"},
            }
        )
    )
    assert result.discount_factors == pytest.approx((1 / 1.1, 1 / 1.21, 1 / 1.331))
    assert result.inputs[0].present_value == 1000


def test_an_outcome_on_the_health_schedule_is_discounted_at_its_rate_and_the_others_are_not():
    lasting = outcome(quantity=1, value=1000, duration=3)
    row, other = result_of(
        small(
            outcomes={"health": {**lasting, "discount_schedule": "green-book-2026-health"}, "wealth": lasting}
        )
    ).outcomes
    assert row.by_year_pv == pytest.approx((1000, 1000 / 1.015, 1000 / 1.015**2))
    assert other.by_year_pv == pytest.approx((1000, 1000 / 1.035, 1000 / 1.035**2))


def test_the_health_schedule_keeps_the_timing_and_the_base_of_the_method():
    study = small(
        {"outcomes.change.discount_schedule": "green-book-2026-health", "outcomes.change.duration": 3}
    )
    study["method"] = {"timing": "mid", "discount_from": 2025}
    assert result_of(study).outcomes[0].by_year_pv == pytest.approx(
        (2000, 2000 * 1.015**-0.5, 2000 * 1.015**-1.5)
    )


def test_factors_need_one_rate_for_each_year_that_is_discounted():
    assert len(discount_factors([0.035] * 3, 3, "mid", 0, FLOATS)) == 3


# ── Prices
# ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_table_7_comes_out_of_a_deflator_of_two_per_cent():
    index = PriceIndex("inflation", {2026 + t: 1.02**t for t in range(6)}, {}, frozenset())
    deflator = [index.factor(2026 + t, 2026) for t in range(6)]
    nominal = [1000 * 1.02**t for t in range(6)]
    assert [round(cost) for cost in nominal] == green_book("Table 7: social cost nominal (2% inflation)")
    assert [round(factor, 4) for factor in deflator] == green_book("Table 7: GDP deflator factor at 2%")
    assert [cost * factor for cost, factor in zip(nominal, deflator, strict=True)] == pytest.approx(
        green_book("Table 7: social cost real")
    )


@pytest.fixture
def index():
    return PriceIndex(
        "hand index",
        calendar={2020: 50.0, 2021: 60.0},
        financial={2019: 100.0, 2020: 120.0, 2021: 160.0, 2022: 200.0},
        forecast=frozenset({2022}),
    )


@pytest.mark.parametrize(
    ("from_year", "to_year", "factor"),
    [
        (2020, 2021, 60 / 50),
        (2021, 2020, 50 / 60),
        ("2019-20", "2022-23", 200 / 100),
        (2020, 2020, 1.0),
        ("2020-21", "2020-21", 1.0),
        (2020, "2022-23", 200 / (0.25 * 100 + 0.75 * 120)),
        ("2022-23", 2020, (0.25 * 100 + 0.75 * 120) / 200),
        (2020, 2022, (0.25 * 160 + 0.75 * 200) / (0.25 * 100 + 0.75 * 120)),
        (2022, 2022, 1.0),
    ],
)
def test_prices_convert_as_by_hand(index, from_year, to_year, factor):
    assert index.factor(from_year, to_year) == pytest.approx(factor, rel=1e-15)


@pytest.mark.parametrize("year", [2019, 2023, "2018-19", "2023-24"])
def test_a_year_that_the_index_does_not_reach_is_named_with_the_years_it_does(index, year):
    with pytest.raises(PriceYearError, match=f"price year {year} is outside the hand index series") as error:
        index.factor(year, 2020)
    assert error.value.hint == 'write a year from 2020 to 2022, or from "2019-20" to "2022-23"'


@pytest.mark.parametrize(("deflator", "table"), [("gdp", "gdp_deflator"), ("cpi", "cpi")])
def test_a_study_converts_on_the_index_of_its_method(deflator, table):
    calendar, financial = (
        series(f"{table}_calendar_year", "year"),
        series(f"{table}_financial_year", "financial_year"),
    )
    assert in_study_prices(100, 2019, method={"deflator": deflator}) == pytest.approx(
        100 * calendar[2024] / calendar[2019]
    )
    study = {"method": {"deflator": deflator}, "price_year": "2023-24"}
    assert in_study_prices(100, "2019-20", **study) == pytest.approx(100 * financial[2023] / financial[2019])
    assert in_study_prices(100, 2019, **study) == pytest.approx(
        100 * financial[2023] / (0.25 * financial[2018] + 0.75 * financial[2019])
    )


def test_a_calendar_year_past_its_series_converts_on_the_financial_one():
    financial = series("gdp_deflator_financial_year", "financial_year")
    assert max(series("gdp_deflator_calendar_year", "year")) < 2027
    by_hand = (0.25 * financial[2026] + 0.75 * financial[2027]) / (
        0.25 * financial[2023] + 0.75 * financial[2024]
    )
    assert in_study_prices(100, 2024, price_year=2027) == pytest.approx(100 * by_hand)


def test_no_deflator_converts_nothing_and_says_so():
    result = result_of(
        small({"outcomes.change.value": {"value": 100, "price_year": 1950}, "method": {"deflator": "none"}})
    )
    assert result.outcomes[0].value == 100
    assert any("prices of 1950 are used as if they were of 2024" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("method", "year"),
    [
        ("default", 1950),
        ("default", 2040),
        ("default", "1954-55"),
        ({"deflator": "cpi"}, 1987),
        ({"deflator": "cpi"}, "2025-26"),
    ],
)
def test_an_unknown_price_year_is_refused(method, year):
    with pytest.raises(
        sroi.DocumentError,
        match=f"price year {year} is outside the (GDP deflator|CPI) series; write a year from",
    ):
        study_of(small({"outcomes.change.value": {"value": 100, "price_year": year}, "method": method}))


@pytest.mark.parametrize("year", [1900, 2040, "2031-32"])
def test_a_study_in_prices_of_an_unknown_year_is_refused_though_nothing_is_dated(year):
    with pytest.raises(
        sroi.DocumentError, match=f"price_year: price year {year} is outside the GDP deflator series"
    ):
        study_of(small(price_year=year))
    assert study_of(small(price_year=year, method={"deflator": "none"})).price_year == year
    assert study_of(small(price_year=year, currency="EUR")).price_year == year


def test_forecast_prices_are_flagged():
    warnings = result_of(small({"outcomes.change.value": {"value": 100, "price_year": "2027-28"}})).warnings
    assert any("prices of 2027-28 rest on a forecast of the GDP deflator" in warning for warning in warnings)


def test_nominal_money_is_deflated_from_the_year_it_passes_in():
    calendar = series("gdp_deflator_calendar_year", "year")
    study = small(
        {
            "inputs.grant": {
                "stakeholder": "council",
                "kind": "cash",
                "value": 1000,
                "years": 3,
                "prices": "nominal",
            },
            "first_year": 2020,
        }
    )
    assert result_of(study).inputs[0].by_year == pytest.approx(
        [1000 * calendar[2024] / calendar[2020 + t] for t in range(3)]
    )


def test_low_high_and_sd_move_with_the_value():
    calendar = series("gdp_deflator_calendar_year", "year")
    result = result_of(
        small({"outcomes.change.value": {"value": 100, "low": 50, "high": 150, "price_year": 2019}})
    )
    number = next(
        number for number in result.provenance["numbers"] if number["path"] == "outcomes.change.value"
    )
    assert [number[key] for key in ("low", "value", "high")] == pytest.approx(
        [amount * calendar[2024] / calendar[2019] for amount in (50, 100, 150)]
    )


def test_a_wellby_moves_with_prices_and_with_real_income_to_the_power_of_1_3():
    deflator, income = series("gdp_deflator_calendar_year", "year"), series("real_gdp_per_head", "year")
    by_hand = 13_000 * (deflator[2023] / deflator[2019]) * (income[2023] / income[2019]) ** 1.3
    wellby = {"value": 13_000, "price_year": 2019, "uprate": "wellby"}
    found = result_of(small({"outcomes.change.value": wellby}, price_year=2023)).outcomes[0].value
    assert found == pytest.approx(by_hand, rel=1e-12)
    assert found == pytest.approx(15_441, abs=1)


def test_a_wellby_of_a_financial_year_takes_three_quarters_of_its_first_calendar_year():
    income = series("real_gdp_per_head", "year")
    assert real_income_factor(2019, "2023-24") == pytest.approx(
        ((0.75 * income[2023] + 0.25 * income[2024]) / income[2019]) ** 1.3
    )


def test_a_wellby_past_the_income_series_moves_by_prices_alone_and_says_so():
    plain = in_study_prices(13_000, 2019, price_year="2029-30")
    study = small(
        {
            "outcomes.change.value": {"value": 13_000, "price_year": 2019, "uprate": "wellby"},
            "price_year": "2029-30",
        }
    )
    result = result_of(study)
    assert result.outcomes[0].value == plain
    assert any(
        "real income a head is not known from 2019 to 2029-30" in warning for warning in result.warnings
    )


def test_a_wellby_half_a_point_for_two_years_is_that_of_the_guidance():
    box = next(
        row
        for row in rows_of(DATA / "green_book_2026_test_vectors.csv")
        if row["item"].startswith("Wellbeing Box 7")
    )
    study = small(
        {
            "price_year": 2019,
            "outcomes.change": outcome(quantity=1, value="0.2 * 13_000", starts="after", duration=2),
        }
    )
    assert result_of(study).outcomes[0].by_year[1:] == (float(box["year1"]), float(box["year2"]))


# ── The shipped tables
# ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_a_shipped_table_is_whole(file):
    rows = rows_of(file)
    assert rows
    assert not [row for row in rows if None in row or None in row.values()]
    assert read_table(file.stem) == rows


@pytest.mark.parametrize(
    "file", [file for file in TABLES if YEARLY & rows_of(file)[0].keys()], ids=lambda file: file.stem
)
def test_a_yearly_table_has_every_year_once_and_in_order(file):
    label = (YEARLY & rows_of(file)[0].keys()).pop()
    written = [row[label] for row in rows_of(file)]
    years = [int(year[:4]) for year in written]
    assert years == list(range(years[0], years[-1] + 1))
    assert label == "year" or written == [f"{year}-{(year + 1) % 100:02d}" for year in years]
    assert all(float(row["index"]) > 0 for row in rows_of(file))


def test_the_steps_of_a_schedule_follow_each_other_without_a_gap():
    for schedule in discount_schedules():
        rows = [row for row in read_table("discount_schedules") if row["schedule_id"] == schedule]
        assert [int(row["year_from"]) for row in rows] == [1, *(int(row["year_to"]) + 1 for row in rows[:-1])]
        assert rows[-1]["year_to"] == ""
        assert all(0 <= float(row["rate"]) < 0.2 for row in rows)


@pytest.mark.parametrize(
    ("table", "code"), [("local_authorities", "gss_code"), ("counties_derived", "gss_code")]
)
def test_a_place_stands_in_its_table_once(table, code):
    codes = [row[code] for row in read_table(table)]
    assert len(codes) == len(set(codes))


def test_every_shipped_table_has_its_source_written_down():
    written = assumptions_folder().joinpath("reference", "SOURCES.md").read_text(encoding="utf-8")
    assert not [file.name for file in TABLES if f"`{file.name}`" not in written]


@pytest.mark.parametrize("deflator", ["gdp", "cpi"])
def test_the_years_that_a_hint_names_convert(deflator):
    index = price_index(deflator)
    named = re.fullmatch(r'from (\d+) to (\d+), or from "(\d+-\d+)" to "(\d+-\d+)"', index.covered)
    assert index.factor(int(named[1]), int(named[2])) > 0
    assert index.factor(named[3], named[4]) > 0


@pytest.mark.parametrize("deflator", ["gdp", "cpi"])
def test_a_study_may_be_in_the_prices_of_any_year_that_the_hint_names(deflator):
    for year in re.findall(r"[\d-]+", price_index(deflator).covered):
        study = study_of(
            small(price_year=int(year) if year.isdigit() else year, method={"deflator": deflator})
        )
        assert sroi.evaluate(study).social_return_ratio == 2
