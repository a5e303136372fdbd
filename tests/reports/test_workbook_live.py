"""The workbook calculates what the engine does, as written and after a number has been changed in it."""

import io
import math
from pathlib import Path

import openpyxl
import pytest
import yaml
from helpers import changed, outcome, small, study_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sheets import (
    figures_of_engine,
    figures_of_workbook,
    map_cell,
    needs_libreoffice,
    opened,
    row_of,
    with_entries,
)
from strategies import documents

import sroi
from sroi import formatting
from sroi.labels import payer_label
from sroi.reports.content import content
from sroi.reports.xlsx import report_workbook, workbook
from sroi.reports.xlsx.wording import returned

ROOT = Path(__file__).parents[2]


def document_of(path):
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def shipped(intervention, borough):
    """A shipped intervention of a place, as one complete document."""
    return yaml.safe_load(sroi.dumps(sroi.load(intervention, borough=borough)))


LUNCH = "examples/lunch-club.yaml"
YEARLY = {"drop_off": 0.2, "duration": 4, "deadweight": [0.1, 0.2, 0.3], "displacement": 0.05}
DATED = {"value": 150, "price_year": 2019}

STUDIES = {
    "lunch club": lambda: document_of(LUNCH),
    "cohorts": lambda: document_of("tests/golden/cohorts.yaml"),
    "long life": lambda: document_of("tests/golden/long-life.yaml"),
    "derby": lambda: shipped("local-area-coordination", "derby"),
    "added": lambda: small(
        method="added-deductions",
        outcomes={"change": outcome(deadweight=0.3, displacement=0.1, attribution=0.2, duration=3)},
    ),
    "linear": lambda: small(
        method={"drop_off_shape": "linear"}, outcomes={"change": outcome(drop_off=0.3, duration=5)}
    ),
    "geometric from the first year": lambda: small(
        method={"drop_off_from": "first_year"}, outcomes={"change": outcome(drop_off=0.3, duration=3)}
    ),
    "all lost at once": lambda: small(outcomes={"change": outcome(drop_off=1, duration=3)}),
    "mid": lambda: small(
        method={"timing": "mid", "discount_rate": "4%", "input_timing": "end"},
        outcomes={"change": outcome(duration=4, value=60)},
    ),
    "end": lambda: small(
        method={"timing": "end"}, outcomes={"change": outcome(duration=2, starts={"years_later": 2})}
    ),
    "whole years": lambda: small(
        method={"part_years": "whole"}, outcomes={"change": outcome(duration=2.5, drop_off=0.5)}
    ),
    "lists": lambda: small(outcomes={"change": outcome(**YEARLY, quantity=[10, 0, 20.5])}),
    "contribution": lambda: small(
        outcomes={"change": {**outcome(duration=2), "contribution": 0.7, "attribution": None}}
    ),
    "contributions": lambda: small(
        outcomes={"change": {**outcome(duration=3), "contribution": [0.7, 0.5], "attribution": None}}
    ),
    "nominal": lambda: small(
        inputs={
            "grant": {"stakeholder": "council", "kind": "cash", "value": [500, 400, 300], "prices": "nominal"}
        }
    ),
    "nominal years": lambda: small(
        inputs={
            "grant": {"stakeholder": "council", "kind": "cash", "value": 400, "years": 3, "prices": "nominal"}
        }
    ),
    "dated inputs": lambda: small(
        inputs={
            "grant": {
                "stakeholder": "council",
                "kind": "cash",
                "value": [{"value": 500, "price_year": 2020}, 300],
            }
        }
    ),
    "dated proxy": lambda: small(outcomes={"change": outcome(value=DATED, duration=2)}),
    "proxies by year": lambda: small(
        outcomes={
            "change": outcome(value=[100, DATED, 130], duration=4, unit="visits", quantity=[10, 20]),
            "harm": outcome(value=[-20, -25], duration=2, drop_off=0.5),
        }
    ),
    "horizon": lambda: small(method={"horizon": 3}, outcomes={"change": outcome(duration=8, drop_off=0.1)}),
    "transfers": lambda: small(
        outcomes={
            "change": outcome(cashable=0.2, stakeholder="council"),
            "benefit": outcome(kind="transfer", **{"from": "council"}, value=90),
            "loss": outcome(value=-5, accrues_to="state:nhs", cashable="0.1 + 0.2"),
        }
    ),
    "transfers in the total": lambda: small(
        method="svi-guide", outcomes={"change": outcome(), "benefit": outcome(kind="transfer", value=90)}
    ),
    "for the worse": lambda: small(
        outcomes={
            "change": outcome(duration=2),
            "harm": outcome(quantity=-3, value=50, unit="visits"),
            "cost": outcome(value=-20, unit="hours", deadweight=0.4),
        }
    ),
    "health rates": lambda: small(
        outcomes={
            "change": outcome(),
            "health": outcome(duration=4, discount_schedule="green-book-2026-health"),
        }
    ),
    "from a later year": lambda: small(
        method={"discount_from": 2026}, outcomes={"change": outcome(duration=5)}
    ),
    "from an earlier year": lambda: small(
        method={"discount_from": 2022}, outcomes={"change": outcome(duration=3)}
    ),
    "inputs not discounted": lambda: small(
        method={"discount_inputs": False},
        inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": 500, "years": 3}},
    ),
    "unpriced": lambda: small(outcomes={"change": outcome(), "pride": outcome(priced=False, value=None)}),
    "never paid back": lambda: small(outcomes={"change": outcome(quantity=1)}),
    "names that a spreadsheet reads as something else": lambda: small(
        assumptions={
            "q4": 10,
            "sum": 2,
            "rc": 5,
            "r1c1": 1,
            "pi": 3,
            "year": 2,
            "max": 7,
            "true": 1,
            "e1": 0.5,
            "if": 2,
            "a": 3,
            "date": 4,
        },
        outcomes={
            "change": outcome(
                quantity="q4 * sum * rc * r1c1 + pi + year + max",
                value="true * e1 * if * a * date * -2 ** 2 + 100",
            )
        },
    ),
    "expressions": lambda: small(
        assumptions={
            "a": 3,
            "b": -2,
            "c": 0,
            "d": "min(a, b ** 2) - -b",
            "e": "max(a - (b - c), 2) / (a * 2) ** -1",
            "f": "c ** c + 600 * 12.21",
        },
        outcomes={"change": outcome(quantity="-a ** 2 + d + e", value="f - e * d")},
    ),
}

