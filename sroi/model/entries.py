"""What a study is made of: who changes or contributes, what is given, and what changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from sroi.base import Model, Reads, Words, described, optional
from sroi.method import DropOffFrom
from sroi.model.codes import Codes
from sroi.model.kinds import (
    Attribution,
    ByYear,
    Cashable,
    Contribution,
    CostOptimism,
    Deadweight,
    Displacement,
    DisplacementOutside,
    DropOff,
    Duration,
    FinancialProxy,
    GainOptimism,
    HeadCount,
    InputValue,
    Leakage,
    LifeSatisfaction,
    Months,
    One,
    OutcomeQuantity,
    QualityOfLife,
    Rate,
    RelativeIncome,
    WholeYears,
)
from sroi.model.starts import Starts, WrittenStarts
from sroi.quantities import MOST_YEARS, Identifier, Slug, Text, YesNo, refusal

Party = Literal["participant", "family", "volunteer", "community", "business", "state"]
Kind = Literal["wellbeing", "resource", "transfer", "tax", "not_stated"]
DEDUCTED = {
    "deadweight": "would have happened anyway",
    "displacement": "moved from elsewhere",
    "attribution": "due to others",
}
"""What each deduction takes off, in words."""

DEDUCTIONS = tuple(DEDUCTED)
"""Shares of an outcome that are taken off within the total, in the order in which they are taken."""

BY_BENEFIT_YEAR = ("value", *DEDUCTIONS, "contribution")
"""Numbers of an outcome that may be listed by benefit year; the last of a list holds for the years after."""


Design = Literal["none", "before_after", "comparison", "randomised"]
COMPARED: tuple[Design, ...] = ("comparison", "randomised")
"""Designs whose gain is what a comparison with others left: what would have happened anyway is out."""


def _kind(value: Any) -> Any:
    return "not_stated" if value is None else value


class Payer(Model):
    """How a budget is called where people read it."""

    title: Text = described("Name of the budget's holder, such as The local NHS.")


class Unit(Model):
    """How a unit is called where people read it, and how many of it the place needs in all."""

    title: Text = described("The unit in words, in the plural, such as GP consultations.")
    whole: Slug | None = optional(
        "Assumption that holds how many of it the place needs in a year, beside which demand avoided is set.",
        "name",
    )


class Stakeholder(Model):
    """Who changes or contributes; those left out are kept with the reason."""

    title: Text = described("Name of the group or body.")
    party: Party | None = optional("Which ledger it belongs to.", "choice")
    payer: Text | None = optional("Whose budget it is, such as council, nhs, police or dwp.", "name")
    size: One[HeadCount] = optional("How many there are.", "people")
    involved: One[HeadCount] = optional("How many took part in the evaluation.", "people")
    relative_income: One[RelativeIncome] = optional(
        "Its median income over the national median, both equivalised; gives the group a welfare weight, "
        "shown beside the unweighted result.",
        "times the national median",
    )
    included: YesNo = described(
        "Whether its outcomes and inputs belong to the study.", "true or false", default=True
    )
    reason: Text | None = optional("Why it is left out.")


class Input(Model):
    """What is spent or given, by whom: the denominator."""

    title: Text | None = optional("What it is; from its name where it is left out.")
    stakeholder: Identifier = described("Who gives it.", "name")
    kind: Literal["cash", "in_kind", "volunteer_time", "concession"] = described(
        "What it is given as.", "choice"
    )
    value: ByYear[InputValue] = optional(
        "Worth in year 0, or in each of the years, or a list of years from year 0; null is not assessed.",
        "money a year",
    )
    years: One[WholeYears] = optional(
        "How many years it is given in, from year 0; 1 where it is left out.", "years"
    )
    prices: Literal["real", "nominal"] = described(
        "Whether its money is in the prices of one year, or of each year as it passes.",
        "choice",
        default="real",
    )
    optimism_bias: One[CostOptimism] = optional(
        "Share of itself by which it is raised for optimism, where the method applies what is stated.",
        "share",
    )
    source: Slug | None = optional("Name of the source.", "name")
    rationale: Text | None = optional("Why this number.")

    @model_validator(mode="after")
    def _years_and_prices_fit(self) -> Input:
        values = self.value if isinstance(self.value, tuple) else () if self.value is None else (self.value,)
        if isinstance(self.value, tuple) and self.years is not None:
            raise refusal(
                "years is given beside a value for each year", "leave years out, or write one value", "years"
            )
        if isinstance(self.value, tuple) and not 1 <= len(self.value) <= MOST_YEARS:
            raise refusal(
                f"value lists {len(self.value)} years", f"list from 1 to {MOST_YEARS} years", "value"
            )
        if self.prices == "nominal" and any(value.price_year is not None for value in values):
            raise refusal(
                "prices are nominal and the value has a price_year",
                "leave one of them out: nominal money is in the prices of its own year",
            )
        return self


class Outcome(Model):
    """What changes, for whom: the numerator."""

    title: Text | None = optional("What changes, in words; from its name where it is left out.")
    stakeholder: Identifier = described("Who experiences it.", "name")
    indicator: Text | None = optional("How the change is known.")
    quantity: ByYear[OutcomeQuantity] = described(
        "How many units change: one cohort, or a list of cohorts from year 0; null is not assessed.",
        "units a cohort",
    )
    unit: Text | None = optional(
        "The unit of a service that is needed less; makes the outcome a line of the demand table."
    )
    value: ByYear[FinancialProxy] = described(
        "Financial proxy: money per unit and benefit year, or a list by benefit year where its worth "
        "changes against other prices; null is not assessed.",
        "money per unit and benefit year",
    )
    starts: Reads[Starts | None, WrittenStarts | None] = optional(
        "First benefit year: during the cohort's own year, after it, or some years later.", "choice"
    )
    duration: One[Duration] = optional("How many benefit years, part years allowed.", "years")
    deadweight: ByYear[Deadweight] = optional(
        "Share that would have happened anyway, or a list by benefit year.", "share"
    )
    displacement: ByYear[Displacement] = optional(
        "Share that was moved from elsewhere, or a list by benefit year.", "share"
    )
    attribution: ByYear[Attribution] = optional("Share due to others, or a list by benefit year.", "share")
    contribution: ByYear[Contribution] = optional("Our own share, in place of attribution.", "share")
    drop_off: One[DropOff] = optional("Share lost from one benefit year to the next.", "share a year")
    kind: Annotated[Kind, BeforeValidator(_kind)] = described(
        "What its value is made of; not_stated, which is in no saving, where it is left out or null.",
        "choice",
        default="not_stated",
    )
    accrues_to: Text | None = optional(
        "Party or stakeholder whom the value reaches; the stakeholder's party where it is left out.", "name"
    )
    payer: Text | None = optional("Whose budget gains; the stakeholder's payer where it is left out.", "name")
    from_: Text | None = optional(
        "The other side of a transfer: a stakeholder or a party.", "name", key="from"
    )
    cashable: One[Cashable] = optional(
        "Share that a budget holder could take out; counts as 0 where it is left out, and is flagged.",
        "share",
    )
    wellbys: One[LifeSatisfaction] = optional(
        "WELLBYs, points of life satisfaction times years, per unit and benefit year, for the table of "
        "wellbeing in its own units.",
        "WELLBYs",
    )
    qalys: One[QualityOfLife] = optional(
        "QALYs per unit and benefit year, for the table of wellbeing in its own units.", "QALYs"
    )
    leakage: One[Leakage] = optional(
        "Share of the benefit that reaches people outside the place; acts in the view of the place alone.",
        "share",
    )
    displacement_outside: One[DisplacementOutside] = optional(
        "Share of what is displaced that other places lose; acts in the view of the place alone.", "share"
    )
    optimism_bias: One[GainOptimism] = optional(
        "Share by which its gains are lowered for optimism, where the method applies what is stated; a loss "
        "stays as it is.",
        "share",
    )
    priced: YesNo = described(
        "Whether it has a money value at all; one that has none stays in the value map.",
        "true or false",
        default=True,
    )
    activity: Text | None = optional("What was done.")
    output: Text | None = optional("What that produced.")
    n_measured: One[HeadCount] = optional("How many were measured.", "people")
    n_population: One[HeadCount] = optional("How many there were to measure.", "people")
    design: Design | None = optional(
        "How the gain was measured: none (not measured), before_after, comparison (with a group that had "
        "nothing of it) or randomised; what a comparison has removed is not deducted again.",
        "choice",
    )
    followed_up: One[Months] = optional(
        "How many months after it ended the change was last looked for; 0 where only at its end.", "months"
    )
    response_rate: One[Rate] = optional("Share of the people who were asked that answered.", "share")
    comparison_rate: One[Rate] = optional(
        "Share of the comparison group in whom the same changed; deadweight is this over the participants' "
        "own share.",
        "share",
    )
    material: YesNo = described(
        "Whether it matters enough to be in the study; false wants a reason. It is counted all the same: "
        "omit: true leaves it out.",
        "true or false",
        default=True,
    )
    reason: Text | None = optional("Why it is not material.")
    materiality: Reads[Text | Words | None, str | Mapping[str, Any] | None] = optional(
        "Why it matters: relevance and significance."
    )
    horizon_evidence: Text | None = optional("Evidence that it lasts as long as said.")
    codes: Reads[Codes | None, Codes | Mapping[str, Any] | None] = optional(
        "Its codes in the lists of others: sdg, iris (IRIS+) and toms (National TOMs).", "codes"
    )
    discount_schedule: Text | None = optional(
        "Schedule for this outcome alone, such as green-book-2026-health.", "name"
    )
    drop_off_from: DropOffFrom | None = optional(
        "The benefit year that drop-off first touches, for this outcome alone.", "choice"
    )
    source: Slug | None = optional("Name of the source of all its numbers that name none.", "name")
    rationale: Text | None = optional("Why these numbers, where a number has no rationale of its own.")

    @model_validator(mode="after")
    def _attribution_and_lists_fit(self) -> Outcome:
        if self.attribution is not None and self.contribution is not None:
            raise refusal(
                "attribution and contribution are both given",
                "write one: attribution is the share due to others, contribution our own",
            )
        if isinstance(self.quantity, tuple) and len(self.quantity) > MOST_YEARS:
            raise refusal(
                f"quantity lists {len(self.quantity)} cohorts",
                f"list from 1 to {MOST_YEARS} cohorts",
                "quantity",
            )
        for name in ("quantity", *BY_BENEFIT_YEAR):
            if getattr(self, name) == ():
                raise refusal(
                    f"{name} is an empty list", "list a number for each year, or write one number", name
                )
        return self
