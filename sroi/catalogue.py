"""What is shipped, where each number of it comes from, and what has been claimed beside what the models give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.documents.authorities import authority, comparable, search
from sroi.documents.loading import load
from sroi.errors import DocumentError, NotFoundError, UndefinedResultError, instead
from sroi.evaluation import evaluate
from sroi.model import Claim, Source
from sroi.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.documents.authorities import Authority
    from sroi.documents.library import Library, Place
    from sroi.documents.tree import Text
    from sroi.evaluation import Evaluation

_OF_A_NUMBER = ("value", "low", "high", "unit", "price_year", "source", "grade", "rationale", "borrowed_from")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list for programs, an entry a mapping, and the same for people, as a table."""

    entries: list[dict[str, Any]]
    table: Table


def boroughs(library: Library) -> Listing:
    """The places that have a pack of their own."""
    entries = [_pack(place) for place in library.places() if not place.nation]
    rows = [
        (
            each["borough"],
            each["title"],
            each["gss"] or "",
            str(each["numbers"]),
            formatting.listed(each["interventions"]),
        )
        for each in entries
    ]
    columns = ("Name", "Title", "GSS code", ">Own numbers", "On interventions")
    note = "Every other local authority of the United Kingdom works by name or GSS code too: see --all, --search and --like."
    return Listing(entries, Table("Places with a pack of their own", columns, tuple(rows), note))


def _pack(place: Place) -> dict[str, Any]:
    pack = place.pack
    return {
        "borough": pack.pack,
        "title": pack.title,
        "gss": pack.gss,
        "extends": pack.extends,
        "interventions": list(pack.interventions),
        "numbers": len(pack.assumptions) + sum(len(said.assumptions) for said in pack.interventions.values()),
        "claims": len(pack.claims),
        "file": place.text.whole.file,
    }


def found_places(library: Library, text: str = "") -> Listing:
    """Every local authority whose name, region, nation or code holds a text; all of them where it is empty."""
    return _places(
        library,
        [(each, None) for each in search(text)],
        f"Local authorities{f' with “{text}”' if text else ''}",
    )


def places_like(library: Library, name: str) -> Listing:
    """The places most like one, within its nation.

    Raises
    ------
    NotFoundError
        If no authority has that name.
    """
    one = authority(name)
    if one is None:
        raise NotFoundError(
            f"there is no local authority {name}; {instead(name, [each.name for each in search('')])}"
        )
    note = "Distance in standard deviations over population, age, deprivation and pay, as far as the figures exist for the nation."
    return _places(library, [(one, 0.0), *comparable(one, 10)], f"Places like {one.name}", note)


def _places(
    library: Library, found: list[tuple[Authority, float | None]], title: str, note: str = ""
) -> Listing:
    own = library.pack_names()
    entries = []
    for each, distance in found:
        entry: dict[str, Any] = {
            "borough": each.identifier,
            "title": each.official_name,
            "gss": each.gss,
            "nation": each.nation,
            "region": each.region,
        }
        entry |= {"population": each.figure("population"), "pack": each.identifier in own}
        entries.append(entry if distance is None else {**entry, "distance": distance})
    rows = tuple(
        (
            each["borough"],
            each["title"],
            each["gss"],
            each["region"] or each["nation"],
            "" if each["population"] is None else f"{each['population']:,.0f}",
            "own" if each["pack"] else "",
            *((f"{each['distance']:.2f}",) if "distance" in each else ()),
        )
        for each in entries
    )
    columns = (
        "Name",
        "Title",
        "GSS code",
        "Region",
        ">Population",
        "Pack",
        *((">Distance",) if entries and "distance" in entries[0] else ()),
    )
    return Listing(entries, Table(title, columns, rows, note))


def interventions(library: Library) -> Listing:
    """The interventions that can be evaluated by name."""
    entries: list[dict[str, Any]] = []
    for name in library.interventions():
        text = library.template(name)
        places = [
            place.name for place in library.places() if name in place.pack.interventions and not place.nation
        ]
        strategy = text.root.get("strategy")
        entries.append(
            {
                "intervention": name,
                "title": text.root.get("title"),
                "strategy": strategy,
                "boroughs": places,
                "file": text.whole.file,
            }
        )
    rows = [
        (
            each["intervention"],
            str(each["title"]),
            each["strategy"] or "",
            formatting.listed(each["boroughs"]),
        )
        for each in entries
    ]
    return Listing(
        entries,
        Table(
            "Interventions", ("Name", "Title", "Strategy", "Places with numbers of their own"), tuple(rows)
        ),
    )


def numbers_of(name: str, library: Library) -> Listing:
    """Every number of a place, a nation or an intervention, with where it comes from.

    Raises
    ------
    NotFoundError
        If nothing has that name.
    """
    text, title = _text_of(name, library)
    entries = []
    for path, written in _numbers_in(text):
        fields = written if isinstance(written, dict) else {"value": written}
        origin = text.origin(path)
        entry = {"path": path, **{key: fields.get(key) for key in _OF_A_NUMBER}}
        entries.append(
            {**entry, "file": origin.file if origin else None, "line": origin.line if origin else None}
        )
    columns = ("Number", ">Value", ">Range", "Prices", "Grade", "Source or rationale", "Written in")
    return Listing(entries, Table(title, columns, tuple(_number_row(entry) for entry in entries)))


