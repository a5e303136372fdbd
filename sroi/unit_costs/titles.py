"""What one heading of a cost table says: a cost or a year, in which prices, in thousands, per what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sroi.price_years import Year, year_within
from sroi.unit_costs.money import foreign_currency, period

Standing = Literal["original", "updated", ""]
Role = Literal["description", "cost", "year", "unit", "frequency", "currency", "code", "agency", "source", ""]

_ROLES: dict[Role, str] = {
    "description": "cost/saving detail|outcome/cost/saving detail|description|cost description|detail|details"
    "|cost detail|name|item|cost item|cost name|service|activity|intervention|title|label"
    "|unit cost name|unit cost description",
    "unit": "unit|units|per|unit of measure|unit of cost|unit type|measure|per unit",
    "frequency": "frequency|period|time period|cost per|payment frequency|unit of time",
    "currency": "currency",
    "code": "code|cost code|ref|ref.|reference|cost ref|id|no|no.",
    "agency": "agency|agency level1|agency level 1|who bears the cost|payer|borne by"
    "|agency bearing the cost|agency making the saving",
    "source": "original source|source|sources|source of cost",
}
_DESCRIPTIONS = frozenset([*_ROLES["description"].split("|"), "unit cost"])
_LONGEST_HEADING = 200


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOUNS = _words("cost costs saving savings value values price amount rate estimate fee tariff charge")
_SORTS = frozenset({"fiscal", "economic", "social", "public"})
_ORIGINAL = frozenset({"original"})
_UPDATED = _words("updated uprated latest current inflated adjusted revised new")
_ABOUT = _SORTS | _ORIGINAL | _UPDATED
_WITH_COSTS = _ABOUT | _words(
    "estimated available published as from average mean unit gross full the of hmt deflator gdp cpi by in at"
    " national real central best sum money pounds sterling"
    " net gross vat inc exc ex excl excluding exclusive incl including inclusive"
)
_WITH_YEARS = _ABOUT | _NOUNS | _words("prices year data base basis of financial estimated for the tax in")
_PRICES = ({"prices"}, {"fy"}, {"price", "base"}, {"price", "basis"})
_SCALES = {
    3: r"£\s*['’]?(?:1,?)?000['’]?s?\b|(?<![\d,.])['’]?(?:1,?)?000['’]?s\b|(?<![\d,.])['’]?000\b"
    r"|£\s*k\b|\bk£|\(\s*k\s*\)|[x×]\s*1,?000\b|(?<!per )\bthousands?\b",
    2: r"£\s*['’]?1?00['’]?s\b|(?<![\d,.])['’]?1?00['’]?s\b|[x×]\s*100\b|(?<!per )\bhundreds?\b",
    1: r"£\s*10['’]?s\b|(?<![\d,.])10['’]?s\b|[x×]\s*10\b|\btens\b",
    6: r"£\s*mn?\b|\(\s*mn?\s*\)|(?<!per )\bmillions?\b",
    9: r"£\s*bn\b|\(\s*bn\s*\)|(?<!per )\bbillions?\b",
    -2: r"\bpence\b|\(\s*p\s*\)",
}
_PER = re.compile(
    r"\bper\s+(?!cent)[a-z][a-z ]*|/\s*(?:hour|day|week|wk|month|year|yr)\b"
    r"|\b(?:hour|dai|week|month|year)ly\b|\bannual\b|\bp\.?[wa]\.?(?=\W|$)"
)


_MONEY_FIRST = re.compile(
    r"£|(?:gbp|pence|p|pounds?|sterling|hundreds?|thousands?|millions?|k|m|mn|bn)(?=$|[\s(/])"
    r"|['’]?(?:1,?)?000['’]?s?\b|['’]?1?00['’]?s\b|[x×]\s*10+\b"
)
_MONEY = (
    r"[^,;:(\[]*(?:£|\b(?:gbp|pounds?|pence|hundreds|thousands?|millions?|billions?)\b"
    r"|['’]?\b(?:1,?)?0+['’]?s\b|\b000\b)"
    r"[^,;:(\[]*"
)
_MONEY_BEHIND = re.compile(
    rf"(?P<unit>.*?\S)\s*(?:[(\[](?P<bracket>{_MONEY}|k|m|p)[)\]]|(?:[,;:–—](?!\d)|\s-)\s*(?P<part>{_MONEY}|k)"
    rf"|\s(?P<words>(?=in\s|£){_MONEY}))",
    re.IGNORECASE,
)


_HIDDEN_SCALE = re.compile(
    r"£\s*['’]?[\d,]*00['’]?s?\b|£\s*(?:k|mn?|bn)\b|0['’]?s\b"
    r"|[(,]\s*(?:in )?(?:['’]?000|hundreds|thousands|millions|k)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Title:
    """The heading of one column.

    Attributes
    ----------
    at : int
        The column, counted from 0.
    text : str
        The heading as written, with that of its group.
    role : str
        What the column holds; empty for one that is not read.
    sort : str
        Of a cost or year: "fiscal", "economic" or another that tells costs of one row apart.
    standing : {"original", "updated", ""}
        Whether it says so.
    year : int, str or None
        The price year that the heading names.
    power : int
        Power of ten that costs are multiplied by.
    per : str
        What the cost is for, such as "per week".
    foreign : str
        A currency other than the pound.
    """

    at: int
    text: str
    role: Role = ""
    sort: str = ""
    standing: Standing = ""
    year: Year | None = None
    power: int = 0
    per: str = ""
    foreign: str = ""


def unit_of_money(text: str) -> tuple[int, str, str]:
    """What a unit says of the money in it: its power of ten, a sign that is not of pounds, and the rest.

    Examples
    --------
    >>> unit_of_money("£000 per week"), unit_of_money("pence"), unit_of_money("% of income")
    ((3, '', 'per week'), (-2, '', ''), (0, '%', ''))
    """
    folded = text.casefold().strip(" (")
    if sign := foreign_currency(text) or ("%" if folded.startswith(("%", "per cent", "percent")) else ""):
        return 0, sign, ""
    if _MONEY_FIRST.match(folded):
        found = re.search(r"\bper\b|/", text)
        money, per, rest = text.partition(found[0]) if found is not None else (text, "", "")
        rest = f"per {rest.strip()}" if per else ""
    elif (behind := _MONEY_BEHIND.fullmatch(text.strip())) is not None:
        money, rest = behind["bracket"] or behind["part"] or behind["words"], behind["unit"].strip()
    else:
        return (0, text, "") if _HIDDEN_SCALE.search(text) else (0, "", text)
    power, left = _scale_of(money)
    in_money = _MONEY_FIRST.match(folded) or re.search(r"£|\b(?:gbp|pounds?|pence|p)\b", money.casefold())
    if power and not in_money:
        return 0, money.strip(), ""
    if left and not _HIDDEN_SCALE.search(text) and not _MONEY_FIRST.match(folded):
        return 0, "", text
    return (0, money.strip(), "") if left else (power, "", rest)


def _scale_of(money: str) -> tuple[int, str]:
    """The power of ten that words for money name, and what of them is neither that nor pounds."""
    left = f"({money.casefold().strip()})"
    powers = {power for power, pattern in _SCALES.items() if re.search(pattern, left)}
    for pattern in _SCALES.values():
        left = re.sub(pattern, " ", left)
    left = re.sub(r"\b(?:in|all|of|gbp|pounds?|sterling)\b|[£()\s.,:]", "", left)
    return (powers.pop() if len(powers) == 1 else 0), left or ("two scales" if len(powers) > 1 else "")


def names_a_scale(text: str) -> bool:
    """Whether a line above a table says that its figures are in thousands, millions or pence.

    Examples
    --------
    >>> names_a_scale("All costs in £000"), names_a_scale("Costs of 2013")
    (True, False)
    """
    return any(re.search(pattern, text.casefold()) for pattern in _SCALES.values())


def words_not_of_a_cost(text: str) -> list[str]:
    """The words for which a heading that begins like one of costs is not read as one.

    Examples
    --------
    >>> words_not_of_a_cost("Lifetime cost (£)"), words_not_of_a_cost("Source")
    (['lifetime'], [])
    """
    words = _tokens(text)
    return [each for each in words if each not in _NOUNS | _WITH_COSTS] if _NOUNS & {*words} else []


def may_describe(cell: object) -> bool:
    """Whether a cell can be the heading of descriptions, told without reading it in full."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADING:
        return False
    text = " ".join(cell.casefold().replace("_", " ").replace("/", " / ").split()).replace(" / ", "/")
    return text.partition("(")[0].partition("[")[0].strip(" :*") in _DESCRIPTIONS


