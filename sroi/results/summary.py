"""What a person reads of a result: the same rows for the terminal, Markdown and notebooks."""

from __future__ import annotations

import html as html_module
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.documents.authorities import authority
from sroi.model import DEDUCTIONS
from sroi.resolution import numbers_of
from sroi.results import lineage
from sroi.tables import SHOWN_ROWS, Fact, Table
from sroi.text import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Collection

    from sroi.model import Claim, Study
    from sroi.results.evaluation import Evaluation
    from sroi.results.rows import OneOrMany, OutcomeRow

_MEANINGS = {
    "savings": "savings",
    "social_value": "social value",
    "unclear": "savings or social value (unclear)",
}


def headline(evaluation: Evaluation) -> tuple[Fact, ...]:
    """The figures that come first, each with its key, what it is called and what it is."""
    study, years = evaluation.study, evaluation.payback_years
    payback = "not within the years counted" if years is None else formatting.years(years)
    social = f"{formatting.unit(study.currency)} gives about {_returned(evaluation)} of social value"
    present = money(evaluation.present_value, evaluation)
    net = money(evaluation.net_present_value, evaluation)
    return (
        Fact("social_return", "Social return", social),
        Fact("net_present_value", "Net present value", net, f" in {study.price_year} prices"),
        Fact("present_value", "Present value of outcomes", present, _made_of(evaluation)),
        Fact("investment", "Present value of inputs", money(evaluation.investment, evaluation)),
        Fact("payback", "Payback", payback),
        Fact("range", "Range", "none: computed on the central value of every number"),
        Fact("method", "Method", study.method.in_words),
    )


def _returned(evaluation: Evaluation) -> str:
    return formatting.returned(evaluation.social_return_ratio, evaluation.study.currency)


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
        return "".join(f", all of it {kind}" for kind in sums)
    parts = formatting.listed(f"{kind} {money(amount, evaluation)}" for kind, amount in sums.items())
    return f", of which {parts}"


def tables(evaluation: Evaluation) -> tuple[Table, ...]:
    """Outcomes, inputs, numbers without a source, and what has been claimed."""
    found = (
        outcomes_table(evaluation),
        inputs_table(evaluation),
        unsourced_table(evaluation.study),
        claims_table(evaluation),
    )
    return tuple(table for table in found if table.rows)


def outcomes_table(evaluation: Evaluation) -> Table:
    """The outcomes, the largest first, those outside the total last."""
    rows = sorted(evaluation.outcomes, key=lambda row: (not row.in_total, -abs(row.present_value or 0.0)))
    cells = tuple(
        (
            row.title,
            row.stakeholder,
            quantity(row.quantity),
            money(row.value, evaluation),
            formatting.listed(share(getattr(row, field)) for field in DEDUCTIONS),
            money(row.present_value, evaluation),
            _share_of_total(row, evaluation.present_value),
        )
        for row in rows
    )
    columns = ("Outcome", "For", ">Quantity", ">Proxy", ">Deductions", ">Present value", ">Of total")
    note = f"Deductions: {formatting.listed(DEDUCTIONS)}."
    if any(isinstance(row.quantity, tuple) for row in rows):
        note += " A quantity of 3 × 100 is three cohorts of 100, one a year."
    return Table("Outcomes, largest first", columns, cells, note, key="outcomes")


def _share_of_total(row: OutcomeRow, total: float) -> str:
    if row.in_total:
        return formatting.percent((row.present_value or 0.0) / total if total else 0.0)
    return "not priced" if row.value is None else "transfer"


