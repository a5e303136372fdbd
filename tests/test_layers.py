"""Layers: what a later text says over an earlier one, and where each number is remembered to come from."""

import os

import pytest
import yaml
from helpers import changed, outcome, small, text_of

import sroi
from sroi.documents.authorities import authorities
from sroi.reference import assumptions_folder

TEMPLATE = small(
    id="lighthouse",
    title="Lighthouse",
    assumptions={"lamps": {"value": 10, "low": 5, "high": 15, "source": "keepers"}, "price": 200},
    sources={"keepers": {"title": "The keepers' book", "publisher": "The keepers", "year": 1899}},
    outcomes={
        "light": outcome(quantity="lamps", value="price", indicator="Ships that pass", contribution="75%")
    },
)
del TEMPLATE["outcomes"]["light"]["attribution"]
HEADER = ("sroi", "id", "title", "kind", "currency", "price_year", "first_year")
STUDY = {
    "sroi": 1,
    "id": "own",
    "title": "Own study",
    "kind": "forecast",
    "currency": "GBP",
    "price_year": 2024,
    "first_year": 2024,
    "intervention": "lighthouse",
}


def pack(name, **sections):
    return {"sroi": 1, "pack": name, "title": f"{name.capitalize()} Town", **sections}


@pytest.fixture
def folder(tmp_path):
    """A folder of packs: a union, a nation in it, a harbour in that, and an intervention."""
    write(tmp_path, "interventions/lighthouse", TEMPLATE)
    write(tmp_path, "national/union", pack("union"))
    write(tmp_path, "national/nation", pack("nation", extends="union"))
    write(tmp_path, "boroughs/harbour", pack("harbour", extends="nation", gss="E99000001"))
    return tmp_path


def write(folder, name, document):
    file = folder / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(document if isinstance(document, str) else text_of(document), encoding="utf-8")
    return file


def load(folder, name="lighthouse", **arguments):
    return sroi.load(name, packs=[folder], **arguments)


def study_over(folder, changes=None, **arguments):
    """A study that builds on the intervention, with what it says itself."""
    return sroi.loads(text_of(changed(STUDY, changes or {})), packs=[folder], **arguments)


def numbers(study):
    """Every number that a result rests on, by path."""
    return {number["path"]: number for number in sroi.evaluate(study).provenance["numbers"]}


# ── Order
# ────────────────────────────────────────────────────────────────────────────────────────────────────────────

LAYERS = ("template", "union", "nation", "harbour", "harbour's own", "study", "set")
NAMED = (
    "intervention lighthouse",
    "pack union",
    "pack nation",
    "pack harbour",
    "pack harbour",
    "study",
    "--set",
)


@pytest.mark.parametrize("last", range(len(LAYERS)), ids=LAYERS)
def test_a_later_layer_wins(folder, last):
    said = {"assumptions": {"lamps": 0}}
    layers = [
        changed(said, {"assumptions.lamps": 100 + position}) if position <= last else {}
        for position in range(len(LAYERS))
    ]
    write(folder, "interventions/lighthouse", {**TEMPLATE, "assumptions": {"lamps": 100, "price": 200}})
    write(folder, "national/union", pack("union", **layers[1]))
    write(folder, "national/nation", pack("nation", extends="union", **layers[2]))
    write(
        folder,
        "boroughs/harbour",
        pack("harbour", extends="nation", **layers[3], interventions={"lighthouse": layers[4]}),
    )
    study = study_over(folder, {"borough": "harbour", **layers[5]}, values=layers[6].get("assumptions"))
    assert study.assumptions["lamps"].value == 100 + last
    assert numbers(study)["assumptions.lamps"]["layer"] == NAMED[last]


