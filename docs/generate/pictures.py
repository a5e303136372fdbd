"""The pictures of the README: what the terminal shows, cut to what a reader needs first."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

import sroi
from docs.generate.results import shipped
from sroi import terminal
from sroi.cli.results import DRAWS
from sroi.results.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGES = Path(__file__).parents[1] / "images"
WIDTH = 80


def derby() -> Console:
    """The first screen for Derby."""
    return first_screen(shipped())


def first_screen(study: sroi.Study) -> Console:
    """The first screen for a study, at the width of a plain terminal."""
    result = sroi.evaluate(study)
    drawn, swings = sroi.simulate(result, draws=DRAWS), sroi.sensitivity(result)
    console = recording()
    terminal.print_answer(Answer(result, sroi.ledger(result), drawn, swings), on=console)
    return console


def claim() -> Console:
    """What one would have to believe for Derby's claim: the answer, then the strongest numbers."""
    belief = sroi.what_it_takes(shipped(), "derby-2016-headline")
    console = recording()
    terminal.print_brief(belief.brief, on=console)
    return console


def recording(width: int = WIDTH) -> Console:
    """A console that records what is printed on it."""
    return Console(
        record=True,
        width=width,
        highlight=False,
        file=io.StringIO(),
        force_terminal=True,
        legacy_windows=False,
    )


PICTURES: dict[str, tuple[str, Callable[[], Console]]] = {
    "derby": ("sroi evaluate local-area-coordination --place derby", derby),
    "claim": ("sroi claim derby derby-2016-headline", claim),
}
"""The command that each picture shows, and what draws it."""


def pictures() -> dict[Path, bytes]:
    """The pictures, which fetch no font when they are looked at."""
    found = {}
    for name, (command, drawn) in PICTURES.items():
        found[IMAGES / f"{name}.svg"] = svg_of(drawn(), command, name)
    return found


def svg_of(console: Console, command: str, name: str) -> bytes:
    """What a console recorded, as a picture under the command that prints it."""
    svg = console.export_svg(title=command, theme=SVG_EXPORT_THEME, unique_id=name)
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "Fira Code, DejaVu Sans Mono, Menlo, Consolas, monospace")
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines()).encode()
