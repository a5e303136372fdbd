"""What holds for every test: no packs from outside, and examples that a slow machine may take its time over."""

import os

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def _shipped_packs_only(monkeypatch):
    monkeypatch.delenv("SROI_PACKS", raising=False)
