"""Ways to spoil what is read: bytes, words and lines of a text, and the parts of a document."""

import copy
import re
from functools import cache

import sroi

NUMBERS = (
    *(0, 1, -1, 2, 0.5, 10, 100, 125, 126, 1_000, 12_345.678, 1e6, 1e9, 1e12),
    *(-0.0, 1e-9, 1e-12, 1e-15, 1e-100, 1e-154, 1e-155, 1e-300, 2.2250738585072014e-308, 5e-324),
    *(1e15, 1e16, 1e20, 1e50, 1e77, 1e100, 1e150, 1e154, 1e155, 1e160, 1e200, 1e250, 1e300, 1e307, 1e308),
    *(1.7976931348623157e308, -1e308, -1e155, -5e-324),
    *(
        1 - 2**-53,
        1 + 2**-52,
        0.1 + 0.2,
        0.1 + 0.2 - 0.3,
        0.30000000000000004,
        2**31,
        2**53 + 1,
        2**63,
        2**64,
    ),
    *(float("inf"), float("-inf"), float("nan"), 10**30, 10**308, 10**309, 10**400),
)
WRITTEN = (
    *("1e155", "1e308", "1e309", "-1e308", "5e-324", "1e-400", "-0.0", "-0", ".inf", "-.inf", ".nan", "NaN"),
    *("Infinity", "inf", "0x1F", "0o17", "0123", "1_000", "1__0", "1,000", "1.000,5", "12:30", "2026-11-22"),
    *(
        "2024-25",
        "2024/25",
        "FY2024",
        "35%",
        "100%",
        "-5%",
        "1e300%",
        "0.1%",
        "%",
        "£100",
        "100 £",
        "$5",
        "1k",
    ),
    *("yes", "no", "on", "~", "null", "true", "''", '""', "[]", "{}", "[1, [2, [3]]]", "{value: 1e308}"),
    *("{value: 5, low: 1, high: 9}", "{value: 0.2, sd: 1e-9, distribution: beta}", "{value: 5, sd: 5e-324}"),
    *("{value: 1, low: 1, high: 1.0000000000000002}", "{value: 1e155, low: 1, high: 1e308}", "&a 5", "*a"),
    *("{low: 1, high: 1e300, distribution: lognormal, value: 1e150}", "!!python/object:os.system x", "!x 1"),
    *("0.1 + 0.2 - 0.3", "1e200 * 1e200", "1 / 0", "0 / 0", "2 ** 1e9", "(-8) ** (1/3)", "1e308 + 1e308"),
    *("members", "share", "min()", "max(1)", "9" * 400, "9" * 5_000, "0." + "0" * 400 + "1", "1e" + "9" * 30),
    *("\u0661\u0662", "\u00bd", "\u00b2", "\u2212\u0035", "1\u00a0000", "\uff11", "\u221e", "1\u066b5"),
)
STRANGE = (
    *("\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\u00a0", "\u200b", "\u2028", "\u202e", "\ufeff", "\ufffe"),
    *(
        "\U0001f600",
        "e\u0301",
        "ß",
        "İ",
        "日本",
        "\t",
        "\r",
        "\r\n",
        "\n---\n",
        "\n...\n",
        "\n- ",
        ": ",
        " #",
    ),
    *(
        "'",
        '"',
        "\\",
        "`",
        "|",
        ">",
        "<<: *a",
        "? ",
        "&a ",
        "*a ",
        "!!str ",
        "%YAML 1.1\n",
        "{{",
        "}}",
        "=1+1",
    ),
    *("<script>", "&amp;", "]]>", "../", "CON", "\N{COMBINING ENCLOSING CIRCLE BACKSLASH}", "a" * 300),
)
TOKEN = re.compile(rb"[A-Za-z_][\w-]*|\d[\d.,_]*(?:[eE][-+]?\d+)?%?|[ \t]+|\r?\n|.", re.DOTALL)
NUMBER = re.compile(rb"\d[\d.,_]*(?:[eE][-+]?\d+)?%?")
VALUE = re.compile(rb"(?<=: )[^\n,}\]]+|(?<=- )[^\n]+|(?<=>)[^<>]+(?=<)|(?<=[,;\t])[^,;\t\n]+")


def _encoded(text):
    return text.encode("utf-8", "surrogatepass")


