"""What a study is made of: who changes or contributes, what is given, and what changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import model_validator

from sroi.base import Model, Reads, Words, described
from sroi.method import DropOffFrom
from sroi.model.estimates import (
    Attribution,
    ByYear,
    Cashable,
    Contribution,
    Deadweight,
    Displacement,
    DisplacementOutside,
    DropOff,
    Duration,
    FinancialProxy,
    HeadCount,
    InputValue,
    Leakage,
    LifeSatisfaction,
    One,
    OutcomeQuantity,
    QualityOfLife,
    RelativeIncome,
    WholeYears,
)
from sroi.model.starts import Starts, WrittenStarts
from sroi.quantities import MOST_YEARS, Identifier, Slug, Text, YesNo, refusal

Party = Literal["participant", "family", "volunteer", "community", "business", "state"]


class Stakeholder(Model):
    """Who changes or contributes; those left out are kept with the reason."""

    title: Text = described("Name of the group or body.")
    party: Party | None = described("Which ledger it belongs to.", "choice", default=None)
    payer: Text | None = described(
        "Whose budget it is, such as council, nhs, police or dwp.", "name", default=None
    )
    size: One[HeadCount] = described("How many there are.", "people", default=None)
    involved: One[HeadCount] = described("How many took part in the evaluation.", "people", default=None)
    relative_income: One[RelativeIncome] = described(
        "Its median income over the national median, both equivalised; gives the group a welfare weight, shown "
        "beside the unweighted result.",
        "times the national median",
        default=None,
    )
    included: YesNo = described(
        "Whether its outcomes and inputs belong to the study.", "true or false", default=True
    )
    reason: Text | None = described("Why it is left out.", default=None)


class Input(Model):
    """What is spent or given, by whom: the denominator."""

    title: Text | None = described("What it is; from its name where it is left out.", default=None)
    stakeholder: Identifier = described("Who gives it.", "name")
    kind: Literal["cash", "in_kind", "volunteer_time", "concession"] = described(
        "What it is given as.", "choice"
    )
    value: ByYear[InputValue] = described(
        "Worth in year 0, or in each of the years, or a list of years from year 0; null is not assessed.",
        "money a year",
        default=None,
    )
    years: One[WholeYears] = described(
        "How many years it is given in, from year 0; 1 where it is left out.", "years", default=None
    )
    prices: Literal["real", "nominal"] = described(
        "Whether its money is in the prices of one year, or of each year as it passes.",
        "choice",
        default="real",
    )
    source: Slug | None = described("Name of the source.", "name", default=None)
    rationale: Text | None = described("Why this number.", default=None)

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

    title: Text | None = described(
        "What changes, in words; from its name where it is left out.", default=None
    )
    stakeholder: Identifier = described("Who experiences it.", "name")
    indicator: Text | None = described("How the change is known.", default=None)
    quantity: ByYear[OutcomeQuantity] = described(
        "How many units change: one cohort, or a list of cohorts from year 0; null is not assessed.",
        "units a cohort",
    )
    unit: Text | None = described(
        "The unit of a service that is needed less; makes the outcome a line of the demand table.",
        default=None,
    )
    value: One[FinancialProxy] = described(
        "Financial proxy: money per unit and benefit year; null is not assessed.",
        "money per unit and benefit year",
    )
    starts: Reads[Starts | None, WrittenStarts | None] = described(
        "First benefit year: during the cohort's own year, after it, or some years later.",
        "choice",
        default=None,
    )
    duration: One[Duration] = described("How many benefit years, part years allowed.", "years", default=None)
    deadweight: ByYear[Deadweight] = described(
        "Share that would have happened anyway, or a list by benefit year.", "share", default=None
    )
    displacement: ByYear[Displacement] = described(
        "Share that was moved from elsewhere, or a list by benefit year.", "share", default=None
    )
    attribution: ByYear[Attribution] = described(
        "Share due to others, or a list by benefit year.", "share", default=None
    )
    contribution: ByYear[Contribution] = described(
        "Our own share, in place of attribution.", "share", default=None
    )
    drop_off: One[DropOff] = described(
        "Share lost from one benefit year to the next.", "share a year", default=None
    )
    kind: Literal["wellbeing", "resource", "transfer", "tax"] = described(
        "What its value is made of.", "choice", default="resource"
    )
    accrues_to: Text | None = described(
        "Party or stakeholder whom the value reaches; the stakeholder's party where it is left out.",
        "name",
        default=None,
    )
    payer: Text | None = described(
        "Whose budget gains; the stakeholder's payer where it is left out.", "name", default=None
    )
    from_: Text | None = described(
        "The other side of a transfer: a stakeholder or a party.", "name", default=None, key="from"
    )
    cashable: One[Cashable] = described(
        "Share that a budget holder could take out; counts as 0 where it is left out, and is flagged.",
        "share",
        default=None,
    )
    wellbys: One[LifeSatisfaction] = described(
        "WELLBYs, points of life satisfaction times years, per unit and benefit year, for the table of wellbeing "
        "in its own units.",
        "WELLBYs",
        default=None,
    )
    qalys: One[QualityOfLife] = described(
        "QALYs per unit and benefit year, for the table of wellbeing in its own units.", "QALYs", default=None
    )
    leakage: One[Leakage] = described(
        "Share of the benefit that reaches people outside the place; acts in the view of the place alone.",
        "share",
        default=None,
    )
    displacement_outside: One[DisplacementOutside] = described(
        "Share of what is displaced that other places lose; acts in the view of the place alone.",
        "share",
        default=None,
    )
    priced: YesNo = described(
        "Whether it has a money value at all; one that has none stays in the value map.",
        "true or false",
        default=True,
    )
    activity: Text | None = described("What was done.", default=None)
    output: Text | None = described("What that produced.", default=None)
    n_measured: One[HeadCount] = described("How many were measured.", "people", default=None)
    n_population: One[HeadCount] = described("How many there were to measure.", "people", default=None)
    materiality: Reads[Text | Words | None, str | Mapping[str, Any] | None] = described(
        "Why it matters: relevance and significance.", default=None
    )
    horizon_evidence: Text | None = described("Evidence that it lasts as long as said.", default=None)
    discount_schedule: Text | None = described(
        "Schedule for this outcome alone, such as green-book-2026-health.", "name", default=None
    )
    drop_off_from: DropOffFrom | None = described(
        "The benefit year that drop-off first touches, for this outcome alone.", "choice", default=None
    )

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
        for name in ("quantity", "deadweight", "displacement", "attribution", "contribution"):
            if getattr(self, name) == ():
                raise refusal(
                    f"{name} is an empty list", "list a number for each year, or write one number", name
                )
        return self
