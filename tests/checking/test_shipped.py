"""What is shipped has no error, and each warning that is left of it has an explanation that is needed."""

import pytest

from docs.generate.remaining import explanations, findings

EXPLAINED = explanations()


def test_what_is_shipped_has_no_error_at_any_place():
    assert findings("error") == {}


def test_each_warning_is_explained_once():
    unexplained = {
        key: sum(each.covers(*key) for each in EXPLAINED)
        for key in findings()
        if sum(each.covers(*key) for each in EXPLAINED) != 1
    }
    assert unexplained == {}


@pytest.mark.parametrize("said", EXPLAINED, ids=lambda each: f"{each.rule} {each.studies} {each.where}")
def test_each_explanation_explains_something(said):
    assert any(said.covers(*key) for key in findings())
    for study in said.studies:
        assert any(said.covers(rule, name, where) for rule, name, where in findings() if study in (name, "*"))
    for path in said.where:
        assert path == "*" or any(where == path for rule, _, where in findings() if rule == said.rule), path
