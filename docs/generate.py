"""Writes the parts of the documentation that are made from the code, so that the two cannot come to say different things.

Run ``python docs/generate.py`` after a change to a model, a command, a pack or an example. Each made part
stands in its page between ``<!-- made: NAME ARGUMENT -->`` and ``<!-- end -->``; the words around it are
written by hand. ``pages()`` gives what every page should hold.
"""

from __future__ import annotations

import dataclasses
import inspect
import os
import re
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from pydantic import BaseModel
from typer.models import ArgumentInfo, OptionInfo

import sroi
import sroi.cli
import sroi.model
from sroi import formatting
from sroi.accounts.adjustments import Adjustment
from sroi.accounts.demand import DemandLine
from sroi.accounts.ratios import Ratio
from sroi.accounts.statements import Statement
from sroi.accounts.wellbeing import WellbeingLine
from sroi.evaluation import InputRow, OutcomeRow
from sroi.model.estimates import Estimate
from sroi.reference import read_table
from sroi.results.sensitivity import Figure
from sroi.results.simulation import Sampler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
MADE = re.compile(r"(<!-- made: (?P<name>\w+)(?: (?P<argument>[^\n]*?))? -->\n).*?(<!-- end -->)", re.DOTALL)

ENTRY = re.compile(r"^(\S[^\n]*?)(?: : ([^\n]*))?\n((?:[ ]+[^\n]*\n?|\n)*)", re.MULTILINE)

RESULT_WORDS = {
    "study": "Name of the study.",
    "borough": "Name of the place's pack; null where there is none.",
    "method": "Every choice of the method, under the names of the [method table](format.md#method).",
    "value_map": "One entry an outcome, in the order of the study.",
    "value_map[].outcome": "Name of the outcome.",
    "value_map[].quantity": "How many units change; a list only where cohorts were given as a list.",
    "value_map[].value": "Financial proxy in the study's prices; null where the outcome is not priced.",
    "value_map[].deadweight": "Resolved share; a list only where it was given as a list.",
    "value_map[].displacement": "Resolved share; a list only where it was given as a list.",
    "value_map[].attribution": "Resolved share due to others, also where the study gave `contribution`; a list only where it was given as a list.",
    "value_map[].starts": "Years from the cohort's own year to its first benefit year.",
    "value_map[].in_total": "Whether totals, ratio and payback count it.",
    "value_map[].impact": "First cohort's quantity × value × what the deductions of the first benefit year leave; before drop-off and discounting.",
    "value_map[].present_value": "Sum of `by_year_pv`.",
    "value_map[].by_year": "Money of each year from year 0, undiscounted; of one length in every row.",
    "value_map[].by_year_pv": "The same, discounted.",
    "inputs": "One entry an input, in the order of the study.",
    "inputs[].input": "Name of the input.",
    "inputs[].present_value": "Sum of `by_year_pv`.",
    "inputs[].by_year": "Money of each year from year 0, undiscounted.",
    "inputs[].by_year_pv": "The same, discounted; not discounted where the method leaves inputs as they are.",
    "by_stakeholder.*.present_value": "Present value of its outcomes in the total.",
    "by_stakeholder.*.investment": "Present value of its inputs.",
    "claims": "What has been said in public of the intervention or the place: to test, never a result.",
    "claims[].claim": "Name of the claim.",
    "provenance.engine": "Program and version.",
    "provenance.packs": "SHA-256 of each pack and template laid under the study, by name.",
    "provenance.study_sha256": "SHA-256 of the study's own text; null for a study made in Python.",
    "provenance.method_sha256": "SHA-256 over every choice of the method: equal hashes mean equal conventions.",
    "provenance.counts": "How many of the numbers behind the result stand on what; computed numbers are not counted.",
    "provenance.counts.numbers": "All of them.",
    "provenance.counts.sourced": "Those that name a source.",
    "provenance.counts.borrowed": "Those that were measured in another place.",
    "provenance.counts.assumed": "Those that rest on judgement alone.",
    "provenance.counts.structural": "Those that are definitions or follow from how the map is built.",
    "provenance.counts.local": "Those that are of the place.",
    "provenance.counts.local_borrowed": "Those of the place that are borrowed.",
    "provenance.value_by_basis.sourced": "Share that rests on numbers with a source.",
    "provenance.value_by_basis.borrowed": "Share that rests on numbers of another place.",
    "provenance.value_by_basis.assumed": "Share that rests on judgement.",
    "provenance.value_by_basis.structural": "Share that rests on definitions.",
    "provenance.sources": "The sources that the numbers name, by name.",
    "provenance.numbers[].basis": "What it stands on: `sourced`, `borrowed`, `assumed` or `structural`; left out of computed numbers.",
    "provenance.numbers": "Every number that the result rests on. A key that would hold nothing is left out.",
    "provenance.numbers[].path": "Where it stands in the study.",
    "provenance.numbers[].value": "Its value in the study's prices.",
    "provenance.numbers[].written": "The expression, where it is one.",
    "provenance.numbers[].rests_on": "Assumptions that it reaches, directly or through others.",
    "provenance.numbers[].low": "Low end in the study's prices.",
    "provenance.numbers[].high": "High end in the study's prices.",
    "provenance.numbers[].layer": "Layer that it was written in: `study`, a pack, an intervention, or `--set`.",
    "provenance.numbers[].file": "File that it was written in.",
    "provenance.numbers[].line": "Line of that file.",
}
"""What the keys of a result mean, where neither a model nor a docstring says it."""

SIMULATION_WORDS = {
    "study": "Name of the study.",
    "borough": "Name of the place's pack; null where there is none.",
    "uncertain_numbers": "How many numbers have a range.",
    "central": "What `evaluate` gives, by figure.",
    "mean_of_ratios": "The mean of `social_return_ratio` over the draws.",
    "outcomes": "A spread by outcome in the total: its present value.",
    "provenance": "As of an evaluation.",
    "warnings": "What a reader should be told beside the figures.",
}
"""What the keys of a simulation mean, where its docstrings do not say it."""