@cache
def words():
    """Every key and choice of the format."""
    found = set()
    for model in (sroi.Study, sroi.AssumptionPack, sroi.Outcome, sroi.Input, sroi.Estimate, sroi.Claim):
        found |= set(model.model_fields)
    found |= set(sroi.MethodProfile.model_fields) | set(sroi.PROFILES)
    schema = str(sroi.json_schema("study"))
    found |= set(re.findall(r"'const': '([^']+)'", schema))
    for choices in re.findall(r"'enum': \[([^\]]+)\]", schema):
        found |= set(re.findall(r"'([^']+)'", choices))
    return sorted(found)


# ── Text ────────────────────────────────────────────────────────────────────────────────────────────────────


def spoilt(random, text, others):
    """A text of bytes with one to four things wrong, or pieces of other texts in it."""
    if random.random() < 0.01:
        return b""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        text = random.choice(_OF_TEXT)(random, text, others)[:400_000]
    return text


MILD = (b"1", b"2", b"3", b"7", b"0.5", b"12.5", b"20%", b"0", b"0%", b"100%", b"1_000", b"5%", b"0.25")


def _written(random):
    if random.random() < 0.4:
        return random.choice(MILD)
    return _encoded(random.choice((*WRITTEN, *map(str, (random.choice(NUMBERS[:-1]), "10")))))


def _replaced(pattern):
    def change(random, text, others):
        found = list(pattern.finditer(text))
        if not found:
            return text
        at = random.choice(found)
        new = _written(random) if random.random() < 0.8 else _encoded(random.choice(words()))
        return text[: at.start()] + new + text[at.end() :]

    return change


def _token(random, text, others):
    tokens = TOKEN.findall(text)
    if not tokens:
        return text
    at = random.randrange(len(tokens))
    what = random.randrange(5)
    if what == 0:
        del tokens[at]
    elif what == 1:
        tokens.insert(at, tokens[random.randrange(len(tokens))])
    elif what == 2:
        other = random.randrange(len(tokens))
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif what == 3:
        tokens[at] = _encoded(random.choice(words()))
    else:
        tokens[at] = _encoded(random.choice(STRANGE))
    return b"".join(tokens)


def _line(random, text, others):
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    at = random.randrange(len(lines))
    what = random.randrange(6)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(random.randrange(len(lines) + 1), lines[at])
    elif what == 2:
        lines[at] = b" " * random.randrange(5) + lines[at].lstrip(b" ")
    elif what == 3:
        other = random.choice(others).splitlines(keepends=True) or [b""]
        begin = random.randrange(len(other))
        lines[at:at] = other[begin : begin + random.randrange(1, 12)]
    elif what == 4:
        lines.insert(at, lines.pop(random.randrange(len(lines))))
    else:
        lines[at:at] = [lines[at]] * random.choice((2, 10, 300))
    return b"".join(lines)


def _bytes(random, text, others):
    at = random.randrange(len(text) + 1)
    what = random.randrange(6)
    if what == 0:
        return text[:at] + random.randbytes(random.randrange(1, 8)) + text[at:]
    if what == 1:
        return text[:at]
    if what == 2:
        return text[:at] + text[at + random.randrange(1, 40) :]
    if what == 3 and at < len(text):
        return text[:at] + bytes([text[at] ^ (1 << random.randrange(8))]) + text[at + 1 :]
    if what == 4:
        other = random.choice(others)
        return text[:at] + other[random.randrange(len(other) + 1) :]
    return text[:at] + _encoded(random.choice(STRANGE)) + text[at:]


def _deep(random, text, others):
    found = list(VALUE.finditer(text))
    if not found:
        return text
    at = random.choice(found)
    times = random.choice((1, 2, 5, 49, 60, 2_000))
    before, after = random.choice(
        ((b"[", b"]"), (b"{a: ", b"}"), (b"(", b")"), (b"-", b""), (b'"', b'"'), (b"&a ", b""))
    )
    return text[: at.start()] + before * times + at[0] + after * times + text[at.end() :]


_OF_TEXT = (
    *(_replaced(NUMBER),) * 4,
    *(_replaced(VALUE),) * 4,
    *(_token,) * 3,
    *(_line,) * 2,
    _bytes,
    _deep,
)


# ── Documents ───────────────────────────────────────────────────────────────────────────────────────────────


