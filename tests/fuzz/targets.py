"""What is fuzzed: how an input of each target is made, and what is done with it."""

import json
import math
import random as randoms
from dataclasses import dataclass
from functools import cache
from typing import Any

import corpus
import judging
import oracle
import tables
import yaml
from judging import WrongError
from mutations import NUMBERS, STRANGE, WRITTEN, spoilt, varied, words
from places import file_of, folder, library

import sroi
from sroi.documents.packcheck import check_packs
from sroi.expression import Expression
from sroi.quantities import LARGEST

LUNCH_CLUB = corpus.ROOT / "tests" / "golden" / "lunch-club.yaml"


@dataclass(frozen=True)
class Target:
    """A kind of input: ``make`` draws one from a generator, ``judge`` takes it through what reads it."""

    make: Any
    judge: Any
    is_text: bool = True


# ── Studies ─────────────────────────────────────────────────────────────────────────────────────────────────


def study_text(random):
    seeds = corpus.broken_studies() if random.random() < 0.1 else corpus.studies()
    return spoilt(random, random.choice(seeds), corpus.studies())


def judge_study(content, chance):
    study = sroi.load(file_of(content, "study.yaml"), packs=library())
    judging.judged(study, chance)


def study_document(random):
    document = varied(random, random.choice(corpus.drawn()), corpus.drawn())
    return json.dumps(document).encode()


def judge_document(content, chance):
    study = sroi.load(file_of(content, "study.json"), packs=library())
    evaluation = sroi.evaluate(study)
    document = json.loads(content)
    if not any(isinstance(value, str) and value in WRITTEN for value in _leaves(document)):
        judging.contradicted(study, evaluation, document)
    judging.judged(study, chance)


def _leaves(node):
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if not isinstance(node, dict | list):
        yield node
    for child in children:
        yield from _leaves(child)


def long_result(random):
    document = random.choice(corpus.long_studies())
    return json.dumps(varied(random, document, corpus.drawn())).encode()


# ── Packs ───────────────────────────────────────────────────────────────────────────────────────────────────


def pack_text(random):
    return spoilt(random, random.choice(corpus.packs()), corpus.packs())


def judge_pack(content, chance):
    name = "pack"
    try:
        found = yaml.safe_load(content)["pack"]
        name = (
            found if isinstance(found, str) and found.replace("-", "").isascii() and len(found) < 60 else name
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError, RecursionError):
        pass
    if "/" in name or "\0" in name:
        name = "pack"
    own = folder() / "packs"
    own.mkdir(exist_ok=True)
    for old in own.iterdir():
        old.unlink()
    (own / f"{name}.yaml").write_bytes(content)
    packs = sroi.Library(own)
    packs._places.update(library()._places)
    packs._places.pop(name, None)
    refused = None
    try:
        packs.place(name)
    except sroi.SroiError as error:
        refused = error
    if chance is None or chance.random() < 0.02:
        check_packs(packs)
    if refused is not None:
        raise refused
    judging.judged(sroi.load(LUNCH_CLUB, place=name, packs=packs), chance)
    if chance is None or chance.random() < 0.3:
        judging.judged(sroi.load("befriending", place=name, packs=packs), chance)


# ── Expressions ─────────────────────────────────────────────────────────────────────────────────────────────

FLOATS = tuple(float(each) for each in NUMBERS if abs(each) < math.inf and abs(each) <= LARGEST)
NAMES = ("members", "share", "kept", "a", "b", "c", "x")


def expression(random):
    seeds = [each.encode() for each in corpus.EXPRESSIONS]
    if random.random() < 0.5:
        text = spoilt(random, random.choice(seeds), seeds)[:3_000]
    else:
        text = _drawn_expression(random, random.randrange(5)).encode("utf-8", "surrogatepass")
    values = {name: random.choice((*FLOATS, *range(1, 8))) for name in NAMES}
    return json.dumps({"text": text.decode("utf-8", "replace"), "values": values}).encode()


