"""The report as it is printed: a short main part, appendices behind it, and every figure and table numbered.

Word and PDF write the same blocks. A block is a heading, a paragraph, a caption, a picture or a table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sroi.reports.blocks import Block, Caption, Grid, Heading, Paragraph, Picture
from sroi.reports.paging import Paper, placed
from sroi.reports.parts import Section
from sroi.tables import Fact, Table
from sroi.text import unbroken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sroi.reports.parts import Content

MOST_PAGES = 8
"""Pages of the main part, the answer and the contents among them."""

MOST_ROWS = 12
"""Rows of a table in the main part; a longer one stands in an appendix."""

APPENDICES = (
    "scope",
    "value-map",
    "evidence",
    "demand",
    "returns",
    "further-tables",
    "assumptions",
    "sources",
    "checks",
    "method",
    "record",
    "glossary",
)
"""The sections that stand behind the main part, in their order, where the page is wide."""

_IN_THE_ANSWER = ("social_return", "range")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Printed:
    """A report on paper.

    Attributes
    ----------
    opening : tuple of Block
        What stands on page one beneath the title.
    main, appendices : dict
        Blocks of each section, by its identifier; each begins with its heading.
    """

    opening: tuple[Block, ...]
    main: dict[str, tuple[Block, ...]]
    appendices: dict[str, tuple[Block, ...]]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """What the contents list, in order."""
        first = (blocks[0] for part in (self.main, self.appendices) for blocks in part.values())
        return tuple(block for block in first if isinstance(block, Heading))


def printed(content: Content) -> Printed:
    """The report on paper: the main part holds what its pages hold."""
    paper = Paper(shapes=content.shapes)
    figures = tuple(fact for fact in content.headline if fact.key not in _IN_THE_ANSWER)
    opening = tuple(_opening(content, figures))
    crowded = contents_at(content, opening, paper) > 2
    opening = tuple(_opening(content)) if crowded else opening
    main = [
        _with_figures(section, figures if crowded else ())
        for section in content.sections
        if section.id not in APPENDICES
    ]
    behind = {section.id: section for section in content.sections if section.id in APPENDICES}
    count = len(content.sections) + 1

    def fit(sections: Sequence[Section], kept: Sequence[Table]) -> bool:
        body = [block for section in sections for block in _shortened(section, kept, "M", _counter())]
        page, used = contents_at(content, opening, paper), contents_room(count, paper)
        return placed(body, paper, page=page, used=used)[-1].page <= MOST_PAGES

    while not fit(main, ()) and len(main) > 1:
        longest = max(main[1:], key=lambda each: sum(map(paper.block, _shortened(each, (), "M", _counter()))))
        main.remove(longest)
        behind[longest.id] = longest
    ranked = sorted(
        (place, sum(paper.rows(Grid(_unbroken(table)))), number, table)
        for number, section in enumerate(main)
        for place, table in enumerate(section.tables)
        if len(table.rows) <= MOST_ROWS
    )
    kept: list[Table] = []
    for *_, table in (*ranked, *ranked):
        if not _among(table, kept) and fit(main, [*kept, table]):
            kept.append(table)
    left = tuple(table for section in main for table in section.tables if not _among(table, kept))
    if left:
        behind["further-tables"] = Section("further-tables", "Further tables", (), left)
    order = sorted(behind, key=lambda name: APPENDICES.index(name) if name in APPENDICES else -1)
    letters = dict(zip(order, _LETTERS, strict=False))
    numbers = _counter()
    letter = letters.get("further-tables", "")
    return Printed(
        opening,
        {section.id: tuple(_shortened(section, kept, letter, numbers)) for section in main},
        {
            name: tuple(blocks(behind[name], f"Appendix {letters[name]}. {behind[name].title}", numbers))
            for name in order
        },
    )


def blocks(section: Section, title: str, count: Counter[str]) -> Iterator[Block]:
    """The blocks of a section; ``count`` holds how many figures and tables came before."""
    yield Heading(unbroken(title), section.id)
    last = len(section.paragraphs) - 1
    for place, text in enumerate(section.paragraphs):
        yield Paragraph(unbroken(text), together=place == last and bool(section.figures))
    for figure in section.figures:
        count["Figure"] += 1
        title = "" if figure.title == section.title else f"{figure.title}."
        yield Picture(figure.name, unbroken(figure.alt))
        yield Caption("Figure", count["Figure"], unbroken(title), unbroken(figure.takeaway))
    for table in section.tables:
        count["Table"] += 1
        yield Caption("Table", count["Table"], unbroken(table.title), together=True)
        yield Grid(_unbroken(table))
        if table.note:
            yield Paragraph(unbroken(table.note), "Note")


def _shortened(section: Section, kept: Sequence[Table], letter: str, count: Counter[str]) -> Iterator[Block]:
    """The blocks of a section with some of its tables, and where the others stand."""
    some = tuple(table for table in section.tables if _among(table, kept))
    yield from blocks(replace(section, tables=some), section.title, count)
    left = [table.title for table in section.tables if not _among(table, kept)]
    if left:
        what = "a table" if len(left) == 1 else "tables"
        titles = "; ".join(map(_uncapitalised, left))
        yield Paragraph(unbroken(f"Appendix {letter} holds {what} of this section: {titles}."), "Note")


def _among(table: Table, tables: Sequence[Table]) -> bool:
    return any(table is each for each in tables)


def _counter() -> Counter[str]:
    """How many figures and tables with a caption stand on page one."""
    return Counter({"Figure": 1})


def contents_at(content: Content, opening: Sequence[Block], paper: Paper) -> int:
    """The page that the contents stand on: the one after the answer."""
    title = [Paragraph(content.title, "Title"), Paragraph(content.subtitle, "Subtitle")]
    title += [] if content.date is None else [Paragraph(content.date, "Subtitle")]
    return placed((*title, *opening), paper)[-1].page + 1


def contents_room(count: int, paper: Paper) -> float:
    """The height of the contents of so many sections."""
    return paper.text("Contents", "ContentsHeading") + count * paper.text("A", "TOC1")


def _opening(content: Content, figures: Sequence[Fact] = ()) -> Iterator[Block]:
    """What stands on page one beneath the title: the answer, as every first screen gives it."""
    answer = content.answer
    yield Paragraph(unbroken(answer.sentence), "Lead", together=True)
    yield Picture(content.strip.name, unbroken(content.strip.alt))
    yield Caption("Figure", 1, unbroken(f"{content.strip.title}."))
    columns = (answer.for_one, *(f">{each.label}" for each in answer.returns))
    row = ("In the central case", *(each.text for each in answer.returns))
    yield Grid(_unbroken(Table("", columns, (row,))))
    yield Paragraph("", "Note")
    facts = (*answer.facts, *figures)
    yield Grid(_unbroken(Table("", ("", ""), tuple((fact.label, fact.text) for fact in facts))))
    yield Paragraph("Safe to quote", "ContentsHeading", together=True)
    yield Paragraph(unbroken(content.statement), "Statement")


def _with_figures(section: Section, figures: Sequence[Fact]) -> Section:
    """The summary, with the figures of the result."""
    if section.id != "summary" or not figures:
        return section
    rows = tuple((fact.label, fact.text) for fact in figures)
    return replace(section, tables=(Table("The result in figures", ("", ""), rows), *section.tables))


def _unbroken(table: Table) -> Table:
    rows = tuple(tuple(unbroken(cell) for cell in row) for row in table.rows)
    return replace(table, columns=tuple(map(unbroken, table.columns)), rows=rows)


def _uncapitalised(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
