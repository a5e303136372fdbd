"""What the verbs give back: frozen results, each complete, with its tables, data frames and plain values.

>>> from sroi.results import Evaluation, Swing
"""

from __future__ import annotations

from importlib import import_module

_EXPORTS = {
    "alternatives": "Alternative Alternatives",
    "base": "Record Result",
    "belief": "Belief Frontier",
    "breakeven": "Breakeven Target Unknown",
    "difference": "Changed Difference Explained Moved Part Where",
    "evaluation": "Evaluation",
    "explanation": "Explanation",
    "indices": "Indices",
    "information": "Information Worth",
    "ledger": "Ledger",
    "ledger_parts": "Adjustment DemandLine Entry FunderShare GreenBook Payback Posting Ratio Statement"
    " WellbeingLine",
    "many": "FailedStudy SimulatedStudy Simulations",
    "options": "Option Options Switch UnpricedWorth",
    "ranged": "Ranged",
    "returns": "LedgerSpread ReturnSpread",
    "rows": "InputRow OutcomeRow",
    "sensitivity": "Parameter Sensitivity Swing",
    "simulation": "Simulation",
    "spread": "Spread",
    "switching": "SwitchingValue SwitchingValues",
    "verification": "Drift ReportBeside Verification",
}
_MODULE_OF = {name: module for module, names in _EXPORTS.items() for name in names.split()}

__all__ = sorted(_MODULE_OF)  # noqa: PLE0605 - Python accepts any list


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found = globals()[name] = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
