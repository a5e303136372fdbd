"""A Value Map as people make it becomes a study, and every figure of it is calculated again."""

import pytest
import yaml
from helpers import outcome, small
from maps import FIRST, HEADINGS, ROOT, figures_of, write_map

import sroi

GUIDE = {"profile": "svi-guide", "discount_rate": 0.035}
OPTIONS = {"currency": "GBP", "price_year": 2024, "first_year": 2024}


def club(**changes):
    """A map of three outcomes of two stakeholders, with part of everything deducted."""
    return small(
        changes,
        method=GUIDE,
        stakeholders={
            "members": {"title": "Members", "size": 120, "involved": 48}, "council": {"title": "Council"},
        },
        inputs={
            "time": {
                "title": "Volunteers' time", "stakeholder": "members",
                "kind": "volunteer_time", "value": 2500,
            },
            "grant": {"title": "Grant", "stakeholder": "council", "kind": "cash", "value": 60_000},
        },
        outcomes={
            "less_lonely": outcome(
                title="Less lonely", stakeholder="members", indicator="UCLA-3",
                quantity=42, value=1950, duration=3,
                deadweight=0.3, displacement=0, attribution=0.2, drop_off=0.4,
            ),
            "falls": outcome(
                title="More falls", stakeholder="members",
                quantity=3, value=-210.5, starts="after", duration=2,
                deadweight=0.05, displacement=0.1, attribution=0.125, drop_off=0.1,
            ),
            "fewer_visits": outcome(
                title="Fewer visits", stakeholder="council", quantity=90, value=48, duration=1,
                deadweight=0.5, displacement=0.02, attribution=0.1, drop_off=0,
            ),
        },
    )  # fmt: skip


@pytest.fixture
def imported(tmp_path):
    """Writes a map of a document and reads it back."""

    def read(document=None, printed=None, options=None, **arguments):
        file = tmp_path / "map.xlsx"
        read.places = write_map(file, document or club(), printed, **arguments)
        return sroi.import_value_map(file, **(OPTIONS | (options or {})))

    return read


def numbers(study):
    """The numbers of each outcome of a study, without what is said about them."""
    keys = ("quantity", "value", "duration", "deadweight", "displacement", "attribution", "drop_off")
    return {
        name: [None if (number := getattr(entry, key)) is None else number.value for key in keys]
        for name, entry in study.outcomes.items()
    }


WANTED = {
    "less_lonely": [42, 1950, 3, 0.3, 0, 0.2, 0.4],
    "more_falls": [3, -210.5, 2, 0.05, 0.1, 0.125, 0.1],
    "fewer_visits": [90, 48, 1, 0.5, 0.02, 0.1, 0],
}


@pytest.mark.parametrize("money", [None, "#,##0.00", "text", "[$£-809]#,##0.00;-[$£-809]#,##0.00"])
@pytest.mark.parametrize("shares", ["fraction", "whole", "text"])
def test_a_map_is_read_however_its_numbers_are_written_and_all_its_figures_agree(imported, shares, money):
    found = imported(shares=shares, money=money)
    assert numbers(found.study) == WANTED
    assert found.study.method == sroi.PROFILES["svi-guide"]
    assert found.disagreements == ()
    assert (found.compared, found.not_compared) == (len(imported.places), 0)
    assert found.evaluation.social_return_ratio == pytest.approx(
        figures_of(club())["social_return_ratio"], rel=1e-12
    )
    assert (found.unread_columns, found.unread_rows) == ((), ())


def test_merged_stakeholders_are_filled_down_and_their_numbers_read_once(imported):
    study = imported().study
    assert {
        name: (entry.title, entry.size and entry.size.value, entry.involved and entry.involved.value)
        for name, entry in study.stakeholders.items()
    } == {
        "members": ("Members", 120, 48),
        "council": ("Council", None, None),
    }
    assert {name: entry.stakeholder for name, entry in study.outcomes.items()} == {
        "less_lonely": "members",
        "more_falls": "members",
        "fewer_visits": "council",
    }
    assert {
        name: (entry.stakeholder, entry.kind, entry.value.value) for name, entry in study.inputs.items()
    } == {
        "volunteers_time": ("members", "volunteer_time", 2500),
        "grant": ("council", "cash", 60_000),
    }


def test_one_and_two_are_during_and_after(imported):
    assert {name: entry.starts for name, entry in imported().study.outcomes.items()} == {
        "less_lonely": "during",
        "more_falls": "after",
        "fewer_visits": "during",
    }


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("1", "during"),
        ("During activity", "during"),
        ("2 (after)", "after"),
        ("After", "after"),
        (2.0, "after"),
    ],
)
def test_a_start_in_words_is_read(imported, written, wanted):
    found = imported(change=lambda sheet, _: sheet.__setitem__(f"L{FIRST}", written), options={})
    assert found.study.outcomes["less_lonely"].starts == wanted


