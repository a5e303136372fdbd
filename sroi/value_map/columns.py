"""The columns of a Value Map: one list of keys, titles and the other words that people write for them; long because it is data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Holds = Literal["text", "count", "money", "share", "years", "start", "choice"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the map.

    Attributes
    ----------
    key : str
        Its name in a mapping file.
    title : str
        Its heading, as this package writes it; no two are alike.
    stage : str
        The band of the map that it stands under.
    question : str
        What the map asks there, for the line beneath the heading; may be empty.
    synonyms : tuple of str
        Other headings that mean the same. Case, punctuation, signs of currency and words in brackets do not
        matter.
    holds : str
        What its cells hold. A share is written as a percentage, a start as 1 (in the period of activity) or 2
        (in the period after).
    after : str
        Key of the column whose text it carries. Such a column may have a bare heading (Source, Reason,
        Description), read by where it stands.
    core : bool
        Whether a map has it even where every cell of it is empty.
    """

    key: str
    title: str
    stage: str
    question: str = ""
    synonyms: tuple[str, ...] = ()
    holds: Holds = "text"
    after: str = ""
    core: bool = False


_WHO, _HOW, _WHAT, _WHY, _WHEN, _NAMES = (
    "Stage 1: stakeholders",
    "Stage 2: inputs, outputs, outcomes",
    "Stage 3: evidence and value",
    "Stage 4: impact",
    "Stage 5: social return",
    "Names in the file",
)


def _texts(key: str, words: str, stage: str, *synonyms: str) -> tuple[Column, Column]:
    source = Column(
        f"{key}_source",
        f"{words} source",
        stage,
        "",
        (f"source of {words}", f"{words} evidence", *synonyms),
        after=key,
    )
    return source, Column(
        f"{key}_reason",
        f"{words} reason",
        stage,
        "",
        (f"{words} rationale", f"{words} justification"),
        after=key,
    )


