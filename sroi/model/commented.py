"""A study as YAML with comments: what each section and each field of its first entry means."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from sroi.dumping import yaml_text
from sroi.model.sections import models_in, sections_of
from sroi.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sroi.base import Model

WIDTH = 110
"""Characters of a line."""

_HEAD = (
    "A study of social return on investment. Where a number may stand there may be a number, a percentage, "
    "an expression over the names under assumptions, or a mapping of value, low, high, source and more. "
    "null means not assessed, which is not 0."
)


def commented(title: str, plain: Mapping[str, Any], model: type[Model]) -> str:
    """A study's plain values as YAML that reads as the same values, with comments.

    Parameters
    ----------
    title : str
        What stands in the first line.
    plain : mapping
        The study by its keys.
    model : type
        The model of a study, whose descriptions are the comments.
    """
    sections, lines = sections_of(model), list(_remark(one_line(title)))
    lines += _remark(_HEAD)
    about = _descriptions(model)
    for key, value in plain.items():
        if isinstance(value, dict) and value and key in sections:
            lines += ["", *_remark(about[key]), *_key(key)]
            lines += _entries(value, sections[key].model)
        elif isinstance(value, dict) and value:
            inner = next(models_in(model.model_fields[key].annotation), None)
            lines += ["", *_remark(about[key]), *_key(key)]
            lines += _fields(value, {} if inner is None else _descriptions(inner), 2)
        else:
            lines += _field(key, value, about.get(key, ""), 0)
    return "\n".join(lines) + "\n"


def _entries(entries: Mapping[str, Any], model: type[Model]) -> Iterator[str]:
    """Entries of a section: short ones in a line; of the first that is not, each field has its meaning."""
    about = _descriptions(model)
    for name, entry in entries.items():
        lines = _written(name, entry, 2)
        if len(lines) == 1 or not isinstance(entry, dict):
            yield from lines
            continue
        yield from _key(name, 2)
        yield from _fields(entry, about, 4)
        about = {}


def _fields(entry: Mapping[str, Any], about: Mapping[str, str], indent: int) -> Iterator[str]:
    for key, value in entry.items():
        null = "not assessed" if value is None and not about else ""
        yield from _field(key, value, about.get(key, null), indent)


def _field(key: str, value: Any, about: str, indent: int) -> list[str]:
    lines, said = _written(key, value, indent), about.removesuffix(".")
    if not said:
        return lines
    if len(lines) == 1 and len(together := f"{lines[0]}  # {said}") <= WIDTH:
        return [together]
    return [*_remark(about, indent), *lines]


def _key(name: str, indent: int = 0) -> list[str]:
    return [line.removesuffix(" null") for line in _written(name, None, indent)]


def _written(key: str, value: Any, indent: int) -> list[str]:
    text = yaml_text({key: value}, width=WIDTH - indent, flow=isinstance(value, (dict, list)))
    return textwrap.indent(text, " " * indent).splitlines()


def _remark(text: str, indent: int = 0) -> list[str]:
    begin = f"{' ' * indent}# "
    return textwrap.wrap(text, WIDTH, initial_indent=begin, subsequent_indent=begin, break_long_words=False)


def _descriptions(model: type[Model]) -> dict[str, str]:
    fields = model.model_fields.items()
    return {field.alias or name: field.description or "" for name, field in fields}
