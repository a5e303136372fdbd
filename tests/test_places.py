"""Every place and intervention that is shipped evaluates or says what is missing, and gives its reasons.

What the packs hold is read here by a plain YAML reader, apart from the package's own checks.
"""

import csv
import math
import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from strategies import options

import sroi
from sroi import catalogue
from sroi.catalogue.places import found_places
from sroi.documents.authorities import authorities, authority, comparable, search

pytestmark = pytest.mark.no_cover  # one way through the code, hundreds of times

ASSUMPTIONS = Path(__file__).resolve().parent.parent / "assumptions"
KINDS = ("boroughs", "national", "interventions")
TEXTS = {
    (kind, file.stem): yaml.safe_load(file.read_text(encoding="utf-8"))
    for kind in KINDS
    for file in sorted((ASSUMPTIONS / kind).glob("*.yaml"))
}
PLACES = [name for kind, name in TEXTS if kind == "boroughs"]
INTERVENTIONS = [name for kind, name in TEXTS if kind == "interventions"]
LIBRARY = sroi.Library()

OUTCOME_NUMBERS = (
    "quantity",
    "value",
    "duration",
    "deadweight",
    "displacement",
    "attribution",
    "contribution",
    "drop_off",
    "cashable",
)
NUMBERS = {"outcomes": OUTCOME_NUMBERS, "inputs": ("value", "years"), "stakeholders": ("size", "involved")}


def names_in(written):
    """The names in a number as it is written."""
    return set(re.findall(r"[a-z]\w+", str(written["value"] if isinstance(written, dict) else written)))


def missing(intervention):
    """What a place has to say: what inputs and priced outcomes rest on, and no text above a place gives."""
    text, above = TEXTS["interventions", intervention], TEXTS["national", "uk"]
    given = above["assumptions"] | above.get("interventions", {}).get(intervention, {}).get("assumptions", {})
    written = {**text["assumptions"], **given}
    rest_on, left = set(), set()
    for section in ("inputs", "outcomes"):
        for entry in text[section].values():
            if entry.get("priced", True):
                left |= {name for field in NUMBERS[section] for name in names_in(entry.get(field))}
    while left := left & written.keys() - rest_on:
        rest_on |= left
        left = {name for each in left for name in names_in(written[each])}
    return {name for name in rest_on if not_assessed(written[name])}


def not_assessed(written):
    """Whether a number is null, with a range of what comparable evidence shows beside it or without."""
    return (written["value"] if isinstance(written, dict) else written) is None


NEEDED = {name: found for name in INTERVENTIONS if (found := missing(name))}
"""What a place must say of an intervention that does not evaluate without, as the texts have it."""

SAID = {
    (place, name)
    for place in PLACES
    for name, needed in NEEDED.items()
    if needed <= TEXTS["boroughs", place].get("interventions", {}).get(name, {}).get("assumptions", {}).keys()
}
"""Where a place says it."""


