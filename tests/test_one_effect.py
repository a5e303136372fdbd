"""The effect of being linked is pooled from its file, one in every intervention, and never deducted twice."""

import copy
import math
import re
from pathlib import Path

import numpy as np
import pytest
import yaml

import sroi
from docs.generate.evidence import correlation, evidence, pooled
from docs.generate.linked import PEOPLE, linking
from sroi.checking.thresholds import limit

ASSUMPTIONS = Path(__file__).parents[1] / "assumptions"
KINDS = "interventions", "national", "boroughs"
TEXTS = {
    (kind, file.stem): yaml.safe_load(file.read_text(encoding="utf-8"))
    for kind in KINDS
    for file in sorted((ASSUMPTIONS / kind).glob("*.yaml"))
}
UK = TEXTS["national", "uk"]["assumptions"]
COMPARED = "comparison", "randomised"
HEALTH = "green-book-2026-health"
SHARED = "linked_points", "chance_linking_works", "linking_works", "linked_points_if_it_works", "linked_gain"


def parts(texts):
    """Every body of a file with its name: the file itself, and what it says of each intervention."""
    for (kind, name), text in texts.items():
        yield f"{kind}/{name}", text
        for intervention, said in (text.get("interventions") or {}).items():
            yield f"{kind}/{name}: {intervention}", said


def each_outcome(texts):
    for where, text in parts(texts):
        for name, outcome in (text.get("outcomes") or {}).items():
            yield f"{where}: {name}", outcome


def plain(number):
    value = number.get("value") if isinstance(number, dict) else number
    return float(value[:-1]) / 100 if isinstance(value, str) and value.endswith("%") else value


# ── What must not stand in a pack: each gives where it does


def deducted_twice(texts):
    """A gain against a comparison group, and a deadweight or attribution beside."""
    return [
        f"{where} {field}"
        for where, outcome in each_outcome(texts)
        if outcome.get("design") in COMPARED
        for field in ("deadweight", "attribution")
        if plain(outcome.get(field)) != 0
    ]


def one_sided(texts):
    """A transfer of which nobody is the other side, or a price that holds a transfer."""
    found = [
        where
        for where, outcome in each_outcome(texts)
        if outcome.get("kind") == "transfer" and not outcome.get("from")
    ]
    held = re.compile(r"\b(?:eviction_complex|temporary_accommodation_year)\b")
    return found + [
        where for where, outcome in each_outcome(texts) if held.search(str(outcome.get("value") or ""))
    ]


def at_another_rate(texts):
    """Wellbeing in the total that is not discounted at the health rate."""
    return [
        where
        for where, outcome in each_outcome(texts)
        if outcome.get("kind") == "wellbeing"
        and outcome.get("priced", True)
        and outcome.get("discount_schedule") != HEALTH
    ]


def valued(text, name):
    """What values the outcome that counts those linked."""
    return text["outcomes"][linking(name, "england").outcome]["value"]


def effects_of_their_own(texts):
    """A shared number written anywhere but in the national pack without a reason."""
    found = []
    for where, text in parts(texts):
        if where != "national/uk":
            for name in {*SHARED, "transfer_to_here", "linked_after", "linked_lost"} & (
                text.get("assumptions") or {}
            ).keys():
                written = text["assumptions"][name]
                if not (isinstance(written, dict) and str(written.get("rationale") or "").strip()):
                    found.append(f"{where}: {name}")
    return found + [
        f"interventions/{name}"
        for name in PEOPLE
        if valued(texts["interventions", name], name) != "linked_gain * wellby"
    ]


def hours_on_both_sides(texts):
    """Stakeholders whose hours are an input and whose gain has a price."""
    found = []
    for where, text in parts(texts):
        given = {
            entry["stakeholder"]
            for entry in (text.get("inputs") or {}).values()
            if entry.get("kind") == "volunteer_time"
        }
        found += [
            f"{where}: {name}"
            for name, outcome in (text.get("outcomes") or {}).items()
            if outcome["stakeholder"] in given and outcome.get("priced", True)
        ]
    return found


