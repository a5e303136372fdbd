"""What holds for every test: no packs from outside, how many examples are drawn, which tests begin first."""

import os
import signal

import pytest
from helpers import small, text_of
from hypothesis import settings
from typer.testing import CliRunner

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "local"))

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # in the background of a shell, and so in every child
    signal.signal(signal.SIGINT, signal.default_int_handler)

GROUPS = ("office", "browser", "packaging", "docs", "faults")
"""Marks of slow tests; they begin first, each file in one process."""

NEEDS = {"libreoffice": "office", "chromium": "browser"}
"""Fixtures that put a test into one of them."""


def pytest_collection_modifyitems(items):
    for item in items:
        for fixture in NEEDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(NEEDS[fixture])
        item.slow = min(
            (GROUPS.index(mark.name) for mark in item.iter_markers() if mark.name in GROUPS), default=None
        )
        item.drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    first = {}
    for item in items:
        rank = len(GROUPS) + (not item.drawn) if item.slow is None else item.slow
        first[item.path] = min(rank, first.get(item.path, rank))
    items.sort(key=lambda item: first[item.path])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Coverage is measured on what plain tests reach: slow and drawn ones would take twice as long."""
    measuring = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    plain = item.slow is None and not item.drawn and item.get_closest_marker("no_cover") is None
    if measuring is None or plain:
        return (yield)
    measuring.pause()
    try:
        return (yield)
    finally:
        measuring.resume()


@pytest.fixture(autouse=True)
def _shipped_packs_only(monkeypatch):
    monkeypatch.delenv("SROI_PACKS", raising=False)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in an empty folder."""
    from sroi.cli import app

    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def study(tmp_path):
    """Writes a study and gives its path."""

    def written(changes=None, name="study.yaml", **sections):
        file = tmp_path / name
        file.write_text(text_of(small(changes, **sections)), encoding="utf-8")
        return file

    return written