CHANGES = [
    ("lunch club", {"assumptions.members": 150}),
    ("lunch club", {"assumptions.share_less_lonely": 0.5, "outcomes.less_lonely.deadweight": 0.0}),
    ("lunch club", {"assumptions.wellby": 15_000}),
    ("lunch club", {"outcomes.less_lonely.drop_off": 1.0}),
    ("lunch club", {"outcomes.less_lonely.duration": 5.5}),
    ("lunch club", {"outcomes.less_lonely.duration": 8, "outcomes.less_lonely.drop_off": 0.0}),
    ("lunch club", {"outcomes.less_lonely.duration": 0.5}),
    ("lunch club", {"outcomes.fewer_gp_visits.quantity": 0, "outcomes.fewer_gp_visits.value": 52.5}),
    ("lunch club", {"outcomes.fewer_gp_visits.deadweight": 0.1, "outcomes.fewer_gp_visits.duration": 2.5}),
    ("lunch club", {"inputs.grant.value[0]": 90_000}),
    ("lunch club", {"inputs.cooking.years": 4, "inputs.cooking.value": 8_000}),
    ("lunch club", {"discount_schedules.green-book-2026[1]": 0.06}),
    ("cohorts", {"discount_rate": 0.0, "inputs.room.value": 5_000}),
    ("cohorts", {"outcomes.care_hours.quantity[1]": 60, "outcomes.care_hours.deadweight[2]": 0.9}),
    ("derby", {"assumptions.coordinators": 14, "assumptions.share_walked_alongside": 0.3}),
    ("derby", {"assumptions.total_cost": 2_000_000}),
    ("added", {"outcomes.change.displacement": 0.5}),
    ("linear", {"outcomes.change.drop_off": 0.1, "outcomes.change.duration": 8.25}),
    ("geometric from the first year", {"outcomes.change.drop_off": 0.9}),
    ("all lost at once", {"outcomes.change.drop_off": 0.0}),
    ("mid", {"discount_rate": 0.1, "outcomes.change.duration": 7.5}),
    ("whole years", {"outcomes.change.duration": 3.01}),
    (
        "lists",
        {
            "outcomes.change.quantity[0]": -4,
            "outcomes.change.deadweight[1]": 1.0,
            "outcomes.change.displacement": 0.3,
        },
    ),
    ("contribution", {"outcomes.change.contribution": 0.2}),
    ("contributions", {"outcomes.change.contribution[0]": 0.1, "outcomes.change.contribution[1]": 1.0}),
    ("nominal", {"inputs.grant.value[2]": 3_000}),
    ("nominal years", {"inputs.grant.value": 900}),
    ("dated inputs", {"inputs.grant.value[0]": 100, "inputs.grant.value[1]": 10}),
    ("dated proxy", {"outcomes.change.value": 300}),
    ("horizon", {"outcomes.change.duration": 2.5}),
    ("transfers", {"outcomes.benefit.value": 900}),
    ("for the worse", {"outcomes.harm.quantity": -90, "outcomes.cost.value": 20}),
    ("proxies by year", {"outcomes.change.value[2]": 40, "outcomes.harm.value[0]": -2}),
    ("never paid back", {"outcomes.change.quantity": 90}),
    ("inputs not discounted", {"inputs.grant.years": 5}),
]


