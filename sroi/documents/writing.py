"""From a study back to YAML that reads as the same study."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sroi.arguments import checked_arguments
from sroi.documents.plain import scalar
from sroi.files import write_files
from sroi.model import as_study

if TYPE_CHECKING:
    import os

    from sroi.model import Study


_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Characters that YAML takes for line breaks and other readers do not."""


class _Dumper(yaml.SafeDumper):
    """Quotes whatever this package would read as something else than text."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    same = type(scalar(text)) is str and not _BREAKS.search(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if same else '"')


_Dumper.add_representer(str, _text)


def dumps(study: Study) -> str:
    """A study as YAML text, complete: every layer merged, every expression as it was written.

    ``loads(dumps(study)) == study`` for every study. Where layers were merged the text says ``complete:
    true``, and is read without laying them under it again: it does not change when a pack does.
    """
    study = as_study(study, "sroi.dumps")
    plain: dict[str, Any] = study.model_dump(mode="json", exclude_unset=True, by_alias=True)
    if study.place is not None or study.intervention is not None:
        plain["complete"] = True
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


@checked_arguments
def dump(study: Study, path: str | os.PathLike[str]) -> None:
    """Write a study to a file as YAML text; see :func:`dumps`.

    Raises
    ------
    DocumentError
        If the file cannot be written.
    """
    write_files({Path(path): dumps(study).encode()}, force=True)
