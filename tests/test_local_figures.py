"""What is published of each place enters what is worked for it: the tables, the formulas, the words.

The tables are read here by the standard library alone, and results are worked again from them by hand.
"""

import csv
import itertools
import math
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import sroi
from sroi.authoring import full_pack
from sroi.cli import app
from sroi.documents.authorities import authorities, authority
from sroi.results import quotes
from sroi.uncertainty.beside import beside_nation

pytestmark = pytest.mark.no_cover  # one way through the code, many times

REFERENCE = Path(__file__).resolve().parent.parent / "assumptions" / "reference"
LIBRARY = sroi.Library()


def run(*arguments):
    found = CliRunner().invoke(app, list(arguments))
    assert found.exit_code == 0, found.output
    return found


DESCRIBED = yaml.safe_load((REFERENCE / "local_authorities.yaml").read_text(encoding="utf-8"))


def table(name, key="gss_code"):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


TABLES = {
    name: table(name)
    for name in (
        "local_authorities",
        "counties_derived",
        "homelessness_by_la",
        "households_by_la",
        "context_by_la",
    )
}
HOMELESS, HOUSEHOLDS = TABLES["homelessness_by_la"], TABLES["households_by_la"]
DEFLATOR = {
    year: float(row["index"]) for year, row in table("gdp_deflator_financial_year", "financial_year").items()
}


def loaded(intervention, place, values=None):
    return sroi.load(intervention, place=place, packs=LIBRARY, values=values)


def ratio(intervention, place, values=None):
    return sroi.evaluate(loaded(intervention, place, values)).social_return_ratio


# ── The tables


def held(each, entries):
    """What the tables hold of one figure, by the rules that the description states in words."""
    for entry in entries:
        tables = [entry["table"]] if "table" in entry else ["local_authorities", "counties_derived"]
        for row in (TABLES[name].get(each.gss, {}) for name in tables):
            enough = all(
                float(row.get(key) or 0) >= least for key, least in entry.get("at_least", {}).items()
            )
            if row.get(entry["column"]) and enough:
                return min(float(row[entry["column"]]), entry.get("at_most", math.inf))
    return None


def test_every_authority_and_county_has_the_figures_that_are_published_of_it_and_no_others():
    own = {place.name for place in LIBRARY.places()}
    for each in authorities():
        numbers = LIBRARY.place(each.gss).pack.assumptions
        for name, entries in DESCRIBED["figures"].items():
            found = numbers[name].value if name in numbers else None
            assert found == held(each, entries), (each.name, name)
        if each.identifier not in own:
            assert set(numbers) <= set(DESCRIBED["figures"])
        assert {number.source for number in numbers.values()} <= set(LIBRARY.place(each.gss).pack.sources)


def test_a_figure_with_a_range_lies_in_it_and_says_what_it_is_made_of():
    for each in authorities():
        for name, number in LIBRARY.place(each.gss).pack.assumptions.items():
            if number.low is not None and isinstance(number.value, float):
                assert number.low <= number.value <= number.high, (each.name, name)
                assert number.rationale
                assert "{" not in number.rationale


def test_a_share_of_too_few_cases_is_left_to_the_nation():
    few = [row for row in HOMELESS.values() if float(row["prevention_duties_ended"] or 0) < 50]
    assert len(few) == 3
    for row in few:
        assert authority(row["gss_code"]).figure("homeless_despite_prevention") is None
    ended, homeless = 1027, 237
    assert (
        HOMELESS["E06000015"]["prevention_duties_ended"],
        HOMELESS["E06000015"]["prevention_ended_homeless"],
    ) == (
        str(ended),
        str(homeless),
    )
    assert authority("derby").figure("homeless_despite_prevention") == pytest.approx(
        homeless / ended, abs=5e-5
    )


def test_a_missing_quarter_is_named_and_made_up_by_the_others():
    short = [row for row in HOMELESS.values() if row["quarters_missing"] and row["basis"] == "published"]
    assert len(short) > 5
    for row in short:
        numbers = LIBRARY.place(row["gss_code"]).pack.assumptions
        assert row["quarters_missing"] in numbers["households_owed_prevention"].rationale