def test_a_missing_start_is_read_as_after_and_told(imported):
    found = imported(change=lambda sheet, _: sheet.__setitem__(f"L{FIRST}", None))
    assert found.study.outcomes["less_lonely"].starts == "after"
    assert any(note.startswith(f"G{FIRST}: ") and "after" in note for note in found.notes)


@pytest.mark.parametrize("written", [None, "n/a", "-", "not known"])
@pytest.mark.parametrize(
    ("letter", "name"), [("P", "deadweight"), ("Q", "displacement"), ("R", "attribution"), ("S", "drop_off")]
)
def test_an_empty_deduction_is_not_assessed_and_never_nought(imported, letter, name, written):
    found = imported(change=lambda sheet, _: sheet.__setitem__(f"{letter}{FIRST}", written))
    written_back = getattr(found.study.outcomes["less_lonely"], name)
    assert written_back is None or written_back.value is None
    assert found.evaluation is None
    assert [problem.path for problem in found.missing] == [f"outcomes.less_lonely.{name}"]
    assert found.disagreements == ()
    others = [figure for figure in imported.places if figure[1] in ("falls", "fewer_visits")]
    assert found.compared == len(others), "rows that are assessed are calculated again all the same"


def test_what_the_source_cells_say_is_kept(imported):
    document = club()
    document["outcomes"]["less_lonely"] |= {
        "value_reason": "Weekly outing for two",
        "value_source": "Leisure survey 2023",
        "quantity_source": "Members' survey",
    }
    found = imported(document).study
    less = found.outcomes["less_lonely"]
    assert (less.value.rationale, found.sources[less.value.source].title) == (
        "Weekly outing for two",
        "Leisure survey 2023",
    )
    assert found.sources[less.quantity.source].title == "Members' survey"
    assert less.indicator == "UCLA-3"


def test_the_study_that_is_written_loads_again_and_gives_the_same(imported):
    found = imported()
    again = sroi.loads(found.text)
    assert again == found.study
    assert sroi.evaluate(again).present_value == found.evaluation.present_value


def test_an_explanation_names_the_cell_that_a_number_stands_in(imported):
    found = imported()
    origin = found.study.provenance.origin("outcomes.less_lonely.deadweight")
    assert origin.file.endswith(f"SROI Value Map!P{FIRST}")


# ── The discount rate, and the years
# ─────────────────────────────────────────────────────────────────────────────────────


def at(cell, *values):
    """Puts values into a row of cells from one on."""
    row, column = int("".join(filter(str.isdigit, cell))), ord(cell[0]) - 64

    def change(sheet, _):
        for offset, value in enumerate(values):
            sheet.cell(row, column + offset, value)

    return change


@pytest.mark.parametrize(
    "values",
    [
        ("Discount rate", 0.05),
        ("Discount rate", 5),
        ("Discount rate:", "5%"),
        ("Discount rate 5%",),
        ("Discount rate (%)", 5),
        ("Discount Rate", None, 0.05),
    ],
)
@pytest.mark.parametrize("where", ["D3", "B30"])
def test_the_discount_rate_is_found_wherever_it_stands(imported, values, where):
    document = club(**{"method.discount_rate": 0.05})
    found = imported(document, change=at(where, *values))
    assert (found.study.method.profile, found.study.method.discount_rate) == ("svi-guide", 0.05)
    assert found.disagreements == ()


def test_columns_that_begin_with_year_1_begin_in_the_activity_where_the_figures_say_so(imported):
    assert imported(first_label=1).disagreements == ()


def test_columns_that_begin_with_year_1_begin_after_it_where_the_figures_say_so(imported):
    document = club(**{"outcomes.less_lonely.starts": "after", "outcomes.fewer_visits.starts": "after"})
    printed = figures_of(document)
    for row in (*printed["outcomes"].values(), printed):
        row["by_year"] = row["by_year"][1:]
    printed["by_year_pv"] = printed["by_year_pv"][1:]
    assert imported(document, printed, first_label=1).disagreements == ()


def test_calendar_years_are_years(imported):
    found = imported(first_label=2024)
    assert (found.disagreements, found.compared) == ((), len(imported.places))