def places_of(node, path=()):
    """The path of everything in a document."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from places_of(child, (*path, key))


def at_path(node, path):
    for key in path:
        node = node[key]
    return node


def varied(random, document, others):
    """A copy of a document with one to five of its parts changed; most of them can still be read."""
    document = copy.deepcopy(document)
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        paths = [path for path in places_of(document) if path[0] not in ("sroi", "id", "currency", "kind")]
        numeric = [
            path
            for path in paths
            if _is_number(at_path(document, path)) and (path[0] in _NUMERIC or random.random() < 0.1)
        ]
        if not paths:
            return document
        kind = random.random()
        path = random.choice(numeric if numeric and kind < 0.7 else paths)
        holder, key, old = at_path(document, path[:-1]), path[-1], at_path(document, path)
        if kind < 0.35 and numeric:
            holder[key] = _another_number(random, old)
        elif kind < 0.6 and numeric and _is_number(old):
            holder[key] = _with_a_range(random, old)
        elif kind < 0.7 and numeric:
            holder[key] = random.choice(
                (
                    f"{old} + 0.1 - 0.1",
                    f"max({old}, 1e-300)",
                    [old] * random.randrange(1, 5),
                    f"{old} * 1e150 / 1e150",
                )
            )
        elif random.random() < 0.5:
            _rearranged(random, document, holder, key, old, others)
    return document


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


_NUMERIC = ("assumptions", "inputs", "outcomes", "scenarios", "claims")


def _another_number(random, old):
    if 0 <= old <= 1 and random.random() < 0.4:
        return random.choice(
            (0, 1, 1e-300, 1e-16, 0.1 + 0.2 - 0.3, 0.5, 1 - 2**-53, 1 + 2**-52, 1e-9, 0.999999)
        )
    if random.random() < 0.3:
        return float(max(min(old, 1e308), -1e308)) * random.choice(
            (-1, 0.001, 0.5, 1.0000000001, 3, 1e6, 1e12, 1e-12)
        )
    if random.random() < 0.3:
        return float(max(min(old, 1e308), -1e308)) * 10.0 ** random.choice(
            (-320, -155, -30, -3, 3, 30, 100, 155, 300)
        )
    return random.choice(NUMBERS)


def _with_a_range(random, value):
    width = random.choice((0.5, 0.1, 1e-9, 1e-15, 3e-16, 1e-300, 0.999, 10.0))
    value = max(min(value, 1e308), -1e308)
    low, high = value - abs(value) * width, value + abs(value) * width
    shape = random.choice((None, "pert", "triangular", "uniform", "normal", "lognormal", "beta", "fixed"))
    given = {"value": value, "low": min(low, high), "high": max(low, high)}
    if shape in ("beta", "normal") and random.random() < 0.7:
        spread = abs(value) * width if random.random() < 0.5 else random.choice(NUMBERS)
        given = {"value": value, "sd": spread}
    if shape == "lognormal" and value > 0 and width < 1 and random.random() < 0.7:
        given |= {"low": value * (1 - width), "high": value / (1 - width)}
    if random.random() < 0.1:
        given[random.choice(list(given))] = random.choice(NUMBERS)
    return given | ({"distribution": shape} if shape else {})


def _rearranged(random, document, holder, key, old, others):
    what = random.randrange(7)
    if what == 0:
        del holder[key]
    elif what == 1 and isinstance(holder, dict):
        holder[f"{key}_2"] = copy.deepcopy(old)
    elif what == 2 and isinstance(holder, dict):
        holder[random.choice(words())] = copy.deepcopy(
            random.choice((*NUMBERS[:20], *WRITTEN[:60], old, *words()))
        )
    elif what == 3:
        holder[key] = random.choice(WRITTEN)
    elif what == 4:
        other = random.choice(others)
        path = random.choice(list(places_of(other)))
        holder[key] = copy.deepcopy(at_path(other, path))
    elif what == 5 and isinstance(old, str):
        holder[key] = random.choice((*words(), *document.get("assumptions", {"members": 1})))
    elif what == 6 and isinstance(old, str):
        at = random.randrange(len(old) + 1)
        holder[key] = old[:at] + random.choice(STRANGE) + old[at:]
    else:
        holder[key] = random.choice((None, True, [], {}, "", " ", "2024", *NUMBERS[:8]))
