"""What the schema accepts the loader accepts: every plain field, with values drawn from its own schema.

A schema cannot say what a name refers to, nor what an expression comes to; those fields are listed here.
"""

import copy
import json
import math

import pytest
from helpers import outcome, small
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import sroi

SCHEMA = sroi.json_schema("study")
STUDY = Draft202012Validator(SCHEMA)
DEFINITIONS = SCHEMA["$defs"]

REFERENCES = {
    "stakeholder", "source", "payer", "accrues_to", "from", "cashable", "intervention", "place", "borough",
    "whole", "over", "between", "discount_schedule", "rule", "object", "profile", "unit",
}  # fmt: skip
"""Fields that name something else of the study, of a pack or of the engine."""

TIED = {
    "sroi": "there is one version",
    "omit": "removes what is inherited",
    "price_year": "the price series have first and last years",
    "first_year": "the price series have first and last years",
    "contribution": "stands in place of attribution",
    "complete": "says that every layer is in the file",
    "priced": "false wants no value",
    "material": "false wants a reason",
    "appraisal_period": "stands beside no horizon of its own",
    "discount_from": "has to be a year of the study",
    "discount_rate": "stands in place of a schedule",
    "horizon": "stands beside no appraisal period",
    "years": "stands beside one value",
    "currency": "prices of another currency are not converted",
    "size": "is not smaller than involved",
    "involved": "is not larger than size",
}
"""Fields whose value is tied to others, which a schema of one field cannot say."""

BASE = small(
    outcomes={"change": outcome(duration=1)},
    sources={"s": {"title": "S"}},
    claims={"c": {"says": "x", "meaning": "unclear", "ratio": 3}},
    payers={"council": {"title": "Council"}},
    waivers=[
        {
            "rule": "SROI036",
            "object": "outcomes.change",
            "reason": "x",
            "person": "y",
            "date": "2026-01-01",
            "expiry": "2027-01-01",
        }
    ],
)
PLACES = {
    "Study": (),
    "Outcome": ("outcomes", "change"),
    "Input": ("inputs", "grant"),
    "Stakeholder": ("stakeholders", "people"),
    "Source": ("sources", "s"),
    "Claim": ("claims", "c"),
    "Payer": ("payers", "council"),
    "Waiver": ("waivers", 0),
    "Codes": ("outcomes", "change", "codes"),
}


def fields():
    """Every field of the models above with its schema, references and ties left out."""
    for model in PLACES:
        properties = (SCHEMA if model == "Study" else DEFINITIONS[model])["properties"]
        for name, schema in properties.items():
            if name not in REFERENCES and name not in TIED and drawn(schema) is not None:
                yield model, name


def drawn(schema):
    """Values that a schema accepts; None where it is not a plain one."""
    if "$ref" in schema:
        target = DEFINITIONS[schema["$ref"].rpartition("/")[2]]
        numbers = [each for each in target.get("anyOf", ()) if each.get("type") == "number"]
        return drawn(numbers[0]) if numbers else None
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "const" in schema:
        return st.just(schema["const"])
    if "anyOf" in schema or "oneOf" in schema:
        found = [drawn(each) for each in schema.get("anyOf", schema.get("oneOf"))]
        found = [each for each in found if each is not None]
        return st.one_of(found) if found else None
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    found = [each for kind in kinds if (each := drawn_of(kind, schema)) is not None]
    return st.one_of(found) if found else None


TEXT = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=12)


def drawn_of(kind, schema):
    if kind == "null":
        return st.none()
    if kind == "boolean":
        return st.booleans()
    if kind == "string":
        pattern = schema.get("pattern")
        return TEXT if pattern is None else st.from_regex(pattern).filter(lambda text: text.isprintable())
    if kind in ("number", "integer"):
        low, high = schema.get("minimum", schema.get("exclusiveMinimum", -1e6)), schema.get("maximum", 1e6)
        whole = kind == "integer" or schema.get("multipleOf") == 1
        if whole:
            return st.integers(math.ceil(low), math.floor(high))
        above = "exclusiveMinimum" in schema
        return st.floats(max(low, -1e6), min(high, 1e6), exclude_min=above, allow_subnormal=False)
    if kind == "array" and "items" in schema and "$ref" not in schema["items"]:
        items = drawn(schema["items"])
        return None if items is None else st.lists(items, min_size=schema.get("minItems", 0), max_size=3)
    return None


def with_value(model, name, value):
    document = copy.deepcopy(BASE)
    if model == "Codes":
        document["outcomes"]["change"]["codes"] = {}
    part = document
    for key in PLACES[model]:
        part = part[key]
    part[name] = value
    return document


def schema_of(model, name):
    return (SCHEMA if model == "Study" else DEFINITIONS[model])["properties"][name]


@pytest.mark.parametrize(("model", "name"), list(fields()))
@given(data=st.data())
def test_the_loader_reads_what_the_schema_accepts(model, name, data):
    document = with_value(model, name, data.draw(drawn(schema_of(model, name))))
    if STUDY.is_valid(document):
        sroi.loads(json.dumps(document))


def test_most_fields_are_tried():
    assert len(list(fields())) > 60
    known = {
        name
        for model in PLACES
        for name in (SCHEMA if model == "Study" else DEFINITIONS[model])["properties"]
    }
    assert set(TIED) - known <= {"discount_from", "discount_rate", "horizon"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("currency", 0.0),
        ("currency", "gbp"),
        ("title", ""),
        ("title", " "),
        ("id", "A b"),
        ("price_year", 0),
        ("price_year", 24),
        ("price_year", "2024-26"),
        ("price_year", "2024/25"),
        ("first_year", "twenty"),
        ("appraisal_period", 0),
        ("appraisal_period", 126),
        ("outcomes.change.deadweight", 1.5),
        ("outcomes.change.deadweight", -0.1),
        ("outcomes.change.duration", 0),
        ("outcomes.change.duration", 126),
        ("outcomes.change.quantity", 1e101),
        ("inputs.grant.years", 1.5),
        ("stakeholders.people.size", -1),
        ("sources.s.retrieved", "yesterday"),
        ("sources.s.retrieved", "2026-02-30"),
        ("sources.s.url", "javascript:alert(1)"),
        ("sources.s.reprint", "a blog"),
        ("claims.c.ratio", "four"),
        ("claims.c.over", "theirs"),
        ("outcomes.change.codes", {"sdg": ["18"]}),
        ("outcomes.change.codes", {"sdg": [3.4]}),
        ("method", {"discount_rate": 3.5}),
        ("method", {"discount_rate": "3.5 %%"}),
        ("method", {"horizon": 251}),
        ("method", {"discount_from": 12}),
        ("outcomes.Change", outcome()),
        ("assumptions", {"not-a-name": 3}),
        ("outcomes.other", {"title": "No stakeholder"}),
    ],
)
def test_what_the_loader_refuses_in_one_field_the_schema_refuses_too(path, value):
    document = copy.deepcopy(BASE)
    *parts, last = path.split(".")
    part = document
    for key in parts:
        part = part[key]
    part[last] = value
    with pytest.raises(sroi.DocumentError):
        sroi.loads(json.dumps(document))
    assert not STUDY.is_valid(document)
    assert STUDY.is_valid(BASE)


@pytest.mark.parametrize("year", [1999, 2024, "2024", "1999-00", "2024-25", "2009-10", "2099-00"])
def test_years_are_written_alike_in_schema_and_loader(year):
    document = {**BASE, "price_year": year, "first_year": 2024, "method": {"deflator": "none"}}
    assert STUDY.is_valid(document)
    sroi.loads(json.dumps(document))
