"""What a type checker says of a program that uses this package."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

RIGHT = """
import sroi
from sroi.expression import Expression

plain = sroi.Outcome(quantity=42, deadweight="30%")
full = sroi.Outcome(
    stakeholder="members",
    quantity=[1, "members * share", sroi.Estimate(value=3, low="1", high=5.5)],
    value={"value": 48, "price_year": "2024-25"},
    starts={"years_later": 2},
    duration=2.5,
    deadweight=["30%", 0.2],
    displacement=Expression("a + b"),
    attribution=sroi.Attribution(value="20%"),
    drop_off=None,
    from_="council",
    materiality={"relevance": "high"},
)
grant = sroi.Input(stakeholder="council", kind="cash", value=[60_000, "40_000"], years=None)
study = sroi.Study(
    sroi=1,
    id="lunch-club",
    title="Lunch club",
    kind="forecast",
    place="haringey",
    currency="GBP",
    price_year="2024-25",
    first_year=2024,
    method="svi-guide",
    assumptions={"members": 120, "share": "35%", "unknown": None, "wellby": {"value": 13_000}},
    stakeholders={"members": sroi.Stakeholder(title="Members", size=120), "council": {"title": "Council"}},
    inputs={"grant": grant, "rooms": {"stakeholder": "council", "kind": "in_kind", "value": 100}},
    outcomes={"less_lonely": full},
    sources={"survey-2024": sroi.Source(title="Survey", year=2024)},
    claims={"leaflet": sroi.Claim(says="four for one", meaning="unclear", ratio="4")},
    limitations=["none was asked"],
    correlations=[{"between": ["members", "share"], "rank": 0.5}],
)
changed = sroi.change(study, {"members": 100}, method={"profile": "svi-guide", "timing": "mid"})
again = sroi.change(sroi.evaluate(study), method=sroi.PROFILES["default"], place="derby")
profile = sroi.MethodProfile(profile="svi-guide", discount_rate="2%", horizon="none")
share: float | Expression | None = None
if isinstance(full.deadweight, sroi.Deadweight):
    share = full.deadweight.value
places: str | None = study.place
names: list[str] = [name for name, outcome in study.outcomes.items() if outcome.title]
"""

WRONG = """
import sroi

sroi.Outcome(quantity=object())
sroi.Outcome(duration=b"30%")
sroi.Outcome(nonsense=1)
sroi.Input(kind="money")
sroi.Study(outcomes=[1])
sroi.load("study.yaml", plaice="derby")
"""


def lines_with_errors(tmp_path, text):
    """The lines in which mypy finds an error."""
    file = tmp_path / "use.py"
    file.write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        f"--cache-dir={ROOT / '.mypy_cache'}",
    ]
    done = subprocess.run(
        [*command, str(file)],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert not done.stderr, done.stderr
    return {int(line.split(":")[1]): line for line in done.stdout.splitlines() if ": error:" in line}


def test_a_program_that_is_right_has_no_errors(tmp_path):
    assert lines_with_errors(tmp_path, RIGHT) == {}


def test_every_line_that_is_wrong_has_an_error(tmp_path):
    first = 1 + WRONG.split("\n").index("sroi.Outcome(quantity=object())")
    assert sorted(lines_with_errors(tmp_path, WRONG)) == list(range(first, first + 6))
