"""The report as one web page: it holds everything that it shows, works without a network, and asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import jinja2
import vl_convert
from markupsafe import Markup, escape

from sroi import formatting
from sroi.reports import pictures
from sroi.reports.explore import exploring
from sroi.reports.headline import headline
from sroi.reports.parts import safe_link
from sroi.text import shown
from sroi.version import VERSION

if TYPE_CHECKING:
    from sroi.reports.parts import Content

_SHORT, _LONG, _PROSE = 14, 18, 60


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
    live = exploring(content)
    drawn = {figure.name: pictures.svg(figure) for figure in content.figures}
    scripts = [_library(), _file("page.js")] if live is not None else []
    return _template().render(
        content=content,
        study=content.study,
        sections=content.sections,
        headline=headline(content),
        one=formatting.unit(content.study.currency),
        live=live,
        live_model=None if live is None else for_a_script(live.for_the_page),
        pictures=drawn,
        style=Markup(_file("page.css")),  # noqa: S704 - our own file
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own, and Vega's
        licences=_file("licences.txt"),
        policy=_policy(scripts),
        engine=f"sroi {VERSION}",
        study_hash=content.evaluation.provenance["study_sha256"],
        method_hash=content.study.method.fingerprint,
    )


def for_a_script(value: Any) -> Markup:
    """Data as JSON that may stand inside a script element: nothing in it can end the element or a line."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - escaped here


def linked(text: str) -> Markup:
    """Text with each web address in it as a link, where a report may link to it."""

    def word(each: str) -> Markup:
        address = each.rstrip(".,;:)")
        if safe_link(address) is None:
            return escape(each)
        return Markup('<a href="{}" rel="noreferrer">{}</a>{}').format(address, address, each[len(address) :])

    return Markup("").join(word(each) for each in re.split(r"(\s+)", shown(text)))


def _shown(value: Any) -> Any:
    """Text without the characters that no page can show."""
    return shown(value) if type(value) is str else value


def figure_first(words: str) -> Markup:
    """Words of a headline with the figure that they begin with set large, and what is said of it beneath."""
    found = re.fullmatch(r"(\S+?),? ((?:of which|all of it|in) .*)", words)
    return Markup("{}<small>{}</small>").format(*found.groups()) if found else escape(words)


def _cell_class(text: str, numeric: bool) -> str:
    if numeric:
        return "number long" if len(text) > _LONG else "number"
    return "prose" if len(text) > _PROSE else "text" if len(text) > _SHORT else "short"


def _policy(scripts: list[str]) -> str:
    """What a browser may run and fetch for the page: these scripts and nothing from anywhere."""
    hashes = (
        " ".join(
            f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'"
            for each in scripts
        )
        or "'none'"
    )
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def _library() -> str:
    """Vega with its interpreter, which evaluates expressions without compiling them into code, under its licences."""
    bundle = vl_convert.javascript_bundle("window.vegaEmbed=vegaEmbed;").replace("\r", "")
    return f"/*!\n{_file('licences.txt')}*/\n{bundle}"


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sroi.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        finalize=_shown,
    )
    environment.filters.update(linked=linked, cell_class=_cell_class, figure_first=figure_first)
    return environment.get_template("page.html.j2")


def _file(name: str) -> str:
    return resources.files("sroi.reports").joinpath("templates", name).read_text(encoding="utf-8")
