"""The rows behind every report: complete, in order, the same each time, and equal to the results."""

import collections
import datetime as dt

import pytest
from helpers import outcome, small

import sroi
from sroi import formatting
from sroi.labels import Figures, path_label
from sroi.method import MethodProfile
from sroi.reports.content import ALL_TRIED, TRIED_OF_MANY, content
from sroi.reports.parts import safe_link
from sroi.reports.sections.texts import method_formulas
from sroi.resolution import numbers_of
from sroi.results import summary
from sroi.results.spread import chance
from sroi.words import readable

ORDER = [
    "summary",
    "who-gains-and-who-pays",
    "scope",
    "value-map",
    "evidence",
    "gross-to-net",
    "by-year",
    "tornado",
    "distribution",
    "review",
    "demand",
    "switching-values",
    "returns",
    "assumptions",
    "sources",
    "checks",
    "method",
    "limitations",
    "record",
    "glossary",
]


@pytest.fixture(scope="module")
def derby():
    return content(sroi.load("local-area-coordination", borough="derby"), draws=1000, date="2026-11-24")


def table(found, section, title):
    return next(each for each in found.section(section).tables if each.title.startswith(title))


def fact(found, key):
    return next(each.text for each in found.headline if each.key == key)


def words_of(found):
    """All that a report says, cell by cell."""
    yield from (found.title, found.subtitle, found.statement)
    for fact in found.headline:
        yield from (fact.label, fact.text)
    for section in found.sections:
        yield section.title
        yield from section.paragraphs
        for each in section.tables:
            yield from (each.title, each.note, *each.headings)
            for row in each.rows:
                yield from row
        for figure in section.figures:
            yield from (figure.title, figure.takeaway, figure.alt)


def test_the_sections_stand_in_their_order(derby):
    assert [section.id for section in derby.sections] == ORDER


def test_every_table_is_rectangular_and_none_is_empty(derby):
    for section in derby.sections:
        for each in section.tables:
            assert each.rows, each.title
            assert all(len(row) == len(each.columns) for row in each.rows), each.title


def test_every_number_behind_the_result_is_listed_with_what_is_known_of_it(derby):
    listed = table(derby, "assumptions", "Numbers")
    used = numbers_of(derby.study).used
    assert [row[0] for row in listed.rows] == [path_label(derby.study, number.path) for number in used]
    for row, number in zip(listed.rows, used, strict=True):
        cells = dict(zip(listed.headings, row, strict=True))
        assert cells["Value"] == Figures(derby.study).one(number.path, number.value)
        assert cells["Unit"] == (number.unit or "")
        assert cells["Grade"] == (number.grade or "")
        assert (number.source or "") in cells["Source"]
        assert (number.rationale or "") in cells["Why"]
        assert cells["Written in"] == number.layer


def test_no_path_of_this_machine_is_in_a_report(derby):
    assert not any("/assumptions/" in words or ".yaml" in words for words in words_of(derby))


def test_every_source_of_a_number_or_a_claim_is_listed(derby):
    listed = {row[0] for row in table(derby, "sources", "Sources").rows}
    named = {number.source for number in numbers_of(derby.study).used if number.source}
    named |= {claim.source for claim in derby.study.claims.values() if claim.source}
    assert listed == named


def test_every_choice_of_the_method_is_listed(derby):
    listed = table(derby, "method", "Every choice").rows
    assert [row[0] for row in listed] == [readable(name) for name in MethodProfile.model_fields]
    assert dict(row[:2] for row in listed)["Deductions"] == "multiplied"
    factors = table(derby, "method", "Discount factors").rows
    assert [float(row[2]) for row in factors] == pytest.approx(
        list(derby.results.evaluation.discount_factors), abs=5e-7
    )


def test_formulas_are_those_of_the_method_that_was_used():
    added = content(sroi.Study.model_validate(small(method={"profile": "added-deductions", "timing": "mid"})))
    formulas = dict(table(added, "method", "Formulas").rows)
    assert formulas["Share kept in benefit year k"] == "1 − (deadweight + displacement + attribution)"
    assert "t + ½" in formulas["Discount factor of year t"]


