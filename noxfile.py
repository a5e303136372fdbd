"""What a contributor runs by name, each in an environment of its own: ``nox -s lint types tests``."""

import json
import shutil
from itertools import chain
from pathlib import Path

import nox

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
USED = ".[report,parquet]"
nox.needs_version = ">=2024.10"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "types", "tests"]


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff, the formatter and the import contract."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")


@nox.session
def types(session: nox.Session) -> None:
    """Mypy in strict mode."""
    session.install("-e", ".[dev]")
    session.run("mypy")


@nox.session(python=PYTHONS, tags=["versions"])
def tests(session: nox.Session) -> None:
    """The tests with the newest releases, on every Python here; ``-- -m 'not office'`` for some of them."""
    session.install("--upgrade", "--upgrade-strategy", "eager", "-e", ".[dev]")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session(python=PYTHONS[0], tags=["versions"])
def lowest(session: nox.Session) -> None:
    """The tests with the lowest releases that ``pyproject.toml`` allows, on the oldest Python."""
    floors = str(_floors(session))
    session.install("-e", ".[dev]", "--constraint", floors)
    session.run("pytest", "-n", "auto", *session.posargs, env={"PIP_CONSTRAINT": floors})  # builds too


def _floors(session: nox.Session) -> Path:
    """Each library that is asked for, pinned to the release from which it is allowed."""
    project = nox.project.load_toml("pyproject.toml")["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    pins = [each.replace(">=", "==") for each in asked if ">=" in each]
    file = Path(session.create_tmp()) / "floors.txt"
    file.write_text("\n".join(pins), encoding="utf-8")
    return file


@nox.session
def docs(session: nox.Session) -> None:
    """The pages, the examples, and everything that is made from the code."""
    session.install("-e", ".[dev]")
    session.run("pytest", "-m", "docs", *session.posargs)


@nox.session
def generate(session: nox.Session) -> None:
    """Write again what is made from the code: ``nox -s generate -- pages`` for the pages alone."""
    session.install("-e", ".[dev]")
    session.run("python", "-m", "docs.generate", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """A night of broken files: ``nox -s fuzz -- --inputs 1000000``; what fails is kept in fuzz-failures."""
    session.install("-e", ".[dev]")
    session.run("python", "-m", "tests.fuzz", *session.posargs)


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Times and memory beside what else there is, to be read, not passed."""
    session.install("-e", ".[dev]")
    session.run("pytest", "benchmarks", "--benchmark-enable")
    session.run("python", "benchmarks/simulate.py", *session.posargs)


@nox.session
def sbom(session: nox.Session) -> None:
    """The bill of materials: all that an installation with every extra holds, as CycloneDX in ``dist/``."""
    session.install("cyclonedx-bom>=7")
    Path("dist").mkdir(exist_ok=True)
    command = ("cyclonedx-py", "environment", str(_installation(session)), "--pyproject", "pyproject.toml")
    session.run(*command, "--mc-type", "library", "--output-reproducible", "-o", "dist/sroi.cdx.json")


@nox.session
def audit(session: nox.Session) -> None:
    """Weaknesses that are known of what an installation with every extra holds; it needs the network."""
    session.install("pip-audit>=2.10")
    where = str(_installation(session))
    held = session.run("python", "-m", "pip", "--python", where, "freeze", "--exclude", "sroi", silent=True)
    folder = Path(session.create_tmp())
    (folder / "held.txt").write_text(str(held), encoding="utf-8")
    report = folder / "audit.json"
    report.unlink(missing_ok=True)
    options = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json")
    command = ("pip-audit", *options, "--requirement", str(folder / "held.txt"), "--output", str(report))
    session.run(*command, success_codes=[0, 1])
    if not report.exists():
        session.error("the service that knows of weaknesses was not reached: nothing was audited")
    found = json.loads(report.read_text(encoding="utf-8"))["dependencies"]
    if untold := [each["name"] for each in found if "skip_reason" in each]:
        session.error(f"the service told nothing of {len(untold)} of {len(found)}: {', '.join(untold)}")
    if weak := [f"{each['name']} {each['version']}" for each in found if each["vulns"]]:
        session.error(f"weaknesses are known of {', '.join(weak)}: see {report}")
    session.log(f"no weakness is known of any of {len(found)}")


def _installation(session: nox.Session) -> Path:
    """An environment with the package, every extra and what they need, and nothing else."""
    folder = Path(session.create_tmp()) / "installation"
    shutil.rmtree(folder, ignore_errors=True)
    session.run("python", "-m", "venv", "--without-pip", str(folder))
    session.run("python", "-m", "pip", "--python", str(folder), "install", "--quiet", USED)
    return folder
