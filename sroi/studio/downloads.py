"""Python for the browser: Pyodide, and the one wheel of our dependencies that is compiled for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from sroi.errors import DocumentError

PYODIDE = "314.0.7"
"""The version that is fetched; another may be given as a folder."""

NEEDED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
"""The files of Pyodide that a page loads."""

_COMPILED = "pydantic-core"
_MOST_SECONDS = 300


class Runtime(NamedTuple):
    """Where Python for the browser lies: the folder of Pyodide, and the wheel that belongs to it."""

    folder: Path
    wheel: Path


def runtime(given: Path | None, scratch: Path) -> Runtime:
    """Python for the browser, from a folder or fetched with npm and pip.

    Parameters
    ----------
    given : Path or None
        A folder with the files of Pyodide; it may hold the wheel of pydantic-core too.
    scratch : Path
        An empty folder for what is fetched.

    Raises
    ------
    DocumentError
        If something is missing and cannot be fetched, with the command that fetches it.
    """
    folder = _pyodide(scratch) if given is None else given
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        message = f"this is no folder of Pyodide: it holds no {missing[0]}"
        hint = f"name the folder that this makes: npm pack pyodide@{PYODIDE} && tar xzf pyodide-{PYODIDE}.tgz"
        raise DocumentError(message, f"{hint} (it is called package)", file=str(folder))
    return Runtime(folder, _wheel(folder, scratch))


def _pyodide(scratch: Path) -> Path:
    done = _ran(["npm", "pack", "--silent", "--prefer-offline", f"pyodide@{PYODIDE}"], scratch)
    archive = scratch / f"pyodide-{PYODIDE}.tgz"
    if done is not None or not archive.is_file():
        hint = (
            f"where there is a network, run: npm pack pyodide@{PYODIDE} && tar xzf pyodide-{PYODIDE}.tgz; "
            "then: sroi studio --pyodide package"
        )
        raise DocumentError(f"Pyodide {PYODIDE} cannot be fetched ({done or 'npm wrote none'})", hint)
    with tarfile.open(archive) as packed:
        packed.extractall(scratch, filter="data")
    return scratch / "package"


def _wheel(folder: Path, scratch: Path) -> Path:
    """The wheel of pydantic-core in the version that is installed here, for the Python of a Pyodide."""
    python, abi = _made_for(folder / "pyodide-lock.json")
    release, tag, platform = version(_COMPILED), f"cp{python.replace('.', '')}", f"pyemscripten_{abi}_wasm32"
    wanted = f"{_COMPILED.replace('-', '_')}-{release}-{tag}-{tag}-{platform}.whl"
    for each in (folder / wanted, scratch / wanted):
        if each.is_file():
            return each
    options = f"--platform {platform} --python-version {python} --implementation cp --abi {tag}".split()
    command = ["download", "--no-deps", "--only-binary=:all:", *options, f"{_COMPILED}=={release}"]
    done = _ran([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *command], scratch)
    if done is not None or not (scratch / wanted).is_file():
        hint = (
            f"where there is a network, run: pip {' '.join(command)}; "
            f"then put {wanted} beside pyodide.mjs and name that folder: sroi studio --pyodide FOLDER"
        )
        raise DocumentError(f"{wanted} cannot be fetched ({done or 'pip wrote none'})", hint)
    return scratch / wanted


def _made_for(lock: Path) -> tuple[str, str]:
    """The version of Python in a Pyodide, such as 3.14, and the name of what it takes compiled wheels of."""
    try:
        info = json.loads(lock.read_text(encoding="utf-8"))["info"]
        return ".".join(info["python"].split(".")[:2]), str(info["abi_version"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        message = "it does not say which Python it is of (info.python and info.abi_version)"
        raise DocumentError(message, f"take it from Pyodide {PYODIDE}", file=str(lock)) from None


def _ran(command: list[str], folder: Path) -> str | None:
    """Run a program in a folder; None where it succeeds, and its last words where it does not."""
    program = shutil.which(command[0])
    if program is None:
        return f"{command[0]} is not installed"
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            [program, *command[1:]],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_MOST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{Path(command[0]).name}: {error}"
    said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
    return said[-1] if done.returncode else None