def of_studies(*names):
    """Places of the changes of some studies."""
    return [
        pytest.param(position, id=f"{name}: {', '.join(numbers)}")
        for position, (name, numbers) in enumerate(CHANGES)
        if name in names
    ]


def with_numbers(document, numbers):
    """The study with some of its numbers changed, as a person would change its file."""
    found = document
    for path, number in numbers.items():
        if path.startswith("discount"):
            method = document.get("method", "default")
            method = {"profile": method} if isinstance(method, str) else dict(method)
            method.pop("discount_schedule", None)
            found = {**found, "method": {**method, "discount_rate": number}}
            continue
        plain, _, position = path.partition("[")
        written = found
        for part in plain.split("."):
            written = written[part]
        if position:
            entries = list(written)
            at = int(position.rstrip("]"))
            entries[at] = {**entries[at], "value": number} if isinstance(entries[at], dict) else number
            found = changed(found, {plain: entries})
        elif isinstance(written, dict):
            found = changed(
                found,
                {
                    plain: {
                        "value": number,
                        **{key: written[key] for key in ("price_year", "uprate") if key in written},
                    }
                },
            )
        else:
            found = changed(found, {plain: number})
    return found


def unlike(book, study):
    """Figures in which a calculated workbook and the engine differ by more than a thousand-millionth."""
    found = figures_of_workbook(book, study)
    result = sroi.evaluate(study)
    expected = figures_of_engine(result, found)
    largest = max(
        abs(figure)
        for row in (*result.outcomes, *result.inputs)
        for figure in (*row.by_year, 0.0)
        if figure is not None
    )
    gross = {name: 1e-9 * (largest / result.investment if "ratio" in name else largest) for name in found}
    return {
        name: (found.get(name), figure)
        for name, figure in expected.items()
        if not (
            found.get(name) == figure
            if isinstance(figure, str)
            else _close(found.get(name), figure, 1e-9 if name == "payback_years" else gross[name])
        )
    }


