"""A small plain study to change one thing of, and how two results are compared.

A study is a document here, as YAML parses it, so that the engine and the oracle can read the same one.
"""

import copy
import json
import math

import sroi


def small(changes=None, **sections):
    """A study of one input of 1,000 and one outcome of 10 × 200, sections replaced and values changed."""
    document = {
        "sroi": 1,
        "id": "small",
        "title": "Small study",
        "kind": "forecast",
        "currency": "GBP",
        "price_year": 2024,
        "first_year": 2024,
        "stakeholders": {
            "people": {"title": "People", "party": "participant"},
            "council": {"title": "Council", "party": "state", "payer": "council"},
        },
        "inputs": {"grant": {"stakeholder": "council", "kind": "cash", "value": 1000}},
        "outcomes": {"change": outcome()},
        **sections,
    }
    return changed(document, changes or {})


def outcome(**fields):
    """An outcome of 10 × 200 in the first year, nothing deducted."""
    return {
        "stakeholder": "people",
        "quantity": 10,
        "value": 200,
        "starts": "during",
        "duration": 1,
        "deadweight": 0,
        "displacement": 0,
        "attribution": 0,
        "drop_off": 0,
        "kind": "resource",
        **fields,
    }


def changed(document, changes):
    """A copy of a document with values set by dotted path; None is written as null."""
    copied = copy.deepcopy(document)
    for path, value in changes.items():
        *above, last = path.split(".")
        node = copied
        for part in above:
            node = node.setdefault(part, {})
        node[last] = value
    return copied


def text_of(document):
    """A document as text: JSON, which is YAML too."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def study_of(document, **arguments):
    """The study that a document says."""
    return sroi.loads(text_of(document), **arguments)


def result_of(document, **arguments):
    """The result of the study that a document says."""
    return sroi.evaluate(study_of(document, **arguments))


def figures_of(result, path=""):
    """Every number of a result with its path; a row of a table goes by its name."""
    if isinstance(result, dict):
        for key, value in result.items():
            yield from figures_of(value, f"{path}.{key}".lstrip("."))
    elif isinstance(result, list | tuple):
        for position, value in enumerate(result):
            name = (value.get("outcome") or value.get("input")) if isinstance(value, dict) else None
            yield from figures_of(value, f"{path}[{name or position}]")
    elif result is None or isinstance(result, bool | int | float):
        yield path, result


def differences(result, expected, nothing=1e-12):
    """Figures that ``result`` does not give to 1e-9 relative, and that differ by more than ``nothing``."""
    given = dict(figures_of(result))
    wanted = dict(figures_of(expected))
    return {
        path: (given.get(path, "missing"), figure)
        for path, figure in wanted.items()
        if path not in given or not _same(given[path], figure, nothing)
    }


def _same(given, figure, nothing):
    if figure is None or given is None or isinstance(figure, bool):
        return given is figure
    return math.isclose(given, figure, rel_tol=1e-9, abs_tol=nothing)


def forty_long_outcomes():
    title = "People who have been on their own for a long while come to know others in their street, number"
    outcomes = {
        f"outcome_{at}": outcome(
            title=f"{title} {at}", quantity=at, value={"value": 200, "low": 10, "high": 900}
        )
        for at in range(1, 41)
    }
    claims = {
        f"claim_{at}": {"says": "so", "meaning": "social_value", "ratio": at / 2} for at in range(1, 15)
    }
    long = "A programme whose title goes on for longer than anybody would want to read it out, and some more"
    return study_of(small(title=long, outcomes=outcomes, claims=claims))
