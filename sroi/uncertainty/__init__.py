"""How sure an answer is: ranges, what drives them, what would change the verdict, what a claim needs."""

from sroi.uncertainty.belief import Belief, what_it_takes
from sroi.uncertainty.grades import Ranged, ranges_by_grade
from sroi.uncertainty.indices import Indices, variance_shares
from sroi.uncertainty.information import Information, value_of_information
from sroi.uncertainty.returns import LedgerSpread, ledger_spread
from sroi.uncertainty.sensitivity import Sensitivity, grid, scenarios, sensitivity, sobol
from sroi.uncertainty.simulation import Simulation, simulate
from sroi.uncertainty.switching import SwitchingValues, switching_values

__all__ = [
    "Belief",
    "Indices",
    "Information",
    "LedgerSpread",
    "Ranged",
    "Sensitivity",
    "Simulation",
    "SwitchingValues",
    "grid",
    "ledger_spread",
    "ranges_by_grade",
    "scenarios",
    "sensitivity",
    "simulate",
    "sobol",
    "switching_values",
    "value_of_information",
    "variance_shares",
    "what_it_takes",
]
