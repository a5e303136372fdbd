"""Out into a workbook and back: the same study, for all that a map can hold; and it says what it cannot."""

import hashlib
import io

import openpyxl
import pytest
import yaml
from helpers import outcome, small, study_of
from hypothesis import given
from hypothesis import strategies as st
from maps import ROOT
from strategies import documents

import sroi
from sroi.value_map import COLUMNS, FACTS, fit
from sroi.value_map.losses import HELD

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), min_size=1, max_size=30
).filter(str.strip)
MANY = [
    ROOT / "examples" / "lunch-club.yaml",
    ("local-area-coordination", "derby"),
    ("local-area-coordination", "haringey"),
    *sorted((ROOT / "tests" / "golden").glob("*.yaml")),
]


def there_and_back(study, tmp_path):
    """A study written as a map and read again, and what was written."""
    made = sroi.export_value_map(study)
    file = tmp_path / "map.xlsx"
    file.write_bytes(made.content)
    return sroi.import_value_map(file), made


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("maps")


@pytest.mark.parametrize("named", MANY, ids=str)
def test_a_real_study_comes_back_as_the_map_holds_it(named, folder):
    study = sroi.load(named[0], borough=named[1]) if isinstance(named, tuple) else sroi.load(named)
    back, made = there_and_back(study, folder)
    assert back.study == made.study
    assert (back.disagreements, back.not_compared) == ((), 0)
    assert back.evaluation.social_return_ratio == sroi.evaluate(made.study).social_return_ratio
    assert (back.unread_columns, back.unread_rows) == ((), ())
    assert fit(made.study).losses == (), "what a map holds, it holds whole"


@given(document=documents())
def test_any_study_comes_back_as_the_map_holds_it(document, folder):
    back, made = there_and_back(study_of(document), folder)
    assert back.study == made.study
    assert back.disagreements == ()
    assert fit(made.study).losses == ()


def test_what_is_called_a_total_is_still_what_is_given(folder):
    document = small(
        stakeholders={
            "people": {"title": "Total", "party": "participant"},
            "council": {"title": "Subtotal", "party": "state"},
        },
        inputs={
            "grant": {"title": "Grant", "stakeholder": "council", "kind": "cash", "value": 1000},
            "time": {"title": "TOTAL", "stakeholder": "council", "kind": "in_kind", "value": 50},
        },
    )
    back, made = there_and_back(study_of(document), folder)
    assert back.study == made.study


def number(strategy):
    """A number as a map holds one: alone, or with its source or its reason."""
    return st.one_of(
        strategy,
        st.builds(
            lambda value, reason: {"value": value, "rationale": reason}, st.one_of(strategy, st.none()), WORDS
        ),
        st.builds(
            lambda value, source: {"value": value, "source": source},
            strategy,
            st.sampled_from(("one", "two")),
        ),
        st.none(),
    )


SHARES = st.integers(0, 333).map(lambda share: share / 1000)  # three of them may be added up


