"""A number of a pack that no formula of any intervention uses says that it is there to be read."""

import dataclasses

import pytest
from helpers import outcome, small, text_of

import sroi
from sroi.documents import unused

PACK = """
sroi: 1
pack: harbour
title: Harbour
extends: england
assumptions:
  lamps: {value: 7, rationale: counted}
  oil: {value: 3, rationale: counted}
  price_of_oil: {value: oil * 2}
  reached: {value: 5, rationale: counted}
  ships: {value: 9, rationale: counted}
interventions:
  light:
    assumptions:
      keepers: {value: 2, rationale: counted}
      wives: {value: 2, rationale: counted}
"""


@pytest.fixture
def found(tmp_path):
    """The numbers of a pack of one's own that nothing uses."""
    (tmp_path / "interventions").mkdir()
    light = small(
        id="light",
        assumptions={"keepers": 1, "needed": "reached + keepers"},
        outcomes={"change": outcome(quantity="lamps * needed", value="price_of_oil")},
    )
    (tmp_path / "interventions" / "light.yaml").write_text(text_of(light), encoding="utf-8")

    def of(pack):
        (tmp_path / "harbour.yaml").write_text(pack, encoding="utf-8")
        library = sroi.Library(tmp_path)
        assert sroi.load("light", place="harbour", packs=library)
        problems = unused.unused(library, [library.place("harbour")])
        return {each.path: each for each in problems if each.file.endswith("harbour.yaml")}

    return of


def test_what_no_formula_reaches_is_refused_with_its_place(found):
    problems = found(PACK)
    assert set(problems) == {"assumptions.ships", "interventions.light.assumptions.wives"}
    problem = problems["assumptions.ships"]
    assert "ships is used by no formula of any intervention" in problem.message
    assert "context: true" in problem.hint
    assert problem.line == 11


def test_what_says_that_it_is_to_be_read_is_not(found):
    said = PACK.replace("{value: 9,", "{value: 9, context: true,").replace(
        "wives: {value: 2,", "wives: {value: 2, context: true,"
    )
    assert not found(said)


def test_what_is_used_does_not_say_that_it_is_to_be_read(found):
    said = found(PACK.replace("lamps: {value: 7,", "lamps: {value: 7, context: true,"))
    assert "says context: true, and a formula uses it" in said["assumptions.lamps"].message


def test_a_number_that_lies_beneath_another_of_its_name_is_used_elsewhere_or_not_at_all(found):
    """What the place says of one intervention takes the place of what it says of all."""
    own = PACK.replace(
        "  ships: {value: 9, rationale: counted}\n", "  keepers: {value: 9, rationale: counted}\n"
    )
    assert set(found(own)) == {"assumptions.keepers", "interventions.light.assumptions.wives"}


@pytest.mark.parametrize("context", [None, True])
def test_a_figure_of_the_reference_table_that_nobody_uses_is_told(tmp_path, monkeypatch, context):
    known = unused.described()
    invented = {"column": "pop_mye2024", "source": "census-2021", **({"context": True} if context else {})}
    root = known.root.without("figures")
    root.put("figures", {"moons": [invented]}, known.root.marks["figures"])
    monkeypatch.setattr(unused, "described", lambda: dataclasses.replace(known, root=root))
    told = {each.path for each in unused.unused(sroi.Library(tmp_path), []) if "reference" in each.file}
    assert told == (set() if context else {"figures.moons"})


def test_context_stands_on_assumptions_alone():
    with pytest.raises(sroi.DocumentError, match="context stands on a share from 0 to 1; only an assumption"):
        sroi.Deadweight(value=0.3, context=True)
    assert sroi.Estimate(value=3, context=True).context is True