def test_a_nations_word_on_an_intervention_comes_before_the_boroughs(folder):
    for name, place, lamps in (
        ("national/nation", pack("nation", extends="union"), 20),
        ("boroughs/harbour", pack("harbour", extends="nation"), 30),
    ):
        write(folder, name, {**place, "interventions": {"lighthouse": {"assumptions": {"lamps": lamps}}}})
    assert load(folder, borough="nation").assumptions["lamps"].value == 20
    assert load(folder, borough="harbour").assumptions["lamps"].value == 30


def test_a_borough_given_as_an_argument_takes_the_place_of_the_studys_own(folder):
    write(folder, "boroughs/island", pack("island", assumptions={"lamps": 3}))
    study = study_over(folder, {"borough": "harbour"}, borough="island")
    assert (study.borough, study.assumptions["lamps"].value) == ("island", 3)


def test_expressions_are_evaluated_after_all_layers_have_merged(folder):
    write(
        folder,
        "interventions/lighthouse",
        changed(TEMPLATE, {"assumptions.price": "2 * fuel", "assumptions.fuel": 1}),
    )
    write(folder, "boroughs/harbour", pack("harbour", extends="nation", assumptions={"fuel": 50}))
    assert sroi.evaluate(load(folder, borough="harbour")).row("light").value == 100


def test_a_study_without_a_borough_or_an_intervention_has_one_layer(folder):
    study = sroi.loads(text_of(small()), packs=[folder])
    assert (study.borough, study.intervention) == (None, None)
    assert study.provenance.packs == {}


# ── Merging
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_mappings_merge_key_by_key(folder):
    study = study_over(
        folder,
        {
            "outcomes.light.deadweight": "25%",
            "stakeholders.ships": {"title": "Ships"},
            "inputs.grant.value": 500,
        },
    )
    light = study.outcomes["light"]
    assert (light.deadweight.value, light.indicator, light.value.value.text) == (
        0.25,
        "Ships that pass",
        "price",
    )
    assert list(study.stakeholders) == ["people", "council", "ships"]
    assert (study.inputs["grant"].value.value, study.inputs["grant"].kind) == (500, "cash")


def test_what_a_study_adds_comes_after_what_it_inherits(folder):
    study = study_over(folder, {"outcomes.warmth": outcome(), "outcomes.light.title": "Light"})
    assert list(study.outcomes) == ["light", "warmth"]


@pytest.mark.parametrize("path", ["assumptions.lamps", "outcomes.light.quantity"])
def test_an_estimate_replaces_the_whole_before_it(folder, path):
    inherited = {"value": 10, "low": 5, "high": 15, "source": "keepers", "rationale": "counted"}
    write(folder, "interventions/lighthouse", changed(TEMPLATE, {path: inherited}))
    section, *_, last = path.split(".")
    study = study_over(folder, {path: {"value": 12}})
    found = study.assumptions["lamps"] if section == "assumptions" else getattr(study.outcomes["light"], last)
    assert found.model_dump() == 12


@pytest.mark.parametrize(
    ("inherited", "own"),
    [([1, 2, 3], 4), (4, [1, 2, 3]), ([1, 2, 3], [4]), ({"value": 1, "low": 0, "high": 2}, [5, 6])],
)
def test_a_list_or_a_number_replaces_the_whole_before_it(folder, inherited, own):
    write(folder, "interventions/lighthouse", changed(TEMPLATE, {"outcomes.light.quantity": inherited}))
    assert study_over(folder, {"outcomes.light.quantity": own}).model_dump()["outcomes"]["light"][
        "quantity"
    ] in (
        own,
        tuple(own) if isinstance(own, list) else own,
    )


@pytest.mark.parametrize(
    ("inherited", "own"), [("attribution", "contribution"), ("contribution", "attribution")]
)
def test_writing_one_direction_of_attribution_removes_the_other_inherited(folder, inherited, own):
    template = changed(TEMPLATE, {"outcomes.light": outcome(quantity="lamps", value="price")})
    del template["outcomes"]["light"]["attribution"]
    write(folder, "interventions/lighthouse", changed(template, {f"outcomes.light.{inherited}": "75%"}))
    light = study_over(folder, {f"outcomes.light.{own}": "40%"}).outcomes["light"]
    assert getattr(light, inherited) is None
    assert getattr(light, own).value == 0.4


