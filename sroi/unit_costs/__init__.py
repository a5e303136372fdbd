"""A pack from the user's own copy of a unit cost table: a workbook of any number of sheets, or CSV."""

from sroi.unit_costs.packing import UnitCosts, unit_costs

__all__ = ["UnitCosts", "unit_costs"]