HELD_BY_A_SIMULATION = {"borough": "text or null", "seed": "number or null", "convergence": "list of lists"}
"""What its keys hold, where one example does not show it."""

SPREAD_WORDS = {
    "mean": "Mean over the draws.",
    "sd": "Standard deviation.",
    "standard_error": "Standard error of the mean.",
    "p5": "5th percentile; `p10`, `p50`, `p90` and `p95` likewise; null where that share of the draws has no finite value.",
    "never": "Share of the draws in which it has no finite value, as a payback that does not come.",
}
"""What the keys of a spread mean; the other percentiles are told with the first."""

LEDGER_WORDS = {
    "ledger": "Statements of `society`, of `parties`, `payers` and `services` by name; `payback` by payer; `funders`; every line in `entries`.",
    "demand": "One entry an outcome, in units.",
    "ratios": "Returns on one unit of money, by name: `social_return`, `savings_return`, `fiscal_return`, `cashable_return:nhs`, ….",
    "green_book": "`npsv`, `bcr`, `rpsc`, and `npuc` by service: The Green Book (2026), Table 10.",
    "wellbeing": "WELLBYs and QALYs, an outcome an entry.",
    "adjustments": "The result under adjustments that the headline does not make, by name.",
}
"""What the keys of a ledger hold."""

ANSWER_WORDS = {
    "study": "Name of the study.",
    "borough": "Name of the place's pack; null where there is none.",
    "figure": "What is looked at: `social_return_ratio`, `savings_ratio` or `net_present_value`.",
    "central": "That figure on central values.",
    "target": "What the figure is to be.",
    "number": "Path of a number.",
    "low": "Low end of its range, in the study's prices; null where it has none.",
    "high": "High end, likewise.",
    "unit": "Unit of a number; null where none is written.",
    "verdict": "`within its range`, `outside its range`, or `none at all`.",
    "change": "The value over the central value; null where there is none, or where the central value is 0.",
    "sensitivity.swings": "A number with a range an entry, the widest swing first.",
    "sensitivity.swings[].value": "Its central value, in the study's prices.",
    "sensitivity.swings[].at_low": "The figure with this number alone at its low end; null where it is not defined.",
    "sensitivity.swings[].at_high": "The figure at its high end, likewise.",
    "sensitivity.swings[].swing": "How far the figure moves between the two.",
    "variance.indices": "A number an entry, the largest total first; numbers that are correlated share one.",
    "variance.indices[].number": "Its name.",
    "variance.indices[].first": "Share of the variance that it accounts for alone; null where there is no variance.",
    "variance.indices[].first_low": "Lower end of a 95% bootstrap interval of `first`.",
    "variance.indices[].first_high": "Upper end.",
    "variance.indices[].total": "Share with all its interactions.",
    "variance.indices[].total_low": "Lower end of a 95% bootstrap interval of `total`.",
    "variance.indices[].total_high": "Upper end.",
    "switching.numbers": "A number that the result rests on an entry.",
    "switching.numbers[].number": "Path of a number; an assumption by its name alone.",
    "switching.numbers[].central": "Its central value.",
    "switching.numbers[].value": "What it would have to be, alone, for the figure to meet the target; null where no value would do.",
    "switching.outcomes": "An outcome in the total an entry, with the same keys: what its present value would have to be.",
    "switching.outcomes[].number": "Path of the outcome.",
    "switching.outcomes[].central": "Its present value.",
    "switching.outcomes[].value": "What that would have to be.",
    "information.threshold": "The ratio at which going ahead and not going ahead are worth the same.",
    "information.draws": "How many draws.",
    "information.go_ahead": "Whether going ahead is the better choice on what is known.",
    "information.values": "The worth of knowing, an entry each: `everything`, then groups, then numbers, the largest first.",
    "information.values[].number": "`everything`, or the name of a group or a number.",
    "information.values[].value": "What knowing it would be worth for this decision, in the study's prices.",
    "information.values[].standard_error": "Standard error of that.",
    "claim.claim": "Name of the claim.",
    "claim.says": "What was said.",
    "claim.ratio": "The claimed ratio.",
    "claim.meaning": "What its pounds are: `savings`, `social_value` or `unclear`.",
    "claim.intervention": "The intervention that it is about.",
    "claim.source": "Where it was said.",
    "claim.note": "What is known of it.",
    "claim.probability": "Share of the draws that reach it.",
    "claim.statement": "The answer in a few sentences.",
    "claim.switching_values": "As `numbers` of switching values.",
    "claim.frontier": "The two strongest numbers together; null where fewer than two have a range.",
    "claim.frontier.one": "Name of the strongest.",
    "claim.frontier.other": "Name of the second.",
    "claim.frontier.points": "Values of `one` across its range, each with the value of `other` that meets the claim; null where none does.",
    "claim.frontier.passed": "For each point, whether the claim is met with `other` at its central value.",
}
"""What the keys of the other answers mean: by path after the answer's name, or by key alone where they mean the same everywhere."""

BY_NAME = ("by_stakeholder", "provenance.sources")
"""Mappings of a result whose keys are names of the study."""

CLOSED = ("method", "provenance.packs")
"""Mappings of a result whose keys are not listed."""

REQUIRED = "**required**"

API_WORDS = {
    "PROFILES": "The named method profiles, by name: a mapping of str to `MethodProfile`. See the [method table](format.md#method).",
    "__version__": "Version of the package.",
}
"""What the public names mean that can carry no docstring."""

CHOICES = {
    name: " | ".join(map(repr, get_args(kind)))
    for name, kind in (("Sampler", Sampler), ("Figure", Figure))
}
"""Names of choices in signatures, and what may be chosen."""

