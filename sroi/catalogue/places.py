"""Places: those with an assumption pack, and every local authority of the reference table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.catalogue import Listing, briefly, with_origins
from sroi.documents.authorities import authority, comparable, instead_of_place, search
from sroi.errors import NotFoundError
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.documents.authorities import Authority
    from sroi.documents.library import Library, Place


def places_with_a_pack(library: Library) -> Listing:
    """The places that have a pack of their own."""
    entries = [_entry(place, library.origin(place.name)) for place in library.places() if not place.nation]
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
    note = (
        "Every other local authority of the United Kingdom works by name or GSS code too:"
        " see --all, --search and --like."
    )
    table = with_origins(Table("Places with a pack of their own", columns, tuple(rows), note), entries)
    said = f"{len(rows)} places have a pack of their own. {note}"
    return Listing(
        entries, table, briefly(said, table, "places", ("Name", "Own numbers", "On interventions"))
    )


def _entry(place: Place, origin: str) -> dict[str, Any]:
    pack = place.pack
    return {
        "borough": pack.pack,
        "title": pack.title,
        "gss": pack.gss,
        "extends": pack.extends,
        "interventions": list(pack.interventions),
        "numbers": len(pack.assumptions) + sum(len(said.assumptions) for said in pack.interventions.values()),
        "claims": len(pack.claims),
        "from": origin,
        "file": place.text.whole.file,
    }


def found_places(library: Library, text: str = "") -> Listing:
    """Every local authority whose name, region, nation or code holds a text; all where it is empty."""
    title = f"Local authorities{f' with “{text}”' if text else ''}"
    return _listing(library, [(each, None) for each in search(text)], title)


def places_like(library: Library, name: str) -> Listing:
    """The places most like one, within its nation.

    Raises
    ------
    NotFoundError
        If no authority has that name.
    """
    one = authority(name)
    if one is None:
        raise NotFoundError(f"there is no local authority {name}", instead_of_place(name))
    note = (
        "Distance in standard deviations over population, age, deprivation and pay, as far as the figures"
        " exist for the nation."
    )
    return _listing(library, [(one, 0.0), *comparable(one, 10)], f"Places like {one.name}", note)


def _listing(
    library: Library, found: list[tuple[Authority, float | None]], title: str, note: str = ""
) -> Listing:
    own = library.pack_names()
    entries = []
    rows: list[tuple[str, ...]] = []
    columns: tuple[str, ...] = ("Name", "Title", "GSS code", "Region", ">Population", "Pack")
    for each, distance in found:
        population, has_pack = each.figure("population"), each.identifier in own
        entry: dict[str, Any] = {
            "borough": each.identifier,
            "title": each.official_name,
            "gss": each.gss,
            "nation": each.nation,
            "region": each.region,
            "population": population,
            "pack": has_pack,
        }
        row = (
            each.identifier,
            each.official_name,
            each.gss,
            each.region or each.nation,
            "" if population is None else f"{population:,.0f}",
            "own" if has_pack else "",
        )
        if distance is None:
            entries.append(entry)
            rows.append(row)
        else:
            entries.append({**entry, "distance": distance})
            rows.append((*row, f"{distance:.2f}"))
    if rows and len(rows[0]) > len(columns):
        columns = (*columns, ">Distance")
    table = Table(title, columns, tuple(rows), note)
    said = f"{len(rows)} local authorit{'y' if len(rows) == 1 else 'ies'}. {note}".strip()
    first = ("Name", *(("Distance",) if note else ()), "Title", "GSS code")
    return Listing(entries, table, briefly(said, table, "places", first))
