"""A study from data frames, and data frames of a study: the same study, whatever library made them."""

import subprocess
import sys
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from helpers import outcome, small, study_of
from hypothesis import given, reject
from hypothesis import strategies as st
from strategies import documents
from test_round_trip import documents as awkward_documents

import sroi
from sroi.model.sections import sections_of

ABOUT = {
    "id": "small",
    "title": "Small study",
    "kind": "forecast",
    "currency": "GBP",
    "price_year": 2024,
    "first_year": 2024,
}
OUTCOME = {"outcome": "change", **outcome()}
INPUT = {"input": "grant", "stakeholder": "council", "kind": "cash", "value": 1000}
WRITTEN = ("provenance", "warnings", "statement", "claims")
"""What a result says of where its numbers were written, which is nowhere for those of frames."""

BACKENDS = ("pandas", "pyarrow", "polars")


def made(*outcomes, inputs=(INPUT,), **more):
    """A study of rows, a mapping each."""
    return sroi.Study.from_frames(pd.DataFrame(outcomes), pd.DataFrame(inputs), **{**ABOUT, **more})


def refusal(*outcomes, **more):
    """What is wrong with rows, a line each."""
    with pytest.raises(sroi.DocumentError) as error:
        made(*outcomes, **more)
    return str(error.value)


def same(study, expected):
    """Whether two studies are equal and come to the same."""
    assert study == expected
    found, wanted = (sroi.evaluate(each).to_dict() for each in (study, expected))
    assert found.keys() == wanted.keys()
    assert {key: each for key, each in found.items() if key not in WRITTEN and each != wanted[key]} == {}


@pytest.fixture(params=BACKENDS)
def backend(request):
    pytest.importorskip(request.param, reason=f"{request.param} is not installed: its frames are NOT tested")
    return request.param


# ── There and back
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(documents(), st.booleans())
def test_a_drawn_study_is_the_same_from_its_frames(document, long):
    study = study_of(document)
    same(sroi.Study.from_frames(**study.to_frames(long=long)), study)


@given(documents(), st.booleans())
def test_a_drawn_study_is_the_same_from_frames_of_arrow(document, long):
    study = study_of(document)
    same(sroi.Study.from_frames(**study.to_frames(backend="pyarrow", long=long)), study)


@given(awkward_documents(), st.sampled_from(("pandas", "pyarrow")))
def test_awkward_words_are_the_same_from_frames(document, backend):
    try:
        study = sroi.loads(document)
    except sroi.DocumentError:
        reject()
    assert sroi.Study.from_frames(**study.to_frames(backend=backend)) == study


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("name", ["local-area-coordination", "befriending"])
def test_a_shipped_study_is_the_same_from_frames_of_each_library(backend, name, long):
    study = sroi.load(name, place="derby", method={"profile": "svi-guide", "timing": "mid"})
    frames = study.to_frames(backend=backend, long=long)
    assert {type(frame).__module__.partition(".")[0] for frame in frames.values()} == {backend}
    same(sroi.Study.from_frames(**frames), study)


def test_what_stands_beside_the_frames_takes_the_place_of_what_they_say(backend):
    study = study_of(small())
    frames = study.to_frames(backend=backend)
    changed = sroi.Study.from_frames(**frames, method="svi-guide", title="Another")
    assert (changed.method.profile, changed.title, changed.outcomes) == (
        "svi-guide",
        "Another",
        study.outcomes,
    )


def test_frames_say_each_number_and_what_is_known_of_it():
    said = {"value": 10, "low": 5, "high": 20, "distribution": "triangular"}
    study = study_of(
        small(outcomes={"change": outcome(quantity=[said, 3], deadweight="25%", starts={"years_later": 2})})
    )
    frame = study.to_frames()["outcomes"]
    assert frame.loc[0, ["outcome", "stakeholder", "deadweight", "starts"]].tolist() == [
        "change",
        "people",
        0.25,
        2,
    ]
    assert frame.loc[0, ["quantity", "quantity_low"]].tolist() == [[10, 3], [5, None]]
    rows = study.to_frames(long=True)["outcomes"]
    assert rows[["cohort", "quantity", "quantity_low"]].fillna(-1).to_numpy().tolist() == [
        [0, 10, 5],
        [1, 3, -1],
    ]
    assert rows["value"].isna().tolist() == [False, True]


