"""What a person reads of a result: the same rows for the terminal, Markdown and notebooks."""

from __future__ import annotations

import html as html_module
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.documents.authorities import authority
from sroi.results import lineage
from sroi.tables import Table, escape_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.model import Claim, Study
    from sroi.results.evaluation import Evaluation
    from sroi.results.rows import Number, OutcomeRow

_MEANINGS = {
    "savings": "savings",
    "social_value": "social value",
    "unclear": "savings or social value (unclear)",
}


def headline(evaluation: Evaluation) -> tuple[tuple[str, str], ...]:
    """The figures that come first: what they are called, and what they are."""
    study = evaluation.study
    payback = (
        "not within the years counted"
        if evaluation.payback_years is None
        else formatting.years(evaluation.payback_years)
    )
    return (
        (
            "Social return",
            f"{formatting.unit(study.currency)} gives about {_returned(evaluation)} of social value",
        ),
        (
            "Net present value",
            f"{money(evaluation.net_present_value, evaluation)} in {study.price_year} prices",
        ),
        ("Present value of outcomes", f"{money(evaluation.present_value, evaluation)}{_made_of(evaluation)}"),
        ("Present value of inputs", money(evaluation.investment, evaluation)),
        ("Payback", payback),
        ("Range", "none: computed on the central value of every number"),
        ("Method", study.method.in_words),
    )


def _returned(evaluation: Evaluation) -> str:
    return formatting.returned(evaluation.social_return_ratio, evaluation.study.currency)


def by_kind(evaluation: Evaluation) -> dict[str, float]:
    """Present value in the total by kind of outcome."""
    sums: dict[str, float] = {}
    for row in evaluation.outcomes:
        if row.in_total and row.present_value:
            sums[row.kind] = sums.get(row.kind, 0.0) + row.present_value
    return sums


def _made_of(evaluation: Evaluation) -> str:
    sums = by_kind(evaluation)
    parts = formatting.listed(f"{kind} {money(amount, evaluation)}" for kind, amount in sums.items())
    return f", of which {parts}" if len(sums) > 1 else f", all of it {parts.split()[0]}" if sums else ""


def tables(evaluation: Evaluation) -> tuple[Table, ...]:
    """Outcomes, inputs, numbers without a source, and what has been claimed."""
    return tuple(
        table
        for table in (
            outcomes_table(evaluation),
            inputs_table(evaluation),
            unsourced_table(evaluation.study),
            claims_table(evaluation),
        )
        if table.rows
    )


def outcomes_table(evaluation: Evaluation) -> Table:
    """The outcomes, the largest first, those outside the total last."""
    rows = sorted(evaluation.outcomes, key=lambda row: (not row.in_total, -abs(row.present_value or 0.0)))
    cells = []
    for row in rows:
        share = (
            evaluation.present_value
            and row.in_total
            and (row.present_value or 0.0) / evaluation.present_value
        )
        cells.append(
            (
                row.title,
                row.stakeholder,
                quantity(row.quantity),
                money(row.value, evaluation),
                shares(row),
                money(row.present_value, evaluation),
                formatting.percent(share) if row.in_total and share is not False else _outside(row),
            )
        )
    columns = ("Outcome", "For", ">Quantity", ">Proxy", ">Deductions", ">Present value", ">Of total")
    note = "Deductions: deadweight, displacement, attribution."
    note += (
        " A quantity of 3 × 100 is three cohorts of 100, one a year."
        if any(isinstance(row.quantity, tuple) for row in rows)
        else ""
    )
    return Table("Outcomes, largest first", columns, tuple(cells), note)


def _outside(row: OutcomeRow) -> str:
    return "not priced" if row.value is None else "transfer"


def inputs_table(evaluation: Evaluation, *, titled: bool = False) -> Table:
    """What was put in, by whom: by their names in the study, or by their titles."""
    cells = [
        (
            each.title or each.input.replace("_", " "),
            evaluation.study.stakeholders[each.stakeholder].title if titled else each.stakeholder,
            each.kind.replace("_", " "),
            money(sum(each.by_year), evaluation),
            money(each.present_value, evaluation),
        )
        for each in evaluation.inputs
    ]
    return Table("Inputs", ("Input", "From", "Kind", ">Undiscounted", ">Present value"), tuple(cells))


def unsourced_table(study: Study) -> Table:
    """The numbers that stand on judgement alone, and beneath them how many stand on what."""
    used = lineage.numbers_used(study)
    counts = lineage.standing(used)
    cells = [
        (
            number.path,
            "" if number.value is None else formatting.plain(number.value),
            span(number),
            number.rationale or "no rationale given",
        )
        for number in used
        if not number.computed and number.basis == "assumed"
    ]
    note = f"Of {counts.numbers} numbers {counts.sourced} name a source, {counts.borrowed} are borrowed from another place, "
    note += f"{counts.assumed} are assumptions without a source, {counts.structural} are definitions."
    note += f" {counts.local_borrowed} of {counts.local} local numbers are borrowed." if counts.local else ""
    return Table(
        "Assumptions without a source", ("Number", ">Value", ">Range", "Rationale"), tuple(cells), note
    )


def span(number: lineage.NumberUsed) -> str:
    """A number's range."""
    if number.low is None or number.high is None:
        return ""
    return f"{formatting.plain(number.low)} to {formatting.plain(number.high)}"