def test_setting_one_direction_of_attribution_removes_the_other(folder):
    row = sroi.evaluate(load(folder, values={"outcomes.light.attribution": "40%"})).row("light")
    assert row.impact == pytest.approx(2000 * 0.6)


def test_an_attribution_that_is_not_assessed_is_not_filled_by_an_inherited_contribution(folder):
    with pytest.raises(sroi.UndefinedResultError, match=r"outcomes\.light\.attribution"):
        sroi.evaluate(study_over(folder, {"outcomes.light.attribution": None}))


@pytest.mark.parametrize(("section", "name"), [("outcomes", "light"), ("inputs", "grant")])
def test_omit_removes_what_is_inherited(folder, section, name):
    own = {
        "outcomes.warmth": outcome(),
        "inputs.gift": {"stakeholder": "people", "kind": "in_kind", "value": 10},
    }
    study = study_over(folder, {**own, f"{section}.{name}": {"omit": True}})
    assert name not in getattr(study, section)
    assert (
        name
        not in sroi.evaluate(study)
        .to_dict()[{"outcomes": "value_map", "inputs": "inputs"}[section]][0]
        .values()
    )


def test_what_is_omitted_stays_away_when_the_study_is_written_and_read(folder):
    study = study_over(folder, {"outcomes.warmth": outcome(), "outcomes.light": {"omit": True}})
    assert sroi.loads(sroi.dumps(study), packs=[folder]) == study


def test_a_study_of_a_place_is_written_whole(folder):
    study = load(folder, borough="harbour")
    assert sroi.loads(sroi.dumps(study), packs=[folder]) == study
    assert sroi.loads(sroi.dumps(load(folder)), packs=[folder]) == load(folder)


def test_a_section_left_empty_takes_nothing_away(folder):
    assert study_over(folder, {"outcomes": None, "assumptions": None, "sources": None}).outcomes.keys() == {
        "light"
    }


@pytest.mark.parametrize("said", ["yes", "on", "true"])
def test_omit_reads_yes_as_true(folder, said):
    text = text_of(STUDY).rstrip().removesuffix("}") + f', "outcomes": {{"light": {{"omit": {said}}}}}}}'
    write(folder, "own", text)
    assert "light" not in sroi.load(folder / "own.yaml", packs=[folder]).outcomes


@pytest.mark.parametrize("said", [1, None, "sometimes"])
def test_omit_that_is_neither_true_nor_false_is_refused(folder, said):
    with pytest.raises(
        sroi.DocumentError, match=r"outcomes.light.omit: .* is neither true nor false; write true or false"
    ):
        study_over(folder, {"outcomes.light": {"omit": said}})


def test_omit_false_removes_nothing(folder):
    assert list(study_over(folder, {"outcomes.light": {"omit": False}}).outcomes) == ["light"]


def test_a_place_may_omit_what_the_intervention_has(folder):
    said = {"outcomes": {"light": {"omit": True}, "warmth": outcome()}}
    write(folder, "boroughs/harbour", pack("harbour", interventions={"lighthouse": said}))
    assert list(load(folder, borough="harbour").outcomes) == ["warmth"]


# ── Setting
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_number_that_is_set_has_no_range(folder):
    study = load(folder, values={"lamps": 12, "outcomes.light.value": {"value": 7, "rationale": "tried"}})
    assert study.assumptions["lamps"].model_dump() == 12
    assert study.outcomes["light"].value.rationale == "tried"


def test_the_value_of_an_estimate_is_set_alone_and_takes_its_range_and_its_source_away(folder):
    study = load(folder, values={"assumptions.lamps.value": 12})
    assert study.assumptions["lamps"].model_dump(exclude_none=True) == 12
    assert study.provenance.origin("assumptions.lamps").layer == "--set"


