"""The answer of a study on one screen: lines of plain text that fit a width and, at 80 columns, a height."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.labels import path_label
from sroi.resolution import numbers_of
from sroi.results import lineage, picture, quotes, summary
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.results.evaluation import Evaluation
    from sroi.results.ledger import Ledger
    from sroi.results.sensitivity import Sensitivity
    from sroi.results.simulation import Simulation

MOST_LINES = 22
"""Lines of the screen at 80 columns, so that it is seen whole in a terminal of 24."""

_LABEL = 17
_LONGEST_TITLE = 70
_KINDS = {"resource": "services needed less", "tax": "taxes", "transfer": "transfers"}
_BASES = {"sourced": "has a source", "borrowed": "borrowed from elsewhere", "structural": "a definition"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first screen says.

    Attributes
    ----------
    evaluation : Evaluation
    ledger : Ledger
    simulation : Simulation or None
        Of a few draws; None where none was asked for.
    sensitivity : Sensitivity or None
        Which names the largest unknown; None where no range was asked for.
    """

    evaluation: Evaluation
    ledger: Ledger
    simulation: Simulation | None
    sensitivity: Sensitivity | None

    @property
    def drawn(self) -> Simulation | None:
        """The simulation, where any number has a range."""
        return self.simulation if self.simulation is not None and self.simulation.uncertain else None

    def lines(self, width: int) -> list[str]:
        """The screen, a line a text; what the sentence says too is left out where it would be too high."""
        study = self.evaluation.study
        title = f"{shortened(study.title, _LONGEST_TITLE)}{quotes.in_place(study)}"
        dropped: list[str] = []
        for each in ("", "", "Made of", "Verdict"):
            blocks = [
                [*_wrapped(title, width), *self._answer(width)],
                picture.lines(self.evaluation, self.drawn, width),
                [*self._side_by_side(width), *self._facts(width, dropped)],
                [*_wrapped(f"Safe to quote: {self.statement}", width), *_wrapped(self._more(), width)],
            ]
            spaced = [line for block in blocks for line in (*block, "")][:-1]
            while len(spaced) > MOST_LINES and "" in spaced:
                spaced.remove("")
            if len(spaced) <= MOST_LINES:
                break
            dropped.append(each)
        return spaced

    @property
    def statement(self) -> str:
        """The sentence that is safe to quote, with no more than the beginning of a long title."""
        title = shortened(self.evaluation.study.title, _LONGEST_TITLE)
        return quotes.statement(self.evaluation, self.simulation, title=title)

    def _answer(self, width: int) -> list[str]:
        study = self.evaluation.study
        one, central = formatting.unit(study.currency), summary.returned(self.evaluation)
        if self.drawn is None:
            why = "none was asked for" if self.simulation is None else "no number has one"
            return _wrapped(f"{one} gives about {central} of social value (no range: {why}).", width)
        low, high = (quotes.in_words(study, end) for end in self.drawn.interval)
        half = quotes.median(self.drawn)
        below = f", half of the draws below {half}" if half else ""
        counts = quotes.varied(self.drawn)
        said = f"{one} gives {low} to {high} of social value in 8 of 10 draws (central {central}{below}); "
        return _wrapped(f"{said}the range is of {counts.varied} of {counts.numbers} numbers.", width)

    def _side_by_side(self, width: int) -> Iterator[str]:
        study, one = self.evaluation.study, formatting.unit(self.evaluation.study.currency)
        titles = ("Social value", "Services needed less", f"Cash for {one} of the state")
        names = ("social_return", "savings_return", "cashable_return")
        values = [self.ledger.ratio(name).value for name in names]
        said = ["none put in" if value is None else quotes.in_words(study, value) for value in values]
        wide = [max(len(title), len(value)) + 3 for title, value in zip(titles, said, strict=True)]
        if sum(wide) + _LABEL - 3 > width:
            yield from (f"{title}: {value}" for title, value in zip(titles, said, strict=True))
            return
        for label, row in ((f"For {one} put in", titles), ("", said)):
            padded = "".join(cell.ljust(room) for cell, room in zip(row, wide, strict=True))
            yield f"{label:<{_LABEL}}{padded}".rstrip()

    def _facts(self, width: int, dropped: list[str]) -> Iterator[str]:
        for label, words in (
            ("Made of", self._made_of()),
            ("Stands on", self._stands_on()),
            ("Largest unknown", self._largest_unknown()),
            ("Verdict", self._verdict()),
        ):
            if label in dropped:
                continue
            yield from textwrap.wrap(
                words,
                width,
                initial_indent=f"{label:<{_LABEL}}",
                subsequent_indent=" " * _LABEL,
                break_long_words=False,
                break_on_hyphens=False,
            )

    def _made_of(self) -> str:
        sums, whole = summary.value_by_kind(self.evaluation), self.evaluation.present_value
        parts = [formatting.part(amount / whole) for amount in sums.values()] if whole > 0 else []
        money = [summary.money(amount, self.evaluation) for amount in sums.values()]
        named = [_KINDS.get(kind) or readable(kind, capital=False) for kind in sums]
        said = (
            [f"{name} {part}" for name, part in zip(named, parts, strict=True)]
            if parts
            else [f"{name} {amount}" for name, amount in zip(named, money, strict=True)]
        )
        return formatting.listed(said) or "nothing that is in the total"

    def _stands_on(self) -> str:
        study = self.evaluation.study
        counts, share = lineage.standing(numbers_of(study).used), self.evaluation.value_by_basis["sourced"]
        said = f"{formatting.percent(round(share, 2))} of the value sourced; "
        said += f"{counts.assumed} of {counts.numbers} numbers unsourced"
        return said if study.borough is None else f"{said}, {lineage.own(study) or 'none'} local"

    def _largest_unknown(self) -> str:
        if self.sensitivity is None:
            return "not looked for without ranges"
        moving = (each for each in self.sensitivity.swings if each.width > 0)
        swing = next(moving, None)
        if swing is None:
            return "not known: no number has a range that moves the result"
        study, path = self.evaluation.study, swing.number.path
        ends = [quotes.in_words(study, end) for end in sorted((swing.at_low, swing.at_high))]
        number = next((each for each in numbers_of(study).used if each.path == path), None)
        basis = "" if number is None or number.computed else f" ({_BASES.get(number.basis, 'no source')})"
        name = path_label(study, path, most=32)
        return f"{name}{basis}: alone {ends[0]} to {ends[1]}"

    def _verdict(self) -> str:
        study, one = self.evaluation.study, formatting.unit(self.evaluation.study.currency)
        if self.drawn is None:
            beside = "just" if abs(self.evaluation.social_return_ratio - 1) <= 1e-9 else None
            above = self.evaluation.social_return_ratio > 1
            side = beside or ("above" if above else "below")
            return f"{side} {one} on central values; how sure that is was not computed"
        said = f"{of_a_hundred(self.drawn.probability_above_one)} draws above {one}"
        claims = quotes.own_claims(study, ("social_value",))
        reached = {each.ratio: self.drawn.claims[name] for name, each in claims.items() if each.ratio}
        for place, (ratio, share) in enumerate(sorted(reached.items())[:2]):
            claim = formatting.claimed(ratio, study.currency)
            by = of_a_hundred(share).removesuffix(" of 100")
            said += f", {claim} by {by}" if place else f"; {claim} claimed, reached by {by}"
        return said

    def _more(self) -> str:
        count = len(dict.fromkeys((*self.evaluation.warnings, *self.ledger.warnings)))
        warned = f"{count} warning{'' if count == 1 else 's'}, all tables" if count else "All tables"
        return f"{warned}: --full. Also sroi ledger, simulate, switching, report."


def of_a_hundred(share: float) -> str:
    """A share of the draws, in draws of 100.

    Examples
    --------
    >>> [of_a_hundred(share) for share in (0.8145, 0.004, 0.9999, 0.0, 1.0)]
    ['81 of 100', 'fewer than 1 of 100', 'more than 99 of 100', 'none of 100', 'all 100']
    """
    if share <= 0 or share >= 1:
        return "none of 100" if share <= 0 else "all 100"
    if share < 0.01:
        return "fewer than 1 of 100"
    return "more than 99 of 100" if share > 0.99 else f"{100 * share:.0f} of 100"


def shortened(text: str, most: int) -> str:
    """A text cut between two words, with a mark where it was.

    Examples
    --------
    >>> shortened("Community lunch club", 15), shortened("Community lunch club", 20)
    ('Community lunch…', 'Community lunch club')
    """
    if len(text) <= most:
        return text
    whole = text[: most + 1].rsplit(" ", 1)[0] if " " in text[: most + 1] else text[:most]
    return f"{whole.rstrip(' ,;:')}…"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
