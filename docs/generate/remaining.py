"""The warnings that `sroi check` gives of what is shipped, each with why it is left standing."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

import sroi
from docs.generate.markdown import table
from sroi.checking.examples import DAY
from sroi.checking.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sroi.checking.finding import Severity

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).with_name("warnings.yaml")


@dataclass(frozen=True)
class Explanation:
    """Why a rule's warnings of some studies at some paths are left standing."""

    rule: str
    studies: tuple[str, ...]
    where: tuple[str, ...]
    why: str

    def covers(self, rule: str, study: str, where: str) -> bool:
        """Whether it is about a warning."""
        return (
            rule == self.rule
            and any(fnmatchcase(study, each) for each in self.studies)
            and any(where == each or fnmatchcase(where, each) for each in self.where)
        )


def explanations() -> list[Explanation]:
    """What is written in warnings.yaml."""
    return explained(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def explained(by_rule: Mapping[str, list[dict[str, Any]]]) -> list[Explanation]:
    """Explanations by rule, each of some studies (``in``) at some paths (``where``), or of all."""
    return [
        Explanation(rule, tuple(each.get("in", ["*"])), tuple(each.get("where", ["*"])), each["why"].strip())
        for rule, said in by_rule.items()
        for each in said
    ]


def studies() -> Iterator[tuple[str, str | None, sroi.Study]]:
    """Every example, and every intervention at every place whose packs hold its numbers."""
    for file in sorted((ROOT / "examples").glob("*.yaml")):
        yield file.stem, None, sroi.load(file)
    library = sroi.Library()
    for name in library.interventions():
        for place in library.places():
            try:
                study = sroi.load(name, place=place.name)
            except sroi.DocumentError:
                continue  # above the nations there is no place, and a few packs refuse an intervention
            yield name, place.name, study


@cache
def findings(severity: Severity = "warning") -> dict[tuple[str, str, str], list[str | None]]:
    """The places of each warning, or error, of what is shipped, by rule, study and path."""
    found: dict[tuple[str, str, str], list[str | None]] = {}
    for name, place, each in _checked():
        if each.severity == severity and not each.waived:
            found.setdefault((each.rule, name, each.where), []).append(place)
    return found


@cache
def _checked() -> tuple[tuple[str, str | None, sroi.Finding], ...]:
    return tuple(
        (name, place, each) for name, place, study in studies() for each in sroi.check(study, today=DAY)
    )


def remaining(_: str) -> str:
    """The warnings by rule: of which studies, at which paths, in how many places, and why."""
    places: dict[str, set[str]] = {}
    for (_rule, study, _where), at in findings().items():
        places.setdefault(study, set()).update(each for each in at if each is not None)
    sections = []
    for rule in dict.fromkeys(each.rule for each in explanations()):
        rows = []
        for said in (each for each in explanations() if each.rule == rule):
            mine = {key: at for key, at in findings().items() if said.covers(*key)}
            at_paths: dict[str, list[str]] = {}
            for (_code, study, where), at in mine.items():
                at_paths.setdefault(study, []).append(_path(where, at, places[study]))
            of_studies = [f"{study}: {', '.join(paths)}" for study, paths in at_paths.items()]
            rows.append(("; ".join(of_studies), said.why))
        heading = f"### [{rule}](checks/{rule}.md) {RULES[rule].name}\n\n{RULES[rule].what}"
        sections.append(f"{heading}\n\n{table(('Where', 'Why it is left'), rows)}")
    return "\n".join(sections)


def _path(where: str, at: list[str | None], everywhere: set[str]) -> str:
    """A path, with the places where it is found unless that is everywhere, or those where it is not."""
    named = {each for each in at if each is not None}
    others = everywhere - named
    if not others:
        return f"`{where}`"
    some = sorted(named) if len(named) <= len(others) else ["not", *sorted(others)]
    return f"`{where}` ({', '.join(some).replace('not, ', 'not ')})"
