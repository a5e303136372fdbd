"""What stands in brackets in the heading of a column: known and read, without effect, or not understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.value_map.amounts import SIGNS
from sroi.value_map.columns import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTED = re.compile(r"[\s,;:/&+–—-]+")
_BRACKETED = re.compile(r"[(\[]([^)\]]*)[)\]]")
_ANYWHERE = r"in|of|the|a|an|and|no|nos|number|numbers|only|enter|if|any|or|up|to|please|currency|1|2"
_SCALE = (
    r"['’]?0{2,3}['’]?s?|thousands?|millions?|billions?|hundreds|1(?:,?0{3}|0{2})['’]?s|"
    rf"[{SIGNS}]['’]?(?:1,?0?)?0{{2,3}}['’]?s?|[{SIGNS}]?(?:k|m|mn|mio|bn)"
)
_KNOWN = {
    "money": rf"[{SIGNS}]|[a-z]{{1,2}}\$|{'|'.join(CODES)}|per|each|year|yr|annum|annual(?:ly)?|"
    rf"yearly|p\.?a\.?|value|amount|pounds?|euros?|sterling|pence|cents|p|{_SCALE}",
    "count": rf"{_SCALE}|people|persons?|beneficiaries|participants|members|units?|per|year|annum|annual",
    "years": r"years?|yrs?|months|mths|weeks|wks|days|quarters|y",
    "share": r"%|per|cent|pct|percent(?:ages?)?|us|our|ours|others|due|kept|share|from|year|annum|p\.?a\.?|"
    r"attributable|after|activity|each",
}
_CHANGES_MUCH = re.compile(
    rf"\d|[%{SIGNS}]|\b(?:half|halves|third|double|twice|life(?:time|long)?|whole|total|sum|gross|net|lump|"
    r"one[- ]?off|once|per|out of|over|score|scale|points?|ratio|fraction|decimals?|discounted|"
    r"tenths|fifths|"
    r"undiscounted|pv|npv|present value|cumulative|real|nominal|price[sd]?|dozens?|hundreds?|thousands?|"
    r"millions?|mont\w*|week\w*|da(?:y|ys|ily)|quarter\w*|hour\w*|terms?|fortnight\w*|sessions?|"
    r"year\w*|decades?|excl\w*|incl\w*|less|minus|before|times|[a-z])\b",
    re.IGNORECASE,
)  # fmt: skip
_HARMLESS = {
    "input_value": r"total|sum|gross",
    "drop_off": r"per|a|year|each|annum|in|future|years|every",
    "duration": r"how|many|long|does|it|last",
}


def left_over(heading: str, holds: str, key: str) -> Iterator[tuple[str, bool]]:
    """Brackets that are not understood wholly, and whether the words in them can change the numbers below.

    A question is no unit: what stands in brackets in one is only named.
    """
    known = re.compile(rf"(?:{_ANYWHERE}|{_KNOWN[holds]}|{_HARMLESS.get(key, '(?!)')})", re.IGNORECASE)
    for part in heading.split(" / "):
        for words in _BRACKETED.findall(part):
            joined = re.sub(r"(?<=\d),(?=\d)", "", words)
            unknown = [
                each for each in _PARTED.split(joined) if each and not known.fullmatch(each.strip("."))
            ]
            if unknown:
                asks = part.rstrip().endswith("?") or "?" in words
                yield words, not asks and _CHANGES_MUCH.search(" ".join(unknown)) is not None
