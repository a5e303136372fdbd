"""What a person reads of a result: the same rows for the terminal, Markdown and notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.labels import Figures
from sroi.model import DEDUCTIONS
from sroi.resolution import numbers_of
from sroi.results import comparison, lineage, notebook, quotes
from sroi.results.spread import chance
from sroi.tables import Fact, Table
from sroi.text import escape_markdown
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sroi.model import Claim, Study
    from sroi.results.evaluation import Evaluation
    from sroi.results.rows import OneOrMany, OutcomeRow
    from sroi.results.simulation import Simulation

MEANINGS = {
    "savings": "savings",
    "social_value": "social value",
    "unclear": "savings or social value (unclear)",
}


def headline(evaluation: Evaluation, simulation: Simulation | None = None) -> tuple[Fact, ...]:
    """The figures that come first, each with its key, what it is called and what it is."""
    study, years = evaluation.study, evaluation.payback_years
    overtakes = "not within the years counted" if years is None else formatting.overtakes(years)
    social = f"{formatting.unit(study.currency)} gives about {returned(evaluation)} of social value"
    present = money(evaluation.present_value, evaluation)
    net = money(evaluation.net_present_value, evaluation)
    return (
        Fact("social_return", "Social return", social),
        Fact("range", "Range", range_in_words(evaluation, simulation)),
        Fact("net_present_value", "Net present value", net, f" in {study.price_year} prices"),
        Fact("present_value", "Present value of outcomes", present, _made_of(evaluation)),
        Fact("investment", "Present value of inputs", money(evaluation.investment, evaluation)),
        Fact("overtakes", "Value overtakes cost", overtakes, " (not cash)"),
        Fact("method", "Method", study.method.in_words),
    )


def returned(evaluation: Evaluation) -> str:
    """What one unit of money gives on central values, never rounded across a claim of it."""
    study = evaluation.study
    return quotes.in_words(study, evaluation.social_return_ratio)


def range_in_words(evaluation: Evaluation, simulation: Simulation | None) -> str:
    """The range, from how many numbers it is, and how often it is above one; or that there is none."""
    study = evaluation.study
    one = formatting.unit(study.currency)
    if simulation is None:
        return "none: computed on the central value of every number"
    if not simulation.uncertain:
        return "none: no number of the study has a range"
    low, high = (quotes.in_words(study, end) for end in simulation.interval)
    half = quotes.median(simulation)
    below = f", half of them below {half}" if half else ""
    return (
        f"{low} to {high} for each {one} in eight draws out of ten{below}; "
        f"{quotes.varied(simulation).words}; above {one} {chance(simulation.probability_above_one)}"
    )


def value_by_kind(evaluation: Evaluation) -> dict[str, float]:
    """Present value in the total by kind of outcome."""
    sums: dict[str, float] = {}
    for row in evaluation.outcomes:
        if row.in_total and row.present_value:
            sums[row.kind] = sums.get(row.kind, 0.0) + row.present_value
    return sums


def _made_of(evaluation: Evaluation) -> str:
    sums = value_by_kind(evaluation)
    if len(sums) < 2:
        return "".join(f", all of it {readable(kind, capital=False)}" for kind in sums)
    parts = formatting.listed(
        f"{readable(kind, capital=False)} {money(amount, evaluation)}" for kind, amount in sums.items()
    )
    return f", of which {parts}"


def tables(evaluation: Evaluation) -> tuple[Table, ...]:
    """Outcomes, inputs, numbers without a source, and what has been claimed."""
    found = (
        outcomes_table(evaluation),
        inputs_table(evaluation),
        unsourced_table(evaluation.study),
        claims_table(evaluation),
        claims_elsewhere_table(evaluation.study),
    )
    return tuple(table for table in found if table.rows)


def outcomes_table(evaluation: Evaluation) -> Table:
    """The outcomes, the largest first, those outside the total last."""
    rows = sorted(evaluation.outcomes, key=lambda row: (not row.in_total, -abs(row.present_value or 0.0)))
    cells = tuple(
        (
            row.title,
            evaluation.study.stakeholders[row.stakeholder].title,
            quantity(row.quantity),
            proxy(row.value, evaluation),
            formatting.listed(share(getattr(row, field)) for field in DEDUCTIONS),
            money(row.present_value, evaluation),
            part,
        )
        for row, part in zip(rows, _shares_of_total(rows, evaluation.present_value), strict=True)
    )
    columns = ("Outcome", "For", ">Quantity", ">Proxy", ">Deductions", ">Present value", ">Of total")
    note = f"Deductions: {formatting.listed(DEDUCTIONS)}."
    if any(isinstance(row.quantity, tuple) for row in rows):
        note += " A quantity of 3 × 100 is three cohorts of 100, one a year."
    return Table("Outcomes, largest first", columns, cells, note, key="outcomes")


def _shares_of_total(rows: Sequence[OutcomeRow], total: float) -> Iterator[str]:
    counted = [(row.present_value or 0.0) / total if total else 0.0 for row in rows if row.in_total]
    parts = iter(formatting.percents(counted))
    for row in rows:
        yield next(parts) if row.in_total else "not priced" if row.value is None else "transfer"


def inputs_table(evaluation: Evaluation) -> Table:
    """What was put in, by whom."""
    cells = tuple(
        (
            each.title or readable(each.input),
            evaluation.study.stakeholders[each.stakeholder].title,
            readable(each.kind, capital=False),
            money(sum(each.by_year), evaluation),
            money(each.present_value, evaluation),
        )
        for each in evaluation.inputs
    )
    columns = ("Input", "From", "Kind", ">Undiscounted", ">Present value")
    return Table("Inputs", columns, cells, key="inputs")


def unsourced_table(study: Study) -> Table:
    """The numbers that stand on judgement alone, and beneath them how many stand on what."""
    used = numbers_of(study).used
    counts, write = lineage.standing(used), Figures(study)
    cells = tuple(
        (
            write.called(number.path),
            write.one(number.path, number.value),
            write.span(number.path, number.low, number.high),
            number.rationale or "no rationale given",
        )
        for number in used
        if not number.computed and number.basis == "assumed"
    )
    note = f"Of {counts.numbers} numbers {counts.sourced} name a source, "
    note += f"{counts.borrowed} are borrowed from another place, "
    note += f"{counts.assumed} are assumptions without a source, {counts.structural} are definitions."
    note += f" {counts.local_borrowed} of {counts.local} local numbers are borrowed." if counts.local else ""
    columns = ("Number", ">Value", ">Range", "Rationale")
    return Table("Assumptions without a source", columns, cells, note, key="unsourced")


def claims_table(evaluation: Evaluation, simulation: Simulation | None = None) -> Table:
    """What has been claimed of this result in public, beside what it gives for the same meaning.

    With a simulation it says too how often the draws reach each claim.
    """
    study = evaluation.study
    note = "Savings: services that bodies of the state need less, whether or not any of it is cash."
    cells: list[tuple[str, ...]] = []
    claims = quotes.claims_of(study)
    of_some = any(claim.over not in (None, "all") for claim in claims.values())
    for name, claim in claims.items():
        over = (denominator(claim.over),) if of_some else ()
        ours = comparison.over_same(evaluation, claim).in_words(claim.meaning, claim.ratio)
        said = (claim.says, _claimed(claim), MEANINGS[claim.meaning], *over)
        cells.append((*said, claimant(study, claim), ours))
        if simulation is not None:
            cells[-1] += (simulation.reached(name),)
    over, ours = (("Over whose money",), "This result over the same") if of_some else ((), "This result")
    columns = ("Claim", ">Ratio", "Meaning", *over, "Said by", f">{ours}")
    drawn = () if simulation is None else ("Reached",)
    return Table("Claims beside this result", (*columns, *drawn), tuple(cells), note, key="claims")


def claims_elsewhere_table(study: Study) -> Table:
    """What has been claimed of other places or of the intervention at large."""
    own, cells = quotes.claims_of(study), []
    for name, claim in study.claims.items():
        if name not in own:
            said = (claim.says, _claimed(claim), MEANINGS[claim.meaning], denominator(claim.over))
            cells.append((claimed_place(study, name), *said, claimant(study, claim)))
    columns = ("Place", "Claim", ">Ratio", "Meaning", "Over whose money", "Said by")
    note = "None is of this place and this study, so none is set beside the result."
    return Table("Claims made elsewhere", columns, tuple(cells), note, key="claims_elsewhere")


def claimed_place(study: Study, name: str) -> str:
    """The place whose pack carries a claim."""
    origin = study.provenance.origin(f"claims.{name}") if study.provenance is not None else None
    kind, _, place = ("" if origin is None else origin.layer).partition(" ")
    return quotes.place_name(place) if kind == "pack" else "no one place"


_OVER = {
    None: "not stated",
    "all": "all inputs",
    "public": "public money",
    "council": "the council's money",
    "cash": "cash alone",
}


def denominator(over: str | None) -> str:
    """Whose pounds a claim is for, in words."""
    return _OVER.get(over) or f"the money of {readable(str(over).partition(':')[2].strip())}"


def _claimed(claim: Claim) -> str:
    return "" if claim.ratio is None else formatting.claim_in_a_column(claim.ratio)


def claimant(study: Study, claim: Claim) -> str:
    """Who made a claim, and when."""
    source = study.sources.get(claim.source) if claim.source is not None else None
    if source is None:
        return "no source"
    by = source.publisher or source.author or source.title
    return ", ".join(part for part in (by, source.year) if part)


def quantity(value: OneOrMany | None) -> str:
    """How many units, by cohort where there are several."""
    if value is None:
        return "not known"
    if not isinstance(value, tuple):
        return formatting.count(value)
    if len(set(value)) == 1:
        return f"{len(value)} × {formatting.count(value[0])}"
    return formatting.listed(map(formatting.count, value))


def money(value: float | None, evaluation: Evaluation) -> str:
    """A sum in the study's currency."""
    return "not priced" if value is None else formatting.money(value, evaluation.study.currency)


