"""Price indices of a pack's own, in euros and dollars: what is converted by them, and what is refused."""

import json
import os

import jsonschema
import pytest

import sroi
from sroi.documents import Library
from sroi.documents.filecheck import check_file
from sroi.documents.packcheck import check_packs

PACK = """
sroi: 1
pack: {name}
title: A country
currency: {currency}
deflators: {deflators}
assumptions:
  proxy: {{value: 100, price_year: 2015, source: made}}
sources:
  made: {{title: A table made for this test}}
"""
STUDY = """
sroi: 1
id: abroad
title: A study abroad
kind: forecast
place: {name}
currency: {currency}
price_year: 2024
first_year: 2024
stakeholders:
  people: {{title: People, size: 10}}
  state: {{title: State}}
inputs:
  grant: {{title: Grant, stakeholder: state, kind: cash, value: {{value: 1000, price_year: 2020}}}}
outcomes:
  change:
    title: Change
    stakeholder: people
    kind: wellbeing
    quantity: 10
    value: proxy
    starts: during
    duration: 1
    deadweight: 0
    displacement: 0
    attribution: 0
    drop_off: 0
"""
TABLE = "deflator,year,index,status\ngdp,2015,100,outturn\ngdp,2020,110,\ngdp,2024,132,forecast\n"
OF_A_SOURCE = (
    "deflator,year,index,status,source\ngdp,2015,100,,made\ngdp,2020,110,,made\ngdp,2024,132,,made\n"
)
ONE = TABLE.replace("gdp,", "").replace("deflator,", "")


def written(folder, currency="EUR", deflators="prices.csv", table=TABLE, name="abroad", study_currency=None):
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(PACK.format(name=name, currency=currency, deflators=deflators))
    (folder / "prices.csv").write_text(table)
    study = folder.parent / "study.yaml"
    study.write_text(STUDY.format(name=name, currency=study_currency or currency))
    return study


def loaded(tmp_path, **kwargs):
    return sroi.load(written(tmp_path / "packs", **kwargs), packs=[tmp_path / "packs"])


@pytest.mark.parametrize(("currency", "sign"), [("EUR", "€"), ("USD", "$"), ("SEK", "SEK ")])
def test_money_moves_by_the_packs_own_index_and_has_its_own_sign(run, tmp_path, currency, sign):
    result = sroi.evaluate(loaded(tmp_path, currency=currency))
    assert result.investment == pytest.approx(1000 * 132 / 110)
    assert result.present_value == pytest.approx(10 * 100 * 132 / 100)
    said = run("evaluate", tmp_path / "study.yaml", "--packs", tmp_path / "packs").stdout
    assert f"{sign}1.10" in said
    assert "£" not in said


@pytest.mark.parametrize(
    "deflators",
    [
        "{gdp: prices.csv}",
        "{gdp: {source: made, file: prices.csv}}",
        '{gdp: {rows: [{year: 2015, index: 50}, {year: 2020, index: "55"}, {year: 2024, index: 66}]}}',
    ],
)
def test_every_form_of_an_index_gives_the_same(tmp_path, deflators):
    result = sroi.evaluate(loaded(tmp_path, deflators=deflators, table=ONE))
    assert result.social_return_ratio == pytest.approx(1320 / 1200)


def test_a_forecast_of_the_index_is_said_by_its_name(tmp_path):
    forecast = [
        each for each in sroi.evaluate(loaded(tmp_path)).warnings if each.id == "prices-on-a-forecast"
    ]
    assert [dict(each.data)["index"] for each in forecast] == ["GDP deflator in EUR"]


def test_without_an_index_of_its_currency_nothing_is_converted_in_silence(tmp_path):
    with pytest.raises(sroi.DocumentError) as error:
        loaded(tmp_path, deflators="{}")
    paths = {problem.path for problem in error.value.problems}
    assert paths == {"assumptions.proxy.price_year", "inputs.grant.value.price_year"}
    assert all("the indices here are of GBP" in problem.message for problem in error.value.problems)
    assert all("deflators: FILE.csv" in problem.hint for problem in error.value.problems)


def test_another_index_than_the_methods_is_not_taken_in_its_place(tmp_path):
    with pytest.raises(sroi.DocumentError, match="deflators has cpi alone, and the method converts by gdp"):
        loaded(tmp_path, table=TABLE.replace("gdp", "cpi"))