RATIOS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("As it stands: [examples/many-ratios.yaml](../examples/many-ratios.yaml)", "social_return_ratio", {}),
    (
        "First benefit year not discounted (`starts: during`)",
        "social_return_ratio",
        {"outcomes.better_off.starts": "during"},
    ),
    (
        "The same at mid-year, inputs at the start (`timing: mid`, `input_timing: start`)",
        "social_return_ratio",
        {"outcomes.better_off.starts": "during", "method.timing": "mid", "method.input_timing": "start"},
    ),
    (
        "Inputs not discounted (`discount_inputs: no`)",
        "social_return_ratio",
        {"method.discount_inputs": False},
    ),
    (
        "Deductions added instead of multiplied (`deductions: added`)",
        "social_return_ratio",
        {"method.deductions": "added"},
    ),
    (
        "Drop-off from the first benefit year (`drop_off_from: first_year`)",
        "social_return_ratio",
        {"method.drop_off_from": "first_year"},
    ),
    (
        "Straight-line drop-off (`drop_off_shape: linear`)",
        "social_return_ratio",
        {"method.drop_off_shape": "linear"},
    ),
    ("No drop-off", "social_return_ratio", {"outcomes.better_off.drop_off": 0}),
    ("In-kind input left out", "social_return_ratio", {"inputs.rooms.value": 0}),
    ("Displacement left out", "social_return_ratio", {"outcomes.better_off.displacement": 0}),
    ("Attribution left out", "social_return_ratio", {"outcomes.better_off.attribution": 0}),
    (
        "No deductions at all (gross)",
        "social_return_ratio",
        {f"outcomes.better_off.{name}": 0 for name in ("deadweight", "displacement", "attribution")},
    ),
    ("The “net” ratio: (present value − inputs) / inputs", "net_ratio", {}),
    ("Discount rate 3.0%", "social_return_ratio", {"method.discount_rate": 0.03}),
    ("Discount rate 0%", "social_return_ratio", {"method.discount_rate": 0}),
    (
        "The proxy's price year ignored: £1,344 in 2014 prices, the same £1,800, taken as current (`deflator: none`)",
        "social_return_ratio",
        {"outcomes.better_off.value": {"value": 1344, "price_year": 2014}, "method.deflator": "none"},
    ),
    (
        "A generous reading: first benefit year not discounted, in-kind input left out",
        "social_return_ratio",
        {"outcomes.better_off.starts": "during", "inputs.rooms.value": 0},
    ),
    (
        "A cautious reading: deductions added, drop-off from the first year, inputs not discounted",
        "social_return_ratio",
        {"method.deductions": "added", "method.drop_off_from": "first_year", "method.discount_inputs": False},
    ),
)
"""Readings of one evidence set: what changes, the figure, and the values that are set."""

DRAWS, SEED = 2_000, 0
"""What stands behind the ranges of the page of places."""

