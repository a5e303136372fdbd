"""What the names and paths in a study are called where a person reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi import formatting
from sroi.expression import Expression
from sroi.model import Estimate
from sroi.quantities import SHARE
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.model import Study


class Path(NamedTuple):
    """The parts of a path to a number or step; a list's entry has a position from 0."""

    section: str
    name: str = ""
    field: str = ""
    position: int | None = None


def split_path(path: str) -> Path:
    """The parts of a path.

    Examples
    --------
    >>> split_path("outcomes.less_lonely.deadweight[1]")
    Path(section='outcomes', name='less_lonely', field='deadweight', position=1)
    >>> split_path("outcomes.less_lonely.value.written")[:3], split_path("investment")[0]
    (('outcomes', 'less_lonely', 'value'), 'investment')
    """
    section, name, field = (*path.split(".", 3), "", "")[:3]
    field, _, position = field.partition("[")
    return Path(section, name, field, int(position.removesuffix("]")) if position else None)


def path_label(study: Study, path: str, *, most: int | None = None) -> str:
    """The words for whatever has a path: a number, an outcome or input, a payer, a unit.

    Parameters
    ----------
    study : Study
        Whose titles are used; what has none is called by its name, written as a person would.
    path : str
        As ``--set`` takes it, the bare name of an assumption among them; ``payers.nhs``, ``units.gp_visits``.
    most : int, optional
        How many characters the words may have at the most: a long title of an outcome or input is cut, and
        the field stays.

    Examples
    --------
    >>> import sroi
    >>> study = sroi.load("examples/lunch-club.yaml")
    >>> path_label(study, "assumptions.points_gained"), path_label(study, "members")
    ('Points gained', 'Members')
    >>> path_label(study, "outcomes.less_lonely.deadweight[1]"), path_label(study, "payers.nhs")
    ('Members are less lonely: deadweight, 2nd', 'NHS')
    """
    section, _, called = path.partition(".")
    if section in ("payers", "units"):
        titled = getattr(study, section).get(called)
        return _cut(readable(called, capital=section == "payers") if titled is None else titled.title, most)
    _, name, field, position = split_path(path)
    if not name:
        section, name = "assumptions", section
    entries = getattr(study, section, None)
    entry = entries.get(name) if isinstance(entries, Mapping) else None
    title = _cut(getattr(entry, "title", None) or readable(name), None if field else most)
    if not field:
        return title
    number = _number(entry, field, position)
    if number is not None and number.title is not None:
        return _cut(number.title, most)
    words = f": {_FIELDS.get(field) or readable(field, capital=False)}"
    words += "" if position is None else f", {_nth(position + 1)}"
    return _cut(title, None if most is None else max(most - len(words), 1)) + words


def called_with_path(study: Study, path: str) -> str:
    """The words for what has a path, and the path as analysts type it.

    Examples
    --------
    >>> import sroi
    >>> called_with_path(sroi.load("examples/lunch-club.yaml"), "assumptions.points_gained")
    '“Points gained” (assumptions.points_gained)'
    """
    return f"“{path_label(study, path)}” ({path})"


def without_names(study: Study, text: str) -> str:
    """A text that was written for analysts in words alone: fields as words, and no paths.

    Examples
    --------
    >>> import sroi
    >>> study = sroi.load("examples/lunch-club.yaml")
    >>> without_names(study, "“Members” (assumptions.members) has no price_year, and drop_off is 0")
    '“Members” has no price year, and drop-off is 0'
    """

    def words(found: re.Match[str]) -> str:
        name = found[0]
        title = path_label(study, name) if name in study.assumptions else readable(name, capital=False)
        return _FIELDS.get(name) or title

    return _SNAKE.sub(words, _BRACKETED_PATH.sub("", text))


_SNAKE = re.compile(r"(?<![\w/.@-])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w@-]|\.\w)")
_BRACKETED_PATH = re.compile(r" \((?:assumptions|inputs|outcomes|stakeholders|sources)\.[\w.\[\]-]+\)")

_FIELDS = {
    "drop_off": "drop-off",
    "displacement_outside": "displacement that others lose",
    "n_measured": "how many were measured",
    "n_population": "how many there were to measure",
    "followed_up": "months until it was last looked for",
    "response_rate": "share who answered",
    "comparison_rate": "share of the comparison group in whom it changed",
    "size": "how many",
    "involved": "how many took part",
}


def _number(entry: Any, field: str, position: int | None) -> Estimate | None:
    """The estimate in a field of an entry, or in its list."""
    found = getattr(entry, field, None)
    if isinstance(found, tuple):
        found = found[position] if position is not None and position < len(found) else None
    return found if isinstance(found, Estimate) else None


def _cut(text: str, most: int | None) -> str:
    """A text cut between two words, with a mark where it was."""
    if most is None or len(text) <= most:
        return text
    kept = text[:most].rsplit(" ", 1)[0] if " " in text[:most] else text[: most - 1]
    return f"{kept.rstrip(' ,;:')}…"


