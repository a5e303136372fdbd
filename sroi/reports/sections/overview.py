"""What it comes to, whom it is about, and the value map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.charts import values
from sroi.reports.parts import Section
from sroi.reports.sections.columns import sentences, table
from sroi.resolution import Resolution
from sroi.results import ledger_tables as accounts
from sroi.results import summary
from sroi.results.spread import chance
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.model import Estimate, Outcome
    from sroi.reports.parts import Results
    from sroi.results.rows import OutcomeRow


def headline(results: Results) -> tuple[tuple[str, str], ...]:
    """The figures that come first, with the range where there is one."""
    return tuple(
        (name, _range(results) if name == "Range" else words)
        for name, words in summary.headline(results.evaluation)
    )


def _range(results: Results) -> str:
    simulation = results.simulation
    if simulation is None:
        return "none: no number of the study has a range"
    currency = results.study.currency
    low, high = (formatting.returned(simulation.ratio.percentiles[percent], currency) for percent in (10, 90))
    above = f"above {formatting.unit(currency)} {chance(simulation.probability_above_one)}"
    return f"{low} to {high} for each {formatting.unit(currency)} in eight draws out of ten; {above}"


def statement(results: Results) -> str:
    """The sentence that is safe to quote: with the range where there is one."""
    return results.evaluation.statement if results.simulation is None else results.simulation.statement


def opening(results: Results) -> Section:
    """The headline, what it rests on and what it is made of."""
    evaluation, study = results.evaluation, results.study
    said = [summary.unsourced_table(study).note]
    wellbeing = summary.by_kind(evaluation).get("wellbeing", 0.0)
    if wellbeing > 0:
        saved = formatting.returned(evaluation.savings_ratio, study.currency)
        one = formatting.unit(study.currency)
        said.append(
            f"{summary.money(wellbeing, evaluation)} of the present value is wellbeing, which is worth something to people and is not money saved. "
            f"The services that bodies of the state need less come to {saved} for each {one} put in, before asking whether any of it is cash."
        )
    if study.status == "draft":
        said.append("This study is a draft: its author has not called it final.")
    return Section("summary", "Summary", tuple(said), (), (values.value_by_outcome(evaluation),))


def who_gains(results: Results) -> Section:
    """What each stakeholder, party and payer gains and puts in."""
    evaluation, study, found = results.evaluation, results.study, results.ledger
    rows = []
    for name, each in evaluation.by_stakeholder.items():
        if any(each.values()):
            holder = study.stakeholders[name]
            sums = (
                summary.money(each["present_value"], evaluation),
                summary.money(each["investment"], evaluation),
            )
            rows.append((holder.title, holder.party, holder.payer, *sums))
    note = "Present values of the outcomes in the total, those for the worse included, and of inputs."
    own = table("By stakeholder", ("Who", "Party", "Budget", ">Gains", ">Puts in"), rows, note)
    tables = (
        accounts.readings(found),
        own,
        accounts.parties(found),
        accounts.payers(found),
        accounts.budget(found),
    )
    shown = tuple(each for each in tables if each.rows)
    return Section(
        "who-gains-and-who-pays",
        "Who gains and who pays",
        (found.statement,),
        shown,
        (values.gains(evaluation),),
    )


def scope(results: Results) -> Section:
    """What the study is for, what it covers, who took part and who was left out."""
    study = results.study
    kinds = {
        "forecast": "It is a forecast: it looks ahead.",
        "evaluation": "It is an evaluation: it looks back at what happened.",
    }
    facts = [
        ("Kind", kinds[study.kind]),
        ("Status", study.status),
        ("Purpose", study.purpose),
        ("Audience", study.audience),
        ("Scope", study.scope),
        ("Place", study.borough and summary.place_of(study)),
        ("Intervention", study.intervention and study.intervention.replace("-", " ")),
        ("Strategy", study.strategy),
        ("Author", study.author),
        ("Written", study.date),
        ("Year 0", str(study.first_year)),
        ("Prices", f"{study.price_year}, {study.currency}"),
    ]
    resolution = Resolution(study)
    held = [(holder, name) for name, holder in study.stakeholders.items()]
    rows = [
        (
            holder.title,
            holder.party,
            holder.payer,
            *(
                _people(resolution, f"stakeholders.{name}.{field}", getattr(holder, field))
                for field in ("size", "involved")
            ),
        )
        for holder, name in held
        if holder.included
    ]
    apart = [
        (holder.title, holder.party, holder.reason or "no reason given")
        for holder, _ in held
        if not holder.included
    ]
    missing = [name for name, said in facts if said is None and name in ("Purpose", "Audience", "Scope")]
    said = [f"Not stated in the study: {formatting.listed(missing).lower()}."] if missing else []
    said += [] if apart else ["No stakeholder is recorded as left out."]
    tables = [
        Table("The study", ("", ""), tuple((name, words) for name, words in facts if words)),
        table("Stakeholders", ("Who", "Party", "Budget", ">How many", ">Took part"), rows),
        Table(
            "Stakeholders left out",
            ("Who", "Party", "Why"),
            tuple((who, party or "", why) for who, party, why in apart),
        ),
    ]
    return Section(
        "scope", "Scope and stakeholders", tuple(said), tuple(each for each in tables if each.rows)
    )


def _people(resolution: Resolution, path: str, count: Estimate | None) -> str:
    number = None if count is None else resolution.number(path, count)
    return "" if number is None else formatting.count(number)


def value_map(results: Results) -> Section:
    """Inputs, what changes for whom, and each outcome from quantity to present value."""
    evaluation, study = results.evaluation, results.study
    chain = [
        (
            study.stakeholders[row.stakeholder].title,
            outcome.activity,
            outcome.output,
            row.title,
            outcome.indicator,
            row.kind,
        )
        for row, outcome in _outcomes(results)
    ]
    columns = ("For whom", "What was done", "What that produced", "What changes", "How it is known", "Kind")
    worked = [
        (
            row.title,
            summary.quantity(row.quantity),
            summary.money(row.value, evaluation),
            _starts(row),
            "" if row.duration is None else formatting.plain(row.duration),
            *(
                summary.in_percent(each)
                for each in (row.deadweight, row.displacement, row.attribution, row.drop_off)
            ),
            "" if row.impact is None else summary.money(row.impact, evaluation),
            summary.money(row.present_value, evaluation)
            if row.in_total or row.present_value is None
            else _apart(row, results),
        )
        for row, _ in _outcomes(results)
    ]
    shares = (">Deadweight", ">Displacement", ">Attribution", ">Drop-off")
    steps = ("Outcome", ">Quantity", ">Proxy", "Starts", ">Years", *shares, ">Impact", ">Present value")
    note = "Proxy: money per unit and benefit year. Attribution is the share due to others. Impact: the first benefit year of the first cohort, "
    note += "after the three deductions. A quantity of 3 × 100 is three cohorts of 100, one a year. A present value in brackets is outside the total."
    return Section(
        "value-map",
        "Value map",
        (),
        (
            summary.inputs_table(evaluation, titled=True),
            table("What changes, for whom, and how it is known", columns, chain),
            Table("From quantity to present value", steps, tuple(worked), note),
        ),
    )


def _outcomes(results: Results) -> list[tuple[OutcomeRow, Outcome]]:
    return [(row, results.study.outcomes[row.outcome]) for row in results.evaluation.outcomes]


def _starts(row: OutcomeRow) -> str:
    if row.starts is None:
        return ""
    return {0: "during", 1: "after"}.get(row.starts, f"{row.starts} years later")


def _apart(row: OutcomeRow, results: Results) -> str:
    return f"({summary.money(row.present_value, results.evaluation)})"


def evidence(results: Results) -> Section:
    """How far each outcome was measured, why it matters, and what says that it lasts."""
    resolution = Resolution(results.study)
    rows = []
    for row, outcome in _outcomes(results):
        path = f"outcomes.{row.outcome}"
        matters = outcome.materiality
        why = (
            matters
            if isinstance(matters, str) or matters is None
            else "; ".join(f"{name}: {words}" for name, words in matters.items())
        )
        counts = (
            _people(resolution, f"{path}.{field}", getattr(outcome, field))
            for field in ("n_measured", "n_population")
        )
        cells = (*counts, why, outcome.horizon_evidence)
        rows.append((row.title, outcome.indicator, *cells))
    columns = ("Outcome", "Indicator", ">Measured", ">Of", "Why it matters", "What says that it lasts")
    bare = [str(row[0]) for row in rows if not any(row[1:])]
    said = [f"Nothing is recorded of how these are known: {formatting.listed(bare)}."] if bare else []
    worse = [row.title for row, _ in _outcomes(results) if (row.impact or 0.0) < 0]
    said.append(
        f"Outcomes for the worse that are counted: {formatting.listed(worse)}."
        if worse
        else "No outcome for the worse is in the map."
    )
    unpriced = [row.title for row, _ in _outcomes(results) if row.value is None]
    said += (
        [f"Without a money value, and so outside the total: {formatting.listed(unpriced)}."]
        if unpriced
        else []
    )
    limits = sentences(results.study.limitations)
    said += ["What the study itself says it cannot show stands under limitations."] if limits else []
    found = table("Outcomes and their evidence", columns, rows)
    return Section(
        "evidence", "Outcomes and evidence", tuple(said), (found,) if len(found.columns) > 1 else ()
    )
