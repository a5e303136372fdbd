"""Figures and files are the same whatever surrounds the program: its switches, language, clock and screen."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.faults

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {"PYTHONHASHSEED": "7", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
WRITER = """
import sys
from pathlib import Path
import sroi

folder = Path(sys.argv[1])
studies = {
    "lunch": sroi.load("examples/lunch-club.yaml"),
    "derby": sroi.load("local-area-coordination", place="derby"),
}
for name, study in studies.items():
    evaluation = sroi.evaluate(study)
    results = {
        "evaluation": evaluation,
        "simulation": sroi.simulate(study, draws=500, seed=3),
        "sensitivity": sroi.sensitivity(study),
        "ledger": sroi.ledger(evaluation),
    }
    for kind, result in results.items():
        (folder / f"{name}-{kind}.json").write_text(result.to_json(), encoding="utf-8", newline="")
        (folder / f"{name}-{kind}.csv").write_text(result.to_frame().to_csv(), encoding="utf-8", newline="")
        (folder / f"{name}-{kind}.md").write_text(result.to_markdown(), encoding="utf-8", newline="")
    (folder / f"{name}.yaml").write_text(sroi.dumps(study), encoding="utf-8", newline="")
    if name == "lunch":
        for ending in ("html", "xlsx", "docx", "pdf", "md"):
            sroi.report(study, folder / f"{name}.{ending}", draws=500)
"""

SURROUNDINGS = {
    "without asserts": (("-O",), {}),
    "without asserts and docstrings": (("-OO",), {}),
    "in Python's development mode": (("-X", "dev"), {}),
    "hash seed 0": ((), {"PYTHONHASHSEED": "0"}),
    "hash seed 1": ((), {"PYTHONHASHSEED": "1"}),
    "a random hash seed": ((), {"PYTHONHASHSEED": "random"}),
    "no locale": ((), {"LC_ALL": "C"}),
    "no locale and no UTF-8": ((), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "German": ((), {"LC_ALL": "de_DE.UTF-8"}),
    "Welsh": ((), {"LC_ALL": "cy_GB.UTF-8"}),
    "14 hours ahead": ((), {"TZ": "Pacific/Kiritimati"}),
    "8 hours behind": ((), {"TZ": "America/Los_Angeles"}),
}
STREAMS = {
    "ASCII": {"PYTHONIOENCODING": "ascii"},
    "Windows Western European": {"PYTHONIOENCODING": "cp1252"},
    "no UTF-8 at all": {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.fixture(scope="module")
def locales(tmp_path_factory):
    """A folder with the locales that are tried, where they can be made; an empty one elsewhere."""
    folder = tmp_path_factory.mktemp("locales")
    for name in ("de_DE", "cy_GB"):
        if shutil.which("localedef"):
            subprocess.run(
                ["localedef", "-i", name, "-f", "UTF-8", folder / f"{name}.UTF-8"],
                capture_output=True,
                check=False,
            )
    return folder


def environment(locales, changes):
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))
    }
    places = {"LOCPATH": str(locales)} if any(locales.iterdir()) else {}
    return {**kept, **PLAIN, **places, "PYTHONPATH": str(ROOT), **changes}


def known(locale, within):
    program = "import locale; locale.setlocale(locale.LC_ALL, '')"
    done = subprocess.run(
        [sys.executable, "-c", program], env={**within, "LC_ALL": locale}, capture_output=True, check=False
    )
    return done.returncode == 0


def quietly(within, *arguments):
    """What a program prints; it succeeds, and warns of nothing."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env=within,
        capture_output=True,
        check=False,
        timeout=300,
    )
    said = done.stderr.decode(errors="replace")[-3000:]
    assert done.returncode == 0, said
    assert "Warning" not in said
    return done.stdout


def written(folder, within, *switches):
    """The digest of each file that is written in a surrounding."""
    folder.mkdir()
    quietly(within, *switches, "-c", WRITER, folder)
    for form in ("csv", "json", "table"):
        command = ("-m", "sroi", "evaluate", "examples/lunch-club.yaml", "--format", form)
        (folder / f"printed.{form}").write_bytes(quietly(within, *switches, *command))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def plainly(locales, tmp_path_factory):
    return written(tmp_path_factory.mktemp("plain") / "files", environment(locales, {}))


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_every_file_is_the_same(name, plainly, locales, tmp_path):
    switches, changes = SURROUNDINGS[name]
    within = environment(locales, changes)
    if not known(within["LC_ALL"], within):
        pytest.skip(f"{within['LC_ALL']} is not installed, and localedef cannot make it")
    assert len(plainly) > 25
    assert written(tmp_path / "files", within, *switches) == plainly


def test_the_next_day_writes_the_same(plainly, locales, tmp_path):
    """A zone of its own in which it is another day than in UTC, whenever the test runs."""
    behind = time.gmtime().tm_hour < 12
    within = environment(locales, {"TZ": "ABC+14" if behind else "ABC-14"})
    assert written(tmp_path / "files", within) == plainly


def test_nothing_warns_of_files_left_open_or_of_what_is_deprecated(locales, tmp_path):
    tmp_path.joinpath("files").mkdir()
    quietly(environment(locales, {}), "-X", "dev", "-W", "error", "-c", WRITER, tmp_path / "files")


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize(
    "command",
    [
        ("evaluate", "examples/lunch-club.yaml"),
        ("evaluate", "examples/lunch-club.yaml", "--format", "json"),
        ("sensitivity", "examples/lunch-club.yaml"),
        ("evaluate", "there-is-no-such-ünï-£-日本.yaml"),
        ("--help",),
    ],
)
def test_a_screen_with_few_letters_gets_no_traceback(command, stream, locales):
    done = subprocess.run(
        [sys.executable, "-m", "sroi", *command],
        cwd=ROOT,
        env=environment(locales, STREAMS[stream]),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert b"Traceback" not in done.stderr
    assert b"UnicodeEncodeError" not in done.stderr
    assert done.returncode == (2 if "no-such" in command[-1] else 0)
    said = done.stdout or done.stderr
    assert said.decode("utf-8")
    if command[-1] == "json":
        assert json.loads(done.stdout)["social_return_ratio"] > 0
