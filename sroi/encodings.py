"""The text in the bytes of a file that a spreadsheet wrote, whatever its encoding."""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LETTERS = "À-ÖØ-öø-ÿŒœŠšŽžŸ"
_NOT_OF_WORDS = re.compile(rf"[^\x00-\x7f{_LETTERS}\u00a0£€§©®°±²³¹µ·¼½¾×÷ªº«»‘’“”–—…•™†‡]")
_LETTER_BY_A_DIGIT = re.compile(rf"[{_LETTERS}]\s?\d|\d[{_LETTERS}]")


def decoded(data: bytes) -> tuple[str, str] | None:
    """The text in some bytes, and what is to be told of how it was read; None where that is in doubt.

    UTF-8 and UTF-16 show themselves. Anything else is read as Windows-1252 where every character beyond ASCII
    is one that tables have in that encoding: no control character, no rare sign, and no letter beside a
    digit, where another encoding has a sign of money.

    Examples
    --------
    >>> decoded("£5 – café".encode("cp1252"))
    ('£5 – café', 'the text is not UTF-8; it was read as Windows-1252 (£ – é)')
    >>> decoded("£5".encode("cp850")) is None
    True
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _of_two_bytes(data)
    try:
        return data.decode(encoding or "utf-8"), ""
    except UnicodeDecodeError:
        if encoding:
            return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    if _NOT_OF_WORDS.search(text) or _LETTER_BY_A_DIGIT.search(text):
        return None
    beyond = " ".join(dict.fromkeys(each for each in text if not each.isascii() and each != "\u00a0"))
    return text, f"the text is not UTF-8; it was read as Windows-1252{f' ({beyond})' if beyond else ''}"


def _of_two_bytes(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of plain text is 0."""
    first, second = data[:2000:2], data[1:2000:2]
    if len(second) < 2:
        return ""
    if second.count(0) * 2 > len(second) and not first.count(0):
        return "utf-16-le"
    return "utf-16-be" if first.count(0) * 2 > len(first) and not second.count(0) else ""
