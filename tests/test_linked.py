"""Interventions that link people to others: by hand, from the numbers that their sources print."""

import csv
import math

import pytest
import yaml
from test_places import ASSUMPTIONS, INTERVENTIONS, LIBRARY, TEXTS

import sroi
from docs.generate.linked import PEOPLE, linking


def rows_of(table, key):
    with (ASSUMPTIONS / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row[key]: float(row["index"]) for row in csv.DictReader(file)}


DEFLATOR = rows_of("gdp_deflator_financial_year", "financial_year")
PER_HEAD = {int(year): index for year, index in rows_of("real_gdp_per_head", "year").items()}


def prices(year, to):
    """What money of a year is multiplied by; a calendar year lies across two financial years."""
    if isinstance(year, int):
        before, own = (f"{each - 1}-{each % 100:02}" for each in (year, year + 1))
        return DEFLATOR[to] / (DEFLATOR[before] / 4 + 3 * DEFLATOR[own] / 4)
    return DEFLATOR[to] / DEFLATOR[year]


def wellby(to):
    """HM Treasury, 2021, p. 57: GBP 13,000 of 2019, with prices and real GDP per head to the power 1.3."""
    first = int(to[:4])
    per_head = 3 * PER_HEAD[first] / 4 + PER_HEAD[first + 1] / 4
    return 13_000 * prices(2019, to) * (per_head / PER_HEAD[2019]) ** 1.3


def linked_of_a_year():
    """Points that a year of contact brings on central values: the pooled mean, and four fifths of it here."""
    return 0.137 * 0.8


def loaded(intervention, place="derby"):
    return sroi.load(intervention, place=place, packs=LIBRARY)


def test_social_prescribing_by_hand():
    worth = wellby("2024-25")
    gained = 45 * 0.75 * linked_of_a_year() * worth
    alone = 45 * 0.08 * 0.5 * -0.137 * worth * 0.9 * 0.8
    found = 45 * 0.05 * 4 * -48 * 0.55 * 0.85 * 1
    posts = 100 / 225 * 36_428 * prices("2022-23", "2024-25") * 1.2
    groups = 45 * 312.72 * prices(2022, "2024-25")
    result = sroi.evaluate(loaded("social-prescribing"))
    rows = {row.outcome: row.present_value for row in result.outcomes}
    assert rows["more_satisfied"] == pytest.approx(gained, rel=1e-9)
    assert rows["left_alone_again"] == pytest.approx(alone, rel=1e-9)
    assert rows["needs_found"] == pytest.approx(found, rel=1e-9)
    assert result.social_return_ratio == pytest.approx((gained + alone + found) / (posts + groups), rel=1e-9)


def test_a_time_bank_by_hand():
    worth = wellby("2024-25")
    gained = 50 * 1 * linked_of_a_year() * worth
    unspent = 50 * 0.2 * 0.5 * -0.137 * worth * 0.8 * 0.9 / 1.015
    broker = 100 * 450 * prices(2010, "2024-25")
    result = sroi.evaluate(loaded("time-bank"))
    assert result.social_return_ratio == pytest.approx((gained + unspent) / broker, rel=1e-9)


@pytest.mark.parametrize(
    ("intervention", "paid"), [("social-prescribing", "link_workers"), ("time-bank", "broker")]
)
def test_a_post_costs_what_posts_cost_there(intervention, paid):
    uplift = TEXTS["national", "london"]["assumptions"]["pay_uplift"]["value"]
    share = float(uplift.rstrip("%")) / 100 if isinstance(uplift, str) else uplift
    assert share > 0
    costs = [
        {row.input: row.present_value for row in sroi.evaluate(loaded(intervention, place)).inputs}[paid]
        for place in ("camden", "leeds")
    ]
    assert costs[0] == pytest.approx(costs[1] * (1 + share), rel=1e-9)


