"""Studies that others published: what they printed comes out within its rounding, a misprint does not."""

from functools import reduce
from itertools import zip_longest
from pathlib import Path

import pytest
import yaml
from helpers import result_of

import sroi

CASES = [
    yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).parent / "published").glob("*.yaml"))
]
RUNS = [
    pytest.param(case, run, id=f"{case['case']}, {run.get('name', 'as printed')}")
    for case in CASES
    for run in (case, *case.get("variants", ()))
]


def result_at(path, result):
    """The figure at a path of a result, as the published cases write it."""
    if path in ("by_year", "by_year_pv"):
        return [
            sum(year)
            for year in zip(*(row[path] for row in result["value_map"] if row["in_total"]), strict=True)
        ]
    section, _, rest = path.partition(".")
    if section in ("ledger", "ratios"):
        return reduce(lambda node, key: node[key], path.split("."), result)
    if section not in ("outcomes", "inputs"):
        return result[path]
    name, _, key = rest.rpartition(".")
    rows, label = (result["value_map"], "outcome") if section == "outcomes" else (result["inputs"], "input")
    return next(row for row in rows if row[label] == name)[key]


def is_within(tolerance, found, wanted):
    """Whether a figure, or each of a list, is as wanted; what follows the end of a list has to be nothing."""
    if not isinstance(wanted, list):
        return abs(found - wanted) <= tolerance
    return len(found) >= len(wanted) and all(
        abs(one - other) <= tolerance for one, other in zip_longest(found, wanted, fillvalue=0.0)
    )


def is_exactly(found, right):
    """The same to 1e-9 relative."""
    if not isinstance(right, list):
        return found == pytest.approx(right, rel=1e-9)
    return len(found) >= len(right) and all(
        one == pytest.approx(other, rel=1e-9) for one, other in zip_longest(found, right, fillvalue=0.0)
    )


@pytest.fixture
def result(case, run):
    found = result_of(run.get("study", case["study"]), values=run.get("set", {}))
    return {**found.to_dict(), **sroi.ledger(found).to_dict()}


@pytest.mark.parametrize(("case", "run"), RUNS)
def test_what_was_printed_comes_out(run, result):
    found = {path: result_at(path, result) for path in run["printed"]}
    assert not {
        path: (found[path], printed["value"])
        for path, printed in run["printed"].items()
        if not is_within(printed["tolerance"], found[path], printed["value"])
    }


@pytest.mark.parametrize(("case", "run"), [run for run in RUNS if run.values[1].get("misprints")])
def test_a_misprint_does_not_come_out(run, result):
    for misprint in run["misprints"]:
        found = result_at(misprint["path"], result)
        assert is_exactly(found, misprint["right"]), misprint["path"]
        assert not is_within(misprint["tolerance"], found, misprint["printed"]), misprint["why"]
