"""The keys of results: what each holds, from results of shipped studies, and what it means."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

import sroi
from docs.generate.markdown import described_by, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pydantic import BaseModel

EXAMPLES = Path(__file__).parents[2] / "examples"
YOUTH_CENTRE = EXAMPLES / "youth-centre"
MEANINGS: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("meanings.yaml").read_text(encoding="utf-8")
)
HEADINGS = ("Key", "Holds", "Meaning")

BY_NAME = ("by_stakeholder", "provenance.sources")
"""Mappings of a result whose keys are names of the study."""

CLOSED = (
    *("method", "provenance.packs", "differences[].values", "lines[].unlike"),
    *("changes[].old", "changes[].new"),
    *("warnings[].data", "value_map[].codes"),
    *("options[].spread", "options[].more_spread"),
    *("studies[].central", "studies[].spreads", "central", "spreads", "shared"),
)
"""Mappings of a result whose keys are not listed."""


def club() -> sroi.Study:
    """The study of the tutorial."""
    return sroi.load(EXAMPLES / "lunch-club.yaml")


def shipped(place: str = "derby") -> sroi.Study:
    """The programme that most places have numbers for."""
    return sroi.load("local-area-coordination", borough=place)


def meaning(key: str, *said: str | None) -> str:
    """The first meaning that there is."""
    for each in said:
        if each is not None:
            return each
    raise SystemExit(f"docs/generate: the key {key} is described nowhere; add it to meanings.yaml")


def result(_: str) -> str:
    """The keys of a result: what each holds and means."""
    found = [sroi.evaluate(study) for study in (club(), shipped(), shipped("haringey"))]
    holds = keys(each.to_dict() for each in found)
    stale = MEANINGS["result"].keys() - holds.keys()
    if stale:
        raise SystemExit(f"docs/generate: no result has the keys {', '.join(sorted(stale))} of meanings.yaml")
    models: dict[str, type[BaseModel]]
    models = {"": sroi.Study, "value_map[]": sroi.Outcome, "inputs[]": sroi.Input, "claims[]": sroi.Claim}
    models |= {"provenance.numbers[]": sroi.Estimate, "provenance.sources.*": sroi.Source}
    rows = {"value_map[]": type(found[0].outcomes[0]), "inputs[]": type(found[0].inputs[0])}
    attributes = described_by(sroi.Evaluation)
    lines = []
    for path, held_there in holds.items():
        section, _, key = path.rpartition(".")
        field = models[section].model_fields.get(key) if section in models else None
        means = meaning(
            path,
            MEANINGS["result"].get(path),
            attributes.get(key) if section in ("", "provenance") else None,
            field and field.description,
        )
        what = declared(rows[section].__annotations__[key]) if section in rows else held_there
        lines.append((f"`{path}`", what, means))
    return table(HEADINGS, lines)


def simulation(_: str) -> str:
    """The keys of a simulation: what each holds and means."""
    found = sroi.simulate(club(), draws=100).to_dict()
    said = described_by(sroi.Simulation) | MEANINGS["simulation"]
    rows = [
        (f"`{key}`", MEANINGS["simulation holds"].get(key) or held(value), meaning(key, said.get(key)))
        for key, value in found.items()
        if key not in found["central"]
    ]
    figures = described_by(sroi.Evaluation)
    rows += [
        (f"`{figure}`", "spread", figures.get(figure, "").partition(";")[0].rstrip(".") + ".")
        for figure in found["central"]
    ]
    spread = found["social_return_ratio"]
    rows += [(f"*spread*`.{key}`", held(spread[key]), says) for key, says in MEANINGS["spread"].items()]
    return table(HEADINGS, rows)


def ledger(_: str) -> str:
    """The keys of a ledger: what each holds and means."""
    made = sroi.ledger(shipped())
    found = made.to_dict()
    said = MEANINGS["ledger"]
    meaning(str(found.keys() - said.keys()), None if found.keys() - said.keys() else "")
    rows = [(f"`{key}`", held(found[key]), means) for key, means in said.items()]
    for path, one, example in (
        ("ledger.society", made.society, found["ledger"]["society"]),
        ("ledger.funders[]", made.funders[0], found["ledger"]["funders"][0]),
        ("ratios.*", made.ratios[0], found["ratios"]["social_return"]),
        ("demand[]", made.demand[2], found["demand"][2]),
        ("wellbeing[]", made.wellbeing[0], found["wellbeing"][0]),
        ("adjustments.*", made.adjustments[0], found["adjustments"]["confidence_adjusted"]),
    ):
        said = described_by(type(one)) | {"net": "Benefits and transfers less costs."}
        rows += [
            (f"`{path}.{key}`", held(value), said[key].replace("None", "null"))
            for key, value in example.items()
        ]
    return table(HEADINGS, rows)


def compared(study: sroi.Study) -> sroi.Comparison:
    """A study beside another: one that can be added, and one that is not alike and has no result."""
    other = sroi.load("befriending", place="york")
    if study.place is None:
        return sroi.compare(study, other, price_year="2024-25", draws=100)
    return sroi.compare(study, other, sroi.load("mens-shed", place="york"), anyway=True, draws=100)


ANSWERS: dict[str, Callable[[sroi.Study], Any]] = {
    "sensitivity": sroi.sensitivity,
    "variance": lambda study: sroi.sobol(study, points=64),
    "switching": sroi.switching_values,
    "information": lambda study: sroi.value_of_information(study, draws=200),
    "claim": lambda study: sroi.what_it_takes(study, next(iter(study.claims)), draws=100),
    "options": lambda _: sroi.options(*decision(), draws=100),
    "simulations": lambda _: sroi.simulate_many(decision()[1:], draws=100),
    "comparison": compared,
    "difference": lambda _: sroi.diff(
        *(YOUTH_CENTRE / f"{each}.yaml" for each in ("forecast", "evaluation"))
    ),
}


def decision() -> list[sroi.Study]:
    """The options that the how-to chooses among."""
    names = ("do-nothing", "one-club", "two-clubs")
    return [sroi.load(EXAMPLES / "options" / f"{name}.yaml") for name in names]


def answer(name: str) -> str:
    """The keys of another answer: what each holds and means."""
    said = MEANINGS["answers"]
    rows = [
        (f"`{path}`", holds, meaning(path, said.get(f"{name}.{path}"), said.get(path.rpartition(".")[2])))
        for path, holds in keys(ANSWERS[name](study).to_dict() for study in (club(), shipped())).items()
        if not path.startswith("switching_values[]")
    ]
    return table(HEADINGS, rows)


def keys(results: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Every key of some results with what it holds, each followed by the keys inside it."""
    seen: dict[str, dict[str, None]] = {}
    for each in results:
        for path, value in walked(each):
            seen.setdefault(path, {}).setdefault(held(value))
    found: dict[str, str] = {}
    for top in (path for path in seen if "." not in path and "[" not in path):
        found |= {
            path: " or ".join(holds)
            for path, holds in seen.items()
            if path == top or path.startswith((f"{top}.", f"{top}["))
        }
    return found