def test_a_county_is_the_sum_of_its_districts():
    districts = [row for row in TABLES["local_authorities"].values() if row["county"] == "Leicestershire"]
    of_county = HOMELESS["E10000018"]
    for column in (
        "prevention_duties_ended",
        "prevention_ended_homeless",
        "relief_duties_owed",
        "ta_households",
    ):
        parts = (float(HOMELESS[row["gss_code"]][column]) for row in districts)
        assert float(of_county[column]) == pytest.approx(sum(parts), abs=len(districts) / 2)


# ── By hand, from the tables


def in_2024(money, year):
    return money * DEFLATOR["2024-25"] / DEFLATOR[year]


def temporary_accommodation_net(code, gross, social_week):
    rents = [float(HOUSEHOLDS[code][f"private_rent_{size}"]) for size in ("1bed", "2bed")]
    private = in_2024(12 * sum(rents) / 2, "2026-27")
    return max(gross - (0.5 * in_2024(52 * social_week, "2023-24") + 0.5 * private), 0)


@pytest.mark.parametrize(
    ("place", "code", "uplift", "gross", "social_week"),
    [
        ("derby", "E06000015", 0.0, 22_500.0, 103.0),
        ("haringey", "E09000014", 0.15, in_2024(21_700, "2023-24"), 135.0),
        ("wiltshire", "E06000054", 0.0, 22_500.0, 103.0),
    ],
)
def test_debt_advice_by_hand(place, code, uplift, gross, social_week):
    result = sroi.evaluate(loaded("debt-advice", place))
    cost = 100 * in_2024(311, "2008-09") * (1 + uplift)
    assert result.investment == pytest.approx(cost)
    homeless, ended = (
        float(HOMELESS[code][key]) for key in ("prevention_ended_homeless", "prevention_duties_ended")
    )
    stay = min(float(HOMELESS[code]["ta_households"]) / float(HOMELESS[code]["relief_duties_owed"]), 1)
    years = 100 * 0.007 * homeless / ended * stay
    spared = years * temporary_accommodation_net(code, gross, social_week) * 0.7 * 0.75 * 0.7
    row = result.row("temporary_accommodation_spared")
    assert row.present_value == pytest.approx(spared, rel=2e-3)  # the table's shares have four decimals
    evictions = 100 * 0.007 * in_2024(6_680 - 1_900, "2010-11") * 0.45 * 0.75 * 0.7
    assert result.row("tenancies_kept").present_value == pytest.approx(evictions)
    wellby = numbers_value(result, "wellby")
    felt = 100 * 0.4 * 0.5 * 1.29 / 4 * 1.6 * numbers_value(result, "transfer_to_here") * wellby
    assert result.row("weight_lifted").present_value == pytest.approx(felt)
    assert result.social_return_ratio == pytest.approx((felt + evictions + spared) / cost, rel=1e-3)


def numbers_value(result, name):
    return next(
        each["value"]
        for each in result.to_dict()["provenance"]["numbers"]
        if each["path"] == f"assumptions.{name}"
    )


@pytest.mark.parametrize("place", ["camden", "derby", "cornwall"])
def test_ten_homes_of_a_land_trust_by_hand(place):
    known = authority(place)
    row = HOUSEHOLDS[known.gss]
    uplift = 0.15 if known.region == "London" else 0.0
    result = sroi.evaluate(loaded("community-land-trust", place))
    sold = float(known.row["median_house_price_ye_sep2024_gbp"])
    market = numbers_value(result, "median_house_price")
    assert market == pytest.approx(sold, rel=0.05)  # a calendar year beside a financial one
    rent = in_2024((float(row["private_rent_2bed"]) + float(row["private_rent_3bed"])) / 2, "2026-27")
    pay = float(known.row["ashe2025_median_annual_gross_gbp"])
    price = min(pay * 1.4 * 0.333 / 0.07, market)
    worth = 12 * rent - price * 0.04 - 2_000
    factor, factors = 1.0, []
    for year in range(1, 61):
        factor /= 1.035 if year <= 30 else 1.03
        factors.append(factor)
    kept = 10 * 0.2 * 0.8 * 0.85
    value = kept * worth * sum(factors)
    assert result.row("homes_that_would_not_exist").present_value == pytest.approx(value, rel=1e-9)
    grant, support = numbers_value(result, "grant_per_home"), numbers_value(result, "support_per_home")
    spent = 10 * 0.2 * (10_000 + grant) + 10 * support * (1 + uplift)
    assert result.investment == pytest.approx(spent)
    assert not result.row("lower_cost_of_a_home").in_total