def claims_table(evaluation: Evaluation) -> Table:
    """What has been claimed in public, beside what this result gives for the same meaning."""
    study = evaluation.study
    note = "Savings: services that bodies of the state need less, whether or not any of it is cash."
    cells = []
    for claim in study.claims.values():
        ratio = claim.ratio if isinstance(claim.ratio, float) else None
        ours = evaluation.savings_ratio if claim.meaning == "savings" else evaluation.social_return_ratio
        said_by = _said_by(study, claim)
        claimed = "" if ratio is None else formatting.claim_in_a_column(ratio)
        cells.append(
            (claim.says, claimed, _MEANINGS[claim.meaning], said_by, formatting.ratio_in_a_column(ours))
        )
    return Table(
        "Claims beside this result",
        ("Claim", ">Ratio", "Meaning", "Said by", ">This result"),
        tuple(cells),
        note,
    )


def _said_by(study: Study, claim: Claim) -> str:
    source = study.sources.get(claim.source) if claim.source is not None else None
    if source is None:
        return "no source"
    return ", ".join(
        part for part in (source.publisher or source.author or source.title, source.year) if part
    )


def quantity(value: Number | None) -> str:
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


def in_percent(value: Number | None) -> str:
    """A share, or one for each benefit year."""
    if value is None:
        return "–"
    return (
        "/".join(formatting.percent(each) for each in value)
        if isinstance(value, tuple)
        else formatting.percent(value)
    )


def shares(row: OutcomeRow) -> str:
    """The three deductions."""
    return formatting.listed(
        in_percent(value) for value in (row.deadweight, row.displacement, row.attribution)
    )


def statement(evaluation: Evaluation) -> str:
    """One sentence that is safe to quote."""
    study = evaluation.study
    counts = lineage.standing(lineage.numbers_used(study))
    place = (
        f" in {place_of(study)}"
        if study.borough and place_of(study).casefold() not in study.title.casefold()
        else ""
    )
    wellbeing = by_kind(evaluation).get("wellbeing", 0.0)
    share = wellbeing / evaluation.present_value if evaluation.present_value > 0 else 0.0
    felt = (
        f", {formatting.percent(min(share, 1.0))} of it wellbeing, which is not money saved"
        if share > 0
        else ""
    )
    basis = "every number behind it has a source"
    if counts.assumed:
        basis = f"{counts.assumed} of the {counts.numbers} numbers behind it are assumptions without a source"
    basis += (
        f" and {counts.borrowed} {'is' if counts.borrowed == 1 else 'are'} borrowed from another place"
        if counts.borrowed
        else ""
    )
    ratios = sorted({claim.ratio for claim in _own_claims(study) if isinstance(claim.ratio, float)})
    claimed = formatting.listed(formatting.claimed(ratio, study.currency) for ratio in ratios)
    one = formatting.unit(study.currency)
    status = (
        f"claims in public ({claimed} for {one}) are neither used nor confirmed by it"
        if ratios
        else "no public claim is set beside it"
    )
    return (
        f"By a {study.kind} of {study.title}{place}, each {one} put in gives about {_returned(evaluation)} of social value{felt} "
        f"(net present value {money(evaluation.net_present_value, evaluation)}, {study.price_year} prices, "
        f"method {study.method.called}, central values only, no range computed); {basis}; {status}."
    )


def said_of(evaluation: Evaluation, meanings: Iterable[str]) -> str:
    """What has been claimed of a study's return in any of some meanings, each ratio once."""
    study = evaluation.study
    ratios = sorted(
        {
            claim.ratio
            for claim in _own_claims(study)
            if isinstance(claim.ratio, float) and claim.meaning in meanings
        }
    )
    return formatting.listed(formatting.claimed(ratio, study.currency) for ratio in ratios)


def place_of(study: Study) -> str:
    """The place's name as it is written in a sentence."""
    known = authority(str(study.borough)) if "-" in str(study.borough) else None
    if known is not None:
        return known.name
    return str(study.borough).replace("-", " ").title().replace(" And ", " and ").replace(" Upon ", " upon ")


def _own_claims(study: Study) -> list[Claim]:
    """What has been claimed of the place or by the study itself; of the intervention anywhere, where nothing has."""
    if study.provenance is None or study.borough is None:
        return list(study.claims.values())
    own = {"study", f"pack {study.borough}"}
    origins = {name: study.provenance.origin(f"claims.{name}") for name in study.claims}
    local = [
        claim
        for name, claim in study.claims.items()
        if (origin := origins[name]) is not None and origin.layer in own
    ]
    return local or list(study.claims.values())


def markdown(evaluation: Evaluation) -> str:
    """A result in Markdown."""
    lines = [f"# {escape_markdown(evaluation.study.title)}", ""]
    lines += [f"- **{name}**: {escape_markdown(words)}" for name, words in headline(evaluation)]
    lines += ["", *(table.to_markdown() for table in evaluation.tables)]
    if evaluation.warnings:
        lines += [
            "## Warnings",
            "",
            *(f"- {escape_markdown(warning)}" for warning in evaluation.warnings),
            "",
        ]
    return "\n".join([*lines, f"> {escape_markdown(evaluation.statement)}", ""])


def html(evaluation: Evaluation) -> str:
    """A result as an HTML fragment, every text escaped."""
    first = "".join(
        f"<dt>{html_module.escape(name)}</dt><dd>{html_module.escape(words)}</dd>"
        for name, words in headline(evaluation)
    )
    warnings = "".join(f"<li>{html_module.escape(warning)}</li>" for warning in evaluation.warnings)
    body = "".join(table.to_html() for table in evaluation.tables)
    return (
        f"<section><h3>{html_module.escape(evaluation.study.title)}</h3><dl>{first}</dl>{body}"
        f"{f'<ul>{warnings}</ul>' if warnings else ''}<blockquote>{html_module.escape(evaluation.statement)}</blockquote></section>"
    )
