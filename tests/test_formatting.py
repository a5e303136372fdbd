"""One figure is written in one way, and no rounding hides the side of a threshold that it lies on."""

import pytest
from helpers import outcome, result_of, small, study_of

import sroi
from sroi import formatting
from sroi.labels import Figures
from sroi.results import ledger_tables, quotes, summary


def of_ratio(ratio, **more):
    """A study whose ratio is a given one: no discounting, one year, one outcome."""
    return small(
        method={"discount_rate": 0},
        inputs={"grant": {"title": "Grant", "kind": "cash", "stakeholder": "people", "value": 10_000}},
        outcomes={
            "change": outcome(
                quantity=10_000,
                value=ratio,
                deadweight=0,
                displacement=0,
                attribution=0,
                drop_off=0,
                duration=1,
            )
        },
        **more,
    )


@pytest.mark.parametrize(
    ("ratio", "written"),
    [
        (2.0302, "£2.03"),
        (1.899, "£1.90"),
        (0.996, "just under £1"),
        (0.99999, "just under £1"),
        (1.0, "£1.00"),
        (1 + 1e-12, "£1.00"),
        (1.004, "just over £1"),
        (0.45, "45p"),
        (0.02, "2p"),
        (0.0049, "less than 1p"),
        (0.00021, "less than 1p"),
        (9.999, "£10"),
        (12.4, "£12"),
        (1234.0, "£1,230"),
    ],
)
def test_every_carrier_writes_a_ratio_in_the_same_way(ratio, written):
    result = result_of(of_ratio(ratio))
    first = {fact.key: fact.text for fact in summary.headline(result)}["social_return"]
    assert first == f"£1 gives about {written} of social value"
    assert f"gives about {written} of social value" in result.statement
    readings = ledger_tables.readings(sroi.ledger(result))
    assert readings.rows[0][readings.headings.index("For £1")] == written
    assert f"gives about {written}" in sroi.ledger(result).statement


@pytest.mark.parametrize(
    ("ratio", "claimed", "written"),
    [
        (3.998, 4, "just under £4"),
        (4.003, 4, "just over £4"),
        (3.6791, 3.68, "just under £3.68"),
        (12.4, 12.3, "£12.40"),
        (0.4991, 0.5, "just under 50p"),
        (4.0, 4, "£4.00"),
        (2.0302, 4, "£2.03"),
    ],
)
def test_a_figure_is_never_rounded_across_a_claim(ratio, claimed, written):
    claims = {"ours": {"says": "so much", "meaning": "social_value", "ratio": claimed}}
    assert f"gives about {written} of social value" in result_of(of_ratio(ratio, claims=claims)).statement


@pytest.mark.parametrize("value", [-0.00021, -0.004, -1e-7, 1e-10, -1e-16, 0.0, 0.004])
@pytest.mark.parametrize("currency", ["GBP", "EUR", "CHF"])
def test_next_to_nothing_has_no_minus_sign_and_no_string_of_zeros(value, currency):
    for text in (
        formatting.returned(value, currency),
        formatting.money(value, currency),
        formatting.money(value, currency, whole=True),
        formatting.short_money(value, currency),
    ):
        assert "−" not in text
        assert "0.00" not in text


def test_a_value_below_a_pound_keeps_its_pence_in_the_value_map():
    table = summary.outcomes_table(result_of(of_ratio(0.45)))
    assert table.rows[0][table.headings.index("Proxy")] == "45p"


def test_percentages_in_a_column_have_as_many_decimals_each():
    outcomes = {f"change_{at}": outcome(quantity=quantity) for at, quantity in enumerate((1000, 333, 41, 0))}
    table = summary.outcomes_table(result_of(small(outcomes=outcomes)))
    shares = [row[-1] for row in table.rows]
    assert {len(share.partition(".")[2]) for share in shares} == {2}