def test_what_regulars_of_every_one_every_day_would_have_had_to_gain_by_hand():
    worth = wellby("2017-18")
    rate, health = 1.035, 1.015
    spent = sum(7_200_000 / 6 * prices(2017 + late, "2017-18") / rate**late for late in range(6))
    rent = (2_000 * 89 - 5_000) * 4.75 / 6 * prices("2018-19", "2017-18")
    forgone = sum(rent / rate**late for late in range(6))
    trade = sum(
        5_500 * prices("2018-19", "2017-18") * 0.3 * 0.7 * 0.35 * 0.65 / rate**late for late in range(6)
    )
    regulars = sum(6_000 / 6 * 0.12 / health**late for late in range(6))
    losing = 6_000 * 0.12 * 0.2 * 0.75 * 0.8 * 0.9 / health**6
    needed = (spent + forgone - trade) / ((regulars - losing) * worth)
    (unknown,) = sroi.breakeven(loaded("every-one-every-day", "barking-and-dagenham")).unknown
    assert unknown.number == "points_gained"
    assert unknown.value == pytest.approx(needed, rel=1e-6)
    assert unknown.within is False


def test_what_members_of_a_shed_would_have_to_gain_by_hand():
    england = TEXTS["national", "england"]["assumptions"]
    visit = england["ae_attendance"]
    accidents = 25 * 0.005 * visit["value"] * prices(visit["price_year"], "2024-25") * 0.5
    cost = 6_000 + 5_900 * prices("2023-24", "2024-25")
    (unknown,) = sroi.breakeven(loaded("mens-shed")).unknown
    assert unknown.number == "points_gained"
    assert unknown.value == pytest.approx((cost + accidents) / (25 * 0.6 * wellby("2024-25")), rel=1e-6)
    assert unknown.within is True


@pytest.mark.parametrize("intervention", INTERVENTIONS)
@pytest.mark.parametrize(
    "place", ["derby", "barking-and-dagenham", "lewisham", "camden", "cardiff", "glasgow-city", "belfast"]
)
def test_every_intervention_gives_a_ratio_or_names_one_or_two_numbers_to_solve_for(intervention, place):
    study = loaded(intervention, place)
    try:
        assert math.isfinite(sroi.evaluate(study).social_return_ratio)
    except sroi.UndefinedResultError:
        found = sroi.breakeven(study)
        assert 1 <= len(found.unknown) <= 2
        for each in found.unknown:
            low, high = each.range
            assert low < 0 < high, "comparable evidence has harm in it"


def test_what_is_solved_for_stands_beside_the_pooled_studies_and_nothing_else():
    """The two that nobody measured have the prediction interval of the one synthesis."""
    gains = [
        TEXTS["interventions", name]["assumptions"]["points_gained"]
        for name in ("every-one-every-day", "mens-shed")
    ]
    ends = {(gain["low"], gain["high"]) for gain in gains}
    assert ends == {(-0.19, 0.46)}


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("other", PEOPLE)
def test_one_gain_differs_from_another_by_contact_cost_and_years_alone(name, other):
    """With the other's contact and cost, what the contact brings for a pound is what it brings there."""
    own, laid = linking(name, "leeds"), linking(other, "leeds")
    without = {each: each.with_contact(0) for each in (own, laid)}
    ours = (own.with_contact(laid.contact) - without[own]) / own.people / laid.cost
    theirs = (laid.with_contact(laid.contact) - without[laid]) / laid.people / laid.cost
    late = {
        each: sum(amount / 1.015**year for year, amount in enumerate(each.cohorts)) / sum(each.cohorts)
        for each in (own, laid)
    }
    assert ours / late[own] == pytest.approx(theirs / late[laid], rel=1e-9)


def test_a_claim_about_a_whole_population_has_no_ratio_to_set_beside():
    claim = TEXTS["interventions", "every-one-every-day"]["claims"]["big-local-return"]
    assert "ratio" not in claim
    assert "population" in claim["note"]


def test_the_dearer_programme_has_no_larger_effect():
    text = yaml.safe_dump(TEXTS["interventions", "every-one-every-day"]["assumptions"])
    assert "total_cost / (" not in text
