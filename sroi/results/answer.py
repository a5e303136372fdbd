"""The answer of a study as every first screen gives it: the figures and the words, laid out nowhere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.labels import path_label
from sroi.resolution import numbers_of
from sroi.results import lineage, quotes, summary
from sroi.results.strip import strip
from sroi.tables import Fact
from sroi.tolerance import same
from sroi.words import readable

if TYPE_CHECKING:
    from sroi.results.beside import BesideNation
    from sroi.results.evaluation import Evaluation
    from sroi.results.ledger import Ledger
    from sroi.results.quotes import Varied
    from sroi.results.sensitivity import Sensitivity
    from sroi.results.simulation import Simulation
    from sroi.results.strip import Strip
    from sroi.warned import ResultWarning

_LONGEST_TITLE = 70
_LONGEST_FINDING = 150
_KINDS = {"resource": "services needed less", "tax": "taxes", "transfer": "transfers"}
_BASES = {"sourced": "has a source", "borrowed": "borrowed from elsewhere", "structural": "a definition"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first screen says, whatever carries it: terminal, page, document, workbook or notebook.

    Attributes
    ----------
    evaluation : Evaluation
    ledger : Ledger
    simulation : Simulation or None
        None where none was asked for.
    sensitivity : Sensitivity or None
        Which names the largest unknown; None where no range was asked for.
    beside : BesideNation or None
        The same of the place's nation, where it is known.
    severe : tuple of str
        What a check finds to be an error, each in words.
    """

    evaluation: Evaluation
    ledger: Ledger
    simulation: Simulation | None
    sensitivity: Sensitivity | None
    beside: BesideNation | None = None
    severe: tuple[str, ...] = ()

    @property
    def drawn(self) -> Simulation | None:
        """The simulation, where any number has a range and any draw a ratio."""
        found = self.simulation
        return found if found is not None and found.uncertain and found.ratio.undefined < 1 else None

    @property
    def title(self) -> str:
        """The study's title, cut where it is long, with its place."""
        study = self.evaluation.study
        return f"{shortened(study.title, _LONGEST_TITLE)}{quotes.in_place(study)}"

    @property
    def one(self) -> str:
        """One unit of money."""
        return formatting.unit(self.evaluation.study.currency)

    @property
    def for_one(self) -> str:
        """What stands before the returns that are set side by side."""
        return f"For {self.one} put in"

    @property
    def central(self) -> str:
        """The return on central values."""
        return summary.returned(self.evaluation)

    @property
    def interval(self) -> tuple[str, str] | None:
        """The returns between which eight draws in ten lie; None without a range."""
        if self.drawn is None:
            return None
        low, high = self.drawn.interval
        return quotes.in_words(self.evaluation.study, low), quotes.in_words(self.evaluation.study, high)

    @property
    def median(self) -> str | None:
        """The return that half of the draws are below, where the central case lies far from it."""
        return quotes.median(self.drawn) if self.drawn is not None else None

    @property
    def varied(self) -> Varied | None:
        """Of how many numbers the range is; None without one."""
        return quotes.varied(self.drawn) if self.drawn is not None else None

    @property
    def why_no_range(self) -> str:
        """Why there is no range; empty where there is one."""
        if self.drawn is not None:
            return ""
        if self.simulation is None:
            return "none was asked for"
        return "in no draw is anything put in" if self.simulation.uncertain else "no number has one"

    @property
    def opening(self) -> str:
        """What one unit of money gives, with its range, and without what stands behind it."""
        if self.interval is None:
            about = "" if self.central.startswith(("less", "just")) else "about "
            return f"{self.one} gives {about}{self.central} of social value"
        return f"{self.one} gives {self.between} of social value in 8 of 10 draws"

    @property
    def between(self) -> str:
        """The range in words; empty without one."""
        low, high = self.interval or ("", "")
        return low if low == high else f"{low} to {high}"

    @property
    def behind(self) -> str:
        """What stands behind the opening: central case, median, and of how many numbers the range is."""
        if self.varied is None:
            return f"no range: {self.why_no_range}"
        half = f", half of the draws below {self.median}" if self.median else ""
        counts = self.varied
        drawn = f"each draw varies {counts.varied} of {counts.numbers} numbers at random"
        return f"central {self.central}{half}; {drawn}"

    @property
    def not_money(self) -> str:
        """How much of the value is not money saved; empty where all of it is."""
        return quotes.wellbeing(self.evaluation)

    @property
    def sentence(self) -> str:
        """What one unit of money gives, and how much of it is not money saved, in one sentence."""
        return self._sentence(f", {self.not_money}" if self.not_money else "")

    @property
    def short_sentence(self) -> str:
        """The same without what is not money saved."""
        return self._sentence("")

    def _sentence(self, caveat: str) -> str:
        middle, _, counts = self.behind.rpartition("; ")
        if not middle:
            return f"{self.opening}{caveat} ({self.behind})."
        return f"{self.opening}{caveat} ({middle}); {counts}."

    @property
    def strip(self) -> Strip:
        """The distribution on one line, with its marks."""
        return strip(self.evaluation, self.drawn)

    @property
    def returns(self) -> tuple[Fact, ...]:
        """Social value, services needed less and cash, to be set side by side."""
        titles = {
            "social_return": "Social value",
            "savings_return": "Services needed less",
            "cashable_return": f"Cash back per state {self.one}",
        }
        study = self.evaluation.study
        found = []
        for name, title in titles.items():
            value = self.ledger.ratio(name).value
            said = "none put in" if value is None else quotes.in_words(study, value)
            costs = name == "cashable_return" and value is not None and value < 0 and "−" in said
            found.append(Fact(name, title, f"{said} (a further cost)" if costs else said))
        return tuple(found)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What to put right, what it is made of and stands on, the largest unknown, what is local."""
        beside = self.beside
        local = beside.sentence(self.evaluation.study, most=1) if beside and beside.differs else ""
        return (
            *([self.to_put_right()] if self.severe else []),
            Fact("made_of", "Made of", self._made_of()),
            Fact("stands_on", "Stands on", self._stands_on()),
            Fact("largest_unknown", "Largest unknown", self._largest_unknown()),
            *([Fact("beside", "Its nation", local)] if local else []),
            Fact("verdict", "Verdict", self._verdict()),
        )

    def to_put_right(self, most: int = 3) -> Fact:
        """The errors that a check finds, the first few of them in words."""
        shown = [shortened(each, _LONGEST_FINDING) for each in self.severe[:most]]
        left = len(self.severe) - len(shown)
        shown += [f"and {left} more"] if left else []
        return Fact("to_put_right", "To put right", "; ".join(shown))

    @property
    def statement(self) -> str:
        """The sentence that is safe to quote, with no more than the beginning of a long title."""
        title = shortened(self.evaluation.study.title, _LONGEST_TITLE)
        return quotes.statement(self.evaluation, self.simulation, title=title)

    @property
    def warnings(self) -> tuple[ResultWarning, ...]:
        """Every warning of the evaluation and the ledger, each once."""
        return tuple(dict.fromkeys((*self.evaluation.warnings, *self.ledger.warnings)))

    def _made_of(self) -> str:
        sums, whole = summary.value_by_kind(self.evaluation), self.evaluation.present_value
        parts = [formatting.part(amount / whole) for amount in sums.values()] if whole > 0 else []
        money = [summary.money(amount, self.evaluation) for amount in sums.values()]
        named = [_KINDS.get(kind) or readable(kind, capital=False) for kind in sums]
        said = [f"{name} {part}" for name, part in zip(named, parts or money, strict=True)]
        felt = {"wellbeing": " (not money saved)"}
        said = [f"{text}{felt.get(kind, '')}" for kind, text in zip(sums, said, strict=True)]
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
        moving = (each for each in self.sensitivity.swings if math.isfinite(each.width) and each.width > 0)
        swing = next(moving, None)
        if swing is None:
            return "not known: no number has a range that moves the result"
        study, path = self.evaluation.study, swing.number.path
        ends = [quotes.in_words(study, end) for end in sorted((swing.at_low, swing.at_high))]
        number = next((each for each in numbers_of(study).used if each.path == path), None)
        basis = "" if number is None or number.computed else f"; {_BASES.get(number.basis, 'no source')}"
        name = path_label(study, path, most=32)
        return f"{name}: {ends[0]} to {ends[1]} over its range{basis}"

    def _verdict(self) -> str:
        study = self.evaluation.study
        if self.drawn is None:
            beside = "just" if same(self.evaluation.social_return_ratio, 1) else None
            side = beside or ("above" if self.evaluation.social_return_ratio > 1 else "below")
            return f"{side} {self.one} on central values; how sure that is was not computed"
        said = f"{of_a_hundred(self.drawn.probability_above_one)} draws above {self.one}"
        for meaning, words in (("social_value", ""), ("savings", " of savings")):
            claims = quotes.own_claims(study, (meaning,))
            reached = {each.ratio: self.drawn.claims[name] for name, each in claims.items() if each.ratio}
            shares = [
                f"{formatting.claimed(ratio, study.currency)}{words}: {of_a_hundred(share)}"
                for ratio, share in sorted(reached.items())[:2]
            ]
            if shares:
                return f"{said}; claimed {', '.join(shares)}"
        return said


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
