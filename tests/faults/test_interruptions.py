"""Ctrl-C in whatever works for long: the status says so, nothing is half written, nothing goes on, and the
same command gives the same afterwards."""

import inspect
import random
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from test_broken import FOLDER
from typer.testing import CliRunner

import sroi
from sroi.cli import app, function_of
from sroi.cli.commands import COMMANDS, SERVERS
from sroi.reports.writing import WRITERS

pytestmark = pytest.mark.faults
ROOT = FOLDER.parent.parent
OLD = b"old"
DRAWS = ("--draws", "200")

LONG = {
    "evaluate": ("study.yaml",),
    "ledger": ("study.yaml", "--by", "payer"),
    "explain": ("study.yaml", "less_lonely"),
    "claims": ("derby",),
    "claim": ("derby", "derby-2016-headline", *DRAWS),
    "simulate": ("study.yaml", "--draws", "140000"),
    "simulate --keep": ("study.yaml", "--draws", "140000", "--keep", "made.parquet", "--force"),
    "simulate --sampler": ("study.yaml", "--sampler", "sobol", "--draws", "40000"),
    "simulate --ranges-by-grade": ("study.yaml", "--ranges-by-grade", *DRAWS),
    "sensitivity": ("study.yaml",),
    "sensitivity --variance": ("study.yaml", "--variance", "--points", "64"),
    "switching": ("study.yaml",),
    "breakeven": ("mens-shed", "--place", "derby"),
    "scenarios": ("study.yaml",),
    "spread": ("study.yaml",),
    "information": ("study.yaml", *DRAWS),
    "validate": ("study.yaml",),
    "check": ("study.yaml",),
    "check-packs": (),
    "portfolio": ("tables", "--engine", "pandas"),
    "portfolio-from": ("study.yaml", "-o", "made", "--force"),
    "verify": ("run.json",),
    "compare": ("study.yaml", "other.yaml", "--anyway"),
    "diff": ("study.yaml", "other.yaml"),
    "options": ("study.yaml", "other.yaml", "--draws", "200"),
    "show": ("derby",),
    "import-value-map": ("map.xlsx", "-o", "made.yaml", "--force"),
    "export-value-map": ("study.yaml", "-o", "made.xlsx", "--force"),
    "import": ("unit-costs", "costs.csv", "--pack", "made", "--force"),
    "report --all-places": ("befriending", "--all-places", "--as", "md", "-o", "made", "--force", *DRAWS),
    **{f"report {ending}": ("study.yaml", "-o", f"made{ending}", "--force", *DRAWS) for ending in WRITERS},
    "report two": ("study.yaml", "-o", "made.md", "-o", "made.html", "--force", *DRAWS),
}
"""Commands that work for long, or read a study, with what they are interrupted in."""

SHORT = {"places", "interventions", "new", "schema", "studio"}
"""Commands that read no study, and end at once, or fetch and copy what is not theirs."""


def takes_a_study_or_shows_progress(name):
    found = function_of(name)
    if not inspect.isfunction(found):
        return True
    return "study" in inspect.signature(found).parameters or "progress." in inspect.getsource(found)


def test_every_command_is_interrupted_or_short():
    interrupted = {case.partition(" ")[0] for case in LONG}
    assert interrupted | SHORT | SERVERS == set(COMMANDS)
    assert not interrupted & (SHORT | SERVERS)
    assert {name for name in COMMANDS if takes_a_study_or_shows_progress(name)} <= interrupted
    assert {case.partition(" ")[2] for case in LONG if case.startswith("report .")} == set(WRITERS)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder to work in, and one of its own for temporary files."""
    work, temporary = tmp_path / "work", tmp_path / "temporary"
    work.mkdir()
    temporary.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    Path("study.yaml").write_bytes((ROOT / "examples" / "lunch-club.yaml").read_bytes())
    other = Path("study.yaml").read_text(encoding="utf-8").replace("members: 120", "members: 90")
    Path("other.yaml").write_text(other, encoding="utf-8")
    Path("costs.csv").write_text("Description,Cost,Unit,Price year\nVisit,12,each,2012\n", encoding="utf-8")
    Path("map.xlsx").write_bytes(sroi.export_value_map(sroi.load("study.yaml")).content)
    assert run_alone("portfolio-from", "study.yaml", "-o", "tables").exit_code == 0
    sroi.record(sroi.evaluate(sroi.load("study.yaml"))).write("run.json")
    return work


def written(folder):
    """Everything in a folder by name."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


