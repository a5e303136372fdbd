"""The sentence of a result that is safe to quote, with a range and without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.digits import RESIDUE
from sroi.documents.authorities import authority
from sroi.resolution import numbers_of
from sroi.results import lineage
from sroi.results.spread import chance

if TYPE_CHECKING:
    from collections.abc import Collection

    from sroi.model import Claim, Study
    from sroi.results.evaluation import Evaluation
    from sroi.results.simulation import Simulation

_MOST_CLAIMS = 4

FAR_APART = 0.1
"""Central case and median are far apart beyond this part of the range of eight draws in ten."""


@dataclass(frozen=True, slots=True)
class Varied:
    """How many of the numbers behind a range varied, of how many that are not computed from others."""

    varied: int
    numbers: int

    @property
    def held(self) -> int:
        """How many were held fixed."""
        return self.numbers - self.varied

    @property
    def words(self) -> str:
        """The counts in words."""
        varied = f"{self.varied} of the {self.numbers} numbers vary"
        if self.numbers == 1:
            varied = "its one number varies"
        elif self.varied == 1:
            varied = f"1 of the {self.numbers} numbers varies"
        elif not self.held:
            varied = f"all {self.numbers} numbers vary"
        return (
            f"{varied} and {self.held} {'is' if self.held == 1 else 'are'} held fixed"
            if self.held
            else varied
        )


def varied(simulation: Simulation) -> Varied:
    """How many of the numbers behind a range varied."""
    used = {number.path for number in numbers_of(simulation.study).used if not number.computed}
    drawn = set(simulation.uncertain)
    return Varied(len(drawn), len(used | drawn))


def statement(
    evaluation: Evaluation, simulation: Simulation | None = None, *, title: str | None = None
) -> str:
    """One sentence that is safe to quote: with the range where ``simulation`` drew one."""
    study = evaluation.study
    one = formatting.unit(study.currency)
    of = f"{formatting.with_article(study.kind)} of {title or study.title}{in_place(study)}"
    opening = f"By {of}, each {one} put in gives"
    central = in_words(study, evaluation.social_return_ratio)
    net = formatting.money(evaluation.net_present_value, study.currency)
    how = f"{study.price_year} prices, method {study.method.called}"
    felt = f", {words}" if (words := wellbeing(evaluation)) else ""
    if simulation is None or not simulation.uncertain:
        unranged = "no range: no number has one" if simulation is not None else "no range computed"
        said = (
            f"{opening} about {central} of social value{felt} (net present value {net}, {how}, "
            f"central values only, {unranged})"
        )
        reached = claims_in_words(study)
    elif simulation.ratio.undefined == 1:
        said = (
            f"{opening} {central} of social value on central values{felt} ({how}); in none of "
            f"{simulation.draws:,} draws is anything put in, so there is no range"
        )
        reached = claims_in_words(study)
    else:
        low, high = (in_words(study, end) for end in simulation.interval)
        half = median(simulation)
        below = f", half of the draws below {half}" if half else ""
        between = f"{low} to {high}" if low != high else low
        left = simulation.ratio.undefined
        kept = f", without the {formatting.percent(left)} in which nothing is put in," if left else ""
        said = (
            f"{opening} {between} of social value in eight draws out of ten{felt} "
            f"(central {central}{below}, net present value {net}, {how}, "
            f"{simulation.draws:,} draws{kept} in which {varied(simulation).words}); "
            f"it is above {one} {chance(simulation.probability_above_one)}"
        )
        reached = claims_in_words(study, simulation)
    return f"{said}; {standing(study)}; {reached}."


def median(simulation: Simulation) -> str | None:
    """The ratio that half of the draws are below, where the central case lies far from it."""
    (low, high), middle = simulation.interval, simulation.ratio.percentiles[50]
    central = simulation.evaluation.social_return_ratio
    if not abs(central - middle) > FAR_APART * (high - low):
        return None
    return in_words(simulation.study, middle)


def wellbeing(evaluation: Evaluation) -> str:
    """How much of the value is wellbeing, or of no stated kind, and so not money; empty where none is."""
    parts = (
        _part(evaluation, "wellbeing", "wellbeing, which is not money saved"),
        _part(evaluation, "not_stated", "of a kind that is not stated, which may not be money saved"),
    )
    return ", ".join(filter(None, parts))


def _part(evaluation: Evaluation, kind: str, words: str) -> str:
    felt = sum(row.present_value or 0.0 for row in evaluation.outcomes if row.in_total and row.kind == kind)
    if felt <= 0:
        return ""
    whole = evaluation.present_value
    part = formatting.part(felt / whole) if whole > 0 and felt < whole else "all"
    rest = ", the other outcomes together being a loss" if felt > whole * (1 + RESIDUE) else ""
    return f"{part} of it {words}{rest}"


def standing(study: Study) -> str:
    """What the numbers behind a result stand on, and how many are of the place itself."""
    used = numbers_of(study).used
    counts = lineage.standing(used)
    basis = "every number behind it has a source"
    if counts.assumed:
        are = "is an assumption" if counts.assumed == 1 else "are assumptions"
        basis = f"{counts.assumed} of the {counts.numbers} numbers behind it {are} without a source"
    if counts.borrowed:
        basis += (
            f" and {counts.borrowed} {'is' if counts.borrowed == 1 else 'are'} borrowed from another place"
        )
    if study.borough is None:
        return basis
    own, name = lineage.own(study), place_name(study)
    count = "none" if not own else str(own)
    return f"{basis}, and {count} {'are' if own > 1 else 'is'} {possessive(name)} own with a source"


def _ratios(study: Study, meaning: str) -> dict[float, str]:
    claims = own_claims(study, (meaning,))
    return {claim.ratio: name for name, claim in claims.items() if claim.ratio is not None}


def claims_in_words(study: Study, simulation: Simulation | None = None) -> str:
    """What has been claimed of this very place and return, and how often the draws reach it."""
    here = "it" if study.borough is None else f"it in {place_name(study)}"
    by_ratio = _ratios(study, "social_value")
    if not by_ratio:
        only = ", only of savings" if _ratios(study, "savings") else ""
        return f"no public claim of social value for {formatting.unit(study.currency)} is set beside it{only}"
    shown = sorted(by_ratio)[:_MOST_CLAIMS]
    more = f" and {len(by_ratio) - len(shown)} more" if len(by_ratio) > len(shown) else ""
    said = formatting.listed(formatting.claimed(ratio, study.currency) for ratio in shown) + more
    if simulation is None:
        return f"what has been claimed of {here} ({said} of social value) is neither used nor confirmed"
    first, *others = (
        (formatting.claimed(ratio, study.currency), chance(simulation.claims[by_ratio[ratio]]))
        for ratio in shown
    )
    reached = formatting.listed(
        [f"{first[0]} is reached {first[1]}", *(f"{claim} {drawn}" for claim, drawn in others)]
    )
    return f"of what has been claimed of {here}, {reached}{more}"


def claimed_ratios(study: Study, meanings: Collection[str]) -> str:
    """What has been claimed of a study's own return in any of some meanings, each ratio once."""
    ratios = {claim.ratio for claim in own_claims(study, meanings).values() if claim.ratio is not None}
    return formatting.listed(formatting.claimed(ratio, study.currency) for ratio in sorted(ratios))


