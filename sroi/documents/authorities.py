"""The local authorities of the United Kingdom, with the figures that one reference table holds of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sroi.documents import figures
from sroi.documents.everyday import (
    authorities_of,
    everyday_names,
    plain_name,
    short_names,
    towns,
    without_council,
)
from sroi.documents.tree import LocatedDict, Mark, Text
from sroi.errors import nearest
from sroi.names import slug
from sroi.reference import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TABLES = (("local_authorities", "name"), ("counties_derived", "county"))
_COMPARED = ("population", "population_65_and_over", "deprivation_score", "median_pay")


@dataclass(frozen=True)
class Authority:
    """One local authority or county: where it is, and its row of the reference table."""

    gss: str
    name: str
    official_name: str
    nation: str
    region: str
    row: Mapping[str, str]
    file: str
    line: int

    @property
    def identifier(self) -> str:
        """The name as a pack's identifier."""
        return slug(self.name)

    @property
    def codes(self) -> tuple[str, ...]:
        """Its GSS code, and the one that replaces it where one has been announced."""
        new = self.row.get("new_gss_code_2025")
        return (self.gss, new) if new else (self.gss,)

    @property
    def extends(self) -> str:
        """Pack that the place's own would build on: London's, or the nation's."""
        return "london" if self.region == "London" else slug(self.nation)

    def figure(self, name: str) -> float | None:
        """One figure by the name it has in a study; None where the tables lack it."""
        found = figures.figure(name, self.gss, self.row)
        return None if found is None else float(found["value"])

    def pack_text(self, layer: str | None = None) -> Text:
        """The pack of this place that the reference tables give: its figures and their sources."""
        layer = layer or f"pack {self.identifier}"
        mark = Mark(layer, self.file, self.line, 1, self.line, 1)
        assumptions, sources = LocatedDict(), LocatedDict()
        for name in figures.names():
            number = figures.figure(name, self.gss, self.row)
            if number is not None:
                estimate = LocatedDict()
                for key, value in number.items():
                    estimate.put(key, value, mark)
                assumptions.put(name, estimate, mark)
                sources.put(number["source"], figures.source(number["source"]), mark)
        root = LocatedDict()
        identity = {
            "sroi": 1,
            "pack": self.identifier,
            "title": self.official_name,
            "extends": self.extends,
            "gss": self.gss,
        }
        for key, value in {**identity, "assumptions": assumptions, "sources": sources}.items():
            root.put(key, value, mark)
        return Text(root, mark)


@cache
def authorities() -> tuple[Authority, ...]:
    """Every local authority, and the counties that are sums of districts."""
    return tuple(
        Authority(
            gss=row["gss_code"],
            name=row[column].strip(),
            official_name=row.get("official_name") or f"{row[column]} County",
            nation=row.get("nation") or "England",
            region=row.get("region") or "",
            row=row,
            file=f"assumptions/reference/{table}.csv",
            line=line,
        )
        for table, column in _TABLES
        for line, row in enumerate(read_table(table), start=2)
    )


@cache
def _by_name() -> dict[str, Authority]:
    """Each authority by everything that it is called, folded, and by its names as identifiers."""
    found: dict[str, Authority] = {}
    for each in authorities():
        names = (each.name, each.official_name)
        for called in (*map(str.casefold, (*each.codes, *names)), *map(slug, names)):
            found.setdefault(called, each)
    for name, code in everyday_names().items():
        if code in found:
            found.setdefault(name, found[code])
    every: dict[str, set[str]] = {}
    for each in authorities():
        for name in short_names(each.name, each.official_name):
            every.setdefault(name, set()).add(each.gss)
    for name, codes in every.items():
        if len(codes) == 1:
            found.setdefault(name, found[codes.pop().casefold()])
    return found


def authority(name: str) -> Authority | None:
    """The authority of that name, official name, identifier or GSS code (the old one or the new).

    The name of a council in any of its forms is such a name, and that of a town or former district is none.
    """
    known = _by_name()
    tried = (name.strip().casefold(), *_forms(name))
    return next((known[each] for each in tried if each in known and not authorities_of(each)[1:]), None)


def instead_of_place(name: str, packs: Iterable[str] = ()) -> str:
    """What to write in place of a name that is no place's: what it lies in, or a name that is near."""
    around = _around(name)
    if around:
        of_several = f"it is several places: write one of {', '.join(around)}"
        return of_several if len(around) > 1 else f"it lies in {around[0]}: write {around[0]}"
    called = {*packs, *(each.identifier for each in authorities()), *_by_name(), *towns()}
    for wanted in _forms(name):
        begins = (each for each in called if each[:1] == wanted[:1])
        guess = nearest(wanted, begins, likeness=_ALIKE) if len(wanted) >= _SHORTEST else None
        if guess is not None:
            return f"did you mean {guess}?" + "".join(f" It lies in {each}" for each in _around(guess)[:1])
    return "sroi places --all lists those that there are; write the council that the place lies in"


def _forms(name: str) -> tuple[str, str]:
    """A name as an identifier, whole and without what says that it is a council."""
    return plain_name(name), without_council(name)


def _around(name: str) -> tuple[str, ...]:
    """The identifiers of the authorities that a name's town, county or former district lies in."""
    return next(filter(None, map(authorities_of, _forms(name))), ())


_SHORTEST = 5
"""Letters below which no name is near another."""

_ALIKE = 0.8
"""How like a name must be to be offered: another town's is often as like as 0.75."""


def search(text: str) -> list[Authority]:
    """The authorities whose name, region, nation or code (the old one or the new) holds a text."""
    wanted = text.strip().casefold()

    def parts(each: Authority) -> tuple[str, ...]:
        return (each.identifier, each.name, each.official_name, each.region, each.nation, *each.codes)

    found = [each for each in authorities() if any(wanted in part.casefold() for part in parts(each))]
    around = [authority(each) for each in _around(text)]
    named = [each for each in (authority(text), *around) if each is not None and each not in found]
    return [*named, *found]


def comparable(to: Authority, most: int = 5) -> list[tuple[Authority, float]]:
    """The places most like one, within its nation, nearest first, each with its distance.

    The distance is Euclidean over population (its logarithm), share aged 65 and over, deprivation and median
    pay, each divided by its standard deviation in the nation; what the table lacks of either place is left
    out, and the rest weighted up.
    """
    peers = [each for each in authorities() if each.nation == to.nation]
    measured = {each.gss: _measures(each) for each in peers}
    spread = []
    for position in range(len(_COMPARED)):
        values = [measures[position] for measures in measured.values()]
        known = [value for value in values if value is not None]
        mean = sum(known) / len(known) if known else 0.0
        spread.append(math.sqrt(sum((value - mean) ** 2 for value in known) / len(known)) if known else 0.0)
    own = measured[to.gss]
    found = []
    for each in peers:
        gaps = [
            ((mine - theirs) / wide) ** 2
            for mine, theirs, wide in zip(own, measured[each.gss], spread, strict=True)
            if mine is not None and theirs is not None and wide
        ]
        if each.gss != to.gss and gaps:
            found.append((each, math.sqrt(sum(gaps) / len(gaps))))
    return sorted(found, key=lambda pair: pair[1])[:most]


def _measures(each: Authority) -> tuple[float | None, ...]:
    population, old, deprivation, pay = (each.figure(name) for name in _COMPARED)
    return (
        math.log(population) if population else None,
        old / population if old and population else None,
        deprivation,
        pay,
    )