@pytest.mark.parametrize(("starts", "benefit_years"), [(1, 4), (2, 3)])
def test_a_duration_after_the_end_of_activity_gains_the_activity_itself(imported, starts, benefit_years):
    headings = [
        (
            band,
            heading,
            "How long does it last after end of activity? (Only enter numbers)"
            if key == "duration"
            else question,
            key,
        )
        for band, heading, question, key in HEADINGS
    ]
    found = imported(
        headings=headings, years=0, change=lambda sheet, _: sheet.__setitem__(f"L{FIRST}", starts)
    )
    assert found.study.outcomes["less_lonely"].duration.value == benefit_years
    assert any(
        note.startswith(f"K{FIRST}: ") and "after the end of the activity" in note for note in found.notes
    ) == (benefit_years == 4)


def test_a_duration_is_every_benefit_year_where_the_yearly_columns_count_it_so(imported):
    headings = [
        (
            band,
            heading,
            "How long does it last after end of activity?" if key == "duration" else question,
            key,
        )
        for band, heading, question, key in HEADINGS
    ]
    found = imported(headings=headings)
    assert found.study.outcomes["less_lonely"].duration.value == 3
    assert found.disagreements == ()
    assert any("yearly columns" in note for note in found.notes)


def test_duration_can_be_said(imported):
    assert (
        imported(options={"duration": "after", "activity_years": 2}, years=0)
        .study.outcomes["less_lonely"]
        .duration.value
        == 5
    )


# ── Conventions that a map followed
# ──────────────────────────────────────────────────────────────────────────────────────

CONVENTIONS = {
    "adds the deductions up": {"method.deductions": "added"},
    "drop-off from the first year": {"method.drop_off_from": "first_year"},
    "first year's value each time": {"method.drop_off_shape": "linear"},
    "one period more": {"method.timing": "end"},
    "middle of each year": {"method.timing": "mid"},
    "does not discount": {"method.discount_rate": 0},
    "for our own share": None,
    "leaves out displacement": {
        f"outcomes.{name}.displacement": 0 for name in ("less_lonely", "falls", "fewer_visits")
    },
    "leaves out drop-off": {
        f"outcomes.{name}.drop_off": 0 for name in ("less_lonely", "falls", "fewer_visits")
    },
    "deducts nothing": {
        f"outcomes.{name}.{share}": 0
        for name in ("less_lonely", "falls", "fewer_visits")
        for share in ("deadweight", "displacement", "attribution")
    },
}


@pytest.mark.parametrize("cause", CONVENTIONS)
def test_a_map_that_followed_another_convention_is_told_which(imported, cause):
    changes = CONVENTIONS[cause]
    if changes is None:
        changes = {
            f"outcomes.{name}.attribution": 1 - club()["outcomes"][name]["attribution"]
            for name in club()["outcomes"]
        }
    printed = figures_of(club(**changes))
    found = imported(printed=printed)
    assert found.disagreements
    causes = {each.cause for each in found.disagreements if not each.cause.startswith("follows")}
    assert causes, found.disagreements
    assert all(cause in each for each in causes), causes
    right = figures_of(club())
    wrong = {
        place
        for (what, name, year), place in imported.places.items()
        if abs(value_at(printed, what, name, year) - value_at(right, what, name, year)) > 1e-6
    }
    assert {each.cell for each in found.disagreements} == {f"SROI Value Map!{place}" for place in wrong}


def value_at(figures, what, name, year):
    holder = figures["outcomes"][name] if name else figures
    value = holder[what]
    return value if year is None else value[year] if year < len(value) else 0.0


def test_one_wrong_cell_is_found_with_what_follows_from_it(imported):
    printed = figures_of(club())
    printed["outcomes"]["less_lonely"]["by_year"][1] += 100
    found = imported(printed=printed)
    assert [(each.cell, each.difference) for each in found.disagreements] == [
        (f"SROI Value Map!{imported.places['by_year', 'less_lonely', 1]}", pytest.approx(100))
    ]


def test_a_difference_below_the_printed_digits_is_none(imported):
    printed = figures_of(club())
    printed["outcomes"]["less_lonely"]["by_year"] = [
        round(figure) for figure in printed["outcomes"]["less_lonely"]["by_year"]
    ]
    assert imported(printed=printed, money="#,##0").disagreements == ()
    printed["outcomes"]["less_lonely"]["by_year"][0] += 1
    assert len(imported(printed=printed, money="#,##0").disagreements) == 1


# ── Odd headings
# ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def renamed(**names):
    return [
        (band, names.get(key, heading), "" if key in names else question, key)
        for band, heading, question, key in HEADINGS
    ]


