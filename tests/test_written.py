"""Numbers as people write them: read where they mean one thing, else refused with what to write."""

import json

import pytest
import yaml

import sroi
from sroi.documents import reader
from sroi.documents.authorities import authorities, authority
from sroi.resolution import numbers_of
from tests.helpers import small


def text_of(changes=None, **sections):
    return yaml.safe_dump(small(changes, **sections), sort_keys=False)


def with_value(value, text=None):
    """A study's text in which the value of the outcome stands as it is given."""
    return (text or text_of()).replace("value: 200", f"value: {value}")


def refusal(text, **options):
    with pytest.raises(sroi.DocumentError) as caught:
        sroi.loads(text, **options)
    return "\n".join(map(str, caught.value.problems))


CUT = [
    ("[85,250, 85,500, 80,750]", ["85,250", "85_250", "85,500", "80_750"]),
    ("[1,200]", ["1,200", "1_200", "1, 200"]),
    ("[100,200]", ["100_200", "100, 200"]),
    ("[1,234,567]", ["1_234_567", "3 numbers"]),
    ("{value: 24,000}", ["24,000", "24_000"]),
    ("{value: £24,000, rationale: asked}", ["£24,000", "24_000"]),
    ("{low: 1,000, value: 2,500.50, high: 3,000}", ["1_000", "2_500.50", "3_000"]),
    ("[{value: 24,000}]", ["24_000"]),
    ("[\n  85,250,\n  85,500]", ["85_250", "85_500"]),
    ("{value: 10, rationale: of 24,000 people}", ["24_000", "quotes"]),
    ("[-1,200]", ["-1_200"]),
]


@pytest.mark.parametrize(("value", "said"), CUT)
def test_a_number_that_its_comma_cuts_is_refused_by_name(value, said):
    found = refusal(with_value(value))
    assert all(each in found for each in said), found
    assert "000 is not known" not in found
    assert found.splitlines()[0].startswith("<text>:")


@pytest.mark.parametrize(("value", "said"), CUT)
def test_so_it_is_where_a_value_is_set(value, said):
    found = refusal(text_of(), values={"outcomes.change.value": value})
    assert all(each in found for each in said), found


def test_so_it_is_in_a_pack(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "sroi: 1\npack: mine\ntitle: Mine\nassumptions: {people: {value: 24,000, rationale: asked}}\n"
    )
    with pytest.raises(sroi.DocumentError, match=r"mine\.yaml:4:31: 24,000 .*24_000"):
        sroi.loads(text_of(), place="mine", packs=[tmp_path])


def test_so_it_is_in_json_that_a_person_wrote():
    found = refusal(json.dumps(small(), indent=1).replace('"value": 1000', '"value": [85,250, 85,500]'))
    assert "write 85250, or 85, 250" in found


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("[85, 250]", [85, 250]),
        ("[10,20]", [10, 20]),
        ("[1000,200]", [1000, 200]),
        ("[1.5,200]", [1.5, 200]),
        ("[85_250, 85_500]", [85250, 85500]),
    ],
)
def test_a_list_that_can_only_be_one_is_read(value, read):
    document = text_of().replace("value: 1000", f"value: {value}")
    assert [each.value for each in sroi.loads(document).inputs["grant"].value] == read


def test_json_that_a_machine_wrote_without_spaces_is_read():
    document = json.dumps(small({"inputs.grant.value": [100, 200, 300]}), separators=(",", ":"))
    assert len(sroi.loads(document).inputs["grant"].value) == 3


def test_thousands_inside_a_function_are_asked_about():
    assert "24_500, or 24, 500" in refusal(with_value("max(100, 24,500)"))
    assert sroi.evaluate(sroi.loads(with_value("max(100, 200)"))).present_value == 2000


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\u2212200", -200),
        ("20 \u00d7 10", 200),
        ("1\u202f200", 1200),
        ("1\u00a0200", 1200),
        ("200\u00a0", 200),
        ("\u201c200\u201d", 200),
        ("400\u00a0\u00f7\u00a02", 200),
    ],
)
def test_the_signs_of_a_typesetter_are_read(written, read):
    assert sroi.evaluate(sroi.loads(with_value(written))).outcomes[0].value == read


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("n/a", "null"),
        ("TBC", "null"),
        ("tbc", "null"),
        ("unknown", "null"),
        ('"-"', "null"),
        ("-", "null"),
        ("~5", "write 5"),
        ("c. 5", "write 5"),
        ("20-40", "low: 20, high: 40"),
        ("20\u201340", "en dash"),
        ("20 to 40", "low: 20, high: 40"),
        ("£85,250", "write 85250"),
        ("\u2212£17.60", "write -17.60"),
        ("£3.34m", "write 3340000"),
        ("41,50", "write 41.50"),
        ("50p", "write 0.5"),
        ("20 \u2013 4", "en dash"),
        ("2024-25", "financial year"),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_write(written, said):
    assert said in refusal(with_value(written)), refusal(with_value(written))


