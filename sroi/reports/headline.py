"""What stands first on the page: the range, the figures beneath it, and what has been claimed beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from sroi import formatting
from sroi.results import summary
from sroi.results.spread import chance

if TYPE_CHECKING:
    from sroi.reports.parts import Content

_IN_THE_SENTENCE = ("Social return", "Range")
_LONG = ("Method",)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One ratio that has been claimed: of what, by whom, and what this result says to it."""

    ratio: str
    of: str
    by: str
    answer: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The first words of the page.

    Attributes
    ----------
    sentence : Markup
        What one unit of money gives, with the range where there is one.
    beneath : str
        The central case and how far the range reaches.
    facts, long : tuple of (str, str)
        The other figures of the headline, and those that take a line of their own.
    claims : tuple of Claimed
    """

    sentence: Markup
    beneath: str
    facts: tuple[tuple[str, str], ...]
    long: tuple[tuple[str, str], ...]
    claims: tuple[Claimed, ...]


def headline(content: Content) -> Headline:
    """The first words of the page of a study."""
    currency = content.study.currency
    one = formatting.unit(currency)
    central = formatting.returned(content.evaluation.social_return_ratio, currency)
    simulation = content.simulation
    if simulation is None:
        sentence = Markup("{} put in gives about <strong>{}</strong> of social value").format(one, central)
        beneath = "No number of the study has a range, so the result has none. It is not certain for that."
    else:
        low, high = (
            formatting.returned(simulation.ratio.percentiles[percent], currency) for percent in (10, 90)
        )
        sentence = Markup("{} put in gives <strong>{} to {}</strong> of social value").format(one, low, high)
        beneath = f"That is the range of eight draws out of ten. The central case is {central}; the result is above {one} "
        beneath += f"{chance(simulation.probability_above_one)}."
    told = tuple((name, words) for name, words in content.headline if name not in _IN_THE_SENTENCE)
    return Headline(
        sentence=sentence,
        beneath=beneath,
        facts=tuple((name, words) for name, words in told if name not in _LONG),
        long=tuple((name, words) for name, words in told if name in _LONG),
        claims=_claims(content),
    )


def _claims(content: Content) -> tuple[Claimed, ...]:
    """Every ratio that has been claimed of social value, then of savings, each once."""
    currency, claims = content.study.currency, content.study.claims
    said_by = {
        name: row[3] for name, row in zip(claims, summary.claims_table(content.evaluation).rows, strict=True)
    }
    found: dict[tuple[bool, float], list[str]] = {}
    for name, claim in claims.items():
        if isinstance(claim.ratio, float):
            found.setdefault((claim.meaning == "savings", claim.ratio), []).append(name)
    savings = formatting.returned(content.evaluation.savings_ratio, currency)
    central = formatting.returned(content.evaluation.social_return_ratio, currency)
    told = []
    for (of_savings, ratio), names in sorted(found.items()):
        if of_savings:
            answer = f"here the services that the state needs less come to {savings}"
        elif content.simulation is None:
            answer = f"here {central}"
        else:
            answer = f"here reached {chance(content.simulation.claims[names[0]])}"
        by = list(dict.fromkeys(said_by[name] for name in names))
        others = f" and {len(by) - 1} other{'' if len(by) == 2 else 's'}" if len(by) > 1 else ""
        told.append(
            Claimed(
                formatting.claimed(ratio, currency),
                "saved" if of_savings else "of social value",
                f"{by[0]}{others}",
                answer,
            )
        )
    return tuple(told)
