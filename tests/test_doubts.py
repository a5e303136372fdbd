"""What a study may not mean as it is written: refused with what to write, or told beside the result."""

import json
import math

import pytest

import sroi

TEXT = """\
sroi: 1
id: small
title: Small
kind: forecast
currency: GBP
price_year: 2024
first_year: 2024
assumptions:
  members: {members}
  share: {share}
stakeholders:
  people: {{title: People, party: participant, size: 240}}
  council: {{title: Council, party: state, payer: council}}
inputs:
  grant: {{stakeholder: council, kind: cash, value: {grant}}}
outcomes:
  change:
    stakeholder: people
    quantity: {quantity}
    value: {value}
    starts: {starts}
    duration: {duration}
    deadweight: {deadweight}
    displacement: 0
    attribution: 0
    drop_off: 0
    kind: wellbeing
"""
PLAIN = {
    "members": "120",
    "share": "30%",
    "grant": "60000",
    "quantity": "100",
    "value": "1000",
    "starts": "during",
    "duration": "1",
    "deadweight": "30%",
}


def text(**written):
    return TEXT.format(**{**PLAIN, **written})


def refusal(written, **options):
    with pytest.raises(sroi.SroiError) as caught:
        sroi.evaluate(sroi.loads(written, **options))
    return str(caught.value)


def warnings_of(**written):
    return "\n".join(sroi.evaluate(sroi.loads(text(**written))).warnings)


def test_a_plain_study_is_told_nothing():
    assert warnings_of() == ""


