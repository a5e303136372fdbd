"""The columns and labels of a map are data: what it names exists, and no two headings are one."""

from typing import get_args

import pytest

import sroi
from sroi.value_map import COLUMNS, FACTS, TOTALS
from sroi.value_map.columns import (
    BARE,
    BY_KEY,
    DESCRIPTIONS,
    IN_PLACE,
    INPUT_KINDS,
    INPUT_KINDS_BY_TITLE,
    OUTCOME_NUMBERS,
    OUTCOME_TEXTS,
    SHARES,
    Holds,
)
from sroi.value_map.losses import HELD
from sroi.value_map.titles import keys_by_words, plain


@pytest.mark.parametrize("entries", [COLUMNS, FACTS, TOTALS], ids=["columns", "facts", "totals"])
def test_keys_and_titles_are_used_once(entries):
    for words in ([each.key for each in entries], [plain(each.title) for each in entries]):
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("entries", [COLUMNS, FACTS, TOTALS], ids=["columns", "facts", "totals"])
def test_no_synonym_means_two_things(entries):
    keys = keys_by_words(entries)
    assert {(words, each.key) for each in entries for words in map(plain, each.words)} - {
        ("", each.key) for each in entries
    } == set(keys.items())


def test_every_key_that_a_column_names_is_a_column():
    assert {column.about for column in COLUMNS} - {""} <= set(BY_KEY)
    assert set(DESCRIPTIONS) - {""} | set(DESCRIPTIONS.values()) <= set(BY_KEY)
    assert {column.holds for column in COLUMNS} == set(get_args(Holds))
    assert set(BARE.values()) == {"source", "reason"}
    assert set(IN_PLACE.values()) == {"description", "value"}


def test_every_number_with_a_source_has_columns_for_it():
    for key in (*OUTCOME_NUMBERS, "input_value"):
        assert {f"{BY_KEY[key].about or key}_{text}" for text in ("source", "reason")} <= set(BY_KEY)


def test_kinds_of_inputs_are_those_of_the_format():
    kinds = set(get_args(sroi.Input.model_fields["kind"].annotation))
    assert set(INPUT_KINDS.values()) == kinds
    assert set(INPUT_KINDS_BY_TITLE) <= kinds


def test_what_a_map_holds_of_an_outcome_follows_from_its_columns():
    """A field that gains a column is read, written and no longer lost."""
    assert {"title", "priced", *OUTCOME_NUMBERS, *OUTCOME_TEXTS} <= HELD["outcome"]
    assert {*sroi.model.DEDUCTIONS, "contribution", "drop_off"} == set(SHARES)
    assert OUTCOME_TEXTS == ("activity", "output", "indicator", "unit")
