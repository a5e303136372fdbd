"""The ratio of each suggestion is that of the changed study, however many outcomes share one evaluation."""

import shlex

import pytest
from helpers import outcome, small, study_of

import sroi
from sroi.checking import case as cases

COUNCIL = {"title": "Council", "party": "state", "payer": "council"}
WELLBY = {"value": 15000, "unit": "GBP a WELLBY"}


def crowded(count):
    """Outcomes with several suggestions each: of words, of numbers, of assumptions behind one or many."""
    kinds = (
        {"value": "old_0 * 2", "stakeholder": "council"},
        {"value": "wellby * 0.1", "kind": "not_stated"},
        {"value": "chained", "kind": "wellbeing", "wellbys": 0.1, "duration": 9, "quantity": [5, 6]},
        {
            "value": {"value": 300, "source": "old"},
            "design": "comparison",
            "deadweight": [0.2, 0.1],
            "duration": 8,
        },
        {"kind": "transfer", "value": "old_1 * old_0"},
    )
    outcomes = {f"change_{at}": outcome(title=f"Jobs {at}", **kinds[at % len(kinds)]) for at in range(count)}
    old = {f"old_{at}": {"value": 90 + at, "source": "old", "unit": "GBP a case"} for at in range(2)}
    return study_of(
        small(
            stakeholders={"people": {"title": "People", "party": "participant"}, "council": COUNCIL},
            assumptions={"wellby": WELLBY, **old, "chained": "old_1 + wellby * 0"},
            sources={"old": {"title": "An old table", "year": 2015}},
            inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": "1000 + old_1"}},
            outcomes=outcomes,
            kind="evaluation",
        )
    )


def test_each_is_the_ratio_of_the_study_changed_by_it_alone():
    study = crowded(10)
    suggested = [each for each in sroi.check(study, select=["ALL"]) if each.suggestion]
    assert {"SROI034", "SROI036", "SROI037", "SROI038", "SROI049", "SROI076", "SROI092"} <= {
        each.rule for each in suggested
    }
    for each in suggested:
        values = dict(word.split("=", 1) for word in shlex.split(each.suggestion) if word != "--set")
        expected = sroi.evaluate(sroi.change(study, values)).social_return_ratio
        assert each.ratio_if_made == pytest.approx(expected, rel=1e-12), (each.rule, each.where)


def test_a_number_with_another_price_year_is_that_of_the_engine():
    study = crowded(10)
    found = [each for each in sroi.check(study, select=["no-price-year"]) if each.ratio_if_made is not None]
    assert {each.where for each in found} >= {"assumptions.old_0", "assumptions.old_1"}
    for each in found:
        number = study.assumptions.get(each.where.removeprefix("assumptions."))
        if number is not None:
            dated = {**number.model_dump(exclude_none=True), "price_year": 2015}
            changed = sroi.change(study, {each.where: dated})
            assert each.ratio_if_made == pytest.approx(sroi.evaluate(changed).social_return_ratio, rel=1e-12)


def test_evaluations_do_not_grow_with_the_outcomes(monkeypatch):
    """What is suggested of different outcomes shares one changed study, and one walk."""
    counts = {}
    for name in ("evaluate", "Walk"):

        def counting(*arguments, name=name, real=getattr(cases, name), **options):
            counts[name] = counts.get(name, 0) + 1
            return real(*arguments, **options)

        monkeypatch.setattr(cases, name, counting)
    seen = []
    for size in (10, 40):
        counts.clear()
        sroi.check(crowded(size), select=["ALL"], ignore=["SROI022", "SROI018"])
        seen.append(dict(counts))
    assert seen[0] == seen[1]


def test_findings_grow_no_faster_than_outcomes():
    """Of people whose outcomes all have one proxy, each outcome is told once, not once with every other."""
    for kind, rule in (("resource", "proxy-used-twice"), ("wellbeing", "wellbeing-twice")):
        study = study_of(small(outcomes={f"change_{at}": outcome(kind=kind) for at in range(30)}))
        found = sroi.check(study, select=[rule])
        assert [each.where.split(".")[1] for each in found] == [f"change_{at}" for at in range(1, 30)]
