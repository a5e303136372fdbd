"""Every rule of `sroi check`, a page each, from what it says of itself."""

from __future__ import annotations

from pathlib import Path

import sroi.checking  # noqa: F401 - registers the rules
from docs.generate.markdown import table
from sroi.checking import examples
from sroi.checking.registry import RULES
from sroi.checking.rules import CHAPTERS
from sroi.checking.texts import explained
from sroi.checking.thresholds import THRESHOLDS

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "checks"


def rule_pages() -> dict[Path, bytes]:
    """The page of each rule: what ``sroi check --rule`` prints."""
    back = (
        "[All rules](../checks.md#rules) · [the study that the examples are laid over](../checks.md#examples)"
    )
    return {PAGES / f"{code}.md": f"{explained(rule)}\n\n{back}\n".encode() for code, rule in RULES.items()}


def checks(_: str) -> str:
    """The rules by chapter, each with what it finds and a link to its page."""
    chapters = []
    for chapter in CHAPTERS:
        rows = (
            (f"[{code}](checks/{code}.md)", f"`{rule.name}`", rule.severity, rule.what)
            for code, rule in RULES.items()
            if rule.chapter == chapter
        )
        chapters.append(f"### {chapter}\n\n{table(('Code', 'Name', 'Severity', 'Finds'), rows)}")
    return "\n".join(chapters)


def example_study(_: str) -> str:
    """The study that the examples of the rules are laid over."""
    return f"```yaml\n{examples.base()}```\n"


def thresholds(_: str) -> str:
    """The numbers that rules compare with, each with its reason."""
    rows = (
        (f"`{name}`", each.value, ", ".join(f"[{code}](checks/{code}.md)" for code in each.rules), each.why)
        for name, each in THRESHOLDS.items()
    )
    return table(("Threshold", "Value", "Rules", "Why"), rows)