def test_a_pack_of_another_currency_is_refused(tmp_path):
    with pytest.raises(sroi.DocumentError, match="the study is in GBP and the pack abroad in EUR"):
        loaded(tmp_path, study_currency="GBP")


def test_an_intervention_of_another_currency_is_refused(tmp_path):
    study = written(tmp_path / "packs")
    study.write_text(study.read_text() + "intervention: debt-advice\n")
    with pytest.raises(
        sroi.DocumentError, match="the study is in EUR and the intervention debt-advice in GBP"
    ):
        sroi.load(study, packs=[tmp_path / "packs"])


def test_an_index_in_pounds_comes_before_the_shipped_one(tmp_path):
    assert sroi.evaluate(loaded(tmp_path, currency="GBP")).investment == pytest.approx(1200)


def test_a_wellbeing_value_abroad_never_moves_with_incomes_in_the_united_kingdom(tmp_path):
    study = written(tmp_path / "packs")
    pack = tmp_path / "packs" / "abroad.yaml"
    pack.write_text(pack.read_text().replace("price_year: 2015,", "price_year: 2015, uprate: wellby,"))
    result = sroi.evaluate(sroi.load(study, packs=[tmp_path / "packs"]))
    assert result.present_value == pytest.approx(1320)
    assert "real-income-unknown" in {each.id for each in result.warnings}
    income = "real_income,2015,100\nreal_income,2024,121\n".replace("\n", ",\n")
    written(tmp_path / "packs", table=TABLE + income)
    pack.write_text(pack.read_text().replace("price_year: 2015,", "price_year: 2015, uprate: wellby,"))
    result = sroi.evaluate(sroi.load(study, packs=[tmp_path / "packs"]))
    assert result.present_value == pytest.approx(1320 * 1.21**1.3)


