"""An assumption pack: what is assumed of one place, and of interventions in it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sroi.base import Entries, Model, Words, described, optional
from sroi.method_fields import AppraisalPeriod
from sroi.model.evidence import Claim, Source
from sroi.model.study import Assumptions, Cited, Study
from sroi.quantities import Currency, Slug, Text, Version
from sroi.years import FirstYear, PriceYear


class Intervention(Study):
    """A shipped intervention: a study without a place, whose gaps a place fills."""


class InterventionValues(Model):
    """What one place assumes of one intervention: any part of a study, laid over the template."""

    title: Text | None = optional("Title of the study in this place.")
    kind: Literal["forecast", "evaluation"] | None = optional("Whether it looks ahead or back.", "choice")
    price_year: PriceYear | None = optional("Year whose prices every result is in.", "year")
    first_year: FirstYear | None = optional("Calendar or financial year of year 0.", "year")
    appraisal_period: AppraisalPeriod | None = optional(
        "Years beyond year 0 that it is appraised over, in place of the method's horizon.", "years"
    )
    purpose: Text | None = optional("What the study is for.")
    audience: Text | None = optional("Whom it is for.")
    scope: Text | None = optional("What it covers: activities, place, period.")
    limitations: Text | tuple[Text, ...] | None = optional("What it cannot show.")
    assumptions: Assumptions = described(
        "Numbers named once and used by name.", "mapping", default_factory=Entries
    )
    payers: Words = described("Titles of payers, merged key by key.", "mapping", default_factory=Entries)
    units: Words = described("Titles of units, merged key by key.", "mapping", default_factory=Entries)
    stakeholders: Words = described("Stakeholders, merged key by key.", "mapping", default_factory=Entries)
    inputs: Words = described("Inputs, merged key by key.", "mapping", default_factory=Entries)
    outcomes: Words = described("Outcomes, merged key by key.", "mapping", default_factory=Entries)


class PackBelow(Model):
    """A pack that another builds on, written out in it in place of its name."""

    title: Text = described("Name of the place.")
    assumptions: Assumptions = described(
        "Numbers named once and used by name.", "mapping", default_factory=Entries
    )
    interventions: Cited[InterventionValues] = described(
        "What it assumes of an intervention.", "mapping", default_factory=Entries
    )
    sources: Cited[Source] = described("Where numbers come from.", "mapping", default_factory=Entries)
    claims: Cited[Claim] = described("What has been said in public.", "mapping", default_factory=Entries)


class AssumptionPack(Model):
    """What is assumed of a nation or a place, each number with where it comes from."""

    sroi: Version = described("Version of the file format.", "version")
    pack: Slug = described("Name of the pack: the name of its file without the ending.", "name")
    title: Text = described("Name of the place.")
    extends: Slug | None = optional("The one pack that this one builds on.", "name")
    builds_on: Cited[PackBelow] = described(
        "The packs that this one builds on, the outermost first, written out in place of extends.",
        "mapping",
        default_factory=Entries,
    )
    gss: Annotated[Text, Field(pattern=r"^[A-Z]\d{8}$")] | None = optional(
        "Code of the place in the Government Statistical Service's register.", "GSS code"
    )
    currency: Currency = described("Currency of every sum of money.", "ISO 4217 code", default="GBP")
    assumptions: Assumptions = described(
        "Numbers named once and used by name.", "mapping", default_factory=Entries
    )
    interventions: Cited[InterventionValues] = described(
        "What this place assumes of an intervention.", "mapping", default_factory=Entries
    )
    sources: Cited[Source] = described("Where numbers come from.", "mapping", default_factory=Entries)
    claims: Cited[Claim] = described("What has been said in public.", "mapping", default_factory=Entries)
