"""What it all rests on: every number, its source, the checks, the method and the versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sroi import formatting, labels
from sroi.evaluation.bridge import bridge
from sroi.reports.parts import Section
from sroi.reports.sections.columns import sentences, table
from sroi.reports.sections.texts import GLOSSARY, LIMITATIONS, formulas_of
from sroi.results import lineage, summary
from sroi.tables import Table
from sroi.version import VERSION

if TYPE_CHECKING:
    from sroi.reports.parts import Results

_BASIS = {
    "borrowed": "borrowed from another place",
    "structural": "a definition",
    "assumed": "an assumption without a source",
}


def assumptions(results: Results) -> Section:
    """Every number that the result rests on: value, unit, range, source, grade and layer."""
    rows = []
    for number in lineage.numbers_used(results.study):
        stands_on = number.source or ("" if number.computed else _BASIS[number.basis])
        if number.borrowed_from is not None:
            stands_on = f"borrowed from {number.borrowed_from}" + (
                f", {number.source}" if number.source else ""
            )
        made = f"= {number.written}" if number.written is not None else None
        why = "; ".join(part for part in (made, number.rationale) if part)
        value = "" if number.value is None else formatting.plain(number.value)
        rows.append(
            (
                labels.of_path(number.path),
                value,
                number.unit,
                summary.span(number),
                stands_on,
                number.grade,
                number.layer,
                why,
            )
        )
    columns = ("Number", ">Value", "Unit", ">Range", "Source", "Grade", "Written in", "Why")
    note = f"Money is in {results.study.price_year} prices, converted where it was written in others."
    grades = "Grades run from A, official or a trial of this very programme, to F, judgement only."
    return Section(
        "assumptions",
        "Assumptions: every number behind the result",
        (grades,),
        (table("Numbers", columns, rows, note, kept=2),),
    )


def sources(results: Results) -> Section:
    """The documents that numbers and claims are taken from."""
    study = results.study
    named = {*lineage.sources_used(study), *(claim.source for claim in study.claims.values())}
    rows = []
    for name, source in study.sources.items():
        if name in named:
            by = (
                source.publisher
                if source.author is None
                else formatting.listed(part for part in (source.author, source.publisher) if part)
            )
            rows.append(
                (
                    name,
                    source.title,
                    by,
                    source.year,
                    source.page,
                    source.url and str(source.url),
                    source.retrieved,
                    source.licence,
                )
            )
    columns = ("Name", "Title", "By", "Year", "Where in it", "Address", "Read on", "Licence")
    said = () if rows else ("The study names no source.",)
    return Section(
        "sources",
        "Sources",
        said,
        (table("Sources of numbers and claims", columns, rows, kept=2),) if rows else (),
    )


def checks(results: Results) -> Section:
    """What a reader should be told, what has no source, and whether the parts sum to the whole."""
    evaluation = results.evaluation
    drawn = results.simulation.warnings if results.simulation is not None else ()
    warnings = dict.fromkeys((*evaluation.warnings, *results.ledger.warnings, *drawn))
    said = [f"Warning: {warning}." for warning in warnings] or ["The calculation gave no warning."]
    if not results.dated and any(source.review_by for source in results.study.sources.values()):
        said.append("This report has no date, so no source was judged due for review.")
    basis = [(_stands(name), formatting.percent(share)) for name, share in evaluation.value_by_basis.items()]
    unsourced = summary.unsourced_table(results.study)
    tables = [
        _reconciled(results),
        Table("What the value rests on", ("It stands on", ">Share of the value"), tuple(basis)),
        replace(unsourced, rows=tuple((labels.of_path(row[0]), *row[1:]) for row in unsourced.rows)),
    ]
    return Section("checks", "Checks", tuple(said), tuple(each for each in tables if each.rows))


def _stands(name: str) -> str:
    return {"sourced": "numbers with a source", "borrowed": "numbers borrowed from another place"}.get(
        name, "assumptions without a source" if name == "assumed" else "definitions"
    )


def _reconciled(results: Results) -> Table:
    evaluation = results.evaluation
    counted = [row for row in evaluation.outcomes if row.in_total]
    years = range(len(evaluation.discount_factors))
    stakeholders = evaluation.by_stakeholder.values()
    sums: list[tuple[str, float, float]] = [
        (
            "Present value, summed by outcome",
            sum(row.present_value or 0.0 for row in counted),
            evaluation.present_value,
        ),
        (
            "Present value, summed by year",
            sum(row.by_year_pv[t] or 0.0 for t in years for row in counted),
            evaluation.present_value,
        ),
        (
            "Present value, summed by stakeholder",
            sum(each["present_value"] for each in stakeholders),
            evaluation.present_value,
        ),
        (
            "Present value, from gross value step by step",
            sum(amount for _, amount in bridge(evaluation).steps),
            evaluation.present_value,
        ),
        (
            "Inputs, summed by input",
            sum(row.present_value for row in evaluation.inputs),
            evaluation.investment,
        ),
        (
            "Inputs, summed by stakeholder",
            sum(each["investment"] for each in stakeholders),
            evaluation.investment,
        ),
    ]
    rows = tuple(
        (
            name,
            formatting.money(parts, results.study.currency, whole=True),
            formatting.money(whole, results.study.currency, whole=True),
            _differs(parts, whole),
        )
        for name, parts, whole in sums
    )
    return Table(
        "Do the parts sum to the whole?", ("Figure", ">Sum of the parts", ">Result", "Difference"), rows
    )


def _differs(parts: float, whole: float) -> str:
    """A difference in words; what is left by the rounding of floating-point sums is none."""
    size = max(abs(parts), abs(whole), 1.0)
    return "none" if abs(parts - whole) <= 1e-9 * size else formatting.significant(parts - whole, 3)


def method(results: Results) -> Section:
    """Every convention, the formulas under them, and the discount factors."""
    study, profile = results.study, results.study.method
    fields = tuple(
        (name, _choice(getattr(profile, name)), field.description or "")
        for name, field in type(profile).model_fields.items()
    )
    factors = results.evaluation.discount_factors
    rows = tuple((str(study.first_year + t), str(t), f"{factor:.6f}") for t, factor in enumerate(factors))
    tables = [
        Table("Every choice of the method", ("Choice", "Here", "What it decides"), fields),
        Table("Formulas, in their order", ("Figure", "Formula"), formulas_of(profile)),
        Table("Discount factors of outcomes", ("Year", ">Index", ">Factor"), rows),
    ]
    own = [
        (row.title, str(study.outcomes[row.outcome].discount_schedule))
        for row in results.evaluation.outcomes
        if study.outcomes[row.outcome].discount_schedule
    ]
    tables += (
        [Table("Outcomes with a discount schedule of their own", ("Outcome", "Schedule"), tuple(own))]
        if own
        else []
    )
    return Section("method", "Method in full", (f"Method {profile.in_words}.",), tuple(tables))


def _choice(value: Any) -> str:
    return (
        "none"
        if value is None
        else ("yes" if value else "no")
        if isinstance(value, bool)
        else str(value).replace("_", " ")
    )


def limitations(results: Results) -> Section:
    """What the study says it cannot show, and what no such result can."""
    own = sentences(results.study.limitations)
    said = own or ("The study states no limitations of its own. These hold for every result of this kind.",)
    return Section(
        "limitations",
        "Limitations",
        said,
        (Table("What no such result can say", ("Limit", "What it means"), LIMITATIONS),),
    )


def decisions(results: Results) -> Section:
    """What was decided, what was accepted by whom, and the versions that the result was made with."""
    evaluation, study = results.evaluation, results.study
    decided = sentences(study.decisions)
    said = decided or ("No decision is recorded that followed from this result.",)
    provenance = evaluation.provenance
    versions = [
        ("Engine", provenance["engine"] if provenance else f"sroi {VERSION}"),
        ("Method", provenance["method_sha256"]),
    ]
    versions += [("Study", provenance["study_sha256"])] if provenance["study_sha256"] else []
    versions += [(f"Pack {name}", digest) for name, digest in provenance["packs"].items()]
    found = results.simulation
    versions += (
        [("Draws", f"{found.draws:,}, seed {found.seed}, {found.sampler}")] if found is not None else []
    )
    accepted = tuple(
        (each.rule, each.object, each.reason, each.person, each.date, each.expiry) for each in study.waivers
    )
    tables = [
        Table("Findings that were accepted", ("Rule", "Of what", "Why", "By whom", "On", "Until"), accepted),
        Table(
            "Made with",
            ("What", "Version or SHA-256"),
            tuple(versions),
            "The same versions give the same result.",
        ),
    ]
    return Section(
        "record", "Record: decisions, waivers and versions", said, tuple(each for each in tables if each.rows)
    )


def glossary(_: Results) -> Section:
    """What the words mean."""
    return Section("glossary", "Glossary", (), (Table("Words", ("Word", "What it means here"), GLOSSARY),))
