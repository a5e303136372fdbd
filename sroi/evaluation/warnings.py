"""What a reader of a result should be told beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.conventions import TRANSFERS
from sroi.evaluation.doubts import doubts_of
from sroi.formatting import listed, money, percent
from sroi.labels import path_label, quoted, unused_titles
from sroi.model.owners import NOT_STATED
from sroi.optimism import biases
from sroi.resolution import numbers_of
from sroi.results import lineage
from sroi.warned import ResultWarning

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from sroi.model import Study
    from sroi.results.rows import OutcomeRow

LONG_HORIZON = 10
"""Years after which benefits need a warning: The Green Book (2026), paragraph 6.11, buildings apart."""


def warnings_of(
    study: Study,
    outcomes: Sequence[OutcomeRow],
    present_value: float,
    dropped: Mapping[str, float],
    notes: Iterable[ResultWarning],
    today: dt.date,
) -> tuple[ResultWarning, ...]:
    """The warnings of one result, as of one day."""
    found: list[ResultWarning] = []

    def say(warning: str, message: str, names: Sequence[str], section: str = "outcomes.") -> None:
        """Warn of some entries of the study, if there are any."""
        paths = [f"{section}{name}" for name in names]
        if paths:
            said = f"{message}: {quoted(study, paths)}"
            found.append(ResultWarning(warning, said, entries=paths))

    method = study.method
    found += _of_optimism(study)
    found += notes
    if dropped:
        amounts = listed(
            f"“{path_label(study, path)}” {money(amount, study.currency)}" for path, amount in dropped.items()
        )
        said = f"flows after year {method.horizon} are dropped (undiscounted): {amounts}"
        dropping: dict[str, Any] = {"year": method.horizon, "amounts": dict(dropped)}
        found.append(ResultWarning("flows-past-the-horizon", said, **dropping))
    period = study.appraisal_period or LONG_HORIZON
    far = [row for row in outcomes if row.in_total and any(row.by_year_pv[period + 1 :])]
    late = sum((value or 0.0) for row in far for value in row.by_year_pv[period + 1 :])
    if method.horizon is None and late and present_value:
        share = late / present_value
        bare = [row.outcome for row in far if study.outcomes[row.outcome].horizon_evidence is None]
        remedy = (
            f"set a horizon, or say what shows that they last: {_outcomes(study, bare)}"
            if bare
            else "it is as sure as the evidence of how long it lasts"
        )
        what = f"{percent(share)} of the present value falls more than {period} years after year 0"
        entries = [f"outcomes.{row.outcome}" for row in far]
        about: dict[str, Any] = {"share": share, "years": period, "entries": entries}
        found.append(ResultWarning("value-far-ahead", f"{what}: {remedy}", **about))
    if method.transfers == "excluded":
        outside = [row.outcome for row in outcomes if row.kind in TRANSFERS]
        say("transfers-outside-the-total", "transfers are outside the total", outside)
    unstated = [row.outcome for row in outcomes if row.in_total and row.kind == NOT_STATED]
    say("kind-not-stated", "the kind is not stated, so they are in no claim of money saved", unstated)
    found += _years_apart(study)
    found += doubts_of(study)
    unpriced = [row.outcome for row in outcomes if row.value is None]
    say("unpriced-outside-the-total", "outcomes without a money value are outside the total", unpriced)
    flagged = [
        name
        for name, outcome in study.outcomes.items()
        if needs_cashable(study, name) and outcome.cashable is None
    ]
    say("cashable-not-given", "cashable is not given and counts as 0", flagged)
    apart = {name for name, stakeholder in study.stakeholders.items() if not stakeholder.included}
    givers_and_holders = [(f"inputs.{name}", entry.stakeholder) for name, entry in study.inputs.items()]
    givers_and_holders += [(f"outcomes.{name}", each.stakeholder) for name, each in study.outcomes.items()]
    counted = [name for name, stakeholder in givers_and_holders if stakeholder in apart]
    said = "counted although the stakeholder is marked as left out"
    say("left-out-but-counted", said, counted, section="")
    overdue = past_review(study, today)
    titles = listed(f"“{study.sources[name].title}”" for name in overdue)
    if overdue:
        said = f"past the date by which they should be looked at again: {titles}"
        found.append(ResultWarning("source-past-review", said, sources=overdue, today=today.isoformat()))
    for path in unused_titles(study):
        said = f"a title is given to {path}, which the study does not name"
        found.append(ResultWarning("title-of-nothing", said, entries=[path]))
    return tuple(found)


def past_review(study: Study, today: dt.date) -> list[str]:
    """The sources behind a result that should have been looked at again by a day."""
    past = {
        name
        for name, source in study.sources.items()
        if source.review_by and source.review_by < today.isoformat()[: len(source.review_by)]
    }
    return [name for name in (lineage.sources_used(study) if past else {}) if name in past]


def _outcomes(study: Study, names: Iterable[str]) -> str:
    return quoted(study, (f"outcomes.{name}" for name in names))


def years_apart(study: Study) -> tuple[int, list[str], dict[int, list[str]]] | None:
    """Inputs that are given in more or fewer years than outcomes have cohorts.

    One cohort whose benefits go on as long as the inputs, or beside others of as many years, is in order.

    Returns
    -------
    tuple or None
        The years of the longest inputs, those inputs, and the outcomes by how many cohorts they have instead.
    """
    numbers = numbers_of(study)
    lasting: dict[int, list[str]] = {}
    for name, entry in study.inputs.items():
        held = len(entry.value) if isinstance(entry.value, tuple) else numbers.value(f"inputs.{name}.years")
        lasting.setdefault(int(held or 1), []).append(name)
    most = max(lasting, default=1)
    cohorts: dict[int, list[str]] = {}
    for name, outcome in study.outcomes.items():
        if outcome.priced:
            count = len(outcome.quantity) if isinstance(outcome.quantity, tuple) else 1
            found = numbers.outcome(name)
            steady = count == 1 and found is not None and found.first + found.duration >= most
            cohorts.setdefault(most if steady else count, []).append(name)
    if most in cohorts:
        cohorts.pop(1, None)
    apart = {count: names for count, names in cohorts.items() if count != most}
    return (most, lasting[most], apart) if lasting and apart else None


def _years_apart(study: Study) -> list[ResultWarning]:
    found = years_apart(study)
    if found is None:
        return []
    most, inputs, apart = found
    each = listed(
        f"{count} cohort{'' if count == 1 else 's'} of {_outcomes(study, names)}"
        for count, names in sorted(apart.items())
    )
    given = quoted(study, (f"inputs.{name}" for name in inputs))
    said = f"inputs are given in {most} year{'' if most == 1 else 's'} ({given}) beside {each}"
    return [ResultWarning("years-apart", said, years=most, inputs=inputs, outcomes_by_cohorts=apart)]


_ASKS_FOR_OPTIMISM = ("green-book", "gmca-cba")
"""Profiles whose guides say that appraisers adjust for optimism."""

_MOST_NAMED = 4


def _of_optimism(study: Study) -> list[ResultWarning]:
    """What optimism bias is applied, by name, or that none is."""

    def say(warning: str, message: str, paths: Iterable[str] = ()) -> list[ResultWarning]:
        return [ResultWarning(warning, f"{said}{message}", entries=list(paths), profile=method.profile)]

    method, numbers = study.method, numbers_of(study)
    said = "Green Book discounting, prices and scope; " if method.profile == "green-book" else ""
    entries = {
        f"{section}.{name}": each.optimism_bias is not None
        for section, of in (("inputs", study.inputs), ("outcomes", study.outcomes))
        for name, each in of.items()
    }
    applied = biases(numbers)
    if not applied:
        stated = [path for path, states in entries.items() if states]
        if stated:
            left = f"the method leaves out what is stated for {_few(study, stated)}"
            return say("optimism-bias-not-applied", f"optimism bias not applied: {left}", stated)
        asks = method.profile in _ASKS_FOR_OPTIMISM or method.optimism_bias != "none"
        why = ": no input or outcome states one" if method.optimism_bias != "none" else ""
        return say("optimism-bias-not-applied", f"optimism bias not applied{why}") if asks else []
    shares: dict[str, list[str]] = {}
    for path, held in applied.items():
        share = numbers.value(held) if isinstance(held, str) else held
        how = "raised" if path.startswith("inputs.") else "lowered"
        by = "" if isinstance(held, str) else " by the grade of its weakest number"
        shares.setdefault(f"{how} {percent(share or 0.0)}{by}", []).append(path)
    parts = "; ".join(f"{how}: {_few(study, paths)}" for how, paths in shares.items())
    without = [path for path in entries if path not in applied and study.method.optimism_bias == "stated"]
    none = f"; none is stated for {_few(study, without)}" if without else ""
    return say("optimism-bias-applied", f"optimism bias applied: {parts}{none}", applied)


def _few(study: Study, paths: Sequence[str]) -> str:
    more = len(paths) - _MOST_NAMED
    return quoted(study, paths[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def needs_cashable(study: Study, name: str) -> bool:
    """Whether an outcome is a resource of a budget holder, so that it matters how much of it is cash."""
    outcome = study.outcomes[name]
    stakeholder = study.stakeholders.get(outcome.stakeholder)
    state = stakeholder is not None and (stakeholder.party == "state" or stakeholder.payer is not None)
    return outcome.kind == "resource" and outcome.priced and (state or outcome.payer is not None)
