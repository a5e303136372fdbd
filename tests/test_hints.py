"""What people type out of Word, Excel and e-mails: read, or answered with what to write that then is read."""

import pytest
from test_doubts import refusal, text

import sroi


def changed(old, new):
    written = text()
    assert old in written
    return written.replace(old, new, 1)


NUMBERS = [
    ({"grant": "GBP100,000"}, "GBP100,000 is cut by its comma", "write 100_000"),
    ({"grant": "GBP 100,000"}, "GBP 100,000 is cut by its comma", "write 100_000"),
    ({"grant": "EUR100,000"}, "EUR100,000", "write 100_000 once it is converted from EUR"),
    ({"grant": "1,00,000"}, "1,00,000 is cut by its comma", "write 100_000"),
    ({"grant": "-£12,34,567.50"}, "12,34,567.50", "write -1_234_567.50"),
    ({"value": "{value: 1000, low: 500, high: 1,500}"}, "1,500 is cut by its comma", "write 1_500"),
    ({"duration": "2024-2026"}, "a span of years", "write 3 for how many years it is"),
    ({"duration": "2024–26"}, "a span of years", "write 3 for how many years it is"),
    ({"duration": "2024/25"}, "a financial year", "write 1 for how many years it is"),
    ({"value": "(500)"}, "(500) may be 500 or -500", "write 500, or -500"),
    ({"value": "(£1,500)"}, "may be 1500 or -1500", "write 1500, or -1500"),
    ({"duration": "three"}, "three is not a number|three uses three", "write 3"),
    ({"deadweight": "30pc"}, "30pc", "write 30%"),
    ({"deadweight": "30%%"}, "30%%", "write 30%"),
    ({"deadweight": "30% (survey)"}, "30% (survey)", "write 30%, and “survey” as its unit or rationale"),
    ({"deadweight": "30% ± 10%"}, "±", "write {value: 30%, low: 20%, high: 40%}"),
    ({"deadweight": "1 in 3"}, "1 in 3", "write 1 / 3 as a share"),
    ({"deadweight": "½"}, "½", "write 0.5"),
    ({"deadweight": "=1-0.7"}, "=1-0.7", "write 1-0.7, without ="),
    ({"deadweight": "'#DIV/0!'"}, "#DIV/0!", "a spreadsheet's error: write null"),
    ({"deadweight": "%30"}, "% stands before its number", "write 30%"),
    ({"deadweight": "10%;"}, "10%;", "write 10%"),
    ({"deadweight": "0# none"}, "0# none", "with a space before #"),
    ({"quantity": "120 people"}, "120 people", "write 120, and “people” as its unit or rationale"),
    ({"quantity": "n=48"}, "n=48", "write 48"),
    ({"quantity": "48 out of 120"}, "48 out of 120", "or 48 as a count"),
    ({"quantity": "35% of members"}, "35% of members", "write members * 35%"),
    ({"quantity": "members x 35%"}, "members x 35%", "write members * 35%"),
    ({"quantity": "Members * Share"}, "Members is not the name", "write members * share"),
    ({"quantity": "at least 40"}, "at least 40", "write 40, and low and high"),
    ({"value": "£500 per person"}, "£500 per person", "write 500, and “per person”"),
    ({"value": "£1,500/visit"}, "£1,500/visit", "write 1500, and “per visit”"),
    ({"value": "€500 per person"}, "€500", "convert it from EUR"),
    ({"value": "1'200"}, "1'200", "write 1200"),
    ({"value": "500*"}, "500*", "write 500"),
    ({"grant": "60000 and 40000"}, "60000 and 40000", "write [60000, 40000] for two years"),
    ({"starts": "1 year later"}, "1 year later is not a start", "write {years_later: 1}"),
]


@pytest.mark.parametrize(("written", "wrong", "instead"), NUMBERS)
def test_a_number_as_people_type_it_is_answered_with_what_to_write(written, wrong, instead):
    said = refusal(text(**written))
    assert any(each in said for each in wrong.split("|"))
    assert instead in said
    assert "two numbers" not in said