@lru_cache(maxsize=4096)
def title(at: int, group: str, own: str) -> Title:
    """What a heading says, beneath the heading of its group if it has one.

    Examples
    --------
    >>> title(0, "Fiscal cost", "Updated cost/ saving (£000, 2013/14 prices)").power
    3
    """
    own, group = (" ".join(part.split()) for part in (own, group))
    own, group = (own, group) if own else (group, "")
    text = ": ".join(part for part in (group, own) if part)
    folded = text.casefold().replace("_", " ")
    year, _ = year_within(folded)
    power = next((power for power, pattern in _SCALES.items() if re.search(pattern, folded)), 0)
    found = _PER.search(_without_scales(re.sub(r"\([^)]*\bprices\)", "", folded)))
    per = found[0].strip() if found is not None else ""
    tokens = [_tokens(part) for part in (own, group)]
    both = frozenset(tokens[0] + tokens[1])
    role = _role(own, group, tokens, dated=year is not None, money=bool(power) or "£" in folded)
    if role not in ("cost", "year"):
        return Title(at, text, role)
    sort = " ".join(each for each in sorted(both & _SORTS) if (role, each) != ("year", "fiscal") or group)
    standing: Standing = "original" if both & _ORIGINAL else "updated" if both & _UPDATED else ""
    if role == "year":
        return Title(at, text, role, sort, standing)
    per = "" if re.fullmatch(r"per (?:unit|item|case)?\s*(?:cost)?", per) else per
    per = f"per {period(per)}" if period(per) and not per.startswith("per ") else per
    return Title(at, text, role, sort, standing, year, power, per, foreign_currency(text))


