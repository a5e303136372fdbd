"""Draws docs/images/derby.svg: what the terminal shows of Derby, cut to the headline, the outcomes and the sentence that is safe to quote.

Run ``python docs/make_images.py`` when the result or its printing has changed; the tests compare the figures in the picture with the result.
"""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path
from unittest.mock import patch

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

import sroi
from sroi import terminal
from sroi.evaluation import summary

FILE = Path(__file__).resolve().parent / "images" / "derby.svg"
COMMAND = "sroi evaluate local-area-coordination --borough derby"
WIDTH = 116


def drawn() -> Console:
    """A console that has recorded the trimmed result."""
    result = sroi.evaluate(sroi.load("local-area-coordination", borough="derby"))
    console = Console(record=True, width=WIDTH, highlight=False, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    with patch.object(summary, "tables", return_value=result.tables[:1]):
        terminal.print_result(dataclasses.replace(result, warnings=()), on=console)
    return console


def main() -> None:
    """Write the picture."""
    svg = drawn().export_svg(title=COMMAND, theme=SVG_EXPORT_THEME, unique_id="derby")
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # a picture that fetches nothing when it is looked at
    svg = svg.replace("Fira Code, monospace", "Fira Code, DejaVu Sans Mono, Menlo, Consolas, monospace")
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
