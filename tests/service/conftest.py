"""A service as a caller meets it, within this process but for the engine's own."""

from __future__ import annotations

import pytest

from sroi.service import Settings, create_app

TOKEN = "a-token-of-24-characters"


@pytest.fixture(scope="module")
def client():
    """A service with one process and small limits."""
    testclient = pytest.importorskip("starlette.testclient")
    limits = Settings(workers=1, body_bytes=200_000, outcome_draws=100_000, seconds=60, many_seconds=120)
    with testclient.TestClient(create_app(limits)) as caller:
        yield caller


@pytest.fixture
def guarded():
    """A service that wants a token."""
    testclient = pytest.importorskip("starlette.testclient")
    limits = Settings(workers=1, tokens=frozenset({TOKEN, "b" * 20}), seconds=60)
    with testclient.TestClient(create_app(limits)) as caller:
        yield caller
