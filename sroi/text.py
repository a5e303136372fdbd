"""Characters that no page and no document can hold, which a study may name by an escape."""

from __future__ import annotations

import re
from typing import Any

_UNSHOWN = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All but what XML 1.0 allows; text with one of them ends the process in which a chart is drawn."""


def shown(text: str) -> str:
    r"""Text with a replacement character for each character that cannot be shown.

    Examples
    --------
    >>> shown("plain"), shown("a\x00b")
    ('plain', 'a�b')
    """
    return _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)


def all_shown(value: Any) -> Any:
    """Lists and mappings with every text in them as :func:`shown` gives it."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {all_shown(key): all_shown(each) for key, each in value.items()}
    return [all_shown(each) for each in value] if isinstance(value, list | tuple) else value
