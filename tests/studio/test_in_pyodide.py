"""The wheel on Python in WebAssembly, under node and without a network, answers as it does here."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fetching import in_browser  # noqa: F401 - a fixture
from likeness import apart

from sroi.studio.site import engine, libraries

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("portable.py")


def ran(*command, **environment):
    done = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of a copy of this project."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "checkout"
    left = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist", "examples")
    shutil.copytree(ROOT, copy, ignore=left)
    ran(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, copy)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def here():
    """What this Python answers, on the same code."""
    return json.loads(ran(sys.executable, PROGRAM, PYTHONPATH=str(ROOT)))


@pytest.fixture(scope="module")
def node():
    program = shutil.which("node")
    if program is None:
        pytest.skip("NOT TRIED, as node is not installed")
    return program


@pytest.mark.parametrize("what", ["the wheel", "the engine of the page"])
def test_the_engine_answers_in_pyodide_as_it_does_here(what, node, in_browser, wheel, here, tmp_path):  # noqa: F811
    package = wheel
    if what == "the engine of the page":
        package = tmp_path / "engine.zip"
        package.write_bytes(engine())
    pure = tmp_path / "libraries.zip"
    pure.write_bytes(libraries())
    script = Path(__file__).with_name("run.mjs")
    said = ran(node, script, in_browser.folder, PROGRAM, pure, in_browser.wheel, package)
    found = json.loads(said)
    assert found.keys() == here.keys()
    assert apart(found, here) == []