def test_the_gift_of_land_is_on_neither_side():
    for place in ("lewisham", "tower-hamlets", "camden"):
        study = loaded("community-land-trust", place)
        less, more = (
            sroi.evaluate(sroi.change(study, {"discount_given_anyway": each})) for each in ("0%", "100%")
        )
        assert less.social_return_ratio == more.social_return_ratio
        none = sroi.evaluate(sroi.change(study, {"homes_added": "0%"}))
        names = {each.input for each in none.inputs if each.present_value}
        assert names == {"support"}


# ── What differs, and why


def test_the_effect_of_a_local_number_is_that_of_setting_it_to_the_nations():
    result = sroi.evaluate(loaded("community-land-trust", "camden"))
    beside = beside_nation(result)
    assert beside.nation == "England"
    assert beside.ratio == result.social_return_ratio
    assert beside.nations == pytest.approx(ratio("community-land-trust", "england"))
    assert len(beside.numbers) >= 4
    for each in beside.numbers:
        again = ratio("community-land-trust", "camden", {each.path: each.there})
        assert each.effect == pytest.approx(result.social_return_ratio - again)


def test_places_differ_from_their_nation_and_the_reasons_are_named():
    told = {}
    for each in itertools.islice((each for each in authorities() if each.nation == "England"), 0, None, 6):
        study = loaded("community-land-trust", each.identifier)
        beside = beside_nation(sroi.evaluate(study))
        if beside is not None and beside.differs:
            told[each.identifier] = beside.sentence(study)
    assert len(told) >= 20
    assert all("differs by its" in sentence for sentence in told.values())


def test_the_reasons_are_on_the_screen_in_json_and_in_the_tables():
    screen = run("evaluate", "debt-advice", "--place", "hackney", "--full").stdout
    assert "Beside England" in screen
    assert "Pay of public posts above England's" in screen
    first = run("evaluate", "debt-advice", "--place", "hackney").stdout
    assert "Its nation" in first
    assert (
        '"beside_nation"' in run("evaluate", "debt-advice", "--place", "hackney", "--format", "json").stdout
    )


def test_a_result_without_a_number_of_the_place_is_titled_by_the_nation():
    study = loaded("befriending", "glasgow-city")
    assert quotes.in_place(study) == ": Scotland, transferred to Glasgow City"
    assert ": Scotland, transferred to Glasgow City" in sroi.evaluate(study).statement
    own = loaded("befriending", "glasgow-city", {"cost_per_person": 90})
    assert quotes.in_place(own) == " in Glasgow City"
    assert quotes.in_place(loaded("community-land-trust", "camden")) == " in Camden"


# ── Demand, beside all that the place needs


def test_demand_avoided_is_set_beside_all_that_the_place_needs():
    ledger = sroi.ledger(loaded("debt-advice", "haringey"))
    lines = {line.outcome: line for line in ledger.demand}
    line = lines["temporary_accommodation_spared"]
    assert line.whole == float(HOMELESS["E09000014"]["ta_households"]) == 2_648
    assert line.share_of_whole == pytest.approx(line.after / 2_648)
    assert lines["gp_consultations"].whole is None
    assert any(entry["whole"] == 2_648 for entry in ledger.to_dict()["demand"])
    assert "of 2,648" in run("ledger", "debt-advice", "--place", "haringey", "--full").stdout


