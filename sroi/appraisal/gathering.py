"""The studies to be simulated together: loaded where they are names, and brought to one price year."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sroi.appraisal.alike import terms_apart
from sroi.base import Model, optional
from sroi.documents import Library, load
from sroi.errors import DocumentError, SroiError
from sroi.model import Study, as_study
from sroi.prices import Prices
from sroi.results.many import FailedStudy
from sroi.years import PriceYear

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Asked(Model):
    """To what the sums of many studies are brought; what is left out stays as each study has it."""

    price_year: PriceYear | None = optional("Year of whose prices all money is.", "year")


def named(
    studies: Any, places: Sequence[str] | None, packs: Any, laid: Mapping[str, Any]
) -> Iterator[tuple[str, Study | FailedStudy]]:
    """Each study by a name of its own, or why it could not be loaded."""
    library = packs if isinstance(packs, Library) else None
    times: Counter[str] = Counter()

    def own(name: str) -> str:
        times[name] += 1
        return name if times[name] == 1 else f"{name} ({times[name]})"

    pairs: Iterable[tuple[str | None, Any]] = (
        studies.items() if isinstance(studies, Mapping) else ((None, each) for each in studies)
    )
    for name, each in pairs:
        if not isinstance(each, (str, os.PathLike)):
            study = as_study(each, "sroi.simulate_many")
            there = f" in {study.place}" if study.place else ""
            yield own(name if name is not None else f"{study.id}{there}"), study
            continue
        library = library or Library([packs] if isinstance(packs, (str, os.PathLike)) else packs)
        where: Sequence[str | None] = places if places is not None else [None]
        for place in where:
            called = own((name or os.fspath(each)) + (f" in {place}" if place else ""))
            try:
                yield called, load(each, place=place, packs=library, **laid)
            except SroiError as error:
                yield called, FailedStudy(called, str(error))


def text_of(study: Study) -> str:
    """What a study was read from, where it is as it was read."""
    return "" if study.provenance is None else study.provenance.sha256


def factor(study: Study, year: int | str | None) -> float:
    """What brings a study's money to a price year."""
    if year in (None, study.price_year):
        return 1.0
    assert year is not None
    return Prices(study.currency, year, study.method.deflator).conversion(study.price_year)[0]


def unlike(named: Mapping[str, Study], *, converted: bool, anyway: bool) -> tuple[str, ...]:
    """In what studies differ that are added up all the same."""
    apart = [each for each in terms_apart(named, "study") if not (converted and each.path == "price_year")]
    refused = [each for each in apart if not anyway or each.path in ("currency", "price_year")]
    if refused:
        hints = {
            "currency": "add up each currency apart",
            "price_year": "or bring all to one: price_year=2024",
        }
        raise DocumentError(
            replace(each, hint=hints.get(each.path, f"{each.hint}; anyway=True adds them up as they are"))
            for each in refused
        )
    return tuple(each.message for each in apart)
