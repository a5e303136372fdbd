"""What has been claimed in public, beside what the models give."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.catalogue import Listing
from sroi.documents.loading import load
from sroi.errors import DocumentError, NotFoundError, UndefinedResultError
from sroi.evaluation import evaluate
from sroi.model import Claim, Source
from sroi.results.answer import shortened
from sroi.results.comparison import Readings, apart, over_same
from sroi.results.quotes import claims_of
from sroi.results.summary import denominator
from sroi.tables import Brief, Table
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.documents.library import Library, Place
    from sroi.results import Evaluation

_LONGEST_CLAIM = 60


def claims(library: Library, place: str | None = None) -> Listing:
    """What has been said in public, each claim beside what the model gives for the same place and meaning.

    A claim of savings is set beside the worth of the services that bodies of the state need less, for each
    unit put in, one of social value beside the social return, one that may be either beside both; over the
    same money as the claim. A claim that names no ratio, or is of another place or of none, is set beside
    nothing, and stands under a heading of its own where it was made elsewhere.

    Raises
    ------
    NotFoundError
        If no place has that name.
    """
    places = library.places() if place is None else library.chain(place)
    by_name = {each.name: each for each in places}
    results: dict[tuple[str, str], Evaluation | str] = {}
    entries = []
    for where, name, claim, source in _said(library, places, every=place is None):
        asked = by_name.get(where) if place is None or where == places[-1].name else None
        if claim.intervention is None:
            result: Evaluation | str = "no intervention named"
        elif asked is None or asked.nation:
            result = "of no one place"
        else:
            key = (asked.name, claim.intervention)
            if claim.ratio is not None and key not in results:
                results[key] = _result(library, *key)
            result = results.get(key, "")
        entries.append(_entry(where, name, claim, source, result))
    own = [entry for entry in entries if _is_of_a_place(entry, by_name, places[-1].name if place else None)]
    elsewhere = _elsewhere([entry for entry in entries if entry not in own], by_name)
    brief = _brief(own, elsewhere, places[-1].pack.title if place else None)
    return Listing(entries, _table(own), brief, elsewhere)


def claims_of_study(result: Evaluation) -> Listing:
    """What a study says has been claimed, each claim beside what the study gives over the same money."""
    study, own = result.study, claims_of(result.study)
    where = study.place or study.id
    entries = [
        _entry(
            where, name, claim, study.sources.get(claim.source or ""), result if name in own else _ELSEWHERE
        )
        for name, claim in study.claims.items()
    ]
    beside = [entry for entry in entries if entry.get("no_model") != _ELSEWHERE]
    elsewhere = _elsewhere([entry for entry in entries if entry not in beside], {})
    return Listing(entries, _table(beside), _brief(beside, elsewhere, f"“{study.title}”"), elsewhere)


_ELSEWHERE = "of another place or intervention"


def _entry(
    where: str, name: str, claim: Claim, source: Source | None, result: Evaluation | str
) -> dict[str, Any]:
    """A claim beside a result, or with the reason why it stands beside none."""
    entry: dict[str, Any] = {
        "place": where,
        "claim": name,
        **claim.model_dump(mode="json", exclude_none=True),
        **apart(claim).to_dict(),
        "said_by": source
        and formatting.listed(part for part in (source.publisher or source.title, source.year) if part),
    }
    if claim.ratio is None:
        return {**entry, "no_model": "no ratio claimed"}
    if isinstance(result, str):
        return {**entry, "no_model": result}
    found = over_same(result, claim)
    entry |= found.to_dict()
    if not found.of(claim.meaning):
        return {**entry, "no_model": f"nothing put in of {denominator(claim.over)}"}
    return {**entry, "model": found.of(claim.meaning)[0]}


def _table(entries: list[dict[str, Any]]) -> Table:
    rows = tuple(
        (
            entry["place"],
            entry["claim"],
            entry["says"],
            "" if entry.get("ratio") is None else formatting.claim_in_a_column(entry["ratio"]),
            readable(entry["meaning"], capital=False),
            entry["said_by"] or "no source",
            entry.get("no_model") or _beside(entry),
        )
        for entry in entries
    )
    columns = ("Place or intervention", "Name", "Claim", ">Ratio", "Meaning", "Said by", ">This model")
    note = (
        "Savings: services that bodies of the state need less, for each unit put in, whether or not any of it"
        " is cash. Central values, no range."
    )
    return Table("Claims in public, and what the models give", columns, rows, note)


def _beside(entry: dict[str, Any]) -> str:
    """What the model gives over the same money as a claim."""
    found = Readings(entry["over"], entry["social_value"], entry["savings"])
    return found.in_words(entry["meaning"], entry["ratio"])


def _brief(own: list[dict[str, Any]], elsewhere: Table, place: str | None) -> Brief:
    """The claims of a place, or of every place, those with a model first; the others are counted."""
    beside = [entry for entry in own if "model" in entry]
    reached = sum(entry["model"] >= entry["ratio"] for entry in beside)
    called = f"Claims of {place or 'one place'}"
    said = f"{called}: {len(own)}; with a ratio that a model can be set beside: {len(beside)}"
    said += f", of which the model reaches {reached or 'none'}." if beside else "."
    if elsewhere.rows:
        said += f" Claims of elsewhere or of no one place: {len(elsewhere.rows)}."
    first = [{**entry, "says": shortened(entry["says"], _LONGEST_CLAIM)} for entry in beside]
    columns = ("Claim", "Ratio", "This model", "Meaning", "Said by")
    if place is None:
        columns = ("Place or intervention", *columns[:-1])
    table = replace(_table(first or own).with_columns(columns), title=called, note="")
    if not own:
        table = elsewhere.with_columns(("Claim", "Ratio", "Place", "Meaning", "Said by"))
    return Brief((said,), (table,), len(own) + len(elsewhere.rows) - len(table.rows), rows="claims")


def _is_of_a_place(entry: dict[str, Any], places: dict[str, Place], asked: str | None) -> bool:
    """Whether a claim is of the place that was asked for, or of any one place where none was."""
    carrier = places.get(entry["place"])
    return carrier is not None and not carrier.nation and asked in (None, entry["place"])


def _elsewhere(entries: list[dict[str, Any]], places: dict[str, Place]) -> Table:
    """The claims of other places or of none, each with its place and whose pounds it is for."""
    rows = tuple(
        (
            places[entry["place"]].pack.title if entry["place"] in places else "no one place",
            entry["claim"],
            entry["says"],
            "" if entry.get("ratio") is None else formatting.claim_in_a_column(entry["ratio"]),
            readable(entry["meaning"], capital=False),
            denominator(entry.get("over")),
            entry["said_by"] or "no source",
        )
        for entry in entries
    )
    columns = ("Place", "Name", "Claim", ">Ratio", "Meaning", "Over whose money", "Said by")
    return Table("Claims made elsewhere", columns, rows, "They are set beside nothing.")


def claimed(library: Library, place: str) -> dict[str, Claim]:
    """What has been claimed of a place and of the interventions that its packs speak of, by the claim's name.

    Raises
    ------
    NotFoundError
        If no place has that name.
    """
    return {name: claim for _, name, claim, _ in _said(library, library.chain(place), every=False)}


def _said(
    library: Library, places: list[Place], *, every: bool
) -> Iterator[tuple[str, str, Claim, Source | None]]:
    """The claims of packs and of interventions: who carries it, its name, the claim, and its source.

    The interventions are those that the packs speak of, or ``every`` one.
    """
    for place in places:
        declared = {
            key: source for each in library.chain(place.name) for key, source in each.pack.sources.items()
        }
        for name, claim in place.pack.claims.items():
            yield place.name, name, claim, declared.get(claim.source or "")
    spoken_of = {name for place in places for name in place.pack.interventions}
    for intervention in library.interventions():
        if not every and intervention not in spoken_of:
            continue
        root = library.template(intervention).root
        sources = {key: Source.model_validate(fields) for key, fields in (root.get("sources") or {}).items()}
        for name, fields in (root.get("claims") or {}).items():
            claim = Claim.model_validate({"intervention": intervention, **fields})
            yield intervention, name, claim, sources.get(claim.source or "")


def _result(library: Library, place: str, intervention: str) -> Evaluation | str:
    try:
        return evaluate(load(intervention, borough=place, packs=library))
    except UndefinedResultError as error:
        return "not assessed: " + formatting.listed(problem.path for problem in error.problems)
    except (DocumentError, NotFoundError) as error:
        return f"no model: {str(error).splitlines()[0]}"