RULES = deducted_twice, one_sided, at_another_rate, effects_of_their_own, hours_on_both_sides


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_shipped_pack_breaks_a_rule(rule):
    assert rule(TEXTS) == []


def broken(where, path, value):
    texts = copy.deepcopy(TEXTS)
    at = texts[where]
    *before, last = path
    for name in before:
        at = at[name]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return texts


BEFRIENDING = ("interventions", "befriending")
COORDINATION = ("interventions", "local-area-coordination")


@pytest.mark.parametrize(
    ("rule", "where", "path", "value"),
    [
        (deducted_twice, BEFRIENDING, ("outcomes", "better_company", "deadweight"), {"value": "15%"}),
        (deducted_twice, COORDINATION, ("outcomes", "emergency_stays", "attribution"), "help_from_others"),
        (one_sided, COORDINATION, ("outcomes", "income_gained", "from"), None),
        (one_sided, COORDINATION, ("outcomes", "tenancies_kept", "value"), "eviction_complex"),
        (
            one_sided,
            COORDINATION,
            ("outcomes", "temporary_accommodation_spared", "value"),
            "temporary_accommodation_year",
        ),
        (at_another_rate, BEFRIENDING, ("outcomes", "better_company", "discount_schedule"), None),
        (
            at_another_rate,
            COORDINATION,
            ("outcomes", "let_down_when_posts_end", "discount_schedule"),
            "green-book-2026",
        ),
        (effects_of_their_own, COORDINATION, ("assumptions", "linked_points"), {"value": 0.4}),
        (effects_of_their_own, BEFRIENDING, ("outcomes", "better_company", "value"), "0.4 * wellby"),
        (hours_on_both_sides, BEFRIENDING, ("outcomes", "volunteers_enjoy_it", "priced"), None),
    ],
)
def test_each_rule_sees_a_pack_that_breaks_it(rule, where, path, value):
    assert len(rule(broken(where, path, value))) == 1


def test_a_reason_lets_a_place_have_an_effect_of_its_own():
    given = {
        "value": 0.2,
        "low": 0,
        "high": 0.4,
        "source": "survey",
        "rationale": "measured here with a comparison group",
    }
    assert effects_of_their_own(broken(COORDINATION, ("assumptions", "linked_points"), given)) == []


# ── The pack says what the file gives


def test_the_pack_has_what_the_synthesis_gives_to_its_printed_digits():
    found = pooled()
    written = UK["linked_points"]
    assert written["value"] == round(found.mean, 3)
    assert written["low"] == round(found.ninety[0], 3)
    assert written["high"] == round(found.ninety[1], 3)
    assert plain(UK["chance_linking_works"]) == round(found.works, 2)
    others = [each.works for each in map(pooled, evidence()["alternatives"])]
    assert f"{others[0]:.0%} (the later review" in UK["chance_linking_works"]["rationale"]
    assert f"{others[2]:.0%} (without" in UK["chance_linking_works"]["rationale"]
    said = written["rationale"]
    assert f"{found.interval[0]:.2f} to {found.interval[1]:.2f}" in said
    assert f"{found.prediction[0]:.2f} to {found.prediction[1]:.2f}" in " ".join(said.split())
    assert f"{found.mean:.3f} and {found.between:.3f}" in " ".join(
        UK["chance_linking_works"]["rationale"].split()
    )
    for name in ("every-one-every-day", "mens-shed"):
        unknown = TEXTS["interventions", name]["assumptions"]["points_gained"]
        assert unknown["value"] is None
        assert (unknown["low"], unknown["high"]) == tuple(round(end, 2) for end in found.prediction)
    assert UK["linked_lost"]["value"] == -written["value"]
    assert UK["linked_lost"]["low"] == -round(found.prediction[1], 2)


