"""Each change's part of a difference: the parts add up, are Shapley values, and say what they stand for."""

import itertools
import json
import math
import re
from fractions import Fraction
from pathlib import Path

import pytest
from helpers import changed, outcome, small, study_of, text_of
from hypothesis import given, settings
from strategies import documents

import sroi
from sroi.differing import explaining
from sroi.results.difference_words import KINDS

YOUTH_CENTRE = Path(__file__).parents[2] / "examples" / "youth-centre"


def parts(explained):
    return {part.change: part.amount for part in explained.parts}


def assert_adds_up(found):
    for explained in (found.ratio, found.net_present_value):
        if explained.difference is None:
            assert explained.parts == ()
            continue
        whole = math.fsum(part.amount for part in explained.parts)
        size = max(1.0, abs(explained.old), abs(explained.new))
        assert abs(whole - explained.difference) <= 1e-9 * size


def differing(old, new, **asked):
    found = sroi.diff(study_of(old), study_of(new), **asked)
    assert_adds_up(found)
    return found


# ── The parts
# ────────────────────────────────────────────────────────────────────────────────────────────────


@given(documents(), documents())
@settings(max_examples=15, deadline=None)
def test_the_parts_of_any_two_studies_add_up(old, new):
    studies = study_of(old), study_of(new)
    for by in ("kind", "number"):
        found = sroi.diff(*studies, by=by, permutations=8)
        assert_adds_up(found)
        ends = [sroi.evaluate(study) for study in studies]
        assert [found.ratio.old, found.ratio.new] == [end.social_return_ratio for end in ends]
        assert [found.net_present_value.old, found.net_present_value.new] == [
            end.net_present_value for end in ends
        ]


CHANGES = {
    "quantity": {"outcomes.change.quantity": 14, "outcomes.other.quantity": 4},
    "value": {"outcomes.change.value": {"value": 150, "price_year": 2019}},
    "deadweight": {"outcomes.change.deadweight": ["10%", "50%"], "outcomes.other.deadweight": "25%"},
    "displacement": {"outcomes.other.displacement": "20%"},
    "attribution": {"outcomes.change.attribution": "35%"},
    "duration": {"outcomes.change.starts": "after", "outcomes.other.duration": 3.5},
    "drop_off": {"outcomes.other.drop_off": "40%", "outcomes.other.drop_off_from": "first_year"},
    "inputs": {"inputs.grant": {"stakeholder": "council", "kind": "cash", "value": [900, 400]}},
    "method": {"method": {"profile": "svi-guide", "discount_rate": "6%"}},
    "price_year": {"price_year": 2022},
}


def base():
    other = outcome(quantity=6, value={"value": 90, "price_year": 2018}, duration=3, drop_off="10%")
    return small({"outcomes.change.duration": 2}, outcomes={"change": outcome(duration=2), "other": other})


def of_orders(old, changes, figure):
    """Shapley values by every order, each combination a document of its own that the engine evaluates."""

    def value(names):
        mixed = old
        for name in sorted(names):
            mixed = changed(mixed, changes[name])
        return Fraction(getattr(sroi.evaluate(study_of(mixed)), figure))

    known = {
        frozenset(names): value(names)
        for size in range(len(changes) + 1)
        for names in itertools.combinations(changes, size)
    }
    amounts = dict.fromkeys(changes, Fraction(0))
    for order in itertools.permutations(changes):
        made = frozenset()
        for name in order:
            amounts[name] += known[made | {name}] - known[made]
            made |= {name}
    return {name: float(amount / math.factorial(len(changes))) for name, amount in amounts.items()}


@pytest.mark.parametrize(
    "names",
    [
        ("quantity", "value", "deadweight", "method", "price_year"),
        ("displacement", "attribution", "duration", "drop_off", "inputs"),
        ("value", "duration", "inputs", "price_year", "method"),
    ],
)
def test_the_parts_are_what_every_order_gives_on_average(names):
    changes = {name: CHANGES[name] for name in names}
    new = base()
    for change in changes.values():
        new = changed(new, change)
    found = differing(base(), new)
    for explained, figure in (
        (found.ratio, "social_return_ratio"),
        (found.net_present_value, "net_present_value"),
    ):
        expected = of_orders(base(), changes, figure)
        assert parts(explained) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_alone_is_the_whole_difference(name):
    found = differing(base(), changed(base(), CHANGES[name]))
    assert list(parts(found.ratio)) == [name]
    assert found.ratio.parts[0].amount == found.ratio.difference != 0


