"""What a study says, as frozen typed models: the vocabulary of the file format, with one description and one unit a field."""

from sroi.model.estimates import (
    Attribution,
    Cashable,
    Contribution,
    Deadweight,
    Displacement,
    DropOff,
    Duration,
    Estimate,
    FinancialProxy,
    HeadCount,
    InputValue,
    OutcomeQuantity,
    WholeYears,
)
from sroi.model.evidence import Claim, Correlation, Source, Waiver
from sroi.model.pack import AssumptionPack, Intervention, InterventionValues
from sroi.model.study import Input, Outcome, Stakeholder, Study, YearsLater, cross_reference_problems

__all__ = [
    "AssumptionPack",
    "Attribution",
    "Cashable",
    "Claim",
    "Contribution",
    "Correlation",
    "Deadweight",
    "Displacement",
    "DropOff",
    "Duration",
    "Estimate",
    "FinancialProxy",
    "HeadCount",
    "Input",
    "InputValue",
    "Intervention",
    "InterventionValues",
    "Outcome",
    "OutcomeQuantity",
    "Source",
    "Stakeholder",
    "Study",
    "Waiver",
    "WholeYears",
    "YearsLater",
    "cross_reference_problems",
]
