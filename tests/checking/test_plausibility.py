"""What can hardly be so is found, or refused when it is loaded: each as somebody would write it."""

import pytest
from helpers import outcome, small, study_of

import sroi
from sroi.checking import refusals
from sroi.checking.examples import DAY

PEOPLE = {"title": "People", "party": "participant", "size": 240, "involved": 60}
WELLBY = {"value": 15000, "low": 10000, "high": 16000, "unit": "GBP a WELLBY"}
HOUR = {"hour": {"value": 12.21, "unit": "GBP an hour"}}
HELPERS = {"people": PEOPLE, "council": {"title": "Council", "party": "state"},
           "helpers": {"title": "Helpers", "party": "volunteer", "size": 12}}  # fmt: skip


def of(changes=None, **sections):
    """The small study with a group of 240, an outcome's fields changed by path."""
    return small({"stakeholders.people": dict(PEOPLE), **(changes or {})}, **sections)


def found(document):
    """The rules that find something and where, or under which the document is refused."""
    try:
        study = study_of(document)
    except sroi.SroiError as error:
        told = refusals.all_refused(error.problems)
    else:
        told = list(sroi.check(study, today=DAY))
    return {(each.rule, each.where) for each in told}


def two(first, second, **sections):
    return of(outcomes={"one": outcome(**first), "other": outcome(**second)}, **sections)


