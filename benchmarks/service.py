"""The service against the bare engine, in one run: what HTTP, the processes and the limits cost.

Run with ``python -m benchmarks.service``. It starts a service on a free port of this machine, asks one
question after another, then 32 callers at once, and computes the same answers in this process between.
"""

from __future__ import annotations

import json
import statistics
import threading
import time
from pathlib import Path

import httpx
import uvicorn

from sroi.service import Settings, create_app
from sroi.service.answering import answer

STUDY = (Path(__file__).parent.parent / "examples" / "lunch-club.yaml").read_text(encoding="utf-8")
BODY = json.dumps({"study": STUDY}).encode()
CALLERS, ASKED = 32, 400


def timed(work, times):
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return took


def main():
    limits = Settings(queue=CALLERS * 2)
    server = uvicorn.Server(uvicorn.Config(create_app(limits), port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{port}/v1/evaluate"
    with httpx.Client(timeout=60) as caller:
        for _ in range(20):
            caller.post(address, content=BODY).raise_for_status()
        bare, served = [], []
        for _ in range(5):
            bare += timed(lambda: answer("evaluate", BODY, limits), 40)
            served += timed(lambda: caller.post(address, content=BODY), 40)
    print(f"bare engine, median          {statistics.median(bare):6.2f} ms")
    print(f"served, one caller, median   {statistics.median(served):6.2f} ms")
    print(f"overhead at the median       {statistics.median(served) - statistics.median(bare):6.2f} ms")
    took, lock = [], threading.Lock()

    def call():
        with httpx.Client(timeout=120) as caller:
            mine = timed(lambda: caller.post(address, content=BODY).raise_for_status(), ASKED // CALLERS)
        with lock:
            took.extend(mine)

    callers = [threading.Thread(target=call) for _ in range(CALLERS)]
    begun = time.perf_counter()
    for each in callers:
        each.start()
    for each in callers:
        each.join()
    seconds = time.perf_counter() - begun
    print(
        f"{CALLERS} callers: {len(took) / seconds:.0f} a second, "
        f"P99 {sorted(took)[int(len(took) * 0.99)]:.0f} ms"
    )
    server.should_exit = True
    thread.join()


if __name__ == "__main__":
    main()
