"""Ratios of sums by any grouping; what cannot be added up is refused, or converted by name."""

import frames
import pytest
import register

import sroi
import sroi.portfolio
from sroi.prices import Prices

TABLE = frames.ENGINES["pandas"]


def outcome(programme="club", **fields):
    return {"programme": programme, **register.OUTCOME, "duration": 1, **fields}


def given(programme="club", **fields):
    return {"programme": programme, **register.INPUT, **fields}


def groups(outcomes, inputs, by=("programme",), table=TABLE, **options):
    rows = frames.rows_of(sroi.portfolio.evaluate(table(outcomes), table(inputs), by, **options))
    return {tuple(row[name] for name in by): row for row in rows}


KEPT = 0.7 * 0.9 * 0.8


@pytest.mark.parametrize("table", frames.engines())
def test_a_ratio_of_a_group_is_of_its_sums_and_no_mean(table):
    outcomes = [outcome("small", quantity=10), outcome("large", quantity=400)]
    inputs = [given("small", amount=1000), given("large", amount=199_000)]
    found = groups(outcomes, inputs, ["place"], table)[("Northton",)]
    assert found["social_return_ratio"] == pytest.approx(410 * 1000 * KEPT / 200_000)
    alone = groups(outcomes, inputs, table=table)
    mean = sum(row["social_return_ratio"] for row in alone.values()) / 2
    assert found["social_return_ratio"] < mean / 2
    assert found.keys() == {
        "place", "present_value", "investment", "net_present_value", "social_return_ratio", "savings_ratio",
    }  # fmt: skip


@pytest.mark.parametrize("table", frames.engines())
def test_a_payer_gains_over_what_it_puts_in(table):
    outcomes = [
        outcome(outcome="visits", kind="resource", payer="nhs", quantity=10),
        outcome(outcome="less_lonely", quantity=20),
    ]
    inputs = [given(funder="council", amount=8000), given(funder="nhs", amount=2000)]
    found = groups(outcomes, inputs, ["payer"], table)
    assert found[("nhs",)]["social_return_ratio"] == pytest.approx(10_000 * KEPT / 2000)
    assert found[("nhs",)]["savings_ratio"] == found[("nhs",)]["social_return_ratio"]
    assert found[("council",)]["present_value"] == 0
    assert found[("council",)]["investment"] == 8000
    assert found[("not_stated",)]["social_return_ratio"] is None
    assert found[("not_stated",)]["present_value"] == pytest.approx(20_000 * KEPT)


def test_services_needed_less_are_of_the_state_alone():
    inputs = [given(amount=1000)]
    kinds = {"wellbeing": 0, "resource": 1, "tax": 0, "not_stated": 0}
    for kind, counts in kinds.items():
        row = groups([outcome(kind=kind, payer="nhs", value=100, quantity=10)], inputs)[("club",)]
        assert row["savings_ratio"] == pytest.approx(counts * KEPT)
    with_party = outcome(kind="resource", payer="nhs", party="business", value=100, quantity=10)
    assert groups([with_party], inputs)[("club",)]["savings_ratio"] == 0


def test_a_transfer_is_left_out_and_its_costs_stay():
    outcomes = [outcome(outcome="paid", kind="transfer"), outcome(outcome="felt")]
    row = groups(outcomes, [given()])[("club",)]
    assert row["present_value"] == pytest.approx(40_000 * KEPT)
    assert groups(outcomes, [given()], method="svi-guide")[("club",)]["present_value"] == pytest.approx(
        80_000 * KEPT
    )
    alone = groups(outcomes[:1], [given()])[("club",)]
    assert (alone["present_value"], alone["investment"]) == (0, 20_000)


def test_a_programme_in_two_groups_is_refused_where_its_inputs_are_in_none():
    outcomes = [outcome(kind="wellbeing"), outcome(outcome="visits", kind="resource")]
    with pytest.raises(sroi.DocumentError, match="programmes have outcomes of several kinds"):
        groups(outcomes, [given()], ["kind"])
    assert set(groups(outcomes[:1], [given()], ["kind"])) == {("wellbeing",)}


def test_groups_by_a_column_of_the_users_own():
    outcomes = [outcome("club", theme="food"), outcome("shed", theme="work")]
    found = groups(outcomes, [given("club"), given("shed", amount=10_000)], ["theme"])
    assert found[("work",)]["investment"] == 10_000


def test_a_group_that_is_no_column_is_refused():
    with pytest.raises(sroi.DocumentError, match="outcomes has no column plce; did you mean place"):
        groups([outcome()], [given()], ["plce"])


