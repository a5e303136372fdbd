"""What it all rests on: every number, its source, the checks, the method and the versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.labels import Figures, formula_in_words, path_label
from sroi.reports.parts import Section
from sroi.reports.sections.columns import filled, sentences, table
from sroi.reports.sections.texts import GLOSSARY, LIMITATIONS, method_choices, method_formulas
from sroi.resolution import numbers_of
from sroi.results import lineage
from sroi.tables import Table
from sroi.version import VERSION

if TYPE_CHECKING:
    from sroi.numbers import Number
    from sroi.reports.parts import Results

_BASIS = {
    "borrowed": "borrowed from another place",
    "structural": "a definition",
    "assumed": "an assumption without a source",
}
_BASES = {
    "sourced": "numbers with a source",
    "borrowed": "numbers borrowed from another place",
    "assumed": "assumptions without a source",
    "structural": "definitions",
}


def assumptions(results: Results) -> Section:
    """Every number that the result rests on: value, unit, range, source, grade and layer."""
    write = Figures(results.study)
    rows = [
        (
            path_label(results.study, number.path),
            write.one(number.path, number.value),
            write.unit(number.unit),
            write.span(number.path, number.low, number.high),
            _stands_on(number),
            number.grade,
            number.layer,
            "; ".join(
                part
                for part in (
                    number.written and f"= {formula_in_words(results.study, number.written)}",
                    number.rationale,
                )
                if part
            ),
        )
        for number in numbers_of(results.study).used
    ]
    columns = ("Number", ">Value", "Unit", ">Range", "Source", "Grade", "Written in", "Why")
    note = f"Money is in {results.study.price_year} prices, converted where it was written in others."
    grades = "Grades run from A, official or a trial of this very programme, to F, judgement only."
    title = "Assumptions: every number behind the result"
    return Section("assumptions", title, (grades,), (table("Numbers", columns, rows, note, kept=2),))


def _stands_on(number: Number) -> str:
    if number.borrowed_from is not None:
        return ", ".join(filter(None, (f"borrowed from {number.borrowed_from}", number.source)))
    return number.source or ("" if number.computed else _BASIS[number.basis])


def sources(results: Results) -> Section:
    """The documents that numbers and claims are taken from."""
    study = results.study
    named = {*lineage.sources_used(study), *(claim.source for claim in study.claims.values())}
    rows = [
        (
            name,
            source.title,
            formatting.listed(part for part in (source.author, source.publisher) if part),
            source.year,
            source.page,
            source.where,
            source.retrieved,
            source.licence,
        )
        for name, source in study.sources.items()
        if name in named
    ]
    columns = ("Name", "Title", "By", "Year", "Where in it", "Address", "Read on", "Licence")
    said = () if rows else ("The study names no source.",)
    tables = filled(table("Sources of numbers and claims", columns, rows, kept=2))
    return Section("sources", "Sources", said, tables)


def checks(results: Results) -> Section:
    """The warnings, what the value rests on, and whether the parts sum to the whole."""
    evaluation = results.evaluation
    drawn = results.simulation.warnings if results.simulation is not None else ()
    warnings = dict.fromkeys((*evaluation.warnings, *results.ledger.warnings, *drawn))
    said = [f"Warning: {warning}." for warning in warnings] or ["The calculation gave no warning."]
    if not results.dated and any(source.review_by for source in results.study.sources.values()):
        said.append("This report has no date, so no source was judged due for review.")
    held = evaluation.value_by_basis
    basis = tuple(zip((_BASES[name] for name in held), formatting.percents(held.values()), strict=True))
    tables = filled(
        _reconciled(results),
        Table("What the value rests on", ("It stands on", ">Share of the value"), basis),
    )
    return Section("checks", "Checks", tuple(said), tables)


def _reconciled(results: Results) -> Table:
    evaluation, currency = results.evaluation, results.study.currency
    counted = [row for row in evaluation.outcomes if row.in_total]
    stakeholders = evaluation.by_stakeholder.values()
    gained = {
        "summed by outcome": sum(row.present_value or 0.0 for row in counted),
        "summed by year": sum(evaluation.gained_by_year),
        "summed by stakeholder": sum(each["present_value"] for each in stakeholders),
        "from gross value step by step": sum(amount for _, amount in results.bridge.steps),
    }
    spent = {
        "summed by input": sum(row.present_value for row in evaluation.inputs),
        "summed by stakeholder": sum(each["investment"] for each in stakeholders),
    }
    sums = [(f"Present value, {how}", parts, evaluation.present_value) for how, parts in gained.items()]
    sums += [(f"Inputs, {how}", parts, evaluation.investment) for how, parts in spent.items()]
    rows = tuple(
        (name, *(formatting.money(amount, currency, whole=True) for amount in pair), _difference(*pair))
        for name, *pair in sums
    )
    columns = ("Figure", ">Sum of the parts", ">Result", "Difference")
    return Table("Do the parts sum to the whole?", columns, rows)


def _difference(parts: float, whole: float) -> str:
    """A difference in words; what is left by the rounding of floating-point sums is none."""
    size = max(abs(parts), abs(whole), 1.0)
    return "none" if abs(parts - whole) <= 1e-9 * size else formatting.significant(parts - whole, 3)


def method(results: Results) -> Section:
    """Every convention, the formulas under them, and the discount factors."""
    study = results.study
    factors = enumerate(results.evaluation.discount_factors)
    rows = tuple((str(study.first_year + t), str(t), f"{factor:.6f}") for t, factor in factors)
    own = tuple(
        (row.title, str(study.outcomes[row.outcome].discount_schedule))
        for row in results.evaluation.outcomes
        if study.outcomes[row.outcome].discount_schedule
    )
    choices = ("Choice", "Here", "What it decides")
    tables = filled(
        Table("Every choice of the method", choices, method_choices(study.method)),
        Table("Formulas, in their order", ("Figure", "Formula"), method_formulas(study.method)),
        Table("Discount factors of outcomes", ("Year", ">Index", ">Factor"), rows),
        Table("Outcomes with their own discount schedule", ("Outcome", "Schedule"), own),
    )
    return Section("method", "Method in full", (f"Method {study.method.in_words}.",), tables)


def limitations(results: Results) -> Section:
    """What the study says it cannot show, and what no such result can."""
    general = "The study states no limitations of its own. These hold for every result of this kind."
    said = sentences(results.study.limitations) or (general,)
    columns = ("Limit", "What it means")
    tables = (Table("What no such result can say", columns, LIMITATIONS),)
    return Section("limitations", "Limitations", said, tables)


def decisions(results: Results) -> Section:
    """What was decided, what was accepted by whom, and the versions that the result was made with."""
    study, found = results.study, results.simulation
    said = sentences(study.decisions) or ("No decision is recorded that followed from this result.",)
    if results.recorded is not None:
        said = (results.recorded.in_words, *said)
    versions = [("Engine", f"sroi {VERSION}"), ("Method", study.method.fingerprint)]
    if study.provenance is not None:
        versions.append(("Study", study.provenance.sha256))
        versions += [(f"Pack {name}", digest) for name, digest in study.provenance.packs.items()]
    if found is not None:
        versions.append(("Draws", f"{found.draws:,}, seed {found.seed}, {found.sampler}"))
    accepted = tuple(
        (each.rule, path_label(study, each.object), each.reason, each.person, each.date, each.expiry)
        for each in study.waivers
    )
    same = "The same versions give the same result."
    tables = filled(
        Table("Findings that were accepted", ("Rule", "Of what", "Why", "By whom", "On", "Until"), accepted),
        Table("Made with", ("What", "Version or SHA-256"), tuple(versions), same),
    )
    return Section("record", "Record: decisions, waivers and versions", said, tables)


def glossary(_: Results) -> Section:
    """What the words mean."""
    return Section("glossary", "Glossary", (), (Table("Words", ("Word", "What it means here"), GLOSSARY),))
