"""What holds for every study, drawn over all options; two independent programs agree on every figure."""

import json
import math

import pytest
import yaml
from helpers import changed, differences, figures_of, outcome, result_of, small, study_of, text_of
from hypothesis import assume, example, given
from hypothesis import strategies as st
from oracle import evaluate as oracle
from oracle import read_deflators
from strategies import DURATIONS, MONEY, documents, hundredths, methods, most_deducted

import sroi
from sroi.reference import assumptions_folder
from sroi.resolution import numbers_of

DEFLATORS = read_deflators(assumptions_folder() / "reference")
SHARES = st.floats(0, 1, allow_subnormal=False)
ODD_TEXTS = (
    *(
        "1e6",
        "0x1F",
        "0123",
        "1_000",
        "12:30",
        "12:30:45",
        "2026-11-22",
        "no",
        "Yes",
        "on",
        "~",
        "null",
        "true",
        ".inf",
        ".nan",
        "35%",
        "=1+1",
    ),
    *(
        "a: b",
        "- a",
        "#a",
        "a #b",
        "'",
        '"',
        "''",
        "\"a\" and 'b'",
        "[a, b]",
        "{a: b}",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "%",
        "@a",
        "`a`",
        "? a",
        "<<",
        "---",
    ),
    *(
        "line\nline",
        "line\n\nline\n  indented",
        "tab\tinside",
        "a\u2028b",
        "a\u0085b",
        "\\n",
        "\x07",
        "£4 für jeden £1",
        "日本語",
        "😀",
    ),
    *("é" * 200, "word " * 80),
)


def gross(result):
    """All money of a result that ever moves, so that rounding in its sums can be told from a difference."""
    return (
        math.fsum(
            abs(flow)
            for row in (*result["value_map"], *result["inputs"])
            for flow in (*row["by_year"], *row["by_year_pv"])
        )
        or 1.0
    )


def cumulative(result):
    """The sums of present values that payback is read from, in the order of time."""
    method, at = result["method"], {}
    part = {"start": 0.0, "mid": 0.5, "end": 1.0}
    for sign, timing, rows in ((1, "timing", result["value_map"]), (-1, "input_timing", result["inputs"])):
        for row in rows:
            if row.get("in_total", True):
                for t, flow in enumerate(row["by_year_pv"]):
                    time = t + part[method[timing]]
                    at[time] = at.get(time, 0.0) + sign * flow
    totals = []
    for time in sorted(at):
        totals.append(at[time] + (totals[-1] if totals else 0.0))
    return totals


def without(result, *keys):
    return {key: value for key, value in result.items() if key not in keys}


def rows(result):
    """The value map by outcome."""
    return {row["outcome"]: row for row in result["value_map"]}


def same(found, expected):
    """No differences between two results that hang on more than rounding."""
    return not differences(found, expected, nothing=1e-12 * gross(expected))


# ── The oracle
# ───────────────────────────────────────────────────────────────────────────────────────────────────────


@given(documents())
def test_the_engine_agrees_with_the_oracle_on_every_figure(document):
    result, expected = result_of(document).to_dict(), oracle(document, DEFLATORS)
    ratios, all_money = ("social_return_ratio", "net_ratio"), gross(expected)
    assert not differences(result, without(expected, *ratios, "payback_years"), nothing=1e-12 * all_money)
    for ratio in ratios:
        assert result[ratio] == pytest.approx(
            expected[ratio], rel=1e-9, abs=1e-12 * all_money / expected["investment"]
        )


@given(documents())
def test_the_engine_agrees_with_the_oracle_on_payback(document):
    result, expected = result_of(document).to_dict(), oracle(document, DEFLATORS)
    nearly_nothing = 1e-6 * gross(expected)
    assume(not any(0 < abs(total) < nearly_nothing for total in cumulative(result)))  # where rounding decides
    assert result["payback_years"] == (
        None
        if expected["payback_years"] is None
        else pytest.approx(expected["payback_years"], rel=1e-8, abs=1e-8)
    )


# ── Sums ────────────────────────────────────────────────────────────────────────────────────────────────────
# ─────────


@given(documents())
def test_a_total_is_the_sum_of_its_parts(document):
    result = result_of(document).to_dict()
    approximately = {"rel": 1e-12, "abs": 1e-12 * gross(result)}
    counted = [row for row in result["value_map"] if row["in_total"]]
    for whole, parts in (("present_value", counted), ("investment", result["inputs"])):
        assert result[whole] == pytest.approx(
            math.fsum(row["present_value"] for row in parts), **approximately
        )
        assert result[whole] == pytest.approx(
            math.fsum(holder[whole] for holder in result["by_stakeholder"].values()), **approximately
        )
    for row in (*result["value_map"], *result["inputs"]):
        assert row["present_value"] == pytest.approx(math.fsum(row["by_year_pv"]), **approximately)
        assert len(row["by_year"]) == len(row["by_year_pv"]) == len(result["discount_factors"])
    assert result["net_present_value"] == result["present_value"] - result["investment"]


