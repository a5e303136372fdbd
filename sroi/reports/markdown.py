"""A report as Markdown, for pull requests and readmes: every table, and what each chart says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.reports.parts import safe_link
from sroi.tables import Table, escape_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.reports.parts import Content, Section


def markdown(content: Content) -> str:
    """The report; every text from the study is shown as it is, and addresses link only where they are web or mail addresses."""
    return "\n".join(_lines(content)).rstrip() + "\n"


def _lines(content: Content) -> Iterator[str]:
    yield from (
        f"# {escape_markdown(content.title)}",
        "",
        _paragraph(" · ".join(part for part in (content.subtitle, content.date) if part)),
        "",
    )
    yield from (f"> {_paragraph(content.statement)}", "")
    for fact in content.headline:
        yield f"- **{escape_markdown(fact.label)}**: {escape_markdown(fact.text)}"
    yield ""
    for section in content.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield from (f"## {escape_markdown(section.title)}", "")
    for paragraph in section.paragraphs:
        yield from (_paragraph(paragraph), "")
    for figure in section.figures:
        yield from (f"**{escape_markdown(figure.title)}.** {escape_markdown(figure.takeaway)}", "")
    for table in section.tables:
        yield from (f"### {escape_markdown(table.title)}", "", *_table(table), "")
        if table.note:
            yield from (_paragraph(table.note), "")


def _table(table: Table) -> Iterator[str]:
    yield _row(escape_markdown(heading) for heading in table.headings)
    yield _row("---:" if numeric else "---" for numeric in table.numeric)
    yield from (_row(map(_cell, row)) for row in table.rows)


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return f"<{text}>" if safe_link(text) and "|" not in text else escape_markdown(text)


def _paragraph(text: str) -> str:
    """Text that begins no list, heading, rule or code block of its own."""
    shown = escape_markdown(text)
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", re.sub(r"^([-+=~])", r"\\\1", shown))
