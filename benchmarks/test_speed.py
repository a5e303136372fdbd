"""How long things take, each beside a peer in the same run; nothing is asserted of the times.

``python -m pytest benchmarks --benchmark-enable``
"""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import sroi

ROOT = Path(__file__).parent.parent
HEAD = """sroi: 1
id: large
title: A large study
kind: forecast
currency: GBP
price_year: 2024
first_year: 2024
stakeholders:
  people: {title: People}
inputs:
  grant: {stakeholder: people, kind: cash, value: 1_000_000}
outcomes:
"""
OUTCOME = """  outcome_{n}:
    stakeholder: people
    quantity: {{value: 360.74, low: 252.5, high: 505.0, distribution: triangular}}
    value: {{value: 950.57, low: 534.5, high: 1690.4, distribution: lognormal}}
    starts: after
    duration: 10
    deadweight: {{value: 0.187, low: 0.087, high: 0.337, distribution: triangular}}
    displacement: 5%
    attribution: {{value: 0.357, low: 0.257, high: 0.507, distribution: pert}}
    drop_off: 0.27
"""


def study_of(outcomes):
    return HEAD + "".join(OUTCOME.format(n=n) for n in range(outcomes))


LARGE = study_of(1160)


def run(code):
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def started(benchmark, what, rounds=7):
    """A program from its start to its end: some code, or a command."""
    command = f"import sys; sys.argv = {what.split()!r}; from sroi.cli import main; main()"
    code = command if what.startswith("sroi") else what
    benchmark.pedantic(run, args=(code,), rounds=rounds, warmup_rounds=1)


@pytest.mark.benchmark(group="import: ours within 0.6 of the peer")
@pytest.mark.parametrize("what", ["import pandas, pydantic", "import sroi"])
def test_import(benchmark, what):
    started(benchmark, what)


@pytest.mark.benchmark(group="help: ours within 1.5 of the peer")
@pytest.mark.parametrize("what", ["import typer, rich", "sroi --help"])
def test_help(benchmark, what):
    started(benchmark, what)


@pytest.mark.benchmark(group="derby: ours within 1.0 of the peer")
@pytest.mark.parametrize(
    "what", ["import pandas, pydantic, typer, rich", "sroi evaluate local-area-coordination --borough derby"]
)
def test_derby(benchmark, what):
    started(benchmark, what)


@pytest.mark.benchmark(group="derby, a report in four formats")
@pytest.mark.parametrize(
    "what", ["import pandas, pydantic, altair, docxtpl, xlsxwriter", "sroi report local-area-coordination"]
)
def test_report(benchmark, tmp_path, what):
    targets = " ".join(f"-o {tmp_path}/d.{ending}" for ending in ("html", "xlsx", "docx", "md"))
    arguments = f" --borough derby --force {targets}" if what.startswith("sroi") else ""
    started(benchmark, what + arguments, rounds=3)


@pytest.mark.benchmark(group="load 500 KB: ours within 3 of the peer")
@pytest.mark.parametrize(
    "reader",
    [lambda: yaml.load(LARGE, Loader=yaml.CSafeLoader), lambda: sroi.loads(LARGE)],
    ids=["CSafeLoader", "sroi.loads"],
)
def test_load(benchmark, reader):
    assert 480_000 < len(LARGE) < 520_000
    benchmark.pedantic(reader, rounds=7, warmup_rounds=1)


@pytest.mark.benchmark(group="evaluate 20 outcomes: under 1 ms")
def test_evaluate(benchmark):
    study = sroi.loads(study_of(20))
    assert len(benchmark(sroi.evaluate, study).outcomes) == 20
