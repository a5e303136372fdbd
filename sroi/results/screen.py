"""The first screen of a result as lines of plain text that fit a width and, at 80 columns, a height."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from sroi.results import picture
from sroi.tables import SCREEN_LINES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.results.answer import Answer

_LABEL = 17


def lines(answer: Answer, width: int) -> list[str]:
    """The screen, a line a text; what the sentence says too is left out where it would be too high."""
    dropped: set[str] = set()
    for each in ("", "made_of", "verdict", "beside", "stands_on", "largest_unknown"):
        dropped.add(each)
        blocks = [
            [*_wrapped(answer.title, width), *_wrapped(answer.short_sentence, width)],
            picture.lines(answer.strip, width),
            [*_side_by_side(answer, width), *_facts(answer, width, dropped)],
            [*_wrapped(f"Safe to quote: {answer.statement}", width), *_wrapped(_more(answer), width)],
        ]
        spaced = [line for block in blocks for line in (*block, "")][:-1]
        while len(spaced) > SCREEN_LINES and "" in spaced:
            spaced.remove("")
        if len(spaced) <= SCREEN_LINES:
            break
    return spaced


def _side_by_side(answer: Answer, width: int) -> Iterator[str]:
    returns = answer.returns
    wide = [max(len(each.label), len(each.text)) + 3 for each in returns]
    if sum(wide) + _LABEL - 3 > width:
        yield from (f"{each.label}: {each.text}" for each in returns)
        return
    rows = ((answer.for_one, [each.label for each in returns]), ("", [each.text for each in returns]))
    for label, row in rows:
        padded = "".join(cell.ljust(room) for cell, room in zip(row, wide, strict=True))
        yield f"{label:<{_LABEL}}{padded}".rstrip()


def _facts(answer: Answer, width: int, dropped: set[str]) -> Iterator[str]:
    for each in answer.facts:
        fact = answer.to_put_right(1) if each.key == "to_put_right" else each
        if fact.key not in dropped:
            yield from textwrap.wrap(
                fact.text,
                width,
                initial_indent=f"{fact.label:<{_LABEL}}",
                subsequent_indent=" " * _LABEL,
                break_long_words=False,
                break_on_hyphens=False,
            )


def _more(answer: Answer) -> str:
    count = len(answer.warnings)
    warned = f"{count} warning{'' if count == 1 else 's'}, all tables" if count else "All tables"
    if answer.severe:
        return f"{warned}: --full. Also sroi check, ledger, simulate, report."
    return f"{warned}: --full. Also sroi ledger, simulate, switching, report."


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