def payer_label(study: Study, payer: str | None) -> str:
    """What a payer is called; nothing where there is none."""
    return "" if payer is None else path_label(study, f"payers.{payer}")


def unit_label(study: Study, unit: str | None) -> str:
    """What a unit is called; nothing where there is none."""
    return "" if unit is None else path_label(study, f"units.{unit}")


def quoted(study: Study, paths: Iterable[str]) -> str:
    """The words for several paths, each between quotation marks."""
    return formatting.listed(f"“{path_label(study, path)}”" for path in paths)


def formula_in_words(study: Study, written: str | None) -> str:
    """An expression with the words for its names, and the signs of arithmetic as they are printed.

    Examples
    --------
    >>> import sroi
    >>> formula_in_words(sroi.load("examples/lunch-club.yaml"), "members * share_less_lonely")
    'Members × Share less lonely'
    """
    found = _NAME.sub(lambda name: path_label(study, name[0]), written or "")
    return found.replace("**", "^").replace("*", "×")


_NAME = re.compile(r"\b(?!min\b|max\b)[a-z][a-z0-9_]*\b")


def _nth(count: int) -> str:
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def shares(study: Study) -> set[str]:
    """The assumptions that are shares: they stand where one is wanted, or name, unit or shape says so."""
    alone = {
        estimate.value.text.strip()
        for _, estimate in study.estimates()
        if estimate.bounds == SHARE and isinstance(estimate.value, Expression)
    }
    named = {
        name
        for name, estimate in study.assumptions.items()
        if estimate is not None and "share" in f"{name} {estimate.unit or ''}".replace("_", " ").split()
    }
    chances = {name for name, each in study.assumptions.items() if each and each.shape == "bernoulli"}
    return alone | named | chances


def unused_titles(study: Study) -> list[str]:
    """The paths of payers and units that have a title and are named nowhere in a study."""
    named = {
        "payers": {
            *(each.payer for each in study.stakeholders.values()),
            *(each.payer for each in study.outcomes.values()),
            *((each.accrues_to or "").partition(":")[2].strip() for each in study.outcomes.values()),
            *((each.from_ or "").partition(":")[2].strip() for each in study.outcomes.values()),
        },
        "units": {
            *(each.unit for each in study.outcomes.values()),
            *(estimate.unit for _, estimate in study.estimates()),
        },
    }
    return [
        f"{section}.{name}"
        for section, names in named.items()
        for name in getattr(study, section)
        if name not in names
    ]


class Figures:
    """How the numbers of a study are written: its shares as percentages, all others as they are."""

    def __init__(self, study: Study) -> None:
        self.study = study
        named = shares(study)
        self._chances = {path: each for path, each in study.estimates() if each.shape == "bernoulli"}
        within = {path for path, each in study.estimates() if each.bounds == SHARE}
        self._shares = within | {
            f"assumptions.{name}" for name in named if _may_be(study.assumptions.get(name))
        }

    def is_share(self, path: str) -> bool:
        """Whether the number at a path, or the assumption of a bare name, is a share."""
        return path in self._shares or f"assumptions.{path}" in self._shares

    def called(self, path: str, most: int | None = None) -> str:
        """What the number at a path is called."""
        return path_label(self.study, path, most=most)

    def unit(self, unit: str | None) -> str:
        """What a unit is called."""
        return unit_label(self.study, unit)

    def one(self, path: str, value: float | None) -> str:
        """A value of the number at a path; empty where there is none."""
        if value is None:
            return ""
        return formatting.percent(value) if self.is_share(path) else formatting.plain(value)

    def three(self, path: str, value: float | None) -> str:
        """The same to three figures."""
        if value is None:
            return ""
        return formatting.percent(value) if self.is_share(path) else formatting.brief(value)

    def three_span(self, path: str, low: float | None, high: float | None) -> str:
        """A range of the number at a path to three figures."""
        if (chance := self._chance(path)) is not None:
            return chance
        return f"{self.three(path, low)} to {self.three(path, high)}"

    def span(self, path: str, low: float | None, high: float | None) -> str:
        """A range of the number at a path; empty where there is none."""
        if (chance := self._chance(path)) is not None:
            return chance
        if low is None or high is None:
            return ""
        return f"{self.one(path, low)} to {self.one(path, high)}"

    def _chance(self, path: str) -> str | None:
        """What a number that is 0 or 1 in a draw has in place of a range; None of any other."""
        estimate = self._chances.get(path) or self._chances.get(f"assumptions.{path}")
        if estimate is None:
            return None
        if isinstance(estimate.value, float):
            return f"0 or 1, with chance {self.one(path, estimate.value)}"
        return "0 or 1, with that chance"


def _may_be(estimate: Estimate | None) -> bool:
    """Whether every end of an estimate that is a plain number is a share."""
    if estimate is None:
        return False
    ends = (estimate.value, estimate.low, estimate.high)
    return all(0 <= end <= 1 for end in ends if isinstance(end, float))
