"""What is shipped: packs of places, and interventions, each with how much it says."""

from __future__ import annotations

from functools import cache

import sroi
from docs.generate.markdown import table


@cache
def library() -> sroi.Library:
    """What is shipped, each pack read once."""
    return sroi.Library()


def packs(_: str) -> str:
    """Every shipped pack."""
    headings = ("Pack", "Title", "GSS code", "Builds on", "Numbers", "Numbers of an intervention", "Sources")
    rows = []
    for pack in (place.pack for place in library().places()):
        extends = f"`{pack.extends}`" if pack.extends else ""
        own = ", ".join(f"{name}: {len(said.assumptions)}" for name, said in pack.interventions.items())
        counts = (len(pack.assumptions), own, len(pack.sources), len(pack.claims))
        rows.append((f"`{pack.pack}`", pack.title, pack.gss or "", extends, *counts))
    return table((*headings, "Claims"), rows)


def interventions(_: str) -> str:
    """Every shipped intervention."""
    sections = ("assumptions", "inputs", "outcomes", "sources", "claims")
    rows = []
    for name in library().interventions():
        root = library().intervention(name).root
        counts = (len(root.get(section, ())) for section in sections)
        places = (f"`{place.name}`" for place in library().places() if name in place.pack.interventions)
        rows.append((f"`{name}`", root["title"], *counts, ", ".join(places)))
    headings = ("Intervention", "Title", *(section.capitalize() for section in sections))
    return table((*headings, "Places with numbers of their own"), rows)