def test_a_key_that_its_value_touches_is_named():
    touching = text_of().replace("drop_off: 0", "drop_off:25%")
    assert "write drop_off: 25%" in refusal(touching)
    assert "write value: 24" in refusal(with_value("{value:24}"))


def test_a_space_of_a_typesetter_after_a_colon_or_before_a_key_is_read():
    plain = text_of()
    for typeset in (
        plain.replace("drop_off: 0", "drop_off:\u00a025%"),
        plain.replace("    drop", "\u00a0   drop"),
    ):
        assert sroi.loads(typeset).outcomes["change"].drop_off is not None


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_json_indented_by_tabs_is_read_with_and_without_libyaml(loader, monkeypatch):
    monkeypatch.setattr(reader, "_Loader", loader)
    document = json.dumps(small({"title": "A\tB"}), indent="\t").replace('": ', '":\t')
    assert sroi.loads(document).title == "A\tB"


@pytest.mark.parametrize(
    ("share", "said", "never"),
    [
        ("130%", "130%", "1.3%"),
        ("250%", "at most 100%", "2.5%"),
        ("30", "30% or 0.3", "exchange"),
        ("{value: 30%, low: 10, high: 50%}", "low: 10%", "exchange"),
        ("{value: 30, low: 10%, high: 50%}", "value: 30%", "widen"),
        ("20-40%", "low: 20%, high: 40%", "19.6"),
    ],
)
def test_a_hint_makes_nothing_worse(share, said, never):
    found = refusal(text_of().replace("deadweight: 0", f"deadweight: {share}"))
    assert said in found
    assert never not in found.replace("130%", "")


def test_an_assumption_in_per_cent_has_its_range_in_per_cent():
    document = small(assumptions={"kept": {"value": "30%", "low": "10%", "high": 50, "rationale": "asked"}})
    assert "high: 50%" in refusal(yaml.safe_dump(document))


@pytest.mark.parametrize(
    ("path", "written", "read"),
    [
        ("outcomes.change.deadweight", "1 - 0.9 - 0.1", 0),
        ("outcomes.change.deadweight", "0.7 + 0.2 + 0.1", 1),
        ("outcomes.change.deadweight", "0.1 * 3 + 0.7", 1),
        ("inputs.grant.years", "3.3 / 1.1", 3),
        ("outcomes.change.duration", "0.1 * 3 / 0.1", 3),
    ],
)
def test_rounding_is_nothing_wrong(path, written, read):
    study = sroi.loads(text_of({path: written}))
    assert sroi.evaluate(study).present_value >= 0
    assert numbers_of(study).value(path) == read


def test_a_duration_a_rounding_above_three_is_three_benefit_years():
    whole = text_of(
        {"outcomes.change.duration": "0.1 * 3 / 0.1"}, method={"profile": "default", "part_years": "whole"}
    )
    assert len(sroi.evaluate(sroi.loads(whole)).outcomes[0].by_year) == 3


def test_what_is_out_of_bounds_by_more_than_rounding_is_refused():
    assert "not a share" in refusal(text_of({"outcomes.change.deadweight": "1 - 0.9 - 0.1001"}))
    assert "whole number" in refusal(text_of({"inputs.grant.years": "3.3 / 1.1001"}))


def test_an_outcome_without_a_kind_is_in_no_claim_of_savings():
    document = small({"outcomes.change.stakeholder": "council", "outcomes.change.kind": "resource"})
    stated = sroi.evaluate(sroi.loads(yaml.safe_dump(document)))
    del document["outcomes"]["change"]["kind"]
    left_out = sroi.evaluate(sroi.loads(yaml.safe_dump(document)))
    document["outcomes"]["change"]["kind"] = None
    null = sroi.evaluate(sroi.loads(yaml.safe_dump(document)))
    assert stated.savings_ratio == stated.social_return_ratio == left_out.social_return_ratio == 2
    for result in (left_out, null):
        assert result.savings_ratio == 0
        assert result.row("change").kind == "not_stated"
        assert "all of it of a kind that is not stated, which may not be money saved" in result.statement
        assert any("kind is not stated" in each and "“Change”" in each for each in result.warnings)
        ratios = {each.name: each for each in sroi.ledger(result).ratios}
        for name in ("savings_return", "fiscal_return", "cashable_return", "social_return_without_wellbeing"):
            assert not ratios[name].value, name
    assert not any("kind is not stated" in each for each in stated.warnings)
    assert sroi.loads(sroi.dumps(null.study)) == null.study


