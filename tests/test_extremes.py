"""Numbers at the ends of what can be held: each is refused with where it stands, or reckoned with."""

from __future__ import annotations

import time
import warnings

import pytest
from test_growth import study

import sroi


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        ("{value: 300, sd: 1e308, distribution: normal}", "sd 1e+308 is too large to be reckoned with"),
        ("{value: 300, sd: 5e-324, distribution: normal}", "is too small to be told from 0 beside 300"),
        ("{value: 0, sd: 5e-324, distribution: normal}", "is too small to be told from 0 beside 0"),
    ],
)
def test_a_standard_deviation_that_cannot_be_drawn_is_refused_when_it_is_read(estimate, said):
    with pytest.raises(sroi.DocumentError) as error:
        sroi.loads(study().replace("value: 300", f"value: {estimate}"))
    (problem,) = error.value.problems
    assert said in problem.message
    assert problem.path == "outcomes.outcome_0.value"


def test_a_share_whose_standard_deviation_is_nothing_is_refused():
    beta = "deadweight: {value: 20%, sd: 5e-324, distribution: beta}"
    with pytest.raises(sroi.DocumentError, match="too small to be told from 0"):
        sroi.loads(study().replace("deadweight: 20%", beta))


@pytest.mark.parametrize("calculation", [sroi.simulate, sroi.ledger_spread, sroi.sobol])
def test_draws_that_overflow_are_refused_in_our_words_alone(calculation):
    text = study(["c ** 4 / c ** 4"], ["c: {value: 1e40, low: 1e30, high: 1e99}"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(sroi.DocumentError, match="too large to be added up"):
            calculation(sroi.loads(text))


@pytest.mark.parametrize("written", ["1e-400", "-2.5e-999", "0.0e-1 + 1e-400", "1e-400%", "12 * 1e-400"])
def test_a_number_of_which_nothing_is_left_is_refused_where_it_stands(written):
    with pytest.raises(sroi.DocumentError) as error:
        sroi.loads(study().replace("value: 300", f"value: {written}"))
    (problem,) = error.value.problems
    assert "too small to be told from 0" in str(problem)
    assert problem.path == "outcomes.outcome_0.value"


@pytest.mark.parametrize(
    "written", ["1e-200 * 1e-200", "1e-200 / 1e200", "1e-200 ** 2", "c * 1e-250", "1 + c ** 4"]
)
def test_a_product_of_which_nothing_is_left_is_refused(written):
    with pytest.raises(
        sroi.DocumentError, match="is too small to be told from 0; write 0, or larger numbers"
    ):
        sroi.loads(study([written], ["c: 1e-100"]))


@pytest.mark.parametrize(
    "written", ["0 * 1e-300", "0 / 3", "0 ** 2", "c - c", "0e-400", "-0.0", "1e-320 * 0"]
)
def test_what_is_0_is_0(written):
    found = sroi.evaluate(sroi.loads(study([written], ["c: 1e-100"])))
    assert found.outcomes[0].impact == 0


@pytest.mark.parametrize("digits", [400, 4_301, 100_000])
def test_a_whole_number_of_any_length_is_refused(digits):
    with pytest.raises(sroi.DocumentError):
        sroi.loads(study(["9" * digits]))
    with pytest.raises(sroi.DocumentError, match="not"):
        sroi.loads(study(), values={"outcomes.outcome_0.quantity": 10**digits})
    with pytest.raises(sroi.SroiError):
        sroi.loads(study(), values={f"outcomes.outcome_0.quantity[{'9' * digits}]": 1})


def test_a_year_of_any_length_on_the_command_line_is_refused(run, tmp_path):
    (tmp_path / "map.csv").write_text("Stakeholders,Outcomes,Quantity,Value\nMembers,Less lonely,1,2\n")
    done = run(
        "import-value-map",
        "map.csv",
        "--price-year",
        "9" * 5_000,
        "--first-year",
        "2024",
        "--currency",
        "GBP",
        "--kind",
        "forecast",
    )
    assert done.exit_code == 2
    assert "is not a price year" in done.stderr


@pytest.mark.parametrize("field", ["price_year", "first_year"])
def test_a_text_of_any_length_is_soon_told_to_be_no_year(field):
    begun = time.process_time()
    with pytest.raises(sroi.DocumentError):
        sroi.loads(study(), values={field: "'" + "2024 " * 200_000 + "\n\n.'"})
    assert time.process_time() - begun < 5


LARGE = ("1e101", "1e155", "1e200", "1e307", "1e308", "1e309", "-1e155")
PLACES = {
    "a value": ("value: 300", "value: {}", "outcomes.outcome_0.value"),
    "a low end": ("value: 300", "value: {{value: 300, low: {}, high: 400}}", "outcomes.outcome_0.value"),
    "a high end": ("value: 300", "value: {{value: 300, low: 200, high: {}}}", "outcomes.outcome_0.value"),
    "a cohort": ("quantity: 12", "quantity: [12, {}]", "outcomes.outcome_0.quantity"),
    "a product": ("value: 300", "value: 1e60 * ({} / 1e59)", "outcomes.outcome_0.value"),
}


@pytest.mark.parametrize("large", LARGE)
@pytest.mark.parametrize("place", PLACES)
def test_a_number_too_large_is_refused_when_it_is_read_with_its_path(place, large):
    old, new, path = PLACES[place]
    text = study()
    assert old in text
    with pytest.raises(sroi.DocumentError) as error:
        sroi.loads(text.replace(old, new.format(large)))
    assert all(problem.path.startswith(path) for problem in error.value.problems)
    assert all(problem.line for problem in error.value.problems)


UNENDING = (float("inf"), float("-inf"), float("nan"), ".inf", "-.inf", ".nan", "1e999", 10**5_000)


@pytest.mark.parametrize(
    "value", UNENDING, ids=lambda value: str(value)[:8] if isinstance(value, str | float) else "long"
)
@pytest.mark.parametrize("model", ["study", "outcome", "input", "method"])
def test_no_field_takes_what_is_no_finite_number(model, value):
    """Every field of every model, whatever it holds: a number without end is text there, or refused."""
    section, fields = {
        "study": ("", sroi.Study.model_fields),
        "outcome": ("outcomes.outcome_0.", sroi.Outcome.model_fields),
        "input": ("inputs.grant.", sroi.Input.model_fields),
        "method": ("method.", sroi.MethodProfile.model_fields),
    }[model]
    for field in fields:
        try:
            found = sroi.evaluate(sroi.loads(study(), values={f"{section}{field}": value}))
        except sroi.SroiError:
            continue
        assert "Infinity" not in found.to_json()
        assert "NaN" not in found.to_json()


@pytest.mark.parametrize("draws", [64, 140_000])
@pytest.mark.parametrize("calculation", [sroi.simulate, sroi.ledger_spread, sroi.value_of_information])
def test_draws_whose_squares_overflow_are_refused_in_our_words_alone(calculation, draws):
    """The present value of one outcome is about 1e200 there, and over several chunks its mean moves."""
    text = study(["c"], ["c: {value: 0, low: 0, high: 1e100}"]).replace("value: 300", "value: c")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(sroi.DocumentError, match="too large to be added up"):
            calculation(sroi.loads(text), draws=draws)


@pytest.mark.parametrize("scenario", ["5", "1e308", ".inf", "text", "[1, 2]", "true", "'5'"])
def test_a_scenario_that_is_no_mapping_is_refused_with_its_path(scenario):
    with pytest.raises(sroi.DocumentError) as error:
        sroi.loads(f"{study()}\nscenarios: {{a: {scenario}}}\n")
    (problem,) = error.value.problems
    assert (problem.path, bool(problem.line)) == ("scenarios.a", True)
    assert "stands where a scenario's values are wanted" in problem.message


@pytest.mark.parametrize("value", ["1e101", "1e308", "1e309", ".inf", "-.inf", ".nan", "1e-400"])
def test_a_number_of_a_scenario_that_cannot_be_reckoned_with_is_refused_with_its_path(value):
    text = f"{study(['c'], ['c: 12'])}\nscenarios: {{a: {{c: {value}}}}}\n"
    with pytest.raises(sroi.DocumentError) as error:
        sroi.scenarios(sroi.loads(text))
    assert all("c" in problem.path for problem in error.value.problems)
