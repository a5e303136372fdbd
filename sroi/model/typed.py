"""What people type for a number out of Word, Excel and e-mails, and what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER = r"\d{1,3}(?:[,_ ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = {
    word: number
    for number, words in (
        ("0.25", "quarter|a quarter|one quarter|¼"),
        ("0.5", "half|a half|one half|½"),
        ("0.75", "three quarters|¾"),
        ("1 / 3", "third|a third|one third|⅓"),
        ("2 / 3", "two thirds|⅔"),
        ("0", "zero|no one|nobody"),
        *zip(
            map(str, range(1, 13)),
            [
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ],
            strict=True,
        ),
        ("12", "a dozen|dozen"),
        ("20", "twenty"),
        ("50", "fifty"),
        ("100", "hundred|a hundred|one hundred"),
        ("1_000", "thousand|a thousand|one thousand"),
        ("1_000_000", "million|a million|one million"),
    )
    for word in words.split("|")
}
_BRACKETED = re.compile(rf"\(\s*[£$€]?\s*(?P<number>{_NUMBER})\s*(?P<percent>%?)\s*\)")
_FORMULA_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|#+)", re.IGNORECASE)
_SPAN = re.compile(r"(?P<from>(?:19|20)\d{2})\s*(?:[-–—/]|to)\s*(?P<to>(?:19|20)?\d{2})", re.IGNORECASE)


def years_in_doubt(text: str) -> tuple[str, str] | None:
    """What is in doubt about text that names years where a number is wanted, and what to write; else None.

    Examples
    --------
    >>> years_in_doubt("2024–2026")
    ('2024–2026 is a span of years, not a number', 'write 3 for how many years it is')
    >>> years_in_doubt("2024/25")[0], years_in_doubt("2024 / 25"), years_in_doubt("2000/12")
    ('2024/25 is a financial year, not a number', None, None)
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    first, last = int(found["from"]), int(found["to"])
    last += 100 * ((first + 1) // 100) if len(found["to"]) == 2 else 0
    follows = last == first + 1
    if (" " in text and ("/" in text or "-" in text)) or ("/" in text and not follows) or last <= first:
        return None
    sign = next((sign for sign in "/-" if sign in text), "")
    rest = f", or {found['from']} {sign} {found['to']} where arithmetic is meant" if sign else ""
    one = follows and (len(found["to"]) == 2 or sign == "/")
    what, years = ("a financial year", 1) if one else ("a span of years", last - first + 1)
    return f"{text} is {what}, not a number", f"write {years} for how many years it is{rest}"


def brackets_in_doubt(text: str) -> tuple[str, str] | None:
    """What is in doubt about a number alone in brackets, which accounts mean to be below 0; else None."""
    found = _BRACKETED.fullmatch(text)
    if found is None:
        return None
    number = re.sub("[,_ ]", "", found["number"]) + found["percent"]
    return f"{text} may be {number} or -{number}", f"write {number}, or -{number}"


def _either_side(found: re.Match[str]) -> str:
    middle, by = float(found["middle"]), float(found["by"])
    sign = found["percent"] or found["last"]
    ends = f"low: {middle - by:g}{sign}, high: {middle + by:g}{sign}"
    return f"write {{value: {middle:g}{sign}, {ends}}}"


def _small_letters(found: re.Match[str]) -> str:
    return f"write {found[0].lower()}, in small letters" if found[0] != found[0].lower() else ""


def _without_marks(found: re.Match[str]) -> str:
    return f"write {found['number']}{found['sign']}"


def _digits(found: re.Match[str]) -> str:
    return f"write {re.sub('[^0-9]', '', found[0])}"


def _bound(found: re.Match[str]) -> str:
    return f"write {found['above'] or found['bound']}, and low and high for how unsure it is"


def _part_of_all(found: re.Match[str]) -> str:
    return f"write {found['part']} / {found['all']} as a share, or {found['part']} as a count"


_POINT = r"\d+(?:\.\d+)?"
_ABOUT = "over|under|up to|at least|at most|more than|less than|nearly|almost"
_EXACT = r"[\w.%()]+"
_HABITS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"=\s*([^=].*)", lambda found: f"write {found[1]}, without ="),
    (r"(.*[^\s#])#\s.*", lambda found: f"write {found[1]}, with a space before #"),
    (rf"(?P<number>{_NUMBER})(?P<sign>%?)\s*[;,*†‡.%]+", _without_marks),
    (rf"({_POINT})\s*pc", lambda found: f"write {found[1]}%"),
    (rf"({_POINT}%?)-", lambda found: f"write {found[1]}, or -{found[1]}"),
    (r"\d{1,3}(?:['’]\d{3})+", _digits),
    (
        rf"({_POINT}%?)\s*(?:;|\band\b|&)\s*({_POINT}%?)",
        lambda found: f"write [{found[1]}, {found[2]}] for two years",
    ),
    (rf"(?P<above>{_POINT}%?)\s*\+|(?:{_ABOUT})\s+(?P<bound>{_POINT}%?)", _bound),
    (
        rf"(?P<middle>{_POINT})\s*(?P<percent>%?)\s*(?:±|\+/-|\+-)\s*(?P<by>{_POINT})\s*(?P<last>%?)",
        _either_side,
    ),
    (rf"(?P<part>{_POINT})\s+(?:in|of|out of)\s+(?P<all>{_POINT})", _part_of_all),
    (
        rf"({_POINT})\s?%\s+of\s+(?:the\s+|all\s+)?([a-z]\w*|[\d_.]+)",
        lambda found: f"write {found[2]} * {found[1]}%",
    ),
    (
        rf"({_EXACT}(?:\s*[-+*/]\s*{_EXACT})*)\s+x\s+({_EXACT})",
        lambda found: f"write {found[1]} * {found[2]}",
    ),
    (r"n\s*=\s*(\d+)", lambda found: f"write {found[1]}"),
    (r"[a-z_][a-z0-9_]*(?:\s*(?:\*\*|[-+*/])\s*[a-z0-9_.%]+)+", _small_letters),
)
_WITH_WORDS = re.compile(
    rf"(?P<minus>-?)[£$€]?\s*(?P<number>{_NUMBER})(?P<percent>\s?%?)\s*(?:GBP|pounds?)?"
    r"(?P<words>\s*/\s*[a-z].*|\s*\(.*\)|\s+[a-z][^*+]*)",
    re.IGNORECASE,
)


def instead_of_typed(text: str, null: str) -> str:
    """What to write instead of a habit of other programs; nothing where the text shows none.

    Parameters
    ----------
    text : str
        Without spaces around it.
    null : str
        What to write where nothing is known.

    Examples
    --------
    >>> instead_of_typed("48 out of 120", ""), instead_of_typed("ten", "")
    ('write 48 / 120 as a share, or 48 as a count', 'write 10')
    >>> instead_of_typed("£1,200 per person", "")
    'write 1200, and “per person” as its unit or rationale'
    """
    if _FORMULA_ERROR.fullmatch(text):
        return f"it is a spreadsheet's error: {null}"
    if text.casefold() in _WORDS:
        return f"write {_WORDS[text.casefold()]}"
    for pattern, instead in _HABITS:
        found = re.fullmatch(pattern, text, re.IGNORECASE)
        if found is not None and (said := instead(found)):
            return said
    words = _WITH_WORDS.fullmatch(text)
    if words is None:
        return ""
    number = re.sub("[,_ ]", "", words["number"]) + words["percent"].strip()
    said = re.sub(r"^/\s*", "per ", words["words"].strip(" ()"))
    return f"write {words['minus']}{number}, and “{said}” as its unit or rationale"