def walked(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Every key with its path; entries of a list and of a mapping by name stand for one another."""
    if isinstance(value, dict) and path not in CLOSED:
        for key, entry in value.items():
            below = f"{path}.*" if path in BY_NAME else f"{path}.{key}" if path else key
            if path not in BY_NAME:
                yield below, entry
            yield from walked(entry, below)
    elif isinstance(value, list):
        for entry in value:
            yield from walked(entry, f"{path}[]") if isinstance(entry, dict) else ()


def declared(annotation: str) -> str:
    """What a field of a row holds, from its declared type."""
    said = {"str": "text", "bool": "true or false", "float": "number", "int": "number", "None": "null"}
    said["Number"] = "number or list of numbers"
    parts = re.sub(r"tuple\[.*?\]", "series", annotation).split(" | ")
    return " or ".join(said.get(part, "list of numbers") for part in parts)


def held(value: object) -> str:
    """What a key holds, in words."""
    if isinstance(value, list):
        listed = {"dict": "list of mappings", "str": "list of texts"}
        return listed.get(type(next(iter(value), "")).__name__, "list of numbers")
    kinds = {bool: "true or false", int: "number", float: "number", str: "text", dict: "mapping"}
    return next((word for kind, word in kinds.items() if isinstance(value, kind)), "null")
