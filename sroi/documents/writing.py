"""From a study back to YAML that reads as the same study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sroi.arguments import checked_arguments
from sroi.documents.plain import scalar
from sroi.files import write_files
from sroi.model import as_study
from sroi.text import printable

if TYPE_CHECKING:
    import os

    from sroi.model import Study


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # the class is chosen as it runs
    """Quotes whatever this package would read as something else than text."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    same = type(scalar(text)) is str and text.strip() == text and printable(text) == text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if same else '"')


_Dumper.add_representer(str, _text)


def yaml_text(value: Any, width: int = 120) -> str:
    """Plain values as YAML that reads as the same, every character that steers a screen as its escape."""
    return printable(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width))


def dumps(study: Study) -> str:
    """A study as YAML text, complete: every layer merged, every expression as it was written.

    ``loads(dumps(study)) == study`` for every study. Where layers were merged the text says ``complete:
    true``, and is read without laying them under it again: it does not change when a pack does.
    """
    study = as_study(study, "sroi.dumps")
    plain: dict[str, Any] = study.model_dump(mode="json", exclude_unset=True, by_alias=True)
    if study.place is not None or study.intervention is not None:
        plain["complete"] = True
    return yaml_text(plain)


@checked_arguments
def dump(study: Study, path: str | os.PathLike[str]) -> None:
    """Write a study to a file as YAML text; see :func:`dumps`.

    Raises
    ------
    DocumentError
        If the file cannot be written.
    """
    write_files({Path(path): dumps(study).encode()}, force=True)