def test_a_share_is_a_percentage_in_every_table():
    document = small(
        assumptions={
            "others_share": {"value": 0.45, "low": 0.2, "high": 0.7, "rationale": "a guess"},
            "points": {"value": 0.45, "low": 0.2, "high": 0.7, "unit": "points", "rationale": "a guess"},
        },
        outcomes={"change": outcome(attribution="others_share", value="points")},
    )
    study = study_of(document)
    write = Figures(study)
    assert write.span("assumptions.others_share", 0.2, 0.7) == "20% to 70%"
    assert write.span("assumptions.points", 0.2, 0.7) == "0.2 to 0.7"
    tables = (
        summary.unsourced_table(study),
        *sroi.sensitivity(study).tables[:1],
        *sroi.switching_values(study, 1.0).tables[:1],
    )
    for table in tables:
        rows = {row[0]: row for row in table.rows}
        assert "45%" in rows["Others share"]
        assert "20% to 70%" in rows["Others share"]
        assert "0.2 to 0.7" in rows["Points"]


@pytest.mark.parametrize(
    ("kind", "words"), [("evaluation", "By an evaluation of"), ("forecast", "By a forecast of")]
)
def test_the_sentence_begins_with_the_right_article(kind, words):
    assert result_of(small(kind=kind)).statement.startswith(words)
    assert sroi.simulate(result_of(small(kind=kind)), draws=10).statement.startswith(words)


# ── The sentence that is safe to quote
# ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def derby():
    return sroi.simulate(sroi.load("local-area-coordination", borough="derby"), draws=2_000)


@pytest.mark.parametrize("ranged", [False, True])
def test_the_sentence_keeps_what_makes_it_safe(derby, ranged):
    said = derby.statement if ranged else derby.evaluation.statement
    for words in (
        "96.4% of it wellbeing, which is not money saved",
        "34 of the 99 numbers behind it are assumptions without a source",
        "9 are Derby's own with a source",
        "net present value",
    ):
        assert words in said


def test_a_range_says_of_how_many_numbers_it_is_and_where_half_of_the_draws_lie(derby):
    assert "65 of the 100 numbers vary and 35 are held fixed" in derby.statement
    assert "central 79p, half of the draws below 45p" in derby.statement
    facts = {fact.key: fact.text for fact in summary.headline(derby.evaluation, derby)}
    assert "65 of the 100 numbers vary and 35 are held fixed" in facts["range"]


def test_half_of_the_draws_is_not_said_where_the_middle_is_the_central_case():
    drawn = sroi.simulate(sroi.load("examples/lunch-club.yaml"), draws=2_000)
    assert "half of the draws" not in drawn.statement
    assert "3 of the 20 numbers vary and 17 are held fixed" in drawn.statement


def test_a_claim_of_another_place_or_of_savings_is_not_compared_with():
    haringey = sroi.simulate(sroi.load("local-area-coordination", borough="haringey"), draws=500)
    for said in (haringey.statement, haringey.evaluation.statement):
        assert "£4 " not in said
        assert "no public claim of social value" in said
    own = quotes.own_claims(haringey.study)
    assert {claim.meaning for claim in own.values()} == {"savings"}
    elsewhere = summary.claims_elsewhere_table(haringey.study)
    assert "This result" not in elsewhere.headings
    assert len(elsewhere.rows) + len(own) == len(haringey.study.claims)


def test_a_claim_without_a_ratio_is_set_beside_nothing(derby):
    table = summary.claims_table(derby.evaluation)
    rows = {row[0]: row for row in table.rows}
    assert rows["only 17 have been referred"][-1] == ""


def test_payback_is_not_in_the_headline_and_is_said_as_value(derby):
    facts = {fact.label: fact.text for fact in summary.headline(derby.evaluation)}
    assert "Payback" not in facts
    assert facts["Value overtakes cost"] == "not within the years counted (not cash)"
    club = sroi.evaluate(sroi.load("examples/lunch-club.yaml"))
    assert club.payback_years == 0.0
    facts = {fact.label: fact.text for fact in summary.headline(club)}
    assert facts["Value overtakes cost"] == "within the first year (not cash)"
