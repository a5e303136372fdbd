"""Whatever happens to a run that writes, each file is the old or a new one, whole, and nothing is left."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import building
import pytest
from helpers import small, text_of

import sroi
import sroi.reports.writing
from sroi.files import write_files

resource = pytest.importorskip("resource", reason="the limits of files that Unix knows")
parquet = pytest.importorskip("pyarrow.parquet")
pytestmark = pytest.mark.faults

ROUNDS = int(os.environ.get("SROI_KILLS", "4"))
"""How often each writer is killed; a run that is to prove something kills it 200 times."""

OLD = b"old"
RANGED = small(
    {"outcomes.change.quantity": {"value": 10, "low": 8, "high": 12, "rationale": "assumption: ours"}}
)
WRITERS = {
    "new": ("lunch.yaml", "new", "study", "lunch"),
    "import unit-costs": ("own.yaml", "import", "unit-costs", "costs.csv", "--pack", "own"),
    "import-value-map": ("read.yaml", "import-value-map", "map.xlsx", "-o", "read.yaml"),
    "export-value-map": ("map-of.xlsx", "export-value-map", "study.yaml", "-o", "map-of.xlsx"),
    "report .md": ("a.md", "report", "study.yaml", "-o", "a.md", "--draws", "50"),
    "report .html": ("a.html", "report", "study.yaml", "-o", "a.html", "--draws", "50"),
    "report .xlsx": ("a.xlsx", "report", "study.yaml", "-o", "a.xlsx", "--draws", "50"),
    "report .docx": ("a.docx", "report", "study.yaml", "-o", "a.docx", "--draws", "50"),
    "report .pdf": ("a.pdf", "report", "study.yaml", "-o", "a.pdf", "--draws", "50"),
    "simulate --keep": ("a.parquet", "simulate", "study.yaml", "--keep", "a.parquet", "--draws", "40000"),
}
COSTS = "Description,Cost,Unit,Price year\n" + "".join(f"thing {n},{n},each,2012\n" for n in range(1, 200))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with a study, a map and a table of costs, in which commands run."""
    monkeypatch.chdir(tmp_path)
    Path("study.yaml").write_text(text_of(RANGED), encoding="utf-8")
    Path("costs.csv").write_text(COSTS, encoding="utf-8")
    Path("map.xlsx").write_bytes(sroi.export_value_map(sroi.load("study.yaml")).content)
    return tmp_path


def started(*arguments, force=True, before=None):
    """A command on its way."""
    run = [sys.executable, "-m", "sroi", *arguments, *(["--force"] if force else [])]
    return subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=before)  # noqa: PLW1509


def ended(process):
    """The status of a command and what it said of errors."""
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors.decode()


def is_whole(path):
    """Whether a file is the old one, or can be read to its end."""
    content = path.read_bytes()
    if content == OLD:
        return True
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    if path.suffix == ".parquet":
        return parquet.read_table(path).num_rows == 40_000
    last = {".yaml": b"\n", ".md": b"\n", ".html": b"</html>", ".pdf": b"%%EOF"}[path.suffix]
    return content.rstrip(b" ").endswith((last, last + b"\n")) and len(content) > 500


def leftovers(folder):
    return [each.name for each in folder.iterdir() if each.name.startswith(".")]


def test_every_format_of_a_report_is_among_the_writers():
    assert {f"report {ending}" for ending in sroi.reports.writing.WRITERS} <= WRITERS.keys()


@pytest.mark.parametrize("writer", WRITERS)
def test_a_killed_run_leaves_the_old_file_or_the_new(writer, folder):
    name, *arguments = WRITERS[writer]
    target = folder / name
    begun = time.monotonic()
    status, errors = ended(started(*arguments))
    taken = time.monotonic() - begun
    assert status == 0, errors
    chance = random.Random(writer)
    for _ in range(ROUNDS):
        target.write_bytes(OLD)
        process = started(*arguments)
        time.sleep(taken * chance.uniform(0.3, 1.1))
        process.kill()
        ended(process)
        assert is_whole(target)
    status, errors = ended(started(*arguments))
    assert status == 0, errors
    assert is_whole(target)
    assert target.read_bytes() != OLD
    assert not leftovers(folder)