@st.composite
def map_documents(draw):
    """Studies that say nothing that a map cannot hold; every field of it may be there or not."""
    found = {}
    for position in range(draw(st.integers(1, 4))):
        entry = {
            "title": draw(WORDS),
            "stakeholder": draw(st.sampled_from(("people", "council"))),
            "quantity": draw(number(st.integers(-50, 5000))),
            "value": draw(number(st.integers(-10_000_000, 10_000_000).map(lambda pence: pence / 100))),
            "starts": draw(
                st.sampled_from((None, "during", "after", {"years_later": 2}, {"years_later": 9}))
            ),
            "duration": draw(number(st.integers(1, 40).map(lambda quarters: quarters / 4))),
            "drop_off": draw(number(SHARES)),
            "kind": draw(st.sampled_from(("wellbeing", "resource", "transfer", "tax"))),
            **{share: draw(number(SHARES)) for share in ("deadweight", "displacement")},
        }
        ours = draw(st.booleans())
        entry["contribution" if ours else "attribution"] = (
            (1000 - draw(st.integers(0, 333))) / 1000 if ours else draw(number(SHARES))
        )
        for key in ("activity", "output", "indicator", "unit"):
            if draw(st.booleans()):
                entry[key] = draw(WORDS)
        if draw(st.booleans()):
            entry["n_measured"] = draw(st.integers(0, 500))
        if draw(st.booleans()):
            entry["drop_off_from"] = draw(st.sampled_from(("first_year", "second_year")))
        if draw(st.integers(0, 9)) == 0:
            entry |= {"priced": False, "value": None}
        found[f"outcome_{position}"] = entry
    document = small(outcomes=found, title=draw(WORDS), status=draw(st.sampled_from(("draft", "final"))))
    document["method"] = {
        "profile": draw(st.sampled_from(("default", "svi-guide", "green-book", "added-deductions"))),
        **draw(
            st.sampled_from(
                (
                    {},
                    {"discount_rate": 0.02},
                    {"discount_schedule": "green-book-2022"},
                    {"timing": "mid"},
                    {"horizon": 5, "input_timing": "end"},
                )
            )
        ),
    }
    document["stakeholders"] = {
        "people": {
            "title": draw(WORDS),
            "size": draw(st.integers(0, 9000)),
            "involved": draw(st.integers(0, 90)),
        },
        "council": {"title": draw(WORDS)},
        "others": {"title": draw(WORDS)},
    }
    document["inputs"] = {
        "grant": {
            "title": draw(WORDS),
            "stakeholder": "council",
            "kind": "cash",
            "value": draw(st.integers(1, 10**9)) / 100,
        },
        "time": {
            "title": draw(WORDS),
            "stakeholder": draw(st.sampled_from(("people", "council"))),
            "kind": draw(st.sampled_from(("in_kind", "volunteer_time", "concession"))),
            "value": draw(st.one_of(st.none(), st.integers(0, 10_000))),
            **draw(st.sampled_from(({}, {"source": "one"}, {"rationale": "as the diary says"}))),
        },
    }
    document["sources"] = {"one": {"title": draw(WORDS)}, "two": {"title": draw(WORDS)}}
    for key in ("purpose", "audience", "scope", "author", "date"):
        if draw(st.booleans()):
            document[key] = draw(WORDS)
    return document


def without_names_of_sources(study):
    """A study as plain values with the words of a source in place of its name."""
    plain = study.model_dump(mode="json")
    titles = {name: entry["title"] for name, entry in plain.pop("sources").items()}

    def worded(node):
        if isinstance(node, dict):
            return {
                key: titles[value] if key == "source" and value is not None else worded(value)
                for key, value in node.items()
            }
        return node

    return worded(plain)


@given(document=map_documents())
def test_what_a_map_can_hold_comes_back_unchanged(document, folder):
    study = study_of(document)
    back, made = there_and_back(study, folder)
    assert {loss.what for loss in made.losses} <= {"sources that no number of the map names"}
    assert without_names_of_sources(back.study) == without_names_of_sources(study)
    assert back.disagreements == ()


def test_what_a_map_cannot_hold_is_listed_with_what_is_kept():
    study = sroi.load(ROOT / "examples" / "lunch-club.yaml")
    losses = {loss.what: loss for loss in sroi.export_value_map(study).losses}
    assert {loss.key: loss.what for loss in losses.values()}[
        "assumptions"
    ] == "named assumptions and expressions"
    assert losses["payer of stakeholders"].key == "stakeholder.payer"
    assert losses["ranges"].paths == (
        "assumptions.share_less_lonely",
        "assumptions.wellby",
        "assumptions.points_gained",
    )
    assert losses["price years"].paths == ("assumptions.wellby", "outcomes.fewer_gp_visits.value")
    assert losses["inputs over several years"].paths == ("inputs.grant", "inputs.cooking")
    assert losses["inputs over several years"].kept == "their sum, in year 0"
    for what in (
        "named assumptions and expressions",
        "grades of evidence",
        "party of stakeholders",
        "payer of stakeholders",
        "claims of the study",
        "cashable of outcomes",
    ):
        assert what in losses, what


