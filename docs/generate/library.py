"""The JavaScript that a page draws with: Vega, its interpreter and Vega-Embed, as vl-convert bundles them."""

from pathlib import Path

import vl_convert

TEMPLATES = Path(__file__).parents[2] / "sroi" / "reports" / "templates"
LIBRARY = TEMPLATES / "vega.js"


def library() -> dict[Path, bytes]:
    """The library under its licences; bundling takes a second, so it is done here and not for each page."""
    licences = (TEMPLATES / "licences.txt").read_text(encoding="utf-8")
    bundle = vl_convert.javascript_bundle("window.vegaEmbed=vegaEmbed;").replace("\r", "")
    return {LIBRARY: f"/*!\n{licences}*/\n{bundle}".encode()}