OWN = "outcomes.change"
QUANTITY, VALUE, KIND, TITLE, UNIT = (
    f"{OWN}.{field}" for field in ("quantity", "value", "kind", "title", "unit")
)
DEADWEIGHT, ATTRIBUTION, WELLBYS = (f"{OWN}.{field}" for field in ("deadweight", "attribution", "wellbys"))
N_MEASURED, N_POPULATION = f"{OWN}.n_measured", f"{OWN}.n_population"
SENTENCES = {
    "quantity above the group it belongs to": [
        (of({QUANTITY: 12720}), "SROI011", QUANTITY),
        (of({QUANTITY: "52 * members * 1.02"}, assumptions={"members": 240}), "SROI011", QUANTITY),
        (of({QUANTITY: [100, 250]}), "SROI011", QUANTITY),
        (of({QUANTITY: 200, N_POPULATION: 150}), "SROI011", QUANTITY),
    ],
    "involved above size": [
        (of({"stakeholders.people.involved": 300}), "SROI011", "stakeholders.people.involved"),
    ],
    "measured above population": [
        (of({N_MEASURED: 600, N_POPULATION: 240}), "SROI011", N_MEASURED),
    ],
    "shares above 1 through an expression or assumption": [
        (of({DEADWEIGHT: "kept * 2"}, assumptions={"kept": 0.7}), "SROI031", DEADWEIGHT),
        (of({ATTRIBUTION: "others"}, assumptions={"others": 30}), "SROI031", ATTRIBUTION),
        (
            of(
                {QUANTITY: "240 * share_less_lonely"},
                assumptions={"helped": 300, "share_less_lonely": "helped / 240"},
            ),
            "SROI091",
            "assumptions.share_less_lonely",
        ),
    ],
    "harm times minus": [
        (of({QUANTITY: -10, VALUE: -200}), "SROI090", QUANTITY),
    ],
    "inputs and cohorts of different numbers of years": [
        (of({"inputs.grant.value": [500, 500]}), "SROI042", QUANTITY),
        (of({QUANTITY: [5, 5, 5]}), "SROI042", QUANTITY),
    ],
    "a range on fewer than half of the value": [
        (two({"value": {"value": 200, "low": 100, "high": 300}}, {"value": 300}), "SROI072", "outcomes"),
    ],
    "a wellbeing proxy on an outcome without kind": [
        (
            of({VALUE: "0.1 * wellby", KIND: None}, assumptions={"wellby": WELLBY}),
            "SROI092",
            KIND,
        ),
        (
            of({VALUE: {"value": 900, "unit": "GBP a point of life satisfaction"}, KIND: None}),
            "SROI092",
            KIND,
        ),
    ],
    "one proxy used twice for the same people": [
        (
            two({"value": "visit"}, {"value": "visit"}, assumptions={"visit": 48}),
            "SROI045",
            "outcomes.other.value",
        ),
        (two({"value": 48}, {"value": 48}), "SROI045", "outcomes.other.value"),
    ],
    "whole-life wellbeing beside its parts": [
        (
            two(
                {"value": "0.1 * wellby", "kind": "wellbeing"},
                {"value": 300, "kind": "wellbeing"},
                assumptions={"wellby": WELLBY},
            ),
            "SROI047",
            "outcomes.other",
        ),
    ],
    "transfers on one side": [
        (of({KIND: "transfer"}), "SROI093", OWN),
        (of({KIND: "tax"}), "SROI093", OWN),
    ],
    "volunteer hours on both sides": [
        (
            small(
                {"inputs.hours": {"stakeholder": "helpers", "kind": "volunteer_time", "value": "600 * hour"}},
                outcomes={"change": outcome(stakeholder="helpers", quantity=12, value="50 * hour")},
                stakeholders=HELPERS,
                assumptions=HOUR,
            ),
            "SROI094",
            VALUE,
        ),
        (
            small(
                {"inputs.hours": {"stakeholder": "helpers", "kind": "volunteer_time", "value": 7326}},
                outcomes={"change": outcome(stakeholder="helpers", quantity=1, value=7326)},
                stakeholders=HELPERS,
            ),
            "SROI094",
            VALUE,
        ),
    ],
    "zero deductions without a reason": [
        (of(), "SROI030", DEADWEIGHT),
        (of({DEADWEIGHT: 0.3, ATTRIBUTION: 0.1}), "SROI030", f"{OWN}.displacement"),
        (of({DEADWEIGHT: "none_at_all"}, assumptions={"none_at_all": 0}), "SROI030", DEADWEIGHT),
    ],
    "deductions from a scale of quarters": [
        (
            of(
                outcomes={
                    f"n{at}": outcome(deadweight=at / 4, attribution=0.25 * (at % 2)) for at in range(4)
                }
            ),
            "SROI033",
            "outcomes.n0",
        ),
    ],
    "effect far above comparable evidence": [
        (
            of(
                {TITLE: "Members are less lonely", QUANTITY: 240, VALUE: "0.7 * wellby"},
                assumptions={"wellby": WELLBY},
            ),
            "SROI095",
            OWN,
        ),
        (
            of({TITLE: "More friends", QUANTITY: 200, WELLBYS: 0.6}),
            "SROI095",
            OWN,
        ),
    ],
    "ratio above the range of published ones": [
        (of({VALUE: 1500}), "SROI054", OWN),
    ],
}


@pytest.mark.parametrize(
    ("document", "rule", "where"),
    [pytest.param(*case, id=sentence) for sentence, cases in SENTENCES.items() for case in cases],
)
def test_what_can_hardly_be_is_found_or_refused(document, rule, where):
    assert (rule, where) in found(document)


PLAUSIBLE = {
    "all of the group": of({QUANTITY: 240}),
    "units that are no people": of({QUANTITY: 12720, UNIT: "meals"}),
    "few of a group gain much": of(
        {
            TITLE: "Less lonely",
            QUANTITY: 40,
            WELLBYS: 0.7,
            KIND: "wellbeing",
        }
    ),
    "much of a gain would have come anyway": of(
        {
            TITLE: "Less lonely",
            QUANTITY: 240,
            WELLBYS: 0.7,
            DEADWEIGHT: 0.5,
        }
    ),
    "a large gain by something else than company": of({TITLE: "In work", QUANTITY: 240, WELLBYS: 0.7}),
}


@pytest.mark.parametrize("document", PLAUSIBLE.values(), ids=PLAUSIBLE)
def test_what_can_be_is_not(document):
    assert {rule for rule, _ in found(document)} & {"SROI011", "SROI031", "SROI091", "SROI095"} == set()
