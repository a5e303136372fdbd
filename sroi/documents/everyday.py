"""What local authorities are called for short, and the codes that they had before."""

from __future__ import annotations

import re
from functools import cache

from sroi.names import slug
from sroi.reference import read_table

_DROPPED = re.compile(
    r"\b(?:city and county of|royal borough of|london borough of|metropolitan borough of|borough council of"
    r"|council of the|county borough of|county of|city of|borough of|the|county borough council"
    r"|metropolitan borough council|metropolitan district council|city and district council|district council"
    r"|borough council|city council|county council|council|corporation|county borough|city|county|borough)\b"
)
_PARTED = re.compile(r"\s+(?:and|with|upon|on|under|in|le|of)\s+|[-\s](?:upon|on|under|in|le)-|,\s*|\s+&\s+")

_NAMES = {
    "E06000010": "hull|city-of-hull|hull-city|kingston-upon-hull-city-of",
    "E06000023": "bristol-city-of",
    "E06000047": "durham|durham-county|county-of-durham",
    "E06000019": "hereford|herefordshire-county-of",
    "E06000021": "stoke",
    "E06000033": "southend",
    "E06000058": "bcp|bournemouth|poole|christchurch",
    "E06000022": "bath|banes|b-and-nes|bathnes",
    "E07000146": "kings-lynn|west-norfolk",
    "E07000195": "newcastle-under-lyme",
    "E08000021": "newcastle|newcastle-upon-tyne|newcastle-on-tyne",
    "E08000013": "saint-helens",
    "E07000240": "saint-albans",
    "E09000001": "london-city|square-mile",
    "E09000020": "kensington|chelsea|rbkc",
    "E09000021": "kingston|kingston-on-thames",
    "E09000027": "richmond",
    "S12000013": "western-isles|outer-hebrides|na-h-eileanan-siar|na-h-eileanan-an-iar|eileanan-siar"
    "|comhairle-nan-eilean-siar|comhairle-nan-eilean|hebrides",
    "S12000036": "edinburgh",
    "S12000049": "glasgow|city-of-glasgow",
    "S12000033": "aberdeen|city-of-aberdeen",
    "S12000042": "dundee|city-of-dundee",
    "S12000023": "orkney|orkney-islands",
    "S12000027": "shetland|shetland-islands",
    "S12000048": "perth|perth-and-kinross",
    "N09000003": "belfast|city-of-belfast|belfast-city",
    "N09000005": "derry|londonderry|strabane",
    "N09000002": "armagh|banbridge|craigavon",
    "N09000010": "newry|mourne|down",
    "W06000001": "anglesey|ynys-mon|isle-of-anglesey|sir-ynys-mon",
    "W06000015": "cardiff|caerdydd|city-of-cardiff",
    "W06000011": "swansea|abertawe|city-of-swansea",
    "W06000022": "newport|casnewydd",
    "W06000016": "rhondda|rct|rhondda-cynon-taf|rhondda-cynon-taff",
    "W06000024": "merthyr|merthyr-tydfil",
    "W06000014": "vale-of-glamorgan|the-vale-of-glamorgan|glamorgan",
}
"""Everyday names that no rule gives, by GSS code."""

_FORMER_CODES = {
    "E06000057": "E06000048",
    "E07000240": "E07000100",
    "E07000241": "E07000104",
    "E07000242": "E07000097",
    "E07000243": "E07000101",
    "E08000037": "E08000020",
    "S12000045": "S12000009",
    "S12000047": "S12000015",
    "S12000048": "S12000024",
    "S12000049": "S12000043|S12000046",
    "S12000050": "S12000044",
    "W06000024": "W06000017",
    "W06000023": "W06000007",
}
"""Codes of the same place before its boundary or its code changed, by the code in use."""


_OF_MANY = (
    *("london", "newcastle", "kingston", "north", "south", "east", "west", "thames", "down", "tyne", "trent"),
    "avon",
)
"""Parts of names that mean another place, or many."""

_SHORT_FOR_A_COUNCIL = re.compile(
    r"^(?:lbc?|rbc?|mbc|london borough|metropolitan borough)\b"
    r"|\b(?:lbc?|rbc?|m[bd]?c|cbc|[bcd]c|met|mbo?|ua|(?:local |unitary )?authority|district"
    r"|metropolitan(?: (?:council|borough|district))?)$"
)
_SHORT_NAME = "short name"


@cache
def _table() -> dict[str, tuple[str, tuple[str, ...]]]:
    """What each name of the table is, and the identifiers of its authorities; names are identifiers too."""
    rows = read_table("place_names")
    return {row["name"]: (row["what"], tuple(row["authorities"].split("|"))) for row in rows}


def authorities_of(name: str) -> tuple[str, ...]:
    """The identifiers of the authorities that a town, county or former district lies in; none of another."""
    return _table().get(name, ("", ()))[1]


def towns() -> tuple[str, ...]:
    """The names of towns, counties and former districts, as identifiers."""
    return tuple(_table())


def plain_name(name: str) -> str:
    """A name as an identifier, with ``and`` for its sign.

    Examples
    --------
    >>> plain_name("Brighton & Hove"), plain_name("King’s Lynn")
    ('brighton-and-hove', 'kings-lynn')
    """
    return slug(re.sub(r"[’‘`´]|\.(?=\w\b)|(?<=\b\w)\.", "", re.sub(r"\s*[&+]\s*", " and ", name)))


def without_council(name: str) -> str:
    """A name as an identifier, without what says that it is a council, written out or for short.

    Examples
    --------
    >>> without_council("LB Haringey"), without_council("Dudley MBC"), without_council("City of Leeds")
    ('haringey', 'dudley', 'leeds')
    """
    words = _SHORT_FOR_A_COUNCIL.sub("", plain_name(name).replace("-", " ")).strip()
    return slug(_bare(words))


@cache
def everyday_names() -> dict[str, str]:
    """The code in use, in small letters, or the identifier, of each everyday name and each former code."""
    found: dict[str, str] = {}
    for table in (_NAMES, _FORMER_CODES):
        for code, names in table.items():
            found |= dict.fromkeys(names.casefold().split("|"), code.casefold())
    return found | {name: places[0] for name, (what, places) in _table().items() if what == _SHORT_NAME}


def short_names(*names: str) -> list[str]:
    """What names come to without what says only that it is a council, and each part of a joined name.

    Examples
    --------
    >>> short_names("City of Bristol", "Brighton and Hove City Council")
    ['bristol', 'brighton-and-hove', 'brighton', 'hove']
    """
    found: dict[str, None] = {}
    for name in names:
        bare = _bare(name)
        found[slug(bare)] = None
        found |= dict.fromkeys(slug(part) for part in _PARTED.split(bare) if len(slug(part)) > 3)
    return [name for name in found if name and name not in _OF_MANY]


def _bare(name: str) -> str:
    """A name without the words that say that it is a council."""
    return " ".join(_DROPPED.sub(" ", name.casefold()).replace("’", "").split())