def test_every_field_of_the_format_is_held_or_told():
    """A field that the format gains later is told as lost until a map has a place for it."""
    models = {
        "study": sroi.Study,
        "stakeholder": sroi.Stakeholder,
        "input": sroi.Input,
        "outcome": sroi.Outcome,
        "estimate": sroi.Estimate,
    }
    assert all(names <= set(models[what].model_fields) for what, names in HELD.items())
    labels = {label.key for label in FACTS}
    assert set(sroi.MethodProfile.model_fields) <= labels


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"outcomes.change.quantity": [10, 20]}, "cohorts"),
        ({"outcomes.change.deadweight": [0.1, 0.2], "outcomes.change.duration": 2}, "shares by benefit year"),
        ({"outcomes.change.value": [100, 110], "outcomes.change.duration": 2}, "proxies by benefit year"),
        ({"outcomes.change.discount_schedule": "green-book-2022"}, "discount schedule of outcomes"),
        ({"outcomes.change.payer": "nhs"}, "payer of outcomes"),
        ({"outcomes.change.kind": "transfer", "outcomes.change.from": "council"}, "from of outcomes"),
        ({"inputs.grant.prices": "nominal"}, "inputs in the prices of each year"),
        (
            {"stakeholders.others": {"title": "Others", "included": False, "reason": "nobody came"}},
            "stakeholders that are left out",
        ),
        ({"limitations": "It is small."}, "limitations of the study"),
        ({"outcomes.change.qalys": 0.1}, "qalys of outcomes"),
        ({"stakeholders.people.relative_income": 0.5}, "relative income of stakeholders"),
    ],
)
def test_each_thing_that_is_lost_is_told(changes, what):
    assert what in {loss.what for loss in fit(study_of(small(changes))).losses}


def test_cohorts_become_rows_and_no_figure_moves():
    study = study_of(
        small(
            {
                "outcomes.change.quantity": [10, 0, 30],
                "outcomes.change.duration": 2.5,
                "outcomes.change.drop_off": 0.2,
            }
        )
    )
    made = sroi.export_value_map(study)
    assert [
        (name, entry.starts if isinstance(entry.starts, str) else entry.starts.years_later)
        for name, entry in made.study.outcomes.items()
    ] == [
        ("change", "during"),
        ("change_cohort_2", "after"),
        ("change_cohort_3", 2),
    ]
    assert sroi.evaluate(made.study).present_value == pytest.approx(
        sroi.evaluate(study).present_value, rel=1e-12
    )
    assert made.effect == ""


def test_what_the_losses_do_to_the_ratio_is_told():
    made = sroi.export_value_map(
        study_of(small({"outcomes.change.deadweight": [0, 0.5], "outcomes.change.duration": 2}))
    )
    assert made.effect.startswith("the study's ratio is 2.9662")
    assert made.effect.endswith("3.9324")


def test_a_map_says_nothing_where_the_study_has_no_result(tmp_path):
    back, made = there_and_back(study_of(small({"outcomes.change.deadweight": None})), tmp_path)
    assert back.study == made.study
    assert (back.evaluation, back.compared) == (None, 0)


HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "Total",
    "Year 1",
    "100%",
    "£5",
    "n/a",
    "not priced",
    "1",
    "'quoted",
    "A\nB",
)


def test_text_stays_text_whatever_it_begins_with(tmp_path):
    outcomes = {
        f"outcome_{position}": outcome(title=text, indicator=text, unit=text)
        for position, text in enumerate(HOSTILE)
    }
    study = study_of(
        small(
            outcomes=outcomes,
            title="=1+1",
            inputs={"grant": {"title": "=A1", "stakeholder": "council", "kind": "cash", "value": 10}},
        )
    )
    back, made = there_and_back(study, tmp_path)
    assert back.study == made.study
    assert [entry.title for entry in back.study.outcomes.values()] == list(HOSTILE)
    book = openpyxl.load_workbook(tmp_path / "map.xlsx")
    assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None} == {
        "s",
        "n",
    }


