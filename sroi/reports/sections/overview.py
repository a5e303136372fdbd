"""What it comes to, whom it is about, and the value map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.charts import values
from sroi.labels import payer_label
from sroi.model import DEDUCTIONS
from sroi.reports.parts import Section
from sroi.reports.sections.columns import filled, sentences, table, words
from sroi.resolution import Numbers, numbers_of
from sroi.results import ledger_tables as accounts
from sroi.results import summary
from sroi.results.quotes import in_words, place_name
from sroi.tables import Table
from sroi.words import readable

if TYPE_CHECKING:
    from sroi.model import Outcome
    from sroi.reports.parts import Results
    from sroi.results.rows import OutcomeRow
    from sroi.tables import Fact


def headline(results: Results) -> tuple[Fact, ...]:
    """The figures that come first, with the range where there is one."""
    facts = summary.headline(results.evaluation, results.simulation)
    if results.simulation is not None:
        return facts
    none = "none: no number of the study has a range"
    return tuple(replace(fact, figure=none) if fact.key == "range" else fact for fact in facts)


def opening(results: Results) -> Section:
    """The headline, what it rests on and what it is made of."""
    evaluation, study = results.evaluation, results.study
    said = [summary.unsourced_table(study).note]
    wellbeing = summary.value_by_kind(evaluation).get("wellbeing", 0.0)
    if wellbeing > 0:
        saved = in_words(study, evaluation.savings_ratio)
        one = formatting.unit(study.currency)
        said.append(
            f"{summary.money(wellbeing, evaluation)} of the present value is wellbeing, which is worth "
            "something to people and is not money saved. The services that bodies of the state need less "
            f"come to {saved} for each {one} put in, before asking whether any of it is cash."
        )
    unstated = summary.value_by_kind(evaluation).get("not_stated", 0.0)
    if unstated > 0:
        said.append(
            f"{summary.money(unstated, evaluation)} of the present value is of a kind that is not stated, "
            "so it counts as no saving."
        )
    if study.status == "draft":
        said.append("This study is a draft: its author has not called it final.")
    return Section("summary", "Summary", tuple(said), (), (values.value_by_outcome(evaluation),))


def who_gains(results: Results) -> Section:
    """What each stakeholder, party and payer gains and puts in."""
    evaluation, found = results.evaluation, results.ledger
    rows = []
    for name, each in evaluation.by_stakeholder.items():
        if any(each.values()):
            holder = results.study.stakeholders[name]
            sums = (summary.money(each[field], evaluation) for field in ("present_value", "investment"))
            rows.append(
                (
                    holder.title,
                    accounts.party_label(holder.party),
                    payer_label(results.study, holder.payer),
                    *sums,
                )
            )
    note = "Present values of the outcomes in the total, those for the worse included, and of inputs."
    tables = filled(
        accounts.readings(found),
        table("By stakeholder", ("Who", "Party", "Budget", ">Gains", ">Puts in"), rows, note),
        accounts.parties(found),
        accounts.payers(found),
        accounts.budget(found),
    )
    title, figures = "Who gains and who pays", (values.gains(evaluation),)
    return Section("who-gains-and-who-pays", title, (found.statement,), tables, figures)


def scope(results: Results) -> Section:
    """What the study is for, what it covers, who took part and who was left out."""
    study = results.study
    kinds = {
        "forecast": "It is a forecast: it looks ahead.",
        "evaluation": "It is an evaluation: it looks back at what happened.",
    }
    wanted = {"Purpose": study.purpose, "Audience": study.audience, "Scope": study.scope}
    facts = {
        "Kind": kinds[study.kind],
        "Status": study.status,
        **wanted,
        "Place": study.borough and place_name(study),
        "Intervention": study.intervention and readable(study.intervention.replace("-", " ")),
        "Strategy": study.strategy,
        "Author": study.author,
        "Approved by": study.approver,
        "Written": study.date,
        "Year 0": str(study.first_year),
        "Prices": f"{study.price_year}, {study.currency}",
    }
    numbers = numbers_of(study)
    rows, apart = [], []
    for name, holder in study.stakeholders.items():
        if holder.included:
            counts = (_people(numbers, f"stakeholders.{name}.{field}") for field in ("size", "involved"))
            rows.append(
                (holder.title, accounts.party_label(holder.party), payer_label(study, holder.payer), *counts)
            )
        else:
            apart.append(
                (holder.title, accounts.party_label(holder.party), holder.reason or "no reason given")
            )
    missing = [name for name, words in wanted.items() if words is None]
    said = [f"Not stated in the study: {formatting.listed(missing).lower()}."] if missing else []
    said += [] if apart else ["No stakeholder is recorded as left out."]
    tables = filled(
        Table("The study", ("", ""), tuple((name, words) for name, words in facts.items() if words)),
        table("Stakeholders", ("Who", "Party", "Budget", ">How many", ">Took part"), rows),
        Table("Stakeholders left out", ("Who", "Party", "Why"), tuple(apart)),
    )
    return Section("scope", "Scope and stakeholders", tuple(said), tables)


def _people(numbers: Numbers, path: str) -> str:
    number = numbers.value(path)
    return "" if number is None else formatting.count(number)


def _share(numbers: Numbers, path: str) -> str:
    number = numbers.value(path)
    return "" if number is None else formatting.percent(number)


def value_map(results: Results) -> Section:
    """Inputs, what changes for whom, and each outcome from quantity to present value."""
    evaluation, study = results.evaluation, results.study
    chain, worked = [], []
    for row, outcome in _outcomes(results):
        who, made = study.stakeholders[row.stakeholder].title, (outcome.activity, outcome.output)
        chain.append((who, *made, row.title, outcome.indicator, readable(row.kind, capital=False)))
        present = summary.money(row.present_value, evaluation)
        worked.append(
            (
                row.title,
                summary.quantity(row.quantity),
                summary.proxy(row.value, evaluation),
                "" if row.starts is None else _STARTS.get(row.starts, f"{row.starts} years later"),
                "" if row.duration is None else formatting.plain(row.duration),
                *(summary.share(getattr(row, field)) for field in (*DEDUCTIONS, "drop_off")),
                "" if row.impact is None else summary.money(row.impact, evaluation),
                present if row.in_total or row.present_value is None else f"({present})",
            )
        )
    columns = ("For whom", "What was done", "What that produced", "What changes", "How it is known", "Kind")
    shares = (*(f">{name.capitalize()}" for name in DEDUCTIONS), ">Drop-off")
    steps = ("Outcome", ">Quantity", ">Proxy", "Starts", ">Years", *shares, ">Impact", ">Present value")
    note = (
        "Proxy: money per unit and benefit year. Attribution is the share due to others. Impact: the first "
    )
    note += "benefit year of the first cohort, after the deductions. A quantity of 3 × 100 is three "
    note += "cohorts of 100, one a year. A present value in brackets is outside the total."
    tables = (
        summary.inputs_table(evaluation),
        table("What changes, for whom, and how it is known", columns, chain),
        Table("From quantity to present value", steps, tuple(worked), note),
    )
    return Section("value-map", "Value map", (), tables)


_STARTS = {0: "during", 1: "after"}


def _outcomes(results: Results) -> list[tuple[OutcomeRow, Outcome]]:
    return [(row, results.study.outcomes[row.outcome]) for row in results.evaluation.outcomes]


def evidence(results: Results) -> Section:
    """How far each outcome was measured, why it matters, and what says that it lasts."""
    numbers = numbers_of(results.study)
    rows = []
    for row, outcome in _outcomes(results):
        matters = words(outcome.materiality)
        counts = (
            _people(numbers, f"outcomes.{row.outcome}.{field}") for field in ("n_measured", "n_population")
        )
        why = "; ".join(filter(None, (outcome.reason, matters)))
        matters = why if outcome.material else f"Not material: {why or 'no reason is given'}"
        path = f"outcomes.{row.outcome}"
        design = outcome.design and readable(outcome.design)
        shares = (_share(numbers, f"{path}.{field}") for field in ("response_rate", "comparison_rate"))
        known = (design, *counts, *shares, _people(numbers, f"{path}.followed_up"))
        rows.append(
            (row.title, outcome.indicator, *known, matters, outcome.horizon_evidence, words(outcome.codes))
        )
    columns = (
        *("Outcome", "Indicator", "Design", ">Measured", ">Of", ">Answered", ">Changed without it"),
        *(">Months after", "Why it matters", "What says that it lasts", "Codes"),
    )
    found = table("Outcomes and their evidence", columns, rows)
    bare = [str(row[0]) for row in rows if not any(row[1:])]
    worse = [row.title for row in results.evaluation.outcomes if (row.impact or 0.0) < 0]
    unpriced = [row.title for row in results.evaluation.outcomes if row.value is None]
    said = [f"Nothing is recorded of how these are known: {formatting.listed(bare)}."] if bare else []
    counted = f"Outcomes for the worse that are counted: {formatting.listed(worse)}."
    said.append(counted if worse else "No outcome for the worse is in the map.")
    if unpriced:
        said.append(f"Without a money value, and so outside the total: {formatting.listed(unpriced)}.")
    if sentences(results.study.limitations):
        said.append("What the study itself says it cannot show stands under limitations.")
    tables = (found,) if len(found.columns) > 1 else ()
    return Section("evidence", "Outcomes and evidence", tuple(said), tables)