def test_a_run_killed_in_the_middle_of_writing_is_cleaned_up_by_the_next(folder):
    """Killed with its temporary open, and stopped in the middle: the one goes, the other stays."""
    program = (
        "import sys, time; from pathlib import Path; from sroi.files import new_file\n"
        "with new_file(Path('a.md'), force=True) as file:\n"
        "    file.write(b'half'); file.flush(); print('writing', flush=True); time.sleep(60)"
    )
    killed, alive = (
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(2)
    )
    for process in (killed, alive):
        assert process.stdout.readline() == b"writing\n"
    killed.kill()
    killed.wait()
    assert len(leftovers(folder)) == 2
    write_files({folder / "b.md": b"new"}, force=False)
    assert len(leftovers(folder)) == 1
    alive.kill()
    alive.communicate()
    killed.stdout.close()
    write_files({folder / "b.md": b"new"}, force=True)
    assert not leftovers(folder)


@pytest.mark.parametrize("writer", WRITERS)
def test_a_full_disk_is_told_and_the_old_file_stays(writer, folder):
    name, *arguments = WRITERS[writer]
    (folder / name).write_bytes(OLD)
    full = started(*arguments, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400)))
    status, errors = ended(full)
    assert status == 2, errors
    if writer == "export-value-map":  # openpyxl writes temporary files of its own, elsewhere
        assert f"{tempfile.gettempdir()}: it cannot be written: " in errors
    else:
        assert "Traceback" not in errors
        assert f"{name}: it cannot be written: File too large" in errors
    assert (folder / name).read_bytes() == OLD
    assert not leftovers(folder)


@pytest.mark.parametrize("writer", WRITERS)
def test_an_interrupted_run_ends_with_130_and_writes_nothing(writer, folder):
    name, *arguments = WRITERS[writer]
    (folder / name).write_bytes(OLD)
    begun = time.monotonic()
    ended(started(*arguments))
    taken = time.monotonic() - begun
    (folder / name).write_bytes(OLD)
    for share in (0.7, 0.9, 1.2):
        process = started(*arguments)
        time.sleep(share * taken)
        process.send_signal(signal.SIGINT)
        status, errors = ended(process)
        if status != -signal.SIGINT:  # the interpreter itself had not begun
            break
    assert status in (0, 130)
    assert "Traceback" not in errors
    assert is_whole(folder / name)
    assert not leftovers(folder)


@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("writer", ["simulate --keep", "report .xlsx", "export-value-map"])
def test_three_at_once_on_one_file_all_end_whole(writer, force, folder):
    name, *arguments = WRITERS[writer]
    runs = [ended(each) for each in [started(*arguments, force=force) for _ in range(3)]]
    statuses = sorted(status for status, _ in runs)
    assert is_whole(folder / name)
    assert (folder / name).read_bytes() != OLD
    assert not leftovers(folder)
    if force:
        assert statuses == [0, 0, 0]
    else:
        assert statuses[0] == 0
        assert all(status == 0 or "the file is there already" in errors for status, errors in runs)
        assert statuses.count(0) == 1


def test_threads_that_write_one_file_do_not_disturb_each_other(folder):
    study = sroi.load("study.yaml")
    target = folder / "made.yaml"
    with ThreadPoolExecutor(16) as pool:
        for done in [pool.submit(sroi.dump, study, target) for _ in range(200)]:
            done.result()
    assert sroi.load(target) == study
    assert not leftovers(folder)


