"""Pyodide and its wheel for the tests, fetched as `sroi studio` fetches them."""

import os
from pathlib import Path

import pytest

from sroi.errors import DocumentError
from sroi.studio.downloads import runtime


@pytest.fixture(scope="session")
def in_browser(tmp_path_factory):
    """Python for the browser: from the folder in SROI_PYODIDE, or fetched; without it nothing is tried."""
    given = os.environ.get("SROI_PYODIDE")
    try:
        return runtime(Path(given) if given else None, tmp_path_factory.mktemp("pyodide"))
    except DocumentError as error:
        pytest.skip(f"NOT TRIED, as Python for the browser cannot be had: {error}")
