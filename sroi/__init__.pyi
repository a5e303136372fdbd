from sroi.accounts import ledger as ledger
from sroi.appraisal import options as options, simulate_many as simulate_many
from sroi.checking import Finding as Finding, Findings as Findings, check as check
from sroi.comparing import Comparison as Comparison, compare as compare
from sroi.documents import Library as Library, dump as dump, dumps as dumps, json_schema as json_schema
from sroi.documents import change as change, load as load, loads as loads, vary as vary
from sroi.errors import DocumentError as DocumentError, NotFoundError as NotFoundError, Problem as Problem
from sroi.errors import SroiError as SroiError, UndefinedResultError as UndefinedResultError
from sroi.evaluation import evaluate as evaluate
from sroi.method import MethodProfile as MethodProfile, PROFILES as PROFILES
from sroi.model import AssumptionPack as AssumptionPack, Attribution as Attribution, Claim as Claim
from sroi.model import Deadweight as Deadweight, Displacement as Displacement, DropOff as DropOff
from sroi.model import Estimate as Estimate, FinancialProxy as FinancialProxy, Input as Input
from sroi.model import Intervention as Intervention, Outcome as Outcome, Source as Source
from sroi.model import Stakeholder as Stakeholder, Study as Study
from sroi.records import RunRecord as RunRecord, diff as diff, record as record, verify as verify
from sroi.reports import report as report
from sroi.results import (
    Alternatives as Alternatives,
    Belief as Belief,
    Breakeven as Breakeven,
    Difference as Difference,
    Evaluation as Evaluation,
    FunderShare as FunderShare,
)
from sroi.results import Indices as Indices, Information as Information, Ledger as Ledger
from sroi.results import LedgerSpread as LedgerSpread, Options as Options, Ranged as Ranged
from sroi.results import Sensitivity as Sensitivity
from sroi.results import Simulation as Simulation, Simulations as Simulations
from sroi.results import SwitchingValues as SwitchingValues
from sroi.results import Verification as Verification
from sroi.uncertainty import breakeven as breakeven
from sroi.uncertainty import grid as grid, ledger_spread as ledger_spread, ranges_by_grade as ranges_by_grade
from sroi.uncertainty import scenarios as scenarios, sensitivity as sensitivity, simulate as simulate
from sroi.uncertainty import sobol as sobol, spread as spread, switching_values as switching_values
from sroi.uncertainty import value_of_information as value_of_information, what_it_takes as what_it_takes
from sroi.value_map import ExportedMap as ExportedMap, ImportedMap as ImportedMap
from sroi.value_map import export_value_map as export_value_map, import_value_map as import_value_map

__version__: str

__all__: list[str]
