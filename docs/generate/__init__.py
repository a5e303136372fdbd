"""Everything in the repository that is made from the code, so that the two cannot say different things.

``python -m docs.generate`` writes what has changed; ``python -m docs.generate pages`` only the pages, and so
for each of ``KINDS``. A made part of a page stands between ``<!-- made: NAME ARGUMENT -->`` and
``<!-- end -->``; the words around it are written by hand. The tests fail where anything is out of date.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import sroi
from docs.generate import (
    api,
    checks,
    commands,
    forest,
    format,  # noqa: A004
    licences,
    linked,
    method,
    notebook,
    packs,
    places,
    remaining,
    results,
    warned,
)
from docs.generate.library import library
from docs.generate.pictures import pictures
from docs.generate.screens import gallery
from docs.generate.template import TEMPLATE, template

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
MADE = re.compile(r"(<!-- made: (?P<name>\w+)(?: (?P<argument>[^\n]*?))? -->\n).*?(<!-- end -->)", re.DOTALL)


def decisions(_: str) -> str:
    """The decision records, in order."""
    lines = []
    for file in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        title = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        lines.append(f"- [{title}](decisions/{file.name})\n")
    return "".join(lines)


MAKERS: dict[str, Callable[[str], str]] = {
    maker.__name__: maker
    for maker in (
        *(format.fields, format.kinds, format.profiles, format.schedules, format.series, format.grades),
        *(results.result, results.simulation, results.ledger, results.answer),
        *(checks.checks, checks.example_study, checks.thresholds, remaining.remaining, warned.warnings),
        *(commands.commands, api.api, packs.packs, packs.interventions),
        *(places.places, places.elsewhere, places.differing, places.refusals, places.claims),
        *(linked.linked, linked.laid_on),
        *(method.region, method.ratios, method.by_profile, decisions, gallery, licences.licences),
        *(forest.synthesis, forest.heterogeneity, forest.poolings, forest.left_out),
    )
}


def made(found: re.Match[str]) -> str:
    """One made part between its marks."""
    return f"{found[1]}\n{MAKERS[found['name']](found['argument'] or '').rstrip()}\n\n{found[4]}"


def text_of(text: str) -> bytes:
    """A text file."""
    return f"{text.rstrip()}\n".encode()


def pages() -> dict[Path, bytes]:
    """Every page: its own words, with each made part as the code now has it."""
    found = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
    return {page: text_of(MADE.sub(made, page.read_text(encoding="utf-8"))) for page in found}


def schemas() -> dict[Path, bytes]:
    """The JSON Schemas that editors read."""
    return {
        ROOT / "assumptions" / "schema" / f"{kind}.schema.json": text_of(
            json.dumps(sroi.json_schema(kind), indent=1, ensure_ascii=False)
        )
        for kind in ("study", "pack", "result", "record")
    }


def reports() -> dict[Path, bytes]:
    """The example reports of two places, in every format."""
    found: dict[Path, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for place in ("derby", "haringey"):
            files = [Path(folder, place + ending) for ending in (".html", ".xlsx", ".docx", ".md")]
            sroi.report(results.shipped(place), files)
            found |= {results.EXAMPLES / "reports" / file.name: file.read_bytes() for file in files}
    return found


KINDS: dict[str, Callable[[], dict[Path, bytes]]] = {
    "schemas": schemas,
    "checks": checks.rule_pages,
    "pages": pages,
    "pictures": pictures,
    "forest": forest.forest,
    "library": library,
    "notebook": notebook.notebook,
    "template": lambda: {TEMPLATE: template()},
    "reports": reports,
}