ELSEWHERE = (
    ("England outside London", "leeds"),
    ("London", "camden"),
    ("Scotland", "glasgow-city"),
    ("Wales", "cardiff"),
    ("Northern Ireland", "belfast"),
)
"""One authority without a file of its own for each pack that such a place builds on."""


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    lines = [list(headings)]
    lines.append(["---"] * len(lines[0]))
    lines += [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def first_paragraph(text: str | None) -> str:
    """The first paragraph of a docstring, in Markdown and on one line."""
    return markdown(inspect.cleandoc(text or "").split("\n\n")[0])


def markdown(text: str) -> str:
    """A docstring's text in Markdown: literals in single backticks, references as code."""
    text = re.sub(
        r":(?:class|func):`~?([\w.]+)`",
        lambda found: f"`{found[1].removeprefix('sroi.')}`",
        " ".join(text.split()),
    )
    return text.replace("``", "`")


# ── The file format
# ──────────────────────────────────────────────────────────────────────────────────────────────────────


def fields(name: str) -> str:
    """The fields of a model: what each may be, its unit, its default and its meaning."""
    model: type[BaseModel] = getattr(sroi.model, name, None) or getattr(sroi, name)
    schema = model.model_json_schema(by_alias=True)
    schema = next((entry for entry in schema.get("anyOf", []) if "properties" in entry), schema)
    required = schema.get("required", [])
    rows = []
    for field_name, field in model.model_fields.items():
        key = field.alias or field_name
        extra = field.json_schema_extra
        unit = extra.get("unit") if isinstance(extra, dict) else None
        what = (
            "a profile's name, or a mapping of [its fields](#method)"
            if (name, key) == ("Study", "method")
            else words(schema["properties"][key])
        )
        if name == "MethodProfile":
            default = (
                ""
                if written(getattr(sroi.PROFILES["default"], key)) == "–"
                else f"`{written(getattr(sroi.PROFILES['default'], key))}`"
            )
        else:
            default = (
                REQUIRED if key in required else default_of(field.get_default(call_default_factory=True))
            )
        rows.append(
            (
                f"`{key}`",
                what,
                "" if unit == "choice" or what.startswith(str(unit)) else unit,
                default,
                field.description,
            )
        )
    return table(("Field", "May be", "Unit", "Default", "Meaning"), rows)


def default_of(value: object) -> str:
    """A default as it would be written; nothing where leaving the key out says nothing."""
    if value is None or value in ({}, ()):
        return ""
    if isinstance(value, sroi.MethodProfile):
        return f"`{value.profile}`"
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def words(schema: dict[str, Any]) -> str:
    """What a field may be, from its JSON Schema."""
    choices = [entry for entry in schema.get("anyOf", schema.get("oneOf", [])) if entry.get("type") != "null"]
    if choices:
        return ", or ".join(dict.fromkeys(words(choice) for choice in choices))
    if "$ref" in schema:
        return of_model(schema["$ref"].rpartition("/")[2])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return " · ".join(f"`{choice}`" for choice in schema["enum"])
    if "examples" in schema:
        return "as " + " or ".join(
            f'`"{each}"`' if isinstance(each, str) and "-" in each and len(each) < 10 else f"`{each}`"
            for each in schema["examples"]
        )
    kind = schema.get("type")
    if "patternProperties" in schema:
        return "mapping of names to " + words(next(iter(schema["patternProperties"].values())))
    if kind == "object":
        named = schema.get("properties")
        return "`{" + ", ".join(f"{key}: n" for key in named) + "}`" if named else "mapping"
    if kind == "array":
        inner = schema.get("items") or schema["prefixItems"][0]
        return ("pair of " if "prefixItems" in schema else "list of ") + plural(words(inner))
    if kind == "integer":
        limits = " ".join(
            f"{word} {schema[key]}" for word, key in (("from", "minimum"), ("to", "maximum")) if key in schema
        )
        return f"whole number {limits}".strip()
    if isinstance(kind, list):
        texts = kind[0] == "string"
        return (
            "text"
            if texts
            else "number or percentage"
            if "null" in kind
            else "number, percentage or expression"
        )
    if "pattern" in schema:
        return "name" if schema["pattern"].startswith("^[a-z") else "text"
    return {"boolean": "true or false", "string": "text", "number": "number or percentage"}.get(
        str(kind), str(kind)
    )


def plural(text: str) -> str:
    """Several of what ``text`` names."""
    if text in ("text", "text or a number"):
        return "texts"
    linked = re.fullmatch(r"(\[\w+)(\]\(.*\))", text)
    return f"{linked[1]}s{linked[2]}" if linked else {"name": "names"}.get(text, "them")


def of_model(name: str) -> str:
    """What stands where a model is wanted: a number of some kind, or a mapping with a table of its own."""
    model = getattr(sroi.model, name)
    if issubclass(model, Estimate):
        return (
            "[number](#a-number)"
            if model is Estimate
            else f"[{model.bounds.what.removeprefix('a ').removeprefix('finite ')}](#a-number)"
        )
    return f"[{name}](#{name.lower()})"


def kinds(_: str) -> str:
    """The kinds of number, with their bounds."""
    found = [
        each for each in vars(sroi.model).values() if isinstance(each, type) and issubclass(each, Estimate)
    ]
    found.sort(key=lambda model: (model is not Estimate, model.__name__))
    rows = [
        (f"`{model.__name__}`", model.bounds.what, model.bounds.unit, first_paragraph(model.__doc__))
        for model in found
    ]
    return table(("Kind", "Bounds", "Unit", "What it is"), rows)


def profiles(_: str) -> str:
    """Every choice of the method under every profile."""
    rows = []
    for name in sroi.MethodProfile.model_fields:
        if name != "profile":
            values = [getattr(profile, name) for profile in sroi.PROFILES.values()]
            rows.append((f"`{name}`", *(written(value) for value in values)))
    return table(("Choice", *(f"`{name}`" for name in sroi.PROFILES)), rows)


def written(value: object) -> str:
    """A choice as a study would write it."""
    if value is None:
        return "–"
    return (
        {True: "yes", False: "no"}[value]
        if isinstance(value, bool)
        else f"{100 * value:g}%"
        if isinstance(value, float)
        else str(value)
    )


def schedules(_: str) -> str:
    """The discount schedules, with their source."""
    steps: dict[str, list[dict[str, str]]] = {}
    for row in read_table("discount_schedules"):
        steps.setdefault(row["schedule_id"], []).append(row)
    rows = []
    for name, entries in steps.items():
        rates = "; ".join(
            f"{100 * float(each['rate']):g}% "
            + (
                f"years {each['year_from']}–{each['year_to']}"
                if each["year_to"]
                else f"from year {each['year_from']}"
            )
            for each in entries
        )
        rows.append((f"`{name}`", rates, entries[0]["status"], entries[0]["source"]))
    return table(("Schedule", "Real rate of the step into each year", "Status", "Source"), rows)


def series(_: str) -> str:
    """The years that the price indices cover."""
    rows = []
    for deflator, name, stem in (
        ("gdp", "GDP deflator", "gdp_deflator"),
        ("cpi", "Consumer prices index", "cpi"),
    ):
        calendar = [int(row["year"]) for row in read_table(f"{stem}_calendar_year")]
        financial = [row["financial_year"] for row in read_table(f"{stem}_financial_year")]
        rows.append(
            (
                f"`{deflator}`",
                name,
                f"{min(calendar)} to {max(calendar)}",
                f"{min(financial)} to {max(financial)}",
            )
        )
    return table(("`deflator`", "Index", "Calendar years", "Financial years"), rows)


def grades(_: str) -> str:
    """How wide a range the optional rule takes, by grade of evidence."""
    rows = []
    for row in read_table("ranges_by_grade"):
        grade = "no grade" if row["grade"] == "none" else row["grade"]
        rows.append((grade, row["basis"].rpartition(": ")[2], f"{float(row['either_side']):.0%}"))
    return table(("Grade", "Evidence", "To either side"), rows)


# ── Results, commands, Python
# ────────────────────────────────────────────────────────────────────────────────────────────


def result(_: str) -> str:
    """The keys of a result: what each holds and means."""
    seen: dict[str, dict[str, None]] = {}
    for study in (
        sroi.load(EXAMPLES / "lunch-club.yaml"),
        *(sroi.load("local-area-coordination", borough=name) for name in ("derby", "haringey")),
    ):
        for path, value in walked(sroi.evaluate(study).to_dict()):
            seen.setdefault(path, {}).setdefault(held(value))
    stale = RESULT_WORDS.keys() - seen.keys()
    if stale:
        raise SystemExit(f"docs/generate.py describes keys that no result has: {', '.join(sorted(stale))}")
    rows = [
        (f"`{path}`", row_words(path) or " or ".join(seen[path]), key_words(path))
        for path in in_sections(seen)
    ]
    return table(("Key", "Holds", "Meaning"), rows)


def simulation(_: str) -> str:
    """The keys of a simulation: what each holds and means."""
    found = sroi.simulate(sroi.load(EXAMPLES / "lunch-club.yaml"), draws=100).to_dict()
    said = {**described_by(sroi.Simulation), **SIMULATION_WORDS}
    rows = []
    for key, value in found.items():
        if key in found["central"]:
            continue
        if key not in said:
            raise SystemExit(
                f"docs/generate.py: the simulation's key {key} is described nowhere; add it to SIMULATION_WORDS"
            )
        rows.append((f"`{key}`", HELD_BY_A_SIMULATION.get(key) or held(value), said[key]))
    for figure in found["central"]:
        what = described_by(sroi.Evaluation).get(figure, "").partition(";")[0].rstrip(".")
        rows.append((f"`{figure}`", "spread", f"{what}."))
    spread = found["social_return_ratio"]
    rows += [(f"*spread*`.{key}`", held(spread[key]), meaning) for key, meaning in SPREAD_WORDS.items()]
    return table(("Key", "Holds", "Meaning"), rows)


def ledger(_: str) -> str:
    """The keys of a ledger: what each holds and means."""
    found = sroi.ledger(sroi.load("local-area-coordination", borough="derby")).to_dict()
    rows = [(f"`{key}`", held(found[key]), meaning) for key, meaning in LEDGER_WORDS.items()]
    if found.keys() - LEDGER_WORDS.keys():
        raise SystemExit(
            f"docs/generate.py: keys of the ledger are described nowhere: {found.keys() - LEDGER_WORDS.keys()}"
        )
    for path, kind, example in (
        ("ledger.society", Statement, found["ledger"]["society"]),
        ("ledger.funders[]", sroi.FunderShare, found["ledger"]["funders"][0]),
        ("ratios.*", Ratio, found["ratios"]["social_return"]),
        ("demand[]", DemandLine, found["demand"][2]),
        ("wellbeing[]", WellbeingLine, found["wellbeing"][0]),
        ("adjustments.*", Adjustment, found["adjustments"]["confidence_adjusted"]),
    ):
        said = {**described_by(kind), "net": "Benefits and transfers less costs."}
        rows += [
            (f"`{path}.{key}`", held(value), said[key].replace("None", "null"))
            for key, value in example.items()
        ]
    return table(("Key", "Holds", "Meaning"), rows)


def answer(name: str) -> str:
    """The keys of another answer: what each holds and means."""
    club, derby = (
        sroi.load(EXAMPLES / "lunch-club.yaml"),
        sroi.load("local-area-coordination", borough="derby"),
    )
    made: dict[str, Callable[[sroi.Study], Any]] = {
        "sensitivity": sroi.sensitivity,
        "variance": lambda study: sroi.sobol(study, points=64),
        "switching": sroi.switching_values,
        "information": lambda study: sroi.value_of_information(study, draws=200),
        "claim": lambda study: sroi.what_it_takes(study, next(iter(study.claims)), draws=100),
    }
    seen: dict[str, dict[str, None]] = {}
    for study in (club, derby):
        for path, value in walked(made[name](study).to_dict()):
            seen.setdefault(path, {}).setdefault(held(value))
    rows = []
    for path in in_sections(seen):
        meaning = ANSWER_WORDS.get(f"{name}.{path}") or ANSWER_WORDS.get(path.rpartition(".")[2])
        if path.startswith("switching_values[]"):
            continue
        if meaning is None:
            raise SystemExit(
                f"docs/generate.py: the key {path} of {name} is described nowhere; add it to ANSWER_WORDS"
            )
        rows.append((f"`{path}`", " or ".join(seen[path]), meaning))
    return table(("Key", "Holds", "Meaning"), rows)


def in_sections(paths: Iterable[str]) -> Iterable[str]:
    """Keys in the order of the result, each followed by the keys inside it."""
    known = list(paths)
    for top in (path for path in known if "." not in path and "[" not in path):
        yield top
        yield from (path for path in known if path.startswith((f"{top}.", f"{top}[")))


def walked(value: Any, path: str = "") -> Iterable[tuple[str, object]]:
    """Every key of a result with its path; entries of a list and of a mapping by name stand for one another."""
    if isinstance(value, dict) and path not in CLOSED:
        for key, entry in value.items():
            below = f"{path}.*" if path in BY_NAME else f"{path}.{key}" if path else key
            if path not in BY_NAME:
                yield below, entry
            yield from walked(entry, below)
    elif isinstance(value, list):
        for entry in value:
            yield from walked(entry, f"{path}[]") if isinstance(entry, dict) else ()


def row_words(path: str) -> str | None:
    """What a key of an outcome's or an input's entry holds, from the type that its row declares."""
    section, _, key = path.rpartition(".")
    row = {"value_map[]": OutcomeRow, "inputs[]": InputRow}.get(section)
    if row is None:
        return None
    said = {
        "str": "text",
        "bool": "true or false",
        "float": "number",
        "int": "number",
        "Number": "number or list of numbers",
        "None": "null",
    }
    parts = [
        said.get(part, "list of numbers")
        for part in re.sub(r"tuple\[.*?\]", "series", row.__annotations__[key]).split(" | ")
    ]
    return " or ".join(parts)


def held(value: object) -> str:
    """What a key holds, in words."""
    if isinstance(value, list):
        return {dict: "list of mappings", str: "list of texts"}.get(
            type(next(iter(value), "")), "list of numbers"
        )
    kinds_of = {bool: "true or false", int: "number", float: "number", str: "text", dict: "mapping"}
    return next((word for kind, word in kinds_of.items() if isinstance(value, kind)), "null")


def key_words(path: str) -> str:
    """What a key means: from the table above, or from the docstring or field that it is made from."""
    if path in RESULT_WORDS:
        return RESULT_WORDS[path]
    section, _, key = path.rpartition(".")
    models = {"": sroi.Study, "value_map[]": sroi.Outcome, "inputs[]": sroi.Input, "claims[]": sroi.Claim}
    models |= {"provenance.numbers[]": sroi.Estimate, "provenance.sources.*": sroi.Source}
    model = models.get(section)
    said = described_by(sroi.Evaluation).get(key) if section in ("", "provenance") else None
    if said is None and model is not None and key in model.model_fields:
        said = model.model_fields[key].description
    if said is None:
        raise SystemExit(
            f"docs/generate.py: the result's key {path} is described nowhere; add it to RESULT_WORDS"
        )
    return said


def described_by(kind: type) -> dict[str, str]:
    """What a class says of its attributes and properties."""
    attributes = {
        name: text
        for names, _, text in sections_of(kind.__doc__).get("Attributes", [])
        for name in names.split(", ")
    }
    properties = {
        name: first_paragraph(each.__doc__) for name, each in vars(kind).items() if isinstance(each, property)
    }
    return {**attributes, **properties}


def sections_of(docstring: str | None) -> dict[str, list[tuple[str, str, str]]]:
    """The sections of a NumPy docstring: for each its entries, as name, type and text."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for section in re.finditer(
        r"^(\w[\w ]*)\n-{3,}\n(.*?)(?=^\w[\w ]*\n-{3,}\n|\Z)",
        inspect.cleandoc(docstring or ""),
        re.MULTILINE | re.DOTALL,
    ):
        entries = ENTRY.finditer(section[2] + "\n")
        found[section[1]] = [(entry[1], entry[2] or "", markdown(entry[3])) for entry in entries]
    return found


def commands(_: str) -> str:
    """Every command with its arguments and options, from the signatures that typer reads."""
    return "\n".join(command_page(name, command) for name, command in commands_of(sroi.cli.app, "sroi"))


def commands_of(app: Any, before: str) -> Iterable[tuple[str, Any]]:
    """The commands of an application and of the groups within it, each with its whole name."""
    for command in app.registered_commands:
        yield f"{before} {command.name or command.callback.__name__}", command
    for group in app.registered_groups:
        yield from commands_of(group.typer_instance, f"{before} {group.name}")


def command_page(name: str, command: Any) -> str:
    """One command: what it does, how it is typed, what it takes."""
    hints = get_type_hints(command.callback, include_extras=True)
    rows = [
        parameter_row(each, hints[each.name])
        for each in inspect.signature(command.callback).parameters.values()
    ]
    arguments = [
        row[0].strip("`") if row[2] == REQUIRED else f"[{row[0].strip('`')}]"
        for row in rows
        if not row[0].startswith("`--")
    ]
    listed = table(("Argument", "Takes", "Default", "Meaning"), rows)
    told = first_paragraph(command.help or command.callback.__doc__)
    return f"### {name}\n\n{told}\n\n```text\n{' '.join([name, *arguments, '[OPTIONS]'])}\n```\n\n{listed}"


def parameter_row(parameter: inspect.Parameter, hint: Any) -> tuple[str, str, str, str]:
    """One argument or option: how it is written, what it takes, its default and its meaning."""
    kind, said = (
        hint.__origin__,
        next(each for each in hint.__metadata__ if isinstance(each, (ArgumentInfo, OptionInfo))),
    )
    choices = (
        [f"`{each.value}`" for each in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []
    )
    default = getattr(parameter.default, "value", parameter.default)
    shown = REQUIRED if default is parameter.empty else f"`{default}`" if isinstance(default, str) else ""
    if isinstance(said, ArgumentInfo):
        return f"`{(said.metavar or parameter.name).upper()}`", " · ".join(choices), shown, said.help or ""
    declared = [each for each in (said.default, *(said.param_decls or ())) if isinstance(each, str)]
    option = ", ".join(declared or [f"--{parameter.name.replace('_', '-')}"])
    taken = " · ".join(choices) or ("" if kind is bool else f"`{said.metavar or 'TEXT'}`")
    return f"`{option}`", taken, shown, said.help or ""


def api(_: str) -> str:
    """Every public name: its signature and what its docstring says first."""
    written_out = []
    for name in sroi.__all__:
        public = getattr(sroi, name)
        parts = [f"### {name}", API_WORDS.get(name) or first_paragraph(public.__doc__)]
        if inspect.isfunction(public):
            parts[1:1] = [f"```text\nsroi.{name}{typed_signature_of(public)}\n```"]
            parts += [entries_of(public.__doc__, section) for section in ("Parameters", "Returns", "Raises")]
        elif inspect.isclass(public) and issubclass(public, BaseModel) and name != "MethodProfile":
            table_of = (
                "a-number"
                if issubclass(public, Estimate)
                else "study"
                if name == "Intervention"
                else name.lower()
            )
            parts.append(f"Fields: [{name}](format.md#{table_of}).")
        elif inspect.isclass(public):
            parts += [
                entries_of(public.__doc__, section) for section in ("Parameters", "Attributes", "Raises")
            ]
        if inspect.isclass(public):
            parts.append(members_of(public))
        written_out.append("\n\n".join(part.rstrip("\n") for part in parts if part))
    return "\n\n".join(written_out) + "\n"


def entries_of(docstring: str | None, section: str) -> str:
    """One section of a docstring as a list."""
    entries = sections_of(docstring).get(section, [])
    lines = [
        f"- `{name}`" + (f" ({markdown(kind)})" if kind else "") + (f": {text}" if text else "")
        for name, kind, text in entries
    ]
    return f"{section}:\n\n" + "\n".join(lines) if lines else ""


def members_of(kind: type) -> str:
    """The public properties and methods that a class defines itself, a line each."""
    if dataclasses.is_dataclass(kind) and not [
        each for each in vars(kind).values() if isinstance(each, property) or inspect.isfunction(each)
    ]:
        return ""
    rows = []
    for name, member in vars(kind).items():
        plain = member.__func__ if isinstance(member, (staticmethod, classmethod)) else member
        if (
            name.startswith("_")
            or hasattr(BaseModel, name)
            or not (
                inspect.isfunction(plain)
                or isinstance(plain, property)
                or type(plain).__name__ == "cached_property"
            )
        ):
            continue
        shown = f"`.{name}{signature_of(plain)}`" if inspect.isfunction(plain) else f"`.{name}`"
        rows.append((shown, first_paragraph(plain.__doc__)))
    return (
        table(("Member", "What it gives"), [row for row in rows if row[1]])
        if any(row[1] for row in rows)
        else ""
    )


def typed_signature_of(function: Callable[..., Any]) -> str:
    """A function's signature with its types as they are written, a line each where it is long."""
    signature = inspect.signature(function)
    parts = []
    for each in signature.parameters.values():
        if each.kind is each.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        kind = CHOICES.get(str(each.annotation), each.annotation)
        parts.append(f"{each.name}: {kind}" + ("" if each.default is each.empty else f" = {each.default!r}"))
    line = f"({', '.join(parts)}) -> {signature.return_annotation}"
    return (
        line
        if len(line) < 100
        else "(\n    " + ",\n    ".join(parts) + f",\n) -> {signature.return_annotation}"
    )


def signature_of(function: Callable[..., Any]) -> str:
    """A method's signature without ``self`` and without types."""
    parameters = [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]
    return f"({', '.join(parameters)})"


# ── What is shipped
# ──────────────────────────────────────────────────────────────────────────────────────────────────────


def packs(_: str) -> str:
    """Every shipped pack, with how much it says."""
    rows = []
    for place in sroi.Library().places():
        pack = place.pack
        own = ", ".join(f"{name}: {len(said.assumptions)}" for name, said in pack.interventions.items())
        rows.append(
            (
                f"`{pack.pack}`",
                pack.title,
                pack.gss or "",
                f"`{pack.extends}`" if pack.extends else "",
                len(pack.assumptions),
                own,
                len(pack.sources),
                len(pack.claims),
            )
        )
    return table(
        (
            "Pack",
            "Title",
            "GSS code",
            "Builds on",
            "Numbers",
            "Numbers of an intervention",
            "Sources",
            "Claims",
        ),
        rows,
    )


def interventions(_: str) -> str:
    """Every shipped intervention, with how much it says."""
    library = sroi.Library()
    rows = []
    for name in library.interventions():
        root = library.intervention(name).root
        places = ", ".join(
            f"`{place.name}`" for place in library.places() if name in place.pack.interventions
        )
        counts = (
            len(root.get(section, ()))
            for section in ("assumptions", "inputs", "outcomes", "sources", "claims")
        )
        rows.append((f"`{name}`", root["title"], *counts, places))
    return table(
        (
            "Intervention",
            "Title",
            "Assumptions",
            "Inputs",
            "Outcomes",
            "Sources",
            "Claims",
            "Places with numbers of their own",
        ),
        rows,
    )


# ── What each place gives
# ────────────────────────────────────────────────────────────────────────────────────────────────

BASES = ("sourced", "borrowed", "assumed", "structural")
RESULT_COLUMNS = (
    "Central",
    "P10 to P90",
    "Above 1",
    "Sourced",
    "Borrowed",
    "Assumed",
    "Structural",
    "Local numbers borrowed",
)


@cache
def library() -> sroi.Library:
    """What is shipped, each pack read once."""
    return sroi.Library()


@cache
def simulated(intervention: str, place: str) -> sroi.Simulation | tuple[str, ...]:
    """An intervention in a place under all its uncertain numbers, or the names of the numbers that are missing."""
    study = sroi.load(intervention, borough=place, packs=library())
    try:
        return sroi.simulate(study, draws=DRAWS, seed=SEED)
    except sroi.UndefinedResultError as error:
        return tuple(problem.path.removeprefix("assumptions.") for problem in error.problems)


def spoken_of() -> list[tuple[str, str]]:
    """Every shipped place with each intervention that its own pack speaks of."""
    return [
        (place.name, intervention)
        for place in library().places()
        if not place.nation
        for intervention in place.pack.interventions
    ]


def result_cells(found: sroi.Simulation | tuple[str, ...]) -> tuple[str, ...]:
    """A result's cells under ``RESULT_COLUMNS``, or what is missing."""
    if isinstance(found, tuple):
        return (
            f"not assessed: {formatting.listed(f'`{name}`' for name in found)}",
            *[""] * (len(RESULT_COLUMNS) - 1),
        )
    result, counts = found.evaluation, found.evaluation.provenance["counts"]
    low, high = (signed(found.ratio.percentiles[percent]) for percent in (10, 90))
    shares = [f"{result.value_by_basis[basis]:.0%}" for basis in BASES]
    borrowed = f"{counts['local_borrowed']} of {counts['local']}" if counts["local"] else "none is local"
    return (
        signed(result.social_return_ratio),
        f"{low} to {high}",
        chance(found.probability_above_one),
        *shares,
        borrowed,
    )


def signed(value: float) -> str:
    """A ratio to two significant figures, with a minus sign where it is below 0."""
    return formatting.ratio(value).replace("-", "−")


def chance(share: float) -> str:
    """A share of the draws."""
    return "none" if share <= 0 else "<1%" if share < 0.01 else ">99%" if share > 0.99 else f"{share:.0%}"


def beside(claims_said: Iterable[sroi.Claim]) -> str:
    """Claims in a few words: the ratios, each with its meaning."""
    told = dict.fromkeys(
        f"{formatting.claimed(claim.ratio, 'GBP')} {claim.meaning.replace('_', ' ')}"
        for claim in claims_said
        if isinstance(claim.ratio, float)
    )
    return "; ".join(told) or "no ratio claimed"


def places(_: str) -> str:
    """Every shipped place with the interventions that its pack speaks of: the ratio with its range, what it rests on, the claims beside it."""
    rows = []
    for place, intervention in spoken_of():
        said = (
            claim
            for claim in library().place(place).pack.claims.values()
            if claim.intervention == intervention
        )
        rows.append(
            (f"`{place}`", f"`{intervention}`", *result_cells(simulated(intervention, place)), beside(said))
        )
    return table(("Place", "Intervention", *RESULT_COLUMNS, "Claims"), rows)


def alone(place: str) -> str:
    """The interventions that no place has numbers of its own for, in one place: the same columns."""
    of_a_place = {intervention for _, intervention in spoken_of()}
    rows = []
    for intervention in library().interventions():
        if intervention not in of_a_place:
            study = sroi.load(intervention, borough=place, packs=library())
            rows.append(
                (
                    f"`{intervention}`",
                    *result_cells(simulated(intervention, place)),
                    beside(study.claims.values()),
                )
            )
    return table(("Intervention", *RESULT_COLUMNS, "Claims"), rows)


def elsewhere(_: str) -> str:
    """The interventions that need no number of a place's own, in a place of each nation that has none."""
    rows = []
    for intervention in library().interventions():
        found = [simulated(intervention, place) for _, place in ELSEWHERE]
        if not any(isinstance(each, tuple) for each in found):
            cells = [result_cells(each) for each in found]
            rows.append((f"`{intervention}`", *(f"{cell[0]} ({cell[1]})" for cell in cells)))
    return table(("Intervention", *(where for where, _ in ELSEWHERE)), rows)


def refusals(place: str) -> str:
    """What is missing of the interventions that refuse in a place that has no numbers of its own for them."""
    rows = []
    for name in library().interventions():
        missing = simulated(name, place)
        if isinstance(missing, tuple):
            rows.append((f"`{name}`", formatting.listed(f"`{each}`" for each in missing)))
    return table(("Intervention", "Not assessed"), rows)


def claims(place: str) -> str:
    """Every claim of a ratio: of a place beside the model of that place, of none beside all models of its intervention, or that of ``place``."""
    rows = []
    for where, intervention in spoken_of():
        own = library().place(where).pack.claims
        rows += [
            claim_row(f"`{where}`", intervention, name, claim, [simulated(intervention, where)])
            for name, claim in own.items()
        ]
    for intervention in library().interventions():
        everywhere = [where for where, each in spoken_of() if each == intervention] or [place]
        models = [simulated(intervention, where) for where in everywhere]
        said = sroi.load(intervention, borough=everywhere[0], packs=library()).claims
        own = library().place(everywhere[0]).pack.claims
        rows += [
            claim_row("", intervention, name, claim, models)
            for name, claim in said.items()
            if name not in own
        ]
    return table(
        ("Place", "Intervention", "Claim", "Ratio", "Meaning", "Central here", "P10 to P90", "Reached in"),
        (row for row in rows if row[3]),
    )


def claim_row(
    where: str,
    intervention: str,
    name: str,
    claim: sroi.Claim,
    models: list[sroi.Simulation | tuple[str, ...]],
) -> tuple[str, ...]:
    """A claim beside the figure of the same meaning; over several models from the lowest to the highest."""
    ratio = f"{claim.ratio:g}" if isinstance(claim.ratio, float) else ""
    told = (where, f"`{intervention}`", claim.says, ratio, claim.meaning.replace("_", " "))
    found = [model for model in models if not isinstance(model, tuple) and name in model.claims]
    if not found:
        return (*told, "not assessed", "", "")
    figure = "savings_ratio" if claim.meaning == "savings" else "social_return_ratio"
    central = [getattr(model.evaluation, figure) for model in found]
    low, high = (
        pick(model.spreads[figure].percentiles[percent] for model in found)
        for pick, percent in ((min, 10), (max, 90))
    )
    reached = [model.claims[name] for model in found]
    return (*told, between(signed, central), f"{signed(low)} to {signed(high)}", between(chance, reached))


def between(write: Callable[[float], str], values: list[float]) -> str:
    """The lowest and the highest of some values, or the one text that both would be."""
    return " to ".join(dict.fromkeys((write(min(values)), write(max(values)))))


def region(argument: str) -> str:
    """One block of an example: the lines from a top-level key to the next empty line."""
    file, key = argument.split()
    blocks = (EXAMPLES / file).read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return "```yaml\n" + next(block for block in blocks if block.startswith(f"{key}:")) + "\n```\n"


def ratios(_: str) -> str:
    """One evidence set under many conventions."""
    figures = [getattr(evidence(values), figure) for _, figure, values in RATIOS]
    rows = []
    for (what, _, _), figure in zip(RATIOS, figures, strict=True):
        change = 100 * (figure / figures[0] - 1)
        rows.append(
            (what, f"{figure:.2f}", "" if figure == figures[0] else f"{change:+.1f}%".replace("-", "−"))
        )
    return table(("Reading", "Ratio", "Against the first"), rows)


def evidence(values: dict[str, Any]) -> sroi.Evaluation:
    """The evidence set with some values changed."""
    return sroi.evaluate(sroi.load(EXAMPLES / "many-ratios.yaml", values=values))


def by_profile(_: str) -> str:
    """The same evidence under each shipped profile."""
    club, derby = (
        sroi.load(EXAMPLES / "lunch-club.yaml"),
        sroi.load("local-area-coordination", borough="derby"),
    )
    rows = [(f"`{name}`", ratio_under(name, club), ratio_under(name, derby)) for name in sroi.PROFILES]
    return table(("Profile", "Lunch club", "Derby, Local Area Coordination"), rows)


def ratio_under(profile: str, study: sroi.Study) -> str:
    """The ratio of a study under a profile, or that it has none."""
    try:
        return f"{sroi.evaluate(study.with_method(profile)).social_return_ratio:.3f}"
    except sroi.DocumentError:
        return "none: deductions pass 100%"


def decisions(_: str) -> str:
    """The decision records, in order."""
    lines = []
    for file in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        title = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        lines.append(f"- [{title}](decisions/{file.name})\n")
    return "".join(lines)


MAKERS: dict[str, Callable[[str], str]] = {
    maker.__name__: maker
    for maker in (
        fields,
        kinds,
        profiles,
        schedules,
        series,
        grades,
        result,
        simulation,
        ledger,
        answer,
        commands,
        api,
        packs,
        interventions,
        places,
        alone,
        elsewhere,
        refusals,
        claims,
        region,
        ratios,
        by_profile,
        decisions,
    )
}


def pages() -> dict[Path, str]:
    """What every page should hold: its own words with each made part as the code now has it."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return {page: MADE.sub(made, page.read_text(encoding="utf-8")) for page in found}


def made(found: re.Match[str]) -> str:
    """One made part between its marks."""
    return f"{found[1]}\n{MAKERS[found['name']](found['argument'] or '').rstrip()}\n\n{found[4]}"


def main() -> None:
    """Write every page whose made parts have changed."""
    os.environ.pop("SROI_PACKS", None)
    for page, text in pages().items():
        if page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8", newline="\n")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main()
