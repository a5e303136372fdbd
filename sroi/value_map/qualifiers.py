"""What stands in a heading beside the name of its column: units, and what is known to change nothing.

Both are closed lists. What is in neither is not understood, and then no number below the heading is read.
"""

from __future__ import annotations

import re

from sroi.price_years import Year, year_within
from sroi.value_map.amounts import SIGNS
from sroi.value_map.columns import CODES

PERIODS = {
    "half_year": (r"half[- ]?years?|six[- ]month periods?|6[- ]month periods?", 2.0),
    "year": (r"years?|yrs?|y|annum|annual", 1.0),
    "decade": (r"decades?", 0.1),
    "quarter": (r"quarters?|qtrs?", 4.0),
    "month": (r"months?|mths?|mos?|mnths?|m", 12.0),
    "fortnight": (r"fortnights?", 26.0),
    "week": (r"weeks?|wks?|w", 52.0),
    "day": (r"days?|d", 365.0),
}
_SHORT = {"y": "year", "m": "month", "w": "week", "d": "day"}
_LONG = "|".join(
    f"(?P<{name}>{'|'.join(word for word in words.split('|') if word not in (*_SHORT, 'annum', 'annual'))})"
    for name, (words, _) in PERIODS.items()
)
_A_LENGTH = re.compile(rf"\b(?:{_LONG})\b", re.IGNORECASE)
A_YEAR = re.compile(
    r"(?:(?:per|a|each|every|/|an)\s*)(?:year|yr|annum)\b\.?|\bp\.? ?a\b\.?|\bannual(?:ly)?\b|\byearly\b",
    re.IGNORECASE,
)
SCALES = re.compile(
    r"(?P<thousand>(?<![\d,.])['’]?000['’]?s?\b|\b1,?000['’]?s\b|[x×]\s?1,?000\b"
    r"|(?<!per )\bthousands?\b|(?<=[£$€])\s?k\b|\bk[£$€]|\bin k\b|\(k\))"
    r"|(?P<hundred>(?:(?<=[£$€])['’]?|(?<![\d,.])['’])00['’]?s?\b|\b100['’]?s\b|[x×]\s?100\b"
    r"|(?<!per )\bhundreds?\b)"
    r"|(?P<ten>\b10['’]?s\b|[x×]\s?10\b|\btens\b)"
    r"|(?P<million>(?<=[£$€])\s?(?:m|mn|mio|million)s?\b|(?<!per )\bmillions?\b|\(m\))"
    r"|(?P<billion>(?<=[£$€])\s?bn\b|(?<!per )\bbillions?\b|\(bn\))"
    r"|(?P<hundredth>\bpence\b|\bcents\b|\(p\)|\bin p\b)",
    re.IGNORECASE,
)
FACTORS = {"thousand": 1e3, "hundred": 1e2, "ten": 10.0, "million": 1e6, "billion": 1e9, "hundredth": 0.01}
MONEY = re.compile(
    rf"[A-Z]{{1,2}}\$|[{SIGNS}]|\b(?:{'|'.join(CODES)}|(?i:pounds?|sterling|euros?|dollars?))\b"
)
_YEAR_SPAN = r"(?:19|20)\d\d(?:\s*[-/–]\s*\d{1,4})?|['’]?\d\d\s*[-/–]\s*['’]?\d\d"
_PRICES = re.compile(
    rf"\b(?:at |in |of )?(?:{_YEAR_SPAN}) (?:prices?\b(?: base| basis| year| level)?s?)"
    rf"|\bprices? ?(?:of|in|year|base|basis|base year)?:? ?(?:{_YEAR_SPAN})(?!\d)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\bout of (?P<of>\d+)\b|(?<![\w/])/ ?(?P<over>\d+)\b", re.IGNORECASE)
