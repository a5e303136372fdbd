"""The words of the page's first panel, and the figures beneath it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from sroi.reports.parts import Content
    from sroi.tables import Fact

_IN_THE_PANEL = ("social_return", "range")
_LIVE = {"net_present_value": "npv", "present_value": "pv", "investment": "investment"}


@dataclass(frozen=True, slots=True)
class Headline:
    """The first words of the page.

    Attributes
    ----------
    sentence : Markup
        What one unit of money gives, with the range where there is one.
    behind : str
        The central case, the median, and how far the range reaches.
    facts : tuple of (Fact, str or None)
        The other figures of the headline, each with the signal that holds it under the sliders.
    """

    sentence: Markup
    behind: str
    facts: tuple[tuple[Fact, str | None], ...]


def headline(content: Content) -> Headline:
    """The first words of the page of a study."""
    answer = content.answer
    figure = answer.central if answer.interval is None else answer.between
    others = (fact for fact in content.headline if fact.key not in _IN_THE_PANEL)
    strong = Markup("<strong>{}</strong>").format(figure)
    before, _, after = answer.opening.partition(figure)
    said = ". ".join(f"{part[:1].upper()}{part[1:]}" for part in (answer.not_money, answer.behind) if part)
    return Headline(
        sentence=Markup("{}{}{}").format(before, strong, after),
        behind=f"{said}.",
        facts=tuple((fact, _LIVE.get(fact.key)) for fact in others),
    )
