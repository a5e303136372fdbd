"""Rows of a table that cannot be counted are found, named and left out, on every engine."""

import frames
import pytest
import register

import sroi
import sroi.portfolio

TABLES = frames.engines()


def found_in(checked):
    return [
        (row["table"], row["programme"], row["column"], row["rule"], row["found"])
        for row in frames.rows_of(checked.rejected)
    ]


@pytest.mark.parametrize("table", TABLES)
def test_every_fault_of_a_register_is_found_and_nothing_else(table):
    outcomes, inputs = register.rows()
    checked = sroi.portfolio.check(table(outcomes), table(inputs))
    found = found_in(checked)
    assert set(found) == register.expected()
    assert sum(checked.counts.values()) == len(found) == len(register.expected()) + 1  # both rows of a pair
    kept = frames.rows_of(checked.outcomes)
    assert sorted(row["programme"] for row in kept) == register.RIGHT
    assert kept[0].keys() == outcomes[0].keys()
    assert {row["programme"] for row in frames.rows_of(checked.inputs)} == set(register.RIGHT)


@pytest.mark.parametrize("table", TABLES)
def test_what_is_left_out_moves_nothing(table):
    outcomes, inputs = register.rows()
    right = [[row for row in rows if row["programme"] in register.RIGHT] for rows in (outcomes, inputs)]
    alone = sroi.portfolio.evaluate(*map(table, right), by=["place"])
    messy = sroi.portfolio.evaluate(table(outcomes), table(inputs), by=["place"], strict=False)
    checked = sroi.portfolio.check(table(outcomes), table(inputs))
    again = sroi.portfolio.evaluate(checked.outcomes, checked.inputs, by=["place"], checked=True)
    (expected,) = frames.rows_of(alone)
    kept = 40 * 1000 * 0.7 * 0.9 * 0.8
    assert expected["social_return_ratio"] == pytest.approx(kept * (1 + 0.5 / 1.035) / 20_000)
    for each in (messy, again):
        (row,) = frames.rows_of(each)
        assert row.pop("place") == "Northton"
        assert row == pytest.approx(
            {name: expected[name] for name in row}, rel=1e-12
        )  # sums in another order


def test_a_wrong_row_stops_a_strict_calculation_and_is_named():
    outcomes, inputs = register.rows()
    with pytest.raises(sroi.DocumentError) as refused:
        sroi.portfolio.evaluate(*map(frames.ENGINES["pandas"], (outcomes, inputs)))
    said = str(refused.value)
    assert "outcomes row 11 percent as whole number Northton less_lonely deadweight" in said
    assert "found 35; for 35 per cent write 35%" in said
    assert "more faults" in said


def test_percentages_and_words_are_read_as_a_study_reads_them():
    table = frames.ENGINES["pandas"]
    numbers = [{"programme": "club", **register.OUTCOME, "starts": 1}]
    words = [{**numbers[0], "deadweight": "30%", "starts": "after", "value": " 1000 "}]
    inputs = table([{"programme": "club", **register.INPUT}])
    found = [frames.rows_of(sroi.portfolio.evaluate(table(each), inputs)) for each in (numbers, words)]
    assert found[0] == found[1]


@pytest.mark.parametrize("missing", ["programme", "deadweight", "drop_off", "quantity", "starts"])
def test_a_column_that_is_missing_is_named(missing):
    outcome = {"programme": "club", **register.OUTCOME}
    del outcome[missing]
    table = frames.ENGINES["pandas"]
    with pytest.raises(sroi.DocumentError, match=f"there is no column {missing}"):
        sroi.portfolio.evaluate(table([outcome]), table([{"programme": "club", **register.INPUT}]))


def test_a_column_under_another_name_is_guessed():
    outcome = {"programme": "club", **register.OUTCOME}
    outcome["dead_weight"] = outcome.pop("deadweight")
    table = frames.ENGINES["pandas"]
    with pytest.raises(sroi.DocumentError, match="did you mean dead_weight"):
        sroi.portfolio.evaluate(table([outcome]), table([{"programme": "club", **register.INPUT}]))


def test_tables_of_two_engines_are_refused():
    outcome, given = {"programme": "club", **register.OUTCOME}, {"programme": "club", **register.INPUT}
    with pytest.raises(sroi.DocumentError, match="outcomes is of pandas and inputs of pyarrow"):
        sroi.portfolio.evaluate(frames.ENGINES["pandas"]([outcome]), frames.ENGINES["pyarrow"]([given]))


def test_what_is_no_table_is_refused():
    with pytest.raises(sroi.DocumentError, match="this is no dataframe"):
        sroi.portfolio.evaluate([{"programme": "club"}], [])


def test_added_deductions_over_all_are_found():
    table = frames.ENGINES["pandas"]
    outcome = {"programme": "club", **register.OUTCOME, "deadweight": 0.6, "attribution": 0.5}
    given = table([{"programme": "club", **register.INPUT}])
    checked = sroi.portfolio.check(table([outcome]), given, method="added-deductions")
    assert "deductions_over_all" in {rule for _, _, rule in checked.counts}
    assert not sroi.portfolio.check(table([outcome]), given).counts


@pytest.mark.parametrize("table", TABLES)
def test_a_share_among_percentages_is_no_share_that_anybody_can_tell(table):
    def found(*deadweights):
        outcomes = [
            {"programme": f"p{at}", **register.OUTCOME, "deadweight": each}
            for at, each in enumerate(deadweights)
        ]
        inputs = [{"programme": f"p{at}", **register.INPUT} for at in range(len(deadweights))]
        checked = sroi.portfolio.check(table(outcomes), table(inputs))
        return {
            (row["found"], row["rule"])
            for row in frames.rows_of(checked.rejected)
            if row["column"] == "deadweight"
        }

    percent = "percent_as_whole_number"
    assert found(0.3, 1.0, 0.5) == set()
    assert found(0.3, 1.0, 0.5, 35.0) == {("1", "share_beside_percentages"), ("35", percent)}
    mostly = found(35.0, 40.0, 0.5, 0.0)
    assert mostly == {("35", percent), ("40", percent), ("0.5", "share_beside_percentages")}
    assert ("100%", "share_beside_percentages") not in found("100%", "35", "1")
