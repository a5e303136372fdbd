"""A study that each rule finds fault with, and one that it does not, as changes of the small study."""

from helpers import outcome

HOUR = {"value": 12, "unit": "GBP an hour"}
VOLUNTEERS = {"title": "Volunteers", "party": "volunteer"}
PEOPLE = {"title": "People", "party": "participant"}
COUNCIL = {"title": "Council", "party": "state", "payer": "council"}
WELLBY = {"value": 15000, "unit": "GBP a WELLBY"}
OLD = {"title": "An old survey", "year": 2010}
RANGED = {"value": 200, "low": 100, "high": 300}


def groups(**more):
    return {"people": PEOPLE, "council": COUNCIL, **more}


def of(**fields):
    """Sections: one outcome with some fields changed."""
    return {"outcomes": {"change": outcome(**fields)}}


def two(first, second):
    return {"outcomes": {"one": outcome(**first), "other": outcome(**second)}}


def waiver(**fields):
    whole = {
        "rule": "nothing-deducted",
        "object": "outcomes.change",
        "reason": "a trial",
        "person": "A",
        "date": "2025-01-01",
        "expiry": "2027-01-01",
        **fields,
    }
    return {"waivers": [whole]}


def many(count, **fields):
    return {"outcomes": {f"change_{n}": outcome(**fields) for n in range(count)}}


HOURS = {"hours": {"stakeholder": "volunteers", "kind": "volunteer_time", "value": "100 * hour"}}
GRANT = {"grant": {"stakeholder": "council", "kind": "cash", "value": 1000}}
TRANSFER = {"kind": "transfer"}
REASONED = {"value": 0, "rationale": "places are not limited"}

WITH_HOURS = {
    "assumptions": {"hour": HOUR},
    "inputs": GRANT | HOURS,
    "stakeholders": groups(volunteers=VOLUNTEERS),
}
HEALTH = "green-book-2026-health"


def cited(value=(), source=()):
    """One outcome whose value has a source."""
    return {
        **of(value={"value": 200, "source": "survey", **dict(value)}),
        "sources": {"survey": {"title": "A survey", **dict(source)}},
    }


