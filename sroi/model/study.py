"""A study: stakeholders, inputs, outcomes, and the assumptions behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, ValidationInfo, model_validator

from sroi.errors import Problem, instead
from sroi.method import PROFILES, DropOffFrom, Method, MethodProfile
from sroi.model.base import Entries, Frozen, Model, Words, described
from sroi.model.estimates import (
    Attributions,
    Cashable,
    Contributions,
    Deadweights,
    DisplacementOutside,
    Displacements,
    DropOff,
    Duration,
    Estimate,
    FinancialProxy,
    HeadCount,
    InputValues,
    Leakage,
    LifeSatisfaction,
    QualityOfLife,
    Quantities,
    RelativeIncome,
    WholeYears,
)
from sroi.model.evidence import Claim, Correlation, Source, Waiver
from sroi.model.starts import Starts
from sroi.provenance import Provenance
from sroi.quantities import MOST_YEARS, Identifier, PriceYear, Slug, Text, Version, YesNo, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

Party = Literal["participant", "family", "volunteer", "community", "business", "state"]
DEDUCTIONS = ("deadweight", "displacement", "attribution")
"""Shares of an outcome that are taken off within the total, in the order in which they are taken."""

PARTIES = ("participant", "family", "volunteer", "community", "business", "state")


class Stakeholder(Model):
    """Who changes or contributes; those left out are kept with the reason."""

    title: Text = described("Name of the group or body.")
    party: Party | None = described("Which ledger it belongs to.", "choice", None)
    payer: Text | None = described("Whose budget it is, such as council, nhs, police or dwp.", "name", None)
    size: HeadCount | None = described("How many there are.", "people", None)
    involved: HeadCount | None = described("How many took part in the evaluation.", "people", None)
    relative_income: RelativeIncome | None = described(
        "Its median income over the national median, both equivalised; gives the group a welfare weight, shown beside the unweighted result.",
        "times the national median",
        None,
    )
    included: YesNo = described("Whether its outcomes and inputs belong to the study.", "true or false", True)
    reason: Text | None = described("Why it is left out.", default=None)


class Input(Model):
    """What is spent or given, by whom: the denominator."""

    title: Text | None = described("What it is; from its name where it is left out.", default=None)
    stakeholder: Identifier = described("Who gives it.", "name")
    kind: Literal["cash", "in_kind", "volunteer_time", "concession"] = described(
        "What it is given as.", "choice"
    )
    value: InputValues | None = described(
        "Worth in year 0, or in each of the years, or a list of years from year 0; null is not assessed.",
        "money a year",
        None,
    )
    years: WholeYears | None = described(
        "How many years it is given in, from year 0; 1 where it is left out.", "years", None
    )
    prices: Literal["real", "nominal"] = described(
        "Whether its money is in the prices of one year, or of each year as it passes.", "choice", "real"
    )
    source: Slug | None = described("Name of the source.", "name", None)
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
    quantity: Quantities | None = described(
        "How many units change: one cohort, or a list of cohorts from year 0; null is not assessed.",
        "units a cohort",
    )
    unit: Text | None = described(
        "The unit of a service that is needed less; makes the outcome a line of the demand table.",
        default=None,
    )
    value: FinancialProxy | None = described(
        "Financial proxy: money per unit and benefit year; null is not assessed.",
        "money per unit and benefit year",
    )
    starts: Starts | None = described(
        "First benefit year: during the cohort's own year, after it, or some years later.", "choice", None
    )
    duration: Duration | None = described("How many benefit years, part years allowed.", "years", None)
    deadweight: Deadweights | None = described(
        "Share that would have happened anyway, or a list by benefit year.", "share", None
    )
    displacement: Displacements | None = described(
        "Share that was moved from elsewhere, or a list by benefit year.", "share", None
    )
    attribution: Attributions | None = described(
        "Share due to others, or a list by benefit year.", "share", None
    )
    contribution: Contributions | None = described("Our own share, in place of attribution.", "share", None)
    drop_off: DropOff | None = described(
        "Share lost from one benefit year to the next.", "share a year", None
    )
    kind: Literal["wellbeing", "resource", "transfer", "tax"] = described(
        "What its value is made of.", "choice", "resource"
    )
    accrues_to: Text | None = described(
        "Party or stakeholder whom the value reaches; the stakeholder's party where it is left out.",
        "name",
        None,
    )
    payer: Text | None = described(
        "Whose budget gains; the stakeholder's payer where it is left out.", "name", None
    )
    from_: Text | None = described(
        "The other side of a transfer: a stakeholder or a party.", "name", None, alias="from"
    )
    cashable: Cashable | None = described(
        "Share that a budget holder could take out; counts as 0 where it is left out, and is flagged.",
        "share",
        None,
    )
    wellbys: LifeSatisfaction | None = described(
        "WELLBYs, points of life satisfaction times years, per unit and benefit year, for the table of wellbeing in its own units.",
        "WELLBYs",
        None,
    )
    qalys: QualityOfLife | None = described(
        "QALYs per unit and benefit year, for the table of wellbeing in its own units.", "QALYs", None
    )
    leakage: Leakage | None = described(
        "Share of the benefit that reaches people outside the place; acts in the view of the place alone.",
        "share",
        None,
    )
    displacement_outside: DisplacementOutside | None = described(
        "Share of what is displaced that other places lose; acts in the view of the place alone.",
        "share",
        None,
    )
    priced: YesNo = described(
        "Whether it has a money value at all; one that has none stays in the value map.",
        "true or false",
        True,
    )
    activity: Text | None = described("What was done.", default=None)
    output: Text | None = described("What that produced.", default=None)
    n_measured: HeadCount | None = described("How many were measured.", "people", None)
    n_population: HeadCount | None = described("How many there were to measure.", "people", None)
    materiality: Text | Words | None = described("Why it matters: relevance and significance.", default=None)
    horizon_evidence: Text | None = described("Evidence that it lasts as long as said.", default=None)
    discount_schedule: Text | None = described(
        "Schedule for this outcome alone, such as green-book-2026-health.", "name", None
    )
    drop_off_from: DropOffFrom | None = described(
        "The benefit year that drop-off first touches, for this outcome alone.", "choice", None
    )

    @model_validator(mode="after")
    def _one_direction_of_attribution(self) -> Outcome:
        if self.attribution is not None and self.contribution is not None:
            raise refusal(
                "attribution and contribution are both given",
                "write one: attribution is the share due to others, contribution our own",
            )
        return self

    @model_validator(mode="after")
    def _lists_are_of_a_possible_length(self) -> Outcome:
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


Assumptions = Annotated[dict[Identifier, Estimate | None], Frozen]


class Study(Model):
    """A whole study, resolved from its layers: everything that one calculation needs.

    Make one with :func:`sroi.load`, :func:`sroi.loads` or from a mapping with ``Study.model_validate``.
    """

    sroi: Version = described("Version of the file format.", "version")
    id: Slug = described("Name of the study.", "name")
    title: Text = described("Title of the study.")
    kind: Literal["forecast", "evaluation"] = described("Whether it looks ahead or back.", "choice")
    borough: Text | None = described("Assumption pack of the place.", "name", None)
    intervention: Slug | None = described("Intervention template that it builds on.", "name", None)
    currency: Annotated[Text, Field(pattern=r"^[A-Z]{3}$")] = described(
        "Currency of every sum of money.", "ISO 4217 code"
    )
    price_year: PriceYear = described("Year whose prices every result is in.", "year")
    first_year: Annotated[int, Field(strict=True, ge=1000, le=9999)] = described(
        "Calendar year of year 0, the first spending year.", "calendar year"
    )
    strategy: Literal["individual", "group", "place", "service"] | None = described(
        "Whom the intervention mobilises: individuals, groups, a place or the services themselves.",
        "choice",
        None,
    )
    method: Method = described(
        "Method profile, or a mapping of a profile and its overrides.", "choice", PROFILES["default"]
    )
    purpose: Text | None = described("What the study is for.", default=None)
    audience: Text | None = described("Whom it is for.", default=None)
    scope: Text | None = described("What it covers: activities, place, period.", default=None)
    status: Literal["draft", "final"] = described("How far it has come.", "choice", "draft")
    author: Text | None = described("Who wrote it.", default=None)
    date: Text | None = described("When it was written.", "date", None)
    limitations: Text | tuple[Text, ...] | None = described("What it cannot show.", default=None)
    decisions: Text | tuple[Text, ...] | None = described("What was decided because of it.", default=None)
    assumptions: Assumptions = described(
        "Numbers named once and used by name.", "mapping", default_factory=Entries
    )
    stakeholders: Annotated[dict[Identifier, Stakeholder], Frozen] = described(
        "Who changes or contributes.", "mapping"
    )
    inputs: Annotated[dict[Identifier, Input], Frozen] = described("What is spent or given.", "mapping")
    outcomes: Annotated[dict[Identifier, Outcome], Frozen] = described("What changes.", "mapping")
    sources: Annotated[dict[Slug, Source], Frozen] = described(
        "Where numbers come from.", "mapping", default_factory=Entries
    )
    claims: Annotated[dict[Slug, Claim], Frozen] = described(
        "What has been said in public.", "mapping", default_factory=Entries
    )
    scenarios: Words = described("Named sets of values, by path.", "mapping", default_factory=Entries)
    correlations: tuple[Correlation, ...] = described("Rank correlations between assumptions.", "list", ())
    waivers: tuple[Waiver, ...] = described("Findings that a named person accepts.", "list", ())
    _provenance: Provenance | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _references_are_declared(self, info: ValidationInfo) -> Study:
        if not (info.context or {}).get("collects_problems"):
            problems = cross_reference_problems(self)
            if problems:
                raise ValueError("\n".join(map(str, problems)))
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Study) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]

    @property
    def provenance(self) -> Provenance | None:
        """Where each value was written; None for a study that was made in Python."""
        return self._provenance

    def remembering(self, provenance: Provenance) -> Self:
        """The same study with where each of its values was written."""
        copy = self.model_copy()
        copy._provenance = provenance
        return copy

    def estimates(self) -> Iterator[tuple[str, Estimate]]:
        """Every number of the study with its path, in the order of the document."""
        for name, estimate in self.assumptions.items():
            if estimate is not None:
                yield f"assumptions.{name}", estimate
        for section in ("stakeholders", "inputs", "outcomes"):
            for name, entry in getattr(self, section).items():
                for field in type(entry).model_fields:
                    yield from _flat(f"{section}.{name}.{field}", getattr(entry, field))

    def with_method(self, method: str | MethodProfile) -> Study:
        """The same study under another method profile."""
        return self.model_copy(
            update={"method": method if isinstance(method, MethodProfile) else PROFILES[method]}
        )


def _flat(path: str, value: Any) -> Iterator[tuple[str, Estimate]]:
    if isinstance(value, Estimate):
        yield path, value
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from _flat(f"{path}[{position}]", entry)


def cross_reference_problems(study: Study) -> list[Problem]:
    """What refers to a stakeholder, a source or an assumption that the study does not declare."""
    problems = []

    def declared(path: str, what: str, name: str | None, names: Any) -> None:
        if name is not None and name not in names:
            problems.append(Problem(f"there is no {what} {name}", instead(name, names), path))

    for path, estimate in study.estimates():
        declared(f"{path}.source", "source", estimate.source, study.sources)
    for name, entry in study.inputs.items():
        declared(f"inputs.{name}.stakeholder", "stakeholder", entry.stakeholder, study.stakeholders)
        declared(f"inputs.{name}.source", "source", entry.source, study.sources)
    for name, outcome in study.outcomes.items():
        declared(f"outcomes.{name}.stakeholder", "stakeholder", outcome.stakeholder, study.stakeholders)
        declared(
            f"outcomes.{name}.from", "stakeholder or party", outcome.from_, {*study.stakeholders, *PARTIES}
        )
        party, colon, body = (outcome.accrues_to or "").partition(":")
        if colon and party == "state":
            if not body.strip():
                problems.append(
                    Problem(
                        "no body of the state is named",
                        "write one, such as state:nhs, or state",
                        f"outcomes.{name}.accrues_to",
                    )
                )
        else:
            declared(
                f"outcomes.{name}.accrues_to",
                "stakeholder or party",
                outcome.accrues_to,
                {*study.stakeholders, *PARTIES},
            )
    for name, claim in study.claims.items():
        declared(f"claims.{name}.source", "source", claim.source, study.sources)
    for position, correlation in enumerate(study.correlations):
        for assumption in correlation.between:
            declared(f"correlations[{position}].between", "assumption", assumption, study.assumptions)
    return problems
