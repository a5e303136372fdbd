"""Whether packs and interventions can be shipped: sources, ranges, names, price years, licences."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sroi.documents.tree import LocatedDict, LocatedList, in_order
from sroi.documents.unused import unused
from sroi.errors import DocumentError, Problem
from sroi.expression import Expression
from sroi.model import DEDUCTIONS, Estimate
from sroi.model.deflators import Deflators
from sroi.prices import INDEXED_CURRENCY, NAMES, Prices
from sroi.provenance import dotted
from sroi.quantities import shown
from sroi.ranges import range_problem
from sroi.reference import PriceYearError
from sroi.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.documents.library import Library, Place
    from sroi.documents.tree import Text
    from sroi.model import AssumptionPack

NOT_TO_SHIP = re.compile(r"\bND\b|no.?deriv|HACT", re.IGNORECASE)
"""Licences, and a publisher, under which no value may stand in a pack that is passed on."""

_NUMBERS = {"quantity", "value", "duration", *DEDUCTIONS, "contribution", "drop_off", "cashable"}

Parts = list[str | int]


def check_packs(library: Library) -> list[Problem]:
    """What is wrong with the packs and interventions of a library, shipped and the user's own.

    Beyond what loading refuses: every number names a source that its packs declare, or says why it is what it
    is; its range holds it; its price year converts; its licence allows it to be passed on; and every name in
    an expression is declared somewhere in its packs. Where all of that is in order, every number is used by
    a formula of some intervention, or says that it is there to be read (``context: true``).
    """
    problems: list[Problem] = []
    places: list[Place] = []
    templates: dict[str, Text] = {}
    for file, _ in library.pack_files():
        with _gathering(problems):
            places.append(library.place(file.stem))
    for name in library.interventions():
        with _gathering(problems):
            templates[name] = library.intervention(name)
            library.template(name)
    nations = [place.pack for place in places if place.nation]
    known = {name for text in templates.values() for name in text.root.get("assumptions") or {}}
    for place in places:
        with _gathering(problems):
            chain = [each.pack for each in library.chain(place.name)]
            problems += _of_a_text(
                place.text, known.union(*map(_declared, chain)), _sources(chain), _deflated(chain)
            )
            problems += _of_indices(place.text, chain)
    for text in templates.values():
        said = (place.pack.interventions.get(str(text.root.get("id"))) for place in places)
        names = set(text.root.get("assumptions") or {}).union(
            *(pack.assumptions for pack in nations), *(values.assumptions for values in said if values)
        )
        sources = _sources(nations) | set(text.root.get("sources") or {})
        currency = text.root.get("currency")
        own = [pack for pack in nations if pack.currency == currency != INDEXED_CURRENCY]
        problems += _of_a_text(text, names, sources, _deflated(own))
    return in_order(set(problems or unused(library, places)))


@contextmanager
def _gathering(problems: list[Problem]) -> Iterator[None]:
    """Adds what cannot be used to the problems, and goes on."""
    try:
        yield
    except DocumentError as error:
        problems += error.problems


def _declared(pack: AssumptionPack) -> set[str]:
    """Names of assumptions that a pack declares, of its place or of an intervention in it."""
    return set(pack.assumptions).union(*(said.assumptions for said in pack.interventions.values()))


def _sources(packs: list[AssumptionPack]) -> set[str]:
    return {name for pack in packs for name in pack.sources}


def _deflated(chain: list[AssumptionPack]) -> Deflators:
    """The indices that the packs of a chain have, the nearest of each."""
    said = {name: series for pack in chain for name, series in pack.deflators or () if series is not None}
    return Deflators.model_construct(**said)


def _of_indices(text: Text, chain: list[AssumptionPack]) -> Iterator[Problem]:
    """What is wrong with a pack's own indices, and with a currency that is not that of what it builds on."""
    pack = chain[-1]
    for name, series in pack.deflators or ():
        if series is not None and not (series.source or series.rationale):
            message = f"deflators.{name} has neither source nor rationale"
            hint = f"write deflators: {{{name}: {{source: NAME, file: FILE.csv}}}}, or a rationale"
            yield text.problem(["deflators", name], message, hint)
    for below in chain[:-1]:
        if below.currency != pack.currency:
            message = (
                f"the pack is in {pack.currency} and {below.pack}, which it builds on, in {below.currency}"
            )
            yield text.problem(["currency"], message, f"extend a pack in {pack.currency}")