REFUSED = [
    ({"grant": "60_000 + 10%"}, "adds 10% to 60000", "60000 * (1 + 10%)"),
    ({"grant": "60_000 - 10%"}, "takes 10% from 60000", "60000 * (1 - 10%)"),
    ({"grant": "2 * (60_000 - (5% + 10%))"}, "from 60000", "(1 - 5%)"),
    ({"grant": "500 * members + share"}, "adds share, a percentage,", "(1 + share)"),
    ({"grant": "{value: 60_000, low: 50_000, high: 60_000 + 10%}"}, "grant.value.high", "(1 + 10%)"),
    ({"grant": "60.000"}, "60.000 may be 60 or 60000", "write 60, or 60000"),
    ({"quantity": "1.200"}, "1.200 may be 1.2 or 1200", "write 1.2, or 1200"),
    ({"members": "'12.500'"}, "12.500 may be", "12500"),
    ({"grant": "60.000 * 2"}, "60.000 may be", "60000"),
    ({"grant": "1.234.567"}, "1.234.567", "write 1234567"),
    ({"grant": "'60.000,50'"}, "60.000,50", "write 60000.50"),
    ({"grant": "60_00"}, "an underscore of 60_00", "write 6000, or 60_000"),
    ({"grant": "2 * 60_00"}, "an underscore of 60_00", "write 6000, or 60_000"),
    ({"grant": "€3.900"}, "€3.900", "the study is in GBP: convert it from EUR"),
    ({"grant": "$3900"}, "$3900", "the study is in GBP: convert it from USD"),
    ({"grant": "3900 euros"}, "3900 euros", "the study is in GBP"),
    ({"grant": "€3,900"}, "€3,900", "the study is in GBP"),
    ({"grant": "{value: 3900, unit: EUR a year}"}, "EUR a year", "convert it to GBP"),
    ({"grant": "{value: 60, unit: £k}"}, "the unit of 60 is £k", "write 60000"),
    ({"value": "{value: 4500, unit: pence}"}, "pence", "write 45"),
    ({"members": "{value: 60, unit: £000}", "grant": "members"}, "£000", "write 60000"),
    ({"duration": "{value: 6, unit: months}"}, "years are counted", "write 6 / 12"),
    ({"members": "{value: 6, unit: months}", "duration": "members"}, "assumptions.members", "6 / 12"),
    ({"deadweight": "{value: 0.3, unit: '%'}"}, "the unit of 0.3 is %", "write 0.3%, or 30%"),
    ({"share": "{value: 35, unit: '%'}", "quantity": "members * share"}, "35 is %", "write 35%"),
    ({"members": "{value: 1000, sd: 10%, distribution: normal}"}, "sd 10% stands beside 1000", "sd: 100"),
    ({"members": "{value: 1000, low: 50%, high: 1500}"}, "low 50% stands beside 1000", "low: 500"),
    ({"share": "{value: 30%, sd: 5, distribution: normal}"}, "sd 5 stands beside 30%", "sd: 5%"),
    ({"deadweight": "{value: 0.5%, low: 0.1%, high: 1}"}, "high 1 stands beside 0.5%", "1%, or high: 100%"),
    ({"deadweight": "{value: 1%, low: 0.5, high: 2%}"}, "low 0.5 stands beside 2%", "low: 0.5%"),
    ({"share": "{value: 35, unit: '% of members'}", "quantity": "120 * share"}, "35 is %", "write 35%"),
    ({"share": "{value: 50, unit: pence}", "value": "3 * share"}, "50 is pence", "write 0.5"),
    ({"members": "{value: 60, unit: £k}", "grant": "2 * members"}, "60 is £k", "write 60000"),
    ({"members": "{value: 6, unit: months}", "duration": "max(members, 1)"}, "assumptions.members", "6 / 12"),
    ({"share": "{value: 35, unit: share of people}", "quantity": "share"}, "share of people", "write 35%"),
    ({"members": "{value: 120, price_year: 2014}", "quantity": "members"}, "members.price_year", "leave"),
    ({"members": "{value: 120, price_year: 2014}", "quantity": "members * share"}, "price_year", "leave"),
    ({"share": "35", "deadweight": "share"}, "35 is not a share", "write share: 35%"),
    ({"share": "35", "deadweight": "1 - share"}, "-34 is not a share", "write share: 35%"),
    ({"quantity": "min(200, share)"}, "compares share, a percentage, with 200", "200 * share"),
    ({"share": "{value: 0.1, unit: share}", "grant": "60_000 + share"}, "to 60000", "(1 + share)"),
    ({"grant": "110%"}, "110% is a share, and a finite sum of money is wanted", "1_000 * 110%"),
    ({"duration": "share"}, "share is a share, and a number of years", "1_000 * share"),
    ({"duration": "18 months"}, "18 months", "write 18 / 12"),
    ({"duration": "18m"}, "18m", "18 / 12 for months"),
    ({"grant": "5000 per month"}, "5000 per month", "write 5000 * 12"),
    ({"grant": "{value: 60, unit: £ (thousands)}"}, "(thousands)", "write 60000"),
    ({"quantity": "max(1,2000)"}, "1,2000 may be one number or two", "write 12000, or 1, 2000"),
    ({"grant": "{value: 1,5}"}, "1,5 is cut by its comma", "write 1.5, with a point"),
    ({"starts": "{years_later: 1,5}"}, "1,5 is cut by its comma", "with a point"),
    ({"grant": "1.234,56"}, "1.234,56 is cut by its comma", "write 1234.56"),
    ({"starts": "{years_later: none, a: 3}"}, "{years_later: none, a: 3} is not a start", "write during"),
]


@pytest.mark.parametrize(("written", "wrong", "instead"), REFUSED)
def test_what_may_mean_another_number_is_refused_with_what_to_write(written, wrong, instead):
    said = refusal(text(**written))
    assert wrong in said
    assert instead in said


SOUND = [
    {"share": "{value: 30%, low: 0.2, high: 0.4}"},
    {"share": "{value: 80%, low: 60%, high: 1}"},
    {"share": "{value: 80%, low: 60%, high: 100%}"},
    {"members": "{value: 120, sd: 10, distribution: normal}"},
    {"share": "{value: 35, unit: '% of members'}", "quantity": "120 * share / 100"},
    {"share": "{value: 50, unit: pence}", "value": "300 * share / 100"},
    {"members": "{value: 60, unit: £k}", "grant": "members * 1000"},
    {"members": "{value: 6, unit: months}", "duration": "members / 12"},
    {"value": "{value: 12, unit: per INR test}"},
    {"quantity": "min(members, 20%) * 100"},
    {"grant": "60_000 * (1 + 10%)"},
    {"grant": "60_000 + 60_000 * 10%"},
    {"deadweight": "1 - 70%"},
    {"deadweight": "0.2 + 10%"},
    {"quantity": "100 * (1 + share + share**2)"},
    {"deadweight": "0.125"},
    {"deadweight": "0.300"},
    {"grant": "1_000_000.5"},
    {"grant": "1234.567"},
    {"members": "1.024", "grant": "60_000 * members"},
    {"members": "{value: 60, unit: £k}", "grant": "members * 1_000"},
    {
        "members": "{value: 3_900, unit: EUR}",
        "share": "{value: 0.86, unit: GBP per EUR}",
        "grant": "members * share",
    },
    {"members": "{value: 18, unit: months}", "duration": "members / 12"},
    {"share": "{value: 35, unit: '%'}", "quantity": "members * share / 100"},
    {"grant": "{value: 60_000, unit: GBP a year, price_year: 2023}"},
    {"members": "{value: 5_000, price_year: 2023}", "quantity": "members / 100"},
    {"quantity": "[100, 20]", "grant": "[30_000, 30_000]"},
    {"quantity": "max(1, 200)"},
]


