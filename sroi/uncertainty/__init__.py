"""How sure an answer is: ranges, what drives them, what would change the verdict, what a claim needs."""

from sroi.uncertainty.alternatives import scenarios, spread
from sroi.uncertainty.belief import what_it_takes
from sroi.uncertainty.breakeven import breakeven
from sroi.uncertainty.grades import ranges_by_grade
from sroi.uncertainty.indices import variance_shares
from sroi.uncertainty.information import evpi, evppi, value_of_information
from sroi.uncertainty.returns import ledger_spread
from sroi.uncertainty.sensitivity import grid, sensitivity, sobol
from sroi.uncertainty.simulation import simulate
from sroi.uncertainty.switching import switching_values

__all__ = [
    "breakeven",
    "evpi",
    "evppi",
    "grid",
    "ledger_spread",
    "ranges_by_grade",
    "scenarios",
    "sensitivity",
    "simulate",
    "sobol",
    "spread",
    "switching_values",
    "value_of_information",
    "variance_shares",
    "what_it_takes",
]
