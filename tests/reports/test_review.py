"""What a reviewer would ask stands in every report, and what must be put right beside the headline."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from browsing import chromium, opened, pictured  # noqa: F401 - a fixture
from helpers import forty_long_outcomes, outcome, small, study_of
from typer.testing import CliRunner

import sroi
from sroi import formatting
from sroi.cli import app
from sroi.reports.content import content
from sroi.reports.markdown import markdown
from sroi.reports.page import page
from sroi.reports.pdf import pdf
from sroi.reports.printed import printed
from sroi.reports.sections import review
from sroi.reports.word import document
from sroi.reports.xlsx import report_workbook
from sroi.results.answer import Answer
from sroi.results.screen import lines
from sroi.tables import SCREEN_LINES

REASON = "The money was due to them whatever else happened"
FAULTY = small(
    outcomes={
        "calmer": outcome(
            title="Calmer", kind="wellbeing", quantity=-3, value=-200, duration=9, drop_off={"value": 0}
        ),
        "measured": outcome(title="Measured", n_measured=600, n_population=240),
    },
    waivers=[
        {
            "rule": "nothing-deducted", "object": "outcomes.measured", "reason": REASON,
            "person": "A. Lee", "date": "2025-01-01", "expiry": "2026-06-30",
        }
    ],
)  # fmt: skip
ERRORS = ("how many were measured is 600", "both below 0")


@pytest.fixture(scope="module")
def faulty():
    return content(study_of(FAULTY), draws=100, date="2026-01-01")


def test_no_name_of_a_field_is_shown_to_readers(faulty):
    words = re.compile(r"\b\w+_\w+\b|\((?:outcomes|assumptions)\.")
    for each in faulty.section("review").tables:
        for row in each.rows:
            assert not words.search(" ".join(row))
    assert not words.search(" ".join(faulty.answer.severe))
    assert any(words.search(each.message) for each in faulty.results.findings)


def tables(found):
    return {each.title: each for each in found.section("review").tables}


def test_findings_stand_by_severity_in_words_with_what_to_try_and_the_ratio_then(faulty):
    found = tables(faulty)
    titles = [*review.GRAVE.values(), "Accepted, with the reason"]
    assert list(found) == titles
    whole = sroi.check(faulty.study, today=dt.date(2026, 1, 1))
    assert sum(len(each.rows) for each in found.values()) == len(whole)
    warned = found["Warnings: to be answered"]
    assert warned.headings == ("What is found", "What to try", "Ratio then", "Rule")
    long = next(row for row in warned.rows if row[3].startswith("SROI037"))
    finding = next(each for each in whole if each.rule == "SROI037")
    assert long[1] == "Calmer: drop-off 10%"
    assert long[2] == formatting.ratio(finding.ratio_if_made)
    moves = [
        abs(float(row[2]) - faulty.results.evaluation.social_return_ratio) for row in warned.rows if row[2]
    ]
    assert moves == sorted(moves, reverse=True)
    assert all(not row[2] for row in warned.rows[len(moves) :])


def test_what_is_accepted_stands_with_its_reason_and_is_judged_on_the_day_of_the_report(faulty):
    (row,) = tables(faulty)["Accepted, with the reason"].rows
    assert row[-3:] == (REASON, "A. Lee", "2026-06-30")
    later = content(study_of(FAULTY), draws=100, date="2026-07-01")
    assert "Accepted, with the reason" not in tables(later)
    undated = content(study_of(FAULTY), draws=100)
    assert "Accepted, with the reason" in tables(undated)
    assert any("no date" in said for said in undated.section("review").paragraphs)


def test_a_study_of_which_nothing_is_found_says_so(monkeypatch):
    monkeypatch.setattr("sroi.checking.checks.chosen", lambda *_: [])
    found = content(study_of(FAULTY), draws=100)
    assert found.section("review").paragraphs == (
        "The rules that reviewers apply to a study found nothing in this one.",
    )
    assert found.section("review").tables == ()
    assert found.answer.severe == ()
    assert "To put right" not in markdown(found)


@pytest.mark.parametrize(
    "text_of",
    [
        markdown,
        page,
        lambda found: str(printed(found).opening),
    ],
    ids=["markdown", "page", "printed"],
)
def test_errors_stand_beside_the_headline(faulty, text_of):
    first = text_of(faulty).replace("\\_", "_").partition("Summary")[0]
    first = re.sub(r"\N{WORD JOINER}", "", first)
    assert "To put right" in first
    for words in ERRORS:
        assert words in first


def test_every_format_says_what_was_found(faulty, tmp_path):
    paths = [tmp_path / f"report.{ending}" for ending in ("md", "html")]
    sroi.report(faulty.study, paths, draws=100, date="2026-01-01")
    for path in paths:
        text = path.read_text("utf-8").replace("\\_", "_")
        assert review.TITLE in text
        assert all(text.count(words) > 1 for words in ERRORS)
        assert REASON in text
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(faulty)))
    held = [str(cell.value) for row in book["Review"].iter_rows() for cell in row if cell.value is not None]
    assert {review.TITLE, REASON, *review.GRAVE.values()} <= set(held)
    assert all(any(words in text for text in held) for words in ERRORS)
    summary = [str(cell.value) for row in book["Summary"].iter_rows() for cell in row]
    assert all(any(words in text for text in summary) for words in ERRORS)
    blocks = [
        block
        for part in (printed(faulty).main, printed(faulty).appendices)
        for section in part.values()
        for block in section
    ]
    said = str(blocks).replace("\N{WORD JOINER}", "")
    assert review.TITLE in said
    assert REASON in said
    assert document(faulty)
    assert pdf(faulty)


def test_the_columns_of_the_sheet_are_those_of_the_tables(faulty):
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(faulty)))
    for table in faulty.section("review").tables:
        rows = [[cell.value for cell in row] for row in book["Review"].iter_rows()]
        start = next(at for at, row in enumerate(rows) if row[0] == table.title)
        for at, cells in enumerate(table.rows, start=start + 2):
            shown = dict(zip(rows[start + 1], rows[at], strict=True))
            assert [shown[heading] or "" for heading in table.headings] == list(cells)


# ── The first screen of a terminal
# ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def run(tmp_path, *arguments):
    file = tmp_path / "study.json"
    file.write_text(sroi.dumps(study_of(FAULTY)), encoding="utf-8")
    file = file.rename(file.with_suffix(".yaml"))
    return CliRunner().invoke(app, ["evaluate", str(file), *arguments], env={"COLUMNS": "80"})


@pytest.mark.parametrize("arguments", [(), ("--no-range",), ("--full",)])
def test_evaluate_names_what_is_to_be_put_right(tmp_path, arguments):
    done = run(tmp_path, *arguments)
    said = " ".join(done.stdout.split())
    assert done.exit_code == 0
    assert "To put right" in said
    assert ERRORS[0] in said
    if "--full" in arguments:
        assert ERRORS[1] in said
    else:
        assert "and 1 more" in said
        assert "sroi check" in said
        assert len(done.stdout.splitlines()) <= SCREEN_LINES


def test_a_study_without_errors_has_no_such_line():
    done = CliRunner().invoke(app, ["evaluate", "examples/lunch-club.yaml"], env={"COLUMNS": "80"})
    assert "To put right" not in done.stdout


@pytest.mark.parametrize("count", [1, 3, 40])
@pytest.mark.parametrize("load", [lambda: study_of(FAULTY), forty_long_outcomes])
def test_the_screen_holds_with_any_number_of_errors(load, count):
    result = sroi.evaluate(load())
    severe = tuple(f"{'a fault of many words that goes on and on ' * 8}{at}" for at in range(count))
    answer = Answer(
        result, sroi.ledger(result), sroi.simulate(result, draws=500), sroi.sensitivity(result), severe=severe
    )
    shown = lines(answer, 80)
    assert len(shown) <= SCREEN_LINES
    assert max(map(len, shown)) <= 80
    assert any(line.startswith("To put right") for line in shown)
    assert any(line.startswith("Safe to quote") for line in shown)


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_what_is_to_be_put_right_is_seen_and_leads_to_the_findings(chromium, faulty, tmp_path, width):  # noqa: F811
    path = tmp_path / "page.html"
    path.write_text(page(faulty), encoding="utf-8")
    with opened(chromium, path, width=width) as tab:
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        box = tab.locator(".put-right")
        assert box.is_visible()
        if width == 1280:
            assert box.bounding_box()["y"] + box.bounding_box()["height"] < 900
        box.locator("a").click()
        assert tab.evaluate("location.hash") == "#review"
        pictured(tab, f"faulty-{width}")
