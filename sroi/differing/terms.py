"""The sums that a ratio is made of, each outcome and each input, with any choice of old and new in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

from sroi.base import Entries
from sroi.differing.pairs import Match, matches
from sroi.differing.sides import Pair, Prices
from sroi.model import Estimate
from sroi.resolution import BESIDE_THE_RESULT, numbers_of
from sroi.validation import missing
from sroi.walk import Walk

if TYPE_CHECKING:
    from sroi.differing.sides import Side
    from sroi.model import Input, Outcome, Study

Section = Literal["outcomes", "inputs"]

_OF_AN_OUTCOME = {
    "quantity": "quantity",
    "value": "value",
    "deadweight": "deadweight",
    "displacement": "displacement",
    "attribution": "attribution",
    "contribution": "attribution",
    "duration": "duration",
    "starts": "duration",
    "drop_off": "drop_off",
    "drop_off_from": "drop_off",
    "discount_schedule": "method",
    "kind": "structure",
}
_OF_AN_INPUT = {"value": "inputs", "years": "inputs", "prices": "inputs"}
KIND_OF = {"outcomes": _OF_AN_OUTCOME, "inputs": _OF_AN_INPUT}
"""The fields that a present value rests on, by section, each with the kind of change that it is."""

SHARED = ("method", "price_year", "packs")
"""What changes many sums at once."""


_TOGETHER = {
    "contribution": "attribution",
    **dict.fromkeys(("years", "prices"), "value"),
}
"""Fields that say with another what one number is, and change with it."""


def atom_of(section: str, name: str, field: str) -> str:
    """The smallest change that a field is part of."""
    return f"{section}.{name}.{_TOGETHER.get(field, field)}"


@dataclass(frozen=True)
class Term:
    """One outcome or input that either study has, and the smallest changes that its sum rests on."""

    section: Section
    match: Match
    atoms: frozenset[str]

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"{self.section}.{self.match.name}"


class Terms:
    """Present values of two studies, sum by sum, with each of the smallest changes made or not.

    Attributes
    ----------
    pair : Pair
    kinds : dict of str to str
        The smallest changes that a figure may rest on, each with its kind.
    terms : tuple of Term
    """

    def __init__(self, old: Side, new: Side) -> None:
        self.pair = Pair(old, new)
        self.matches = matches(old.study, new.study)
        self._known: dict[tuple[str, frozenset[str]], float | None] = {}
        self._literals: dict[tuple[Any, ...], Any] = {}
        one, other = old.study, new.study
        self._differs = Prices(
            bool(old.under or new.under),
            one.price_year != other.price_year,
            one.method != other.method,
        )
        self._always = set[str]()
        if one.method.fingerprint != other.method.fingerprint:
            self._always.add("method")
        if one.first_year != other.first_year:
            self._always.add("price_year")
        self.kinds: dict[str, str] = {}
        sections: tuple[Section, ...] = ("outcomes", "inputs")
        self.terms = tuple(
            Term(section, match, self._atoms(section, match))
            for section in sections
            for match in self.matches[section]
        )

    def _entry(self, section: Section, match: Match, new: bool) -> Outcome | Input | None:
        """An entry as one study has it; None where it has none, or an outcome without a money value."""
        name, entries = match.new if new else match.old, getattr(self.pair.study(new), section)
        entry: Outcome | Input | None = None if name is None else entries[name]
        return entry if getattr(entry, "priced", True) else None

    def _atoms(self, section: Section, match: Match) -> frozenset[str]:
        """The smallest changes that a sum rests on, each of them noted with its kind."""
        entries = [self._entry(section, match, new) for new in (False, True)]
        if entries == [None, None]:
            return frozenset()
        found = set(self._always)
        if None in entries:
            found.add(f"{section}.{match.name}")
            self.kinds[f"{section}.{match.name}"] = "structure"
        for field, kind in KIND_OF[section].items():
            apart = self._apart(section, match, field)
            if "own" in apart:
                atom = atom_of(section, match.name, field)
                self.kinds[atom] = kind
                apart = (apart - {"own"}) | {atom}
            found |= apart
        if section == "inputs" and any(getattr(each, "prices", "real") == "nominal" for each in entries):
            found |= {"price_year"} if self._differs.years else set()
            found |= {"method"} if self._differs.method else set()
        self.kinds.update({atom: atom for atom in SHARED if atom in found})
        return frozenset(found)

    def _apart(self, section: Section, match: Match, field: str) -> set[str]:
        """What moves a field: its own text, or packs, price year or method under the same text."""
        choices = [(False, True) if each else (False,) for each in self._differs]
        texts = [new for new in (False, True) if self._entry(section, match, new) is not None]
        found: dict[tuple[bool, ...], Any] = {
            (new, *prices): self._literal(section, match, field, new, Prices(*prices))
            for new in texts
            for prices in product(*choices)
        }
        return {
            name
            for at, name in enumerate(("own", "packs", "price_year", "method"))
            if any(
                not _same(value, found.get((*key[:at], not key[at], *key[at + 1 :]), value))
                for key, value in found.items()
            )
        }

    def _literal(self, section: Section, match: Match, field: str, new: bool, prices: Prices) -> Any:
        """A field of one study as plain numbers in its prices, or as it stands where it is no number."""
        if self._under_both(section, match, field):
            new = prices.packs  # the same text, so what lies under it decides
        key = (section, match, field, new, prices)
        if key not in self._literals:
            entry = self._entry(section, match, new)
            written = getattr(entry, field)
            name = match.new if new else match.old
            path = f"{section}.{name}.{field}"
            self._literals[key] = self._plain(written, path, new, prices)
        return self._literals[key]

    def _under_both(self, section: Section, match: Match, field: str) -> bool:
        if match.old != match.new or f"{section}.{match.old}.{field}" not in self.pair.under_both:
            return False
        return all(self._entry(section, match, new) is not None for new in (False, True))

    def _plain(self, written: Any, path: str, new: bool, prices: Prices) -> Any:
        if isinstance(written, tuple):
            return tuple(self._plain(each, f"{path}[{at}]", new, prices) for at, each in enumerate(written))
        if not isinstance(written, Estimate):
            return written
        number = self.pair.numbers(new, prices)[path]
        return type(written).model_construct(_fields_set={"value"}, value=number.value)

    def value(self, term: Term, made: frozenset[str]) -> float | None:
        """Present value of one sum with some changes made; None where they cannot stand without others."""
        key = (term.path, made & term.atoms)
        if key not in self._known:
            self._known[key] = self._walked(term, key[1])
        return self._known[key]

    def _walked(self, term: Term, made: frozenset[str]) -> float | None:
        match, section = term.match, term.section
        entries = [self._entry(section, match, new) for new in (False, True)]
        only = entries.index(None) if None in entries else None
        if only is not None and (term.path in made) != (not only):
            return 0.0
        prices = Prices("packs" in made, "price_year" in made, "method" in made)
        prices = Prices(*(a and b for a, b in zip(prices, self._differs, strict=True)))
        fields = {}
        for field in KIND_OF[section]:
            new = not only if only is not None else atom_of(section, match.name, field) in made
            fields[field] = self._literal(section, match, field, new, prices)
        base = next(entry for entry in entries if entry is not None)
        beside = dict.fromkeys(BESIDE_THE_RESULT if section == "outcomes" else ())
        entry = base.model_copy(update={**beside, **fields})
        return _present_value(self._study(made), section, match.name, entry)

    def _study(self, made: frozenset[str]) -> Study:
        """The old study without its entries, with the changes made that every sum shares."""
        years, method = self.pair.study("price_year" in made), self.pair.study("method" in made)
        nothing = Entries()
        return self.pair.old.study.model_copy(
            update={
                "price_year": years.price_year,
                "first_year": years.first_year,
                "method": method.method,
                "assumptions": nothing,
                "stakeholders": nothing,
                "outcomes": nothing,
                "inputs": nothing,
            }
        )


def _present_value(study: Study, section: str, name: str, entry: Outcome | Input) -> float | None:
    """What one entry comes to alone; None where it is wrong or lacks a number."""
    alone = study.model_copy(update={section: Entries({name: entry})})
    numbers = numbers_of(alone)
    if numbers.problems or any(missing(numbers)):
        return None
    walk = Walk(numbers)
    if section == "inputs":
        return float(walk.input_value(name))
    return float(walk.outcome_value(name)) if walk.in_total(name) else 0.0


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, Estimate) and isinstance(other, Estimate):
        return one.value == other.value
    return bool(one == other)
