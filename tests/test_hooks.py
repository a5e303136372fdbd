"""The hooks that other repositories take from this one by pre-commit."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import yaml
from helpers import outcome, small, text_of
from typer.testing import CliRunner

from sroi.cli import app

ROOT = Path(__file__).parent.parent
HOOKS = {each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
FILES = {
    "studies/good.yaml": small(),
    "studies/deep/faulty.yaml": small(outcomes={"change": outcome(n_measured=600, n_population=240)}),
    "studies/broken.json": small(outcomes={"change": outcome(stakeholder="nobody")}),
    "notes/other.yaml": {"a": 1},
}
SAID = {
    "sroi-check": ("studies/deep/faulty.yaml:", "error SROI011", "error SROI005"),
    "sroi-validate": ("studies/broken.json:", "stakeholder"),
}


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with studies, which is worked in."""
    for name, document in FILES.items():
        file = tmp_path / "own" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text_of(document), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "own")


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_runs_its_command_on_studies_alone(name):
    hook = HOOKS[name]
    taken = [each for each in FILES if re.search(hook["files"], each)]
    assert taken == [each for each in FILES if each.startswith("studies/")]
    program, *arguments = shlex.split(hook["entry"])
    assert program == "sroi"
    done = CliRunner().invoke(app, [*arguments, *taken])
    assert done.exit_code != 0
    assert all(words in done.output for words in SAID[name])
    assert CliRunner().invoke(app, [*arguments, taken[0]]).exit_code == 0


@pytest.mark.packaging
@pytest.mark.usefixtures("repository")
def test_pre_commit_installs_the_hooks_and_runs_them(tmp_path):
    program = shutil.which(
        "pre-commit", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    )
    if program is None or shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("pre-commit or git is not installed, or this is no repository")

    def git(*arguments):
        subprocess.run(["git", "-c", "user.email=a@b.c", "-c", "user.name=A", *arguments], check=True)

    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Studies")
    own = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    command = [program, "try-repo", str(ROOT), "--all-files"]
    done = subprocess.run(
        command,
        env={**own, "PRE_COMMIT_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    if "An unexpected error has occurred" in done.stdout and re.search(
        r"No matching distribution|ConnectionError|Temporary failure|Could not fetch", done.stdout
    ):
        warnings.filterwarnings("default", message="hooks are not")
        warnings.warn(f"hooks are not installed here: {done.stdout[-400:]}", stacklevel=1)
        pytest.skip("pip reaches no index")
    assert done.returncode == 1, done.stdout + done.stderr
    for name, said in SAID.items():
        assert f"hook id: {name}" in done.stdout
        assert all(words in done.stdout for words in said), done.stdout
    assert "notes/other.yaml" not in done.stdout