@pytest.mark.parametrize("years", [("2022-23", "2022-23"), ("2022-23", 2022)])
def test_a_financial_first_year_is_read_and_printed(years):
    first_year, price_year = years
    study = sroi.loads(
        text_of({"first_year": first_year, "price_year": price_year, "outcomes.change.duration": 2})
    )
    result = sroi.evaluate(study)
    assert str(study.first_year) == "2022-23"
    assert result.to_dict()["first_year"] == "2022-23"
    assert json.loads(json.dumps(result.to_dict()))["first_year"] == "2022-23"
    assert list(result.frames["by_year"].index) == ["2022-23", "2023-24"]
    assert "2023-24" in str(result.explain("change"))
    assert sroi.loads(sroi.dumps(study)) == study
    assert str(sroi.loads(sroi.dumps(study)).first_year) == "2022-23"


def test_a_first_year_that_is_no_financial_year_is_refused():
    assert '"2022-23"' in refusal(text_of({"first_year": "2022-24"}))


def test_nominal_money_of_financial_years_is_converted_from_them():
    nominal = {"inputs.grant.value": [1000, 1000], "inputs.grant.prices": "nominal"}
    study = sroi.loads(text_of({"first_year": "2022-23", "price_year": "2022-23", **nominal}))
    assert numbers_of(study).price_factors["grant"][0] == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"inputs.grant.value": [10] * 6, "outcomes.change.quantity": [1, 2, 3]},
            "6 years (“Grant”) beside 3 cohorts",
        ),
        ({"inputs.grant.years": 3}, "3 years (“Grant”) beside 1 cohort"),
        ({"outcomes.change.quantity": [1, 2]}, "1 year (“Grant”) beside 2 cohorts"),
    ],
)
def test_inputs_and_cohorts_of_different_numbers_of_years_are_told(changes, said):
    assert any(said in each for each in sroi.evaluate(sroi.loads(text_of(changes))).warnings)


def test_benefits_that_begin_after_the_first_cost_and_end_with_the_last_are_of_as_many_years():
    twenty = {"inputs.grant.years": 6, "outcomes.change.starts": "after", "outcomes.change.drop_off": 0.1}
    for years, told in ((5, False), (4, True)):
        study = sroi.loads(text_of({**twenty, "outcomes.change.duration": years}))
        assert any("cohort" in each for each in sroi.evaluate(study).warnings) is told


def test_inputs_and_cohorts_of_the_same_number_of_years_are_not():
    alike = text_of({"inputs.grant.value": [10, 20], "outcomes.change.quantity": [1, 2]})
    assert not any("cohort" in each for each in sroi.evaluate(sroi.loads(alike)).warnings)


LISTED = {"outcomes.change.attribution": [0.1, 0.2, 0.3]}
WIDE = {"value": 3, "low": 1, "high": 4, "rationale": "asked"}


def test_a_range_at_whose_end_deductions_outlast_the_outcome_is_found_when_it_is_loaded():
    assert "lasts 1 benefit year, and attribution lists 3" in refusal(
        text_of({"outcomes.change.duration": WIDE, **LISTED})
    )
    computed = text_of({"outcomes.change.duration": "lasting * 1", **LISTED}, assumptions={"lasting": WIDE})
    assert "assumptions.lasting.low" in refusal(computed)
    narrow = {**WIDE, "low": 2.5}
    assert sroi.loads(text_of({"outcomes.change.duration": narrow, **LISTED}))


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("Hull", "kingston-upon-hull"),
        ("City of Hull", "kingston-upon-hull"),
        ("Durham", "county-durham"),
        ("bristol", "city-of-bristol"),
        ("Bristol, City of", "city-of-bristol"),
        ("Glasgow", "glasgow-city"),
        ("City of Glasgow", "glasgow-city"),
        ("Belfast", "belfast"),
        ("Western Isles", "eilean-siar"),
        ("Na h-Eileanan Siar", "eilean-siar"),
        ("King’s Lynn", "kings-lynn-and-west-norfolk"),
        ("Newcastle", "newcastle-upon-tyne"),
        ("Edinburgh", "city-of-edinburgh"),
        ("Brighton", "brighton-and-hove"),
        ("Stoke", "stoke-on-trent"),
        ("Anglesey", "isle-of-anglesey"),
        ("Derry", "derry-city-and-strabane"),
        ("Hammersmith", "hammersmith-and-fulham"),
        ("S12000046", "glasgow-city"),
        ("E08000020", "gateshead"),
        ("E08000039", "sheffield"),
        ("E08000019", "sheffield"),
    ],
)
def test_a_place_is_found_by_its_everyday_name_and_by_every_code(called, name):
    assert sroi.Library().place(called).name == name


def test_no_everyday_name_takes_the_place_of_another():
    for each in authorities():
        assert authority(each.name) is each
        assert authority(each.gss) is each
    assert sroi.Library().place("london").name == "london"


def test_draws_count_no_rounding_as_out_of_bounds():
    part = {"value": 0.3, "low": 0.1, "high": 0.7, "rationale": "asked"}
    study = small({"outcomes.change.deadweight": "part + (1 - part) - 0.9 - 0.1"}, assumptions={"part": part})
    drawn = sroi.simulate(sroi.loads(yaml.safe_dump(study)), draws=500)
    assert not [each for each in drawn.warnings if "deadweight" in each]