def proxy(value: OneOrMany | None, evaluation: Evaluation) -> str:
    """A financial proxy, or one for each benefit year."""
    if not isinstance(value, tuple):
        return money(value, evaluation)
    return formatting.listed(money(each, evaluation) for each in value)


def share(value: OneOrMany | None) -> str:
    """A share, or one for each benefit year."""
    if value is None:
        return "–"
    return "/".join(map(formatting.percent, value if isinstance(value, tuple) else (value,)))


def markdown(evaluation: Evaluation) -> str:
    """A result in Markdown."""
    lines = [f"# {escape_markdown(evaluation.study.title)}", ""]
    lines += [f"- **{fact.label}**: {escape_markdown(fact.text)}" for fact in headline(evaluation)]
    lines += ["", *(table.to_markdown() for table in evaluation.tables)]
    if evaluation.warnings:
        lines += ["## Warnings", "", *(f"- {escape_markdown(each)}" for each in evaluation.warnings), ""]
    return "\n".join([*lines, f"> {escape_markdown(evaluation.statement)}", ""])


def html(evaluation: Evaluation) -> str:
    """The headline, the outcomes and the sentence of a result as an HTML fragment, every text escaped."""
    first, *others = headline(evaluation)
    return notebook.panel(
        evaluation.study.title,
        first.text,
        tables(evaluation),
        facts=others,
        most_tables=1,
        statement=evaluation.statement,
        warnings=len(evaluation.warnings),
    )
