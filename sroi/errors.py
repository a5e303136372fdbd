"""What can go wrong, as one small tree.

::

    SroiError
    ├─ DocumentError         a study, pack or argument cannot be used (exit status 2)
    ├─ NotFoundError         nothing of that name is shipped or on disk; offers the nearest (exit status 2)
    ├─ UndefinedResultError  the study is well formed and cannot give a result (exit status 1)
    └─ NumberError           an expression or a price year by itself, before it is known where it stands
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from sroi.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


MOST_PROBLEMS = 1_000
"""Problems of one kind that are told of one document."""

MOST_OF_A_NAME = 240
"""How many characters of the name of a file, of a path or of a word an error repeats."""

_LONG_WORD = re.compile(rf"\S{{{MOST_OF_A_NAME + 1},}}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where it stands, what it is, and what to write instead.

    Attributes
    ----------
    message : str
        What is wrong and what was found.
    hint : str
        What to write instead; may be empty.
    path : str
        Dotted path in the document, such as ``outcomes.less_lonely.deadweight``.
    file : str
        The file, the argument or the model that the value came from.
    line, column : int
        Position counted from 1; 0 where there is none.
    """

    message: str
    hint: str = ""
    path: str = ""
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        position = f":{self.line}:{self.column}" if self.line else ""
        where = " ".join(part for part in (_shortened(self.file) + position, _shortened(self.path)) if part)
        what = f"{where}: {self.message}" if where else self.message
        said = one_line(f"{what}; {self.hint}" if self.hint else what)
        return _LONG_WORD.sub(lambda word: _shortened(word[0]), said)

    def to_dict(self) -> dict[str, str | int]:
        """The problem as plain values that JSON can hold."""
        return asdict(self)


def _shortened(name: str) -> str:
    """A name of a file or a path with its middle left out where it is too long to be read."""
    half = MOST_OF_A_NAME // 2
    return name if len(name) <= MOST_OF_A_NAME else f"{name[:half]}…{name[-half:]}"


class SroiError(Exception):
    """Base of every error that this package raises on purpose.

    Parameters
    ----------
    problems : iterable of Problem, Problem or str
        Everything that is wrong; a text is the message of one problem.
    hint, path, file : str
        What else is known of that one.

    Attributes
    ----------
    problems : tuple of Problem
        Everything that is wrong, one a line of the error's text.
    """

    def __init__(
        self, problems: Iterable[Problem] | Problem | str, hint: str = "", *, path: str = "", file: str = ""
    ) -> None:
        found = Problem(problems, hint, path, file) if isinstance(problems, str) else problems
        self.problems: tuple[Problem, ...] = (found,) if isinstance(found, Problem) else tuple(found)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,), self.__dict__


class DocumentError(SroiError, ValueError):
    """A study, a pack or an argument cannot be used; ``problems`` holds everything that is wrong with it."""


class UndefinedResultError(SroiError, ArithmeticError):
    """The study is well formed and has no result: a number is not assessed, or nothing was put in."""


class NotFoundError(SroiError, LookupError):
    """No file, pack, intervention or outcome has that name."""


KINDS: dict[str, type[SroiError]] = {
    "undefined-result": UndefinedResultError,
    "not-found": NotFoundError,
    "document": DocumentError,
    "error": SroiError,
}
"""The errors that leave this package, by what each is called where it crosses a wire; the narrowest first."""


class NumberError(SroiError, ValueError):
    """A number or a year that cannot be used; its text is the message alone, beside ``hint``."""

    def __str__(self) -> str:
        return one_line(self.problems[0].message)

    @property
    def hint(self) -> str:
        """What to write instead."""
        return self.problems[0].hint


def nearest(name: str, names: Iterable[str], likeness: float = 0.6) -> str | None:
    """The name among ``names`` that ``name`` was probably meant to be, or None."""
    known = list(names)
    by_folded = {other.casefold(): other for other in known}
    found = get_close_matches(name.casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[found[0]] if found else None


def instead(name: str, names: Iterable[str], most: int = 12) -> str:
    """What to write in place of an unknown ``name``: the nearest of ``names``, or a list of them."""
    known = sorted(names)
    return instead_of(nearest(name, known), known, most)


def instead_of(guess: str | None, known: Sequence[str], most: int = 12) -> str:
    """The same, of a guess that is made already and of sorted names."""
    if guess is not None:
        return f"did you mean {guess}?"
    if not known:
        return "none is declared"
    listed = ", ".join(known[:most]) + (", …" if len(known) > most else "")
    return f"known here: {listed}"
