"""The files of the page: our own, the engine and what it imports as archives, and Python for the browser."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sroi.files import problems_of, write_files
from sroi.reference import assumptions_folder
from sroi.studio.downloads import NEEDED, runtime

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARIES = ("annotated_types", "pydantic", "typing_extensions", "typing_inspection", "yaml")
"""What the engine imports, in pure Python; they are taken from where they are installed."""

_NOT_OURS = frozenset({"charts", "cli", "reports", "terminal.py", "unit_costs", "value_map", "__pycache__"})
"""Parts of this package that no calculation imports."""

_PAGE = ("index.html", "studio.js")
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def site(pyodide: Path | None = None) -> dict[str, bytes]:
    """Every file of the page by its path: any server of files can serve them.

    Parameters
    ----------
    pyodide : Path, optional
        A folder with the files of Pyodide; it is fetched with npm where none is given.

    Raises
    ------
    DocumentError
        If Pyodide or the compiled wheel cannot be had.
    """
    here = Path(__file__).parent
    with tempfile.TemporaryDirectory(prefix="sroi-studio-") as scratch:
        found = runtime(pyodide, Path(scratch))
        files = {f"pyodide/{name}": (found.folder / name).read_bytes() for name in NEEDED}
        files[f"packages/{found.wheel.name}"] = found.wheel.read_bytes()
    files["packages/libraries.zip"] = libraries()
    files["packages/engine.zip"] = engine()
    packages = sorted(name for name in files if name.startswith("packages/"))
    files["packages.json"] = json.dumps(packages).encode()
    files["studio.js"] = (here / "studio.js").read_bytes()
    files["index.html"] = page().encode()
    return files


def page() -> str:
    """The page, whose policy lets it use its own style sheet and no other."""
    text = (Path(__file__).parent / "index.html").read_text(encoding="utf-8")
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return text.replace("{style}", f"sha256-{digest}", 1)


def write_site(folder: Path, files: dict[str, bytes], *, force: bool = False) -> tuple[Path, ...]:
    """Write the files of the page into a folder, which is made where it is not there."""
    with problems_of(folder):
        for each in {(folder / name).parent for name in files}:
            each.mkdir(parents=True, exist_ok=True)
    return write_files({folder / name: content for name, content in files.items()}, force=force)


def libraries() -> bytes:
    """What the engine imports, in pure Python, as an archive to be unpacked beside it."""
    return _zipped({name: file for each in LIBRARIES for name, file in _modules(each)})


def _modules(name: str) -> Iterator[tuple[str, Path]]:
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    origin = Path(spec.origin)
    if origin.name != "__init__.py":
        yield origin.name, origin
        return
    for file in origin.parent.rglob("*.py"):
        yield file.relative_to(origin.parents[1]).as_posix(), file


def engine() -> bytes:
    """The engine and the packs that it ships, as an archive."""
    package, shipped = Path(__file__).parents[1], assumptions_folder()
    files = {}
    for file in package.rglob("*"):
        parts = file.relative_to(package).parts
        if file.is_file() and not _NOT_OURS & {parts[0], *parts[:-1]} and file.name not in _PAGE:
            files[f"sroi/{'/'.join(parts)}"] = file
    for file in shipped.rglob("*"):
        if file.is_file():
            files[f"sroi/assumptions/{file.relative_to(shipped).as_posix()}"] = file
    return _zipped(files)


def _zipped(files: dict[str, Path]) -> bytes:
    """Files as an archive, the same bytes for the same files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, file in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name, _EARLIEST), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()