def test_one_entry_of_a_list_is_set(folder):
    write(
        folder,
        "interventions/lighthouse",
        changed(TEMPLATE, {"outcomes.light.quantity": [1, {"value": 2, "low": 1, "high": 3}, 3]}),
    )
    study = load(folder, values={"outcomes.light.quantity[0]": 10, "outcomes.light.quantity[1].value": 20})
    assert [each.value for each in study.outcomes["light"].quantity] == [10, 20, 3]
    assert study.outcomes["light"].quantity[1].low is None


@pytest.mark.parametrize(
    "path",
    [
        "outcomes.light.quantity[3]",
        "outcomes.light.value[0]",
        "assumptions.lamps.value.more",
        "lamps[0]",
        "colour.depth",
        "",
    ],
)
def test_a_path_that_leads_nowhere_is_refused(folder, path):
    write(folder, "interventions/lighthouse", changed(TEMPLATE, {"outcomes.light.quantity": [1, 2, 3]}))
    with pytest.raises(sroi.DocumentError, match=r"--set"):
        load(folder, values={path: 1})


def test_a_number_below_an_assumption_is_set_by_the_assumptions_bare_name(folder):
    study = load(folder, values={"lamps.value": 12})
    assert study.assumptions["lamps"].value == 12
    assert study.provenance.origin("assumptions.lamps.value").layer == "--set"


@pytest.mark.parametrize(
    "values",
    [{"outcomes.light.omit": "true"}, {"outcomes.light": {"omit": True}}, {"outcomes.light.omit": "yes"}],
)
def test_an_outcome_is_omitted_by_setting_it(folder, values):
    assert "light" not in load(folder, values=values).outcomes
    assert "light" in load(folder, values={"outcomes.light.omit": "false"}).outcomes


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"outcomes.light.omit": "3"}, "3 is neither true nor false"),
        ({"outcomes.light.quantity[7]": 1}, r"there is no entry \[7\]: the list has 3"),
        ({"lamps": "1\ntitle: another"}, "more than one value"),
    ],
)
def test_what_cannot_be_set_is_said_in_words_that_fit(folder, values, message):
    write(folder, "interventions/lighthouse", changed(TEMPLATE, {"outcomes.light.quantity": [1, 2, 3]}))
    with pytest.raises(sroi.DocumentError, match=message) as caught:
        load(folder, values=values)
    assert all(problem.hint for problem in caught.value.problems)


def test_all_paths_that_lead_nowhere_are_told_at_once(folder):
    with pytest.raises(sroi.DocumentError) as error:
        load(folder, values={"lamp": 1, "outcomes.lights.value": 2})
    assert [problem.hint for problem in error.value.problems] == [
        "did you mean lamps?",
        "did you mean light?",
    ]


def test_the_header_and_the_method_are_set(folder):
    study = load(
        folder, values={"title": "Tried", "method.timing": "end", "first_year": "2020"}, method="svi-guide"
    )
    assert (study.title, study.first_year, study.method.profile) == ("Tried", 2020, "svi-guide")
    assert (study.method.timing, study.method.input_timing, study.method.discount_rate) == (
        "end",
        "end",
        0.035,
    )
    assert load(folder, values={"method.discount_rate": "2%"}).method.discount_rate == 0.02
    assert load(folder, values={"method": "green-book"}).method == sroi.PROFILES["green-book"]


# ── What is not assessed
# ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path",
    [
        "assumptions.lamps",
        "outcomes.light.quantity",
        "outcomes.light.deadweight",
        "outcomes.light.starts",
        "inputs.grant.value",
    ],
)
def test_a_later_null_overrides_and_blocks(folder, path):
    study = study_over(folder, {path: None})
    with pytest.raises(sroi.UndefinedResultError) as error:
        sroi.evaluate(study)
    assert path in {problem.path for problem in error.value.problems}