def test_every_section_of_named_entries_has_a_frame():
    names = set(sections_of(sroi.Study))
    assert names == {
        *("assumptions", "stakeholders", "payers", "units", "inputs", "outcomes", "sources", "claims")
    }
    document = small(
        payers={"nhs trust": {"title": "The trust"}},
        units={"visits": {"title": "Visits"}},
        sources={"survey-2024": {"title": "Survey", "reprint": True}},
        claims={"leaflet": {"says": "four", "meaning": "unclear", "source": "survey-2024"}},
        assumptions={"a": 1},
        scenarios={"worse": {"a": 2}},
        limitations=["one", "two"],
    )
    frames = study_of(document).to_frames()
    assert set(frames) == names | {"study"}
    same(sroi.Study.from_frames(**frames), study_of(document))


# ── What a cell may hold
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        (0.25, 0.25),
        ("25%", "25%"),
        (" 25% ", "25%"),
        (Decimal("0.25"), 0.25),
        (np.float32(0.25), 0.25),
        ("share / 2", "share / 2"),
        (sroi.Estimate(value="25%", low="10%", high="50%"), {"value": "25%", "low": "10%", "high": "50%"}),
        ({"value": "25%", "rationale": "asked"}, {"value": "25%", "rationale": "asked"}),
        ([0.25, "10%"], [0.25, "10%"]),
        (("25%", None), ["25%", {"value": None}]),
        (np.array([0.25, np.nan]), [0.25, {"value": None}]),
        ("[0.25, 10%]", [0.25, "10%"]),
        ("[min(share, 1); 10%]", ["min(share, 1)", "10%"]),
        (None, None),
        (float("nan"), None),
        (pd.NA, None),
        ("  ", None),
    ],
)
def test_a_cell_is_a_number_or_an_estimate_or_a_list_or_not_stated(cell, held):
    row = pd.DataFrame([{**OUTCOME, "duration": 2}]).astype(object)
    row["deadweight"] = pd.Series([cell], dtype=object)
    found = sroi.Study.from_frames(row, [INPUT], assumptions={"share": 0.5}, **ABOUT)
    wanted = outcome(duration=2, deadweight=held)
    if held is None:
        del wanted["deadweight"]
    expected = sroi.Outcome(**wanted)
    assert found.outcomes["change"] == expected


def test_columns_say_more_of_the_number_that_they_are_named_for():
    row = {**OUTCOME, "value_low": 100, "value_high": "400", "value_distribution": "triangular"}
    row |= {"value_source": "costs", "price_year": 2019.0}
    found = made(row, sources={"costs": {"title": "Costs"}})
    value = {"value": 200, "low": 100, "high": 400, "distribution": "triangular", "source": "costs"}
    assert found.outcomes["change"].value == sroi.FinancialProxy(**value, price_year=2019)


def test_headings_may_be_written_as_people_write_them():
    row = {"Outcome": "change", **{key.replace("_", "-").title(): value for key, value in outcome().items()}}
    assert made(row).outcomes == made(OUTCOME).outcomes


def test_cohorts_and_years_may_be_rows():
    cohorts = [{**OUTCOME, "cohort": 1, "quantity": 5}, {**OUTCOME, "cohort": 0, "quantity": "10%"}]
    single = {**OUTCOME, "outcome": "other", "cohort": None, "quantity": 3}
    years = [
        {**INPUT, "year": 0, "value_low": 900, "value_high": 1100},
        {"input": "grant", "year": 1.0, "value": 7},
    ]
    found = made(*cohorts, single, inputs=years)
    assert found.outcomes["change"].quantity == sroi.Outcome(**outcome(quantity=["10%", 5])).quantity
    assert found.outcomes["other"].quantity == sroi.Outcome(**outcome(quantity=3)).quantity
    first = {"value": 1000, "low": 900, "high": 1100}
    assert found.inputs["grant"] == sroi.Input(stakeholder="council", kind="cash", value=[first, 7])


