"""Which entry of one study is which of another: by its name, or renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.base import Model
    from sroi.model import Study

SECTIONS = ("stakeholders", "inputs", "outcomes", "assumptions", "sources")
"""Sections whose entries may have been renamed."""


class Match(NamedTuple):
    """An entry by its name in the old study and in the new; None in the one that lacks it."""

    old: str | None
    new: str | None

    @property
    def name(self) -> str:
        """What it is called here: by the old name, or by the new one where there is no old."""
        return self.old if self.old is not None else str(self.new)

    @property
    def renamed(self) -> bool:
        """Whether both studies have it, under two names."""
        return self.old is not None and self.new is not None and self.old != self.new


def matches(old: Study, new: Study) -> dict[str, tuple[Match, ...]]:
    """The entries of each section: those of the old study first, then those that are new."""
    renamed: dict[str, str] = {}
    found = {}
    for section in SECTIONS:
        each = _matched(getattr(old, section), getattr(new, section), renamed)
        if section == "stakeholders":
            renamed = {str(match.new): str(match.old) for match in each if match.renamed}
        found[section] = each
    return found


def _matched(
    old: Mapping[str, Model | None], new: Mapping[str, Model | None], renamed: Mapping[str, str]
) -> tuple[Match, ...]:
    gone, come = [name for name in old if name not in new], [name for name in new if name not in old]
    pairs: dict[str, str] = {}
    for alike in (_content, _title):
        theirs: dict[Any, list[str]] = {}
        for name in come:
            if name not in pairs.values() and (key := alike(new[name], renamed)) is not None:
                theirs.setdefault(key, []).append(name)
        for name in gone:
            named = [] if name in pairs else theirs.get(alike(old[name], {}), [])
            if len(named) == 1:  # of several that are alike none can be told from the others
                pairs[name] = named.pop()
    kept = [Match(name, pairs.get(name, name if name in new else None)) for name in old]
    return (*kept, *(Match(None, name) for name in come if name not in pairs.values()))


def _content(entry: Model | None, renamed: Mapping[str, str]) -> str | None:
    """All that an entry says but for its title; None of a bare number, which many others may equal."""
    if entry is None:
        return None
    said = entry.model_dump(mode="json", exclude_unset=True, exclude={"title"})
    if not isinstance(said, dict) or len(said) < _MOST_OF_A_BARE_NUMBER:
        return None
    stakeholder = str(said.get("stakeholder"))
    return repr(sorted({**said, "stakeholder": renamed.get(stakeholder, stakeholder)}.items()))


_MOST_OF_A_BARE_NUMBER = 3


def _title(entry: Model | None, _: Mapping[str, str]) -> str | None:
    title: str | None = getattr(entry, "title", None)
    return None if title is None else " ".join(title.casefold().split())
