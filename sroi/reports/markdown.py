"""A report as Markdown, for pull requests and readmes: every table, and what each chart says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.reports.parts import safe_link
from sroi.text import escape_markdown, markdown_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.reports.parts import Content, Section


def markdown(content: Content) -> str:
    """The report; texts of the study are shown as they are, and only web and mail addresses are links."""
    return "\n".join(_lines(content)).rstrip() + "\n"


def _lines(content: Content) -> Iterator[str]:
    subtitle = " · ".join(part for part in (content.subtitle, content.date) if part)
    yield from (f"# {escape_markdown(content.title)}", "", _paragraph(subtitle), "")
    yield from (f"> {_paragraph(content.statement)}", "")
    severe = [content.answer.to_put_right()] if content.answer.severe else []
    for fact in (*severe, *content.headline):
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
        yield from (f"### {escape_markdown(table.title)}", "")
        yield markdown_table(table.headings, table.rows, table.numeric, _cell)
        if table.note:
            yield from (_paragraph(table.note), "")


def _cell(text: str) -> str:
    return f"<{text}>" if safe_link(text) and "|" not in text else escape_markdown(text)


def _paragraph(text: str) -> str:
    """Text that begins no list, heading, rule or code block of its own."""
    shown = escape_markdown(text)
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", re.sub(r"^([-+=~])", r"\\\1", shown))
