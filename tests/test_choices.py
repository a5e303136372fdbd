"""A choice that a study may make and that nothing handles is an error, whatever calculates the study.

A choice is smuggled past validation into a study in which every choice matters. Whoever adds one to a type
has to handle it; until then nothing may answer as if it were another.
"""

import dataclasses

import pytest
from helpers import outcome, small, study_of
from strategies import options

import sroi
from sroi import formulas
from sroi.reports import xlsx
from sroi.reports.live import live_model

STUDY = study_of(
    small(
        outcomes={
            "change": outcome(
                quantity={"value": 10, "low": 5, "high": 20},
                value={"value": 200, "low": 100, "high": 500, "price_year": 2019},
                starts="after",
                duration=2.5,
                deadweight={"value": 0.2, "low": 0.1, "high": 0.4},
                attribution=0.1,
                drop_off=0.3,
            ),
            "benefit": outcome(kind="transfer", drop_off=0.2, duration=3),
        },
        inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": [1000, 500]}},
        claims={"a-claim": {"says": "Four to one", "ratio": 4, "meaning": "social_value"}},
        scenarios={"worse": {"outcomes.change.quantity": 5}},
    )
)
EVALUATED, SENSITIVE = sroi.evaluate(STUDY), sroi.sensitivity(STUDY)
CALLERS = {
    "evaluate": sroi.evaluate,
    "ledger": sroi.ledger,
    "simulate": lambda study: sroi.simulate(study, draws=50),
    "simulate by points": lambda study: sroi.simulate(study, draws=64, sampler="sobol"),
    "ledger_spread": lambda study: sroi.ledger_spread(study, draws=50),
    "sensitivity": sroi.sensitivity,
    "grid": lambda study: sroi.grid(study, "outcomes.change.quantity", "outcomes.change.value", points=3),
    "scenarios": sroi.scenarios,
    "sobol": lambda study: sroi.sobol(study, points=64),
    "switching_values": sroi.switching_values,
    "value_of_information": lambda study: sroi.value_of_information(study, draws=100),
    "what_it_takes": lambda study: sroi.what_it_takes(study, "a-claim", draws=50),
    "workbook": lambda study: xlsx.workbook(dataclasses.replace(EVALUATED, study=study)),
    "sliders": lambda study: live_model(
        dataclasses.replace(EVALUATED, study=study), dataclasses.replace(SENSITIVE, study=study)
    ),
    "report": lambda study: sroi.report(study, "report.md", draws=50),
}
DRAWING = (
    "simulate",
    "simulate by points",
    "ledger_spread",
    "sobol",
    "value_of_information",
    "what_it_takes",
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


MODELS = {"method": sroi.MethodProfile, "outcomes": sroi.Outcome, "inputs": sroi.Input}
WORDS = {
    f"{section}.{name}"
    for section, model in MODELS.items()
    for name in model.model_fields
    if any(isinstance(choice, str) for choice in options(model, name))
} - {"inputs.kind", "outcomes.design"}  # which move no figure
"""Every field that is one of a few words."""

CASES = [(path, caller) for path in sorted(WORDS) for caller in CALLERS]


def with_choice(path, choice):
    """The study with a choice that no validation would let through."""
    section, name = path.split(".")
    if section == "method":
        return STUDY.model_copy(update={"method": STUDY.method.model_copy(update={name: choice})})
    entries = getattr(STUDY, section).items()
    changed = {key: entry.model_copy(update={name: choice}) for key, entry in entries}
    return STUDY.model_copy(update={section: changed})


@pytest.mark.parametrize("caller", CALLERS)
def test_every_caller_answers_where_every_choice_is_handled(caller):
    CALLERS[caller](STUDY)


@pytest.mark.parametrize(("path", "caller"), CASES)
def test_a_choice_that_nothing_handles_is_an_error(path, caller):
    with pytest.raises(Exception, match="unheard-of"):
        CALLERS[caller](with_choice(path, "unheard-of"))


@pytest.mark.parametrize("caller", DRAWING)
def test_a_distribution_that_nothing_handles_is_an_error(caller):
    change = STUDY.outcomes["change"]
    quantity = change.quantity.model_copy(update={"distribution": "unheard-of"})
    outcomes = {**STUDY.outcomes, "change": change.model_copy(update={"quantity": quantity})}
    with pytest.raises(Exception, match="unheard-of"):
        CALLERS[caller](STUDY.model_copy(update={"outcomes": outcomes}))


TABLES = {
    "deductions": formulas.KEPT,
    "drop_off_shape": formulas.DROPPING,
    "drop_off_from": formulas.DROPS_LATE,
    "part_years": formulas.COUNTED,
    "timing": formulas.FALLS_AT,
}


@pytest.mark.parametrize("name", TABLES)
def test_the_formulas_have_every_choice_and_no_other(name):
    assert set(TABLES[name]) == set(options(sroi.MethodProfile, name))


@pytest.mark.parametrize("path", sorted(WORDS))
def test_every_choice_is_handled(path):
    section, name = path.split(".")
    for choice in options(MODELS[section], name):
        for caller in ("evaluate", "ledger", "sensitivity", "workbook"):
            CALLERS[caller](with_choice(path, choice))
