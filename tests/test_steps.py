"""A study walked step by step gives what the engine gives, on floats and as text."""

import json
import math
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from helpers import outcome, result_of, small, study_of
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import documents
from worksheet import EXCEL_FUNCTIONS, VEGA_FUNCTIONS, calculated

import sroi
from sroi.backends import FLOATS
from sroi.backends.symbols import EXCEL, VEGA, Symbol, written
from sroi.resolution import numbers_of
from sroi.steps import steps_of
from sroi.walk import Walk

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.yaml"))
LANGUAGES = [pytest.param(EXCEL, EXCEL_FUNCTIONS, id="excel"), pytest.param(VEGA, VEGA_FUNCTIONS, id="vega")]


def steps(study, backend=FLOATS, bind=None, more_years=0):
    """Every step of a study on a backend."""
    return steps_of(Walk(numbers_of(study), backend, bind=bind, more_years=more_years))


def figures(walked, calculate=lambda value: value):
    """Every figure that the engine gives too, with the gross flows that it was made from."""
    yield from (
        (name, calculate(getattr(walked, name)))
        for name in ("present_value", "investment", "social_return_ratio", "net_ratio")
    )
    for section in ("outcomes", "inputs"):
        for name, each in getattr(walked, section).items():
            yield (
                f"{section}.{name}",
                [calculate(value) for value in (*each.by_year, *each.by_year_pv, each.present_value)],
            )
    yield from ((f"{name}.impact", calculate(each.impact)) for name, each in walked.outcomes.items())


def figures_of_engine(result, years):
    """The same of an evaluation, its years without a flow filled up."""
    yield from (
        (name, getattr(result, name))
        for name in ("present_value", "investment", "social_return_ratio", "net_ratio")
    )
    more = [0.0] * (years - len(result.discount_factors))
    for section, rows in (("outcomes", result.outcomes), ("inputs", result.inputs)):
        for row in rows:
            name = row.outcome if section == "outcomes" else row.input
            yield f"{section}.{name}", [*row.by_year, *more, *row.by_year_pv, *more, row.present_value]
    yield from ((f"{row.outcome}.impact", row.impact) for row in result.outcomes)


def next_to_nothing(value):
    """Whether a number is so near to 0 that the engine takes it for 0, to within what is compared here."""
    return isinstance(value, float) and 0 < abs(value) < 1e-9


def agree(found, expected, study):
    """Compare to 1e-12 of the largest sum that went into them."""
    result = sroi.evaluate(study)
    gross = sum(abs(value) for row in (*result.outcomes, *result.inputs) for value in row.by_year) + 1
    for name, figure in expected.items():
        nothing = 1e-12 * (gross / min(1.0, result.investment) if "ratio" in name else gross)
        assert found[name] == pytest.approx(figure, rel=1e-12, abs=nothing), name
    assert found.keys() == expected.keys()


@given(documents(), st.integers(0, 6))
def test_on_floats_it_is_the_engine(document, more_years):
    study = study_of(document)
    result = sroi.evaluate(study)
    walked = steps(study, FLOATS, more_years=more_years)
    agree(dict(figures(walked)), dict(figures_of_engine(result, walked.years)), study)
    assert walked.discount_factors[: len(result.discount_factors)] == pytest.approx(
        result.discount_factors, rel=1e-12
    )


@pytest.mark.parametrize(("backend", "functions"), LANGUAGES)
@given(document=documents(), more_years=st.integers(0, 3))
def test_as_text_a_name_for_each_step_it_is_the_engine(backend, functions, document, more_years):
    """As in a workbook: each number and step is written once, under a name."""
    assume(not any(map(next_to_nothing, document.get("assumptions", {}).values())))
    sheet = {}

    def cell(_, value):
        name = f"x{len(sheet)}"
        sheet[name] = written(value)
        return Symbol(name)

    study = study_of(document)
    walked = steps(study, backend, cell, more_years=more_years)
    known = {}

    def calculate(value):
        if isinstance(value, float):
            return value
        return known[value.text]

    for name, text in sheet.items():
        known[name] = calculated(text, known, functions)
    agree(
        dict(figures(walked, calculate)), dict(figures_of_engine(sroi.evaluate(study), walked.years)), study
    )


def numbers_as_symbols(names, chosen=lambda _: True):
    """Binds the numbers that a study is written with to names, and leaves every step as it is."""

    def bind(path, value):
        if (
            isinstance(value, Symbol)
            or not path.startswith(("assumptions.", "outcomes.", "inputs.", "discount"))
            or not chosen(path)
        ):
            return value
        name = f"n{len(names)}"
        names[name] = value
        return Symbol(name)

    return bind


@pytest.mark.parametrize(("backend", "functions"), LANGUAGES)
@pytest.mark.parametrize(
    "path", [path for path in GOLDEN if path.stem != "long-life"], ids=lambda path: path.stem
)
def test_as_one_text_it_is_the_engine(backend, functions, path):
    study, names = sroi.load(path), {}
    walked = steps(study, backend, numbers_as_symbols(names))
    found = dict(figures(walked, lambda value: calculated(written(value), names, functions)))
    agree(found, dict(figures_of_engine(sroi.evaluate(study), walked.years)), study)


