"""Social Return on Investment: what a programme gives back for each pound put in, with its sources."""

import sys
from importlib import import_module

from sroi.version import VERSION

_EXPORTS = {
    "accounts": "ledger",
    "appraisal": "options simulate_many",
    "checking": "Finding Findings check",
    "comparing": "Comparison compare",
    "documents": "Library change dump dumps json_schema load loads vary",
    "errors": "DocumentError NotFoundError Problem SroiError UndefinedResultError",
    "evaluation": "evaluate",
    "method": "PROFILES MethodProfile",
    "model": "AssumptionPack Attribution Claim Deadweight Displacement DropOff Estimate FinancialProxy"
    " Input Intervention Outcome Source Stakeholder Study",
    "records": "RunRecord diff record verify",
    "reports": "report",
    "results": "Alternatives Belief Breakeven Difference Evaluation FunderShare Indices Information Ledger"
    " LedgerSpread Options Ranged Sensitivity Simulation Simulations SwitchingValues Verification",
    "uncertainty": "breakeven grid ledger_spread ranges_by_grade scenarios sensitivity simulate sobol"
    " spread switching_values value_of_information what_it_takes",
    "value_map": "ExportedMap ImportedMap export_value_map import_value_map",
}
"""Public names by their module, which is imported when one of them is first used; __init__.pyi types them."""

_SUBMODULES = ("charts", "portfolio", "results")
"""Public modules, imported when they are first used."""

_MODULE_OF = {name: module for module, names in _EXPORTS.items() for name in names.split()}

__version__ = VERSION
__all__ = sorted([*_MODULE_OF, "__version__"])  # noqa: PLE0605 - Python accepts any list


def __getattr__(name: str) -> object:
    if name in _SUBMODULES:
        return import_module(f"sroi.{name}")
    if name not in _MODULE_OF:
        message = f"module 'sroi' has no attribute {name!r}"
        raise AttributeError(message, name=name, obj=sys.modules[__name__])
    found = globals()[name] = getattr(import_module(f"sroi.{_MODULE_OF[name]}"), name)
    return found


def __dir__() -> list[str]:
    return [*__all__, *_SUBMODULES]
