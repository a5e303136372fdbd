"""How soon the studio answers a changed number of Derby in Chromium: ``python benchmarks/studio.py``.

Measured in the page: from the event of the changed field until the frame after the answer is in place. On a
shared machine read the least and the median.
"""

import argparse
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from sroi.studio.serving import server
from sroi.studio.site import site, write_site

CHANGE = """async (value) => {
    const row = document.querySelector("[data-words$='assumptions.coordinators']");
    const field = row.querySelector('input');
    field.value = value;
    const before = performance.now();
    field.dispatchEvent(new Event('change', {bubbles: true}));
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    return performance.now() - before;
}"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=60)
    parser.add_argument("--pyodide", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name, "page")
        write_site(folder, site(asked.pyodide))
        with server(folder, 0) as serving:
            threading.Thread(target=serving.serve_forever, daemon=True).start()
            arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
            tab, began = browser.new_page(), time.perf_counter()
            tab.goto(f"http://127.0.0.1:{serving.server_address[1]}/")
            tab.wait_for_selector("#open:not([hidden])", timeout=180_000)
            ready = time.perf_counter()
            tab.select_option("#intervention", "local-area-coordination")
            tab.fill("#place", "derby")
            tab.click("#choose")
            tab.wait_for_selector("#study:not([hidden])", timeout=60_000)
            opened = time.perf_counter()
            taken = sorted(tab.evaluate(CHANGE, str(5 + at)) for at in range(asked.changes))
            browser.close()
            serving.shutdown()
    print(f"engine ready    {ready - began:6.1f} s")
    print(f"Derby opened    {opened - ready:6.1f} s")
    print(
        f"a change        {taken[0]:6.0f} ms at least, {statistics.median(taken):.0f} ms at the median, "
        f"{taken[int(0.9 * len(taken))]:.0f} ms for nine of ten, of {len(taken)}; wanted: under 100"
    )


if __name__ == "__main__":
    main()