def test_outcomes_and_inputs_that_come_or_go_are_structure():
    new = changed(base(), {"inputs.rooms": {"stakeholder": "people", "kind": "in_kind", "value": 100}})
    new["outcomes"] = {"change": new["outcomes"]["change"], "new": outcome(quantity=-3)}
    found = differing(base(), new)
    assert set(parts(found.ratio)) == {"structure"}
    alone = differing(base(), new, by="number")
    assert set(parts(alone.ratio)) == {"outcomes.other", "outcomes.new", "inputs.rooms"}
    assert parts(alone.net_present_value)["inputs.rooms"] == pytest.approx(-100)
    assert "New (added)" in alone.to_markdown()


def test_the_same_numbers_written_otherwise_move_nothing():
    old = small({"outcomes.change.quantity": "people"}, assumptions={"people": 10})
    new = small({"outcomes.change.quantity": 10, "outcomes.change.contribution": "100%"})
    del new["outcomes"]["change"]["attribution"]
    found = differing(old, new)
    assert set(found.ratio.parts[0].paths) == {"outcomes.change.attribution"}
    assert [part.amount for part in found.ratio.parts] == [0]


def test_one_name_that_is_used_in_two_kinds_is_split_between_them():
    old = small(
        {"outcomes.change.quantity": "people", "inputs.grant.value": "people * 100"},
        assumptions={"people": 10},
    )
    found = differing(old, changed(old, {"assumptions.people": 20}))
    assert set(parts(found.ratio)) == {"quantity", "inputs"}
    assert found.ratio.difference == pytest.approx(0, abs=1e-12)
    assert parts(found.ratio)["quantity"] > 0 > parts(found.ratio)["inputs"]
    assert {each.path: each.through for each in found.moved} == {
        "outcomes.change.quantity": ("people",),
        "inputs.grant.value": ("people",),
    }


def test_what_is_renamed_is_the_same():
    new = base()
    new["outcomes"] = {"renamed": {**base()["outcomes"]["change"]}, "other": base()["outcomes"]["other"]}
    new["stakeholders"] = {"persons": base()["stakeholders"]["people"], "council": {"title": "Council"}}
    for each in new["outcomes"].values():
        each["stakeholder"] = "persons"
    found = differing(base(), new)
    assert found.ratio.parts == ()
    renamed = {each.path: (each.old, each.new) for each in found.changes if each.change == "renamed"}
    assert renamed == {
        "outcomes.change": ("change", "renamed"),
        "stakeholders.people": ("people", "persons"),
    }


def test_a_price_year_alone_moves_only_what_is_dated():
    dated = differing(base(), changed(base(), {"price_year": 2022}))
    assert set(parts(dated.net_present_value)) == {"price_year"}
    assert any("prices of 2024" in note for note in dated.notes)
    undated = differing(small(), small(price_year=2022))
    assert undated.ratio.parts == ()
    assert [each.path for each in undated.changes] == ["price_year"]


# ── What cannot be told apart, or has no result
# ──────────────────────────────────────────────────────────────────────────────


def test_changes_that_need_each_other_have_one_part():
    old = small({"outcomes.change.duration": 2, "outcomes.change.drop_off": "10%"})
    new = small(
        {
            "outcomes.change.duration": 3,
            "outcomes.change.deadweight": ["10%", "20%", "30%"],
            "outcomes.change.quantity": 12,
        }
    )
    found = differing(old, new)
    assert set(parts(found.ratio)) == {"quantity", "drop_off", "deadweight and duration"}
    assert any("“deadweight” and “duration and start” have one part together" in note for note in found.notes)
    assert found.ratio.parts[1].kinds == ("deadweight", "duration")


def test_deductions_that_would_pass_100_per_cent_are_one_with_what_stops_that():
    old = small(
        {"outcomes.change.deadweight": "70%", "outcomes.change.displacement": "10%"},
        method="added-deductions",
    )
    new = small(
        {"outcomes.change.deadweight": "10%", "outcomes.change.displacement": "80%"},
        method="added-deductions",
    )
    found = differing(old, new)
    assert set(parts(found.ratio)) == {"deadweight and displacement"}


def test_inputs_that_would_be_nothing_have_one_part():
    old = small(inputs={"a": {"stakeholder": "council", "kind": "cash", "value": 0}, **small()["inputs"]})
    new = small(inputs={"a": {"stakeholder": "council", "kind": "cash", "value": 500}})
    found = differing(old, new)
    assert set(parts(found.ratio)) == {"inputs and structure"}


def test_without_a_ratio_there_is_net_present_value():
    nothing = small({"inputs.grant.value": 0})
    found = differing(nothing, small())
    assert found.ratio.parts == ()
    assert "the old study: " in found.ratio.no_result
    assert "the inputs sum to 0" in found.ratio.no_result
    assert parts(found.net_present_value) == {"inputs": -1000}
    assert "no difference in ratio" in found.answer
    assert json.loads(found.to_json())["ratio"]["old"] is None