def test_of_threads_that_may_not_replace_a_file_one_writes_it(folder):
    def write(number):
        try:
            return write_files({folder / "a.md": str(number).encode()}, force=False)
        except sroi.DocumentError as error:
            return None if "the file is there already" in str(error) else error

    with ThreadPoolExecutor(16) as pool:
        written = [number for number, done in enumerate(pool.map(write, range(200))) if done]
    assert [(folder / "a.md").read_text(encoding="utf-8")] == list(map(str, written))


INPUTS = {
    "the study": ("study.yaml", "export-value-map", "study.yaml", "-o", "study.yaml"),
    "the study by another name": ("study.yaml", "export-value-map", "study.yaml", "-o", "sub/../study.yaml"),
    "the study by a link": ("study.yaml", "export-value-map", "study.yaml", "-o", "link.xlsx"),
    "the study by a hard link": ("study.yaml", "export-value-map", "study.yaml", "-o", "hard.xlsx"),
    "a study that is called a report": ("study.md", "report", "./study.md", "-o", "study.md"),
    "the study that is simulated": ("study.yaml", "simulate", "study.yaml", "--keep", "study.yaml"),
    "one that is given ranges": (
        *("study.yaml", "simulate", "study.yaml", "--ranges-by-grade", "--keep", "study.yaml"),
    ),
    "a pack": ("packs/own.yaml", "simulate", "study.yaml", "--packs", "packs", "--keep", "packs/own.yaml"),
    "the map": ("map.xlsx", "import-value-map", "map.xlsx", "-o", "map.xlsx"),
    "the mapping": (
        *("mapping.yaml", "import-value-map", "map.xlsx", "--mapping", "mapping.yaml", "-o", "mapping.yaml"),
    ),
    "the costs": ("own.yaml", "import", "unit-costs", "own-costs.csv", "--pack", "own"),
    "the template": ("own.docx", "report", "study.yaml", "--template", "own.docx", "-o", "own.docx"),
}


@pytest.mark.parametrize("case", INPUTS)
def test_what_a_command_reads_it_never_writes_over(case, folder, run):
    name, *arguments = INPUTS[case]
    (folder / "sub").mkdir()
    (folder / "packs").mkdir()
    Path("packs/own.yaml").write_text("sroi: 1\npack: own\ntitle: Own\nextends: england\n", encoding="utf-8")
    Path("study.md").write_bytes(Path("study.yaml").read_bytes())
    Path("mapping.yaml").write_text("shares: fractions\n", encoding="utf-8")
    Path("own.docx").write_bytes(building.archive({"a.xml": b"<a/>"}))
    Path("link.xlsx").symlink_to("study.yaml")
    Path("hard.xlsx").hardlink_to("study.yaml")
    Path("own.yaml").write_text(COSTS, encoding="utf-8")
    Path("own-costs.csv").symlink_to("own.yaml")
    before = hashlib.sha256(Path(name).read_bytes()).hexdigest()
    done = run(*arguments, "--force")
    assert done.exit_code == 2
    assert "this file is read here, and is not written over" in done.stderr
    assert hashlib.sha256(Path(name).read_bytes()).hexdigest() == before


@pytest.mark.parametrize("command", [("schema",), ("evaluate", "study.yaml"), ("--help",)])
def test_an_output_that_takes_nothing_is_told(command):
    if not Path("/dev/full").exists():
        pytest.skip("there is no such device here")
    with Path("/dev/full").open("wb") as full:
        run = [sys.executable, "-m", "sroi", *command]
        done = subprocess.run(run, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("the standard output cannot be written: No space left on device")
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_that_takes_no_files_and_one_that_is_not_there(folder, run):
    for target, said in (
        (folder / "nowhere" / "a.md", "there is no such folder"),
        (Path("/proc/a.md"), "cannot be"),
    ):
        done = run("report", "study.yaml", "-o", target, "--draws", 50)
        assert done.exit_code == 2
        assert said in done.stderr
    assert json.loads(text_of(RANGED))["id"] == "small"