def test_stakeholders_and_sources_that_are_not_given_are_those_in_use():
    rows = [
        {**OUTCOME, "stakeholder": "Older people", "source": "Survey, 2024"},
        {**OUTCOME, "outcome": "Less lonely", "stakeholder": "older people", "value_source": "survey-2024"},
    ]
    found = made(*rows)
    assert {name: each.title for name, each in found.stakeholders.items()} == {
        "council": "Council",
        "older_people": "Older people",
    }
    assert found.outcomes["less_lonely"].title == "Less lonely"
    assert {found.outcomes[name].stakeholder for name in found.outcomes} == {"older_people"}
    assert set(found.sources) == {"survey-2024"}


def test_a_stakeholder_may_be_meant_by_its_title():
    frame = pd.DataFrame(
        [{"stakeholder": "members", "title": "Club members", "size": 12.0}, {"stakeholder": "council"}]
    )
    found = made({**OUTCOME, "stakeholder": "Club members"}, stakeholders=frame)
    assert found.outcomes["change"].stakeholder == "members"
    assert found.stakeholders["council"].title == "Council"


def test_names_may_stand_in_the_index():
    named = pd.DataFrame([OUTCOME]).set_index("outcome")
    for frame in (named, named.rename_axis(None)):
        assert sroi.Study.from_frames(frame, [INPUT], **ABOUT).outcomes == made(OUTCOME).outcomes


def test_frames_of_other_libraries_are_read():
    duckdb = pytest.importorskip("duckdb")
    pyarrow = pytest.importorskip("pyarrow")
    arrow = pyarrow.Table.from_pylist([OUTCOME])
    relation = duckdb.sql("select * from arrow")
    for frame in (arrow, relation):
        assert sroi.Study.from_frames(frame, [INPUT], **ABOUT) == made(OUTCOME)


def test_lazy_polars_frames_are_read():
    polars = pytest.importorskip("polars", reason="Polars is not installed: its frames are NOT tested")
    frame = polars.DataFrame([{**OUTCOME, "quantity": [10.0, 20.0]}])
    expected = made({**OUTCOME, "quantity": [10, 20]})
    for each in (frame, frame.lazy()):
        assert sroi.Study.from_frames(each, [INPUT], **ABOUT) == expected


def test_narwhals_is_loaded_for_other_frames_alone():
    code = (
        "import sys, sroi\n"
        "study = sroi.load('befriending', place='derby')\n"
        "study.to_yaml(); assert 'pandas' not in sys.modules\n"
        "assert sroi.Study.from_frames(**study.to_frames()) == study\n"
        "assert 'narwhals' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


# ── What is wrong, and where
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"deadwait": 1}, "outcomes: the column deadwait is not known here; did you mean deadweight?"),
        ({"value_lo": 1}, "the column value_lo is not known here; did you mean value_low?"),
        ({"amount": 1}, "the column amount is not known here; did you mean value?"),
        ({"xyzzy": 1}, "the column xyzzy is not known here; known here: accrues_to, activity, "),
        ({"Value": 1}, "outcomes: the columns value and Value are one; keep one of them"),
        ({"value": "£1,200"}, r"outcomes:1:4 outcomes.change.value: .*; write 1200"),
        ({"value_low": 1}, "outcomes.change.value: low is given without high; low and high come together"),
        ({"kind": "wellbeeing"}, "outcomes:1:11 outcomes.change.kind: .* did you mean wellbeing"),
        (
            {"quantity": "[1,200, 3]"},
            "outcomes:1:3: a comma in .* can part entries or group digits; write a space",
        ),
        (
            {"quantity": [1, 2], "quantity_low": [1]},
            "outcomes:1:12 .*: low lists 1 and the number beside it 2",
        ),
        (
            {"value": sroi.Estimate(value=3), "value_source": "x"},
            "outcomes:1:12 outcomes.change.value: source stands beside an estimate, which has its own",
        ),
        ({"outcome": None}, "outcomes:1:2: the row names no outcome; write its name in a column outcome"),
        ({"starts": "later"}, "outcomes:1:5 outcomes.change.starts: later is not a start"),
        (
            {"cohort": 1},
            "outcomes.change has no row of cohort 0; add one; write quantity 0 where there is none",
        ),
        (
            {"cohort": "first"},
            "outcomes:1:12 outcomes.change: first is no cohort; count them from 0, up to 124",
        ),
    ],
)
def test_a_cell_that_is_wrong_is_named_by_its_row_and_column(changes, message):
    found = refusal({**OUTCOME, **changes})
    begin, _, end = message.partition(".*")
    assert begin in found
    assert end in found.partition(begin)[2]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"deadweight": "130%"}, "outcomes:1:7 outcomes.change.deadweight: 1.3 is not a share from 0 to 1"),
        (
            {"deadweight": 25},
            "outcomes:1:7 outcomes.change.deadweight: 25 is not a share from 0 to 1; for 25 per cent",
        ),
        (
            {"quantity": "membres"},
            "outcomes:1:3 outcomes.change.quantity: membres uses membres, which is not an assumption;",
        ),
    ],
)
def test_a_number_that_cannot_be_is_named_by_its_cell_when_it_is_used(changes, message):
    study = made({**OUTCOME, **changes}, assumptions=[{"assumption": "members", "value": 3}])
    with pytest.raises(sroi.DocumentError) as error:
        sroi.evaluate(study)
    assert message in str(error.value)


