"""What each shipped model gives, with its range, what it rests on, and the claims beside it."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import sroi
from docs.generate.markdown import table
from docs.generate.packs import library
from sroi import formatting
from sroi.documents.authorities import authorities
from sroi.labels import Figures
from sroi.resolution import numbers_of
from sroi.results import comparison
from sroi.uncertainty.beside import beside_nation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Model = sroi.Simulation | tuple[str, ...]

DRAWS, SEED = 2_000, 0
BASES = ("sourced", "borrowed", "assumed", "structural")
COLUMNS = (
    "Central",
    "P10 to P90",
    "Returns less than it costs",
    "Chance that it does nothing, and the return then",
    *map(str.capitalize, BASES),
    "Largest driver, and where it breaks even",
)
ELSEWHERE = {
    "England outside London": "leeds",
    "London": "camden",
    "Scotland": "glasgow-city",
    "Wales": "cardiff",
    "Northern Ireland": "belfast",
}
"""One authority without a file of its own for each pack that such a place builds on."""

FURTHEST = 12
"""How many of the places furthest from their nation's line are shown."""


@cache
def simulated(intervention: str, place: str) -> Model:
    """An intervention in a place with its ranges, or the names of the numbers that are missing."""
    study = sroi.load(intervention, place=place, packs=library())
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


def named(names: Iterable[str]) -> str:
    """Names as code, in a list."""
    return formatting.listed(f"`{name}`" for name in names)


def cells(found: Model) -> tuple[str, ...]:
    """A result's cells under ``COLUMNS``, or what is missing."""
    if isinstance(found, tuple):
        return (f"not assessed: {named(found)}", *[""] * (len(COLUMNS) - 1))
    result = found.evaluation
    low, high = (signed(found.ratio.percentiles[percent]) for percent in (10, 90))
    return (
        signed(result.social_return_ratio),
        f"{low} to {high}",
        chance(1 - found.probability_above_one),
        nothing(result),
        *(f"{result.value_by_basis[basis]:.0%}" for basis in BASES),
        driver(result),
    )


def nothing(result: sroi.Evaluation) -> str:
    """The chance that none of what works or does not work does, and what is returned then."""
    used = [each for each in numbers_of(result.study).used if each.estimate.shape == "bernoulli"]
    chances = [each.value for each in used if each.value is not None]
    if not chances:
        return "not in the ranges"
    without = sroi.change(result.study, {each.path: 0 for each in used})
    left = sroi.evaluate(without).social_return_ratio
    return f"{math.prod(1 - each for each in chances):.0%}: {signed(left)}"


def driver(result: sroi.Evaluation) -> str:
    """The number that moves a result most over its range, and what it would have to be for a return of 1."""
    found = sroi.breakeven(result).to_dict()
    number = next((each for each in found["numbers"] if each["number"] == found["driver"]), None)
    if number is None:
        return "no number has a range"
    name = number["number"]
    if number["value"] is None:
        return f"`{name}`: at no value"
    path = name if "." in name else f"assumptions.{name}"
    within = "" if number["verdict"] == "within its range" else f", {number['verdict']}"
    return f"`{name}`: {Figures(result.study).three(path, number['value'])}{within}"


def signed(value: float) -> str:
    """A ratio to two decimals, with a minus sign where it is below 0."""
    return formatting.ratio(value).replace("-", "−")


def chance(share: float) -> str:
    """A share of the draws."""
    return "none" if share <= 0 else "<1%" if share < 0.01 else ">99%" if share > 0.99 else f"{share:.0%}"


def readings(found: Model) -> str:
    """Each claim of the place with a ratio, and both readings of the model over the same money."""
    if isinstance(found, tuple):
        return ""
    told = [
        f"{formatting.claimed(row['ratio'], 'GBP')} {row['meaning'].replace('_', ' ')}: {both(row)}"
        for row in comparison.claims(found.evaluation)
        if row.get("ratio") is not None and row["social_value"] is not None
    ]
    return "; ".join(dict.fromkeys(told))


def both(row: dict[str, Any]) -> str:
    """What a claim is set beside, read as social value and as savings."""
    social, savings = row["social_value"], row["savings"]
    saved = "" if savings is None else f", {signed(savings)} savings"
    return f"{signed(social)} social value{saved}"


