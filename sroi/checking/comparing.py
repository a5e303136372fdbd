"""Rules that a comparison keeps, or finds broken: no study breaks them alone."""

from __future__ import annotations

from sroi.checking.rules import Rule, chapter_of

_KEPT = "No study breaks it alone: `sroi compare` looks for it among the studies that it is given."
_HELD = "No study breaks it: no command prints such a figure."

RULES = (
    Rule(
        "SROI053",
        "ratio-without-range",
        "warning",
        chapter_of("SROI053"),
        "A ratio stands beside others without its range.",
        "the range of every number",
        "Ratios of one programme differ by more between two readers than most programmes do between each "
        "other: a figure without its range says that one is better where nobody can tell.",
        "Give the numbers their ranges; --no-range leaves them out.",
        None,
        kept_by=_KEPT,
    ),
    Rule(
        "SROI055",
        "gross-headline",
        "error",
        chapter_of("SROI055"),
        "A headline is gross, or a net ratio is called the social return ratio.",
        "the ratio of every result",
        "Value before deductions is not what a programme brought about, and the net ratio is one less than "
        "the ratio.",
        "",
        None,
        arithmetic=True,
        kept_by=_HELD,
    ),
    Rule(
        "SROI056",
        "unlike-studies",
        "error",
        chapter_of("SROI056"),
        "Studies are set side by side that differ in method, price year, horizon, kind, perspective, "
        "denominator or currency.",
        "method, price_year, appraisal_period, kind, currency, inputs, outcomes",
        "Two analysts with the same evidence print ratios a factor of two apart by these alone.",
        "",
        None,
        arithmetic=True,
        kept_by=_KEPT,
    ),
    Rule(
        "SROI057",
        "people-counted-twice",
        "warning",
        chapter_of("SROI057"),
        "Programmes of one place are added up, or one programme stands there twice.",
        "place, id, stakeholders.*.size",
        "Whoever takes part in both is counted twice, and so may be what both change. A total is a ratio of "
        "sums, for a mean of ratios gives a pound here the weight of a million there.",
        "Say how many take part in both, and leave what both change out of one of them.",
        None,
        kept_by=_KEPT,
    ),
)
