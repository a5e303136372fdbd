"""What a result warns of: a stable id, words for people, and the numbers in them."""

from __future__ import annotations

from typing import Any, Self

from sroi.base import Entries, frozen

WARNINGS: dict[str, str] = {
    "optimism-bias-not-applied": "The profile is known for an allowance for optimism bias, and none is made.",
    "optimism-bias-applied": "Costs are raised, or gains lowered, for optimism bias.",
    "prices-not-converted": "Money of one year is used as if it were of another: the method converts none.",
    "prices-on-a-forecast": "A price index is a forecast in a year that money is converted from or to.",
    "real-income-unknown": "Wellbeing values could not be moved with real income.",
    "flows-past-the-horizon": "Flows after the last year that the method counts are dropped.",
    "value-far-ahead": "A share of the present value falls long after year 0.",
    "transfers-outside-the-total": "Outcomes that are transfers or taxes are in no total.",
    "kind-not-stated": "Outcomes do not say what their value is made of.",
    "years-apart": "Inputs are given in more or fewer years than outcomes have cohorts.",
    "unpriced-outside-the-total": "Outcomes without a money value are in no total.",
    "cashable-not-given": "Outcomes that free resources of a budget do not say how much of it is cash.",
    "left-out-but-counted": "Inputs or outcomes are counted though their stakeholder is left out.",
    "source-past-review": "Sources should have been looked at again by now.",
    "title-of-nothing": "A title is given to a payer or unit that the study does not name.",
    "rate-in-per-cent": "A rate or a share may have been meant in per cent.",
    "share-of-a-group": "A number may have been meant as a share, or a share as a number.",
    "misread-number": "A number may not have been read as it was meant.",
    "of-a-shorter-period": "A number of a year is of a shorter period by its unit.",
    "above-the-group": "More people change than there are in the group.",
    "signs-mixed": "Cohorts of one outcome are for the better and for the worse.",
    "two-minus-signs": "A quantity and a value below 0 together count as a gain.",
    "counts-as-harm": "A quantity below 0 counts as harm.",
    "deducted-twice": "A deduction takes off again what a comparison has removed.",
    "party-not-stated": "The party of an account is not stated, so that only society's ledger counts it.",
    "other-side-not-stated": "A transfer does not say from whom it comes.",
    "cash-share-not-given": "How much of a line of a budget is cash is not given.",
    "wellbeing-of-the-state": "Wellbeing is the state's, and no return in money counts it.",
    "kind-in-no-return": "Lines whose kind is not stated are in no saving and no fiscal return.",
    "cash-above-the-gain": "More is cash than the state gains in all.",
    "no-ranges": "No number has a range, so that every draw is the same.",
    "range-beside-its-parts": "A number is drawn from its own range, apart from what it is computed from.",
    "not-a-power-of-two": "Sobol points are balanced in powers of two alone.",
    "nothing-put-in": "In some draws or points nothing is put in, so that they have no ratio.",
    "draws-brought-back": "Some draws were brought back to the bounds of their number.",
    "deductions-past-all": "In some draws added deductions pass 100%.",
    "no-variance": "The result is the same in every draw.",
    "studies-failed": "Studies could not be simulated, and are in no sum of many.",
    "end-without-result": "A number has an end at which there is no result.",
}
"""What each warning is of, by its id; an id is never given another meaning."""


class ResultWarning(str):
    """The words of a warning, with its id and the numbers and names that it is about.

    It is text wherever text is wanted; in JSON it is ``{"id", "message", "data"}``.
    """

    __slots__ = ("data", "id")
    id: str
    data: Entries

    def __new__(cls, id: str, message: str, **data: Any) -> Self:  # noqa: A002 - as JSON calls it
        """A warning of one of the ids of :data:`WARNINGS`."""
        if id not in WARNINGS:
            raise KeyError(id)
        made = super().__new__(cls, message)
        made.id, made.data = id, frozen(data)
        return made

    @property
    def message(self) -> str:
        """What it says, as plain text."""
        return str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.id, str(self), dict(self.data))

    def to_dict(self) -> dict[str, Any]:
        """The warning as JSON holds it."""
        return {"id": self.id, "message": str(self), "data": dict(self.data)}


def _made(name: str, message: str, data: dict[str, Any]) -> ResultWarning:
    return ResultWarning(name, message, **data)