def test_the_conversions_by_hand():
    """Plain arithmetic on the printed figures, apart from the module."""
    rows = {each.id: each for each in pooled().rows}
    d = math.log(4.76) * math.sqrt(3) / math.pi
    depression = 1.6 * d / math.sqrt(d**2 + 4)
    assert correlation(4.76) == pytest.approx(0.395, abs=5e-4)
    assert rows["mead-2010"].effect == pytest.approx(0.27 * depression)
    assert rows["mead-2010"].error == pytest.approx(0.42 / 3.92 * depression * math.sqrt(9 / 8))
    assert rows["glasgow-2019"].effect == pytest.approx(0.008 * 7 / 0.45)
    assert rows["glasgow-2019"].error == pytest.approx(0.073 / 3.92 * 7 / 0.45)
    assert rows["pliny-2014"].effect == pytest.approx(0.02 * 7 * 35 / 24, rel=1e-3)
    spread = 0.073 / 3.92 / math.sqrt(1 / 214 + 1 / 561)
    assert rows["becca-2008"].error == pytest.approx(spread * math.sqrt(1 / 93 + 1 / 97) * 7 / 0.52)
    assert rows["ireland-2024"].error == pytest.approx(spread * math.sqrt(1 / 92 + 1 / 88) * 7)
    assert rows["queensland-2024"].error == pytest.approx(math.sqrt(1 / 63 + 1 / 51) * 0.53 * 1.6)
    assert rows["only-the-lonely-2014"].interval[0] == pytest.approx(0, abs=1e-12)
    for nothing in ("becca-2008", "ireland-2024", "inner-london-2017", "queensland-2024"):
        assert rows[nothing].effect == 0


def test_the_pool_by_hand():
    """Inverse variances with what was carried over added; the library sees nothing beyond it."""
    found = pooled()
    effects = np.array([each.effect for each in found.rows])
    errors = np.array([each.error for each in found.rows])
    tau = math.sqrt(7 * (0.362 / 3.92) ** 2 - 4 / 172.2) * 1.6 * correlation(4.76)
    weights = 1 / (errors**2 + tau**2)
    mean = (weights * effects).sum() / weights.sum()
    assert (weights * (effects - mean) ** 2).sum() < len(effects) - 1
    assert found.between == found.carried == pytest.approx(tau)
    assert found.mean == pytest.approx(mean)
    assert found.error == pytest.approx(1 / math.sqrt(weights.sum()))
    assert found.works == pytest.approx(mean**2 / (mean**2 + tau**2))
    assert sum(each.weight for each in found.rows) == pytest.approx(1)


def test_what_was_found_and_what_was_not_are_both_in_it_and_no_study_twice():
    studies = evidence()["studies"]
    ids = {each["id"] for each in studies}
    assert {
        "amalthea-2000",
        "glasgow-2019",
        "inner-london-2017",
        "ireland-2024",
        "becca-2008",
        "pliny-2014",
        "only-the-lonely-2014",
        "mead-2010",
    } <= ids
    assert {each["found"] for each in studies} == {"something", "nothing"}
    assert "siette-2017" in evidence()["left_out"]
    assert not ids & evidence()["left_out"].keys()
    assert {each["source"] for each in studies} <= evidence()["sources"].keys()
    (review,) = (each for each in evidence()["alternatives"] if "add" in each)
    assert set(review["drop"]) == {"mead-2010", "becca-2008", "pliny-2014", "only-the-lonely-2014"}


def test_nothing_is_doubled_by_the_chance():
    """Over settings the mean is the studies' and the variance theirs, once."""
    found = pooled()
    chance, if_it_works = found.works, found.mean / found.works
    assert chance * if_it_works == pytest.approx(found.mean)
    assert chance * (1 - chance) * if_it_works**2 == pytest.approx(found.between**2)


# ── Ratios by plain arithmetic

WELLBY = 16_227.32
"""Of 2024-25, worked apart by the guidance's formula."""
GAIN = 0.137 * 0.8
DEFLATOR_2010 = 116.67 / 80
"""From 2010 to 2024-25, worked apart."""


def ratio(name, place="derby"):
    return sroi.evaluate(sroi.load(name, place=place)).social_return_ratio


def test_befriending_by_hand():
    gained = 100 * 0.75 * GAIN * WELLBY
    lost = 100 * 0.25 * 0.5 * 0.137 * WELLBY * 0.9 * 0.95
    cost = 100 * (80 * DEFLATOR_2010 + 34 * 11.44)
    assert ratio("befriending") == pytest.approx((gained - lost) / cost, rel=1e-4)