def rows_of(table):
    with (ASSUMPTIONS / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def outcome_of(intervention, place, values=None):
    """The result, or the paths of what is missing; anything else that is raised is a fault."""
    study = sroi.load(intervention, borough=place, packs=LIBRARY, values=values)
    try:
        return sroi.evaluate(study)
    except sroi.UndefinedResultError as error:
        return {
            problem.path.removeprefix("assumptions.")
            for problem in error.problems
            if "not assessed" in problem.message and problem.hint
        }


# ── Every local authority
# ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def everywhere():
    """Local Area Coordination in every local authority and county by its code."""
    codes = [row["gss_code"] for table in ("local_authorities", "counties_derived") for row in rows_of(table)]
    return {code: outcome_of("local-area-coordination", code) for code in codes}


def test_every_local_authority_and_county_evaluates_or_says_what_is_missing(everywhere):
    assert len(rows_of("local_authorities")) == 361
    assert len(rows_of("counties_derived")) == 21
    assert len(everywhere) == 382
    for code, result in everywhere.items():
        assert (isinstance(result, set) and result) or (
            math.isfinite(result.social_return_ratio) and result.investment > 0
        ), code


def test_each_is_found_under_its_own_name_and_no_two_are_one_place(everywhere):
    found = {code: result.study.borough for code, result in everywhere.items()}
    assert len(set(found.values())) == len(found)
    assert found == {each.gss: each.identifier for each in authorities()}


def test_places_without_a_service_of_their_own_differ_by_their_own_figures_alone(everywhere):
    ratios = defaultdict(set)
    for each in authorities():
        if each.identifier not in PLACES:
            ratios[each.extends].add(round(everywhere[each.gss].social_return_ratio, 9))
    assert len(ratios) == 5
    assert all(max(found) < 1.05 * min(found) for found in ratios.values())
    assert len(ratios["england"]) > 100  # homelessness and temporary accommodation are each council's own
    assert len(ratios["scotland"]) == len(ratios["northern-ireland"]) == 1  # not published there by council


def test_what_they_borrow_is_marked_explained_and_counted(everywhere):
    without = [each for each in authorities() if each.identifier not in PLACES]
    assert {each.extends for each in without[::7]} == {each.extends for each in without}
    for each in without[::7]:
        provenance = everywhere[each.gss].provenance
        borrowed = [number for number in provenance["numbers"] if number.get("borrowed_from")]
        assert all(number["rationale"] for number in borrowed)
        counts = provenance["counts"]
        assert counts["local_borrowed"] == counts["borrowed"] == len(borrowed) >= 3
        assert counts["local_borrowed"] < counts["local"]  # population, for one, is the place's own
        assert counts["numbers"] == sum(
            counts[basis] for basis in ("sourced", "borrowed", "assumed", "structural")
        )


def test_what_is_borrowed_from_derby_has_a_wider_range_than_in_derby():
    borrowed = TEXTS["national", "uk"]["interventions"]["local-area-coordination"]["assumptions"]
    own = TEXTS["boroughs", "derby"]["interventions"]["local-area-coordination"]["assumptions"]
    post_years = own["coordinators"]["value"] * 3
    for name, ends, size in (
        ("live_caseload", own["live_caseload"], 1),
        ("cost_per_coordinator_year", own["total_cost"], post_years),
        ("people_per_coordinator_year", own["people_introduced"], post_years),
    ):
        assert borrowed[name]["borrowed_from"] == "derby"
        assert borrowed[name]["low"] < ends["low"] / size < ends["high"] / size < borrowed[name]["high"]


def test_deprivation_is_not_carried_from_one_nation_to_another():
    for each in authorities():
        if each.nation != "England":
            assert each.figure("deprivation_score") is None


@pytest.mark.parametrize(
    ("called", "identifier"),
    [
        ("E06000015", "derby"),
        ("e06000015", "derby"),
        ("E08000016", "barnsley"),
        ("E08000038", "barnsley"),
        ("E08000019", "sheffield"),
        ("E08000039", "sheffield"),
        ("E09000014", "haringey"),
        ("E10000007", "derbyshire"),
        ("E10000018", "leicestershire"),
        ("S12000049", "glasgow-city"),
        ("W06000011", "swansea"),
        ("W06000015", "cardiff"),
        ("N09000003", "belfast"),
        ("Leeds", "leeds"),
        ("Barking and Dagenham", "barking-and-dagenham"),
        ("London Borough of Barking and Dagenham", "barking-and-dagenham"),
        ("City of Bradford Metropolitan District Council", "bradford"),
        ("kingston-upon-hull", "kingston-upon-hull"),
    ],
)
def test_a_place_is_named_by_code_old_or_new_by_name_or_by_identifier(called, identifier):
    assert LIBRARY.place(called).name == identifier
    assert outcome_of("local-area-coordination", called).study.borough == identifier


def test_a_code_of_2025_names_the_same_place_as_the_one_before():
    renamed = [row for row in rows_of("local_authorities") if row["new_gss_code_2025"]]
    assert renamed
    for row in renamed:
        assert LIBRARY.place(row["new_gss_code_2025"]).name == LIBRARY.place(row["gss_code"]).name


@pytest.mark.parametrize(
    ("called", "nearest"), [("Leedes", "leeds"), ("harringay", "haringey"), ("Glassgow", "glasgow")]
)
def test_a_name_that_nobody_has_is_answered_with_the_nearest(called, nearest):
    with pytest.raises(sroi.NotFoundError, match=f"did you mean {nearest}"):
        LIBRARY.place(called)


@pytest.mark.parametrize(
    ("called", "identifier"),
    [
        ("Brighton & Hove", "brighton-and-hove"),
        ("LB Haringey", "haringey"),
        ("RB Kensington & Chelsea", "kensington-and-chelsea"),
        ("Royal Borough of Greenwich", "greenwich"),
        ("London Borough Hackney", "hackney"),
        ("Tower Hamlets LBC", "tower-hamlets"),
        ("Dudley MBC", "dudley"),
        ("Leeds CC", "leeds"),
        ("Kent CC", "kent"),
        ("Mole Valley DC", "mole-valley"),
        ("Hartlepool B.C.", "hartlepool"),
        ("Kirklees Metropolitan Council", "kirklees"),
        ("Bournemouth, Christchurch & Poole", "bournemouth-christchurch-and-poole"),
        ("Rhondda Cynon Taf CBC", "rhondda-cynon-taff"),
        ("B&NES", "bath-and-north-east-somerset"),
        ("Dumfries & Galloway Council", "dumfries-and-galloway"),
        ("City & County of Swansea", "swansea"),
        ("Notts", "nottinghamshire"),
        ("St. Helens MBC", "st-helens"),
    ],
)
def test_a_council_is_known_by_its_name_in_any_form(called, identifier):
    assert authority(called).identifier == identifier
    assert authority(called.upper()).identifier == identifier
    assert LIBRARY.place(called).name == identifier


@pytest.mark.parametrize(
    ("called", "around"),
    [
        ("Harrogate", "north-yorkshire"),
        ("Scarborough Borough Council", "north-yorkshire"),
        ("Northampton", "west-northamptonshire"),
        ("Kettering", "north-northamptonshire"),
        ("Carlisle", "cumberland"),
        ("Barrow-in-Furness", "westmorland-and-furness"),
        ("Taunton Deane", "somerset"),
        ("Aylesbury Vale DC", "buckinghamshire"),
        ("Huddersfield", "kirklees"),
        ("Halifax", "calderdale"),
        ("Paisley", "renfrewshire"),
        ("Llanelli", "carmarthenshire"),
        ("Coleraine", "causeway-coast-and-glens"),
        ("Bury St. Edmunds", "west-suffolk"),
    ],
)
def test_a_town_or_former_district_is_answered_with_the_council_that_it_lies_in(called, around):
    for ask in (LIBRARY.place, lambda name: catalogue.places.places_like(LIBRARY, name)):
        with pytest.raises(sroi.NotFoundError, match=f"it lies in {around}: write {around}$"):
            ask(called)
    assert around in [each.identifier for each in search(called)]


@pytest.mark.parametrize(
    "called", ["Cumbria", "Northants", "Greater Manchester", "Yorkshire", "Tyne and Wear", "Avon"]
)
def test_a_name_of_several_councils_is_answered_with_them(called):
    with pytest.raises(sroi.NotFoundError, match=r"it is several places: write one of [a-z-]+, [a-z-]+"):
        LIBRARY.place(called)


@pytest.mark.parametrize("called", ["Atlantis", "Gotham", "Wick", "Leeds and Derby", "Clifton", "Rainham"])
def test_a_name_that_is_near_none_is_answered_with_where_the_names_stand(called):
    with pytest.raises(sroi.NotFoundError, match="sroi places --all") as caught:
        LIBRARY.place(called)
    assert "did you mean" not in str(caught.value)


def test_a_town_that_is_misspelt_is_answered_with_its_council():
    with pytest.raises(sroi.NotFoundError, match=r"did you mean huddersfield\? It lies in kirklees"):
        LIBRARY.place("Huddersfeild")


def test_the_table_of_towns_names_authorities_and_no_town_that_is_one():
    own = {each.identifier for each in authorities()}
    for row in rows_of("place_names"):
        within = row["authorities"].split("|")
        assert set(within) <= own, row
        assert row["name"] not in own, row
        assert row["what"] in ("short name", "town or area", "former district", "several"), row
        assert (len(within) > 1) == (row["what"] == "several"), row
        assert (authority(row["name"]) is not None) == (row["what"] == "short name"), row


# ── Searching and likeness
# ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_search_finds_by_part_of_a_name_region_nation_or_code():
    assert {each.name for each in search("DERBY")} >= {
        "Derby",
        "Derbyshire",
        "Derbyshire Dales",
        "South Derbyshire",
    }
    assert {each.region for each in search("yorkshire and")} == {"Yorkshire and The Humber"}
    assert len([each for each in search("scotland") if each.nation == "Scotland"]) == 32
    assert [each.name for each in search("E08000035")] == ["Leeds"]
    assert [each.name for each in search("E08000038")] == ["Barnsley"]
    assert search("no such place") == []
    assert len(search("")) == 382


def test_every_place_is_found_by_its_own_name_and_code():
    for each in authorities():
        assert each in search(each.name)
        assert all(each in search(code) for code in each.codes)
        assert authority(each.identifier) == each


@pytest.mark.parametrize(
    "name",
    [
        "haringey",
        "derby",
        "leeds",
        "cornwall",
        "derbyshire",
        "isles-of-scilly",
        "glasgow-city",
        "eilean-siar",
        "swansea",
        "gwynedd",
        "belfast",
    ],
)
def test_comparable_places_stay_within_the_nation(name):
    one = authority(name)
    found = comparable(one, 20)
    distances = [distance for _, distance in found]
    assert found
    assert {each.nation for each, _ in found} == {one.nation}
    assert one not in [each for each, _ in found]
    assert distances == sorted(distances)
    assert all(0 <= distance < 20 for distance in distances)


def test_likeness_goes_both_ways():
    one = authority("haringey")
    for other, distance in comparable(one, 5):
        assert {each.gss: back for each, back in comparable(other, 400)}[one.gss] == pytest.approx(distance)


# ── Every shipped place with every intervention
# ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("intervention", INTERVENTIONS)
def test_every_place_evaluates_an_intervention_or_refuses_with_the_list(intervention):
    for place in PLACES:
        result = outcome_of(intervention, place)
        if intervention in NEEDED and (place, intervention) not in SAID:
            said = TEXTS["boroughs", place].get("interventions", {}).get(intervention, {})
            said = said.get("assumptions", {})
            assert result == NEEDED[intervention] - said.keys(), place
        else:
            assert math.isfinite(result.social_return_ratio), place
            assert sum(result.value_by_basis.values()) == pytest.approx(1)
            assert (
                result.to_dict()["provenance"]["counts"]["local_borrowed"]
                <= result.to_dict()["provenance"]["counts"]["local"]
            )


@pytest.mark.parametrize("intervention", NEEDED)
def test_what_is_said_to_be_missing_is_all_that_is_missing(intervention):
    values = {name: 1_000 if name == "residents" else 0.5 for name in NEEDED[intervention]}
    assert outcome_of(intervention, "derby", values).investment > 0
    for left_out in values:
        assert outcome_of(
            intervention, "derby", {name: value for name, value in values.items() if name != left_out}
        ) == {left_out}


@pytest.mark.parametrize("intervention", INTERVENTIONS)
def test_an_intervention_names_its_strategy_its_theory_of_change_and_what_it_cannot_show(intervention):
    text = TEXTS["interventions", intervention]
    assert text["strategy"] in options(sroi.Study, "strategy")
    assert text["purpose"]
    assert text["scope"]
    assert len(text["limitations"]) >= 3
    for name, outcome in text["outcomes"].items():
        assert all(
            outcome.get(part) for part in ("title", "stakeholder", "activity", "output", "indicator")
        ), name


def test_the_list_of_interventions_gives_each_its_strategy():
    listed = {entry["intervention"]: entry["strategy"] for entry in catalogue.interventions(LIBRARY).entries}
    assert listed == {name: TEXTS["interventions", name]["strategy"] for name in INTERVENTIONS}


def test_the_interventions_hold_outcomes_for_the_worse_and_outcomes_without_a_price():
    for intervention in INTERVENTIONS:
        outcomes = TEXTS["interventions", intervention]["outcomes"].values()
        assert any(outcome.get("priced") is False for outcome in outcomes), intervention
    for intervention in set(INTERVENTIONS) - set(NEEDED):
        rows = outcome_of(intervention, "derby").outcomes
        assert any((row.present_value or 0) < 0 or row.present_value == 0 for row in rows), intervention


# ── Numbers, sources, licences
# ───────────────────────────────────────────────────────────────────────────────────────────


def numbers_in(text, where=""):
    """Every number that a pack or intervention writes, with its path and with the entry around it."""
    for name, written in (text.get("assumptions") or {}).items():
        yield f"{where}assumptions.{name}", written, {}
    for section, fields in NUMBERS.items():
        for name, entry in (text.get(section) or {}).items():
            for field in fields:
                for written in entry.get(field) if isinstance(entry.get(field), list) else [entry.get(field)]:
                    yield f"{where}{section}.{name}.{field}", written, entry
    for name, said in (text.get("interventions") or {}).items():
        yield from numbers_in(said, f"{where}interventions.{name}.")


def computed(value):
    """Whether a value is written in terms of other numbers' names."""
    return (
        isinstance(value, str)
        and re.search(r"[a-z_]{2,}", value.replace("min", "").replace("max", "")) is not None
    )


def all_numbers():
    return [
        (kind, name, path, written, entry)
        for (kind, name), text in TEXTS.items()
        for path, written, entry in numbers_in(text)
    ]


def test_no_shipped_number_lacks_both_source_and_rationale():
    seen, without = 0, []
    for kind, name, path, written, entry in all_numbers():
        fields = written if isinstance(written, dict) else {"value": written}
        if fields["value"] is None or computed(fields["value"]):
            continue
        seen += 1
        around = entry if path.startswith("inputs.") else {}
        if not any(
            str(said.get(key) or "").strip() for said in (fields, around) for key in ("source", "rationale")
        ):
            without.append(f"{kind}/{name}.yaml: {path}")
    assert without == []
    assert seen > 450


def test_a_judgement_says_that_it_is_one_and_has_a_range():
    without = []
    for kind, name, path, written, _ in all_numbers():
        if (
            isinstance(written, dict)
            and written.get("value") is not None
            and not written.get("source")
            and not computed(written["value"])
        ):
            reason = str(written.get("rationale"))
            if not reason.startswith("structural") and written.get("low") is None:
                without.append(f"{kind}/{name}.yaml: {path}")
    assert without == []


def test_every_borrowed_number_says_from_where_and_why():
    borrowed = [
        written
        for *_, written, _ in all_numbers()
        if isinstance(written, dict) and "borrowed_from" in written
    ]
    assert len(borrowed) > 20
    assert all(written["borrowed_from"] and written["rationale"] for written in borrowed)


def test_every_range_holds_its_value():
    def plain(value):
        if isinstance(value, str) and re.fullmatch(r"-?[\d_.]+%", value):
            return float(value[:-1].replace("_", "")) / 100
        return value

    for _, _, path, written, _ in all_numbers():
        if isinstance(written, dict):
            low, value, high = (plain(written.get(key)) for key in ("low", "value", "high"))
            if all(isinstance(end, (int, float)) for end in (low, value, high)):
                assert low <= value <= high, path


def chain_of(kind, name):
    """A pack with all that it builds on; an intervention with every nation's pack, whose numbers it uses."""
    if kind == "interventions":
        return [TEXTS[kind, name], *(text for (each, _), text in TEXTS.items() if each == "national")]
    text = TEXTS[kind, name]
    return [text, *(chain_of("national", text["extends"]) if "extends" in text else [])]


@pytest.mark.parametrize(("kind", "name"), TEXTS, ids="/".join)
def test_every_source_that_is_named_is_declared(kind, name):
    declared = {source for text in chain_of(kind, name) for source in text.get("sources") or {}}
    named = set()

    def look(node):
        if isinstance(node, dict):
            for key, value in node.items():
                named.update([value] if key == "source" and isinstance(value, str) else [])
                look(value)
        elif isinstance(node, list):
            for value in node:
                look(value)

    look({key: value for key, value in TEXTS[kind, name].items() if key != "sources"})
    assert named - declared == set()


@pytest.mark.parametrize(("kind", "name"), TEXTS, ids="/".join)
def test_no_value_is_shipped_that_its_licence_forbids(kind, name):
    for source, fields in (TEXTS[kind, name].get("sources") or {}).items():
        told = " ".join(
            str(fields.get(key) or "") for key in ("title", "publisher", "author", "licence", "url")
        )
        assert not re.search(r"HACT|Social Value Bank|socialvaluebank", told, re.IGNORECASE), source
        assert not re.search(
            r"\bND\b|no.?deriv|all rights reserved", str(fields.get("licence")), re.IGNORECASE
        ), source
        if re.search(r"NC|none stated", str(fields.get("licence"))):
            assert "values cited singly" in fields["licence"], source


def test_every_source_has_a_title_and_says_where_or_by_whom():
    for text in TEXTS.values():
        for name, fields in (text.get("sources") or {}).items():
            assert fields["title"], name
            assert any(fields.get(key) for key in ("url", "publisher", "author")), name


def test_every_claim_has_a_meaning_and_a_source_that_is_declared():
    found = 0
    for (kind, name), text in TEXTS.items():
        declared = {source for each in chain_of(kind, name) for source in each.get("sources") or {}}
        for claim in (text.get("claims") or {}).values():
            found += 1
            assert claim["says"]
            assert claim["meaning"] in {"savings", "social_value", "unclear"}
            assert claim["source"] in declared
    assert found > 50


def test_no_number_of_any_result_comes_from_a_claim():
    for place in PLACES:
        for intervention in TEXTS["boroughs", place]["interventions"]:
            study = sroi.load(intervention, borough=place, packs=LIBRARY)
            if (place, intervention) in SAID or intervention not in NEEDED:
                without = study.model_copy(update={"claims": {}})
                assert sroi.evaluate(without).social_return_ratio == sroi.evaluate(study).social_return_ratio


# ── What the page of places says in words
# ────────────────────────────────────────────────────────────────────────────────


def test_what_the_page_of_places_says_in_words_is_so():
    ratios = {
        name: outcome_of(name, "derby").social_return_ratio for name in set(INTERVENTIONS) - set(NEEDED)
    }
    linked = {name: ratios[name] for name in ("befriending", "social-prescribing", "time-bank")}
    assert max(linked, key=linked.get) == "befriending"
    assert max(ratios, key=ratios.get) == "debt-advice"
    for place in PLACES:
        if "local-area-coordination" in TEXTS["boroughs", place]["interventions"]:
            result = outcome_of("local-area-coordination", place)
            wellbeing = sum(
                row.present_value for row in result.outcomes if row.in_total and row.kind == "wellbeing"
            )
            assert wellbeing > 0.9 * result.present_value
            assert result.social_return_ratio < 1
    assert outcome_of("mens-shed", "york") == NEEDED["mens-shed"]


def test_the_page_of_places_has_a_row_for_every_pair_that_a_pack_speaks_of():
    page = (ASSUMPTIONS.parent / "docs" / "places.md").read_text(encoding="utf-8")
    table = page[page.index("<!-- made: places -->") :]
    listed = re.findall(
        r"^\| `([\w-]+)` \| `([\w-]+)` \|", table[: table.index("<!-- end -->")], re.MULTILINE
    )
    assert listed == [(each, place) for each in INTERVENTIONS for place in PLACES]


def test_what_it_says_of_what_is_put_in_and_of_what_moves_a_result_is_so():
    inputs = {row.input: row.present_value for row in outcome_of("befriending", "derby").inputs}
    assert inputs["befrienders_time"] > sum(inputs.values()) / 2
    shops = sroi.breakeven(sroi.load("every-one-every-day", borough="barking-and-dagenham", packs=LIBRARY))
    (unknown,) = shops.unknown
    assert unknown.number == "points_gained"
    assert unknown.value == pytest.approx(2 * unknown.range[1], rel=0.05)  # "about twice"


def test_a_place_that_is_found_has_the_title_of_its_council():
    (entry,) = found_places(LIBRARY, "S12000013").entries
    assert (entry["borough"], entry["title"]) == ("eilean-siar", "Comhairle nan Eilean Siar")
    assert entry["title"] == LIBRARY.place("S12000013").pack.title
