"""A claim beside what the study gives over the same money, as social value and as savings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting, formulas
from sroi.model.owners import inputs_over
from sroi.quantities import LEAST_INVESTMENT
from sroi.results import quotes
from sroi.results.base import Record

if TYPE_CHECKING:
    from sroi.model import Claim
    from sroi.results.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Readings(Record):
    """What one unit of some of the money gives, read as social value and as savings of the state.

    ``over`` is the money as a claim writes it, ``all`` where it writes nothing. A reading is None where
    nothing of it is put in, or where there is nothing to compare.
    """

    over: str
    social_value: float | None = None
    savings: float | None = None

    def of(self, meaning: str) -> tuple[float, ...]:
        """The readings that a claim of a meaning is set beside: its own, or both where it is unclear."""
        both = {"social_value": (self.social_value,), "savings": (self.savings,)}
        return tuple(
            each for each in both.get(meaning, (self.social_value, self.savings)) if each is not None
        )

    def in_words(self, meaning: str, ratio: float | None) -> str:
        """What stands beside a claim: one figure, or two named ones where its meaning is unclear."""
        if ratio is None:
            return ""
        found = [formatting.ratio(each, [ratio]) for each in self.of(meaning)]
        if len(found) < len(_NAMES):
            return "".join(found) or "none put in"
        return formatting.listed(f"{each} {name}" for each, name in zip(found, _NAMES, strict=True))


_NAMES = ("as social value", "as savings")


def claims(evaluation: Evaluation) -> list[dict[str, Any]]:
    """What has been claimed, each of this place and study beside the returns over the same money."""
    own = quotes.claims_of(evaluation.study)
    return [
        {
            "claim": name,
            **claim.model_dump(mode="json", exclude_none=True),
            **(over_same(evaluation, claim) if name in own else apart(claim)).to_dict(),
        }
        for name, claim in evaluation.study.claims.items()
    ]


def apart(claim: Claim) -> Readings:
    """What stands beside a claim that is compared with nothing."""
    return Readings(claim.over or "all")


def over_same(evaluation: Evaluation, claim: Claim) -> Readings:
    """The returns of a study over the money that a claim is over; none beside a claim without a ratio."""
    if claim.ratio is None:
        return apart(claim)
    over = claim.over or "all"
    counted = set(inputs_over(evaluation.study, over))
    put_in = sum(row.present_value for row in evaluation.inputs if row.input in counted)
    if put_in < LEAST_INVESTMENT:
        return Readings(over)
    if len(counted) == len(evaluation.inputs):
        return Readings(over, evaluation.social_return_ratio, evaluation.savings_ratio)
    gained = (evaluation.present_value, evaluation.saved)
    return Readings(over, *(float(formulas.social_return_ratio(each, put_in)) for each in gained))
