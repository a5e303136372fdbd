"""What one heading of a cost table says: a cost or a year, in which prices, in thousands, per what."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    " net vat excl excluding exclusive exc ex inc incl including inclusive"
)
_WITH_YEARS = _ABOUT | _NOUNS | _words("prices year data base basis of financial estimated for the tax in")
_PRICES = ({"prices"}, {"fy"}, {"price", "base"}, {"price", "basis"})
_SCALES = {
    3: r"£\s*['’]?(?:1,?)?000['’]?s?\b|(?<![\d,.])000['’]?s?\b|£\s*k\b|\(\s*k\s*\)|\bthousands?\b",
    6: r"£\s*mn?\b|\(\s*mn?\s*\)|\bmillions?\b",
    2: r"£\s*100['’]?s\b|(?<![\d,.])100['’]?s\b|\bhundreds\b",
    9: r"£\s*bn\b|\(\s*bn\s*\)|\bbillions?\b",
    -2: r"\bpence\b|\(\s*p\s*\)",
}
_MONEY_BEHIND = re.compile(
    r"[,;:–—-]?\s*(?:\(|\[|\bin\b|,|\s)\s*(?:£|gbp)?\s*"
    r"(?:['’]?(?:1,?)?000['’]?s?|100['’]?s|thousands?|hundreds|millions?|pence|(?<=£)(?:k|mn?|bn)|(?<=\()(?:k|mn?|bn|p))"
    r"\s*[)\]]?$",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\bper\s+(?!cent)[a-z][a-z ]*|/\s*(?:hour|day|week|wk|month|year|yr)\b"
    r"|\b(?:hour|dai|week|month|year)ly\b|\bannual\b|\bp\.?[wa]\.?(?=\W|$)"
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
    >>> unit_of_money("per year (£000)"), unit_of_money("per client, £k"), unit_of_money("per 1000")
    ((3, '', 'per year'), (3, '', 'per client'), (0, '', 'per 1000'))
    """
    folded = text.casefold().strip(" (")
    if sign := foreign_currency(text) or ("%" if folded.startswith(("%", "per cent", "percent")) else ""):
        return 0, sign, ""
    if not re.match(r"(?:£|gbp\b|pence\b|p\b|pounds?\b|['’]?000|thousands?\b|millions?\b)", folded):
        behind = _MONEY_BEHIND.search(text)
        of = text[: behind.start()].strip(" ,;:–—-") if behind is not None else ""
        if behind is None or (power := _power(behind[0])) is None or of.casefold() == "per":
            return 0, "", text
        if not re.search(r"£|gbp|pence|\(p\)", behind[0], re.IGNORECASE):
            return 0, behind[0].strip(), ""
        return power, "", of
    start, per, rest = (
        text.partition(found[0]) if (found := re.search(r"\bper\b|/", text)) else (text, "", "")
    )
    power = _power(start) or 0
    power = -2 if folded == "p" or folded.startswith(("p ", "p/")) else power
    return power, "", f"per {rest.strip()}" if per else ""


def _power(text: str) -> int | None:
    """The power of ten that a text names, of pounds or pence; None where it names none."""
    folded = text.casefold()
    return next((power for power, pattern in _SCALES.items() if re.search(pattern, folded)), None)


def names_a_scale(text: str) -> bool:
    """Whether a line above a table says that its figures are in thousands, millions or pence.

    Examples
    --------
    >>> names_a_scale("All costs in £000"), names_a_scale("Costs of 2013")
    (True, False)
    """
    return _power(text) is not None


def may_describe(cell: object) -> bool:
    """Whether a cell can be the heading of descriptions, told without reading it in full."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADING:
        return False
    text = " ".join(cell.casefold().replace("_", " ").replace("/", " / ").split()).replace(" / ", "/")
    return text.partition("(")[0].partition("[")[0].strip(" :*") in _DESCRIPTIONS


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
    power = _power(folded) or 0
    found = _PER.search(re.sub(r"\([^)]*\bprices\)", "", folded))
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


def _plain(text: str) -> str:
    """A heading without its years, brackets and money, as words."""
    folded = year_within(" ".join(text.casefold().replace("_", " ").split()))[1]
    folded = re.sub(r"\s*/\s*", "/", folded)
    for pattern in _SCALES.values():
        folded = re.sub(pattern, " ", folded)
    folded = folded.replace((foreign_currency(text) or "£").casefold(), " ")
    return " ".join(re.sub(r"[£()\[\]:,*]|\bgbp\b", " ", folded).split())


def _tokens(text: str) -> list[str]:
    return [word.rstrip(".") for word in re.findall(r"[a-z0-9%.'’&-]+", _PER.sub(" ", _plain(text)))]


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
