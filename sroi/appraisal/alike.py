"""What options of one decision have in common: terms always, people and purpose unless told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sroi.errors import DocumentError, Problem
from sroi.formatting import listed
from sroi.labels import path_label
from sroi.method import MethodProfile
from sroi.words import readable
from sroi.years import year_written

if TYPE_CHECKING:
    from sroi.model import Study

FILE = "options"
"""Where what is refused of options stands."""

_NAMED = 6
"""How many studies are named that say the same."""

_CHOICES = tuple(name for name in MethodProfile.model_fields if name != "profile")
_TERMS: Mapping[str, Callable[[Study], Any]] = {
    "price_year": lambda study: study.price_year,
    "currency": lambda study: study.currency,
    "first_year": lambda study: year_written(study.first_year),
    "appraisal_period": lambda study: study.appraisal_period,
}
"""What must be the same, else sums cannot be set against each other."""

_ASIDE: Mapping[str, Callable[[Study], Any]] = {
    "place": lambda study: study.place,
    "purpose": lambda study: study.purpose,
}
"""What is the same in options of one decision that state it."""


def refuse_unlike(named: Mapping[str, Study], *, anyway: bool) -> tuple[str, ...]:
    """Refuse options that are not of one decision, all reasons at once.

    Parameters
    ----------
    named : mapping of str to Study
        The options.
    anyway : bool
        Whether options of other people, places or purposes are let pass.

    Returns
    -------
    tuple of str
        What was let pass.

    Raises
    ------
    DocumentError
        If they differ in a choice of the method, price year, currency, first year or appraisal period, whose
        sums cannot be set against each other; or, without ``anyway``, in people, place or purpose.
    """
    terms = terms_apart(named)
    hint = "options of one decision share it; --anyway (anyway=True) compares them as they are"
    unlike = [*_apart(named, _ASIDE, hint), *_people(named)]
    found = terms if anyway else terms + unlike
    if found:
        raise DocumentError(found)
    return tuple(problem.message for problem in unlike)


def terms_apart(named: Mapping[str, Study], what: str = "option") -> list[Problem]:
    """The choices of the method and the terms in which studies differ whose sums are to be added or compared.

    Parameters
    ----------
    named : mapping of str to Study
    what : str
        What each of them is here.
    """
    file = FILE if what == "option" else "studies"
    return [*_of_method(named, file), *_apart(named, _TERMS, f"write the same in every {what}", file)]


def _apart(
    named: Mapping[str, Study], of: Mapping[str, Callable[[Study], Any]], hint: str, file: str = FILE
) -> list[Problem]:
    found = []
    for aspect, value in of.items():
        values = {name: value(study) for name, study in named.items()}
        stated = {name: each for name, each in values.items() if each is not None}
        said = _said(stated if of is _ASIDE else values)
        if said:
            found.append(Problem(f"{readable(aspect)} differs: {said}", hint, aspect, file))
    return found


def _of_method(named: Mapping[str, Study], file: str) -> list[Problem]:
    hint = "judge them by one method: --method green-book"
    found = []
    for choice in _CHOICES:
        said = _said({name: getattr(study.method, choice) for name, study in named.items()})
        if said:
            found.append(Problem(f"{readable(choice)} differs: {said}", hint, f"method.{choice}", file))
    return found


def _said(values: Mapping[str, Any]) -> str:
    """What each has, those that have the same together, whatever their capitals; empty where all have."""
    groups: dict[str, tuple[str, list[str]]] = {}
    for name, value in values.items():
        said = "none" if value is None else " ".join(str(value).split())
        groups.setdefault(said.casefold(), (said, []))[1].append(name)
    return "; ".join(f"{said} ({_first(names)})" for said, names in groups.values()) * (len(groups) > 1)


def _first(names: list[str]) -> str:
    more = len(names) - _NAMED
    return listed(names if more < 2 else [*names[:_NAMED], f"{more:,} more"])


def _people(named: Mapping[str, Study]) -> list[Problem]:
    """Those who gain or lose by an option and are not among the stakeholders of another."""
    missing: dict[tuple[str, str], dict[str, list[str]]] = {}
    for name, study in named.items():
        for who in dict.fromkeys(each.stakeholder for each in study.outcomes.values()):
            title = study.stakeholders[who].title
            for other, beside in named.items():
                known = beside.stakeholders.get(who)
                if known is None or known.title.casefold() != title.casefold():
                    missing.setdefault((who, title), {}).setdefault(name, []).append(other)
    found = []
    for (who, title), by in missing.items():
        study = named[next(iter(by))]
        others = list(dict.fromkeys(other for each in by.values() for other in each))
        called = f"“{path_label(study, f'stakeholders.{who}')}” (stakeholders.{who})"
        message = (
            f"{called} gain or lose by {listed(by)}, and are not among the stakeholders of {listed(others)}"
        )
        hint = f"options of one decision concern the same people: declare {who} there as “{title}”, with or "
        hint += "without outcomes; --anyway (anyway=True) compares unlike options as they are"
        found.append(Problem(message, hint, f"stakeholders.{who}", FILE))
    return found
