"""What the names in a study are called where a person reads them."""

from __future__ import annotations

import re


def of_path(path: str) -> str:
    """The words for a number's path.

    Examples
    --------
    >>> of_path("assumptions.points_gained"), of_path("outcomes.less_lonely.deadweight[1]"), of_path("inputs.grant.value[0]")
    ('Points gained', 'Less lonely: deadweight, 2nd', 'Grant: value, 1st')
    """
    section, _, rest = path.partition(".")
    name = rest if section in ("assumptions", "outcomes", "inputs", "stakeholders") else path
    name, _, field = name.partition(".")
    words = of_name(name)
    if not field:
        return words
    entry = re.fullmatch(r"(\w+)\[(\d+)\]", field)
    return (
        f"{words}: {field.replace('_', '-' if field == 'drop_off' else ' ')}"
        if entry is None
        else f"{words}: {_words(entry[1])}, {_nth(entry[2])}"
    )


def of_name(name: str) -> str:
    """The words for a name."""
    words = _words(name)
    return words[:1].upper() + words[1:]


def _words(name: str) -> str:
    return name.replace("_", " ")


def _nth(position: str) -> str:
    count = int(position) + 1
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"