def _number_row(entry: dict[str, Any]) -> tuple[str, ...]:
    basis = (
        entry["source"]
        or entry["rationale"]
        or ("computed" if isinstance(entry["value"], str) else "no source")
    )
    return (
        str(entry["path"]),
        "not assessed"
        if entry["value"] is None
        else f"{entry['value']:,}"
        if isinstance(entry["value"], (int, float))
        else str(entry["value"]),
        "" if entry["low"] is None else f"{entry['low']} to {entry['high']}",
        str(entry["price_year"] or ""),
        str(entry["grade"] or ""),
        f"{basis} (borrowed from {entry['borrowed_from']})" if entry["borrowed_from"] else str(basis),
        f"{entry['file']}:{entry['line']}",
    )


def _text_of(name: str, library: Library) -> tuple[Text, str]:
    try:
        text = library.template(name)
        return text, str(text.root.get("title"))
    except NotFoundError:
        pass
    try:
        place = library.place(name)
    except NotFoundError as error:
        raise NotFoundError(f"{error}; interventions: {formatting.listed(library.interventions())}") from None
    return place.text, place.pack.title


def _numbers_in(text: Text) -> list[tuple[str, Any]]:
    found = [(f"assumptions.{key}", entry) for key, entry in (text.root.get("assumptions") or {}).items()]
    for intervention, said in (text.root.get("interventions") or {}).items():
        found += [
            (f"interventions.{intervention}.assumptions.{key}", entry)
            for key, entry in (said.get("assumptions") or {}).items()
        ]
    return found


def sources_of(name: str, library: Library) -> Listing:
    """The bibliography of a place, a nation or an intervention, with those of the packs it builds on.

    Raises
    ------
    NotFoundError
        If nothing has that name.
    """
    text, title = _text_of(name, library)
    texts = [place.text for place in library.chain(name)] if "pack" in text.root else [text]
    sources: dict[str, Any] = {}
    for each in texts:
        sources |= each.root.get("sources") or {}
    entries = [{"source": key, **fields} for key, fields in sorted(sources.items())]
    columns = ("Source", "Title", "Publisher", "Year", "Licence", "Review by", "Where")
    keys = ("source", "title", "publisher", "year", "licence", "review_by", "url")
    rows = tuple(tuple(str(entry.get(key) or "") for key in keys) for entry in entries)
    return Listing(entries, Table(f"Sources of {title}", columns, rows))


def claims(library: Library, borough: str | None = None) -> Listing:
    """What has been said in public, each claim beside what the model gives for the same place and meaning.

    A claim of savings is set beside the worth of the services that bodies of the state need less, for each
    unit put in; any other beside the social return. Where a claim names no ratio, or is of no one place, or
    no model can be evaluated, the reason stands in its place. What has been said of an intervention wherever
    it is comes last, and is set beside the model of the place that was asked for.

    Raises
    ------
    NotFoundError
        If no place has that name.
    """
    places = library.chain(borough) if borough is not None else library.places()
    results: dict[tuple[str, str], Evaluation | str] = {}
    entries = []
    every = borough is None
    for place, name, claim, source in _said(library, places, every=every):
        entry: dict[str, Any] = {
            "place": place,
            "claim": name,
            **claim.model_dump(mode="json", exclude_none=True),
        }
        entry["said_by"] = (
            formatting.listed(part for part in (source.publisher or source.title, source.year) if part)
            if source
            else None
        )
        asked = (
            places[-1] if borough is not None else next((each for each in places if each.name == place), None)
        )
        if claim.ratio is None:
            entry["no_model"] = "no ratio claimed"
        elif claim.intervention is None:
            entry["no_model"] = "no intervention named"
        elif asked is None or asked.nation:
            entry["no_model"] = "of no one place"
        else:
            key = (asked.name, claim.intervention)
            if key not in results:
                results[key] = _result(library, *key)
            result = results[key]
            if isinstance(result, str):
                entry["no_model"] = result
            else:
                entry["model"] = (
                    result.savings_ratio if claim.meaning == "savings" else result.social_return_ratio
                )
        entries.append(entry)
    rows = tuple(
        (
            str(entry["place"]),
            str(entry["claim"]),
            str(entry["says"]),
            "" if entry.get("ratio") is None else formatting.claim_in_a_column(entry["ratio"]),
            str(entry["meaning"]).replace("_", " "),
            str(entry.get("said_by") or "no source"),
            formatting.ratio_in_a_column(entry["model"]) if "model" in entry else str(entry["no_model"]),
        )
        for entry in entries
    )
    columns = ("Place or intervention", "Name", "Claim", ">Ratio", "Meaning", "Said by", ">This model")
    note = "Savings: services that bodies of the state need less, for each unit put in, whether or not any of it is cash. Central values, no range."
    return Listing(entries, Table("Claims in public, and what the models give", columns, rows, note))


def claimed(library: Library, borough: str) -> dict[str, Claim]:
    """What has been claimed of a place and of the interventions that its packs speak of, by the claim's name.

    Raises
    ------
    NotFoundError
        If no place has that name.
    """
    return {name: claim for _, name, claim, _ in _said(library, library.chain(borough), every=False)}


def _said(
    library: Library, places: list[Place], *, every: bool
) -> Iterator[tuple[str, str, Claim, Source | None]]:
    """Every claim of some packs and of the interventions they speak of: the pack or intervention that carries it, its name, and its source."""
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


def _result(library: Library, borough: str, intervention: str) -> Evaluation | str:
    try:
        return evaluate(load(intervention, borough=borough, packs=library))
    except UndefinedResultError as error:
        return "not assessed: " + formatting.listed(problem.path for problem in error.problems)
    except (DocumentError, NotFoundError) as error:
        return f"no model: {str(error).splitlines()[0]}"