def _without_scales(folded: str) -> str:
    for pattern in _SCALES.values():
        folded = re.sub(rf"(?:\bin )?(?:{pattern})", " ", folded)
    return folded


def _plain(text: str) -> str:
    """A heading without its years, brackets and money, as words."""
    folded = year_within(" ".join(text.casefold().replace("_", " ").split()))[1]
    folded = re.sub(r"\s*/\s*", "/", folded)
    folded = _without_scales(folded).replace((foreign_currency(text) or "£").casefold(), " ")
    return " ".join(re.sub(r"[£()\[\]:,*]|\bgbp\b", " ", folded).split())


def _tokens(text: str) -> list[str]:
    return [each.strip(".") for each in re.findall(r"[a-z0-9%.'’&-]+", _PER.sub(" ", _plain(text)))]


def _role(own: str, group: str, tokens: list[list[str]], *, dated: bool, money: bool) -> Role:
    words = _plain(own) or _plain(group)
    without_brackets = " ".join(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", own.casefold()).split())
    for role, names in _ROLES.items():
        if {words, without_brackets} & set(names.split("|")):
            return role
    if (_plain(group) or words).startswith("agency") and not re.search(r"level ?2|\(2\)", words):
        return "agency"
    mine, above = (frozenset(each) - ({"prices"} if dated else frozenset()) for each in tokens)
    if ("year" in mine and mine <= _WITH_YEARS) or mine in (
        {"prices"},
        {"price", "base"},
        {"price", "basis"},
    ):
        return "year"
    named = mine & _NOUNS or above & _NOUNS or (money and not mine)
    return "cost" if named and mine <= _NOUNS | _WITH_COSTS else ""