@pytest.mark.parametrize("written", SOUND)
def test_what_means_one_thing_is_read_without_a_word(written):
    assert warnings_of(**written) == ""


TOLD = [
    ({"grant": "12.345"}, "“Grant: value” (inputs.grant.value) is read as 12.345: for 12345 write 12345"),
    ({"members": "1.234", "quantity": "members"}, "(assumptions.members) is read as 1.234"),
    ({"grant": "{value: 5_000, unit: GBP per month}"}, "GBP per month"),
    ({"value": "{value: 50, unit: GBP a week}"}, "GBP a week"),
    ({"value": "50%"}, "(outcomes.change.value) is money written as 50%, and is read as 0.5"),
    (
        {"quantity": "300"},
        "(outcomes.change.quantity) is 300, more than “People” (stakeholders.people), of whom there are 240",
    ),
    ({"share": "35", "quantity": "members * share"}, "is 4200, more than “People”"),
    ({"quantity": "0.35"}, "write 240 * 35%"),
    ({"quantity": "-20"}, "below 0, so that it counts as harm"),
    ({"quantity": "-20", "value": "-30"}, "both below 0, so that it counts as a gain"),
    ({"quantity": "[20, -20]", "grant": "[1, 2]"}, "for the better and for the worse"),
    (
        {"quantity": "[100,20]", "grant": "[1, 2]"},
        "read as two years, 100 and 20: for one number write 100.20",
    ),
    ({"grant": "[3900,50]", "duration": "2"}, "read as two years, 3900 and 50"),
]


@pytest.mark.parametrize(("written", "said"), TOLD)
def test_what_may_be_meant_otherwise_is_told_beside_the_result(written, said):
    assert said in warnings_of(**written)


def test_money_by_the_week_is_in_order_where_weeks_are_counted():
    weeks = {"members": "{value: 100, unit: weeks of care}", "quantity": "members"}
    assert warnings_of(**weeks, value="{value: 900, unit: GBP per week}") == ""


def test_lists_that_a_machine_wrote_without_a_space_are_in_order():
    written = text(quantity="[100, 20]", grant="[30_000, 30_000]")
    compact = json.dumps(
        json.loads(sroi.loads(written).model_dump_json(exclude_none=True)), separators=(",", ":")
    )
    assert "[100,20]" in compact
    assert sroi.evaluate(sroi.loads(compact)).warnings == ()


def test_a_value_that_is_set_is_held_to_the_same():
    study = sroi.loads(text())
    for value in ("60.000", "60_000 + 10%", "60_00", "{value: 60, unit: £k}"):
        with pytest.raises(sroi.DocumentError):
            sroi.change(study, {"inputs.grant.value": value})


@pytest.mark.parametrize("grant", ["0.1 + 0.2 - 0.3", "100000.1 + 200000.2 - 300000.3", "1e-300"])
def test_inputs_that_sum_to_rounding_give_no_ratio(grant):
    assert "no ratio has a meaning" in refusal(text(grant=grant))


@pytest.mark.parametrize("quantity", ["1e200", "{value: 1, low: 1, high: 1e200}", "1e99"])
def test_what_is_too_large_is_refused_with_its_path(quantity):
    said = refusal(text(quantity=quantity))
    assert "outcomes.change" in said
    assert "too large" in said


def test_draws_that_are_too_large_are_refused():
    huge = "{value: 1, low: 1, high: 1e96}"
    study = sroi.loads(text(quantity=huge, value=huge))
    for calculate in (sroi.simulate, sroi.ledger_spread, sroi.sobol):
        with pytest.raises(sroi.DocumentError, match="too large"):
            calculate(study)


