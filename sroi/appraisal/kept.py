"""A folder in which finished batches are kept, so that a run that was stopped goes on from there."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from sroi.appraisal.batches import Done
from sroi.errors import DocumentError
from sroi.files import is_there, new_file, problems_of
from sroi.results.base import plain
from sroi.results.many import SUMS, FailedStudy, SimulatedStudy
from sroi.results.spread import Spread
from sroi.version import VERSION
from sroi.warned import ResultWarning

if TYPE_CHECKING:
    import os

    from sroi.appraisal.batches import Batch


class Kept:
    """Finished batches in a folder, a file each, named by all that its numbers depend on.

    Files of other runs may stand beside them: they are neither read nor changed.

    Parameters
    ----------
    folder : path
        Made where it is not there.

    Raises
    ------
    DocumentError
        If it cannot be made.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder)
        with problems_of(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)

    def file(self, batch: Batch) -> Path:
        """The file of a batch."""
        of = sha256(f"{VERSION} {np.__version__} {batch.draws} {batch.seed}".encode())
        for each in batch.members:
            of.update(repr((each.name, each.factor, each.study.model_dump_json())).encode())
            of.update(repr((each.part.uncertainty.numbers, each.part.uncertainty.block)).encode())
            of.update(b"".join((*each.part.keys, *each.part.scores, each.part.uncertainty.root.tobytes())))
        return self._folder / f"batch-{of.hexdigest()[:32]}.npz"

    def read(self, path: Path) -> Done | None:
        """What a batch came to, where it is there.

        Raises
        ------
        DocumentError
            If the file is none that was written here.
        """
        if not is_there(path):
            return None
        try:
            with problems_of(path):
                content = path.read_bytes()
            with np.load(BytesIO(content), allow_pickle=False) as held:
                said = json.loads(held["studies"].tobytes())
                sums = held["sums"]
            studies = tuple(_study(each) for each in said["studies"])
            return Done(studies, sums.reshape(len(SUMS), -1), tuple(said["central"]))
        except (ValueError, KeyError, TypeError, EOFError, BadZipFile):
            hint = "remove it, and it is calculated again"
            raise DocumentError("this file is no finished batch", hint, file=str(path)) from None

    def write(self, path: Path, done: Done) -> None:
        """Keep what a batch came to; the file is there whole or not at all."""
        said = {"central": done.central, "studies": [_plain(each) for each in done.studies]}
        text = np.frombuffer(json.dumps(said).encode(), dtype=np.uint8)
        held = BytesIO()
        np.savez(held, sums=done.sums, studies=text)
        with new_file(path, force=True) as file, problems_of(path):
            file.write(held.getvalue())


def _plain(each: SimulatedStudy | FailedStudy) -> dict[str, Any]:
    if isinstance(each, FailedStudy):
        return asdict(each)
    spreads = {
        name: asdict(spread) | {"percentiles": list(spread.percentiles.items())}
        for name, spread in each.spreads.items()
    }
    fields = {name: getattr(each, name) for name in each.__dataclass_fields__}
    return {**fields, "central": dict(each.central), "spreads": spreads, "warnings": plain(each.warnings)}


def _study(said: dict[str, Any]) -> SimulatedStudy | FailedStudy:
    if "reason" in said:
        return FailedStudy(**said)
    spreads = {
        name: Spread(**{**each, "percentiles": dict(each["percentiles"])})
        for name, each in said["spreads"].items()
    }
    warned = tuple(ResultWarning(each["id"], each["message"], **each["data"]) for each in said["warnings"])
    return SimulatedStudy(**{**said, "spreads": spreads, "warnings": warned})