@pytest.mark.parametrize(
    ("choices", "left"),
    [
        ({}, "(1 − drop-off)^k × max(0, min(1, duration − k))"),
        ({"drop_off_from": "first_year"}, "(1 − drop-off)^(k + 1) × max(0, min(1, duration − k))"),
        ({"drop_off_shape": "linear"}, "max(0, 1 − drop-off × k) × max(0, min(1, duration − k))"),
        ({"part_years": "whole"}, "(1 − drop-off)^k × max(0, min(1, ⌈duration⌉ − k))"),
    ],
)
def test_the_formula_of_a_benefit_year_follows_each_choice(choices, left):
    formulas = dict(method_formulas(sroi.Study.model_validate(small(method=choices)).method))
    written = formulas["Benefit year k of one unit, counted from 0"]
    assert written == f"financial proxy × share kept × {left}"


def test_the_facts_of_the_headline_have_keys():
    found = content(sroi.Study.model_validate(small()))
    keys = [
        "social_return",
        "range",
        "net_present_value",
        "present_value",
        "investment",
        "overtakes",
        "method",
    ]
    assert [each.key for each in found.headline] == keys


def test_the_parts_sum_to_the_whole(derby):
    checked = table(derby, "checks", "Do the parts")
    assert len(checked.rows) == 6
    assert {row[-1] for row in checked.rows} == {"none"}


def test_warnings_are_told(derby):
    said = derby.section("checks").paragraphs
    outside = "People receive benefits that they were missing"
    assert f"Warning: transfers are outside the total: “{outside}”." in said


def test_the_headline_holds_the_range(derby):
    low, high = (
        formatting.returned(derby.results.simulation.ratio.percentiles[percent], "GBP")
        for percent in (10, 90)
    )
    assert fact(derby, "range").startswith(f"{low} to {high} for each £1 in eight draws out of ten")
    assert derby.statement == derby.results.simulation.statement


def test_a_study_without_ranges_says_so():
    found = content(sroi.Study.model_validate(small()))
    assert found.results.simulation is None
    assert fact(found, "range") == "none: no number of the study has a range"
    assert "no range computed" in found.statement
    assert found.section("distribution").figures == ()
    assert found.section("tornado").figures == ()
    assert found.section("switching-values").figures == ()


def test_each_stakeholder_left_out_is_listed_with_the_reason():
    document = small(
        {
            "stakeholders.taxpayers": {
                "title": "Taxpayers",
                "party": "state",
                "included": False,
                "reason": "their money comes first",
            }
        }
    )
    found = content(sroi.Study.model_validate(document))
    assert table(found, "scope", "Stakeholders left out").rows == (
        ("Taxpayers", "The state", "their money comes first"),
    )
    assert (
        "No stakeholder is recorded as left out."
        in content(sroi.Study.model_validate(small())).section("scope").paragraphs
    )


def test_decisions_waivers_and_versions_are_on_record():
    waiver = {
        "rule": "SROI015",
        "object": "outcomes.change",
        "reason": "none found",
        "person": "A. Body",
        "date": "2026-01-02",
        "expiry": "2027-01-02",
    }
    found = content(
        sroi.Study.model_validate(
            small(decisions="The club stays open.", waivers=[waiver], limitations=["Small."])
        )
    )
    assert found.section("record").paragraphs == ("The club stays open.",)
    assert table(found, "record", "Findings").rows == (
        ("SROI015", "Change", "none found", "A. Body", "2026-01-02", "2027-01-02"),
    )
    assert ("Method", found.study.method.fingerprint) in table(found, "record", "Made with").rows
    assert found.section("limitations").paragraphs == ("Small.",)


def test_outcomes_for_the_worse_and_without_a_price_are_named():
    document = small(
        outcomes={
            "bad": outcome(value=-5, title="It gets worse"),
            "felt": outcome(priced=False, value=None, title="It is felt"),
        }
    )
    said = content(sroi.Study.model_validate(document)).section("evidence").paragraphs
    assert "Outcomes for the worse that are counted: It gets worse." in said
    assert "Without a money value, and so outside the total: It is felt." in said


def test_the_same_study_says_the_same(derby):
    again = content(sroi.load("local-area-coordination", borough="derby"), draws=1000, date="2026-11-24")
    assert list(words_of(again)) == list(words_of(derby))


