"""Tools of other people that read SARIF, from npm: installed once into a folder of the tests' own."""

import os
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("SROI_NPM", Path(__file__).parents[2] / "build" / "npm"))
"""Where they are kept, so that a second run installs nothing."""

PACKAGES = {
    "@microsoft/sarif-multitool": "5.7.0",
    "@microsoft/sarif-web-component": "0.6.0-29",
    "react": "16.14.0",
    "react-dom": "16.14.0",
}


def installed(*names):
    """The folder of installed packages; the test is skipped, loudly, where npm cannot get them."""
    modules = FOLDER / "node_modules"
    missing = [name for name in names if not (modules / name / "package.json").is_file()]
    if not missing:
        return modules
    if shutil.which("npm") is None or shutil.which("node") is None:
        _skip("node or npm is not installed: apt-get install npm")
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [f"{name}@{PACKAGES[name]}" for name in missing]
    command = [
        "npm",
        "install",
        "--no-save",
        "--no-package-lock",
        "--ignore-scripts",
        "--prefix",
        str(FOLDER),
    ]
    try:
        done = subprocess.run(
            [*command, *wanted], capture_output=True, text=True, timeout=300, check=False, cwd=FOLDER
        )
    except subprocess.TimeoutExpired:
        _skip("npm has not answered in five minutes")
    if done.returncode:
        _skip(f"npm cannot install {', '.join(wanted)}: {done.stderr.strip()[-500:]}")
    return modules


def _skip(why):
    warnings.filterwarnings("default", message="SARIF is not")
    warnings.warn(f"SARIF is not seen by another tool here: {why}", stacklevel=2)
    pytest.skip(why)


def multitool():
    """The program of ``@microsoft/sarif-multitool``, for the machine at hand."""
    modules = installed("@microsoft/sarif-multitool")
    folders = modules.glob("@microsoft/sarif-multitool-*")
    programs = (each / f"Sarif.Multitool{ending}" for each in folders for ending in ("", ".exe"))
    found = [each for each in programs if each.is_file()]
    if not found:
        _skip("sarif-multitool has no program for this machine")
    found[0].chmod(0o755)
    return found[0]
