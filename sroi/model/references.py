"""What a study refers to and does not declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from sroi.errors import Problem
from sroi.model.entries import Party
from sroi.quantities import shown
from sroi.suggestions import Suggestions

if TYPE_CHECKING:
    from sroi.model.study import Study

PARTIES: tuple[Party, ...] = get_args(Party)


def cross_reference_problems(study: Study) -> list[Problem]:
    """What refers to a stakeholder, a source or an assumption that the study does not declare."""
    problems = []
    among: dict[str, Suggestions] = {}
    parties = {*study.stakeholders, *PARTIES}

    def declared(path: str, what: str, name: str | None, names: Any) -> None:
        if name is not None and name not in names:
            if what not in among:
                among[what] = Suggestions(names)
            problems.append(Problem(f"there is no {what} {shown(name)}", among[what].instead(name), path))

    for path, estimate in study.estimates():
        declared(f"{path}.source", "source", estimate.source, study.sources)
    for name, entry in study.inputs.items():
        declared(f"inputs.{name}.stakeholder", "stakeholder", entry.stakeholder, study.stakeholders)
        declared(f"inputs.{name}.source", "source", entry.source, study.sources)
    for name, outcome in study.outcomes.items():
        declared(f"outcomes.{name}.stakeholder", "stakeholder", outcome.stakeholder, study.stakeholders)
        declared(f"outcomes.{name}.source", "source", outcome.source, study.sources)
        declared(f"outcomes.{name}.from", "stakeholder or party", outcome.from_, parties)
        path, (party, colon, body) = f"outcomes.{name}.accrues_to", (outcome.accrues_to or "").partition(":")
        if not (colon and party == "state"):
            declared(path, "stakeholder or party", outcome.accrues_to, parties)
        elif not body.strip():
            hint = "write one, such as state:nhs, or state"
            problems.append(Problem("no body of the state is named", hint, path))
    payers = {each.payer: None for each in study.stakeholders.values() if each.payer}
    for name, claim in study.claims.items():
        declared(f"claims.{name}.source", "source", claim.source, study.sources)
        if claim.funder is not None and claim.intervention in (None, study.intervention):
            declared(
                f"claims.{name}.over", "stakeholder or payer", claim.funder, {**study.stakeholders, **payers}
            )
    for position, correlation in enumerate(study.correlations):
        for assumption in correlation.between:
            declared(f"correlations[{position}].between", "assumption", assumption, study.assumptions)
    return problems
