"""Social Return on Investment: what a community programme gives back for each pound put in, with where every number comes from."""

from sroi.documents import Library, dump, dumps, json_schema, load, loads, vary
from sroi.errors import DocumentError, NotFoundError, Problem, SroiError, UndefinedResultError
from sroi.evaluation import Evaluation, evaluate
from sroi.method import PROFILES, MethodProfile
from sroi.model import (
    AssumptionPack,
    Attribution,
    Claim,
    Deadweight,
    Displacement,
    DropOff,
    Estimate,
    FinancialProxy,
    Input,
    Intervention,
    Outcome,
    Source,
    Stakeholder,
    Study,
)
from sroi.version import VERSION as __version__

__all__ = [
    "PROFILES",
    "AssumptionPack",
    "Attribution",
    "Claim",
    "Deadweight",
    "Displacement",
    "DocumentError",
    "DropOff",
    "Estimate",
    "Evaluation",
    "FinancialProxy",
    "Input",
    "Intervention",
    "Library",
    "MethodProfile",
    "NotFoundError",
    "Outcome",
    "Problem",
    "Source",
    "SroiError",
    "Stakeholder",
    "Study",
    "UndefinedResultError",
    "__version__",
    "dump",
    "dumps",
    "evaluate",
    "json_schema",
    "load",
    "loads",
    "vary",
]
