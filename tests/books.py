"""A study whose every ledger figure can be worked on paper, and how money is given owners at random."""

import copy

from helpers import outcome, small
from hypothesis import strategies as st
from strategies import documents, options

import sroi

PARTIES = options(sroi.Stakeholder, "party")


def paper(**changes):
    """One year: council 1,000 cash, nhs 500 in kind, volunteers 300; see the tests for every sum."""
    document = small(
        changes,
        stakeholders={
            "people": {"title": "People", "party": "participant"},
            "council": {"title": "Council", "party": "state", "payer": "council"},
            "nhs": {"title": "NHS", "party": "state", "payer": "nhs"},
            "dwp": {"title": "DWP", "party": "state", "payer": "dwp"},
            "volunteers": {"title": "Volunteers", "party": "volunteer"},
        },
        inputs={
            "grant": {"stakeholder": "council", "kind": "cash", "value": 1000},
            "rooms": {"stakeholder": "nhs", "kind": "in_kind", "value": 500},
            "hours": {"stakeholder": "volunteers", "kind": "volunteer_time", "value": 300},
        },
        outcomes={
            "happier": outcome(quantity=10, value=300, kind="wellbeing"),
            "less_care": outcome(
                stakeholder="council",
                quantity=20,
                value=40,
                unit="care weeks",
                cashable="50%",
                deadweight="25%",
            ),
            "more_care": outcome(stakeholder="council", quantity=5, value=-20, unit="care weeks"),
            "fewer_stays": outcome(stakeholder="nhs", quantity=4, value=100, unit="stays", cashable="10%"),
            "benefit": outcome(
                stakeholder="people", quantity=2, value=250, kind="transfer", **{"from": "dwp"}
            ),
        },
    )
    return copy.deepcopy(document)


@st.composite
def owned(draw, **arguments):
    """A study of every option, its outcomes and inputs owned by anybody or by nobody."""
    document = draw(documents(**arguments))
    owners = {
        f"owner_{at}": {
            "title": f"Owner {at}",
            **({"party": party} if party else {}),
            **({"payer": draw(st.sampled_from(("council", "nhs", "police")))} if draw(st.booleans()) else {}),
        }
        for at, party in enumerate((*PARTIES, None))
    }
    document["stakeholders"] |= owners
    anybody = st.sampled_from(sorted(document["stakeholders"]))
    for entry in document["outcomes"].values():
        entry["stakeholder"] = draw(anybody)
        if draw(st.booleans()):
            entry["accrues_to"] = draw(st.sampled_from((*PARTIES, "state:nhs", *owners)))
        if draw(st.booleans()):
            entry["payer"] = draw(st.sampled_from(("council", "dwp")))
        if draw(st.booleans()):
            entry["cashable"] = draw(st.sampled_from(("0%", "35%", "100%")))
        if draw(st.booleans()):
            entry["from"] = draw(st.sampled_from((*PARTIES, *owners)))
        if draw(st.booleans()):
            entry["unit"] = draw(st.sampled_from(("visits", "weeks")))
    for entry in document["inputs"].values():
        entry["stakeholder"] = draw(anybody)
    return document