def _close(found, figure, nothing):
    return isinstance(found, int | float) and math.isclose(
        found, figure, rel_tol=1e-9, abs_tol=nothing * 1e-3
    )


@pytest.fixture(scope="module")
def written():
    return {name: workbook(sroi.evaluate(study_of(make()))) for name, make in STUDIES.items()}


@pytest.fixture(scope="module")
def calculated(written, libreoffice):
    return dict(zip(written, libreoffice.calculated(written.values()), strict=True))


@pytest.fixture(scope="module")
def calculated_after(written, libreoffice):
    given = [with_entries(written[name], STUDIES[name](), numbers) for name, numbers in CHANGES]
    return libreoffice.calculated(given)


@needs_libreoffice
@pytest.mark.parametrize("name", STUDIES)
def test_a_workbook_gives_what_the_engine_gives(name, calculated):
    book = calculated[name]
    assert not unlike(book, study_of(STUDIES[name]()))
    assert book["Reconciliation"]["B4"].value is True


@needs_libreoffice
@pytest.mark.parametrize(
    "position", range(len(CHANGES)), ids=[f"{name}: {', '.join(numbers)}" for name, numbers in CHANGES]
)
def test_a_changed_number_gives_what_the_engine_gives_for_it(position, calculated, calculated_after):
    name, numbers = CHANGES[position]
    document = with_numbers(STUDIES[name](), numbers)
    book = calculated_after[position]
    assert not unlike(book, study_of(document))
    assert unlike(calculated[name], study_of(document))
    assert book["Reconciliation"]["B4"].value is False


@needs_libreoffice
def test_no_cell_of_any_workbook_is_an_error(calculated, calculated_after):
    found = {
        (name, sheet.title, cell.coordinate): cell.value
        for name, book in [
            *calculated.items(),
            *((CHANGES[position], book) for position, book in enumerate(calculated_after)),
        ]
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e" or (isinstance(cell.value, str) and cell.value.startswith(("#", "Err:")))
    }
    assert not found


@needs_libreoffice
@pytest.mark.parametrize("duration", [6.5, 9])
def test_a_duration_beyond_the_columns_is_told_of(duration, libreoffice, written):
    """Three years with five more held ready: 6.5 fits, 9 does not."""
    (book,) = libreoffice.calculated(
        [
            with_entries(
                written["lunch club"], STUDIES["lunch club"](), {"outcomes.less_lonely.duration": duration}
            )
        ]
    )
    summary = book["Summary"]
    fits = summary.cell(row_of(summary, "Every duration fits the columns of this workbook"), 4).value
    assert fits == ("passes" if duration < 9 else "fails")
    benefit_years = book["Benefit years"]
    assert benefit_years.cell(row_of(benefit_years, "Members are less lonely"), 4).value is (duration < 9)


def checks(book):
    """The checks of the first sheet, by their first words."""
    summary = book["Summary"]
    row = row_of(summary, "Checks of this workbook") + 1
    return {
        str(summary.cell(at, 1).value).split(",")[0].split(" (")[0]: summary.cell(at, 4).value
        for at in range(row, row + 3)
    }


@needs_libreoffice
def test_what_the_engine_would_refuse_is_marked(libreoffice, written):
    """Deductions past 100%, a share above 1 by way of an assumption, and nothing put in."""
    wrong = {
        "added": {"outcomes.change.deadweight": 0.8},
        "lunch club": {"assumptions.share_less_lonely": 1.5, "outcomes.less_lonely.deadweight": 1.2},
        "for the worse": {"inputs.grant.value": 0},
    }
    given = [with_entries(written[name], STUDIES[name](), numbers) for name, numbers in wrong.items()]
    books = libreoffice.calculated(given)
    added, above, nothing = map(checks, books)
    share, fits, put_in = added
    assert (added[fits], added[share], added[put_in]) == ("passes", "fails", "passes")
    assert (above[fits], above[share], above[put_in]) == ("passes", "fails", "passes")
    assert (nothing[fits], nothing[share], nothing[put_in]) == ("passes", "passes", "fails")
    assert {book["Summary"]["F4"].value for book in books} == {"● 1 of 3 checks fail: see below"}
    assert books[2]["Summary"]["A4"].value == "Nothing is put in, so there is no return"


