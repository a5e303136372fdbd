"""What rules find beside the fault of their example, written in other ways; and what is near and no fault."""

import pytest

from sroi.checking.registry import RULES
from sroi.checking.texts import found_in


def change(fields):
    return f"outcomes:\n  change: {{{fields}}}\n"


NHS = "stakeholders:\n  nhs: {title: The NHS, party: state, payer: nhs}\n"
VISITS = """outcomes:
  fewer: {{stakeholder: nhs, unit: visits, cashable: 0%}}
  more: {{stakeholder: council, unit: {unit}, value: -50, cashable: 0%}}
"""
RATED = "quantity: 50, n_population: 100, comparison_rate: 20%"
FOUND = [
    ("SROI012", change("n_measured: 60, n_population: 240"), "outcomes.change", "info"),
    ("SROI018", change("material: false, reason: few"), "outcomes.change.material", "warning"),
    ("SROI034", change(f"deadweight: 10%, {RATED}"), "outcomes.change.deadweight", "warning"),
    ("SROI035", change("duration: 4, followed_up: 0"), "outcomes.change.duration", "warning"),
    ("SROI035", change("starts: after, duration: 4, followed_up: 12"), "outcomes.change.duration", "warning"),
    ("SROI036", change("accrues_to: business"), "outcomes.change.displacement", "warning"),
    (
        "SROI041",
        "inputs:\n  rooms: {stakeholder: council, kind: in_kind, value: 0}\n",
        "inputs.rooms.value",
        "warning",
    ),
    (
        "SROI045",
        "assumptions: {visit: 48, call: visit}\noutcomes:\n  one: {value: visit}\n  other: {value: call}\n",
        "outcomes.other.value",
        "warning",
    ),
    ("SROI051", "inputs:\n  grant: {value: 0}\n", "inputs", "warning"),
    ("SROI051", change("quantity: null"), "outcomes.change.quantity", "warning"),
    ("SROI061", "status: final\nauthor: A. Lee\n", "approver", "warning"),
    ("SROI061", "author: A. Lee\napprover: ' a.  lee'\n", "approver", "warning"),
    ("SROI078", NHS + VISITS.format(unit="visits"), "outcomes.more", "info"),
    (
        "SROI081",
        "assumptions: {population: 800}\nstakeholders:\n  people: {size: 900}\n",
        "stakeholders.people.size",
        "error",
    ),
    (
        "SROI086",
        "assumptions:\n  visit: {value: 48, rationale: fully loaded cost of all practices}\n"
        + change("stakeholder: council, cashable: 90%, value: visit"),
        "outcomes.change.cashable",
        "warning",
    ),
    ("SROI085", change("contribution: 20%, attribution: null"), "outcomes.change.contribution", "info"),
    ("SROI085", change("duration: 2, drop_off: 5%"), "outcomes.change.drop_off", "info"),
    (
        "SROI084",
        "outcomes:\n" + "".join(f"  n{at}: {{wellbys: 0.9}}\n" for at in range(3)),
        "stakeholders.people",
        "warning",
    ),
    (
        "SROI091",
        "assumptions: {take_up: 135%}\n" + change("quantity: 10 * take_up"),
        "assumptions.take_up",
        "warning",
    ),
]


@pytest.mark.parametrize(("code", "part", "where", "severity"), FOUND)
def test_another_way_of_the_same_fault_is_found(code, part, where, severity):
    found = found_in(RULES[code], part)
    assert (where, severity) in {(each.where, each.severity) for each in found}


UNTIED = """assumptions:
  share: {value: 50%, low: 30%, high: 70%, source: survey}
  worth: {value: 400, low: 200, high: 600, unit: GBP a person, source: tariff}
outcomes:
  change: {quantity: 20 * share, value: worth}
sources:
  survey: {title: A survey}
  tariff: {title: A tariff}
"""
SURVEY = "sources:\n  survey: {title: A survey}\n"
SILENT = [
    ("SROI004", change("displacement: 0%")),
    ("SROI016", "outcomes:\n  change: {}\n  calm: {value: null, quantity: 4, priced: false}\n"),
    ("SROI018", change("material: true")),
    ("SROI034", change(f"deadweight: 40%, {RATED}")),
    ("SROI034", change(f"deadweight: 0%, design: comparison, {RATED}")),
    ("SROI035", change("duration: 5, followed_up: 12, horizon_evidence: a cohort study")),
    ("SROI035", change("duration: 3, followed_up: 24")),
    ("SROI041", "inputs:\n  grant: {stakeholder: council, kind: in_kind, value: 1000}\n"),
    ("SROI045", "outcomes:\n  one: {}\n  other: {stakeholder: council}\n"),
    ("SROI061", "author: A. Lee\n"),
    ("SROI074", UNTIED),
    ("SROI078", NHS + VISITS.format(unit="calls")),
    ("SROI078", change("kind: transfer, from: council")),
    ("SROI083", "currency: JPY\ninputs:\n  grant: {value: 9000000}\n"),
    ("SROI083", "inputs:\n  grant: {value: 9000000}\n" + change("quantity: 1")),
    ("SROI085", change("deadweight: {value: 2%, source: survey}") + SURVEY),
    ("SROI085", change("drop_off: 5%")),
    ("SROI086", change("stakeholder: council, cashable: 80%, value: {value: 200, method: revealed}")),
    ("SROI091", "assumptions: {take_up: 100%}\n" + change("quantity: 10 * take_up")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "part"), SILENT)
def test_what_is_near_and_no_fault_is_not(code, part):
    assert [each.message for each in found_in(RULES[code], part)] == []


def test_a_study_without_a_result_is_an_error_only_when_it_is_final():
    for status, severity in (("draft", "warning"), ("final", "error")):
        (found,) = found_in(RULES["SROI051"], f"status: {status}\n{change('value: null')}")
        assert found.severity == severity


def test_what_a_comparison_shows_is_the_suggestion():
    (found,) = found_in(RULES["SROI034"], change(f"deadweight: 10%, {RATED}"))
    assert found.suggestion == "--set outcomes.change.deadweight=40%"