def test_a_null_that_nothing_reaches_does_not_block(folder):
    study = study_over(folder, {"assumptions.lamps": None, "outcomes.light.quantity": 10})
    assert sroi.evaluate(study).social_return_ratio == pytest.approx(1.5)


def test_a_null_is_filled_by_a_later_layer_and_never_by_an_earlier_one(folder):
    write(folder, "interventions/lighthouse", changed(TEMPLATE, {"assumptions.lamps": None}))
    write(folder, "national/union", pack("union", assumptions={"lamps": 7}))
    assert load(folder, borough="harbour").assumptions["lamps"].value == 7
    write(folder, "boroughs/harbour", pack("harbour", extends="nation", assumptions={"lamps": None}))
    assert load(folder, borough="harbour").assumptions["lamps"] is None


# ── Provenance
# ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_number_remembers_its_layer_file_and_line(folder):
    written = """\
    sroi: 1
    pack: harbour
    title: Harbour Town
    extends: nation
    assumptions:
      price: 150
    interventions:
      lighthouse:
        assumptions:
          lamps:
            {value: 12,
             rationale: counted}
    """
    place = write(folder, "boroughs/harbour", "\n".join(line[4:] for line in written.splitlines()))
    study = folder / "study.yaml"
    study.write_text(
        text_of(changed(STUDY, {"borough": "harbour", "outcomes.light.deadweight": "20%"})), encoding="utf-8"
    )
    found = numbers(sroi.load(study, packs=[folder], values={"outcomes.light.drop_off": "10%"}))
    where = {
        path: (number["layer"], number["file"], number["line"])
        for path, number in found.items()
        if "file" in number
    }
    template = folder / "interventions" / "lighthouse.yaml"
    assert where["assumptions.price"] == ("pack harbour", str(place), 6)
    assert where["assumptions.lamps"] == ("pack harbour", str(place), 11)
    assert where["outcomes.light.deadweight"] == ("study", str(study), line_of(study, '"deadweight"'))
    assert where["outcomes.light.displacement"] == (
        "intervention lighthouse",
        str(template),
        line_of(template, '"displacement"'),
    )
    assert found["outcomes.light.drop_off"]["layer"] == "--set"


def line_of(file, text):
    return next(
        number for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if text in line
    )


def test_a_shipped_number_names_its_file_as_an_installed_package_does():
    number = numbers(sroi.load("local-area-coordination", borough="derby"))["assumptions.people_introduced"]
    assert (number["layer"], number["file"]) == ("pack derby", "assumptions/boroughs/derby.yaml")
    assert number["line"] > 1


def test_every_text_that_was_laid_under_a_study_is_named_with_its_hash(folder):
    study = study_over(folder, {"borough": "harbour"})
    assert set(study.provenance.packs) == {"union", "nation", "harbour", "lighthouse"}
    assert all(len(digest) == 64 for digest in (*study.provenance.packs.values(), study.provenance.sha256))


def test_a_borrowed_number_says_from_where(folder):
    borrowed = {
        "value": 12,
        "low": 1,
        "high": 20,
        "borrowed_from": "island",
        "rationale": "none of its own was counted",
    }
    write(
        folder,
        "boroughs/harbour",
        pack("harbour", extends="nation", interventions={"lighthouse": {"assumptions": {"lamps": borrowed}}}),
    )
    result = sroi.evaluate(load(folder, borough="harbour"))
    number = next(number for number in result.provenance["numbers"] if number["path"] == "assumptions.lamps")
    assert (number["value"], number["borrowed_from"], number["rationale"]) == (
        12,
        "island",
        "none of its own was counted",
    )
    assert "borrowed from island" in result.explain("light")
    assert (
        "1 are borrowed from another place" in result.to_markdown()
        or "1 is borrowed from another place" in result.to_markdown()
    )


