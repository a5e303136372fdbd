"""Any file of at most 5 MB is read or refused within little time and memory, whatever stands in it."""

import json
import os
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path

import bombs
import building
import pytest

import sroi
from sroi.unit_costs import unit_costs

pytest.importorskip("resource", reason="the limits of processes that Unix knows")
pytestmark = pytest.mark.faults

MOST_SECONDS = 6  # of the processor: twice what is promised, for slow machines
MOST_MEMORY = 500_000_000
CASES = {
    **{f"map {name}": ("map", f"{name}.xlsx", made) for name, made in bombs.WORKBOOKS.items()},
    **{f"costs {name}": ("costs", f"{name}.xlsx", made) for name, made in bombs.WORKBOOKS.items()},
    **{f"costs {name}": ("costs", name, made) for name, made in bombs.OTHER_COSTS.items()},
    **{f"map {name}": ("map", name, made) for name, made in bombs.OTHER_COSTS.items() if "csv" in name},
    **{f"study {name}": ("study", f"{name}.yaml", made) for name, made in bombs.STUDIES.items()},
    **{f"mapping {name}": ("mapping", f"{name}.yaml", made) for name, made in bombs.STUDIES.items()},
    **{f"template {name}": ("template", f"{name}.docx", made) for name, made in bombs.TEMPLATES.items()},
}


@pytest.fixture(scope="module")
def reader():
    """A process that reads each file it is told of in a process of its own, and says what that took."""
    program = Path(bombs.__file__).with_name("readers.py")
    run = [sys.executable, str(program)]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def ask(kind, path):
            process.stdin.write(json.dumps([kind, str(path)]) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


@cache
def made_once(make):
    return make()


@pytest.mark.parametrize("case", CASES)
def test_a_bomb_is_read_or_refused(case, reader, tmp_path):
    kind, name, made = CASES[case]
    path = tmp_path / name
    path.write_bytes(made_once(made))
    assert path.stat().st_size <= 5_000_000
    (tmp_path / "map.xlsx").write_bytes(building.workbook())
    found = reader(kind, path)
    assert found["said"].startswith(("read", "refused: ")), found
    assert found["status"] == 0
    assert found["seconds"] < MOST_SECONDS
    assert found["memory"] < MOST_MEMORY


@pytest.fixture(params=["a pipe", "a socket", "a device", "a folder", "a link to a device"])
def no_file(request, tmp_path, monkeypatch):
    """Makes what is no file under a name, and says what an error calls it."""
    monkeypatch.chdir(tmp_path)  # the path of a socket is short

    def made(name):
        if request.param == "a pipe":
            os.mkfifo(name)
        elif request.param == "a socket":
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(name)
        elif request.param == "a folder":
            Path(name).mkdir()
        else:
            Path(name).symlink_to("/dev/zero")
        return Path(name)

    return made, request.param.replace("a link to a device", "a device")


READS = {
    "study.yaml": sroi.load,
    "map.xlsx": sroi.import_value_map,
    "map.yaml": lambda path: sroi.import_value_map("map.xlsx", mapping=path),
    "costs.csv": lambda path: unit_costs(path, pack="own"),
    "costs.xls": lambda path: unit_costs(path, pack="own"),
    "own.docx": lambda path: sroi.report(bombs.study(), "made.docx", template=path, draws=10),
    "own.yaml": lambda path: sroi.Library(path.absolute().parent).places(),
    "mine.yaml": lambda path: sroi.Library(path.absolute().parent).place("mine"),
}


@pytest.mark.parametrize("name", READS)
def test_what_is_no_regular_file_is_refused(name, no_file):
    made, what = no_file
    path = made(name)
    with pytest.raises(sroi.DocumentError, match=f"{name}: it is {what}, which cannot be read"):
        READS[name](path)


def test_a_file_that_says_nothing_of_its_size_is_read_no_further_than_is_asked(tmp_path):
    link = tmp_path / "study.yaml"
    link.symlink_to("/proc/kallsyms")  # megabytes, and 0 by what the system says
    if not Path("/proc/kallsyms").exists():
        pytest.skip("there is no such file here")
    with pytest.raises(sroi.DocumentError, match="at most 5,000,000 are read"):
        sroi.load(link)


def test_an_unreadable_file_in_a_folder_of_packs_hides_no_other(tmp_path):
    os.mkfifo(tmp_path / "aa.yaml")
    (tmp_path / "mine.yaml").write_text(
        "sroi: 1\npack: mine\ntitle: Mine\nextends: england\n", encoding="utf-8"
    )
    library = sroi.Library(tmp_path)
    assert library.place("mine").name == "mine"
    assert library.interventions() == sroi.Library().interventions()


def test_more_problems_than_anybody_reads_are_counted():
    keys = "".join(f"k{number}: 1\n" for number in range(3_000))
    with pytest.raises(sroi.DocumentError) as refused:
        sroi.Study.model_validate(dict.fromkeys(keys.replace(": 1", "").split(), 1))
    *_, last = refused.value.problems
    assert len(refused.value.problems) <= 1_001
    assert last.message.endswith("more problems are not listed")


def test_what_is_looked_through_is_what_is_read(tmp_path):
    """A workbook within bounds is the same with and without its pictures, and its cells are untouched."""
    import openpyxl

    from sroi.workbooks import Limits, within_bounds

    limits = Limits(unpacked=1_000_000, cells=1_000)
    clean = within_bounds(
        building.workbook(**{"xl/media/image1.png": b"x" * 100}), limits, tmp_path / "a.xlsx"
    )
    (tmp_path / "clean.xlsx").write_bytes(clean)
    rows = list(openpyxl.load_workbook(tmp_path / "clean.xlsx").active.values)
    assert rows[1] == ("People", "Less lonely", 10, 200, 0.1)


@pytest.mark.parametrize("count", [1, 63, 1_023, 1_024, 3_000])
def test_a_compound_file_that_is_packed_again_holds_the_same(count):
    from sroi.workbooks.compound import packed, streams_of

    content = os.urandom(4_096 * count)
    assert streams_of(packed("Workbook", content))["Workbook"] == content
