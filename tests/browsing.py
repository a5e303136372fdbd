"""A real browser for the tests of pages: with the network cut off, and every complaint of the page kept."""

import contextlib
import os
import re
import shutil
from pathlib import Path

import pytest

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PICTURES = Path(os.environ.get("SROI_PICTURES", Path(__file__).parents[1] / "build" / "screenshots"))
"""Where pictures of the pages are kept for people to look at."""


@pytest.fixture(scope="module")
def chromium():
    """Debian's chromium, driven by Playwright."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install 'sroi[dev]'"
    )
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS.split())
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(chromium, path, *, width=1280, height=900, **options):
    """A page opened from its file; whatever it complains of, or asks of a network, is a failure."""
    context = chromium.new_context(viewport={"width": width, "height": height}, **options)
    context.set_offline(True)
    tab = context.new_page()
    complaints = []
    tab.on(
        "console",
        lambda message: (
            complaints.append(f"{message.type}: {message.text}")
            if message.type in ("error", "warning")
            else None
        ),
    )
    tab.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
    tab.on(
        "request",
        lambda request: (
            None
            if re.match("file:|data:", request.url)
            else complaints.append(f"asks for {request.url[:200]}")
        ),
    )
    tab.on("requestfailed", lambda request: complaints.append(f"failed: {request.url[:200]}"))
    try:
        tab.goto(Path(path).as_uri())
        if tab.evaluate("document.getElementById('live-model') !== null"):
            tab.evaluate("window.sroi.ready")
        yield tab
        assert complaints == []
    finally:
        context.close()


def until(tab, condition):
    """Wait until a condition holds; the page's own policy lets nobody compile one inside it."""
    for _ in range(100):
        if tab.evaluate(condition):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"still not so after five seconds: {condition}")


def pictured(tab, name):
    """A picture of the whole page, kept under a name."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=str(PICTURES / f"{name}.png"), full_page=True)