def test_json_holds_no_infinity():
    study = sroi.loads(text(value="1e-320"))
    for result in (sroi.simulate(study, draws=50), sroi.switching_values(study), sroi.ledger(study)):
        assert all(math.isfinite(each) for each in _numbers(json.loads(result.to_json())))


def _numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [number for each in value for number in _numbers(each)]
    return [value] if isinstance(value, float) else []


def test_no_switching_value_is_one_that_an_uncounted_outcome_refuses():
    other = """\
  other:
    stakeholder: people
    quantity: 3
    value: 3
    starts: during
    duration: 1
    priced: false
    deadweight: share
    displacement: 60%
    attribution: 0
    drop_off: 0
    kind: wellbeing
method: {profile: default, deductions: added}
"""
    study = sroi.loads(text(deadweight="share") + other)
    with pytest.raises(sroi.DocumentError, match="add up to"):
        sroi.change(study, {"share": 0.48})
    (found,) = sroi.switching_values(study, 0.8667, only="share").numbers
    assert found.value is None
    (found,) = sroi.switching_values(study, 1.0, only="share").numbers
    assert found.value == pytest.approx(0.4)


MESSAGES = [
    (text().replace("kind: forecast\n", ""), "kind is missing", "forecast, evaluation"),
    (text().replace(", kind: cash", ""), "kind is missing", "volunteer_time"),
]


@pytest.mark.parametrize(("written", "wrong", "instead"), MESSAGES)
def test_a_message_says_what_is_there_and_what_to_write(written, wrong, instead):
    said = refusal(written)
    assert wrong in said
    assert instead in said
    assert said.count(wrong) == 1


def test_a_place_without_a_name_is_refused():
    assert "the name of the place is empty" in refusal(text(), place=" ")


LONG = "q" * 5_000


@pytest.mark.parametrize(
    "written",
    [
        text(value=LONG),
        text(value=f"£{'9' * 5_000}"),
        text(quantity=f"{{value: 3, source: {LONG}}}"),
        text().replace("stakeholder: people", f"stakeholder: {LONG}"),
        text(starts=LONG),
        text(grant=f"*{LONG}"),
        text() + f"method: {LONG}\n",
        text(share="x " * 2_500),
    ],
)
def test_a_long_text_is_not_repeated_whole(written):
    assert len(refusal(written)) < 1_500


def test_half_a_character_is_refused_like_any_other():
    with pytest.raises(sroi.DocumentError, match="is not a start"):
        sroi.Outcome(stakeholder="people", quantity=1, value=1, starts="\ud800")


def test_an_explanation_has_its_lines_as_plain_values():
    explanation = sroi.evaluate(sroi.loads(text())).explain("change")
    assert "\n".join(explanation.to_dict()["lines"]) == explanation


RATES = [
    (
        {"deadweight": "1"},
        "“Change: deadweight” (outcomes.change.deadweight) is 1, which is 100%",
        "write 1%",
    ),
    ({"deadweight": "[1, 30%]", "duration": "2"}, "(outcomes.change.deadweight[0]) is 1", "write 1%"),
    ({"share": "1", "deadweight": "share"}, "“Share” (assumptions.share) is 1", "for 1 per cent write 1%"),
    ({"share": "35", "quantity": "share * 2"}, "(assumptions.share) is 35, which is 3500%", "write 35%"),
]


@pytest.mark.parametrize(("written", "said", "instead"), RATES)
def test_a_share_that_lacks_its_sign_is_told(written, said, instead):
    told = warnings_of(**written)
    assert said in told
    assert instead in told


def test_100_per_cent_is_no_bare_1_and_stays_so_when_it_is_written_out():
    study = sroi.loads(text(deadweight="100%", quantity="20"))
    assert sroi.evaluate(study).warnings == sroi.evaluate(sroi.loads(sroi.dumps(study))).warnings == ()


def with_inflation(inflation, grant):
    return text(grant=grant).replace("assumptions:\n", f"assumptions:\n  cost_inflation: {inflation}\n")


