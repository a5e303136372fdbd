"""The three studies that an independent loop worked through to the last figure."""

import json
from pathlib import Path

import pytest
import yaml
from helpers import differences
from oracle import evaluate as oracle
from oracle import read_deflators

import sroi
from sroi.reference import assumptions_folder

STUDIES = sorted((Path(__file__).parent / "golden").glob("*.yaml"))


@pytest.fixture(params=STUDIES, ids=lambda path: path.stem)
def study(request):
    return request.param


def worked(study):
    return json.loads(study.with_suffix(".json").read_text(encoding="utf-8"))


def test_every_figure_is_the_worked_one(study):
    assert not differences(sroi.evaluate(sroi.load(study)).to_dict(), worked(study))


def test_every_figure_of_the_oracle_is_the_worked_one(study):
    document = yaml.safe_load(study.read_text(encoding="utf-8"))
    assert not differences(
        oracle(document, read_deflators(assumptions_folder() / "reference")), worked(study)
    )