_FRACTIONS = re.compile(
    r"\b0(?:\.0+)? ?(?:-|–|to) ?1(?:\.0+)?(?![\d%.])|\bbetween 0 and 1(?![\d%.])"
    r"|\b(?:a )?(?:decimal|fraction)s?(?: fractions?)?\b",
    re.IGNORECASE,
)
_PERCENTAGES = re.compile(r"\b0%? ?(?:-|–|to) ?100\b(?: ?%)?|\bbetween 0%? and 100\b(?: ?%)?", re.IGNORECASE)
_PERCENT = r"%|\bper ?cent(?:age)?s?\b|\bpercentages?\b|\bpct\b"
_THINGS = (
    r"(?:(?:young|older|disabled|unemployed|local) )?people|(?:young |older )?persons?|individuals?"
    r"|participants?|beneficiar(?:y|ies)|clients?|(?:service )?users?|adults?|child(?:ren)?"
    r"|famil(?:y|ies)|households?|carers?|parents?|volunteers?|members?|learners?|pupils?|students?"
    r"|stakeholders?|residents?|patients?|tenants?|employees?|staff|wom[ae]n|m[ae]n|girls?|boys?"
    r"|heads?|cases?|outcomes?|units?(?: of (?:change|outcome))?|items?|instances?|incidents?|visits?"
    r"|jobs?|homes?|houses?|trees?|schools?|organi[sz]ations?|groups?|business(?:es)?|hours?|days?"
    r"|nights?|sessions?|meals?|tonnes?|journeys?|trips?|appointments?|attendances?|admissions?"
    r"|places?|occurrences?|events?"
)
_FOR_A_THING = re.compile(rf"\bper (?:{_THINGS})\b", re.IGNORECASE)
A_NOTE = re.compile(
    r"\d|(?:see )?(?:the )?(?:foot)?(?:notes?|annex|appendix|guidance|glossary|tab|sheet)(?: ?[\dA-Za-z])?"
    r"|see below|see above|if any|if known|optional",
    re.IGNORECASE,
)
"""What points elsewhere in a heading, or says that a cell may stay empty."""
_ENTER = (
    r"(?:please )?(?:only )?(?:enter |insert )?(?:whole )?numbers?(?: only)?(?: of)?|\bnos?\b\.?(?: of)?"
    r"|(?<!\w)[n#](?!\w)"
)
_AFTER = r"after (?:the )?(?:end of )?(?:the )?activity"
_JOINTS = r"\b(?:in|of|the|as|a|an|is|are)\b"
_MONEY_SAYS = rf"{A_YEAR.pattern}|\bin currency\b|\bcurrency\b|{_ENTER}|\bmoney\b"
_NEUTRAL = {
    "money": _MONEY_SAYS,
    "value": rf"{_MONEY_SAYS}|(?:\bper|\beach|/)\s*(?:{_THINGS})\b|\beach\b|\bunit value\b",
    "input_value": rf"{_MONEY_SAYS}|\btotal\b",
    "figure": rf"{_MONEY_SAYS}|\bpv\b|\bnpv\b|\bnet\b|\btotal\b|\bdiscounted\b|{_AFTER}|\bcalculated\b",
    "count": rf"{A_YEAR.pattern}|{_ENTER}|\b(?:{_THINGS})\b",
    "years": rf"{_ENTER}|{_AFTER}|\b(?:whole|full|benefit|calendar|financial)\b|\bof benefit\b",
    "share": rf"{_PERCENT}|{_ENTER}|\bshare\b|\b(?:due |attributable )?to others\b|\bothers\b",
    "contribution": rf"{_PERCENT}|{_ENTER}|\bshare\b"
    r"|\b(?:due |attributable )?to us\b|\b(?:us|our|ours|own|kept)\b",
    "drop_off": rf"{_PERCENT}|{_ENTER}|{A_YEAR.pattern}",
    "start": r"\b[1-9]\b|=|\b(?:period|year|during|after|or|activity|in|following)\b",
}  # fmt: skip


def pieces(text: str) -> list[str]:
    """The parts of a heading between its commas, colons and dashes; a dash inside a word parts nothing."""
    parts = re.split(r"[,;:]\s+|(?<=\D),(?=\D)|\s+[-–—]+\s*|[–—]", text)
    return [each.strip() for each in parts if each.strip()]


def brackets(text: str) -> list[str]:
    """What stands in brackets in a heading."""
    return [each.strip() for each in re.findall(r"[(\[]([^)\]]+)[)\]]", text)]


def length_in(text: str) -> list[str]:
    """The units of time that a line of a heading names; a single letter is one where it stands alone."""
    alone = [_SHORT[each] for each in map(str.casefold, (text.strip(), *brackets(text), *pieces(text)[1:]))
             if each in _SHORT]  # fmt: skip
    found = [name for each in _A_LENGTH.finditer(text) for name in PERIODS if each[name]]
    return list(dict.fromkeys([*found, *alone]))


def price_year_in(text: str) -> Year | None:
    """The one year whose prices a heading says that its money is in."""
    years = {year_within(found[0] + " prices")[0] for found in _PRICES.finditer(text)}
    return years.pop() if len(years) == 1 else None


def whole_in(text: str) -> float:
    """What a share is out of in a column: 10 under "out of 10", 1 under "0 to 1"; 0 where nothing says it."""
    found = {float(each["of"] or each["over"]) for each in _OUT_OF.finditer(text)}
    found |= {1.0} if _FRACTIONS.search(text) else set()
    found |= {100.0} if _PERCENTAGES.search(text) else set()
    return found.pop() if len(found) == 1 else 0.0


def things_in(text: str) -> str:
    """What a heading says that its money is for, such as "per person"; empty where that is no thing."""
    found = _FOR_A_THING.search(text)
    return found[0].lower() if found is not None else ""


def unread_in(qualifier: str, holds: str, key: str = "") -> str:
    """A qualifier of a column that is neither a unit nor known to change nothing; empty where it is."""
    if holds in ("text", "choice") or A_NOTE.fullmatch(qualifier):
        return ""
    own = key if key in _NEUTRAL else holds
    rest = qualifier
    if holds in ("money", "figure"):
        rest = _PRICES.sub(" ", rest) if holds == "money" and price_year_in(rest) is not None else rest
        rest = MONEY.sub(" ", SCALES.sub(" ", re.sub(r"^(k|m|bn|p)$", r"(\1)", rest)))
    elif holds == "count":
        rest = SCALES.sub(lambda found: found[0] if found["hundredth"] else " ", rest)
    elif holds == "years":
        rest = " " if rest.casefold() in _SHORT else _A_LENGTH.sub(" ", rest)
    elif holds == "share" and whole_in(rest):
        rest = _OUT_OF.sub(" ", _FRACTIONS.sub(" ", _PERCENTAGES.sub(" ", rest)))
    rest = re.sub(_NEUTRAL[own], " ", rest, flags=re.IGNORECASE)
    rest = re.sub(_JOINTS, " ", rest, flags=re.IGNORECASE)
    return qualifier if re.search(r"\w|[^\s\w.,;:/()'’&+*-]", rest) else ""
