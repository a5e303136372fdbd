"""The table of the services that are needed less, beside what the place needs of them in all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.labels import payer_label, unit_label
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.results.ledger import Ledger
    from sroi.results.ledger_parts import DemandLine


def demand(ledger: Ledger) -> Table:
    """The services that are needed less, in units, before and after deductions."""
    study = ledger.evaluation.study
    lines = [line for line in ledger.demand if line.service is not None]
    known = any(line.whole is not None for line in lines)
    rows = []
    for line in lines:
        after = "not assessed" if line.after is None else formatting.count(line.after)
        beside = [_of_the_whole(line)] if known else []
        cost, *money = (_money(ledger, each) for each in (line.unit_cost, line.total, line.cost_per_unit))
        what = (line.title, unit_label(study, line.service), payer_label(study, line.payer))
        rows.append((*what, formatting.count(line.before), after, *beside, cost or "not priced", *money))
    of_all = [">Of all that the place needs"] if known else []
    units = (">Fewer, before deductions", ">Fewer, after", *of_all)
    columns = ("Outcome", "Unit", "Payer", *units, ">Unit cost", ">Worth", ">Inputs per unit avoided")
    note = "All years together, undiscounted; a negative number is demand added. "
    note += "Inputs per unit: all inputs over this line alone."
    note += " Of all that the place needs: in the year of the largest change." if known else ""
    return Table("Demand avoided", columns, tuple(rows), note)


def _of_the_whole(line: DemandLine) -> str:
    """The largest change of a year beside what the place needs of the service in a year."""
    if line.whole is None or line.share_of_whole is None or not line.by_year_after:
        return "not known"
    units = formatting.count(max(line.by_year_after, key=abs))
    return f"{units} of {formatting.count(line.whole)}, {formatting.percent(line.share_of_whole)}"


def _money(ledger: Ledger, value: float | None) -> str:
    """A sum of money; empty where there is none."""
    known = value is not None and math.isfinite(value)
    return formatting.money(value, ledger.evaluation.study.currency) if known and value is not None else ""