def _drawn_expression(random, depth):
    if depth == 0:
        return random.choice(
            (*NAMES, "10%", "2", "0.5", "1e155", "1_000", "0", "1e308", "5e-324", "0.1", "0.2")
        )
    inner = [_drawn_expression(random, random.randrange(depth)) for _ in range(2)]
    sign = random.choice(("+", "-", "*", "/", "**", "min", "max", "neg"))
    if sign in ("min", "max"):
        return f"{sign}({inner[0]}, {inner[1]})"
    return f"-{inner[0]}" if sign == "neg" else f"({inner[0]} {sign} {inner[1]})"


def judge_expression(content, chance):
    given = json.loads(content)
    values = {name: float(value) for name, value in given["values"].items()}
    text = given["text"]
    found = Expression(text)
    unknown = [name for name in found.names if name not in values]
    values |= dict.fromkeys(unknown, 1.5)
    wanted = _worked_out(text, values)
    value = found.evaluate(values)
    if isinstance(value, complex) or not math.isfinite(value):
        raise WrongError(f"{text!r} is {value}")
    if wanted is not None and not math.isclose(value, wanted, rel_tol=1e-12, abs_tol=5e-324):
        raise WrongError(f"{text!r} is {value}, and {wanted} by Python")


def _worked_out(text, values):
    """What the oracle makes of an expression, where it reads it."""
    numbers = oracle.Numbers.__new__(oracle.Numbers)
    numbers.known, numbers.assumptions = dict(values), {}
    try:
        value = numbers(text)
    except (ArithmeticError, ValueError, KeyError, SyntaxError, AttributeError, TypeError, RecursionError):
        return None
    except MemoryError:  # what ast.parse says of too many parentheses
        return None
    return value if isinstance(value, float) and math.isfinite(value) else None


# ── Values that are set ─────────────────────────────────────────────────────────────────────────────────────


def set_strings(random):
    seeds = [each.encode() for each in corpus.SETS]
    found = []
    for _ in range(random.choice((1, 1, 2, 4))):
        kind = random.random()
        if kind < 0.4:
            found.append(spoilt(random, random.choice(seeds), seeds)[:2_000].decode("utf-8", "replace"))
        else:
            path = random.choice(_paths())
            value = random.choice((*WRITTEN, *map(str, NUMBERS[:-1]), *words(), *STRANGE))
            found.append(f"{path}={value}")
    return json.dumps(found).encode()


@cache
def _paths():
    document = yaml.safe_load(LUNCH_CLUB.read_text(encoding="utf-8"))
    found = [".".join(map(str, path)) for path in _all_paths(document)]
    fields = sroi.Outcome.model_fields
    return [*found, *(f"outcomes.{name}.{field}" for name in document["outcomes"] for field in fields)]


def _all_paths(node, path=()):
    if isinstance(node, dict):
        for key, child in node.items():
            yield (*path, key)
            yield from _all_paths(child, (*path, key))


def judge_set(content, chance):
    values = {}
    for each in json.loads(content):
        path, _, value = each.partition("=")
        values[path.strip()] = value.strip()
    judging.judged(sroi.load(LUNCH_CLUB, values=values, packs=library()), chance)


TARGETS = {
    "study": Target(study_text, judge_study),
    "document": Target(study_document, judge_document),
    "long": Target(long_result, judge_study),
    "pack": Target(pack_text, judge_pack),
    "expression": Target(expression, judge_expression),
    "set": Target(set_strings, judge_set),
    "map-csv": Target(tables.rows_text(corpus.map_rows, corpus.map_texts), tables.judge_map("map.csv")),
    "map-xlsx": Target(
        tables.workbook("map", corpus.map_workbooks), tables.judge_map("map.xlsx"), is_text=False
    ),
    "costs-csv": Target(
        tables.rows_text(tables.cost_rows, corpus.cost_texts), tables.judge_costs("costs.csv")
    ),
    "costs-xlsx": Target(
        tables.workbook("costs", corpus.cost_workbooks), tables.judge_costs("costs.xlsx"), is_text=False
    ),
}
"""Every target by name."""


def made(target, seed, number):
    """One input of a target: the same whenever it is asked for."""
    return TARGETS[target].make(randoms.Random(f"{seed} {target} {number}"))
