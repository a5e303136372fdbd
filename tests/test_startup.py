"""What is loaded when: public names and commands come with their own modules and no others."""

import ast
import inspect
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sroi
from sroi.cli import FORMER, MODULES, app, function_of
from sroi.cli.commands import COMMANDS
from sroi.documents.reader import read_file

ROOT = Path(__file__).parent.parent
OPTIONAL = [
    "pandas",
    "scipy",
    "rich",
    "typer",
    "jinja2",
    "openpyxl",
    "altair",
    "xlsxwriter",
    "docxtpl",
    "typst",
]
LOAD = "study = sroi.load('local-area-coordination', borough='derby')"
WORK = {
    "load": LOAD,
    "evaluate": f"{LOAD}; result = sroi.evaluate(study); result.to_json(); result.to_markdown()",
    "explain": f"{LOAD}; str(sroi.evaluate(study).explain(next(iter(study.outcomes))))",
    "ledger": f"{LOAD}; sroi.ledger(study).to_dict()",
}
DERBY = ("evaluate", "local-area-coordination", "--place", "derby")


def loaded_by(code):
    """Names of the modules that a fresh process has loaded after some code; other output is dropped."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n' + ' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
        cwd=ROOT,
    )
    return set(done.stdout.splitlines()[-1].split())


def loaded_by_command(*arguments):
    return loaded_by(
        f"import sys, sroi.cli\nsys.argv = {['sroi', *arguments]!r}\n"
        "try:\n    sroi.cli.main()\nexcept SystemExit as ended:\n    assert not ended.code"
    )


def packages(modules):
    return {name.partition(".")[0] for name in modules}


def rooms(modules):
    """The modules of this package, its command line left out."""
    return {name for name in modules if name.startswith("sroi.") and not name.startswith("sroi.cli")}


# ── Public names
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_importing_the_package_loads_nothing_but_its_version():
    modules = loaded_by("import sroi")
    assert rooms(modules) == {"sroi.version"}
    assert not packages(modules) & {*OPTIONAL, "numpy", "pydantic", "yaml"}


def test_no_public_name_is_a_module():
    assert not [name for name in sroi.__all__ if inspect.ismodule(getattr(sroi, name))]


def test_a_star_import_brings_every_public_name():
    names = {}
    exec("from sroi import *", names)
    assert names.keys() - {"__builtins__"} == set(sroi.__all__)


def test_an_unknown_name_is_answered_with_the_nearest():
    done = subprocess.run(
        [sys.executable, "-c", "import sroi; sroi.evalute"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert "module 'sroi' has no attribute 'evalute'. Did you mean: 'evaluate'?" in done.stderr


def test_type_checkers_are_told_the_same_names_from_the_same_modules():
    told = {}
    for statement in ast.parse(Path(sroi.__file__).with_suffix(".pyi").read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                assert alias.name == alias.asname, f"{alias.name} is not exported by its stub"
                told[alias.name] = statement.module
    assert told == {name: f"sroi.{module}" for name, module in sroi._MODULE_OF.items()}


def test_no_module_hides_a_public_name():
    modules = {module.name for module in pkgutil.iter_modules(sroi.__path__)}
    assert not modules & set(sroi.__all__)


# ── The deterministic path
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("work", WORK)
def test_a_calculation_loads_no_library_that_it_does_not_need(work):
    assert not packages(loaded_by(f"import sroi; {WORK[work]}")) & set(OPTIONAL)


@pytest.mark.parametrize(
    "work",
    [
        "load",
        "evaluate",
        "explain",
        "ledger",
    ],
)
def test_a_calculation_on_single_numbers_loads_no_arrays(work):
    assert "numpy" not in packages(loaded_by(f"import sroi; {WORK[work]}"))


def test_no_room_is_entered_that_is_not_used():
    modules = rooms(loaded_by(f"import sroi; {WORK['evaluate']}"))
    for room in ("accounts", "reports", "uncertainty", "value_map", "terminal", "catalogue", "authoring"):
        assert not {name for name in modules if name.split(".")[1] == room}


# ── Commands
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_loads_no_command(arguments):
    modules = loaded_by_command(*arguments)
    assert rooms(modules) == {"sroi.version"}
    assert {name for name in modules if name.startswith("sroi.cli")} == {"sroi.cli", "sroi.cli.commands"}
    assert not packages(modules) & {"pydantic", "yaml", "numpy", "pandas"}
    assert "rich.console" not in modules


def test_a_command_loads_its_own_module():
    modules = loaded_by_command("schema")
    assert {name for name in modules if name.startswith("sroi.cli.")} == {
        "sroi.cli.authoring",
        "sroi.cli.commands",
        "sroi.cli.completion",
        "sroi.cli.common",
    }


def test_a_command_that_prints_a_table_draws_with_rich_and_one_that_prints_json_does_not():
    table, as_json = loaded_by_command(*DERBY, "--no-range"), loaded_by_command(*DERBY, "--format", "json")
    assert "rich.console" in table
    assert "rich.console" not in as_json
    assert not (packages(table) | packages(as_json)) & {"pandas", "scipy", "jinja2", "openpyxl", "altair"}
    assert not {
        name for name in table if name.startswith(("sroi.uncertainty", "sroi.reports", "sroi.value_map"))
    }


def test_every_command_is_in_the_help_and_in_one_module():
    assert sorted(COMMANDS) == sorted(name for names in MODULES.values() for name in names)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_help_is_there_and_says_the_same_as_the_help(name):
    function_of(name)
    done = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.exception
    assert COMMANDS[name] in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("former", "present"),
    [
        (("boroughs", "--format", "json"), ("places", "--format", "json")),
        (
            ("evaluate", "local-area-coordination", "--borough", "derby", "--format", "json"),
            (*DERBY, "--format", "json"),
        ),
        (("evaluate", "local-area-coordination", "--borough=derby"), DERBY),
    ],
)
def test_a_former_name_does_the_same(former, present):
    old, new = (CliRunner().invoke(app, arguments) for arguments in (former, present))
    assert (old.exit_code, old.stdout) == (new.exit_code, new.stdout) == (0, new.stdout)
    if "json" in former:
        assert json.loads(old.stdout)


def test_help_shows_present_names_alone():
    shown = "".join(
        CliRunner().invoke(app, [*arguments, "--help"]).stdout
        for arguments in ((), ("evaluate",), ("report",))
    )
    assert all(f" {name} " in shown or f"--{name} " in shown for name in FORMER.values())
    assert "borough" not in shown


def test_a_mistyped_command_is_answered_with_the_nearest():
    done = CliRunner().invoke(app, ["evalute"])
    assert done.exit_code == 2
    assert "Did you mean 'evaluate'" in done.stderr


# ── Files
# ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def files_read(monkeypatch):
    """The stems of the packs and interventions that a library reads, in order."""
    stems = []

    def reading(path, *arguments):
        stems.append(path.stem)
        return read_file(path, *arguments)

    monkeypatch.setattr("sroi.documents.library.read_file", reading)
    return stems


def test_a_library_reads_each_file_once(files_read):
    library = sroi.Library()
    for place in ("derby", "E06000015", "haringey", "derby"):
        sroi.load("local-area-coordination", borough=place, packs=library)
    assert "derby" in files_read
    assert len(files_read) == len(set(files_read))


@pytest.mark.parametrize("name", ["camden", "E09000007", "London Borough of Camden"])
def test_a_place_without_a_pack_is_found_without_reading_those_of_others(files_read, name):
    chain = sroi.Library().chain(name)
    assert files_read == [place.name for place in reversed(chain[:-1])]
    assert (chain[-1].name, chain[-2].name) == ("camden", "london")


def test_a_pack_of_ones_own_is_found_by_the_code_of_a_known_place(tmp_path):
    head = "sroi: 1\npack: our-camden\ntitle: Our Camden\nextends: london\ngss: E09000007\n"
    tmp_path.joinpath("our-camden.yaml").write_text(head, encoding="utf-8")
    library = sroi.Library([tmp_path])
    assert {library.place(name).name for name in ("E09000007", "Our Camden")} == {"our-camden"}
    assert library.place("camden").name == "camden"


@pytest.mark.parametrize("typed", ["a" * 5_000 + "/x", "nowhere/x", "\0/x", "/dev/null/x"])
def test_what_is_no_folder_completes_to_nothing(typed):
    from sroi.cli.completion import studies

    assert studies(typed) == []
