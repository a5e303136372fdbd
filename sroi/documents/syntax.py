"""Text of a file made ready for YAML, and what is wrong with one that is not YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.text import key_touching_value, plain_spaces, strange

if TYPE_CHECKING:
    from collections.abc import Collection

    import yaml

_SURROGATES = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_TAB_OR_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\t')
_LONE_HYPHEN = re.compile(r":\s+-\s*(?:$|[,}#])")


def prepared(text: str) -> str:
    """The text with pairs of surrogates joined, and in JSON spaces for the tabs between its parts."""
    text = _SURROGATES.sub(lambda found: f"\\U{_joined(found[1], found[2]):08x}", text)
    if "\t" in text and text.lstrip()[:1] in ("{", "["):
        return _TAB_OR_STRING.sub(lambda found: " " if found[0] == "\t" else found[0], text)
    return text


def holds_one_of(keys: Collection[str], text: str) -> bool:
    """Whether a line, or an entry within one, begins with one of some keys."""
    names = "|".join(map(re.escape, keys))
    return re.search(rf"(?:^|[{{,])[ \t]*[\"']?(?:{names})[\"']?[ \t]*:", text, re.MULTILINE) is not None


def _joined(high: str, low: str) -> int:
    return 0x10000 + ((int(high, 16) - 0xD800) << 10) + (int(low, 16) - 0xDC00)


def with_plain_spaces(text: str) -> str | None:
    """The text with the spaces of a typesetter made plain; None where it has none."""
    plain = plain_spaces(text)
    return plain if plain != text else None


class _Place(NamedTuple):
    """A place in a text, counted from 0."""

    line: int
    column: int


def syntax_problem(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[str, str, Any]:
    """What is wrong with the lines of a text that YAML refuses, what to write instead, and where."""
    mark = error.problem_mark or error.context_mark
    opened: Any = error.context_mark or mark
    what = " ".join(str(part) for part in (error.context, error.problem) if part)
    line = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    if "\t" in line[: (mark.column if mark is not None else 0) + 1]:
        return "a tab stands where YAML wants spaces", "indent with spaces", mark
    if "invalid Unicode character escape code" in what:
        return "an escape stands for no character", "write the character itself", mark
    in_words = "mapping values are not allowed" in what or "while parsing a flow" in what
    colon = _colon_in_text(line, mark.column) if mark is not None and in_words else None
    if mark is not None and colon is not None:
        message, hint, column = colon
        return f"{message} ({what})", hint, _Place(mark.line, column)
    if "found unexpected end of stream" in what or "while parsing a flow" in what:
        opened = _opening(mark, lines) if "flow" in what else opened
        sign = lines[opened.line][opened.column : opened.column + 1] if opened.line < len(lines) else ""
        return f"{sign or 'a bracket or quote'} is opened here and not closed ({what})", "close it", opened
    first = max(min(opened.line, mark.line - 1), 0) if mark is not None else 0
    for number, each in enumerate(lines[first : mark.line + 1] if mark is not None else (), first):
        likely = _suspect(each)
        if likely is not None:
            message, hint, column = likely
            return f"{message} ({what})", hint, _Place(number, column)
    if "mapping values are not allowed" in what:
        hint = 'put text that holds ": " in quotes, and check the indentation'
        return f"a colon stands where no key can ({what})", hint, mark
    return f"this is not YAML: {what}", "check the indentation, the quotes and the brackets around here", mark


def _opening(mark: Any, lines: list[str]) -> _Place:
    """The bracket that is still open at a mark."""
    open_at = [_Place(mark.line, mark.column)]
    for number, text in enumerate(lines[: mark.line + 1]):
        for column, sign in enumerate(text if number < mark.line else text[: mark.column]):
            if sign in "[{":
                open_at.append(_Place(number, column))
            elif sign in "]}" and len(open_at) > 1:
                open_at.pop()
    return open_at[-1]


def _colon_in_text(line: str, at: int) -> tuple[str, str, int] | None:
    """What is wrong where a colon stands within words without quotes, what to write, and where they begin."""
    if line[at : at + 1] != ":":
        return None
    found, rest = _WORDS.search(line[:at]), re.split(r"\s#", line[at:])[0]
    if found is None:
        found, rest = _WORDS_IN_FLOW.search(line[:at]), _END_OF_ENTRY.split(line[at:], maxsplit=1)[0]
    if found is None:
        return None
    if _PROSE.match(found["key"]):
        words = f"{found['key']}: {found['words']}{rest}".strip()
        return "a colon stands within words", f'write "{words}", in quotes', found.start("key")
    words = f"{found['words']}{rest}".strip().strip("\u2018\u2019\u201c\u201d")
    quoted = f"'{words}'" if '"' in words and "'" not in words else '"' + words.replace('"', '\\"') + '"'
    message = f"a colon stands within the words of {found['key']}"
    return message, f"write {found['key']}: {quoted}", found.start("words")


_WORDS = re.compile(r"^[\s-]*(?P<key>[A-Za-z_][\w-]*)\s*:\s+(?P<words>[^\s\"'{\[&*!|>].*)$")
_WORDS_IN_FLOW = re.compile(r"[{,]\s*(?P<key>[A-Za-z_][\w-]*)\s*:\s+(?P<words>[^\s\"'{\[&*!|>][^{\[,]*)$")
_PROSE = re.compile("[A-Z]")
_END_OF_ENTRY = re.compile(r"[,}\]]")
_BEFORE_ITS_NUMBER = re.compile(r"[:\[,]\s+%\s*(\d[\d.]*)")
_EQUALS = re.compile(r"\s*(?P<key>[A-Za-z_][\w-]*)\s*=\s*(?P<value>[^\s=].*)")


def _suspect(line: str) -> tuple[str, str, int] | None:
    """What probably makes a line no YAML, what to write instead, and in which column it begins."""
    touching = key_touching_value(line)
    if touching is not None:
        return (*touching, len(line) - len(line.lstrip()))
    hyphen = _LONE_HYPHEN.search(line)
    if hyphen is not None:
        message = "a hyphen stands where a value is wanted"
        return message, "write null where a number is not assessed", hyphen.start() + 2
    percent = _BEFORE_ITS_NUMBER.search(line)
    if percent is not None:
        return "% stands before its number", f"write {percent[1]}%", percent.start() + 1
    reserved = re.search(r":\s+([@`].*)", line)
    if reserved is not None:
        return (
            f"no words begin with {reserved[1][0]} without quotes",
            f'write "{reserved[1]}"',
            reserved.start(1),
        )
    equals = _EQUALS.fullmatch(line)
    if equals is not None and ":" not in line:
        message = f"= stands after {equals['key']}, where a colon is wanted"
        return message, f"write {equals['key']}: {equals['value'].strip()}", equals.start("key")
    before, colon, value = line.partition(": ")  # a sign within words does no harm
    begins = len(line) - len(value.lstrip()) if colon else len(line)
    harmful = (at for at, sign in enumerate(line) if strange(sign) and (at < len(before) or at == begins))
    at = next(harmful, None)
    return None if at is None else (strange(line), "write what the keyboard has in its place", at)
