"""What is built and installed is what was written: wheel, source archive and checkout give one answer."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parent.parent
LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist")
DERBY = ("evaluate", "local-area-coordination", "--borough", "derby", "--format", "json")
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(*command, cwd, path=""):
    """What a command prints; it has to succeed, and sees the packages of its interpreter and of ``path``."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "SROI_PACKS", "VIRTUAL_ENV")
    }
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={**environment, "PYTHONPATH": str(path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def program(environment, name):
    """A program of a virtual environment."""
    return environment / SCRIPTS / name


def environment_with(folder, *requirement, cwd):
    """A virtual environment with one thing installed by pip."""
    venv.create(folder)
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        program(folder, "python"),
        "install",
        "--quiet",
        "--no-compile",
        *requirement,
        cwd=cwd,
    )
    return folder


def borrowing(environment):
    """The same environment, which sees the packages that these tests run with, after its own."""
    packages = run(
        program(environment, "python"),
        "-c",
        "import sysconfig; print(sysconfig.get_path('purelib'))",
        cwd=environment,
    ).strip()
    Path(packages, "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return environment


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The project as it is written now, with nothing beside it."""
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("project") / "checkout", ignore=LEFT_BEHIND))


@pytest.fixture(scope="module")
def elsewhere(checkout):
    """Another checkout, which assumes something else of Derby."""
    other = Path(shutil.copytree(checkout, checkout.parent / "elsewhere"))
    place = other / "assumptions" / "boroughs" / "derby.yaml"
    text = place.read_text(encoding="utf-8")
    text, changed = re.subn(r"(?<= coordinators:)(\s+\{value: )", r"\g<1>1", text)
    assert changed == 1
    place.write_text(text, encoding="utf-8")
    return other


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(scope="module")
def answer(checkout, empty):
    """What the checkout answers."""
    return run(sys.executable, "-m", "sroi", *DERBY, cwd=empty, path=checkout)


@pytest.fixture(scope="module")
def built(checkout):
    """The source archive, and the wheel that is built from it."""
    run(sys.executable, "-m", "build", "--outdir", checkout.parent / "dist", checkout, cwd=checkout.parent)
    (archive,) = (checkout.parent / "dist").glob("*.tar.gz")
    (wheel,) = (checkout.parent / "dist").glob("*.whl")
    return archive, wheel


@pytest.fixture(scope="module")
def installed(built, empty, tmp_path_factory):
    """An environment with the wheel, which borrows what the wheel depends on."""
    return borrowing(environment_with(tmp_path_factory.mktemp("installed"), "--no-deps", built[1], cwd=empty))


def files_of(folder):
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return {path.relative_to(folder).as_posix() for path in files}


def where_packs_are(python, cwd, path=""):
    return Path(
        run(
            python,
            "-c",
            "from sroi.reference import assumptions_folder; print(assumptions_folder())",
            cwd=cwd,
            path=path,
        ).strip()
    )


def test_a_plain_checkout_answers(answer):
    assert json.loads(answer)["borough"] == "derby"


def test_the_wheel_carries_the_code_the_packs_and_the_mark_of_its_types(built, checkout):
    names = zipfile.ZipFile(built[1]).namelist()
    assert {f"sroi/{name}" for name in files_of(checkout / "sroi")} <= set(names)
    assert {f"sroi/assumptions/{name}" for name in files_of(checkout / "assumptions")} == {
        name for name in names if name.startswith("sroi/assumptions/")
    }
    assert "sroi/py.typed" in names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"sroi"}


def test_the_wheel_from_the_checkout_is_the_one_from_the_source_archive(built, checkout, tmp_path):
    run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        tmp_path,
        checkout,
        cwd=tmp_path,
    )
    (wheel,) = tmp_path.glob("*.whl")
    contents = [
        {name: zipped.read(name) for name in zipped.namelist()}
        for zipped in map(zipfile.ZipFile, (wheel, built[1]))
    ]
    assert contents[0] == contents[1]


def test_building_again_elsewhere_and_later_gives_the_same_bytes(built, checkout, tmp_path):
    again = Path(shutil.copytree(checkout, tmp_path / "again" / "copy", copy_function=shutil.copyfile))
    for file in again.rglob("*"):
        os.utime(file, (1_500_000_000, 1_500_000_000))
    run(sys.executable, "-m", "build", "--outdir", tmp_path / "dist", again, cwd=tmp_path)
    for before in built:
        assert (tmp_path / "dist" / before.name).read_bytes() == before.read_bytes()


def test_the_source_archive_carries_what_is_needed_to_test_it(built, checkout):
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        f"{part}/{name}"
        for part in ("sroi", "assumptions", "examples", "tests")
        for name in files_of(checkout / part)
    }
    assert {*wanted, "pyproject.toml", "README.md", "LICENSE"} <= names


def test_the_wheel_answers_as_the_checkout_does(installed, answer, empty):
    assert run(program(installed, "sroi"), *DERBY, cwd=empty) == answer
    assert run(program(installed, "python"), "-m", "sroi", *DERBY, cwd=empty) == answer


def test_packs_come_from_where_the_imported_package_lies(installed, elsewhere, answer):
    assert run(program(installed, "sroi"), *DERBY, cwd=elsewhere) == answer
    of_the_other = run(program(installed, "python"), "-m", "sroi", *DERBY, cwd=elsewhere)
    assert json.loads(of_the_other)["social_return_ratio"] != json.loads(answer)["social_return_ratio"]
    assert where_packs_are(program(installed, "python"), elsewhere, elsewhere) == elsewhere / "assumptions"


def test_an_editable_install_finds_the_folder_beside_it(checkout, answer, empty, tmp_path):
    editable = borrowing(
        environment_with(tmp_path / "editable", "--no-deps", "--editable", checkout, cwd=empty)
    )
    assert where_packs_are(program(editable, "python"), empty) == checkout / "assumptions"
    assert run(program(editable, "sroi"), *DERBY, cwd=empty) == answer


def test_a_whole_install_answers_with_nothing_but_what_it_asks_for(built, answer, empty, tmp_path):
    whole = environment_with(tmp_path / "whole", built[1], cwd=empty)
    assert run(program(whole, "sroi"), *DERBY, cwd=empty) == answer