@given(documents())
def test_the_headlines_follow_from_present_value_and_investment(document):
    result = result_of(document)
    assert result.social_return_ratio == result.present_value / result.investment
    assert result.net_ratio == pytest.approx(result.social_return_ratio - 1, rel=1e-9, abs=1e-12)


@given(documents(method={"discount_rate": 0, "deflator": "none"}))
def test_at_a_rate_of_nothing_a_present_value_is_the_plain_sum(document):
    for entry in document["outcomes"].values():
        entry.pop("discount_schedule", None)
    result = result_of(document)
    for row in (*result.outcomes, *result.inputs):
        assert row.by_year_pv == row.by_year
        assert row.present_value == pytest.approx(math.fsum(row.by_year), rel=1e-12, abs=1e-9)


@given(rate=hundredths(0.01, 0.3), years=st.integers(1, 125), timing=st.sampled_from(("start", "mid", "end")))
def test_a_constant_stream_is_worth_what_the_annuity_formula_says(rate, years, timing):
    study = small(
        {
            "outcomes.change": outcome(quantity=1, value=1, duration=years),
            "method": {"discount_rate": rate, "timing": timing},
        }
    )
    annuity = (1 - (1 + rate) ** -years) / rate
    early = {"start": 1 + rate, "mid": (1 + rate) ** 0.5, "end": 1}[timing]
    assert result_of(study).present_value == pytest.approx(annuity * early, rel=1e-12)


# ── What changes nothing
# ─────────────────────────────────────────────────────────────────────────────────────────────


@given(method=methods(), quantity=hundredths(-500, 500), value=MONEY, duration=DURATIONS)
def test_deductions_of_nothing_change_nothing(method, quantity, value, duration):
    method = {**method, "optimism_bias": "none"}
    row = result_of(
        small(
            {"outcomes.change": outcome(quantity=quantity, value=value, duration=duration), "method": method}
        )
    ).outcomes[0]
    counted = [
        1.0 if method.get("part_years") == "whole" else min(duration - k, 1.0)
        for k in range(math.ceil(duration))
    ]
    assert row.impact == quantity * value
    assert row.by_year[: len(counted)] == pytest.approx(
        [quantity * value * part for part in counted[: len(row.by_year)]], rel=1e-12, abs=1e-9
    )


def scaled(document, factor):
    """A document with all its money multiplied."""

    def times(money):
        if isinstance(money, list):
            return [times(each) for each in money]
        if isinstance(money, dict):
            return {**money, "value": times(money["value"])}
        return f"({money}) * {factor}"

    copied = changed(document, {})
    for entry in (*copied["outcomes"].values(), *copied["inputs"].values()):
        entry["value"] = times(entry["value"])
    return copied


@given(documents(), st.integers(2, 1000))
def test_scaling_all_money_leaves_the_ratio(document, factor):
    result, larger = result_of(document), result_of(scaled(document, factor))
    nothing = 1e-11 * gross(result.to_dict())
    assert larger.present_value == pytest.approx(
        factor * result.present_value, rel=1e-9, abs=factor * nothing
    )
    assert larger.social_return_ratio == pytest.approx(
        result.social_return_ratio, rel=1e-9, abs=nothing / result.investment
    )


@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_outcomes_does_not_matter(document, random):
    names = list(document["outcomes"])
    random.shuffle(names)
    result = result_of(document).to_dict()
    shuffled = result_of(
        {**document, "outcomes": {name: document["outcomes"][name] for name in names}}
    ).to_dict()
    assert rows(shuffled) == rows(result)
    nothing = 1e-12 * gross(result)
    assert shuffled["present_value"] == pytest.approx(result["present_value"], rel=1e-12, abs=nothing)
    assert shuffled["investment"] == result["investment"]


@given(documents())
def test_evaluating_changes_nothing_of_the_study(document):
    study = study_of(document)
    before, kept = sroi.dumps(study), study.model_copy(deep=True)
    first, second = sroi.evaluate(study), sroi.evaluate(study)
    assert study == kept
    assert sroi.dumps(study) == before
    assert first.to_dict() == second.to_dict()


