"""What the help says: commands by task, each with an example that runs; and what a shell completes."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sroi.cli import app
from sroi.cli.commands import COMMANDS, EXAMPLES, GROUPS, SERVERS

ROOT = Path(__file__).parent.parent
BEFORE = {
    "import-value-map": "sroi export-value-map befriending --place york -o map.xlsx",
    "portfolio": "sroi portfolio-from befriending local-area-coordination --places derby,york -o portfolio",
    "validate": "sroi new study our-lunch-club",
    "verify": "sroi evaluate befriending --place york --no-range --record run.json",
}
"""What has to be run before an example."""


def shell_words(line, **environment):
    """What a fresh process completes after a line, and the modules that it loads for that."""
    words = shlex.split(line) + ([""] if line.endswith(" ") else [])
    code = (
        "import sys; sys.argv = ['sroi']\nfrom sroi.cli import main\ntry:\n    main()\n"
        "finally:\n    print(*sys.modules, file=sys.stderr)"
    )
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_SROI_COMPLETE": "complete_bash"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), **asked},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        **environment,
    )
    return done.stdout.split(), set(done.stderr.split())


def test_the_help_groups_the_commands_by_task_and_fits_a_terminal():
    done = CliRunner().invoke(app, ["--help"], terminal_width=80)
    lines = done.stdout.splitlines()
    titles = [line.removesuffix(":") for line in lines if line.endswith(":")]
    assert titles == ["Options", *GROUPS]
    names = [line.split()[0] for line in lines if line.startswith("  ") and line.split()[0] in COMMANDS]
    assert names == list(COMMANDS)
    assert names[0] == "evaluate"
    assert "..." not in done.stdout.partition("Answer:")[2]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_ends_with_its_example(command):
    done = CliRunner().invoke(app, [command, "--help"], terminal_width=80)
    assert done.exit_code == 0
    assert " ".join(done.stdout.split()).endswith(f"Example: {EXAMPLES[command]}")


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in SERVERS])
def test_the_example_of_a_command_runs_as_it_stands(run, command, tmp_path):
    table = "Description,Cost,Unit,Price year\nA visit by a general practitioner,£41,visit,2022\n"
    tmp_path.joinpath("costs.csv").write_text(table, encoding="utf-8")
    for folder in ("youth-centre", "options"):
        for file in (ROOT / "examples" / folder).glob("*.yaml"):
            shutil.copy(file, tmp_path)
    for line in filter(None, (BEFORE.get(command), EXAMPLES[command])):
        done = run(*shlex.split(line)[1:])
        assert done.exit_code == 0, (line, done.stderr)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("sroi eval", ["evaluate"]),
        ("sroi evaluate local-area", ["local-area-coordination"]),
        ("sroi evaluate befriending --place derb", ["derby", "derbyshire", "derbyshire-dales"]),
        ("sroi evaluate befriending --place=x --form", ["--format"]),
        ("sroi evaluate befriending --format ma", ["markdown"]),
        ("sroi evaluate befriending --method green", ["green-book"]),
        ("sroi claims haring", ["haringey"]),
        ("sroi show mens", ["mens-shed"]),
    ],
)
def test_a_shell_completes_names(line, wanted, tmp_path):
    words, modules = shell_words(line, cwd=tmp_path)
    assert set(wanted) <= set(words)
    assert all(word.startswith(line.split()[-1]) for word in words)
    loaded = {name.partition(".")[0] for name in modules}
    assert not loaded & {"numpy", "pandas", "scipy", "openpyxl", "altair", "docxtpl"}


def test_a_shell_completes_files_of_studies_and_folders(tmp_path):
    shutil.copy(ROOT / "examples" / "lunch-club.yaml", tmp_path / "lunch-club.yaml")
    (tmp_path / "lunch.txt").touch()
    (tmp_path / "lunches").mkdir()
    (tmp_path / "lunches" / "ours.json").touch()
    assert shell_words("sroi evaluate lun", cwd=tmp_path)[0] == ["lunch-club.yaml", "lunches/"]
    assert shell_words("sroi evaluate lunches/", cwd=tmp_path)[0] == ["lunches/ours.json"]


def test_the_script_of_a_shell_is_shown(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['sroi']\nfrom sroi.cli import main\nmain()"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "_SROI_COMPLETE": "source_bash"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=tmp_path,
    )
    assert "complete -o default -F" in done.stdout