def test_the_same_study_gives_the_same_bytes():
    study = sroi.load(ROOT / "examples" / "lunch-club.yaml")
    assert len({hashlib.sha256(sroi.export_value_map(study).content).hexdigest() for _ in range(2)}) == 1


def test_every_column_that_is_written_stands_in_the_list_and_once(tmp_path):
    study = sroi.load("local-area-coordination", borough="derby")
    _, _ = there_and_back(study, tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "map.xlsx").active
    row = next(row for row in sheet.iter_rows() if row[0].value == "Stakeholders")
    titles = [cell.value for cell in row if cell.value is not None]
    assert len(titles) == len(set(titles))
    assert {title for title in titles if not title.startswith("Year ")} <= {
        column.title for column in COLUMNS
    }


def test_a_written_map_keeps_each_outcome_in_sight_and_in_print(tmp_path):
    there_and_back(sroi.load("local-area-coordination", borough="derby"), tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "map.xlsx").active
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Stakeholders")
    assert [sheet.cell(row, column).value for column in (1, 2)] == ["Stakeholders", "Outcomes"]
    assert sheet.freeze_panes == f"C{row + 2}"
    assert (sheet.print_title_rows, sheet.print_title_cols) == (f"${row - 1}:${row}", "$A:$B")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_area


def test_a_computed_proxy_is_written_with_the_sources_of_what_it_is_computed_from(tmp_path):
    study = sroi.load("local-area-coordination", borough="derby")
    there_and_back(study, tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "map.xlsx").active
    row = next(row for row in sheet.iter_rows() if row[0].value == "Stakeholders")
    at = {cell.value: cell.column for cell in row}
    sources = {
        sheet.cell(below, at["Outcomes"]).value: sheet.cell(below, at["Proxy source"]).value
        for below in range(row[0].row + 2, sheet.max_row + 1)
    }
    for each in study.outcomes.values():
        if each.priced:
            assert sources[each.title], each.title


def test_no_source_in_so_many_words_is_none(tmp_path):
    study = study_of(
        small(
            {"outcomes.change.value": {"value": 100, "source": "report"}}, sources={"report": {"title": "R"}}
        )
    )
    made = sroi.export_value_map(study)
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    (cell,) = (cell for row in book.active.iter_rows() for cell in row if cell.value == "R")
    cell.value = "No source"
    book.save(tmp_path / "unsourced.xlsx")
    back = sroi.import_value_map(tmp_path / "unsourced.xlsx").study
    assert back.outcomes["change"].value.source is None
    assert not back.sources


def test_the_figures_of_a_map_are_the_engines(tmp_path):
    study = study_of(
        small({"method": "svi-guide", "outcomes.change.duration": 3, "outcomes.change.drop_off": 0.25})
    )
    there_and_back(study, tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "map.xlsx").active
    labels = {row[0].value: row[1].value for row in sheet.iter_rows() if isinstance(row[0].value, str)}
    worth = 2000 * (1 + 0.75 / 1.035 + 0.75**2 / 1.035**2)
    assert labels["Total present value (PV)"] == pytest.approx(worth, rel=1e-12)
    assert labels["Net present value (PV minus the investment)"] == pytest.approx(worth - 1000, rel=1e-12)
    assert labels["Social return: value per amount invested"] == pytest.approx(worth / 1000, rel=1e-12)


def test_yaml_of_what_came_back_loads(tmp_path):
    back, made = there_and_back(sroi.load(ROOT / "examples" / "lunch-club.yaml"), tmp_path)
    assert yaml.safe_load(back.text)["id"] == "lunch-club"
    assert sroi.loads(back.text) == made.study