@pytest.mark.parametrize(
    "names",
    [
        {
            "deadweight": "DEAD-WEIGHT",
            "drop_off": "Drop-off (%)",
            "value": "£ value",
            "quantity": "No. experiencing change",
        },
        {
            "stakeholder": "Stakeholder group",
            "attribution": "Attribution to others",
            "duration": "Duration (years)",
            "outcome": "Outcome description",
        },
        {"deadweight": "Deadwieght", "displacement": "Displacment %", "attribution": "Atribution"},
    ],
)
def test_headings_are_matched_in_other_words_signs_and_spellings(imported, tmp_path, names):
    if "quantity" in names:
        mapping = tmp_path / "mapping.yaml"
        mapping.write_text(
            'columns: {quantity: "No. experiencing change", value: "£ value"}\n', encoding="utf-8"
        )
        found = imported(headings=renamed(**names), options={"mapping": mapping})
    else:
        found = imported(headings=renamed(**names))
    assert numbers(found.study) == WANTED
    assert found.disagreements == ()


def test_a_heading_read_as_something_near_is_told(imported):
    found = imported(headings=renamed(deadweight="Deadwieght"))
    assert any("Deadwieght" in note and "Deadweight" in note for note in found.notes)


def test_our_own_share_is_read_as_contribution(imported):
    document = club()
    headings = renamed(attribution="Our share %")
    printed = figures_of(
        club(
            **{
                f"outcomes.{name}.attribution": 1 - entry["attribution"]
                for name, entry in document["outcomes"].items()
            }
        )
    )
    found = imported(document, printed, headings=headings)
    assert found.study.outcomes["less_lonely"].contribution.value == 0.2
    assert found.disagreements == ()


def test_a_column_that_means_nothing_here_is_listed(imported):
    headings = [*HEADINGS[:8], ("Stage 3", "Colour of the sky", "", "sky"), *HEADINGS[8:]]
    assert imported(headings=headings).unread_columns == (("I", "Colour of the sky"),)


def test_a_row_that_belongs_to_nothing_is_listed(imported):
    found = imported(change=at("H25", "Prepared by hand"))
    assert found.unread_rows == (("H25", "Prepared by hand"),)


def test_rows_of_noughts_below_the_map_are_nothing(imported):
    def noughts(sheet, _):
        for row in range(FIRST + 10, FIRST + 20):
            for column in range(16, 21):
                sheet.cell(row, column, 0).number_format = "0%"

    found = imported(change=noughts)
    assert (len(found.study.outcomes), found.unread_rows, found.disagreements) == (3, (), ())


def test_letters_and_the_study_can_be_told_in_a_mapping(tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        yaml.safe_dump(
            {
                "sheet": "SROI Value Map",
                "header_row": FIRST - 2,
                "columns": {"quantity": "J", "value": "N"},
                "ignore": ["I"],
                "study": {
                    "currency": "USD",
                    "price_year": 2020,
                    "first_year": 2019,
                    "kind": "forecast",
                    "title": "Mapped",
                    "method": {"profile": "svi-guide", "timing": "end"},
                },
            }
        ),
        encoding="utf-8",
    )
    file = tmp_path / "map.xlsx"
    write_map(file, club(), headings=renamed(quantity="Xyzzy", value="Plugh"))
    study = sroi.import_value_map(file, mapping=mapping).study
    assert (
        study.currency,
        study.price_year,
        study.first_year,
        study.kind,
        study.title,
        study.method.timing,
    ) == (
        "USD",
        2020,
        2019,
        "forecast",
        "Mapped",
        "end",
    )
    assert numbers(study) == WANTED


def test_values_can_be_set_and_the_method_named(imported):
    found = imported(options={"values": {"outcomes.less_lonely.quantity": "10"}, "method": "green-book"})
    assert (found.study.outcomes["less_lonely"].quantity.value, found.study.method.profile) == (
        10,
        "green-book",
    )


def test_what_is_shipped_reads_the_same_in_this_layout(imported):
    """The lunch club, brought down to what this layout holds, with the oracle's own figures."""
    document = yaml.safe_load((ROOT / "tests" / "golden" / "lunch-club.yaml").read_text(encoding="utf-8"))
    result = sroi.evaluate(sroi.load(ROOT / "tests" / "golden" / "lunch-club.yaml")).to_dict()
    for row in result["value_map"]:
        document["outcomes"][row["outcome"]] |= {
            "quantity": row["quantity"],
            "value": row["value"],
            **{key: row[key] for key in ("deadweight", "displacement", "attribution", "drop_off")},
        }
    for row in result["inputs"]:
        document["inputs"][row["input"]] = {**document["inputs"][row["input"]], "value": sum(row["by_year"])}
        document["inputs"][row["input"]].pop("years", None)
    document["method"] = GUIDE
    del document["assumptions"]
    found = imported(document)
    assert found.disagreements == ()
    assert found.compared == len(imported.places)
