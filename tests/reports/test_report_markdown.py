"""Markdown reports, parsed: every cell comes through as text, and only safe addresses are links."""

import re

import pytest
from helpers import outcome, small
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import sroi
from sroi.reports.content import content
from sroi.reports.markdown import markdown
from sroi.tables import Table, escape_markdown

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
HOSTILE = "<script>alert(1)</script> | `rm -rf` [x](javascript:alert(2)) ![y](http://a.b/c.png) **b** _i_ "
HOSTILE += "~~s~~ &lt; # 1. \\"


def inlines(text):
    for token in PARSER.parse(text):
        if token.type == "inline":
            yield token


def shown(token):
    """What a reader sees of one run of text; nothing but text and links may be in it."""
    assert {child.type for child in token.children} <= {
        "text",
        "link_open",
        "link_close",
        "softbreak",
        "strong_open",
        "strong_close",
        "text_special",
    }, token
    return "".join(child.content for child in token.children if child.type in ("text", "text_special"))


def links(text):
    return {
        child.attrs["href"]
        for token in inlines(text)
        for child in token.children
        if child.type == "link_open"
    }


def one(text):
    return " ".join(text.split())


def test_every_cell_of_every_table_comes_through():
    found = content(sroi.load("local-area-coordination", borough="derby"), draws=200)
    seen = {shown(token) for token in inlines(markdown(found))}
    for section in found.sections:
        assert section.title in seen
        for table in section.tables:
            for row in (table.headings, *table.rows):
                assert {one(cell) for cell in row} <= seen | {""}, table.title
        assert {one(paragraph) for paragraph in section.paragraphs} <= seen


def test_hostile_text_is_shown_and_not_obeyed():
    document = small(
        {"title": HOSTILE},
        outcomes={"change": outcome(title=HOSTILE, indicator=HOSTILE, value={"value": 5, "source": "s"})},
        sources={"s": {"title": HOSTILE, "url": "https://example.org/a_b?c=1&d=2"}},
        limitations=[
            "# not a heading",
            "- not a list",
            "1. not a list",
            "> not a quote",
            "---",
            "    not code",
            HOSTILE,
        ],
    )
    text = markdown(content(sroi.Study.model_validate(document), draws=10))
    seen = {shown(token) for token in inlines(text)}
    assert {
        one(HOSTILE),
        "# not a heading",
        "- not a list",
        "1. not a list",
        "> not a quote",
        "---",
        "not code",
    } <= seen
    assert links(text) == {"https://example.org/a_b?c=1&d=2"}
    tokens = PARSER.parse(text)
    assert not {token.type for token in tokens} & {
        "html_block",
        "code_block",
        "fence",
        "ordered_list_open",
        "hr",
    }


@settings(max_examples=150)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_in_a_cell_is_shown_as_it_is(text):
    table = Table("t", ("a", "b"), ((f"x{text}x", "end"),))
    found = [shown(token) for token in inlines(table.to_markdown())]
    assert found[-2:] == [one(f"x{text}x"), "end"]


@pytest.mark.parametrize("text", ["a & b", "&amp;", "&#38;", "100%", "£5", "$x$", "~~x~~"])
def test_signs_that_mean_something_are_escaped(text):
    (token,) = inlines(escape_markdown(text))
    assert shown(token) == text


def test_the_headline_and_the_statement_come_first():
    found = content(sroi.load("examples/lunch-club.yaml"), draws=200)
    first = markdown(found).split("## Summary")[0]
    assert re.search(r"^> By a forecast of Community lunch club", first, re.MULTILINE)
    assert first.count("- **") == len(found.headline)
