"""How sure an answer is: ranges, what drives them, what would change the verdict, what a claim needs."""

from sroi.uncertainty.belief import Belief, what_it_takes
from sroi.uncertainty.indices import Indices, variance_shares
from sroi.uncertainty.information import Information, value_of_information
from sroi.uncertainty.sensitivity import Sensitivity, grid, scenarios, sensitivity, sobol
from sroi.uncertainty.simulation import Simulation, simulate
from sroi.uncertainty.switching import SwitchingValues, switching_values

__all__ = [
    "Belief",
    "Indices",
    "Information",
    "Sensitivity",
    "Simulation",
    "SwitchingValues",
    "grid",
    "scenarios",
    "sensitivity",
    "simulate",
    "sobol",
    "switching_values",
    "value_of_information",
    "variance_shares",
    "what_it_takes",
]