def test_where_the_whole_is_not_known_nothing_is_set_beside_it():
    ledger = sroi.ledger(loaded("debt-advice", "glasgow-city"))
    assert all(line.whole is None and line.share_of_whole is None for line in ledger.demand)


# ── Packs in full


def in_a_folder(folder, names):
    for name in names:
        (folder / f"{name}.yaml").write_text(full_pack(name, LIBRARY), encoding="utf-8")
    return sroi.Library(folder)


def told(study):
    found = sroi.evaluate(study).to_dict()
    numbers = [
        {key: value for key, value in each.items() if key not in ("file", "line", "column")}
        for each in found["provenance"]["numbers"]
    ]
    return {**found, "provenance": found["provenance"]["counts"], "numbers": numbers}


def test_every_place_written_out_reads_as_the_place_itself(tmp_path):
    names = [each.identifier for each in authorities()]
    written = in_a_folder(tmp_path, names)
    for name in names:
        mine = sroi.load("debt-advice", place=name, packs=written)
        assert mine.provenance.origin("assumptions.wellby").file.startswith(str(tmp_path))
        assert told(mine) == told(loaded("debt-advice", name)), name


@pytest.mark.parametrize("intervention", ["local-area-coordination", "community-land-trust", "time-bank"])
def test_a_pack_in_full_gives_the_same_result_of_other_interventions(tmp_path, intervention):
    names = [
        "derby",
        "haringey",
        "tower-hamlets",
        "leicestershire",
        "swansea",
        "glasgow-city",
        "belfast",
        "camden",
    ]
    written = in_a_folder(tmp_path, names)
    for name in names:
        assert told(sroi.load(intervention, place=name, packs=written)) == told(loaded(intervention, name)), (
            name
        )


def test_a_pack_in_full_has_the_year_and_the_licence_of_its_sources_and_a_number_of_it_can_be_changed(
    tmp_path,
):
    text = full_pack("camden", LIBRARY)
    pack = yaml.safe_load(text)
    sources = {
        **pack["sources"],
        **{k: v for each in pack["builds_on"].values() for k, v in each["sources"].items()},
    }
    assert all(source["title"] for source in sources.values())
    assert sum("licence" in source for source in sources.values()) > len(sources) / 3
    assert "extends" not in pack
    old = pack["builds_on"]["london"]["assumptions"]["pay_uplift"]["value"]
    (tmp_path / "camden.yaml").write_text(text.replace(f"value: {old}", "value: 0%"), encoding="utf-8")
    changed = sroi.evaluate(sroi.load("debt-advice", place="camden", packs=sroi.Library(tmp_path)))
    assert changed.social_return_ratio == pytest.approx(1.15 * ratio("debt-advice", "camden"))


def test_a_pack_cannot_name_what_it_builds_on_and_write_it_out_too(tmp_path):
    text = full_pack("camden", LIBRARY).replace("builds_on:", "extends: london\nbuilds_on:")
    (tmp_path / "camden.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(sroi.DocumentError, match="extends and builds_on are both given"):
        sroi.load("debt-advice", place="camden", packs=sroi.Library(tmp_path))


def test_the_commands_write_a_pack_in_full(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("new", "pack", "Camden").exit_code == 0
    assert (tmp_path / "camden.yaml").read_text(encoding="utf-8") == full_pack("camden", LIBRARY)
    assert run("show", "camden", "--yaml").stdout == full_pack("camden", LIBRARY)
    assert (
        "population: {value: null"
        in (run("new", "pack", "nowhere"), (tmp_path / "nowhere.yaml").read_text())[1]
    )


# ── Everywhere


@pytest.mark.parametrize("intervention", LIBRARY.interventions())
def test_every_authority_gives_a_ratio_or_says_what_is_not_assessed(intervention):
    refused = []
    for each in authorities():
        try:
            result = sroi.evaluate(loaded(intervention, each.identifier))
        except sroi.UndefinedResultError as error:
            refused.append((each.name, [problem.message for problem in error.problems]))
        else:
            assert math.isfinite(result.social_return_ratio), each.name
    assert all("not assessed" in message for _, messages in refused for message in messages), refused
