"""The tables of the file format: fields of the models, kinds of number, method profiles, reference data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sroi
from docs.generate.markdown import first_paragraph, table
from sroi import model as models
from sroi.reference import read_table

if TYPE_CHECKING:
    from pydantic import BaseModel

REQUIRED = "**required**"


def fields(name: str) -> str:
    """The fields of a model: what each may be, its unit, its default and its meaning."""
    model: type[BaseModel] = getattr(models, name, None) or getattr(sroi, name)
    schema = model.model_json_schema(by_alias=True)
    schema = next((entry for entry in schema.get("anyOf", []) if "properties" in entry), schema)
    rows = []
    for field_name, field in model.model_fields.items():
        key = field.alias or field_name
        extra = field.json_schema_extra
        unit = extra.get("unit") if isinstance(extra, dict) else None
        what = words(schema["properties"][key])
        if (name, key) == ("Study", "method"):
            what = "a profile's name, or a mapping of [its fields](#method)"
        if name == "MethodProfile":
            default = code(written(getattr(sroi.PROFILES["default"], key)))
        elif key in schema.get("required", []):
            default = REQUIRED
        else:
            default = default_of(field.get_default(call_default_factory=True))
        shown_unit = "" if unit == "choice" or what.startswith(str(unit)) else unit
        rows.append((f"`{key}`", what, shown_unit, default, field.description))
    return table(("Field", "May be", "Unit", "Default", "Meaning"), rows)


def code(text: str) -> str:
    """A value as code; nothing for a dash."""
    return "" if text == "–" else f"`{text}`"


def default_of(value: object) -> str:
    """A default as it would be written; nothing where leaving the key out says nothing."""
    if value is None or value in ({}, ()):
        return ""
    if isinstance(value, sroi.MethodProfile):
        return f"`{value.profile}`"
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def words(schema: dict[str, Any]) -> str:
    """What a field may be, from its JSON Schema."""
    choices = [entry for entry in schema.get("anyOf", schema.get("oneOf", [])) if entry.get("type") != "null"]
    if choices:
        return ", or ".join(dict.fromkeys(map(words, choices)))
    if "$ref" in schema:
        return of_model(schema["$ref"].rpartition("/")[2])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return " · ".join(f"`{choice}`" for choice in schema["enum"])
    if "examples" in schema:
        quoted = (
            f'"{each}"' if isinstance(each, str) and "-" in each and len(each) < 10 else each
            for each in schema["examples"]
        )
        return "as " + " or ".join(f"`{each}`" for each in quoted)
    kind = schema.get("type")
    if "patternProperties" in schema:
        return "mapping of names to " + words(next(iter(schema["patternProperties"].values())))
    if kind == "object":
        named = schema.get("properties")
        return "`{" + ", ".join(f"{key}: n" for key in named) + "}`" if named else "mapping"
    if kind == "array":
        inner = schema.get("items") or schema["prefixItems"][0]
        return ("pair of " if "prefixItems" in schema else "list of ") + plural(words(inner))
    if kind == "integer":
        limits = (("from", "minimum"), ("to", "maximum"))
        return " ".join(["whole number", *(f"{word} {schema[key]}" for word, key in limits if key in schema)])
    if isinstance(kind, list):
        if kind[0] == "string":
            return "text"
        return "number or percentage" if "null" in kind else "number, percentage or expression"
    if "pattern" in schema:
        return "name" if schema["pattern"].startswith("^[a-z") else "text"
    plain = {"boolean": "true or false", "string": "text", "number": "number or percentage"}
    return plain.get(str(kind), str(kind))


def plural(text: str) -> str:
    """Several of what ``text`` names."""
    if text in ("text", "text or a number"):
        return "texts"
    linked = re.fullmatch(r"(\[\w+)(\]\(.*\))", text)
    return f"{linked[1]}s{linked[2]}" if linked else {"name": "names"}.get(text, "them")


def of_model(name: str) -> str:
    """What stands where a model is wanted: a number of some kind, or a mapping with a table of its own."""
    model = getattr(models, name, None) or getattr(sroi, name)
    if not issubclass(model, sroi.Estimate):
        return f"[{name}](#{name.lower()})"
    what = model.bounds.what.removeprefix("a ").removeprefix("finite ")
    return f"[{'number' if model is sroi.Estimate else what}](#a-number)"


def kinds(_: str) -> str:
    """The kinds of number, with their bounds."""
    found = [
        each for each in vars(models).values() if isinstance(each, type) and issubclass(each, sroi.Estimate)
    ]
    found.sort(key=lambda model: (model is not sroi.Estimate, model.__name__))
    rows = [
        (f"`{model.__name__}`", model.bounds.what, model.bounds.unit, first_paragraph(model.__doc__))
        for model in found
    ]
    return table(("Kind", "Bounds", "Unit", "What it is"), rows)


def profiles(_: str) -> str:
    """Every choice of the method under every profile."""
    rows = [
        (f"`{name}`", *(written(getattr(profile, name)) for profile in sroi.PROFILES.values()))
        for name in sroi.MethodProfile.model_fields
        if name != "profile"
    ]
    return table(("Choice", *(f"`{name}`" for name in sroi.PROFILES)), rows)


def written(value: object) -> str:
    """A choice as a study would write it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{100 * value:g}%" if isinstance(value, float) else str(value)


def schedules(_: str) -> str:
    """The discount schedules, with their source."""
    steps: dict[str, list[dict[str, str]]] = {}
    for row in read_table("discount_schedules"):
        steps.setdefault(row["schedule_id"], []).append(row)
    rows = []
    for name, entries in steps.items():
        rates = []
        for each in entries:
            first, last = each["year_from"], each["year_to"]
            years = f"years {first}–{last}" if last else f"from year {first}"
            rates.append(f"{100 * float(each['rate']):g}% {years}")
        rows.append((f"`{name}`", "; ".join(rates), entries[0]["status"], entries[0]["source"]))
    return table(("Schedule", "Real rate of the step into each year", "Status", "Source"), rows)


def series(_: str) -> str:
    """The years that the price indices cover."""
    rows = []
    for deflator, name, stem in (
        ("gdp", "GDP deflator", "gdp_deflator"),
        ("cpi", "Consumer prices index", "cpi"),
    ):
        years = (
            [row[f"{kind}year"] for row in read_table(f"{stem}_{which}_year")]
            for which, kind in (("calendar", ""), ("financial", "financial_"))
        )
        rows.append((f"`{deflator}`", name, *(f"{min(each)} to {max(each)}" for each in years)))
    return table(("`deflator`", "Index", "Calendar years", "Financial years"), rows)


def grades(_: str) -> str:
    """How wide a range the optional rule takes, by grade of evidence."""
    rows = (
        (
            "no grade" if row["grade"] == "none" else row["grade"],
            row["basis"].rpartition(": ")[2],
            f"{float(row['either_side']):.0%}",
        )
        for row in read_table("ranges_by_grade")
    )
    return table(("Grade", "Evidence", "To either side"), rows)