# ── What is mixed
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_mixed_currencies_are_refused_and_converted_by_name():
    outcomes = [outcome(), outcome(outcome="other", currency="EUR")]
    with pytest.raises(sroi.DocumentError, match=r"2 currencies stand beside each other: EUR, GBP"):
        groups(outcomes, [given()])
    with pytest.raises(sroi.DocumentError, match="money in EUR stands beside GBP"):
        groups(outcomes, [given()], currency="GBP")
    row = groups(outcomes, [given()], currency="GBP", exchange_rates={"EUR": 0.5})[("club",)]
    assert row["present_value"] == pytest.approx(1.5 * 40_000 * KEPT)


def test_mixed_price_years_are_refused_and_converted_by_name():
    outcomes = [outcome(price_year="2024"), outcome(outcome="other", price_year="2019-20")]
    inputs = [given(price_year="2024")]
    with pytest.raises(sroi.DocumentError, match="price_year=2024"):
        groups(outcomes, inputs)
    row = groups(outcomes, inputs, price_year=2024)[("club",)]
    factor = Prices("GBP", 2024, "gdp").conversion("2019-20")[0]
    assert row["present_value"] == pytest.approx((1 + factor) * 40_000 * KEPT)
    assert row["investment"] == 20_000


def test_a_price_year_that_no_index_reaches_is_refused():
    with pytest.raises(sroi.DocumentError, match="outside the GDP deflator series"):
        groups([outcome(price_year=1801)], [given()], price_year=2024)


def test_mixed_methods_are_refused_and_settled_by_name():
    outcomes = [outcome(method="default"), outcome(outcome="other", method="svi-guide")]
    with pytest.raises(sroi.DocumentError, match="2 methods stand beside each other: default, svi-guide"):
        groups(outcomes, [given(year=1)])
    undiscounted = groups(outcomes, [given(year=1)], method="svi-guide")[("club",)]
    assert undiscounted["investment"] == 20_000
    assert groups(outcomes[:1], [given(year=1)])[("club",)]["investment"] == pytest.approx(20_000 / 1.035)
    with pytest.raises(sroi.DocumentError, match="which is no profile by name"):
        groups([outcome(method="default with changes")], [given()])


def test_actual_and_forecast_are_never_added_up():
    outcomes = [outcome(status="actual"), outcome(status="forecast", quantity=80)]
    with pytest.raises(sroi.DocumentError, match="choose status=actual or status=forecast"):
        groups(outcomes, [given()])
    found = {each: groups(outcomes, [given()], status=each)[("club",)] for each in ("actual", "forecast")}
    assert found["forecast"]["present_value"] == pytest.approx(2 * found["actual"]["present_value"])


def test_nominal_money_needs_its_years_and_is_brought_to_the_price_year():
    inputs = [given(year=1, prices="nominal")]
    with pytest.raises(sroi.DocumentError, match="first_year is not known"):
        groups([outcome()], inputs)
    row = groups([outcome()], inputs, first_year=2022, price_year=2024)[("club",)]
    factor = Prices("GBP", 2024, "gdp").conversion(2023)[0]
    assert row["investment"] == pytest.approx(20_000 * factor / 1.035)


def test_a_method_that_discounts_from_a_calendar_year_needs_the_first():
    method = {"profile": "default", "discount_from": 2023}
    with pytest.raises(sroi.DocumentError, match="give first_year=2023"):
        groups([outcome()], [given(year=2)], method=method)
    row = groups([outcome()], [given(year=2)], method=method, first_year=2022)[("club",)]
    assert row["investment"] == pytest.approx(20_000 / 1.035)


def test_an_appraisal_period_stands_for_the_horizon_of_the_method():
    outcomes = [outcome(duration=30, drop_off=0)]
    long, short = (
        groups(outcomes, [given()], method="green-book", appraisal_period=period)[("club",)]["present_value"]
        for period in (None, 2)
    )
    assert short == pytest.approx(40_000 * KEPT * (1 + 1 / 1.035 + 1 / 1.035**2))
    assert long > 3 * short


def test_a_lazy_table_stays_lazy():
    pl = pytest.importorskip("polars")
    table = frames.ENGINES["polars lazy"]
    found = sroi.portfolio.evaluate(table([outcome()]), table([given()]))
    assert isinstance(found, pl.LazyFrame)


def test_two_studies_of_one_name_and_place_are_refused():
    study = sroi.load("examples/lunch-club.yaml")
    with pytest.raises(sroi.DocumentError, match="two studies are called lunch-club"):
        sroi.portfolio.from_studies([study, study])