KEYS = [
    ("{value: 1000, range: [500, 1500]}", "the key range is not known", "low: and high:"),
    ("{value: 1000, ci: 500-1500}", "the key ci is not known", "low: and high:"),
    ("{value: 1000, min: 500, max: 1500}", "the key min is not known", "did you mean low?"),
    ("{value: 1000, min: 500, max: 1500}", "the key max is not known", "did you mean high?"),
    ("{value: 1000, notes: from the survey}", "the key notes is not known", "did you mean rationale?"),
    ("{value: 1000, year: 2024}", "the key year is not known", "did you mean price_year?"),
    ("{value: 1000, confidence: high}", "the key confidence is not known", "did you mean grade?"),
]


@pytest.mark.parametrize(("value", "wrong", "instead"), KEYS)
def test_a_key_of_another_word_is_answered_with_the_field(value, wrong, instead):
    said = refusal(text(value=value))
    assert wrong in said
    assert instead in said


def test_a_key_that_is_near_no_field_is_answered_with_the_fields():
    said = refusal(changed("    drop_off: 0", "    drop_off: 0\n    horizons: 3"))
    assert "did you mean" not in said
    assert "known here: accrues_to" in said


LINES = [
    ("title: Small", "title: Members’ wellbeing: better", 'write title: "Members’ wellbeing: better"'),
    ("title: Small", "title: “Small: club”", 'write title: "Small: club"'),
    ("title: Small", 'title: The "club": small', "write title: 'The \"club\": small'"),
    ("title: People,", "title: People: all,", 'write title: "People: all"'),
    ("kind: forecast", "limitations:\n- First: this: that\nkind: forecast", 'write "First: this: that"'),
    ("drop_off: 0", "drop_off = 0\n    kind: wellbeing", "write drop_off: 0"),
    ("price_year: 2024", "price_year: FY24/25", 'write "2024-25"'),
    ("price_year: 2024", "price_year: FY2024", 'write "2024-25", or "2023-24"'),
    ("first_year: 2024", "first_year: 2024-04-01", "write 2024 for that calendar year"),
    ("first_year: 2024", "first_year: 45383", "write 2024"),
    ("currency: GBP", "currency: £", "write GBP"),
    ("currency: GBP", "currency: gbp", "write GBP"),
    ("currency: GBP", "currency: Pounds", "write GBP"),
    ("size: 240", "size: 240 people", "write 240"),
    ("title: Small", "title: Small\nmethod: {horizon: 10 years}", "write 10"),
    ("title: Small", "title: Small\nmethod: {discount_rate: 3.5 percent}", "write 3.5%"),
]


@pytest.mark.parametrize(("old", "new", "instead"), LINES)
def test_a_line_as_people_type_it_is_answered_with_what_to_write(old, new, instead):
    assert instead in refusal(changed(old, new))


def test_what_a_hint_about_a_colon_says_is_read():
    for title in ("Members’ wellbeing: better", 'The "club": small', 'It’s: a "club"'):
        said = refusal(changed("title: Small", f"title: {title}"))
        hint = said.rpartition("; write ")[2]
        assert sroi.loads(changed("title: Small", hint)).title == title


def test_an_apostrophe_of_a_typesetter_is_not_blamed_for_an_indentation():
    said = refusal(changed("    drop_off: 0", "    indicator: Members’ club\n     drop_off: 0"))
    assert "check the indentation" in said
    assert "U+2019" not in said


READ = [
    ("first_year: 2024", 'first_year: "2024"'),
    ("first_year: 2024", "first_year: 2024.0"),
    ("first_year: 2024", "first_year: 2024\nmethod: {horizon: '250'}"),
    ("first_year: 2024", "first_year: 2024\nmethod: {discount_from: '2024'}"),
]


@pytest.mark.parametrize(("old", "new"), READ)
def test_a_number_in_quotes_is_read_where_nothing_else_can_be_meant(old, new):
    read = sroi.evaluate(sroi.loads(changed(old, new)))
    assert read.study.first_year == 2024
    assert read.social_return_ratio == sroi.evaluate(sroi.loads(text())).social_return_ratio


def test_a_start_in_quotes_is_read():
    assert sroi.loads(text(starts="{years_later: '2'}")).outcomes["change"].starts.years_later == 2


@pytest.mark.parametrize("written", ["2024 - 26", "2000/12", "2024 / 25", "(20) * 3", "(members)"])
def test_arithmetic_stays_arithmetic(written):
    assert sroi.loads(text(quantity=written))