def test_social_prescribing_by_hand():
    result = sroi.evaluate(sroi.load("social-prescribing", place="derby"))
    assert result.row("more_satisfied").present_value == pytest.approx(45 * 0.75 * GAIN * WELLBY, rel=1e-5)
    assert result.row("left_alone_again").present_value == pytest.approx(
        -45 * 0.08 * 0.5 * 0.137 * WELLBY * 0.9 * 0.8, rel=1e-5
    )
    ours = {each.input: each.present_value for each in result.inputs}
    prices = ours["link_workers"] / (100 / 225 * 36_428 * 1.2)
    assert 1.05 < prices < 1.12
    assert pytest.approx(140.72, abs=0.005) == 0.45 * 312.72
    assert pytest.approx(312.72, abs=0.005) == 507 - 36_428 * 1.2 / 225


def test_time_bank_by_hand():
    gained = 50 * GAIN * WELLBY
    lost = 50 * 0.2 * 0.5 * 0.137 * WELLBY * 0.8 * 0.9 / 1.015
    assert ratio("time-bank") == pytest.approx((gained - lost) / (100 * 450 * DEFLATOR_2010), rel=1e-4)


def test_coordination_in_derby_by_hand():
    """Ten posts with forty live cases each for three years; the WELLBY of 2015-16 by the formula."""
    row = sroi.evaluate(sroi.load("local-area-coordination", place="derby")).row("less_alone_more_in_control")
    years = 400 * (1 + 1 / 1.015 + 1 / 1.015**2)
    assert row.present_value == pytest.approx(years * GAIN * 11_259.79, rel=1e-5)


def test_what_parts_two_interventions_is_contact_cost_and_duration_alone():
    """A year of contact gains the same everywhere."""
    for name in PEOPLE:
        study = sroi.load(name, place="england")
        row = sroi.evaluate(study).row(linking(name, "england").outcome)
        assert row.value == pytest.approx(GAIN * WELLBY, rel=1e-5), name
        assert row.deadweight == row.attribution == 0, name


def test_that_linking_does_nothing_is_among_the_draws_and_so_is_harm():
    """Where linking does nothing, what is lost when a match breaks off is left, in 44 of 100 draws."""
    study = sroi.load("befriending", place="derby")
    without = sroi.evaluate(sroi.change(study, {"linking_works": 0})).social_return_ratio
    assert without == pytest.approx(-100 * 0.25 * 0.5 * 0.137 * WELLBY * 0.9 * 0.95 / 50_563, rel=1e-3)
    drawn = sroi.simulate(study, draws=4_000, seed=1)
    assert drawn.ratio.percentiles[5] < drawn.ratio.percentiles[10] < 0 < drawn.ratio.percentiles[50] < 1
    always = sroi.simulate(sroi.change(study, {"linking_works": 1}), draws=4_000, seed=1)
    assert always.ratio.percentiles[50] > 1
    assert always.ratio.percentiles[5] < 0


# ── What nobody measured


def test_what_nobody_measured_is_solved_for_beside_what_comparable_evidence_shows():
    study = sroi.load("every-one-every-day", place="barking-and-dagenham")
    with pytest.raises(sroi.UndefinedResultError):
        sroi.evaluate(study)
    (unknown,) = sroi.breakeven(study).unknown
    assert unknown.number == "points_gained"
    assert unknown.value > 0.46
    assert not unknown.within
    shed = sroi.load("mens-shed", place="derby", values={"yearly_cost": 8_000, "rent_forgone": 0})
    (unknown,) = sroi.breakeven(shed).unknown
    lost = 25 * 0.005 * 280 * 0.5
    assert unknown.value == pytest.approx((8_000 + lost) / (25 * 0.6 * WELLBY), rel=1e-3)
    assert unknown.within


def test_the_check_compares_with_the_upper_end_of_the_synthesis_in_a_new_setting():
    assert limit("points_of_company") == pytest.approx(pooled().prediction[1], abs=0.005)