class Presses:
    """Somebody who presses Ctrl-C from a certain call on that a command makes in this thread.

    They press again as long as it goes on: Python drops an exception that comes while a generator is closed.
    """

    def __init__(self, case, at=None):
        self.code, self.at = code_of(case), at
        self.calls = self.pressed = 0
        self.inside = False

    def __call__(self, frame, event, _):
        if frame.f_code is self.code and event in ("call", "return"):
            self.inside = event == "call"
        if event == "call" and self.inside:
            self.calls += 1
            if self.at is not None and self.calls >= self.at and self.calls % 50 == self.at % 50:
                self.pressed += 1
                signal.raise_signal(signal.SIGINT)

    def __enter__(self):
        sys.setprofile(self)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)


def code_of(case):
    """What runs a command."""
    found = function_of(case.partition(" ")[0])
    return (found if inspect.isfunction(found) else found.registered_commands[0].callback).__code__


def run(case):
    return run_alone(case.partition(" ")[0], *LONG[case])


def run_alone(*arguments):
    """A command in this process."""
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "case", [case for case in LONG if case != "report --all-places"]
)  # 360 reports a run
def test_ctrl_c_at_any_moment_ends_with_130_and_leaves_nothing(case, folder):
    given = written(folder)
    for _ in range(2):  # loads what the command uses, so that all later runs are of one length
        run(case)
    new = written(folder)
    with Presses(case) as counting:
        wanted = run(case)
    assert wanted.exit_code in (0, 1), wanted.stderr
    chance = random.Random(case)
    for share in (0.03, *(chance.uniform(0.05, 0.95) for _ in range(4))):
        threads = threading.active_count()
        for later in (1, 8, 15):  # Python drops what comes while an object is deleted, and stops calling us
            for name in new.keys() - given.keys():
                (folder / name).write_bytes(OLD)
            old = written(folder)
            with Presses(case, at=int(share * counting.calls) + later) as pressed:
                done = run(case)
            assert pressed.pressed
            if done.exit_code == 130:
                break
        assert done.exit_code == 130, (share, done.exception, done.stderr)
        assert isinstance(done.exception, SystemExit)
        assert "Traceback" not in done.stderr
        assert threading.active_count() == threads
        found = written(folder)
        assert found.keys() == old.keys()
        for name, content in found.items():
            assert content in (old[name], new[name]), f"{name} is neither the old one nor the new one"
        left = [each.name for each in Path(tempfile.gettempdir()).iterdir()]
        assert all(name.startswith("openpyxl.") for name in left), left  # it removes its own as Python ends
    again = run(case)
    assert (again.exit_code, again.stdout, again.stderr) == (wanted.exit_code, wanted.stdout, wanted.stderr)
    assert written(folder) == new


PROGRAM = """
import signal, sys
inside = calls = 0
def press(frame, event, _):
    global inside, calls
    code = frame.f_code
    inside = inside or (event == "call" and code.co_name == {function!r} and {module!r} in code.co_filename)
    calls += bool(inside) and event == "call"
    if calls == {at}:
        sys.setprofile(None)
        signal.raise_signal(signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["sroi", *{arguments!r}]
sys.setprofile(press)
from sroi.__main__ import main
main()
"""


@pytest.mark.parametrize("case", LONG)
def test_ctrl_c_in_a_process_of_its_own_ends_with_130_and_no_traceback(case, folder, monkeypatch):
    code, name = code_of(case), case.partition(" ")[0]
    monkeypatch.setenv("TMPDIR", tempfile.gettempdir())
    before = written(folder)
    program = PROGRAM.format(
        function=code.co_name,
        module=Path(code.co_filename).name,
        at=random.Random(f"{case} alone").randrange(50, 1_500),
        arguments=(name, *LONG[case]),
    )
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 130, done.stderr
    assert done.stderr == ""
    assert written(folder) == before
    assert not list(Path(tempfile.gettempdir()).iterdir())


def test_ctrl_c_in_the_library_is_a_keyboard_interrupt():
    study = sroi.load("study.yaml")
    threads = threading.active_count()

    def press(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sroi.simulate(study, draws=400_000, on_chunk=press, threads=4)
    assert threading.active_count() == threads
