"""How the value comes about, when, how sure it is, and what would change it."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from sroi import formatting, labels
from sroi.charts import spreads, values
from sroi.evaluation.bridge import STAGES, bridge
from sroi.reports.parts import Section
from sroi.results import ledger_tables as accounts
from sroi.results import summary
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.reports.parts import Results

MOST_DRIVERS = 20
"""Swings that the table of a report lists."""


def gross_to_net(results: Results) -> Section:
    """What each deduction takes, in all and from each outcome."""
    evaluation = results.evaluation
    found = bridge(evaluation)
    gross = found.totals[0] if found.left else 0.0
    rows = [
        (
            name.capitalize(),
            summary.money(amount, evaluation),
            formatting.percent(amount / gross) if gross else "",
            summary.money(left, evaluation),
        )
        for (name, amount), left in zip(found.steps, found.totals, strict=True)
    ]
    titles = {row.outcome: row.title for row in evaluation.outcomes}
    order = sorted(found.left, key=lambda name: -abs(found.left[name][-1]))
    each = tuple(
        (titles[name], *(summary.money(amount, evaluation) for amount in found.left[name])) for name in order
    )
    after = ("Outcome", ">Gross value", *(f">After {stage}" for stage in STAGES[1:-1]), ">Present value")
    note = "Over the outcomes in the total and the years that the method counts. Gross value is quantity × proxy over all benefit years."
    tables = (
        Table("Step by step", ("Step", ">Adds", ">Of gross", ">Leaves"), tuple(rows), note),
        Table("What is left of each outcome", after, each),
    )
    return Section(
        "gross-to-net", "From gross value to present value", (), tables, (values.gross_to_net(evaluation),)
    )


def by_year(results: Results) -> Section:
    """What is gained and put in, year by year."""
    evaluation, study = results.evaluation, results.study
    years = range(len(evaluation.discount_factors))
    counted = [row for row in evaluation.outcomes if row.in_total]
    flows = [
        (
            sum(row.by_year[t] or 0.0 for row in counted),
            sum(row.by_year[t] for row in evaluation.inputs),
            sum(row.by_year_pv[t] or 0.0 for row in counted),
            sum(row.by_year_pv[t] for row in evaluation.inputs),
        )
        for t in years
    ]
    balance = accumulate(gained - spent for _, _, gained, spent in flows)
    rows = tuple(
        (str(study.first_year + t), *(summary.money(amount, evaluation) for amount in (*flow, left)))
        for t, flow, left in zip(years, flows, balance, strict=True)
    )
    columns = (
        "Year",
        ">Gained",
        ">Put in",
        ">Gained, present value",
        ">Put in, present value",
        ">Balance so far",
    )
    note = f"In {study.price_year} prices; outcomes in the total. The discount factor of each year stands under method."
    return Section(
        "by-year",
        "Value by year",
        (),
        (Table("Year by year", columns, rows, note),),
        (values.by_year(evaluation),),
    )


def drivers(results: Results) -> Section:
    """Which numbers move the result most."""
    found, currency = results.sensitivity, results.study.currency
    rows = tuple(
        (
            labels.of_path(swing.number.path),
            formatting.plain(swing.number.value),
            ""
            if swing.number.low is None or swing.number.high is None
            else f"{formatting.plain(swing.number.low)} to {formatting.plain(swing.number.high)}",
            *(
                "–" if not math.isfinite(value) else formatting.returned_closely(value, currency)
                for value in (swing.at_low, swing.at_high)
            ),
        )
        for swing in found.swings[:MOST_DRIVERS]
    )
    columns = ("Number", ">Central", ">Range", ">Result at low", ">Result at high")
    left = len(found.swings) - len(rows)
    note = f"The result is {formatting.returned_closely(found.central, currency)} on central values; each number alone between its own ends, recomputed."
    note += f" {left} smaller swings are left out." if left > 0 else ""
    tables = (Table("What moves the result, the widest swing first", columns, rows, note),) if rows else ()
    figure = spreads.tornado(found)
    moved = any(swing.width > 0 for swing in found.swings)
    return Section(
        "tornado", "What drives it", () if moved else (figure.takeaway,), tables, (figure,) if moved else ()
    )


def distribution(results: Results) -> Section:
    """The range of the result, and how often the draws reach what has been claimed."""
    claims = summary.claims_table(results.evaluation)
    beside = (claims,) if claims.rows else ()
    if results.simulation is None:
        said = "No number of the study has a range, so the result has none. It is not certain for that: nobody has said how far it may be out."
        return Section("distribution", "The range, and what has been claimed", (said,), beside)
    found = results.simulation
    said = "Every number with a range was drawn at once, and the study evaluated for each draw. The range holds the ranges of the study and no more."
    figure = spreads.distribution(found)
    return Section(
        "distribution", "The range, and what has been claimed", (said,), (*found.tables, *beside), (figure,)
    )


def demand(results: Results) -> Section:
    """The services that are needed less, what an outcome costs, and wellbeing in its own units."""
    found = results.ledger
    tables = _filled(accounts.demand(found), accounts.costs(found), accounts.wellbeing(found))
    counted = any(row.unit is not None for row in results.evaluation.outcomes)
    return Section(
        "demand",
        "Demand avoided",
        () if counted else ("No outcome of the study is counted in units of a service.",),
        tables,
    )


def returns(results: Results) -> Section:
    """The result under other names and denominators, and under adjustments that the headline does not make."""
    found = results.ledger
    tables = _filled(
        accounts.returns(found),
        accounts.green_book(found),
        accounts.adjustments(found),
        accounts.funders(found),
    )
    said = "None of these is the headline. Each is here because somebody else reads a return in this way."
    return Section("returns", "Other readings of the result", (said,), tables)


def _filled(*tables: Table) -> tuple[Table, ...]:
    return tuple(table for table in tables if table.rows)


def switching(results: Results) -> Section:
    """What each number would have to be for the programme to break even."""
    found = results.switching
    order = ("within its range", "outside its range")
    there = sorted(
        (value for value in found.numbers if value.value is not None),
        key=lambda value: order.index(value.verdict),
    )
    none = len(found.numbers) - len(there)
    rows = tuple(
        (
            labels.of_path(
                value.number
                if value.number.startswith(("outcomes.", "inputs."))
                else f"assumptions.{value.number}"
            ),
            formatting.plain(value.central),
            ""
            if value.low is None or value.high is None
            else f"{formatting.plain(value.low)} to {formatting.plain(value.high)}",
            formatting.significant(value.value or 0.0, 3),
            value.where,
        )
        for value in there
    )
    note = "Each number alone, all others at their central values."
    note += f" Of {none} more no value that they could have would do it alone." if none else ""
    note += (
        ""
        if results.tried_all
        else f" Of this large study only the {len(found.numbers)} numbers that move the result most were tried."
    )
    columns = ("Number", ">Central", ">Range", ">Would have to be", "Which is")
    numbers = (
        (Table("What each number would have to be for the result to break even", columns, rows, note),)
        if rows
        else ()
    )
    titles = {f"outcomes.{row.outcome}": row.title for row in results.evaluation.outcomes}
    whole = tuple(
        (
            titles[value.number],
            formatting.money(value.central, results.study.currency),
            formatting.money(value.value or 0.0, results.study.currency),
        )
        for value in found.outcomes
    )
    outcomes = (
        (
            Table(
                "What each outcome would have to be worth in all",
                ("Outcome", ">Present value", ">Would have to be"),
                whole,
            ),
        )
        if whole
        else ()
    )
    figure = spreads.switching(found)
    shown = () if any(value.low is not None for value in there) else (figure.takeaway,)
    said = "Breaking even means that the present value of the outcomes is that of the inputs: a ratio of 1."
    return Section(
        "switching-values",
        "What would change the verdict",
        (said, *shown),
        (*numbers, *outcomes),
        () if shown else (figure,),
    )