def test_a_problem_in_a_pack_is_placed_in_the_pack(folder):
    place = write(folder, "boroughs/harbour", pack("harbour", extends="nation", assumptions={"share": "1 +"}))
    with pytest.raises(sroi.DocumentError) as error:
        load(folder, borough="harbour")
    (problem,) = error.value.problems
    assert (problem.file, problem.line, problem.path) == (
        str(place),
        line_of(place, '"share"'),
        "assumptions.share",
    )


def test_a_problem_that_a_layer_brings_is_placed_in_that_layer(folder):
    place = write(
        folder, "boroughs/harbour", pack("harbour", extends="nation", assumptions={"lamps": "price * oil"})
    )
    with pytest.raises(sroi.DocumentError, match="oil, which is not an assumption") as error:
        load(folder, borough="harbour")
    assert {(problem.file, problem.line) for problem in error.value.problems} == {
        (str(place), line_of(place, '"lamps"'))
    }


# ── The header
# ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", HEADER)
def test_a_study_says_its_own_header_even_where_the_intervention_has_one(folder, key):
    with pytest.raises(sroi.DocumentError, match=f"{key} is missing; add {key}:"):
        sroi.loads(text_of({name: value for name, value in STUDY.items() if name != key}), packs=[folder])


def test_stakeholders_inputs_and_outcomes_may_come_from_the_intervention(folder):
    assert sroi.evaluate(study_over(folder)).social_return_ratio == pytest.approx(1.5)


# ── Sources and claims
# ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_number_of_a_pack_may_name_the_packs_own_source(folder):
    sources = {"register": {"title": "The harbour's register"}}
    write(
        folder,
        "boroughs/harbour",
        pack(
            "harbour",
            extends="nation",
            assumptions={"lamps": {"value": 9, "source": "register"}},
            sources=sources,
        ),
    )
    assert list(load(folder, borough="harbour").sources) == ["keepers", "register"]


def test_claims_about_other_interventions_stay_with_the_place(folder):
    claim = {"says": "four for one", "meaning": "unclear"}
    claims = {
        "of-it": {**claim, "intervention": "lighthouse"},
        "of-none": claim,
        "of-another": {**claim, "intervention": "pier"},
    }
    write(folder, "boroughs/harbour", pack("harbour", extends="nation", claims=claims))
    assert set(load(folder, borough="harbour").claims) == {"of-it", "of-none"}


# ── Finding packs
# ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["harbour", "Harbour", "HARBOUR", "Harbour Town", "harbour town", "E99000001", "e99000001"]
)
def test_a_place_is_found_by_identifier_name_and_code(folder, name):
    assert load(folder, borough=name).borough == "harbour"
    assert study_over(folder, {"borough": name}).borough == "harbour"


@pytest.mark.parametrize("name", ["haringey", "Haringey", "London Borough of Haringey", "E09000014"])
def test_a_shipped_place_is_found_by_identifier_name_and_code(name):
    assert sroi.load("local-area-coordination", borough=name).borough == "haringey"


def test_an_unknown_place_is_answered_with_the_nearest(folder):
    with pytest.raises(
        sroi.NotFoundError, match=r"there is no place or pack harbourr; did you mean harbour\?"
    ):
        load(folder, borough="harbourr")
    with pytest.raises(
        sroi.DocumentError, match=r"borough: there is no place or pack harbourr; did you mean harbour\?"
    ) as error:
        study_over(folder, {"borough": "harbourr"})
    assert error.value.problems[0].line > 1


def test_an_unknown_intervention_is_answered_with_the_nearest(folder):
    with pytest.raises(
        sroi.NotFoundError, match=r"there is no intervention lighthouses; did you mean lighthouse\?"
    ):
        load(folder, "lighthouses")


def test_a_folder_may_hold_the_files_themselves(tmp_path):
    write(tmp_path, "harbour", yaml.safe_dump(pack("harbour", assumptions={"lamps": 3})))
    write(tmp_path, "lighthouse", yaml.safe_dump(TEMPLATE))
    assert load(tmp_path, borough="harbour").assumptions["lamps"].value == 3
    assert "lighthouse" in sroi.Library([tmp_path]).interventions()