def thresholds(study: Study) -> tuple[float, ...]:
    """The ratios that a study's claims name: a figure beside them is not rounded across them."""
    return tuple(sorted({claim.ratio for claim in study.claims.values() if claim.ratio is not None}))


def in_words(study: Study, value: float) -> str:
    """A return on one unit of money, never rounded across one or across a claim."""
    return formatting.returned(value, study.currency, thresholds(study))


def own_claims(
    study: Study, meanings: Collection[str] = ("savings", "social_value", "unclear")
) -> dict[str, Claim]:
    """Those of :func:`claims_of` that are over all inputs and of one of some meanings."""
    return {
        name: claim
        for name, claim in claims_of(study).items()
        if claim.over in (None, "all") and claim.meaning in meanings
    }


def claims_of(study: Study) -> dict[str, Claim]:
    """What has been claimed of this intervention in this place, or by the study itself, over any money."""
    layers = {"study", "--set", f"pack {study.borough}"}

    def ours(name: str, claim: Claim) -> bool:
        origin = study.provenance.origin(f"claims.{name}") if study.provenance is not None else None
        elsewhere = claim.intervention not in (None, study.intervention) and study.intervention is not None
        return not elsewhere and (origin is None or origin.layer in layers)

    return {name: claim for name, claim in study.claims.items() if ours(name, claim)}


def place_name(of: Study | str) -> str:
    """The name of a study's place, or of a place by its identifier, as it is written in a sentence."""
    place = of if isinstance(of, str) else str(of.borough)
    known = authority(place) if "-" in place else None
    if known is not None:
        return known.name
    if len(place) == 2:
        return place.upper()
    return place.replace("-", " ").title().replace(" And ", " and ").replace(" Upon ", " upon ")


def _transferred_from(study: Study) -> str | None:
    """The nation of a study's place, or what its pack builds on where the place is no known authority."""
    known = authority(str(study.borough))
    if known is not None:
        return known.nation
    packs = list(study.provenance.packs) if study.provenance is not None else []
    above = packs[: packs.index(str(study.borough))] if study.borough in packs else []
    return place_name(above[-1]) if above else None


def possessive(name: str) -> str:
    """A name as an owner."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def in_place(study: Study) -> str:
    """The place in words, where the title does not name it; or whose numbers they are, if none is its own."""
    if lineage.nothing_local(study) and (nation := _transferred_from(study)):
        return f": {nation}, transferred to {place_name(study)}"
    named = study.borough and place_name(study).casefold() not in study.title.casefold()
    return f" in {place_name(study)}" if named else ""
