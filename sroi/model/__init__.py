"""What a study says, as frozen models: the words of the file format, each with a description and a unit."""

from sroi.model.codes import Codes
from sroi.model.entries import BY_BENEFIT_YEAR, DEDUCTED, DEDUCTIONS, Input, Outcome, Payer, Stakeholder, Unit
from sroi.model.estimates import Estimate
from sroi.model.evidence import Claim, Correlation, Source, Waiver
from sroi.model.kinds import (
    Attribution,
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
    Months,
    OutcomeQuantity,
    QualityOfLife,
    Rate,
    RelativeIncome,
    WholeYears,
)
from sroi.model.pack import AssumptionPack, Intervention, InterventionValues, PackBelow
from sroi.model.references import cross_reference_problems
from sroi.model.starts import YearsLater
from sroi.model.study import Studied, Study, as_study

__all__ = [
    "BY_BENEFIT_YEAR",
    "DEDUCTED",
    "DEDUCTIONS",
    "AssumptionPack",
    "Attribution",
    "Cashable",
    "Claim",
    "Codes",
    "Contribution",
    "Correlation",
    "Deadweight",
    "Displacement",
    "DisplacementOutside",
    "DropOff",
    "Duration",
    "Estimate",
    "FinancialProxy",
    "HeadCount",
    "Input",
    "InputValue",
    "Intervention",
    "InterventionValues",
    "Leakage",
    "LifeSatisfaction",
    "Months",
    "Outcome",
    "OutcomeQuantity",
    "PackBelow",
    "Payer",
    "QualityOfLife",
    "Rate",
    "RelativeIncome",
    "Source",
    "Stakeholder",
    "Studied",
    "Study",
    "Unit",
    "Waiver",
    "WholeYears",
    "YearsLater",
    "as_study",
    "cross_reference_problems",
]
