"""From a file, a text or a name to a study: read, lay the layers over each other, validate, resolve."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.arguments import checked_arguments
from sroi.documents.layers import all_layers
from sroi.documents.library import Library
from sroi.documents.mapping import read_mapping
from sroi.documents.reader import read_bytes, read_file, read_text
from sroi.documents.scenarios import scenario_problems
from sroi.documents.setting import set_method, set_values
from sroi.documents.tree import LocatedDict, Mark, Text
from sroi.documents.validation import validated_study
from sroi.errors import DocumentError, NotFoundError, Problem
from sroi.model import Study
from sroi.refusals import what_to_add

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sroi.documents.library import Place
    from sroi.method import MethodProfile

    MethodChoice = str | Mapping[str, Any] | MethodProfile

_OWN = ("sroi", "id", "title", "kind", "currency", "price_year", "first_year")
"""What a study says itself, even where it builds on an intervention."""

_ENDINGS = (".yaml", ".yml", ".json")


class Change(NamedTuple):
    """A method and values to set, the values over the method."""

    method: MethodChoice | None
    values: Mapping[str, Any] | None

    def of(self, text: Text) -> Text:
        """The text with the change made."""
        text = text if self.method is None else set_method(text, self.method)
        return set_values(text, self.values) if self.values else text


class Reading(NamedTuple):
    """What a study was read from: its own text with nothing laid under it, and the changes made since."""

    text: Text
    library: Library
    is_template: bool
    changes: tuple[Change, ...]


def names_a_file(name: str) -> bool:
    """Whether a name is that of a file, rather than of something shipped."""
    return name.endswith(_ENDINGS) or any(mark in name for mark in ("/", os.sep))


@checked_arguments
def load(
    name: str | os.PathLike[str],
    *,
    place: str | None = None,
    borough: str | None = None,
    values: Mapping[str, Any] | None = None,
    method: MethodChoice | None = None,
    packs: Library | str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
) -> Study:
    """Read a study from a file, or a shipped intervention by its name.

    Parameters
    ----------
    name : str or path
        What ends in .yaml, .yml or .json, or holds a path separator, is a file; anything else is the name of
        an intervention.
    place : str, optional
        Identifier, name or GSS code of a place, in place of the study's own.
    borough : str, optional
        The same as ``place``.
    values : mapping of str to value, optional
        Values to set by path, as ``--set path=value`` does. They replace what stands there and are fixed in
        simulation.
    method : str, mapping or MethodProfile, optional
        A method profile, by its name, as a mapping of a profile and what it overrides, or itself; in place of
        the study's own. ``values`` are set over it.
    packs : iterable of path or Library, optional
        Folders of the user's own packs, looked into first; a library serves many studies and reads each pack
        once.

    Returns
    -------
    Study
        Complete, with every layer merged. It may hold numbers that are not assessed; ``evaluate`` names them.

    Raises
    ------
    DocumentError
        If a file cannot be used; ``problems`` holds all that is wrong with it.
    NotFoundError
        If there is no such intervention, place or folder.
    """
    library = Library.of(packs)
    path = os.fspath(name)
    is_file = names_a_file(path) or isinstance(name, Path)
    text = read_file(Path(path), "study") if is_file else library.intervention(path)
    reading = Reading(text, library, not is_file, (Change(method, values),))
    return study_of(reading, one_place(place, borough))


@checked_arguments
def loads(
    text: str | bytes | Mapping[str, Any],
    *,
    place: str | None = None,
    borough: str | None = None,
    values: Mapping[str, Any] | None = None,
    method: MethodChoice | None = None,
    packs: Library | str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
) -> Study:
    """Read a study from YAML or JSON, as text or as the bytes of a file, or from a mapping of the same keys.

    A mapping may hold models, such as an :class:`sroi.Estimate`; its texts are not read as YAML again. For
    the arguments see :func:`load`.
    """
    if isinstance(text, str):
        source = read_text(text, "study", "<text>")
    elif isinstance(text, bytes):
        source = read_bytes(text, "study", "<bytes>")
    else:
        source = read_mapping(text, "study", "<mapping>")
    reading = Reading(source, Library.of(packs), is_template=False, changes=(Change(method, values),))
    return study_of(reading, one_place(place, borough))


def files_of(study: Study) -> tuple[Path, ...]:
    """The files that a study was read from: its own, and all in the user's folders of packs."""
    origin = study.provenance
    if not isinstance(origin, Text):
        return () if origin is None else (Path(getattr(origin, "file", "")),)
    packs = () if origin.reading is None else origin.reading.library.own_files()
    return (Path(origin.whole.file), *packs)


