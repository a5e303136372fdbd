"""What a contributor runs by name, each in an environment of its own: ``nox -s lint types tests``."""

import nox

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
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


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The tests on every Python that is here; ``nox -s tests -- -m 'not office'`` for some of them."""
    session.install("-e", ".[dev]")
    session.run("pytest", "-n", "auto", *session.posargs)


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
