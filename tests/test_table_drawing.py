"""Tables on a screen: whatever is in them, no line is wider than the terminal and no word is split."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from sroi import drawing, terminal
from sroi.tables import SCREEN_LINES, Brief, Table

WIDTHS = [40, 60, 80, 120, 200]
WORDS = st.text("abcdefghijklmnopqrstuvwxyz_-.[]£€ü漢", min_size=1, max_size=30)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
NUMBERS = st.sampled_from(["£1,234,567", "−0.5", "8,661.38 to 13,858.2", "30%", "", "not in every draw"])


@st.composite
def tables(draw):
    numeric = [False, *draw(st.lists(st.booleans(), min_size=0, max_size=5))]
    headings = [f"{'>' * each}{draw(TEXTS)}" for each in numeric]
    row = st.tuples(*(NUMBERS if each else TEXTS for each in numeric))
    rows = draw(st.lists(row, min_size=1, max_size=5))
    return Table(draw(TEXTS), tuple(headings), tuple(rows), draw(st.just("") | TEXTS))


def lines_of(print_it, width):
    """What is printed where nobody looks at a terminal, a line a text."""
    written = io.StringIO()
    print_it(Console(file=terminal._Plain(written), width=width, highlight=False))
    return written.getvalue().splitlines()


def words_of(table):
    """Every word but the heading of the names, and those of columns with nothing in them."""
    cells = list(zip(*table.rows, strict=True))
    headings = [heading for heading, column in zip(table.headings[1:], cells[1:], strict=True) if any(column)]
    return " ".join((*headings, table.title, table.note, *map(" ".join, table.rows))).split()


LONG = "People who have been on their own for a long while come to know others in their street, number"
FORTY = Table(
    LONG,
    ("Outcome", ">Quantity", ">Present value", ">Share of the whole", "What it is and where it comes from"),
    tuple(
        (f"{LONG} {at}", f"{at * 1000:,}", f"£{at * 12345:,}", "2.5%", f"source-{at} {LONG}")
        for at in range(40)
    ),
    LONG,
)


@pytest.mark.parametrize("width", WIDTHS)
@given(table=tables())
@example(table=FORTY)
def test_no_line_is_too_wide_and_no_word_is_split(width, table):
    lines = lines_of(lambda console: console.print(drawing.drawn(table, width)), width)
    assert max(map(cell_len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    said = set(" ".join(lines).replace("─", " ").split())
    assert {word for word in words_of(table) if cell_len(word) <= width - 4} <= said


@pytest.mark.parametrize("width", WIDTHS)
@given(table=tables())
@example(table=FORTY)
def test_a_brief_is_as_narrow_and_counts_what_it_omits(width, table):
    brief = Brief(("The answer is that " + table.title,), (table,), left=3, rows="outcomes")
    lines = lines_of(lambda console: terminal.print_brief(brief, console), width)
    assert max(map(cell_len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    footer = " ".join(lines[len(lines) - lines[::-1].index("") :])
    assert " more outcomes" in footer
    assert footer.endswith("--full, or --format json.")


@pytest.mark.parametrize("width", WIDTHS)
def test_forty_long_rows_fill_one_screen_and_the_rest_are_counted(width):
    brief = Brief(("So it is.",), (FORTY,), rows="outcomes")
    lines = lines_of(lambda console: terminal.print_brief(brief, console), width)
    assert len(lines) <= SCREEN_LINES
    omitted = int(next(line for line in lines if "more outcomes" in line).split()[0])
    words = " ".join(lines).split()
    shown = sum(f"{at * 1000:,}" in words for at in range(40))
    assert omitted + shown == 40
    assert shown > 0


@pytest.mark.parametrize("width", [40, 60])
def test_labels_of_a_stacked_table_are_aligned(width):
    headings = ("Name", ">Of it", ">Present value", "Source")
    rows = (
        ("first", "20", "£1,234,567", "some-long-name-of-a-source-that-is"),
        ("second", "1,000", "£7", "b c"),
    )
    lines = lines_of(lambda console: console.print(drawing.drawn(Table("T", headings, rows), width)), width)
    labelled = [line for line in lines if line.startswith("  ")]
    labels = [line.strip() for line in labelled if not line.startswith("    ")]
    if width == 40:
        assert labels == ["Of it", "Present value", "Source"] * 2
        return
    assert [label.split("  ")[0] for label in labels] == ["Of it", "Present value", "Source"] * 2
    assert {line.index(cell) for line in labelled for cell in ("some-", "b c") if cell in line} == {17}
    assert len({len(line) for line in labelled if "Source" not in line}) == 1


def test_columns_that_do_not_fit_are_dropped_from_the_right():
    shown, dropped = drawing.narrowed(FORTY, 80)
    assert (shown.headings, dropped) == (FORTY.headings[:3], 2)
    assert drawing.narrowed(FORTY, 200) == (FORTY, 0)
    assert len(drawing.narrowed(FORTY, 20)[0].columns) == 2
    alone = drawing.narrowed(FORTY, 110, one_line=True)[0]
    assert len(alone.columns) == 2