def test_folders_in_the_environment_are_looked_into_after_those_given(folder, tmp_path_factory, monkeypatch):
    first, second, third = (tmp_path_factory.mktemp(name) for name in ("first", "second", "third"))
    for position, other in enumerate((first, second, third)):
        write(other, "boroughs/harbour", pack("harbour", assumptions={"lamps": position}))
    monkeypatch.setenv("SROI_PACKS", os.pathsep.join(map(str, (second, third, folder))))
    assert sroi.load("lighthouse", borough="harbour").assumptions["lamps"].value == 1
    assert sroi.load("lighthouse", borough="harbour", packs=[first]).assumptions["lamps"].value == 0


def test_an_own_pack_stands_before_the_shipped_one_of_its_name(tmp_path):
    write(tmp_path, "boroughs/haringey", pack("haringey", extends="england", assumptions={"population": 1}))
    own = sroi.Library([tmp_path]).place("haringey")
    assert own.pack.assumptions["population"].value == 1
    assert sroi.Library().place("haringey").pack.assumptions["population"].value > 1


def test_an_own_pack_may_extend_a_shipped_one(tmp_path):
    write(tmp_path, "boroughs/harbour", pack("harbour", extends="england"))
    assert [place.name for place in sroi.Library([tmp_path]).chain("harbour")] == ["uk", "england", "harbour"]


def test_a_place_without_a_pack_of_its_own_has_the_figures_of_the_table():
    (nation, _, place) = sroi.Library().chain("Nottingham")[-3:]
    assert (nation.name, place.name, place.pack.gss) == ("uk", "nottingham", "E06000018")
    study = sroi.loads(text_of(small({"outcomes.change.quantity": "population"}, borough="E06000018")))
    assert study.borough == "nottingham"
    number = numbers(study)["assumptions.population"]
    assert number["value"] > 300_000
    assert number["file"] == "assumptions/reference/local_authorities.csv"
    line = (
        assumptions_folder()
        .joinpath("reference", "local_authorities.csv")
        .read_text(encoding="utf-8")
        .splitlines()[number["line"] - 1]
    )
    assert line.startswith("E06000018")
    assert number["source"] in study.sources


def test_every_local_authority_rests_on_its_nation():
    library = sroi.Library()
    chains = {authority.gss: library.chain(authority.gss) for authority in authorities()}
    assert {chain[0].name for chain in chains.values()} == {"uk"}
    assert [chain[-1].pack.gss for chain in chains.values()] == list(chains)


def test_an_own_pack_that_cannot_be_read_does_not_hide_the_others(folder):
    write(folder, "boroughs/abyss", "{")
    assert load(folder, borough="E99000001").borough == "harbour"
    with pytest.raises(sroi.DocumentError, match=r"abyss\.yaml:"):
        load(folder, borough="abyss")


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(sroi.NotFoundError, match="there is no such folder"):
        sroi.Library([tmp_path / "nowhere"])


@pytest.mark.parametrize("parent", ["harbour", "nation"])
def test_packs_that_extend_each_other_are_refused(folder, parent):
    write(folder, "national/union", pack("union", extends=parent))
    with pytest.raises(sroi.DocumentError, match=r"circle: .*→.*→") as error:
        load(folder, borough="harbour")
    assert "extends" in str(error.value)


def test_a_pack_of_another_currency_is_refused(folder):
    write(folder, "national/union", pack("union", currency="EUR"))
    with pytest.raises(sroi.DocumentError, match="currency: the study is in GBP and the pack union in EUR"):
        load(folder, borough="harbour")


