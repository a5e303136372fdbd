"""Every rule of `sroi check`, from what it says of itself, and the numbers that rules compare with."""

from __future__ import annotations

import sroi.checking  # noqa: F401 - registers the rules
from docs.generate.markdown import table
from sroi.checking.registry import RULES
from sroi.checking.rules import CHAPTERS, Rule
from sroi.checking.thresholds import THRESHOLDS


def checks(_: str) -> str:
    """The rules by chapter: what each finds, why, and when it may be waived."""
    pages = []
    for chapter in CHAPTERS:
        rules = [RULES[code] for code in sorted(RULES) if RULES[code].chapter == chapter]
        pages.append(f"### {chapter}\n\n" + "\n".join(map(_rule, rules)))
    return "\n".join(pages)


def thresholds(_: str) -> str:
    """The numbers that rules compare with, each with its reason."""
    rows = ((f"`{name}`", each.value, each.why) for name, each in THRESHOLDS.items())
    return table(("Threshold", "Value", "Why"), rows)


def _rule(rule: Rule) -> str:
    notes = [f"**Why**: {rule.why}", f"**Reads**: {rule.reads}."]
    if rule.kept_by:
        notes.append(rule.kept_by)
    if rule.until_final:
        notes.append("A warning until the study's `status` is `final`.")
    if not rule.default:
        notes.append(f"Off unless asked for (`--select {rule.code}` or `--select ALL`).")
    waive = "Never: it is arithmetic." if rule.arithmetic else rule.waive
    notes += [f"**When to waive**: {waive}"] if waive else []
    listed = "\n".join(f"- {note}" for note in notes)
    return f"#### {rule.code} {rule.name}\n\n{rule.what} ({rule.severity})\n\n{listed}\n"
