"""Plain values as YAML text that reads as the same values."""

from __future__ import annotations

from typing import Any

import yaml

from sroi.plain import scalar
from sroi.text import printable


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # the class is chosen as it runs
    """Quotes whatever this package would read as something else than text."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    same = type(scalar(text)) is str and text.strip() == text and printable(text) == text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if same else '"')


_Dumper.add_representer(str, _text)


def yaml_text(value: Any, width: int = 120, *, flow: bool = False) -> str:
    """Plain values as YAML that reads as the same, every character that steers a screen as its escape.

    Parameters
    ----------
    value : mapping, list or a scalar
        What is written.
    width : int
        Characters of a line after which it is broken, where it can be.
    flow : bool
        Whether mappings and lists that hold scalars alone stand in brackets.
    """
    options: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": width}
    style = None if flow else False
    return printable(yaml.dump(value, Dumper=_Dumper, default_flow_style=style, **options))
