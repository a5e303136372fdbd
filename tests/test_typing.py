"""What a type checker says of a program that uses this package."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
built = [sroi.Outcome(stakeholder="a", quantity=each, value=each, deadweight=each) for each in (1, "25%")]
estimate = sroi.Outcome(stakeholder="members", quantity=sroi.Estimate(value=1), value=sroi.Estimate(value=2))
read = [sroi.loads(each) for each in ("sroi: 1", b"sroi: 1", {"sroi": 1})]
text: str = study.to_yaml()
sroi.dump(study, "study.yaml", comments=False)
framed = sroi.Study.from_frames([{"outcome": "change"}], [], stakeholders={"a": {"title": "A"}}, id="x")
frames = study.to_frames(backend="polars")
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
sroi.loads(3)
sroi.Study.from_frames([], [], plaice=3).to_frames(backend=3)
"""


def mypy(file):
    """The lines in which mypy finds an error."""
    cache = f"--cache-dir={ROOT / '.mypy_cache'}"
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", cache, str(file)]
    environment = {**os.environ, "MYPYPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=file.parent, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert not done.stderr, done.stderr
    return {int(line.split(":")[1]): line for line in done.stdout.splitlines() if ": error:" in line}


def pyright(file):
    """The lines in which pyright finds an error."""
    if importlib.util.find_spec("pyright") is None or shutil.which("node") is None:
        pytest.skip("pyright or node is not installed: what pyright says of a program is NOT tested")
    settings = {"extraPaths": [str(ROOT)], "typeCheckingMode": "strict", "reportUnusedExpression": False}
    (file.parent / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", f"--pythonpath={sys.executable}", str(file)]
    command[-1:] = ["--project", str(file.parent)]
    done = subprocess.run(command, cwd=file.parent, capture_output=True, text=True, check=False, timeout=300)
    said = json.loads(done.stdout)
    assert said["summary"]["filesAnalyzed"] == 1
    found = [each for each in said["generalDiagnostics"] if each["severity"] == "error"]
    return {each["range"]["start"]["line"] + 1: each["message"] for each in found}


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_program_that_is_right_has_no_errors(tmp_path, checker):
    file = tmp_path / "use.py"
    file.write_text(RIGHT, encoding="utf-8")
    assert checker(file) == {}


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_every_line_that_is_wrong_has_an_error(tmp_path, checker):
    file = tmp_path / "use.py"
    file.write_text(WRONG, encoding="utf-8")
    lines = WRONG.split("\n")
    wrong = [at for at, line in enumerate(lines, start=1) if line.startswith("sroi.")]
    assert sorted(checker(file)) == wrong
