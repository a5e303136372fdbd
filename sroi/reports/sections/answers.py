"""How the value comes about, when, how sure it is, and what would change it."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.charts import spreads, values
from sroi.labels import Figures, path_label
from sroi.reports.parts import Section
from sroi.reports.sections.columns import filled
from sroi.results import demand_tables, summary
from sroi.results import ledger_tables as accounts
from sroi.results.quotes import in_words
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.reports.parts import Results

MOST_DRIVERS = 20
"""Swings that the table of a report lists."""


def gross_to_net(results: Results) -> Section:
    """What each deduction takes, in all and from each outcome."""
    evaluation = results.evaluation
    found = results.bridge
    gross = found.totals[0] if found.left else 0.0
    rows = tuple(
        (
            name.capitalize(),
            summary.money(amount, evaluation),
            formatting.percent(amount / gross) if gross else "",
            summary.money(left, evaluation),
        )
        for (name, amount), left in zip(found.steps, found.totals, strict=True)
    )
    titles = {row.outcome: row.title for row in evaluation.outcomes}
    each = tuple(
        (titles[name], *(summary.money(amount, evaluation) for amount in left))
        for name, left in sorted(found.left.items(), key=lambda item: -abs(item[1][-1]))
    )
    after = (
        "Outcome",
        ">Gross value",
        *(f">After {stage}" for stage in results.bridge.stages[1:-1]),
        ">Present value",
    )
    note = "Over the outcomes in the total and the years that the method counts. "
    note += "Gross value is quantity × proxy over all benefit years."
    tables = (
        Table("Step by step", ("Step", ">Adds", ">Of gross", ">Leaves"), rows, note),
        Table("What is left of each outcome", after, each),
    )
    title = "From gross value to present value"
    return Section("gross-to-net", title, (), tables, (values.gross_to_net(evaluation, found),))


def value_by_year(results: Results) -> Section:
    """What is gained and put in, year by year."""
    evaluation, study = results.evaluation, results.study
    counted = [row for row in evaluation.outcomes if row.in_total]
    years = range(len(evaluation.discount_factors))
    gains = [sum(row.by_year[t] or 0.0 for row in counted) for t in years]
    costs = [sum(row.by_year[t] for row in evaluation.inputs) for t in years]
    flows = list(zip(gains, costs, evaluation.gained_by_year, evaluation.spent_by_year, strict=True))
    balance = accumulate(gained - spent for _, _, gained, spent in flows)
    rows = tuple(
        (str(study.first_year + t), *(summary.money(amount, evaluation) for amount in (*flow, left)))
        for t, (flow, left) in enumerate(zip(flows, balance, strict=True))
    )
    sums = (">Gained", ">Put in", ">Gained, present value", ">Put in, present value", ">Balance so far")
    note = f"In {study.price_year} prices; outcomes in the total. "
    note += "The discount factor of each year stands under method."
    tables = (Table("Year by year", ("Year", *sums), rows, note),)
    return Section("by-year", "Value by year", (), tables, (values.by_year(evaluation),))


def drivers(results: Results) -> Section:
    """Which numbers move the result most."""
    found, write = results.sensitivity, Figures(results.study)
    rows = tuple(
        (
            path_label(results.study, swing.number.path),
            write.one(swing.number.path, swing.number.value),
            write.span(swing.number.path, swing.number.low, swing.number.high),
            *(
                in_words(results.study, value) if math.isfinite(value) else "–"
                for value in (swing.at_low, swing.at_high)
            ),
        )
        for swing in found.swings[:MOST_DRIVERS]
    )
    columns = ("Number", ">Central", ">Range", ">Result at low", ">Result at high")
    left = len(found.swings) - len(rows)
    note = f"The result is {in_words(results.study, found.central)} on central values; "
    note += "each number alone between its own ends, recomputed."
    note += f" {left} smaller swings are omitted." if left > 0 else ""
    tables = filled(Table("What moves the result, the widest swing first", columns, rows, note))
    figure = spreads.tornado(found)
    if any(swing.width > 0 for swing in found.swings):
        return Section("tornado", "What drives it", (), tables, (figure,))
    return Section("tornado", "What drives it", (figure.takeaway,), tables)


def distribution(results: Results) -> Section:
    """The range of the result, and how often the draws reach what has been claimed."""
    title, beside = (
        "The range, and what has been claimed",
        filled(
            summary.claims_table(results.evaluation, results.simulation),
            summary.claims_elsewhere_table(results.study),
        ),
    )
    if results.simulation is None:
        said = "No number of the study has a range, so the result has none. That does not make it certain: "
        said += "nobody has said how far it may be out."
        return Section("distribution", title, (said,), beside)
    said = "Every number with a range was drawn at once, and the study evaluated for each draw. "
    said += "The range holds the ranges of the study and no more."
    tables = (*(table for table in results.simulation.tables if table.key != "claims"), *beside)
    return Section("distribution", title, (said,), tables, (spreads.distribution(results.simulation),))


def demand(results: Results) -> Section:
    """The services that are needed less, what an outcome costs, and wellbeing in its own units."""
    found = results.ledger
    tables = filled(demand_tables.demand(found), accounts.costs(found), accounts.wellbeing(found))
    counted = any(row.unit is not None for row in results.evaluation.outcomes)
    said = () if counted else ("No outcome of the study is counted in units of a service.",)
    return Section("demand", "Demand avoided", said, tables)


def scenarios(results: Results) -> Section | None:
    """The study in its own scenarios, and with every number at its worse and at its better end."""
    found = results.scenarios
    return None if found is None else Section("scenarios", "Scenarios", (found.answer,), found.tables)


def returns(results: Results) -> Section:
    """The result under other names and denominators, and under adjustments outside the headline."""
    found = results.ledger
    readings = (accounts.returns, accounts.green_book, accounts.adjustments, accounts.funders)
    said = "None of these is the headline. Each is here because somebody else reads a return in this way."
    tables = filled(*(reading(found) for reading in readings))
    return Section("returns", "Other readings of the result", (said,), tables)


def switching(results: Results) -> Section:
    """What each number would have to be for the programme to break even."""
    found, currency, write = results.switching, results.study.currency, Figures(results.study)
    there = [value for value in found.numbers if value.value is not None]
    there.sort(key=lambda value: value.verdict != "within its range")
    none, unfound = (
        sum(value.verdict == said for value in found.numbers) for said in ("none at all", "none found")
    )
    rows = tuple(
        (
            path_label(results.study, value.number),
            write.one(value.number, value.central),
            write.span(value.number, value.low, value.high),
            write.three(value.number, value.value),
            value.where,
        )
        for value in there
    )
    note = "Each number alone, all others at their central values."
    note += f" Of {none} more no value that they could have would do it alone." if none else ""
    note += f" Of {unfound} more no value was found that would." if unfound else ""
    if not results.tried_all:
        note += f" Of this large study only the {len(found.numbers)} numbers that move the result most were "
        note += "tried."
    titles = {f"outcomes.{row.outcome}": row.title for row in results.evaluation.outcomes}
    whole = tuple(
        (
            titles[each.number],
            *(formatting.money(sum_, currency) for sum_ in (each.central, each.value or 0.0)),
        )
        for each in found.outcomes
    )
    needed, of_number = ">Would have to be", "What each number would have to be for the result to break even"
    tables = filled(
        Table(of_number, ("Number", ">Central", ">Range", needed, "Which is"), rows, note),
        Table(
            "What each outcome would have to be worth in all", ("Outcome", ">Present value", needed), whole
        ),
    )
    figure = spreads.switching(found)
    ranged = any(value.low is not None for value in there)
    said = "Breaking even means that the present value of the outcomes is that of the inputs: a ratio of 1."
    return Section(
        "switching-values",
        "What would change the verdict",
        (said,) if ranged else (said, figure.takeaway),
        tables,
        (figure,) if ranged else (),
    )
