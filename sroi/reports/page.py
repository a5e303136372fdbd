"""The report as one web page: it holds everything that it shows and works without a network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup, escape

from sroi.reports import pictures
from sroi.reports.explore import exploring
from sroi.reports.headline import headline
from sroi.reports.parts import safe_link
from sroi.reports.strip import page_strip
from sroi.text import all_printable, printable
from sroi.version import VERSION

if TYPE_CHECKING:
    from sroi.charts.figure import Figure
    from sroi.reports.parts import Content
    from sroi.reports.strip import PageStrip
    from sroi.tables import Table

_SHORT, _LONG, _PROSE = 14, 18, 60

DETAIL = (
    "evidence",
    "gross-to-net",
    "by-year",
    "demand",
    "switching-values",
    "scenarios",
    "returns",
    "assumptions",
    "sources",
    "method",
    "record",
)
"""Sections that are folded on a page, under one heading."""


def page(content: Content) -> str:
    """The report of a study as HTML.

    Parameters
    ----------
    content : Content
        What the report says.

    Returns
    -------
    str
        One self-contained document. The same content gives the same text.
    """
    study = content.study
    live = exploring(content)
    strip = page_strip(content.answer)
    scripts = [_file("vega.js"), _file("page.js")] if live is not None else []
    return _template().render(
        content=content,
        answer=content.answer,
        first=headline(content),
        strip=strip,
        shown=[section for section in content.sections if section.id not in DETAIL],
        folded=[section for section in content.sections if section.id in DETAIL],
        live=live,
        live_model=None
        if live is None
        else script_data(all_printable({**live.script_data, "strip": _among(strip)})),
        pictures={figure.name: _pictures(content, figure) for figure in content.figures},
        style=Markup(_file("page.css")),  # noqa: S704 - our own file
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own, and Vega's
        licences=_file("licences.txt"),
        policy=_policy(scripts),
        engine=f"sroi {VERSION}",
        study_hash=study.provenance and study.provenance.sha256,
        method_hash=study.method.fingerprint,
    )


def _pictures(content: Content, figure: Figure) -> tuple[tuple[str, Markup], ...]:
    """A figure as it is drawn for wide screens and print, and for narrow screens."""
    drawn = {"on-wide": content.drawings[figure.name], "on-narrow": pictures.draw(figure, narrow=True)}
    return tuple(
        (shown_on, pictures.inline_picture(each, figure, shown_on)) for shown_on, each in drawn.items()
    )


def _among(page_strip: PageStrip) -> dict[str, Any]:
    """What tells where a result lies on the strip, and among the draws."""
    strip = page_strip.strip
    return {
        "left": strip.left,
        "right": strip.right,
        "interval": strip.interval,
        "centiles": strip.centiles,
    }


def script_data(value: Any) -> Markup:
    """Data as JSON that may stand inside a script element: nothing in it can end the element or a line."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - escaped here


def linked(text: str) -> Markup:
    """Text with each web address in it as a link, where a report may link to it."""
    if "://" not in text and "mailto:" not in text.lower():
        return escape(printable(text))

    def word(each: str) -> Markup:
        address = each.rstrip(".,;:)")
        if safe_link(address) is None:
            return escape(each)
        link = Markup('<a href="{}" rel="noreferrer">{}</a>{}')
        return link.format(address, address, each[len(address) :])

    return Markup("").join(word(each) for each in re.split(r"(\s+)", printable(text)))


def without_middle(text: str, most: int = 40) -> str:
    """A text without its middle, since long titles often differ in their last words alone.

    Examples
    --------
    >>> without_middle("Points gained"), without_middle("People of the first of many streets: value", 30)
    ('Points gained', 'People of the … streets: value')
    """
    half = (most - 1) // 2
    return text if len(text) <= most else f"{text[:half].rstrip()} … {text[-half:].lstrip()}"


def _shown(value: Any) -> Any:
    """Text without the characters that steer what shows it."""
    return printable(value) if type(value) is str else value


def _cell_class(text: str, numeric: bool) -> str:
    if numeric:
        return "number long" if len(text) > _LONG else "number"
    return "prose" if len(text) > _PROSE else "text" if len(text) > _SHORT else "short"


def _table_rows(table: Table) -> Markup:
    """The rows of a table, the first cell of each its heading."""
    numeric = table.numeric

    def cell(at: int, text: str) -> str:
        opened, closed = ("<td", "</td>") if at else ('<th scope="row"', "</th>")
        return f'{opened} class="{_cell_class(text, numeric[at])}">{linked(text)}{closed}'

    rows = (f"<tr>{''.join(map(cell, range(len(row)), row))}</tr>\n" for row in table.rows)
    return Markup("".join(rows))  # noqa: S704 - each text is escaped by linked


def _policy(scripts: list[str]) -> str:
    """What a browser may run and fetch for the page: these scripts and nothing from anywhere."""
    digests = (base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sroi.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        finalize=_shown,
    )
    environment.filters.update(linked=linked, table_rows=_table_rows, cut=without_middle)
    return environment.get_template("page.html.j2")


@cache
def _file(name: str) -> str:
    return resources.files("sroi.reports").joinpath("templates", name).read_text(encoding="utf-8")