COLUMNS: tuple[Column, ...] = (
    Column(
        "stakeholder",
        "Stakeholders",
        _WHO,
        "Who do we have an effect on? Who has an effect on us?",
        (
            "stakeholder",
            "stakeholder group",
            "beneficiary group",
            "who changes",
            "who will we have an effect on",
            "who has an effect on us",
        ),
        core=True,
    ),
    Column(
        "size",
        "No. in group",
        _WHO,
        "How many are there?",
        (
            "number in group",
            "group size",
            "size of group",
            "in group",
            "population",
            "number of stakeholders",
            "stakeholder numbers",
        ),
        "count",
        core=True,
    ),
    Column(
        "involved",
        "No. involved",
        _WHO,
        "How many were involved in the evaluation?",
        (
            "number involved",
            "involved in process",
            "no involved in process",
            "number involved in process",
            "number engaged",
            "how many were consulted",
            "stakeholders consulted",
            "no engaged",
        ),
        "count",
        core=True,
    ),
    Column(
        "input",
        "Inputs",
        _HOW,
        "What do they invest?",
        ("input", "what they invest", "inputs description", "investment description", "what did they invest"),
        core=True,
    ),
    Column(
        "input_kind",
        "Kind of input",
        _HOW,
        "cash, in_kind, volunteer_time or concession",
        ("input type", "type of input"),
        "choice",
    ),
    Column(
        "input_value",
        "Value of inputs",
        _HOW,
        "What is the value of the inputs in currency?",
        (
            "input value",
            "financial value of inputs",
            "total inputs",
            "amount invested",
            "investment",
            "inputs value in currency",
        ),
        "money",
        core=True,
    ),
    *_texts("input", "Input", _HOW),
    Column("activity", "Activity", _HOW, "What was done?", ("activities", "what we do")),
    Column(
        "output",
        "Outputs",
        _HOW,
        "Summary of activity in numbers",
        ("output", "summary of activity"),
        core=True,
    ),
    Column(
        "outcome",
        "Outcomes",
        _HOW,
        "How would the stakeholder describe the changes?",
        (
            "outcome",
            "the outcomes",
            "the outcomes what changes",
            "the outcomes description",
            "outcomes description",
            "outcome description",
            "well defined outcome",
            "description of outcomes",
            "what changes",
            "change",
            "description of outcome",
        ),
        core=True,
    ),
    Column(
        "kind",
        "Kind of value",
        _WHAT,
        "wellbeing, resource, transfer or tax",
        ("outcome type", "type of value"),
        "choice",
    ),
    Column(
        "indicator",
        "Indicator",
        _WHAT,
        "How would you measure it?",
        ("indicators", "outcome indicator", "measure", "how would we measure it"),
        core=True,
    ),
    Column(
        "quantity",
        "Quantity",
        _WHAT,
        "How much change was there?",
        (
            "amount of change",
            "number achieving outcome",
            "number of people experiencing described outcome",
            "scale",
            "number experiencing change",
            "number of people experiencing the outcome",
            "how many",
            "incidence",
        ),
        "count",
        core=True,
    ),
    Column(
        "unit",
        "Unit",
        _WHAT,
        "What is counted, where a service is needed less",
        ("units", "unit of measurement"),
    ),
    *_texts("quantity", "Quantity", _WHAT, "indicator source", "data source", "source of information"),
    Column(
        "n_measured",
        "Sample size",
        _WHAT,
        "How many were measured?",
        ("sample", "sample size used", "n measured"),
        "count",
    ),
    Column(
        "duration",
        "Duration",
        _WHAT,
        "For how many years is there a benefit?",
        (
            "duration years",
            "duration of outcomes",
            "duration of outcome",
            "how long does it last",
            "how long will it last",
            "benefit period",
            "years of benefit",
            "length of outcome",
        ),
        "years",
        core=True,
    ),
    *_texts("duration", "Duration", _WHAT),
    Column(
        "starts",
        "Outcomes start",
        _WHAT,
        "In the period of activity (1) or in the period after (2)",
        (
            "outcome start",
            "outcome start period",
            "start period",
            "outcome starts",
            "start of outcome",
            "does it start in period of activity 1 or in period after 2",
            "when does it start",
        ),
        "start",
        core=True,
    ),
    Column(
        "value_reason",
        "Financial proxy",
        _WHAT,
        "What proxy would you use to value the change?",
        (
            "proxy",
            "proxy description",
            "description of proxy",
            "financial proxy description",
            "valuation approach",
            "valuation method",
        ),
        after="value",
        core=True,
    ),
    Column(
        "value",
        "Value of proxy",
        _WHAT,
        "What is the value of the change, a unit and a year?",
        (
            "value",
            "value in currency",
            "proxy value",
            "monetary valuation",
            "monetary value",
            "value of outcome",
            "financial proxy value",
            "unit value",
            "value of the change",
            "value of financial proxy",
        ),
        "money",
        core=True,
    ),
    Column(
        "value_source",
        "Proxy source",
        _WHAT,
        "Where did you get the information from?",
        ("value source", "source of proxy", "source of value", "financial proxy source"),
        after="value",
        core=True,
    ),
    Column(
        "deadweight",
        "Deadweight %",
        _WHY,
        "What would have happened without the activity?",
        ("deadweight", "dead weight", "counterfactual"),
        "share",
        core=True,
    ),
    *_texts("deadweight", "Deadweight", _WHY),
    Column(
        "displacement",
        "Displacement %",
        _WHY,
        "What activity did you displace?",
        ("displacement",),
        "share",
        core=True,
    ),
    *_texts("displacement", "Displacement", _WHY),
    Column(
        "attribution",
        "Attribution %",
        _WHY,
        "Who else contributed to the change? The share due to others.",
        ("attribution", "attribution to others", "share due to others", "who else contributed"),
        "share",
        core=True,
    ),
    Column(
        "contribution",
        "Contribution %",
        _WHY,
        "Our own share of the change, in place of attribution",
        (
            "contribution",
            "our contribution",
            "our share",
            "share due to us",
            "attribution to us",
            "attribution kept",
        ),
        "share",
    ),
    *_texts("attribution", "Attribution", _WHY),
    Column(
        "drop_off",
        "Drop-off %",
        _WHY,
        "Does the outcome drop off in future years?",
        ("drop off", "dropoff", "annual drop off", "drop off rate", "decay"),
        "share",
        core=True,
    ),
    Column(
        "drop_off_from",
        "Drop-off from",
        _WHY,
        "second_year or first_year",
        ("first year of drop off",),
        "choice",
    ),
    *_texts("drop_off", "Drop-off", _WHY),
    Column(
        "impact",
        "Impact",
        _WHY,
        "Quantity times financial proxy, less deadweight, displacement and attribution",
        ("impact calculation", "net impact", "annual impact", "total impact", "impact in currency"),
        "money",
        core=True,
    ),
    Column(
        "present_value",
        "Present value",
        _WHEN,
        "",
        ("pv", "outcome present value", "present value of outcome"),
        "money",
    ),
    Column("stakeholder_id", "Stakeholder name in the file", _NAMES, "", ("stakeholder id",)),
    Column("input_id", "Input name in the file", _NAMES, "", ("input id",)),
    Column("outcome_id", "Outcome name in the file", _NAMES, "", ("outcome id",)),
)
"""Every column but those of the years, in the order of the map; the years stand before ``present_value``."""

BY_KEY = {column.key: column for column in COLUMNS}

BARE = {
    "source": "source",
    "sources": "source",
    "reason": "reason",
    "rationale": "reason",
    "justification": "reason",
    "evidence": "source",
}
BARE |= {"where did you get the information from": "source", "where did you get this information": "source"}
"""Headings that say nothing without the column before them, and what they are of it."""

YEARS_STAGE = _WHEN


def year_title(t: int) -> str:
    """Heading of the column of calendar index ``t``."""
    return f"Year {t}"