def test_what_is_not_assessed_leaves_what_changed():
    found = differing(small(), small({"outcomes.change.value": None}))
    assert found.net_present_value.difference is None
    assert "outcomes.change.value" in found.net_present_value.no_result
    assert [each.path for each in found.changes] == ["outcomes.change.value"]
    assert found.to_markdown()


def test_two_currencies_are_refused():
    with pytest.raises(sroi.DocumentError, match="one study is in GBP and the other in EUR"):
        sroi.diff(
            study_of(small(method={"deflator": "none"})),
            study_of(small(currency="EUR", method={"deflator": "none"})),
        )


@pytest.mark.parametrize(
    ("asked", "said"), [({"by": "colour"}, "no way to group"), ({"permutations": 1}, "too few")]
)
def test_what_cannot_be_asked_is_refused(asked, said):
    with pytest.raises(sroi.DocumentError, match=said):
        sroi.diff(study_of(small()), study_of(small()), **asked)


# ── Many changes
# ─────────────────────────────────────────────────────────────────────────────────────────────


def many(quantity, value, duration):
    return small(
        outcomes={
            f"outcome_{at}": outcome(quantity=quantity + at, value=value * (at + 1), duration=duration)
            for at in range(5)
        }
    )


def test_beyond_twelve_changes_orders_are_sampled_with_an_error_that_is_true(monkeypatch):
    old, new = many(10, 100, 2), many(13, 80, 3)
    new["inputs"]["grant"]["value"] = 1500
    found = differing(old, new, by="number", permutations=60, seed=4)
    assert (found.exact, len(found.ratio.parts)) == (False, 16)
    assert found.to_dict()["seed"] == 4
    assert "± one standard error" in found.tables[0].note
    assert differing(old, new, by="number", permutations=60, seed=4) == found
    assert differing(old, new, by="number", permutations=60, seed=5) != found
    monkeypatch.setattr(explaining, "MOST_EXACT", 16)
    exact = differing(old, new, by="number")
    assert exact.exact
    apart = [
        abs(one.amount - other.amount) / one.standard_error
        for one, other in zip(found.ratio.parts, exact.ratio.parts, strict=True)
        if one.standard_error > 1e-12
    ]
    assert max(apart) < 4.5
    assert sorted(apart)[len(apart) // 2] < 1.5


def test_by_kind_all_kinds_together_are_exact():
    new = base()
    for change in CHANGES.values():
        new = changed(new, change)
    new["outcomes"]["more"] = outcome()
    found = differing(base(), new)
    assert found.exact
    assert {kind for part in found.ratio.parts for kind in part.kinds} == set(KINDS) - {"packs"}


# ── What changed
# ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_change_is_named_with_old_and_new_and_where(tmp_path):
    old = small(
        {"outcomes.change.value": {"value": 200, "low": 100, "high": 300, "source": "a"}},
        sources={"a": {"title": "A"}, "b": {"title": "B"}},
    )
    new = changed(
        old,
        {
            "outcomes.change.value": {"value": 200, "low": 150, "high": 300, "source": "b"},
            "outcomes.change.title": "Another",
            "outcomes.change.starts": "after",
            "sources.b.title": "C",
            "method": {"timing": "mid"},
            "claims": {"said": {"says": "so", "ratio": 3, "meaning": "social_value"}},
            "stakeholders.people.size": 40,
        },
    )
    files = [tmp_path / "old.json", tmp_path / "new.json"]
    for file, document in zip(files, (old, new), strict=True):
        file.write_text(text_of(document))
    found = sroi.diff(*files)
    rows = {each.path: each for each in found.changes}
    value = rows["outcomes.change.value"]
    assert (value.what, value.old, value.new, value.old_range, value.new_range) == (
        *("number", 200, 200),
        *((100, 300), (150, 300)),
    )
    lines = [file.read_text().splitlines() for file in files]
    assert '"low": 100' in "".join(lines[0][value.old_where.line - 1 :][:4])
    assert value.new_where.file == str(files[1])
    assert (rows["outcomes.change.value.source"].what, rows["sources.b"].new) == ("source", "C")
    assert (rows["method.timing"].old, rows["method.timing"].new) == ("start", "mid")
    assert rows["outcomes.change.starts"].what == "structure"
    assert rows["claims.said"].change == "added"
    assert rows["stakeholders.people.size"].change == "added"
    assert found.texts == 1


def test_a_comment_shows_the_texts_of_a_study_as_they_are():
    bad = "<img src=x> | [a](b) `c`"
    new = small({"outcomes.change.quantity": 20}, title=bad)
    comment = differing(small(), new).to_markdown()
    assert re.search(r"(?<!\\)<(?!/?(details|summary)>)", comment) is None
    assert "\\<img" in comment
    assert comment.startswith("### ")
    assert comment.count("<details>") == comment.count("</details>") == 2


# ── Packs and records
# ────────────────────────────────────────────────────────────────────────────────────────


PACK = """sroi: 1
pack: riverside
title: Riverside
currency: GBP
assumptions: {{rate: {{value: {rate}, rationale: x}}}}
"""


@pytest.fixture
def of_a_place(tmp_path):
    packs = tmp_path / "packs"
    packs.mkdir()
    pack = packs / "riverside.yaml"
    pack.write_text(PACK.format(rate=100))
    file = tmp_path / "study.json"
    file.write_text(text_of(small({"outcomes.change.value": "rate"}, place="riverside")))
    return file, pack, packs


def test_a_pack_that_changed_under_a_record_has_the_whole_part(of_a_place, tmp_path):
    file, pack, packs = of_a_place
    run = tmp_path / "run.json"
    sroi.record(sroi.evaluate(sroi.load(file, packs=packs))).write(run)
    pack.write_text(PACK.format(rate=150))
    found = sroi.diff(run, file, packs=packs)
    assert_adds_up(found)
    assert list(parts(found.ratio)) == ["packs"]
    assert found.ratio.difference == pytest.approx(0.5)
    file.write_text(text_of(small({"outcomes.change.value": "rate * 2"}, place="riverside")))
    both = sroi.diff(run, file, packs=packs)
    assert_adds_up(both)
    assert parts(both.ratio) == pytest.approx({"value": 1.25, "packs": 0.75})


def test_two_places_differ_by_their_packs():
    found = sroi.diff(*(sroi.load("local-area-coordination", place=place) for place in ("derby", "haringey")))
    assert_adds_up(found)
    assert abs(parts(found.ratio)["packs"]) > 0
    assert any(each.path == "place" for each in found.changes)


def test_a_record_of_an_engine_that_gave_another_ratio_says_so(tmp_path):
    run = tmp_path / "run.json"
    sroi.record(sroi.evaluate(study_of(small()))).write(run)
    content = json.loads(run.read_text())
    content["result"]["social_return_ratio"] = 7.5
    run.write_text(json.dumps(content))
    found = sroi.diff(run, study_of(small()))
    assert any("recorded a ratio of 7.5, and this engine gives 2" in note for note in found.notes)


# ── The youth centre
# ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def youth_centre():
    return sroi.diff(YOUTH_CENTRE / "forecast.yaml", YOUTH_CENTRE / "evaluation.yaml")


def test_the_whole_difference_of_the_youth_centre_is_explained(youth_centre):
    found = youth_centre
    assert_adds_up(found)
    ends = [sroi.evaluate(sroi.load(YOUTH_CENTRE / f"{name}.yaml")) for name in ("forecast", "evaluation")]
    difference = ends[1].social_return_ratio - ends[0].social_return_ratio
    assert math.fsum(part.amount for part in found.ratio.parts) == pytest.approx(difference, abs=1e-9)
    assert found.exact
    named = {part.change for part in found.ratio.parts}
    assert named >= {"quantity", "value", "deadweight", "attribution", "duration", "drop_off", "inputs"}
    assert named >= {"structure", "method", "price_year"}


def test_the_youth_centre_is_what_a_reviewer_would_meet():
    for name in ("forecast", "evaluation"):
        study = sroi.load(YOUTH_CENTRE / f"{name}.yaml")
        assert (len(study.outcomes), len(study.stakeholders), len(study.scenarios)) == (8, 9, 2)
        assert {each.kind for each in study.inputs.values()} >= {"cash", "in_kind", "volunteer_time"}
        rows = sroi.evaluate(study).outcomes
        assert any(row.present_value < 0 for row in rows)
        assert "invented" in study.title
        assert not [each for each in sroi.check(study).findings if each.severity == "error"]
    people = study.outcomes["young_people_are_more_satisfied"]
    assert len(people.quantity) == 3
    assert (people.n_measured.value, people.n_population.value) == (60, 240)


def test_the_chart_goes_from_the_old_figure_to_the_new(youth_centre):
    drawn = sroi.charts.difference(youth_centre).to_dict()
    rows = (
        next(iter(drawn["datasets"].values())) if "datasets" in drawn else drawn["layer"][0]["data"]["values"]
    )
    assert (rows[0]["stop"], rows[-1]["stop"]) == (youth_centre.ratio.old, youth_centre.ratio.new)
    for before, after in itertools.pairwise(rows[:-1]):
        assert after["start"] == before["stop"]
    assert rows[-2]["stop"] == pytest.approx(rows[-1]["stop"])


def test_a_chart_without_a_ratio_is_of_net_present_value():
    found = differing(small({"inputs.grant.value": 0}), small())
    assert "Net present value" in json.dumps(sroi.charts.difference(found).to_dict())
    with pytest.raises(sroi.DocumentError, match="nothing to draw"):
        sroi.charts.difference(differing(small(), small({"outcomes.change.value": None})))
