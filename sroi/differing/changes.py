"""What is not the same in two studies: numbers, sources, method, structure, and how many texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.base import Model
from sroi.differing.sides import Prices
from sroi.differing.terms import KIND_OF
from sroi.model import Estimate
from sroi.resolution import numbers_of
from sroi.results.difference import Changed, Moved, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.differing.pairs import Match
    from sroi.differing.terms import Terms
    from sroi.model import Study
    from sroi.resolution import Numbers

_OF_THE_NUMBER = ("value", "low", "high", "sd", "distribution", "price_year", "uprate")
_OF_THE_SOURCE = ("source", "grade", "borrowed_from", "method")
_STRUCTURE = frozenset(
    {
        *("stakeholder", "kind", "from_", "accrues_to", "payer", "priced", "starts", "unit", "material"),
        *("party", "included", "prices", "design"),
    }
)
_METHOD = ("discount_schedule", "drop_off_from")
_NAMED = {"claims": "claim", "scenarios": "scenario", "payers": "other", "units": "other"}
_LISTED = ("correlations", "waivers")
_OF_THE_STUDY = {
    "price_year": "method",
    "first_year": "method",
    "appraisal_period": "method",
    "place": "structure",
    "intervention": "structure",
    "kind": "structure",
    "id": "structure",
}
_SECTIONS = ("stakeholders", "inputs", "outcomes")


class Found(NamedTuple):
    """What changed, but for texts, and how many texts did."""

    changes: tuple[Changed, ...]
    texts: int


def changes_of(terms: Terms) -> Found:
    """All that is not the same in the two studies."""
    reading = _Reading(terms)
    reading.study()
    for name in ("assumptions", "sources", *_SECTIONS):
        for match in terms.matches[name]:
            reading.entry(name, match)
    reading.named()
    return Found(tuple(reading.changes), reading.texts)


class _Reading:
    def __init__(self, terms: Terms) -> None:
        self.old, self.new = terms.pair.old.study, terms.pair.new.study
        self.renamed = {
            str(each.new): str(each.old) for each in terms.matches["stakeholders"] if each.renamed
        }
        self.changes: list[Changed] = []
        self.texts = 0

    def study(self) -> None:
        """The keys of the study itself, and its method choice by choice."""
        for name in type(self.old).model_fields:
            old, new = getattr(self.old, name), getattr(self.new, name)
            if name in _OF_THE_STUDY and old != new:
                self.note(_OF_THE_STUDY[name], name, name, old, new)
            elif isinstance(old, str | tuple | None) and name not in (*_OF_THE_STUDY, *_LISTED):
                self.texts += old != new
        for name in type(self.old.method).model_fields:
            old, new = getattr(self.old.method, name), getattr(self.new.method, name)
            if old != new:
                self.note("method", f"method.{name}", f"method.{name}", old, new)

    def entry(self, section: str, match: Match) -> None:
        """One assumption, source, stakeholder, input or outcome."""
        what = {"assumptions": "number", "sources": "source"}.get(section, "structure")
        old = None if match.old is None else getattr(self.old, section)[match.old]
        new = None if match.new is None else getattr(self.new, section)[match.new]
        paths = f"{section}.{match.old or match.new}", f"{section}.{match.new or match.old}"
        if match.old is None or match.new is None:
            change = "added" if match.old is None else "removed"
            if what == "number":
                self.number(*paths, old, new, change)
            else:
                self.note(what, *paths, match.old, match.new, change)
            return
        if match.renamed:
            self.note(what, *paths, match.old, match.new, "renamed")
        if isinstance(old, Estimate) or isinstance(new, Estimate):
            self.estimate(*paths, old, new)
        elif section == "sources":
            self.source(paths, old, new)
        elif isinstance(old, Model) and isinstance(new, Model):
            for field in type(old).model_fields:
                self.field(field, paths, getattr(old, field), getattr(new, field))

    def source(self, paths: tuple[str, str], old: Any, new: Any) -> None:
        """A source that both studies name."""
        if old != new:
            self.note("source", *paths, old.title, new.title)

    def field(self, field: str, paths: tuple[str, str], old: Any, new: Any) -> None:
        """One field of a stakeholder, input or outcome."""
        below = f"{paths[0]}.{field.rstrip('_')}", f"{paths[1]}.{field.rstrip('_')}"
        if _is_number(old) or _is_number(new):
            self.estimate(*below, old, new)
        elif field == "stakeholder" and self.renamed.get(new, new) == old:
            return
        elif old != new:
            if field in _STRUCTURE:
                self.note("structure", *below, _word(old), _word(new))
            elif field in _METHOD:
                self.note("method", *below, old, new)
            elif field == "source":
                self.note("source", *below, old, new)
            else:
                self.texts += 1

    def estimate(self, old_path: str, new_path: str, old: Any, new: Any) -> None:
        """A number, or a list of them, and what is said of it."""
        if _said(old, _OF_THE_NUMBER) != _said(new, _OF_THE_NUMBER):
            change = "added" if old is None else "removed" if new is None else "changed"
            self.number(old_path, new_path, old, new, change)
        for name in _OF_THE_SOURCE:
            one, other = _said(old, (name,)), _said(new, (name,))
            if one != other and old is not None and new is not None:
                self.note("source", f"{old_path}.{name}", f"{new_path}.{name}", _first(one), _first(other))
        if old is not None and new is not None:
            texts = ("title", "rationale", "unit")
            self.texts += sum(_said(old, (name,)) != _said(new, (name,)) for name in texts)

    def number(self, old_path: str, new_path: str, old: Any, new: Any, change: str) -> None:
        """A number that is not the same: its value, or its range, or how it is written."""
        one = _value(numbers_of(self.old), old_path, old)
        other = _value(numbers_of(self.new), new_path, new)
        ends = _range(self.old, old_path, old), _range(self.new, new_path, new)
        if one == other and ends[0] == ends[1]:
            one, other = _written(old), _written(new)
        self.note("number", old_path, new_path, one, other, change, *ends)

    def named(self) -> None:
        """Claims, scenarios, titles of payers and units, and what is listed."""
        for section, what in _NAMED.items():
            old, new = getattr(self.old, section), getattr(self.new, section)
            for name in {**old, **new}:
                one, other = old.get(name), new.get(name)
                if one != other:
                    path = f"{section}.{name}"
                    change = "added" if one is None else "removed" if other is None else "changed"
                    self.note(what, path, path, _plain(one), _plain(other), change)
        for section in _LISTED:
            one, other = (_plain(getattr(study, section)) for study in (self.old, self.new))
            if one != other:
                self.note("other", section, section, one or None, other or None)

    def note(
        self,
        what: str,
        old_path: str,
        new_path: str,
        old: Any,
        new: Any,
        change: str = "changed",
        old_range: Any = None,
        new_range: Any = None,
    ) -> None:
        """Keep a change, with where it was written."""
        wheres = _where(self.old, old_path), _where(self.new, new_path)
        old_where = None if change == "added" else wheres[0]
        new_where = None if change == "removed" else wheres[1]
        found = Changed(what, old_path, change, old, new, old_range, new_range, old_where, new_where)
        self.changes.append(found)


def _where(study: Study, path: str) -> Where | None:
    origin = None if study.provenance is None else study.provenance.origin(path)
    return None if origin is None or not origin.line else Where(origin.file, origin.line)


def _is_number(value: Any) -> bool:
    return isinstance(value, Estimate) or (
        isinstance(value, tuple) and bool(value) and isinstance(value[0], Estimate)
    )


def _each(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _said(value: Any, names: tuple[str, ...]) -> list[Any]:
    return [getattr(each, name) for each in _each(value) for name in names]


def _first(values: list[Any]) -> Any:
    return next((each for each in values if each is not None), None)


def _value(numbers: Numbers, path: str, written: Any) -> Any:
    if isinstance(written, tuple):
        return tuple(numbers.value(f"{path}[{at}]") for at in range(len(written)))
    return None if written is None else numbers.value(path)


def _range(study: Study, path: str, written: Any) -> tuple[float, ...] | None:
    if not isinstance(written, Estimate):
        return None
    number = numbers_of(study)[path]
    low, high, _ = number.ends
    return None if low is None or high is None else (low * number.factor, high * number.factor)


def _written(value: Any) -> Any:
    found = tuple(getattr(each.value, "text", each.value) for each in _each(value))
    return found if isinstance(value, tuple) else _first(list(found))


def _word(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, Model) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.model_dump(mode="json", exclude_unset=True, by_alias=True)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, dict) else value


def moved_by(terms: Terms) -> tuple[Moved, ...]:
    """The numbers of outcomes and inputs that come to something else, and the assumptions that moved them."""
    return tuple(_moved(terms))


def _moved(terms: Terms) -> Iterator[Moved]:
    old, new = terms.pair.old.study, terms.pair.new.study
    numbers = terms.pair.numbers(False, Prices(packs=False, years=True, method=True)), numbers_of(new)
    before, after = old.assumptions, new.assumptions
    changed = {
        name
        for name in {**before, **after}
        if _value(numbers[0], f"assumptions.{name}", before.get(name))
        != _value(numbers[1], f"assumptions.{name}", after.get(name))
    }
    for term in terms.terms:
        if term.match.old is None or term.match.new is None:
            continue
        for field, kind in KIND_OF[term.section].items():
            entries = [
                getattr(study, term.section)[name]
                for study, name in ((old, term.match.old), (new, term.match.new))
            ]
            if not any(_is_number(getattr(entry, field)) for entry in entries):
                continue
            paths = [f"{term.section}.{name}.{field}" for name in (term.match.old, term.match.new)]
            one, other = (
                _value(each, path, getattr(entry, field))
                for each, path, entry in zip(numbers, paths, entries, strict=True)
            )
            if one != other:
                yield Moved(paths[0], kind, one, other, tuple(_through(old, paths[0], changed)))


def _through(study: Study, path: str, changed: set[str]) -> list[str]:
    numbers = numbers_of(study)
    names = [name for number in numbers if number.path.partition("[")[0] == path for name in number.rests_on]
    return [name for name in dict.fromkeys(names) if name in changed]