def one_place(place: str | None, borough: str | None) -> str | None:
    """The place, by whichever of its two names it was given."""
    if place is not None and borough is not None:
        hint = "give one of them: they mean the same"
        raise DocumentError("place and borough are both given", hint, file="place")
    chosen = borough if place is None else place
    if chosen is not None and not chosen.strip():
        hint = "name one, such as haringey, or leave it out"
        raise NotFoundError("the name of the place is empty", hint, file="place")
    return chosen


def study_of(reading: Reading, place: str | None) -> Study:
    """The study that a reading gives of a place, or of its own: every layer laid, every change made."""
    own, library, is_template, changes = reading
    problems = [] if is_template else _own_keys_missing(own)
    chain: list[Place] = []
    text = merged = _with_one_place(own, problems)
    root = text.root
    if root.get("complete") is not True or place is not None:
        intervention = root.get("id" if is_template else "intervention")
        template = text if is_template else None
        if isinstance(intervention, str) and not is_template:
            template = _with_one_place(_looked_up(text, "intervention", library.intervention), problems)
        if place is not None:
            chain = library.chain(place)
        elif isinstance(root.get("place"), str):
            chain = _looked_up(own, "borough" if "borough" in own.root else "place", library.chain)
        argument = None if place is None else Mark("argument", "--place", 0, 0, 0, 0)
        name = intervention if isinstance(intervention, str) else None
        merged = all_layers(text, template, chain, name, argument, problems)
    if isinstance(root.get("complete"), bool):
        merged = replace(merged, root=merged.root.without("complete"))
    laid = merged
    for change in changes:
        merged = change.of(merged)
    of_another = _currency_problem(merged, chain)
    if of_another is not None:
        problems.append(of_another)
        merged.root.put("currency", chain[-1].pack.currency, merged.root.marks["currency"])
    of_a_place = bool(chain) and not chain[-1].nation
    places = (
        [each.name for each in library.places() if not each.nation] if is_template and not of_a_place else []
    )
    study = validated_study(replace(merged, reading=reading), problems, places)
    wrong = scenario_problems(laid) if study.scenarios else []
    if wrong:
        raise DocumentError(wrong)
    return study


def _own_keys_missing(text: Text) -> list[Problem]:
    absent = (key for key in _OWN if key not in text.root)
    return [text.problem([], f"{key} is missing", what_to_add(Study, [key])) for key in absent]


def _with_one_place(text: Text, problems: list[Problem]) -> Text:
    """The text with its place under that key, where it calls it a borough."""
    if "borough" not in text.root:
        return text
    if "place" in text.root:
        hint = "write one of them: they mean the same"
        problems.append(text.problem(["borough"], "place and borough are both given", hint, at_key=True))
        return replace(text, root=text.root.without("borough"))
    root = LocatedDict()
    for key, value in text.root.items():
        root.put("place" if key == "borough" else key, value, text.root.marks[key])
    return replace(text, root=root)


def _looked_up(text: Text, key: str, find: Callable[[str], Any]) -> Any:
    try:
        return find(text.root[key])
    except NotFoundError as error:
        problems = [text.problem([key], each.message, each.hint) for each in error.problems]
        raise DocumentError(problems) from None


def _currency_problem(text: Text, chain: list[Place]) -> Problem | None:
    """One study on packs of another currency: told once, and for the nearest pack."""
    currency = text.root.get("currency")
    for place in reversed(chain):
        if isinstance(currency, str) and place.pack.currency != currency:
            message = f"the study is in {currency} and the pack {place.name} in {place.pack.currency}"
            return text.problem(["currency"], message, f"write currency: {place.pack.currency}")
    return None
