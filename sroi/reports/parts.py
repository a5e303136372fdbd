"""What a report is made of, before any format: titled sections of sentences, tables and figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from sroi.charts import strips
from sroi.evaluation.bridge import bridge
from sroi.extras import needed

if TYPE_CHECKING:
    from sroi.charts.figure import Figure
    from sroi.checking import Findings
    from sroi.evaluation.bridge import Bridge
    from sroi.model import Study
    from sroi.records import RunRecord
    from sroi.results import Alternatives, Evaluation, Ledger, Sensitivity, Simulation, SwitchingValues
    from sroi.results.answer import Answer
    from sroi.tables import Fact, Table

_SIZE = re.compile(r'<svg [^>]*width="([\d.]+)" height="([\d.]+)"')
_SAFE_SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: its sentences first, then its figures, then its tables."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()


class Recorded(NamedTuple):
    """The record of the run that a report was written by: its identifier, and the name of its file."""

    id: str
    file: str

    @property
    def in_words(self) -> str:
        """How the report is verified."""
        return (
            f"The record of this run is {self.file}, with the identifier {self.id}. "
            f"“sroi verify {self.file}” computes it again and compares this report with what was written."
        )


@dataclass(frozen=True, eq=False)
class Results:
    """What a report is written from: the results of one study, all of the same method and numbers.

    ``simulation`` is None for a study in which no number has a range, ``scenarios`` for one that names none.
    """

    evaluation: Evaluation
    simulation: Simulation | None
    sensitivity: Sensitivity
    switching: SwitchingValues
    ledger: Ledger
    findings: Findings
    dated: bool
    tried_all: bool
    recorded: Recorded | None = None
    scenarios: Alternatives | None = None

    @property
    def study(self) -> Study:
        """The study reported."""
        return self.evaluation.study

    @cached_property
    def bridge(self) -> Bridge:
        """From gross value to present value."""
        return bridge(self.evaluation)


@dataclass(frozen=True, eq=False)
class Content:
    """All that a report says, formatted once: every format writes this.

    Attributes
    ----------
    title, subtitle : str
    date : str or None
        The date to print.
    headline : tuple of Fact
        The figures that come first.
    statement : str
        The sentence that is safe to quote.
    sections : tuple of Section
    results : Results
        The results that it was made from.
    answer : Answer
        What the first screen of every format says.
    record : RunRecord or None
        The record of the run, before any report is in it; None where none was asked for.
    """

    title: str
    subtitle: str
    date: str | None
    headline: tuple[Fact, ...]
    statement: str
    sections: tuple[Section, ...]
    results: Results
    answer: Answer
    record: RunRecord | None = None

    @property
    def study(self) -> Study:
        """The study reported."""
        return self.results.study

    def section(self, name: str) -> Section:
        """The section of an identifier, such as ``tornado``."""
        return next(section for section in self.sections if section.id == name)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in order."""
        return tuple(figure for section in self.sections for figure in section.figures)

    @cached_property
    def strip(self) -> Figure:
        """The answer as one chart, for the first page of a printed report."""
        return strips.answer(self.answer)

    @cached_property
    def drawings(self) -> dict[str, str]:
        """Every figure as SVG, by name: drawn once for all formats."""
        draw = needed("sroi.reports.pictures", "a picture of a chart").draw
        return {figure.name: draw(figure) for figure in (self.strip, *self.figures)}

    @cached_property
    def shapes(self) -> dict[str, float]:
        """The height of every drawn figure for its width, by name."""
        sizes = {name: _SIZE.search(drawn) for name, drawn in self.drawings.items()}
        return {name: float(size[2]) / float(size[1]) for name, size in sizes.items() if size is not None}


def safe_link(text: str) -> str | None:
    """The text where it is an address that a report may link to, else None: http, https and mailto alone.

    Examples
    --------
    >>> safe_link("https://www.gov.uk/"), safe_link("javascript:alert(1)"), safe_link("not an address")
    ('https://www.gov.uk/', None, None)
    """
    if not text.isprintable() or any(sign in text for sign in ' "<>\\^`{|}'):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in _SAFE_SCHEMES and (parts.netloc or parts.scheme == "mailto") else None
