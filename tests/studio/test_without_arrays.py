"""The deterministic path where NumPy, pandas and SciPy cannot be imported, as in a browser."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from likeness import apart

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
REFUSING = """
import sys

class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("numpy", "pandas", "scipy"):
            raise ModuleNotFoundError(f"{name} is asked for", name=name)

sys.meta_path.insert(0, Refusing())
"""


def run(code):
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}"},
    )


def test_the_hook_refuses():
    assert "numpy is asked for" in run(f"{REFUSING}\nimport numpy").stderr


@pytest.mark.parametrize("library", ["numpy", "pandas"])
def test_draws_and_frames_do_ask_for_arrays(library):
    work = {"numpy": "sroi.simulate(study, draws=10)", "pandas": "sroi.evaluate(study).to_frame()"}[library]
    done = run(f"{REFUSING}\nimport sroi\nstudy = sroi.load('befriending', place='york')\n{work}")
    assert f"{library} is asked for" in done.stderr


def test_load_evaluate_ledger_explain_check_json_records_and_errors_answer_the_same():
    code = "import portable; print(portable.answered())"
    without, with_all = run(f"{REFUSING}\n{code}"), run(code)
    assert without.returncode == 0, without.stderr[-2000:]
    found, wanted = json.loads(without.stdout), json.loads(with_all.stdout)
    assert wanted["wrong: nothing"][0] == "DocumentError"
    assert all(each[1] for name, each in wanted.items() if name.endswith(": record"))
    assert apart(found, wanted) == []