@pytest.mark.parametrize(
    ("deflators", "table", "said"),
    [
        ("../prices.csv", TABLE, "not a table beside the pack"),
        ("/etc/passwd", TABLE, "not a table beside the pack"),
        ("a/prices.csv", TABLE, "not a table beside the pack"),
        ("..\\prices.csv", TABLE, "not a table beside the pack"),
        ("{gdp: ../prices.csv}", ONE, "not a table beside the pack"),
        ("{gdp: {file: ../prices.csv}}", ONE, "not a table beside the pack"),
        ("link.csv", TABLE, "a link to a file elsewhere"),
        ("pipe.csv", TABLE, "it is a pipe"),
        ("absent.csv", TABLE, "there is no such file"),
        ("prices.csv", "x" * 1_100_000, "the file has 1,100,000 bytes"),
        ("prices.csv", ONE, "no column deflator"),
        ("{gdp: prices.csv}", TABLE, "the column deflator stands in the table of one index"),
        ("prices.csv", "", "no column year"),
        ("prices.csv", TABLE.replace("110", "0"), "0 is not the level of an index"),
        ("prices.csv", TABLE.replace("110", "nan"), "is not the level of an index"),
        ("prices.csv", TABLE.replace("110", "1,10"), "5 cells under 4 columns"),
        ("prices.csv", TABLE.replace("2020", "2015"), "listed twice"),
        ("prices.csv", TABLE.replace("2020", "20/21"), "is not a price year"),
        ("prices.csv", TABLE.replace("gdp,2020", "gpd,2020"), "there is no deflator gpd"),
        ("prices.csv", TABLE.replace("status", "state"), "there is no column state"),
        ("prices.csv", TABLE.replace("forecast", "guess"), "guess"),
        ("prices.csv", TABLE + '"', "not CSV"),
        ("prices.csv", OF_A_SOURCE.replace("made", "mode"), "there is no source mode"),
        ("prices.csv", OF_A_SOURCE.replace("110,,made", "110,,other"), "the source of one index is made and"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_where_it_stands(tmp_path, deflators, table, said):
    study = written(tmp_path / "packs", deflators=deflators, table=table)
    (tmp_path / "prices.csv").write_text(table)
    (tmp_path / "packs" / "link.csv").symlink_to(tmp_path / "prices.csv")
    os.mkfifo(tmp_path / "packs" / "pipe.csv")
    with pytest.raises(sroi.DocumentError) as error:
        sroi.load(study, packs=[tmp_path / "packs"])
    (problem,) = [each for each in error.value.problems if said in str(each)] or [None]
    assert problem is not None, str(error.value)
    assert problem.line
    assert problem.hint
    assert check_file(tmp_path / "packs" / "abroad.yaml").problems or "there is no source" in said


def test_a_year_that_the_index_lacks_is_refused_with_those_that_it_has(tmp_path):
    with pytest.raises(sroi.DocumentError) as error:
        loaded(tmp_path, table=TABLE.replace("gdp,2020", "gdp,2021"))
    (problem,) = error.value.problems
    assert "price year 2020 is outside the GDP deflator in EUR series" in problem.message
    assert "from 2015 to 2015, or from 2021 to 2021, or from 2024 to 2024" in problem.hint


def test_a_record_holds_the_index_and_is_computed_again_without_the_pack(tmp_path):
    study = loaded(tmp_path)
    kept = sroi.record(sroi.evaluate(study))
    assert {"abroad", "abroad/prices.csv"} == set(kept.content["packs"])
    assert sroi.loads(study.to_yaml()) == study
    file = kept.write(tmp_path / "record.json")
    for each in (tmp_path / "packs").iterdir():
        each.unlink()
    assert sroi.verify(file).same
    content = json.loads(file.read_text())
    content["study"]["text"] = content["study"]["text"].replace("132", "150")
    file.write_text(json.dumps(content))
    assert not sroi.verify(file).same


def test_a_difference_gives_a_changed_index_to_the_packs(tmp_path):
    old = loaded(tmp_path)
    new = loaded(tmp_path, table=TABLE.replace("132", "140").replace("110", "120"))
    found = sroi.diff(old, new)
    assert [part.change for part in found.ratio.parts] == ["packs"]
    assert found.ratio.difference == pytest.approx(1400 / (1000 * 140 / 120) - 1320 / 1200)


def test_a_pack_in_full_holds_its_index_and_its_currency(run, tmp_path):
    folder = tmp_path / "packs"
    study = written(folder)
    (folder / "town.yaml").write_text("sroi: 1\npack: town\ntitle: Town\nextends: abroad\ncurrency: EUR\n")
    shown = run("show", "town", "--yaml", "--packs", folder).stdout
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "town.yaml").write_text(shown)
    result = sroi.evaluate(sroi.load(study, place="town", packs=[alone]))
    assert result.investment == pytest.approx(1200)


def test_checking_packs_asks_where_an_index_is_from_and_for_one_currency(tmp_path):
    folder = tmp_path / "packs"
    written(folder, table=OF_A_SOURCE)
    assert not [each for each in check_packs(Library([folder])) if "deflators" in each.path]
    written(folder)
    (folder / "town.yaml").write_text("sroi: 1\npack: town\ntitle: Town\nextends: england\ncurrency: EUR\n")
    said = [problem.message for problem in check_packs(Library([folder]))]
    assert "deflators.gdp has neither source nor rationale" in said
    assert "the pack is in EUR and england, which it builds on, in GBP" in said


@pytest.mark.parametrize(
    "deflators",
    ["prices.csv", {"gdp": "prices.csv"}, {"cpi": {"rows": [{"year": 2020, "index": 1.5}] * 2}}],
)
def test_the_schema_of_a_pack_takes_every_form_of_an_index(deflators):
    pack = {"sroi": 1, "pack": "abroad", "title": "Abroad", "deflators": deflators}
    checker = jsonschema.Draft202012Validator(sroi.json_schema("pack"))
    assert not list(checker.iter_errors(pack))
    assert list(checker.iter_errors({**pack, "deflators": "../prices.csv"}))


def test_checking_packs_finds_a_price_year_that_no_index_of_the_currency_converts(tmp_path):
    written(tmp_path / "packs", deflators="{}")
    said = [problem.message for problem in check_packs(Library([tmp_path / "packs"]))]
    assert "a sum in EUR of 2015 cannot be converted: the indices here are of GBP" in said


def test_an_index_of_one_country_says_nothing_of_the_shipped_interventions(tmp_path):
    nations = tmp_path / "packs" / "national"
    nations.parent.mkdir()
    written(nations, table=OF_A_SOURCE, currency="GBP")
    problems = check_packs(Library([tmp_path / "packs"]))
    assert not [each for each in problems if each.file.startswith("assumptions/interventions")]
