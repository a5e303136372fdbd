"""What stands first on the page: the range, the figures beneath it, and what has been claimed beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from sroi import formatting
from sroi.results import summary
from sroi.results.quotes import in_words, median, varied
from sroi.results.spread import chance

if TYPE_CHECKING:
    from sroi.reports.parts import Content, Results
    from sroi.tables import Fact

_ELSEWHERE = ("social_return", "range", "overtakes")
_LONG = ("method",)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One ratio that has been claimed: for what, by whom, and what this result says to it."""

    ratio: str
    meaning: str
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
    facts, long : tuple of Fact
        The other figures of the headline, and those that take a line of their own.
    claims : tuple of Claimed
    """

    sentence: Markup
    beneath: str
    facts: tuple[Fact, ...]
    long: tuple[Fact, ...]
    claims: tuple[Claimed, ...]


def headline(content: Content) -> Headline:
    """The first words of the page of a study."""
    results, currency = content.results, content.study.currency
    one = formatting.unit(currency)
    central = in_words(content.study, results.evaluation.social_return_ratio)
    if results.simulation is None:
        sentence = Markup("{} put in gives about <strong>{}</strong> of social value").format(one, central)
        beneath = "No number of the study has a range, so the result has none. That does not make it certain."
    else:
        low, high = results.eight_in_ten
        sentence = Markup("{} put in gives <strong>{} to {}</strong> of social value").format(one, low, high)
        above = chance(results.simulation.probability_above_one)
        half = median(results.simulation)
        beneath = (
            f"That is the range of eight draws out of ten, in which {varied(results.simulation).words}. "
        )
        beneath += f"The central case is {central}{f', half of the draws are below {half}' if half else ''}; "
        beneath += f"the result is above {one} {above}."
    others = [fact for fact in content.headline if fact.key not in _ELSEWHERE]
    return Headline(
        sentence=sentence,
        beneath=beneath,
        facts=tuple(fact for fact in others if fact.key not in _LONG),
        long=tuple(fact for fact in others if fact.key in _LONG),
        claims=_claims(results),
    )


def _claims(results: Results) -> tuple[Claimed, ...]:
    """Every ratio that has been claimed of social value, then of savings, each once."""
    study, evaluation = results.study, results.evaluation
    found: dict[tuple[bool, float], list[str]] = {}
    for name, claim in study.claims.items():
        if isinstance(claim.ratio, float):
            found.setdefault((claim.meaning == "savings", claim.ratio), []).append(name)
    savings = in_words(study, evaluation.savings_ratio)
    central = in_words(study, evaluation.social_return_ratio)
    claims = []
    for (of_savings, ratio), names in sorted(found.items()):
        if of_savings:
            answer = f"here the services that the state needs less come to {savings}"
        elif results.simulation is None:
            answer = f"here {central}"
        else:
            answer = f"here reached {chance(results.simulation.claims[names[0]])}"
        by = list(dict.fromkeys(summary.claimant(study, study.claims[name]) for name in names))
        others = f" and {len(by) - 1} other{'' if len(by) == 2 else 's'}" if len(by) > 1 else ""
        meaning = "saved" if of_savings else "of social value"
        claims.append(Claimed(formatting.claimed(ratio, study.currency), meaning, f"{by[0]}{others}", answer))
    return tuple(claims)
