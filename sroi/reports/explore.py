"""What the page says around its sliders, and what its script is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sroi import formatting
from sroi.reports import live_charts
from sroi.reports.live import LiveModel, live_model
from sroi.results.quotes import in_words, thresholds

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.reports.parts import Content
    from sroi.reports.sliders import Slider

_VEGA = "https://vega.github.io/schema/vega/v6.json"
_ALT = "at the base case. Their figures are in the table below."


@dataclass(frozen=True, slots=True)
class LiveChart:
    """A chart that moves with the sliders, with the words beside it and its figures as a table.

    Attributes
    ----------
    columns : tuple of (str, str)
        Of the table: what each is called, and the signal that holds it.
    rows : tuple of (str, tuple of str)
        What each is called, and its figures in the base case, one a column.
    """

    id: str
    title: str
    takeaway: str
    alt: str
    heading: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Exploring:
    """The moving part of a page, in words and figures of the base case."""

    title: ClassVar = "Try other assumptions"
    redrawn: ClassVar = ("value-by-outcome",)
    fixed: ClassVar = {
        "tornado": "Base case: what drives the result does not move with the sliders.",
        "distribution": "Base case: the range does not move with the sliders.",
        "switching-values": "Base case: switching values do not move with the sliders.",
    }
    words: ClassVar = {
        "same": "as in the base case",
        "more": "{} more than in the base case",
        "less": "{} less than in the base case",
        "moved": "Moved: ",
        "base": "All sliders stand at the base case; each step is computed as in the study itself.",
        "at_base": "Central case:",
        "at_moved": "As the sliders stand:",
        "higher": "higher than {} of 100 draws",
        "lower": "lower than {} of 100 draws",
        "beyond": "beyond {} of 100 draws: hardly any gives so {}",
        "much": "much",
        "little": "little",
        "elsewhere": "The sliders have been moved. This section shows the base case.",
        "no_result": "These settings together take a number beyond its limits, such as a share above 100%. "
        "There is no result: move a slider back.",
    }

    study: Study
    model: LiveModel
    base: dict[str, str]
    charts: tuple[LiveChart, ...]

    @property
    def sliders(self) -> tuple[Slider, ...]:
        """What can be moved."""
        return self.model.sliders

    @property
    def script_data(self) -> dict[str, Any]:
        """What the page's script is given."""
        currency = self.study.currency
        sliders = [
            {
                "signal": f"s{at}",
                "title": each.title,
                "positions": [{"value": value, "text": text} for value, text in each.positions],
            }
            for at, each in enumerate(self.sliders)
        ]
        charts = [
            {"id": chart.id, "signals": [signal for _, signal in chart.columns], "spec": chart.spec}
            for chart in self.charts
        ]
        return {
            "currency": {
                "prefix": formatting.prefix(currency),
                "pence": currency in formatting.SIGNS,
                "minor": formatting.MINOR.get(currency),
            },
            "claims": [{"at": at, "text": formatting.claimed(at, currency)} for at in thresholds(self.study)],
            "words": self.words,
            "sliders": sliders,
            "calculation": {"$schema": _VEGA, "signals": self.model.signals},
            "charts": charts,
        }


def exploring(content: Content) -> Exploring | None:
    """The moving part of the page of a study; None where no number has a range that moves the ratio."""
    evaluation, study = content.results.evaluation, content.study
    model = live_model(evaluation, content.results.sensitivity)
    if model is None:
        return None
    base = {"ratio": in_words(study, evaluation.social_return_ratio)}
    return Exploring(study, model, base, (_chart_by_outcome(model, study), _chart_by_year(model, study)))


def _chart_by_outcome(model: LiveModel, study: Study) -> LiveChart:
    takeaway = f"Present value in {study.price_year} prices. The bars move with the sliders; "
    return LiveChart(
        id="live-by-outcome",
        title="Value by outcome",
        takeaway=f"{takeaway}each dark mark is the base case.",
        alt=f"Bars of the present value of each outcome as the sliders stand, with a mark {_ALT}",
        heading="Outcome",
        columns=(("Present value", "by_outcome"),),
        rows=tuple((title, (formatting.money(value, study.currency),)) for title, value in model.outcomes),
        spec=live_charts.outcome_bars(model.outcomes, "by_outcome"),
    )


def _chart_by_year(model: LiveModel, study: Study) -> LiveChart:
    years = [str(study.first_year + t) for t in range(len(model.gained))]
    takeaway = "Present value of outcomes (blue, above the line) and of inputs (orange, below it)."
    bars = "Bars of the present value of outcomes and of inputs in each year as the sliders stand"
    return LiveChart(
        id="live-by-year",
        title="Value by year",
        takeaway=f"{takeaway} The dark marks are the base case.",
        alt=f"{bars}, with marks {_ALT}",
        heading="Year",
        columns=(("Outcomes", "gained"), ("Inputs", "spent")),
        rows=tuple(
            (year, tuple(formatting.money(amount, study.currency) for amount in amounts))
            for year, *amounts in zip(years, model.gained, model.spent, strict=True)
        ),
        spec=live_charts.year_bars(years, model.gained, model.spent, ("gained", "spent")),
    )