def _of_a_text(text: Text, names: set[str], sources: set[str], deflators: Deflators) -> list[Problem]:
    among, of_sources = Suggestions(names), Suggestions(sources)
    problems = [
        problem
        for path, written in _estimates(text.root, [])
        for problem in _of_a_number(text, path, written, names, among, deflators)
    ]
    for path, source in _sources_named(text.root, []):
        if source not in sources:
            problems.append(text.problem(path, f"there is no source {source}", of_sources.instead(source)))
    for name, fields in (text.root.get("sources") or {}).items():
        said = (fields.get("licence"), fields.get("publisher")) if isinstance(fields, dict) else ()
        terms = " ".join(filter(None, map(str, filter(None, said))))
        if NOT_TO_SHIP.search(terms):
            message = (
                f"the licence or publisher of {name} ({terms}) does not allow its values to be passed on"
            )
            hint = "take the value from elsewhere, or keep it in a pack of your own"
            problems.append(text.problem(["sources", name], message, hint, at_key=True))
    return problems


def _estimates(node: Any, path: Parts) -> Iterator[tuple[Parts, Any]]:
    """Every number of a pack or study with its path: assumptions, and fields of outcomes and inputs."""
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


def _sources_named(node: Any, path: Parts) -> Iterator[tuple[Parts, str]]:
    if isinstance(node, LocatedDict):
        for key, value in node.items():
            if key == "source" and isinstance(value, str):
                yield [*path, key], value
            else:
                yield from _sources_named(value, [*path, key])
    elif isinstance(node, LocatedList):
        for position, value in enumerate(node):
            yield from _sources_named(value, [*path, position])


def _of_a_number(
    text: Text, path: Parts, written: Any, names: set[str], among: Suggestions, deflators: Deflators
) -> Iterator[Problem]:
    if written is None:
        return
    try:
        estimate = Estimate.model_validate(written)
    except DocumentError:
        return  # refused by the model's own check, which says more
    value = estimate.value
    used = value.names if isinstance(value, Expression) else ()
    for name in used:
        if name not in names:
            message = f"{shown(str(value))} uses {name}, which no pack declares"
            yield text.problem(path, message, among.instead(name))
    around = _entry_around(text.root, path) if path[-1] == "value" else {}
    explained = estimate.source or estimate.rationale or around.get("source") or around.get("rationale")
    if value is not None and not used and not explained:
        hint = "write a source, or a rationale with low and high"
        yield text.problem(path, f"{dotted(path)} has neither source nor rationale", hint)
    ends = (value, estimate.low, estimate.high, estimate.sd)
    wrong = range_problem(estimate, *(end if isinstance(end, float) else None for end in ends))
    if wrong is not None:
        yield text.problem(path, *wrong)
    if estimate.price_year is not None:
        try:
            _check_year(estimate.price_year, str(text.root.get("currency", "GBP")), deflators)
        except PriceYearError as error:
            yield text.problem(path, str(error), error.hint)


def _check_year(year: int | str, currency: str, deflators: Deflators) -> None:
    """Raise PriceYearError where no index of a currency reaches a year: its own, or what is shipped."""
    own = [name for name in NAMES if getattr(deflators, name, None) is not None]
    Prices(currency, year, own[0] if own else "gdp", deflators).index_for(year).check(year)


def _entry_around(root: LocatedDict, path: list[str | int]) -> dict[str, Any]:
    node: Any = root
    for part in path[:-1]:
        node = node[part]
    return node if isinstance(node, dict) else {}
