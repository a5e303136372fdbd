"""What each shipped model gives, with its range, what it rests on, and the claims beside it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import sroi
from docs.generate.markdown import table
from docs.generate.packs import library
from sroi import formatting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Model = sroi.Simulation | tuple[str, ...]

DRAWS, SEED = 2_000, 0
BASES = ("sourced", "borrowed", "assumed", "structural")
COLUMNS = ("Central", "P10 to P90", "Above 1", *map(str.capitalize, BASES), "Local numbers borrowed")
ELSEWHERE = {
    "England outside London": "leeds",
    "London": "camden",
    "Scotland": "glasgow-city",
    "Wales": "cardiff",
    "Northern Ireland": "belfast",
}
"""One authority without a file of its own for each pack that such a place builds on."""


@cache
def simulated(intervention: str, place: str) -> Model:
    """An intervention in a place with its ranges, or the names of the numbers that are missing."""
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


def named(names: Iterable[str]) -> str:
    """Names as code, in a list."""
    return formatting.listed(f"`{name}`" for name in names)


def cells(found: Model) -> tuple[str, ...]:
    """A result's cells under ``COLUMNS``, or what is missing."""
    if isinstance(found, tuple):
        return (f"not assessed: {named(found)}", *[""] * (len(COLUMNS) - 1))
    result, counts = found.evaluation, found.evaluation.provenance["counts"]
    low, high = (signed(found.ratio.percentiles[percent]) for percent in (10, 90))
    return (
        signed(result.social_return_ratio),
        f"{low} to {high}",
        chance(found.probability_above_one),
        *(f"{result.value_by_basis[basis]:.0%}" for basis in BASES),
        f"{counts['local_borrowed']} of {counts['local']}" if counts["local"] else "none is local",
    )


def signed(value: float) -> str:
    """A ratio to two decimals, with a minus sign where it is below 0."""
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
    """Every shipped place with the interventions that its pack speaks of."""
    rows = []
    for place, intervention in spoken_of():
        own = library().place(place).pack.claims.values()
        said = beside(claim for claim in own if claim.intervention == intervention)
        rows.append((f"`{place}`", f"`{intervention}`", *cells(simulated(intervention, place)), said))
    return table(("Place", "Intervention", *COLUMNS, "Claims"), rows)


def alone(place: str) -> str:
    """The interventions that no place has numbers of its own for, in one place: the same columns."""
    of_a_place = {intervention for _, intervention in spoken_of()}
    rows = []
    for intervention in library().interventions():
        if intervention not in of_a_place:
            said = beside(sroi.load(intervention, borough=place, packs=library()).claims.values())
            rows.append((f"`{intervention}`", *cells(simulated(intervention, place)), said))
    return table(("Intervention", *COLUMNS, "Claims"), rows)


def elsewhere(_: str) -> str:
    """The interventions that need no number of a place's own, in a place of each nation that has none."""
    rows = []
    for intervention in library().interventions():
        found = [simulated(intervention, place) for place in ELSEWHERE.values()]
        if not any(isinstance(each, tuple) for each in found):
            shown = (f"{central} ({spread})" for central, spread, *_ in map(cells, found))
            rows.append((f"`{intervention}`", *shown))
    return table(("Intervention", *ELSEWHERE), rows)


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
        for name, claim in library().place(where).pack.claims.items():
            rows.append(claim_row(f"`{where}`", intervention, name, claim, models))
    for intervention in library().interventions():
        everywhere = [where for where, each in spoken_of() if each == intervention] or [place]
        models = [simulated(intervention, where) for where in everywhere]
        own = library().place(everywhere[0]).pack.claims
        said = sroi.load(intervention, borough=everywhere[0], packs=library()).claims
        for name, claim in said.items():
            if name not in own:
                rows.append(claim_row("", intervention, name, claim, models))
    headings = (
        "Place",
        "Intervention",
        "Claim",
        "Ratio",
        "Meaning",
        "Central here",
        "P10 to P90",
        "Reached in",
    )
    return table(headings, (row for row in rows if row[3]))


def claim_row(
    where: str, intervention: str, name: str, claim: sroi.Claim, models: list[Model]
) -> tuple[str, ...]:
    """A claim beside the figure of the same meaning; over several models from the lowest to the highest."""
    ratio = f"{claim.ratio:g}" if isinstance(claim.ratio, float) else ""
    told = (where, f"`{intervention}`", claim.says, ratio, claim.meaning.replace("_", " "))
    found = [model for model in models if not isinstance(model, tuple) and name in model.claims]
    if not found:
        return (*told, "not assessed", "", "")
    figure = "savings_ratio" if claim.meaning == "savings" else "social_return_ratio"
    central = [getattr(model.evaluation, figure) for model in found]
    low = min(model.spreads[figure].percentiles[10] for model in found)
    high = max(model.spreads[figure].percentiles[90] for model in found)
    reached = [model.claims[name] for model in found]
    return (*told, between(signed, central), f"{signed(low)} to {signed(high)}", between(chance, reached))


def between(write: Callable[[float], str], values: list[float]) -> str:
    """The lowest and the highest of some values, or the one text that both would be."""
    return " to ".join(dict.fromkeys((write(min(values)), write(max(values)))))