def test_a_study_in_the_currency_of_its_packs_is_read(folder):
    write(folder, "interventions/lighthouse", {**TEMPLATE, "currency": "EUR"})
    for name, place in (
        ("national/union", pack("union")),
        ("national/nation", pack("nation", extends="union")),
        ("boroughs/harbour", pack("harbour", extends="nation")),
    ):
        write(folder, name, {**place, "currency": "EUR"})
    assert (
        sroi.evaluate(study_over(folder, {"borough": "harbour", "currency": "EUR"})).study.currency == "EUR"
    )


@pytest.mark.parametrize("place", sroi.Library().places(), ids=lambda place: place.name)
def test_a_shipped_pack_rests_on_packs_of_its_own_currency(place):
    chain = sroi.Library().chain(place.name)
    assert chain[-1].name == place.name
    assert {each.pack.currency for each in chain} == {place.pack.currency}


@pytest.mark.parametrize("called", ["my_place", "MY_PLACE", " my_place "])
def test_a_pack_and_an_intervention_may_have_an_underscore_in_their_names(tmp_path, called):
    write(tmp_path, "my_place", {**pack("my_place"), "extends": "wales"})
    library = sroi.Library([tmp_path])
    assert library.place(called).name == "my_place"
    assert library.chain(called)[-1].name == "my_place"
    write(tmp_path, "my_clubs", {"sroi": 1, "id": "my_clubs", "title": "Clubs"})
    assert sroi.Library([tmp_path]).intervention("my_clubs").root["id"] == "my_clubs"


@pytest.mark.parametrize("nameless", ["", " ", "none", "None", "x" * 5_000, "a\0b", "../.."])
def test_what_is_no_name_names_no_place(tmp_path, nameless):
    write(tmp_path, "uncoded", pack("uncoded", extends="england"))
    with pytest.raises(sroi.NotFoundError) as caught:
        sroi.load("local-area-coordination", borough=nameless, packs=[tmp_path])
    assert len(str(caught.value)) < 300


def test_no_file_has_an_endless_name_or_one_that_no_file_can_have(tmp_path):
    with pytest.raises(sroi.NotFoundError, match="no intervention xxx"):
        sroi.load("x" * 5_000)
    for name in ("x" * 5_000 + ".yaml", "a\0b.yaml"):
        with pytest.raises(sroi.DocumentError, match="cannot be read"):
            sroi.load(tmp_path / name)


def test_a_study_in_a_flat_folder_is_not_taken_for_the_pack_of_its_name(tmp_path):
    write(tmp_path, "derby", {"sroi": 1, "id": "derby", "title": "A study of mine"})
    assert sroi.Library([tmp_path]).place("derby").pack.gss == "E06000015"
    write(tmp_path, "mens-shed", pack("mens-shed", extends="england"))
    assert sroi.Library([tmp_path]).intervention("mens-shed").root["id"] == "mens-shed"


def test_one_folder_of_packs_need_not_stand_in_a_list(folder):
    for packs in (folder, str(folder)):
        assert sroi.loads(text_of(STUDY), packs=packs) == study_over(folder)


def test_a_key_that_is_no_text_is_refused_where_it_stands(folder):
    with pytest.raises(sroi.DocumentError, match=r"method\[1\]"):
        sroi.change(study_over(folder), method={1: 2})


@pytest.mark.parametrize("length", [250, 251, 256, 300, 5_000, 100_000])
@pytest.mark.parametrize("where", ["extends", "place", "intervention", "argument"])
def test_a_name_that_no_file_can_have_is_not_found(tmp_path, where, length):
    name = "a" * length
    own = pack("own", extends=name if where == "extends" else "england")
    write(tmp_path, "own", own)
    study = small(**{"place": "own", **({where: name} if where in ("place", "intervention") else {})})
    place = name if where == "argument" else None
    with pytest.raises(sroi.SroiError) as refused:
        sroi.loads(text_of(study), place=place, packs=tmp_path)
    assert "there is no" in str(refused.value)
    assert len(str(refused.value)) < 2_000
