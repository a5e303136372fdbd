"""One evidence set under many conventions, and pieces of the example files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

import sroi
from docs.generate.markdown import table
from docs.generate.results import EXAMPLES, club, shipped

READINGS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("readings.yaml").read_text(encoding="utf-8")
)


def region(argument: str) -> str:
    """One block of an example: the lines from a top-level key to the next empty line."""
    file, key = argument.split()
    blocks = (EXAMPLES / file).read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return f"```yaml\n{next(block for block in blocks if block.startswith(f'{key}:'))}\n```\n"


def ratio_of(reading: dict[str, Any]) -> float:
    """The figure of one reading."""
    study = sroi.load(EXAMPLES / "many-ratios.yaml", values=reading.get("values"))
    return float(getattr(sroi.evaluate(study), reading.get("figure", "social_return_ratio")))


def ratios(_: str) -> str:
    """Every reading, with its distance from the first."""
    figures = [ratio_of(reading) for reading in READINGS]
    rows = []
    for reading, figure in zip(READINGS, figures, strict=True):
        change = f"{100 * (figure / figures[0] - 1):+.1f}%".replace("-", "−") if figure != figures[0] else ""
        rows.append((reading["reading"], f"{figure:.2f}", change))
    return table(("Reading", "Ratio", "Against the first"), rows)


def by_profile(_: str) -> str:
    """The same evidence under each shipped profile."""
    studies = club(), shipped()
    rows = [(f"`{name}`", *(ratio_under(name, study) for study in studies)) for name in sroi.PROFILES]
    return table(("Profile", "Lunch club", "Derby, Local Area Coordination"), rows)


def ratio_under(profile: str, study: sroi.Study) -> str:
    """The ratio of a study under a profile, or that it has none."""
    try:
        return f"{sroi.evaluate(sroi.change(study, method=profile)).social_return_ratio:.3f}"
    except sroi.DocumentError:
        return "none: deductions pass 100%"