@pytest.mark.parametrize(("rate", "told"), [("3", True), ("1", True), ("3%", False), ("0.03", False)])
@pytest.mark.parametrize("grant", ["500 * (1 + cost_inflation)", "9_000 / (1 + cost_inflation)**2"])
def test_a_rate_that_is_added_to_1_and_lacks_its_sign_is_told(rate, told, grant):
    said = sroi.evaluate(sroi.loads(with_inflation(rate, grant))).warnings
    assert [each for each in said if f"for {rate} per cent write {rate}%" in each] == list(said)
    assert bool(said) == told


def test_a_rate_that_is_divided_by_100_is_in_order():
    assert sroi.evaluate(sroi.loads(with_inflation("3", "500 * (1 + cost_inflation / 100)"))).warnings == ()


def doubts_at_a_rate(rate):
    made = sroi.evaluate(sroi.change(sroi.loads(text()), {"method.discount_rate": rate})).warnings
    method = sroi.MethodProfile(discount_rate=float(rate.rstrip("%")) / (100 if "%" in rate else 1))
    in_python = sroi.evaluate(sroi.change(sroi.loads(text()), method=method)).warnings
    written = sroi.evaluate(sroi.loads(text() + f"method: {{discount_rate: {rate}}}\n")).warnings
    assert made == in_python == written
    return "\n".join(made)


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ("1", "the discount rate is 100% a year: for 1 per cent write 1%"),
        ("0.5", "the discount rate is 50% a year: for 0.5 per cent write 0.5%"),
        ("0.035%", "the discount rate is 0.035% a year: for 3.5% write 3.5%"),
    ],
)
def test_a_discount_rate_that_nobody_has_is_told(rate, said):
    assert said in doubts_at_a_rate(rate)


@pytest.mark.parametrize("rate", ["3.5%", "0.035", "0", "0.1%", "10%"])
def test_a_usual_discount_rate_is_in_order(rate):
    assert doubts_at_a_rate(rate) == ""


@pytest.mark.parametrize("rate", ["3.5", "1.5"])
def test_a_rate_and_a_share_above_1_are_refused_with_their_sign(rate):
    assert f"for {rate} per cent write {rate}%" in refusal(text() + f"method: {{discount_rate: {rate}}}\n")
    assert f"for {rate} per cent write {rate}%" in refusal(text(deadweight=rate))


MONTHLY = "{value: 500, unit: £ per month}"
NOT_OF_A_YEAR = [
    ({"members": MONTHLY, "grant": "members + 100"}, "“Grant: value” (inputs.grant.value) is given a year"),
    ({"members": MONTHLY, "grant": "2 * members"}, "brings to a year “Members” (assumptions.members)"),
    ({"members": MONTHLY, "share": "members + 1", "grant": "3 * share"}, "inputs.grant.value"),
    ({"members": MONTHLY, "share": "{value: 3, unit: rooms}", "grant": "members * share"}, "£ per month"),
    ({"members": MONTHLY, "grant": "members * 30%"}, "£ per month"),
    ({"members": MONTHLY, "share": "{value: 2 * members, unit: £ a year}"}, "(assumptions.share)"),
    ({"members": "{value: 3, unit: visits per week}", "quantity": "members * 2"}, "visits per week"),
    ({"quantity": "12\n    unit: visits per month"}, "the unit of its number is visits per month"),
    ({"members": "{value: 3, unit: weekly visits}", "quantity": "members"}, "weekly visits"),
    ({"grant": "{value: 3, unit: £ weekly}"}, "£ weekly"),
    ({"grant": "{value: 3, unit: £ per hour worked}"}, "£ per hour worked"),
]


@pytest.mark.parametrize(("written", "said"), NOT_OF_A_YEAR)
def test_what_is_of_a_shorter_period_is_told_through_expressions_too(written, said):
    assert said in warnings_of(**written)


OF_A_YEAR = [
    {"members": MONTHLY, "grant": "(members + 100) * 12"},
    {"members": MONTHLY, "share": "{value: 7, unit: months}", "grant": "members * share"},
    {
        "members": "{value: 90, unit: £ per hour}",
        "share": "{value: 7, unit: hours}",
        "grant": "members * share",
    },
    {"members": MONTHLY, "share": "members * 12", "grant": "share + 2"},
    {"quantity": "{value: 30, unit: daily smokers}"},
    {"quantity": "{value: 30, unit: weekly attenders}"},
    {"quantity": "30\n    unit: people who attend daily"},
    {"value": "{value: 30, unit: £ per monthly session}"},
    {"value": "{value: 30, unit: GBP per day nursery place}"},
    {"value": "{value: 30, unit: GBP per half-day workshop}"},
    {"value": "{value: 30, unit: £ per week-long course}"},
]


