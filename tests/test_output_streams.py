"""CSV that a spreadsheet opens, and bars that are seen on a terminal alone."""

from __future__ import annotations

import csv
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from helpers import outcome, small

PTY = pytest.importorskip("pty")


@pytest.fixture
def study(tmp_path):
    ranged = {"value": 200, "low": 100, "high": 300, "unit": "£ a year"}
    file = tmp_path / "study.yaml"
    document = small(outcomes={"change": outcome(value=ranged, title="£ and é")})
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return file


def command(*arguments):
    return [sys.executable, "-m", "sroi", *map(str, arguments)]


def test_csv_in_a_new_file_begins_with_the_mark_that_excel_wants_and_is_read_back(study, tmp_path):
    target = tmp_path / "out.csv"
    for name in ("evaluate", "sensitivity"):
        with target.open("wb") as file:
            subprocess.run(command(name, study, "--format", "csv"), stdout=file, check=True)
        assert target.read_bytes().startswith(b"\xef\xbb\xbf")
        with target.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {"outcome", "number"} & set(rows[0])


def test_csv_that_is_added_to_a_file_or_piped_has_no_mark(study, tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("before\n")
    with target.open("ab") as file:
        subprocess.run(command("evaluate", study, "--format", "csv"), stdout=file, check=True)
    assert b"\xef\xbb\xbf" not in target.read_bytes()
    piped = subprocess.run(command("evaluate", study, "--format", "csv"), capture_output=True, check=True)
    assert piped.stdout.startswith(b"outcome,")


def test_other_formats_in_a_file_have_no_mark(study, tmp_path):
    target = tmp_path / "out.json"
    with target.open("wb") as file:
        subprocess.run(command("evaluate", study, "--format", "json"), stdout=file, check=True)
    assert target.read_bytes().startswith(b"{")


def on_a_terminal(arguments):
    """What a command writes to standard error where that is a terminal."""
    ours, its = PTY.openpty()
    running = subprocess.Popen(command(*arguments), stdout=subprocess.DEVNULL, stderr=its)
    os.close(its)
    said, until = b"", time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            said += part
    assert running.wait(10) == 0
    os.close(ours)
    return said.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("simulate",), "drawing"),
        (("sensitivity", "--variance", "--points", "64"), "shares of the variance"),
        (("switching",), "switching values"),
        (("information", "--draws", "200"), "valuing"),
        (("report", "-o", "study.md", "--draws", "500"), "writing study.md"),
    ],
)
def test_long_work_has_a_bar_on_a_terminal_and_none_elsewhere(study, monkeypatch, arguments, words):
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    monkeypatch.chdir(study.parent)
    name, *rest = arguments
    assert words in on_a_terminal((name, study, *rest))
    (study.parent / "study.md").unlink(missing_ok=True)
    silent = subprocess.run(command(name, study, *rest), capture_output=True, check=True)
    assert silent.stderr == b""