def places(_: str) -> str:
    """Every intervention in every shipped place."""
    rows = []
    for intervention in library().interventions():
        for place in library().places():
            if not place.nation:
                found = simulated(intervention, place.name)
                rows.append((f"`{intervention}`", f"`{place.name}`", *cells(found), readings(found)))
    return table(("Intervention", "Place", *COLUMNS, "Claims of the place, and both readings here"), rows)


def elsewhere(_: str) -> str:
    """Every intervention that gives a ratio, in a place of each nation that has no pack of its own."""
    rows = []
    for intervention in library().interventions():
        found = [simulated(intervention, place) for place in ELSEWHERE.values()]
        if not any(isinstance(each, tuple) for each in found):
            shown = (f"{central} ({spread})" for central, spread, *_ in map(cells, found))
            rows.append((f"`{intervention}`", *shown))
    return table(("Intervention", *ELSEWHERE), rows)


def differing(intervention: str) -> str:
    """How many of England's authorities are far from its line, and those furthest, each with the reasons."""
    far = []
    for each in authorities():
        if each.nation == "England" and each.region:
            study = sroi.load(intervention, place=each.identifier, packs=library())
            beside = beside_nation(sroi.evaluate(study))
            if beside is not None and beside.differs:
                far.append((each.name, beside, study))
    far.sort(key=lambda found: -abs(found[1].ratio - found[1].nations))
    rows = [
        (name, signed(beside.ratio), signed(beside.nations), beside.sentence(study).partition("; ")[2])
        for name, beside, study in far[:FURTHEST]
    ]
    counted = (
        f"{len(far)} of England's authorities differ by more than 5% from its line. The {len(rows)} furthest:"
    )
    return f"{counted}\n\n{table(('Place', 'Here', 'England', 'Why'), rows)}"


def refusals(place: str) -> str:
    """What is missing of the interventions that refuse in a place that has no numbers of its own for them."""
    found = ((name, simulated(name, place)) for name in library().interventions())
    rows = ((f"`{name}`", named(missing)) for name, missing in found if isinstance(missing, tuple))
    return table(("Intervention", "Not assessed"), rows)


def claims(place: str) -> str:
    """Every claim of a ratio: of a place beside its model, of none beside all models or that of ``place``."""
    rows = []
    for where, intervention in spoken_of():
        models = [simulated(intervention, where)]
        said = library().place(where).pack.claims.values()
        rows += [claim_row(f"`{where}`", intervention, claim, models) for claim in said]
    for intervention in library().interventions():
        everywhere = [where for where, each in spoken_of() if each == intervention] or [place]
        models = [simulated(intervention, where) for where in everywhere]
        own = library().place(everywhere[0]).pack.claims
        all_said = sroi.load(intervention, place=everywhere[0], packs=library()).claims
        for name, claim in all_said.items():
            if name not in own:
                rows.append(claim_row("", intervention, claim, models))
    headings = (
        "Place",
        "Intervention",
        "Claim",
        "Ratio",
        "Meaning",
        "Over whose money, where not all",
        "Social value here",
        "Savings here",
    )
    return table(headings, (row for row in rows if row[3]))


def claim_row(where: str, intervention: str, claim: sroi.Claim, models: list[Model]) -> tuple[str, ...]:
    """A claim beside both readings over the same money; of several models from the lowest to the highest."""
    ratio = f"{claim.ratio:g}" if isinstance(claim.ratio, float) else ""
    told = (where, f"`{intervention}`", claim.says, ratio, claim.meaning.replace("_", " "))
    found = [
        comparison.over_same(model.evaluation, claim) for model in models if not isinstance(model, tuple)
    ]
    both = ([each.social_value for each in found], [each.savings for each in found])
    known = [[value for value in values if value is not None] for values in both]
    over = "" if claim.over in (None, "all") else claim.over
    return (*told, over, *(between(signed, values) if values else "not compared" for values in known))


def between(write: Callable[[float], str], values: list[float]) -> str:
    """The lowest and the highest of some values, or the one text that both would be."""
    return " to ".join(dict.fromkeys((write(min(values)), write(max(values)))))