@pytest.mark.skipif(
    shutil.which("node") is None,
    reason="node is not installed, and it alone runs the language that charts calculate in",
)
@pytest.mark.parametrize(
    "path", [path for path in GOLDEN if path.stem != "long-life"], ids=lambda path: path.stem
)
def test_javascript_gives_the_ratio_that_the_engine_gives(path):
    study, names = sroi.load(path), {}
    ratio = steps(study, VEGA, numbers_as_symbols(names)).social_return_ratio
    of_vega = "const {pow, min, max, ceil} = Math; const clamp = (x, low, high) => max(low, min(high, x));"
    known = f"const {{{', '.join(names)}}} = {json.dumps(names)}"
    script = f"{of_vega} {known}; console.log(JSON.stringify({written(ratio)}))"
    answer = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True).stdout
    assert json.loads(answer) == pytest.approx(sroi.evaluate(study).social_return_ratio, rel=1e-12)


def test_what_is_known_is_calculated_at_once():
    """With one assumption as a symbol, all that does not rest on it is a float."""
    document = small(
        assumptions={"members": 120, "cost": 50},
        outcomes={
            "change": outcome(quantity="members * 0.5", duration=3, drop_off=0.2),
            "other": outcome(value="cost * 3", kind="wellbeing"),
        },
    )
    walked = steps(
        study_of(document),
        VEGA,
        lambda path, value: Symbol("members") if path == "assumptions.members" else value,
    )
    assert isinstance(walked.investment, float)
    assert all(
        isinstance(value, float)
        for value in (*walked.outcomes["other"].by_year_pv, *walked.outcomes["change"].benefit)
    )
    for members in (0.0, 80.0, 120.0, 300.5):
        document["assumptions"]["members"] = members
        ratio = calculated(written(walked.social_return_ratio), {"members": members}, VEGA_FUNCTIONS)
        assert ratio == pytest.approx(result_of(document).social_return_ratio, rel=1e-12)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("duration", (0.5, 3, 4.25, 6.75, 8)),
        ("drop_off", (0, 0.3, 1)),
        ("deadweight", (0, 1)),
        ("value", (-3, 0)),
    ],
)
@pytest.mark.parametrize(
    "method",
    [
        "default",
        {
            "drop_off_shape": "linear",
            "part_years": "whole",
            "timing": "mid",
            "discount_rate": "2%",
            "horizon": 6,
        },
    ],
)
def test_a_number_may_be_moved(method, field, values):
    document = small(
        method=method, outcomes={"change": outcome(duration=3, drop_off=0.2, starts="after", deadweight=0.25)}
    )
    moved = f"outcomes.change.{field}"
    walked = steps(
        study_of(document), VEGA, lambda path, value: Symbol("x") if path == moved else value, more_years=5
    )
    for value in values:
        document["outcomes"]["change"][field] = value
        ratio = calculated(written(walked.social_return_ratio), {"x": float(value)}, VEGA_FUNCTIONS)
        assert ratio == pytest.approx(result_of(document).social_return_ratio, rel=1e-12)


def test_years_of_an_input_may_be_moved():
    document = small(inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": 1000, "years": 2}})
    walked = steps(
        study_of(document),
        VEGA,
        lambda path, value: Symbol("x") if path == "inputs.grant.years" else value,
        more_years=2,
    )
    for years in (1, 2, 3, 4):
        document["inputs"]["grant"]["years"] = years
        assert calculated(written(walked.investment), {"x": years}, VEGA_FUNCTIONS) == pytest.approx(
            result_of(document).investment, rel=1e-12
        )


@pytest.mark.parametrize("rates", [{"discount_rate": "2%"}, {"discount_schedule": "green-book-2026"}])
def test_a_discount_rate_may_be_moved(rates):
    document = small(method=rates, outcomes={"change": outcome(duration=5)})
    path = "discount_rate" if "discount_rate" in rates else "discount_schedules.green-book-2026[1]"
    walked = steps(study_of(document), VEGA, lambda found, value: Symbol("x") if found == path else value)
    document["method"] = {"discount_rate": 0.07}
    assert calculated(written(walked.social_return_ratio), {"x": 0.07}, VEGA_FUNCTIONS) == pytest.approx(
        result_of(document).social_return_ratio, rel=1e-12
    )


def test_money_of_another_year_is_known_as_written_and_by_its_factor():
    document = yaml.safe_load(
        (Path(__file__).parents[1] / "examples" / "lunch-club.yaml").read_text(encoding="utf-8")
    )
    walked = steps(study_of(document), bind=lambda _, value: value)
    dated = [path.removesuffix(".written") for path in walked.values if path.endswith(".written")]
    assert dated
    for path in dated:
        assert walked.values[path] == walked.values[f"{path}.written"] * walked.values[f"{path}.price_factor"]
        assert math.isfinite(walked.values[path])
