"""The files of the page, where they come from, and the command that writes and serves them."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
from helpers import small  # noqa: F401 - puts the folder of the tests on the path

from sroi.errors import DocumentError
from sroi.studio import downloads, site
from sroi.studio.serving import server

ROOT = Path(__file__).resolve().parents[2]
RELEASE = downloads.version("pydantic-core")
WHEEL = f"pydantic_core-{RELEASE}-cp314-cp314-pyemscripten_2026_0_wasm32.whl"


@pytest.fixture
def pyodide(tmp_path):
    """A folder with files of the names that Pyodide has."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    for name in downloads.NEEDED:
        folder.joinpath(name).write_bytes(b"of Pyodide")
    info = {"info": {"python": "3.14.2", "abi_version": "2026_0", "version": "314.0.7"}}
    folder.joinpath("pyodide-lock.json").write_text(json.dumps(info), encoding="utf-8")
    folder.joinpath(WHEEL).write_bytes(b"a wheel")
    return folder


@pytest.fixture
def cut_off(tmp_path, monkeypatch):
    """Neither npm nor pip reaches anything."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")


# ── Files
# ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_is_written_with_all_that_it_loads(pyodide):
    files = site.site(pyodide)
    assert json.loads(files["packages.json"]) == sorted(
        name for name in files if name.startswith("packages/")
    )
    assert {f"pyodide/{name}" for name in downloads.NEEDED} < files.keys()
    assert files[f"packages/{WHEEL}"] == b"a wheel"


def test_the_same_installation_gives_the_same_bytes():
    assert site.engine() == site.engine()
    assert site.libraries() == site.libraries()


def test_the_engine_holds_the_packs_and_none_of_what_draws_or_prints():
    names = zipfile.ZipFile(io.BytesIO(site.engine())).namelist()
    assert "sroi/assumptions/boroughs/derby.yaml" in names
    assert "sroi/studio/session.py" in names
    assert not [
        name for name in names if "__pycache__" in name or name.startswith(("sroi/cli/", "sroi/reports/"))
    ]


def test_the_policy_of_the_page_lets_nothing_in_or_out():
    page = site.page()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert said["default-src"] == "'none'"
    assert said["connect-src"] == "'self'"
    assert said["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert said["form-action"] == "'none'"
    assert "unsafe-inline" not in policy
    script = Path(site.__file__).with_name("studio.js").read_text(encoding="utf-8")
    assert not re.findall(r"https?://", page + script)
    assert not re.search(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b", script)


# ── What is missing
# ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("cut_off")
def test_without_npm_the_error_has_the_command(tmp_path):
    with pytest.raises(DocumentError, match=r"npm is not installed.*npm pack pyodide@.*--pyodide package"):
        downloads.runtime(None, tmp_path)


@pytest.mark.usefixtures("cut_off")
def test_npm_that_fails_is_quoted(tmp_path):
    npm = tmp_path / "programs" / "npm"
    npm.write_text("#!/bin/sh\necho 'npm error network' >&2\nexit 1\n", encoding="utf-8")
    npm.chmod(0o755)
    with pytest.raises(DocumentError, match=r"cannot be fetched \(npm error network\)"):
        downloads.runtime(None, tmp_path)


def test_a_folder_that_is_none_of_pyodide_is_refused(tmp_path):
    with pytest.raises(DocumentError, match=r"holds no pyodide\.mjs; name the folder"):
        downloads.runtime(tmp_path, tmp_path)


def test_a_lock_file_that_is_none_is_refused(pyodide, tmp_path):
    pyodide.joinpath("pyodide-lock.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"pyodide-lock\.json: it does not say"):
        downloads.runtime(pyodide, tmp_path)


@pytest.mark.usefixtures("cut_off")
def test_a_wheel_that_cannot_be_fetched_is_named_with_the_command(pyodide, tmp_path):
    pyodide.joinpath(WHEEL).unlink()
    with pytest.raises(
        DocumentError, match=rf"{re.escape(WHEEL)} cannot be fetched .*pip download .*=={RELEASE}"
    ):
        downloads.runtime(pyodide, tmp_path)


# ── The command
# ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_writes_a_folder_and_not_over_one(run, pyodide):
    done = run("studio", "-o", "page", "--pyodide", pyodide)
    assert (done.exit_code, done.stdout) == (0, f"{Path('page', 'index.html')}\n"), done.output
    assert Path("page", "packages", "engine.zip").is_file()
    again = run("studio", "-o", "page", "--pyodide", pyodide)
    assert (again.exit_code, "--force" in again.stderr) == (2, True)
    assert run("studio", "-o", "page", "--pyodide", pyodide, "--force").exit_code == 0


@pytest.mark.parametrize("target", ["file", "file/below"])
def test_a_folder_that_cannot_be_made_is_an_error(run, pyodide, target):
    Path("file").write_text("", encoding="utf-8")
    done = run("studio", "-o", target, "--pyodide", pyodide)
    assert done.exit_code == 2
    assert "file" in done.stderr
    assert not isinstance(done.exception, OSError)


def test_a_port_that_is_taken_is_an_error(run, pyodide, tmp_path):
    with server(tmp_path, 0) as taken:
        done = run("studio", "--port", taken.server_address[1], "--pyodide", pyodide)
    assert done.exit_code == 2
    assert "--port" in done.stderr


def test_the_command_serves_on_loopback_until_it_is_stopped(pyodide):
    command = [sys.executable, "-m", "sroi", "studio", "--port", "0", "--pyodide", str(pyodide)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            url = re.match(r"(http://127\.0\.0\.1:\d+/) ", process.stdout.readline())[1]
            with urllib.request.urlopen(url) as page:
                assert "sroi studio" in page.read().decode()
                assert page.headers["X-Content-Type-Options"] == "nosniff"
            with urllib.request.urlopen(f"{url}pyodide/pyodide.mjs") as script:
                assert script.headers["Content-Type"] == "text/javascript"
            for outside in ("pyodide/", "..%2f..%2fetc/passwd", "nothing"):
                with pytest.raises(urllib.error.HTTPError, match="404"):
                    urllib.request.urlopen(url + outside)
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