def test_without_a_date_no_clock_is_looked_at():
    document = small(
        outcomes={"change": outcome(value={"value": 200, "source": "old"})},
        sources={"old": {"title": "Old", "review_by": "2001"}},
    )
    study = sroi.Study.model_validate(document)
    undated, dated = content(study), content(study, date="2026-11-24")
    assert undated.date is None
    assert dated.date == "24 November 2026"
    assert not any("looked at again" in words for words in undated.section("checks").paragraphs)
    assert (
        "This report has no date, so no source was judged due for review."
        in undated.section("checks").paragraphs
    )
    assert any(
        "past the date by which they should be looked at again: “Old”" in words
        for words in dated.section("checks").paragraphs
    )
    assert (
        content(study, date="1999-01-01").results.evaluation.warnings
        == sroi.evaluate(study, today=dt.date(1999, 1, 1)).warnings
    )


def test_what_is_no_date_is_refused():
    with pytest.raises(sroi.DocumentError, match="date: tomorrow is not a date; write it as 2026-11-24"):
        content(sroi.Study.model_validate(small()), date="tomorrow")


def test_of_a_very_large_study_the_strongest_numbers_are_tried():
    outcomes = {
        f"o{i}": outcome(value={"value": 200 + i, "low": 100, "high": 400 + 2 * i}) for i in range(80)
    }
    found = content(sroi.Study.model_validate(small(outcomes=outcomes)), draws=100)
    assert len(numbers_of(found.study).used) > ALL_TRIED
    tried = {
        f"outcomes.{value.number.removeprefix('outcomes.')}" for value in found.results.switching.numbers
    }
    assert tried == {swing.number.path for swing in found.results.sensitivity.swings[:TRIED_OF_MANY]}
    notes = " ".join(each.note for each in found.section("switching-values").tables)
    assert (
        "only the 60 numbers that move the result most were tried" in notes
        or not found.section("switching-values").tables[0].note
    )


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("https://www.gov.uk/a?b=1&c=2", True),
        ("mailto:someone@example.org", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,<script>", False),
        ("https://example.org/\"onmouseover='x'", False),
        ("https://", False),
        ("https://exa\nmple.org", False),
        (" https://example.org", False),
        ("http://[", False),
        ("held by the council", False),
    ],
)
def test_only_web_and_mail_addresses_are_linked(text, linked):
    assert (safe_link(text) == text) is linked
    assert linked or safe_link(text) is None


def test_what_is_put_in_is_from_somebody_by_title(derby):
    titles = {
        row.input: derby.study.stakeholders[row.stakeholder].title for row in derby.results.evaluation.inputs
    }
    assert (
        [row[1] for row in table(derby, "value-map", "Inputs").rows]
        == list(titles.values())
        == ["The council", "Neighbours and local groups"]
    )


def test_numbers_without_a_source_are_named_in_words_and_not_by_path(derby):
    found = table(derby, "assumptions", "Numbers")
    source = found.headings.index("Source")
    unsourced = [row[0] for row in found.rows if row[source] == "an assumption without a source"]
    assert len(unsourced) == len(summary.unsourced_table(derby.study).rows)
    assert not [name for name in unsourced if "_" in name]


def test_no_table_and_no_row_stands_twice_in_a_report(derby):
    tables = [each for section in derby.sections for each in section.tables]
    assert len({each.title for each in tables}) == len(tables)
    held = collections.defaultdict(set)
    for each in tables:
        for row in each.rows:
            if len(row) > 2:
                held[row].add(each.title)
    assert {row: titles for row, titles in held.items() if len(titles) > 1} == {}


def test_a_claim_of_the_place_says_in_its_own_row_how_often_it_is_reached(derby):
    found = table(derby, "distribution", "Claims beside this result")
    reached = dict(zip((row[0] for row in found.rows), (row[-1] for row in found.rows), strict=True))
    assert found.headings[-1] == "Reached"
    claims = derby.results.simulation.claims
    assert {derby.study.claims[name].says: chance(share) for name, share in claims.items()}.items() >= {
        says: words for says, words in reached.items() if words
    }.items()
    assert any(reached.values())


def test_a_number_without_a_range_is_not_said_to_lie_outside_it(derby):
    rows = table(derby, "switching-values", "What each number would have to be").rows
    assert {row[2] == "" for row in rows} == {True, False}
    assert all((row[2] == "") == row[4].startswith("without a range") for row in rows)


def test_a_minus_is_written_in_one_way(derby):
    cells = [
        cell
        for each in derby.sections
        for found in each.tables
        for row in found.rows
        for cell, right in zip(row, found.numeric, strict=True)
        if right
    ]
    assert any("−" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith("-") or "to -" in cell]