@pytest.mark.parametrize("written", OF_A_YEAR)
def test_what_comes_to_a_year_or_names_no_period_is_in_order(written):
    assert warnings_of(**written) == ""


EUROS = "{value: 3_900, unit: EUR}"
OTHER_UNITS = [
    ({"members": EUROS, "grant": "members * 2"}, "is EUR, and the study is in GBP", "convert it to GBP"),
    ({"members": EUROS, "grant": "members + 100"}, "inputs.grant.value takes it as it is", "convert it"),
    ({"members": EUROS, "grant": "'3 * max(members, 100) * 30%'"}, "the study is in GBP", "convert it"),
    ({"members": EUROS, "share": "members * 3", "value": "share - 1"}, "the study is in GBP", "convert it"),
    ({"members": EUROS, "share": "{value: 12, unit: rooms}", "grant": "members * share"}, "GBP", "convert"),
    ({"members": EUROS, "share": "{value: members * 2, unit: GBP}", "grant": "share"}, "GBP", "convert it"),
    ({"grant": "{value: members * 2, unit: EUR}"}, "the unit of members * 2 is EUR", "convert it to GBP"),
    ({"grant": "{value: members * 2, unit: £k}"}, "is £k", "write 1000 * (members * 2)"),
    ({"duration": "{value: 2 * 3, unit: months}"}, "years are counted", "write (2 * 3) / 12"),
    ({"quantity": "{value: 35, unit: '%'}"}, "the unit of 35 is %", "1_000 * 35%"),
    ({"quantity": "{value: 35%, unit: '%'}"}, "%, and units are counted here", "1_000 * 35%"),
    ({"quantity": "{value: 0.35, unit: per cent of members}"}, "units are counted", "1_000 * 0.35%, or"),
    ({"members": "{value: 35, unit: '%'}", "quantity": "members"}, "assumptions.members", "1_000 * 35%"),
    ({"quantity": "35%"}, "35% is a share, and a count is wanted", "1_000 * 35%"),
    ({"quantity": "[35%, 20]"}, "quantity[0]: 35% is a share", "1_000 * 35%"),
    ({"quantity": "share"}, "share is a share, and a count is wanted", "1_000 * share"),
    ({"quantity": "{value: 12, unit: people (000)}"}, "is people (000)", "write 12000"),
    ({"quantity": "{value: 12, unit: 'homes, thousands'}"}, "is homes, thousands", "write 12000"),
    ({"quantity": "{value: 12, unit: people in 000s}"}, "people in 000s", "write 12000"),
    ({"quantity": "{value: 12, unit: people '000}"}, "people '000", "write 12000"),
    ({"grant": "{value: 60, unit: 'GBP, £m'}"}, "GBP, £m", "write 60000000"),
]


@pytest.mark.parametrize(("written", "wrong", "instead"), OTHER_UNITS)
def test_a_unit_that_says_another_thing_than_the_use_is_refused(written, wrong, instead):
    said = refusal(text(**written))
    assert wrong in said
    assert instead in said


def test_the_unit_of_an_outcome_is_the_unit_of_its_quantity():
    for unit, wrong in (("'%'", "the unit of 100 is %"), ("people (000)", "write 100000")):
        assert wrong in refusal(text(quantity=f"100\n    unit: {unit}"))


CONVERTED = [
    {"members": EUROS, "grant": "members * 0.86"},
    {"members": EUROS, "grant": "2 * members / 1.16"},
    {"members": EUROS, "share": "0.86", "grant": "(members + 100) * share"},
    {"members": EUROS, "share": "{value: 1, unit: GBP per EUR}", "grant": "members * share"},
    {"members": EUROS, "share": "{value: 390, unit: EUR}", "quantity": "members / share"},
    {"members": "{value: 39_000, unit: INR}", "grant": "members / 107"},
    {"value": "{value: 12, unit: GBP per thousand}"},
]


@pytest.mark.parametrize("written", CONVERTED)
def test_what_is_converted_is_in_order(written):
    assert warnings_of(**written) == ""


def test_a_list_of_two_years_is_no_number_with_a_comma():
    assert warnings_of(grant="[60000,40000]", quantity="[10, 10]") == ""
