"""What a terminal shows: at any width every number stands whole."""

import io

import pytest
from helpers import forty_long_outcomes, small, study_of
from rich.console import Console
from typer.testing import CliRunner

import sroi
from sroi import drawing, formatting, terminal
from sroi.cli import app
from sroi.results.answer import Answer
from sroi.results.screen import lines
from sroi.tables import SCREEN_LINES

STEERING = {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"}

TABLES = [
    *sroi.evaluate(sroi.load("local-area-coordination", borough="derby")).tables,
    *sroi.ledger(sroi.load("local-area-coordination", borough="derby")).tables,
    *sroi.simulate(sroi.load("examples/lunch-club.yaml"), draws=200).tables,
]


WIDE = sroi.tables.Table(
    "Wide",
    ("Number", ">Value", ">Range", "Rationale", "Written in"),
    (
        (
            "outcomes.carers_able_to_carry_on.deadweight",
            "£3,340,000",
            "0.1 to 0.6",
            "some find help without a coordinator " * 4,
            "assumptions/x.yaml:14",
        ),
        (
            "assumptions.population_65_and_over",
            "−£42,300",
            "",
            "2015-16",
            "assumptions/boroughs/haringey.yaml:16",
        ),
    ),
)


def shown(table, width):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    console.print(drawing.drawn(table, width))
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
def test_every_number_stands_whole_and_no_line_is_cut(table, width):
    text = shown(table, width)
    assert text.count("…") == sum(cell.count("…") for row in table.rows for cell in row) + table.note.count(
        "…"
    )
    assert max(map(len, text.splitlines())) <= width
    for row in table.rows:
        for cell, numeric in zip(row, table.numeric, strict=True):
            if numeric and " " not in cell:
                assert cell in text, cell


def test_what_does_not_fit_in_columns_is_told_in_paragraphs():
    table = sroi.tables.Table(
        "Wide", ("Name", *(f">Figure {at}" for at in range(9))), (("first [b]", *("1,000,000",) * 9),)
    )
    assert "  Figure 8  1,000,000" in shown(table, 60)
    assert "first [b]" in shown(table, 60)
    assert "  Figure 8  1,000,000" not in shown(table, 160)


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_nothing_of_a_wide_table_is_lost(width):
    text = shown(WIDE, width)
    assert max(map(len, text.splitlines())) <= width
    for number in ("£3,340,000", "−£42,300", "0.1 to 0.6", "outcomes.carers_able_to_carry_on.deadweight"):
        assert number in text
    for cell in (cell for row in WIDE.rows for cell in row):
        assert set(cell.split()) <= set(text.replace("·", " ").split()) or "".join(cell.split()) in "".join(
            text.split()
        )


def test_the_result_for_a_place_fits_eighty_columns():
    result = sroi.evaluate(sroi.load("local-area-coordination", borough="derby"))
    console = Console(width=80, file=io.StringIO(), highlight=False)
    terminal.print_result(result, on=console)
    text = console.file.getvalue()
    assert max(map(len, text.splitlines())) <= 80
    for word in (formatting.money(result.present_value, "GBP"), "Deductions", "transfer"):
        assert word in text


def test_what_steers_a_terminal_does_not_reach_it_in_an_error(tmp_path):
    study = tmp_path / "study.yaml"
    study.write_text('"\\e[31mred\\a": 1\n"\\u202ename": 2\n', encoding="utf-8")
    done = CliRunner().invoke(app, ["evaluate", str(study)])
    assert done.exit_code == 2
    assert r"\x1b[31mred\x07 is not known" in done.stderr
    assert not STEERING & set(done.stderr)


@pytest.mark.parametrize("width", [60, 160])
def test_what_steers_a_terminal_does_not_reach_it(width):
    named = "a\x1b[31mred\x07 \u202ename\u2066 \x9b2J end"
    table = sroi.tables.Table(
        named, ("Name", "Words"), ((named, "words that want more than one line " * 6),), named
    )
    for printed in (shown(table, width), table.to_markdown()):
        assert not STEERING & set(printed)
        assert "a" in printed
        assert "name" in printed


# ── The first screen
# ─────────────────────────────────────────────────────────────────────────────────────────────────────────


STUDIES = {
    "derby": lambda: sroi.load("local-area-coordination", borough="derby"),
    "haringey": lambda: sroi.load("local-area-coordination", borough="haringey"),
    "lunch-club": lambda: sroi.load("examples/lunch-club.yaml"),
    "one-outcome": lambda: study_of(small()),
    "forty-long-outcomes": forty_long_outcomes,
}


def screen(study, width=80, *, ranged=True):
    result = sroi.evaluate(study)
    drawn = sroi.simulate(result, draws=500) if ranged else None
    swings = sroi.sensitivity(result) if ranged else None
    return lines(Answer(result, sroi.ledger(result), drawn, swings), width)


@pytest.mark.parametrize("ranged", [True, False])
@pytest.mark.parametrize("name", STUDIES)
def test_the_first_screen_is_seen_whole(name, ranged):
    lines = screen(STUDIES[name](), ranged=ranged)
    assert len(lines) <= SCREEN_LINES == 22
    assert max(map(len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)
    assert "Safe to quote: By a" in "\n".join(lines)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", STUDIES)
def test_the_first_screen_fits_its_width_and_splits_no_word(name, width):
    study = STUDIES[name]()
    lines = screen(study, width)
    assert max(map(len, lines)) <= width
    wide = set(" ".join(screen(study, 10_000)).split())
    assert {word for word in " ".join(lines).split() if word.isalpha()} <= wide


def test_the_first_screen_is_the_answer():
    text = " ".join(" ".join(screen(STUDIES["derby"]())).split())
    for words in (
        "in 8 of 10 draws (central 79p, half of the draws below",
        "65 of 100 numbers",
        "P10 ",
        "median 23p",
        "P90 £2.",
        "claimed £3.68, £4",
        "Social value Services needed less Cash back per state £1 79p 3p −1p (a further cost)",
        "96.4% of it wellbeing, which is not money saved",
        "34 of 99 numbers unsourced",
        "Largest unknown Gain from being linked to",
        "what has been claimed of it in Derby, £3.68 is reached in",
        "--full",
    ):
        assert words in text


def test_a_study_without_ranges_says_why_it_has_none():
    assert "no range: no number has one" in " ".join(screen(STUDIES["one-outcome"]()))
    assert "no range: none was asked for" in " ".join(screen(STUDIES["one-outcome"](), ranged=False))


def test_a_study_of_which_no_draw_has_a_ratio_says_so_and_prints_no_nan():
    document = small()
    document["inputs"]["grant"]["value"] = {"value": 1, "low": -1e9, "high": 1, "distribution": "uniform"}
    result = sroi.evaluate(study_of(document))
    answer = Answer(result, sroi.ledger(result), sroi.simulate(result, draws=3), sroi.sensitivity(result))
    text = " ".join(lines(answer, 80))
    assert "no range: in no draw is anything put in" in text
    assert "nan" not in text.split()


@pytest.mark.parametrize("arguments", [(), ("--full",), ("--no-range",), ("--full", "--no-range")])
@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_what_is_piped_is_as_wide_as_columns_and_ends_in_no_space(arguments, columns):
    done = CliRunner().invoke(
        app, ["evaluate", "examples/lunch-club.yaml", *arguments], env={"COLUMNS": columns}
    )
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= int(columns)
    assert not [line for line in done.stdout.splitlines() if line != line.rstrip()]
    assert ("Assumptions without a source" in done.stdout) is ("--full" in arguments)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_word_of_a_table_is_split(width):
    for table in TABLES:
        said = set(shown(table, width).replace("·", " ").split())
        for row in table.rows:
            for word in " ".join(row).split():
                if len(word) <= drawing.LONGEST_UNBROKEN:
                    assert word in said, (table.title, word)


def test_what_does_not_fit_is_stacked_with_its_figures_under_each_other():
    table = sroi.tables.Table(
        "Wide",
        ("Name", *(f">Figure {at}" for at in range(9))),
        (("first", *("1,000", "20") * 4, "3,000,000"),),
    )
    lines = shown(table, 60).splitlines()
    ends = {len(line.rstrip()) for line in lines if line.startswith("  Figure")}
    assert len(ends) == 1