# ── The first sheet, once something was changed
# ────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def first_sheets(libreoffice):
    """The report of the lunch club: as written, with one number changed, with three, and typed over."""
    made = report_workbook(content(sroi.load(ROOT / LUNCH), draws=500))
    document = STUDIES["lunch club"]()
    one = {"assumptions.members": 150}
    three = {**one, "outcomes.less_lonely.deadweight": 0.5, "assumptions.wellby": 15_000}
    typed_over = opened(made, formulas=True)
    map_cell(typed_over, "less_lonely", "Impact").value = 1
    saved = io.BytesIO()
    typed_over.save(saved)
    given = [made, *(with_entries(made, document, numbers) for numbers in (one, three)), saved.getvalue()]
    return [book["Summary"] for book in libreoffice.calculated(given)]


@needs_libreoffice
def test_an_unchanged_workbook_says_that_it_is_as_written(first_sheets):
    sheet = first_sheets[0]
    assert sheet["A4"].value == "£1 put in gives £1.93 of social value"
    assert sheet["F4"].value == "● All 3 checks pass"
    assert sheet["F5"].value == "As written: no number has been changed."


@needs_libreoffice
def test_a_changed_number_is_told_of_in_amber_and_no_check_fails(first_sheets):
    """The range is left as it was written; what has changed is named, and where the answer lies now."""
    was, now, _, _ = first_sheets
    members = sroi.evaluate(sroi.load(ROOT / LUNCH, values={"assumptions.members": 150}))
    assert now["A4"].value == (
        f"£1 put in gives {formatting.returned(members.social_return_ratio, 'GBP', [4.0])} of social value"
    )
    assert now["A5"].value == was["A5"].value
    assert now["F4"].value == "● Changed since written"
    said = "Changed since written: Members. The answer was £1.93. It is now above "
    assert now["F5"].value.startswith(said)
    assert now["F5"].value.endswith(" of 100 draws as written.")
    row = row_of(now, "Social return for £1")
    assert now.cell(row, 3).value == was.cell(row, 2).value
    change = now.cell(row, 2).value - was.cell(row, 2).value
    assert now.cell(row, 4).value == pytest.approx(change)
    assert {now.cell(at, 4).value for at in range(row + 9, row + 11)} <= {"passes", "changed since written"}


@needs_libreoffice
def test_several_changed_numbers_are_counted(first_sheets):
    assert first_sheets[2]["F5"].value.startswith("Changed since written: Members and 2 more. ")


@needs_libreoffice
def test_a_formula_that_was_typed_over_is_told_of(first_sheets):
    sheet = first_sheets[3]
    assert sheet["F4"].value == "● Changed since written"
    assert sheet["F5"].value == ("Changed since written: a formula. The figures are not what sroi gave.")


# None lies halfway between two pence: there a spreadsheet rounds written digits and Python stored ones.
RETURNS = [
    *(2.0302, 14.38, 0.81, 0.0234, 0.002, -0.00021, -1.5, 0.0, 0.996, 1.0004, 1.0, 3.998, 4.0, 4.003, 3.6799),
    *(9.994, 9.9951, 999.6, 1234.5, 123_456.0, 0.9951, -0.996, 1e-12, 12.02, 11.98, 12.0, -14.4, 0.9949),
]