def inputs_table(evaluation: Evaluation, *, titled: bool = False) -> Table:
    """What was put in, by whom: by their names in the study, or by their titles."""
    cells = tuple(
        (
            each.title or each.input.replace("_", " "),
            evaluation.study.stakeholders[each.stakeholder].title if titled else each.stakeholder,
            each.kind.replace("_", " "),
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
    counts = lineage.standing(used)
    cells = tuple(
        (
            number.path,
            "" if number.value is None else formatting.plain(number.value),
            span(number.low, number.high),
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


def span(low: float | None, high: float | None) -> str:
    """A range; empty where there is none."""
    return "" if low is None or high is None else f"{formatting.plain(low)} to {formatting.plain(high)}"


def claims_table(evaluation: Evaluation) -> Table:
    """What has been claimed in public, beside what this result gives for the same meaning."""
    study = evaluation.study
    note = "Savings: services that bodies of the state need less, whether or not any of it is cash."
    cells = []
    for claim in study.claims.values():
        ours = evaluation.savings_ratio if claim.meaning == "savings" else evaluation.social_return_ratio
        claimed = formatting.claim_in_a_column(claim.ratio) if isinstance(claim.ratio, float) else ""
        by = claimant(study, claim)
        cells.append((claim.says, claimed, _MEANINGS[claim.meaning], by, formatting.ratio_in_a_column(ours)))
    columns = ("Claim", ">Ratio", "Meaning", "Said by", ">This result")
    return Table("Claims beside this result", columns, tuple(cells), note, key="claims")


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


def share(value: OneOrMany | None) -> str:
    """A share, or one for each benefit year."""
    if value is None:
        return "–"
    return "/".join(map(formatting.percent, value if isinstance(value, tuple) else (value,)))


def statement(evaluation: Evaluation) -> str:
    """One sentence that is safe to quote."""
    study, one = evaluation.study, formatting.unit(evaluation.study.currency)
    counts = lineage.standing(numbers_of(study).used)
    named = study.borough and place_name(study).casefold() not in study.title.casefold()
    place = f" in {place_name(study)}" if named else ""
    felt = "".join(
        f", {formatting.percent(part)} of it {words}"
        for kind, words in (
            ("wellbeing", "wellbeing, which is not money saved"),
            ("not_stated", "of a kind that is not stated, which may not be money saved"),
        )
        if (part := _part_of_kind(evaluation, kind)) > 0
    )
    basis = "every number behind it has a source"
    if counts.assumed:
        basis = f"{counts.assumed} of the {counts.numbers} numbers behind it are assumptions without a source"
    if counts.borrowed:
        are = "is" if counts.borrowed == 1 else "are"
        basis += f" and {counts.borrowed} {are} borrowed from another place"
    claimed = claimed_ratios(study)
    status = "no public claim is set beside it"
    if claimed:
        status = f"claims in public ({claimed} for {one}) are neither used nor confirmed by it"
    return (
        f"By a {study.kind} of {study.title}{place}, each {one} put in gives about {_returned(evaluation)} "
        f"of social value{felt} (net present value {money(evaluation.net_present_value, evaluation)}, "
        f"{study.price_year} prices, method {study.method.called}, central values only, no range computed); "
        f"{basis}; {status}."
    )


def _part_of_kind(evaluation: Evaluation, kind: str) -> float:
    value, whole = value_by_kind(evaluation).get(kind, 0.0), evaluation.present_value
    return min(value / whole, 1.0) if whole > 0 else 0.0


def claimed_ratios(study: Study, meanings: Collection[str] = tuple(_MEANINGS)) -> str:
    """What has been claimed of a study's return in any of some meanings, each ratio once."""
    ratios = {
        claim.ratio
        for claim in _own_claims(study)
        if isinstance(claim.ratio, float) and claim.meaning in meanings
    }
    return formatting.listed(formatting.claimed(ratio, study.currency) for ratio in sorted(ratios))


def place_name(study: Study) -> str:
    """The place's name as it is written in a sentence."""
    known = authority(str(study.borough)) if "-" in str(study.borough) else None
    if known is not None:
        return known.name
    return str(study.borough).replace("-", " ").title().replace(" And ", " and ").replace(" Upon ", " upon ")


def _own_claims(study: Study) -> list[Claim]:
    """What has been claimed of the place or by the study itself; where nothing has, of the intervention."""
    claims = list(study.claims.values())
    if study.provenance is None or study.borough is None:
        return claims
    origins = (study.provenance.origin(f"claims.{name}") for name in study.claims)
    own = {"study", f"pack {study.borough}"}
    local = [claim for claim, origin in zip(claims, origins, strict=True) if origin and origin.layer in own]
    return local or claims


def markdown(evaluation: Evaluation) -> str:
    """A result in Markdown."""
    lines = [f"# {escape_markdown(evaluation.study.title)}", ""]
    lines += [f"- **{fact.label}**: {escape_markdown(fact.text)}" for fact in headline(evaluation)]
    lines += ["", *(table.to_markdown() for table in evaluation.tables)]
    if evaluation.warnings:
        lines += ["## Warnings", "", *(f"- {escape_markdown(each)}" for each in evaluation.warnings), ""]
    return "\n".join([*lines, f"> {escape_markdown(evaluation.statement)}", ""])


def html(evaluation: Evaluation) -> str:
    """The headline, the value map and the sentence of a result as an HTML fragment, every text escaped."""
    escape = html_module.escape
    facts = (f"<dt>{escape(fact.label)}</dt><dd>{escape(fact.text)}</dd>" for fact in headline(evaluation))
    count = len(evaluation.warnings)
    warned = [f"<p>{count} warning{'' if count == 1 else 's'}: see warnings.</p>"] if count else []
    lines = (
        f"<section><h3>{escape(evaluation.study.title)}</h3><dl>",
        *facts,
        f"</dl>{outcomes_table(evaluation).shortened(SHOWN_ROWS).to_html()}",
        *warned,
        f"<blockquote>{escape(evaluation.statement)}</blockquote></section>",
    )
    return "\n".join(lines)
