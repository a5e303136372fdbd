"""Whether packs and interventions can be trusted and shipped: sources, rationales, ranges, names, price years, licences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sroi.documents.tree import LocatedDict, LocatedList, in_order
from sroi.errors import DocumentError, Problem, instead
from sroi.expression import Expression
from sroi.model import Estimate
from sroi.provenance import dotted
from sroi.quantities import shown
from sroi.ranges import range_problem
from sroi.reference import PriceYearError, price_index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.documents.library import Library, Place
    from sroi.documents.tree import Text

_NOT_TO_SHIP = re.compile(r"\bND\b|no.?deriv|HACT", re.IGNORECASE)
"""Licences, and a publisher, under which no value may stand in a pack that is passed on."""

_NUMBERS = {
    "quantity",
    "value",
    "duration",
    "deadweight",
    "displacement",
    "attribution",
    "contribution",
    "drop_off",
    "cashable",
}


def check_packs(library: Library) -> list[Problem]:
    """What is wrong with the packs and interventions of a library, shipped and the user's own; empty where nothing is.

    Beyond what loading refuses: every number names a source that its packs declare, or says why it is what it
    is; its range holds it; its price year converts; its licence allows it to be passed on; and every name in
    an expression is declared somewhere in its packs.
    """
    problems: list[Problem] = []
    places = []
    for file, _ in library.pack_files():
        try:
            places.append(library.place(file.stem))
        except DocumentError as error:
            problems += error.problems
    declared_by_nations = {name for place in places if place.nation for name in place.pack.assumptions}
    templates = _templates(library, problems)
    known = {name for text in templates.values() for name in text.root.get("assumptions") or {}}
    for place in places:
        problems += _of_a_place(library, place, known)
    for text in templates.values():
        names = (
            declared_by_nations
            | set(text.root.get("assumptions") or {})
            | _from_places(places, str(text.root.get("id")))
        )
        problems += _of_a_text(text, names, set(text.root.get("sources") or {}) | _sources_of(places))
    return in_order(set(problems))


def _templates(library: Library, problems: list[Problem]) -> dict[str, Text]:
    found = {}
    for name in library.interventions():
        try:
            found[name] = library.intervention(name)
            library.template(name)
        except DocumentError as error:
            problems += error.problems
    return found


def _sources_of(places: list[Place]) -> set[str]:
    return {name for place in places if place.nation for name in place.pack.sources}


def _from_places(places: list[Place], intervention: str) -> set[str]:
    said = (place.pack.interventions.get(intervention) for place in places)
    return {name for values in said if values is not None for name in values.assumptions}


def _of_a_place(library: Library, place: Place, templates: set[str]) -> list[Problem]:
    try:
        chain = library.chain(place.name)
    except DocumentError as error:
        return list(error.problems)
    names = set(templates)
    sources: set[str] = set()
    for each in chain:
        names |= set(each.pack.assumptions) | {
            name for said in each.pack.interventions.values() for name in said.assumptions
        }
        sources |= set(each.pack.sources)
    return _of_a_text(place.text, names, sources)


def _of_a_text(text: Text, names: set[str], sources: set[str]) -> list[Problem]:
    problems: list[Problem] = []
    for path, written in _estimates(text.root, []):
        problems += _of_a_number(text, path, written, names)
    for path, source in _sources_named(text.root, []):
        if source not in sources:
            problems.append(text.problem(path, f"there is no source {source}", instead(source, sources)))
    for name, fields in (text.root.get("sources") or {}).items():
        terms = (
            f"{fields.get('licence') or ''} {fields.get('publisher') or ''}"
            if isinstance(fields, dict)
            else ""
        )
        if _NOT_TO_SHIP.search(terms):
            message = f"the licence or publisher of {name} ({terms.strip()}) does not allow its values to be passed on"
            problems.append(
                text.problem(
                    ["sources", name],
                    message,
                    "take the value from elsewhere, or keep it in a pack of your own",
                    at_key=True,
                )
            )
    return problems


def _estimates(node: Any, path: list[str | int]) -> Iterator[tuple[list[str | int], Any]]:
    """Every number of a pack or study with its path: assumptions, and the fields of outcomes and inputs that hold one."""
    if not isinstance(node, LocatedDict):
        return
    for key, value in node.items():
        here = [*path, key]
        if path and path[-1] == "assumptions":
            yield here, value
        elif key in _NUMBERS and len(path) >= 2 and path[-2] in ("outcomes", "inputs"):
            entries = value if isinstance(value, LocatedList) else [value]
            for position, entry in enumerate(entries):
                yield ([*here, position] if isinstance(value, LocatedList) else here), entry
        elif key not in ("sources", "claims"):
            yield from _estimates(value, here)


def _sources_named(node: Any, path: list[str | int]) -> Iterator[tuple[list[str | int], str]]:
    if isinstance(node, LocatedDict):
        for key, value in node.items():
            if key == "source" and isinstance(value, str):
                yield [*path, key], value
            else:
                yield from _sources_named(value, [*path, key])
    elif isinstance(node, LocatedList):
        for position, value in enumerate(node):
            yield from _sources_named(value, [*path, position])


def _of_a_number(text: Text, path: list[str | int], written: Any, names: set[str]) -> list[Problem]:
    if written is None:
        return []
    try:
        estimate = Estimate.model_validate(written)
    except ValueError:
        return []  # refused by the model's own check, which says more
    problems = []
    unknown = (
        [name for name in estimate.value.names if name not in names]
        if isinstance(estimate.value, Expression)
        else []
    )
    problems += [
        text.problem(
            path, f"{shown(str(estimate.value))} uses {name}, which no pack declares", instead(name, names)
        )
        for name in unknown
    ]
    computed = isinstance(estimate.value, Expression) and estimate.value.names
    around = _entry_around(text.root, path)
    explained = (
        estimate.source
        or estimate.rationale
        or (path[-1] == "value" and (around.get("source") or around.get("rationale")))
    )
    if estimate.value is not None and not computed and not explained:
        problems.append(
            text.problem(
                path,
                f"{dotted(path)} has neither source nor rationale",
                "write a source, or a rationale with low and high",
            )
        )
    ends = [
        end if isinstance(end, float) else None
        for end in (estimate.value, estimate.low, estimate.high, estimate.sd)
    ]
    wrong = range_problem(estimate, *ends)
    problems += [text.problem(path, *wrong)] if wrong is not None else []
    if estimate.price_year is not None:
        try:
            price_index("gdp").check(estimate.price_year)
        except PriceYearError as error:
            problems.append(text.problem(path, str(error), error.hint))
    return problems


def _entry_around(root: LocatedDict, path: list[str | int]) -> dict[str, Any]:
    node: Any = root
    for part in path[:-1]:
        node = node[part]
    return node if isinstance(node, dict) else {}
