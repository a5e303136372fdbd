"""What the entries of a section are called in frames, and the identifiers that a study knows them by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sroi.names import slug

_OF_ANY_WORDS = ("payers", "units")
_WITH_HYPHENS = ("sources", "claims")


class Names:
    """The names of one section's entries.

    Attributes
    ----------
    section : str
        Which one.
    known : dict of str to str
        The identifier by each text that stands for it: itself, or the title.
    """

    def __init__(self, section: str) -> None:
        self.section = section
        self.known: dict[str, str] = {}

    def remember(self, entries: Mapping[str, Any]) -> None:
        """Know entries by their names and titles, which others may refer to them by."""
        titles: dict[str, list[str]] = {}
        for key, entry in entries.items():
            title = entry.get("title") if isinstance(entry, Mapping) else getattr(entry, "title", None)
            titles.setdefault(folded(title or key), []).append(str(key))
            self.known[str(key)] = str(key)
        for title, keys in titles.items():
            if len(keys) == 1:
                self.known.setdefault(title, keys[0])

    def meant(self, text: str) -> str | None:
        """The identifier of the entry that a text means; None where there is none."""
        return self.known.get(text) or self.known.get(folded(text))

    def key(self, text: str) -> tuple[str, str | None]:
        """The identifier that a text names an entry by, and another text that comes to the same one."""
        if text in self.known:
            return self.known[text], None
        key = self._identifier(text)
        other = next((each for each, known in self.known.items() if known == key), None)
        self.known[text] = key
        return key, other

    def _identifier(self, text: str) -> str:
        """A text itself where it can be one, or small letters, digits and the section's joint."""
        if self.section in _OF_ANY_WORDS:
            return text
        hyphens = self.section in _WITH_HYPHENS
        pattern = r"[a-z0-9][a-z0-9_-]*" if hyphens else r"[a-z][a-z0-9_]*"
        made = slug(text).replace("-", "-" if hyphens else "_")
        return text if re.fullmatch(pattern, text) or not re.fullmatch(pattern, made) else made


def folded(text: object) -> str:
    """A text as it is compared: in small letters, with single spaces."""
    return " ".join(str(text).split()).casefold()