def test_every_number_of_a_result_names_its_cell():
    study = made(OUTCOME)
    numbers = {each["path"]: each for each in sroi.evaluate(study).provenance["numbers"]}
    cell = numbers["outcomes.change.value"]
    assert (cell["layer"], cell["file"], cell["line"]) == ("study", "outcomes", 1)
    changed = sroi.change(study, {"outcomes.change.quantity": 20})
    assert changed.provenance.origin("outcomes.change.value") == study.provenance.origin(
        "outcomes.change.value"
    )
    assert sroi.evaluate(changed).present_value == 2 * sroi.evaluate(study).present_value


def test_rows_of_one_entry_agree():
    twice = refusal(OUTCOME, OUTCOME)
    assert "outcomes:2:1 outcomes.change: outcomes.change stands in 2 rows; give each a count from 0" in twice
    rows = [{**OUTCOME, "cohort": at, "deadweight": at / 10} for at in range(2)]
    assert "outcomes:2:7 outcomes.change.deadweight: 0.1 stands beside 0 in another row of change" in refusal(
        *rows
    )
    assert "cohort 0 of outcomes.change stands in a row above already" in refusal(
        *({**OUTCOME, "cohort": 0} for _ in range(2))
    )
    names = refusal(*({**OUTCOME, "outcome": name} for name in ("Less lonely", "less-lonely")))
    assert "come to the same name, less_lonely" in names


def test_a_column_that_none_can_do_without_is_told_once():
    rows = [
        {key: value for key, value in OUTCOME.items() if key != "quantity"} | {"outcome": f"o{at}"}
        for at in "ab"
    ]
    assert refusal(*rows) == (
        "outcomes: there is no column quantity; add it, with empty cells where it is not assessed"
    )


def test_a_name_that_a_given_frame_lacks_is_an_error():
    found = refusal(
        {**OUTCOME, "stakeholder": "peple"},
        stakeholders=[{"stakeholder": "people"}, {"stakeholder": "council"}],
    )
    assert (
        "outcomes:1:2 outcomes.change.stakeholder: there is no stakeholder peple; did you mean people?"
        in found
    )


@pytest.mark.parametrize("frame", [3, "outcomes.csv", [3], object(), pd.Series([1])])
def test_what_is_no_frame_is_answered_with_what_to_give(frame):
    with pytest.raises(sroi.DocumentError, match=r"outcomes: .* is no frame; give a data frame of pandas"):
        sroi.Study.from_frames(frame, [INPUT], **ABOUT)


def test_a_field_of_the_study_is_told_as_an_argument():
    with pytest.raises(sroi.DocumentError) as error:
        sroi.Study.from_frames([OUTCOME], [INPUT], **{**ABOUT, "kind": "guess"}, plaice="derby")
    lines = str(error.value).splitlines()
    assert lines[0].startswith("Study.from_frames kind: guess is not one of forecast, evaluation")
    assert "Study.from_frames plaice: the key plaice is not known here; did you mean place?" in lines


def test_a_library_that_makes_no_frames_is_refused():
    with pytest.raises(sroi.DocumentError, match=r"backend: .*; write pandas, polars or pyarrow"):
        study_of(small()).to_frames(backend="excel")
