"""What the page says around its sliders, and what its script is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.reports import live_charts
from sroi.reports.live import FIGURES, LiveModel, live_model
from sroi.reports.sliders import RATE, Slider

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.reports.parts import Content

_VEGA = "https://vega.github.io/schema/vega/v6.json"

FIXED = {
    "tornado": "Base case: what drives the result does not move with the sliders.",
    "distribution": "Base case: the range does not move with the sliders.",
    "switching-values": "Base case: switching values do not move with the sliders.",
}
"""Sections that a page cannot recompute, and what is said there."""

WORDS = {
    "same": "as in the base case",
    "more": "{} more than in the base case",
    "less": "{} less than in the base case",
    "moved": "Moved: ",
    "base": "All sliders stand at the base case.",
    "elsewhere": "The sliders have been moved. This section shows the base case.",
    "no_result": "With these settings together a number passes what it can be, such as a share of more than 100%. There is no result: "
    "move a slider back.",
}
"""What the page says of where its sliders stand."""


@dataclass(frozen=True, slots=True)
class Column:
    """One series of a chart: what it is called, and the signal that holds it."""

    title: str
    signal: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart's table: what it is called, and its figures in the base case, one a column."""

    title: str
    base: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LiveChart:
    """A chart that moves with the sliders, with the words beside it and its figures as a table."""

    id: str
    title: str
    takeaway: str
    alt: str
    of: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Exploring:
    """The moving part of a page, in words and figures of the base case."""

    section: str
    title: str
    introduction: str
    one: str
    model: LiveModel
    base: dict[str, str]
    figures: tuple[tuple[str, str], ...]
    charts: tuple[LiveChart, ...]
    words: dict[str, str]
    currency: dict[str, Any]

    @property
    def sliders(self) -> tuple[Slider, ...]:
        """What can be moved."""
        return self.model.sliders

    @property
    def fixed(self) -> dict[str, str]:
        """What is said in the sections that never move."""
        return FIXED

    @property
    def for_the_page(self) -> dict[str, Any]:
        """What the page's script is given."""
        return {
            "section": self.section,
            "currency": self.currency,
            "words": self.words,
            "sliders": [
                {
                    "signal": f"s{at}",
                    "title": each.title,
                    "positions": [{"value": value, "text": text} for value, text in each.positions],
                }
                for at, each in enumerate(self.sliders)
            ],
            "calculation": {"$schema": _VEGA, "signals": self.model.signals},
            "charts": [
                {"id": chart.id, "signals": [column.signal for column in chart.columns], "spec": chart.spec}
                for chart in self.charts
            ],
        }


def exploring(content: Content) -> Exploring | None:
    """The moving part of the page of a study; None where no number has a range that moves the ratio."""
    evaluation = content.evaluation
    model = live_model(evaluation, content.sensitivity)
    if model is None:
        return None
    study = evaluation.study
    known = (
        evaluation.social_return_ratio,
        evaluation.net_present_value,
        evaluation.present_value,
        evaluation.investment,
    )
    base = {name: formatting.money(value, study.currency) for name, value in zip(FIGURES, known, strict=True)}
    base["ratio"] = formatting.returned(evaluation.social_return_ratio, study.currency)
    return Exploring(
        section="explore",
        title="Try other assumptions",
        introduction=_introduction(model),
        one=formatting.unit(study.currency),
        model=model,
        base=base,
        figures=(
            ("npv", f"Net present value, {study.price_year} prices"),
            ("pv", "Present value of outcomes"),
            ("investment", "Present value of inputs"),
        ),
        charts=(_by_outcome(model, study), _by_year(model, study)),
        words=WORDS,
        currency={
            "symbol": formatting.money(0.0, study.currency)[:-1],
            "pence": formatting.returned(2.5, study.currency).endswith("0"),
        },
    )


def _introduction(model: LiveModel) -> str:
    assumed = sum(slider.path != RATE for slider in model.sliders)
    if not assumed:
        first = "No assumption has a range that moves the result; what can be moved is the discount rate."
    elif assumed == 1:
        first = "This is the assumption that moves the result most, between the lowest and the highest value that the study gives it."
    else:
        first = f"These {assumed} assumptions move the result most, each between the lowest and the highest value that the study gives it."
    return f"{first} Move a slider to see what the result would be. Every step is computed as in the study itself; all else stays as it is."


def _by_outcome(model: LiveModel, study: Study) -> LiveChart:
    titles, values = [title for title, _ in model.outcomes], [value for _, value in model.outcomes]
    return LiveChart(
        id="live-by-outcome",
        title="Value by outcome",
        takeaway=f"Present value in {study.price_year} prices. The bars move with the sliders; each dark mark is the base case.",
        alt="Bars of the present value of each outcome as the sliders stand, with a mark at the base case. Their figures are in the table below.",
        of="Outcome",
        columns=(Column("Present value", "by_outcome"),),
        rows=tuple(Row(title, (formatting.money(value, study.currency),)) for title, value in model.outcomes),
        spec=live_charts.by_outcome(titles, values, "by_outcome"),
    )


def _by_year(model: LiveModel, study: Study) -> LiveChart:
    years = [str(study.first_year + t) for t in range(len(model.gained))]
    return LiveChart(
        id="live-by-year",
        title="Value by year",
        takeaway="Present value of outcomes (blue, above the line) and of inputs (orange, below it). The dark marks are the base case.",
        alt="Bars of the present value of outcomes and of inputs in each year as the sliders stand, with marks at the base case. "
        "Their figures are in the table below.",
        of="Year",
        columns=(Column("Outcomes", "gained"), Column("Inputs", "spent")),
        rows=tuple(
            Row(year, (formatting.money(up, study.currency), formatting.money(down, study.currency)))
            for year, up, down in zip(years, model.gained, model.spent, strict=True)
        ),
        spec=live_charts.by_year(years, model.gained, model.spent, ("gained", "spent")),
    )