FIXTURES = {
    "SROI001": ({}, {"purpose": "To learn", "audience": "All", "scope": "A year"}),
    "SROI002": ({}, {"stakeholders": groups(people={**PEOPLE, "size": 20, "involved": 5})}),
    "SROI003": (
        {"stakeholders": groups(others={"title": "Others", "included": False})},
        {"stakeholders": groups(others={"title": "Others", "included": False, "reason": "few"})},
    ),
    "SROI006": ({}, of(activity="Lunch", output="Meals")),
    "SROI007": (of(title="Sessions delivered"), of(title="Less lonely")),
    "SROI010": ({}, of(indicator="A scale")),
    "SROI011": (of(n_measured=600, n_population=240), of(n_measured=60, n_population=240)),
    "SROI012": (
        of(n_measured=60, n_population=240),
        of(n_measured=60, n_population=240, quantity={"value": 10, "low": 5, "high": 15}),
    ),
    "SROI013": ({"kind": "evaluation"}, {"kind": "evaluation", **of(design="before_after")}),
    "SROI014": (
        {**of(value={"value": 200, "source": "survey"}), "sources": {"survey": OLD}},
        {**of(value={"value": 200, "source": "survey"}), "sources": {"survey": {**OLD, "year": 2023}}},
    ),
    "SROI015": ({}, two({}, {"value": -10})),
    "SROI017": ({}, of(materiality="It is what people came for")),
    "SROI018": (two({}, {"value": 1}), two({}, {"value": 100})),
    "SROI020": ({}, of(value={"value": 200, "rationale": "assumed"}, quantity={"value": 10, "rationale": "a"},
                       duration={"value": 1, "rationale": "a"})
                | {"inputs": {"grant": {**GRANT["grant"], "rationale": "the budget"}}}),
    "SROI021": (
        of(value={"value": 200, "unit": "GBP a month"}),
        of(value={"value": 200, "unit": "GBP a year"}),
    ),
    "SROI022": (
        {**of(value={"value": 200, "source": "survey"}), "sources": {"survey": OLD}},
        {**of(value={"value": 200, "source": "survey", "price_year": 2010}), "sources": {"survey": OLD}},
    ),
    "SROI023": (
        cited(source={"review_by": "2020-01-01"}),
        cited(source={"review_by": "2090-01-01"}),
    ),
    "SROI024": (
        cited(source={"licence": "CC BY-NC-ND"}),
        cited(source={"licence": "CC BY"}),
    ),
    "SROI025": (
        of(value={"value": 200, "borrowed_from": "Leeds"}),
        of(value={**RANGED, "borrowed_from": "Leeds"}),
    ),
    "SROI027": (
        {"outcomes": {"a": outcome(value=900), "b": outcome(value=300), "c": outcome(value=200)}},
        {"outcomes": {"a": outcome(value=301), "b": outcome(value=300), "c": outcome(value=299)}},
    ),
    "SROI029": (of(value="5%"), of(value=5)),
    "SROI030": ({}, of(deadweight="20%", displacement=REASONED, attribution="10%")),
    "SROI032": ({}, of(deadweight="20%")),
    "SROI033": (many(4, deadweight="20%"), many(4, deadweight={"value": "20%", "rationale": "a survey"})),
    "SROI034": (of(design="randomised", deadweight="20%"), of(design="randomised")),
    "SROI036": (of(title="People find jobs"), of(title="People find jobs", displacement=REASONED)),
    "SROI037": (of(duration=3), of(duration=3, drop_off="20%")),
    "SROI038": (of(duration=8), of(duration=8, horizon_evidence="a cohort study")),
    "SROI039": (
        {"method": {"profile": "default", "deductions": "added"}, **of(deadweight="60%", attribution="38%")},
        {"method": {"profile": "default", "deductions": "added"}, **of(deadweight="30%", attribution="20%")},
    ),
    "SROI040": ({"inputs": {"grant": {**GRANT["grant"], "value": None}}}, {}),
    "SROI041": (
        {"stakeholders": groups(volunteers=VOLUNTEERS)},
        WITH_HOURS,
    ),
    "SROI042": (of(quantity=[10, 10]), {"inputs": {"grant": {**GRANT["grant"], "value": [500, 500]}}}
                | of(quantity=[10, 10])),
    "SROI044": ({"method": "svi-guide", **of(**TRANSFER)}, of(**TRANSFER)),
    "SROI045": (two({"value": 300}, {"value": 300}), two({"value": 300}, {"value": 200})),
    "SROI046": (
        two({"kind": "wellbeing"}, {"kind": "wellbeing", "value": 100}),
        two({"kind": "wellbeing"}, {"kind": "wellbeing", "value": 100, "stakeholder": "council"}),
    ),
    "SROI047": (
        {"assumptions": {"wellby": WELLBY}}
        | two({"kind": "wellbeing", "value": "0.1 * wellby"}, {"kind": "wellbeing", "value": 100}),
        two({"kind": "wellbeing"}, {"kind": "wellbeing", "value": 100}),
    ),
    "SROI049": (of(stakeholder="council"), of(stakeholder="council", cashable="20%")),
    "SROI052": (of(value={**RANGED, "low": 50}), of(value={**RANGED, "low": 150})),
    "SROI054": (of(value=2000), of(value=500)),
    "SROI058": (
        {"place": "derby", **of(displacement="20%")},
        {"place": "derby", **of(displacement="20%", displacement_outside="50%")},
    ),
    "SROI060": ({}, {"limitations": "Nobody was asked"}),
    "SROI062": ({}, {"decisions": "A second year"}),
    "SROI070": (waiver(expiry="2025-02-01"), waiver()),
    "SROI071": (
        of(n_measured=20, n_population=40, quantity={"value": 10, "low": 9.9, "high": 10.1}),
        of(n_measured=20, n_population=40, quantity={"value": 10, "low": 2, "high": 20}),
    ),
    "SROI072": ({}, of(value=RANGED)),
    "SROI073": (of(value={"value": 200, "low": 100, "high": 200}), of(value=RANGED)),
    "SROI075": (
        {"kind": "evaluation", **of(duration=2)},
        {"kind": "evaluation", "method": {"profile": "default", "discount_from": 2025}, **of(duration=2)},
    ),
    "SROI076": (of(wellbys=0.1, duration=2), of(wellbys=0.1, duration=2, discount_schedule=HEALTH)),
    "SROI077": ({"method": "green-book"}, {}),
    "SROI079": (two({}, {"value": -10}), {}),
    "SROI080": (
        {"outcomes": {"change": outcome(value=20), "calm": outcome(value=None, priced=False)}},
        {"outcomes": {"change": outcome(), "calm": outcome(value=None, priced=False)}},
    ),
    "SROI081": ({"assumptions": {"population": 8}}, {"assumptions": {"population": 800}}),
    "SROI082": (
        {"stakeholders": groups(people={**PEOPLE, "size": 24}), **of(quantity=[10, 10, 10])},
        {"stakeholders": groups(people={**PEOPLE, "size": 40}), **of(quantity=[10, 10, 10])},
    ),
    "SROI083": ({"inputs": {"grant": {**GRANT["grant"], "value": 1_000_000}}}, {}),
    "SROI084": (of(wellbys=1.5), of(wellbys=0.5)),
    "SROI087": ({"assumptions": {"worth": 200}, **of(value="worth")}, {}),
    "SROI088": (of(design="before_after", deadweight="5%"), of(design="before_after", deadweight="40%")),
    "SROI089": (of(n_measured=12), of(n_measured=120)),
    "SROI090": (of(quantity=-10, value=-200), of(quantity=-10)),
    "SROI091": (
        {"assumptions": {"helped": 30, "share_helped": "helped / 20"}, **of(quantity="20 * share_helped")},
        {"assumptions": {"helped": 10, "share_helped": "helped / 20"}, **of(quantity="20 * share_helped")},
    ),
    "SROI092": (
        {"assumptions": {"wellby": WELLBY}, **of(value="0.1 * wellby", kind="not_stated")},
        {"assumptions": {"wellby": WELLBY}, **of(value="0.1 * wellby", kind="wellbeing")},
    ),
    "SROI093": (of(**TRANSFER), of(**TRANSFER, **{"from": "council"})),
    "SROI094": (
        WITH_HOURS
        | of(value="10 * hour", stakeholder="volunteers"),
        WITH_HOURS,
    ),
}  # fmt: skip
"""The failing sections and the passing ones of each rule that has a test."""