@needs_libreoffice
@pytest.mark.parametrize("currency", ["GBP", "USD", "CHF"])
def test_a_live_return_is_worded_as_everywhere(libreoffice, currency):
    marks = [4.0, 3.68, 12.0]
    book = openpyxl.Workbook()
    for row, value in enumerate(RETURNS, start=1):
        book.active.cell(row, 1, value)
        book.active.cell(row, 2, f"={returned(f'A{row}', currency, marks)}")
    saved = io.BytesIO()
    book.save(saved)
    (found,) = libreoffice.calculated([saved.getvalue()])
    words = {value: found["Sheet"].cell(row, 2).value for row, value in enumerate(RETURNS, start=1)}
    assert words == {value: formatting.returned(value, currency, marks) for value in RETURNS}


def statements_of_workbook(book):
    """Gains, transfers, costs, net and cash by party and by payer."""
    sheet, found = book["Ledger"], {}
    for title in ("By party", "By payer"):
        row = row_of(sheet, title) + 1
        while sheet.cell(row, 1).value:
            found[title, sheet.cell(row, 1).value] = [sheet.cell(row, column).value for column in range(2, 7)]
            row += 1
    return found


@needs_libreoffice
@pytest.mark.parametrize("position", of_studies("cohorts", "derby", "transfers", "for the worse"))
def test_the_ledger_is_that_of_the_changed_study(position, calculated_after):
    name, numbers = CHANGES[position]
    study = study_of(with_numbers(STUDIES[name](), numbers))
    ledger = sroi.ledger(study)
    found = statements_of_workbook(calculated_after[position])
    parties = {
        "participant": "People taking part",
        "family": "Their families",
        "volunteer": "Volunteers",
        "community": "Community",
        "state": "The state",
    }
    statements = {
        ("By party", parties[name]): each
        for name, each in ledger.parties.items()
        if ("By party", parties.get(name)) in found
    }
    statements |= {("By payer", payer_label(study, name)): each for name, each in ledger.payers.items()} | {
        ("By party", "Society"): ledger.society
    }
    assert set(found) == set(statements)
    for place, each in statements.items():
        figures = [each.benefits, each.transfers_in + each.transfers_out, each.costs, each.net, each.cashable]
        assert found[place] == pytest.approx(figures, rel=1e-9, abs=1e-7), place
    sheet = calculated_after[position]["Ledger"]
    for ratio in ledger.ratios:
        value = sheet.cell(row_of(sheet, ratio.title), 8).value
        assert value == (
            "nothing put in" if ratio.value is None else pytest.approx(ratio.value, rel=1e-9, abs=1e-9)
        ), ratio.name


@needs_libreoffice
@pytest.mark.parametrize(
    "position", of_studies("lunch club", "cohorts", "derby", "for the worse", "proxies by year")
)
def test_the_demand_avoided_is_that_of_the_changed_study(position, calculated_after):
    name, numbers = CHANGES[position]
    lines = [
        line
        for line in sroi.ledger(study_of(with_numbers(STUDIES[name](), numbers))).demand
        if line.service is not None
    ]
    assert lines
    sheet = calculated_after[position]["Demand"]
    for line in lines:
        found = [cell.value for cell in sheet[row_of(sheet, line.title)]]
        assert found[3:7] == pytest.approx(
            [line.before, line.after, line.unit_cost, line.total], rel=1e-9, abs=1e-9
        )
        assert (found[7] or None) == (
            None if line.cost_per_unit is None else pytest.approx(line.cost_per_unit, rel=1e-9)
        )
        years = max(len(found) - 8, len(line.by_year_after))
        by_year, wanted = ([*flows, *[0.0] * years][:years] for flows in (found[8:], line.by_year_after))
        assert by_year == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@needs_libreoffice
@settings(
    max_examples=2,
    phases=[Phase.generate],
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(documents(), min_size=8, max_size=8))
def test_studies_drawn_at_random_are_reconciled(libreoffice, drawn):
    studies = [study_of(document) for document in drawn]
    books = libreoffice.calculated([workbook(sroi.evaluate(study)) for study in studies])
    for study, book in zip(studies, books, strict=True):
        assert not unlike(book, study)