# ── Deductions
# ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("deduction", ["deadweight", "displacement", "attribution", "drop_off"])
@given(
    method=methods(),
    pair=st.tuples(st.floats(0, 1 / 3), st.floats(0, 1 / 3)),
    others=st.floats(0, 1 / 3),
    duration=DURATIONS,
    value=MONEY,
)
def test_a_larger_deduction_never_raises_the_impact(deduction, method, pair, others, duration, value):
    base = outcome(
        value=value,
        duration=duration,
        deadweight=others,
        displacement=others,
        attribution=others,
        drop_off=others,
    )
    less, more = (
        result_of(small({"outcomes.change": {**base, deduction: share}, "method": method})).outcomes[0]
        for share in sorted(pair)
    )
    assert abs(more.impact) <= abs(less.impact) * (1 + 1e-12)
    assert all(
        abs(after) <= abs(before) * (1 + 1e-12)
        for before, after in zip(less.by_year, more.by_year, strict=True)
    )
    assert abs(more.present_value) <= abs(less.present_value) * (1 + 1e-9)


@given(documents(), st.data())
def test_our_contribution_is_one_less_what_is_due_to_others(document, data):
    most = most_deducted(document["method"])
    name, others = data.draw(st.sampled_from(sorted(document["outcomes"]))), data.draw(st.floats(0, most))
    plain = {
        key: value
        for key, value in document["outcomes"][name].items()
        if key not in ("attribution", "contribution")
    }
    theirs = result_of(changed(document, {f"outcomes.{name}": {**plain, "attribution": others}})).to_dict()
    ours = result_of(changed(document, {f"outcomes.{name}": {**plain, "contribution": 1 - others}})).to_dict()
    assert same(without(ours, "provenance", "payback_years"), without(theirs, "provenance", "payback_years"))


# ── Ways to write the same
# ───────────────────────────────────────────────────────────────────────────────────────────


@given(documents())
def test_an_expression_is_the_value_that_it_comes_to(document):
    study = study_of(document)
    result = sroi.evaluate(study).to_dict()
    written_out = changed(document, {"assumptions": {}})
    for name, row in rows(result).items():
        entry = written_out["outcomes"][name]
        entry.update(
            {
                key: row[key]
                for key in ("quantity", "value", "deadweight", "displacement", "drop_off", "duration")
            }
        )
        entry.pop("contribution", None)
        entry["attribution"] = row["attribution"]
        if "optimism_bias" in entry:
            entry["optimism_bias"] = numbers_of(study).value(f"outcomes.{name}.optimism_bias")
    for row in result["inputs"]:
        entry = written_out["inputs"][row["input"]]
        if entry.get("prices") != "nominal":
            years = len(entry["value"]) if isinstance(entry["value"], list) else entry.pop("years", 1)
            entry["value"] = row["by_year"][:years]
            entry.pop("optimism_bias", None)  # it is in the money of each year
    assert same(
        without(result_of(written_out).to_dict(), "provenance", "payback_years", "warnings"),
        without(result, "provenance", "payback_years", "warnings"),  # which tell how a number is written
    )


SETTABLE = {
    "assumptions.members": st.one_of(
        st.integers(0, 500), st.sampled_from(("12.5", "3 * 4", "20% * 60", "{value: 7, source: survey}"))
    ),
    "assumptions.share": st.one_of(st.integers(0, 33).map("{}%".format), st.floats(0, 0.33)),
    "outcomes.outcome_0.quantity": st.one_of(
        st.integers(0, 500), st.sampled_from(("members + 1", "[1, 2, 3]"))
    ),
    "outcomes.outcome_0.deadweight": st.one_of(
        st.integers(0, 33).map("{}%".format), st.sampled_from(("share", "{value: 10%, low: 5%, high: 15%}"))
    ),
    "outcomes.outcome_0.starts": st.sampled_from(("during", "after", "{years_later: 2}")),
    "inputs.core.value": st.one_of(st.integers(100, 10_000), st.sampled_from(("[100, 200]", "100 * 3"))),
    "first_year": st.integers(2000, 2018),
    "title": st.sampled_from(("Another", "'no'", "Ünïcode")),
}
CHANGES = st.sets(st.sampled_from(sorted(SETTABLE))).flatmap(
    lambda paths: st.fixed_dictionaries({path: SETTABLE[path] for path in sorted(paths)})
)


def said(make):
    """The study, or why there is none."""
    try:
        return make()
    except sroi.DocumentError as refused:
        return {each.message for each in refused.problems}


@given(documents(), CHANGES)
@example(
    small(outcomes={"outcome_0": outcome(quantity="max(members, 10) - 5")}, assumptions={"members": 0}),
    {"assumptions.members": "20%"},
)
def test_setting_a_value_is_editing_the_file(document, values):
    document["sources"] = {"survey": {"title": "Survey"}}
    read = {
        path: yaml.safe_load(value) if isinstance(value, str) else value for path, value in values.items()
    }
    edited = said(lambda: study_of(changed(document, read)))
    assert said(lambda: study_of(document, values=values)) == edited
    texts = {path: str(value) for path, value in values.items()}
    assert said(lambda: study_of(document, values=texts)) == edited
    assert said(lambda: sroi.change(study_of(document), values)) == edited


# ── Writing and reading
# ──────────────────────────────────────────────────────────────────────────────────────────────


@given(documents())
def test_a_study_comes_back_from_its_text(document):
    study = study_of(document)
    again = sroi.loads(sroi.dumps(study))
    assert again == study
    assert without(sroi.evaluate(again).to_dict(), "provenance") == without(
        sroi.evaluate(study).to_dict(), "provenance"
    )


TEXTS = st.one_of(st.sampled_from(ODD_TEXTS), st.text(min_size=1).filter(str.strip))


@st.composite
def worded(draw):
    """A study with every part that holds words, in whatever words."""
    words = draw(st.lists(TEXTS, min_size=1, max_size=4))
    text = st.sampled_from(words)
    estimate = {
        "value": "members * 2",
        "low": 1,
        "high": 1000,
        "unit": draw(text.map(lambda words: words.replace("%", "x"))),  # which would be a unit of shares
        "source": "a-source",
        "rationale": draw(text),
        "borrowed_from": draw(text),
        "grade": "B",
    }
    return small(
        {
            "title": draw(text),
            "outcomes.change.title": draw(text),
            "outcomes.change.indicator": draw(text),
            "outcomes.change.quantity": estimate,
            "outcomes.change.value": {
                "value": 3,
                "price_year": draw(st.sampled_from((2019, "2019-20"))),
                "uprate": "wellby",
                "sd": 1,
                "distribution": "normal",
            },
            "outcomes.change.unit": draw(text),
            "outcomes.change.materiality": draw(st.one_of(text, st.dictionaries(text, text))),
            "stakeholders.people.title": draw(text),
            "stakeholders.people.included": draw(st.booleans()),
            "inputs.grant.rationale": draw(text),
        },
        assumptions={"members": draw(st.one_of(st.none(), st.just(12.5)))},
        purpose=draw(text),
        limitations=draw(st.one_of(text, st.lists(text, min_size=1, max_size=3))),
        sources={
            "a-source": {
                "title": draw(text),
                "publisher": draw(text),
                "year": draw(st.one_of(text, st.integers(1900, 2030))),
                "review_by": "2026-11",
            }
        },
        claims={
            "a-claim": {
                "says": draw(text),
                "ratio": draw(st.sampled_from((4, "400%", 3.68))),
                "meaning": "unclear",
                "source": "a-source",
                "note": draw(text),
            }
        },
        scenarios={"worse": {"members": 7, "outcomes.change.deadweight": "10%"}},
        correlations=[{"between": ["members", "members"], "rank": -0.5}],
        waivers=[
            {
                "rule": draw(text),
                "object": draw(text),
                "reason": draw(text),
                "person": draw(text),
                "date": "2026-11-22",
                "expiry": "2027",
            }
        ],
        method=draw(methods()),
    )


@given(worded())
def test_whatever_its_words_a_study_comes_back_from_its_text(document):
    study = sroi.Study.model_validate(document)
    assert sroi.loads(sroi.dumps(study)) == study


@pytest.mark.parametrize("title", ODD_TEXTS)
def test_an_odd_title_comes_back_from_its_text(title):
    study = sroi.Study.model_validate(small(title=title))
    assert sroi.loads(sroi.dumps(study)).title == study.title == title.strip()


@given(documents())
def test_a_result_goes_through_json_unchanged_and_holds_no_nan(document):
    result = result_of(document)
    assert json.loads(json.dumps(result.to_dict(), allow_nan=False)) == result.to_dict()
    assert json.loads(result.to_json()) == result.to_dict()
    assert all(math.isfinite(figure) for _, figure in figures_of(result.to_dict()) if figure is not None)


@given(documents())
def test_a_study_made_in_python_gives_the_result_of_its_text(document):
    from_text, from_python = result_of(document), sroi.evaluate(sroi.Study.model_validate(document))
    assert from_python.study == from_text.study
    assert without(from_python.to_dict(), "provenance") == without(from_text.to_dict(), "provenance")


def test_a_study_comes_back_from_its_file(tmp_path):
    study = study_of(small(title="Größe £ 日本"))
    sroi.dump(study, tmp_path / "study.yaml")
    assert sroi.load(tmp_path / "study.yaml") == study
    assert (tmp_path / "study.yaml").read_bytes() == sroi.dumps(study).encode()


def test_text_of_a_document_is_read_as_it_is():
    assert study_of(small()) == sroi.Study.model_validate(json.loads(text_of(small())))
