"""Who may ask, how much, and what happens to others when one request goes wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import anyio
import pytest

import sroi
from sroi.service import Settings, answering, workers
from sroi.service.settings import tokens_of
from sroi.service.watching import logger
from tests.service.conftest import TOKEN

ASKED = {"intervention": "befriending", "place": "derby"}


def test_a_token_is_wanted_where_there_are_tokens(guarded):
    for header in (
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
    ):
        answered = guarded.post("/v1/evaluate", json=ASKED, headers=header)
        assert answered.status_code == 401
        assert answered.headers["www-authenticate"] == "Bearer"
        assert guarded.get("/metrics", headers=header).status_code == 401
    assert (
        guarded.post("/v1/evaluate", json=ASKED, headers={"Authorization": f"Bearer {TOKEN}"}).status_code
        == 200
    )
    assert guarded.get("/health").status_code == guarded.get("/ready").status_code == 200


def test_tokens_are_read_of_a_file_and_the_environment(tmp_path):
    file = tmp_path / "tokens"
    file.write_text(f"# ours\n{TOKEN}  # the website\n\n")
    assert tokens_of(file, f"{'c' * 16} {'d' * 16}") == {TOKEN, "c" * 16, "d" * 16}
    for bad in ("short", "with spaces and so on that are long", "ü" * 20):
        file.write_text(bad)
        with pytest.raises(sroi.DocumentError, match="token"):
            tokens_of(file, None)
    file.write_text("# none\n")
    with pytest.raises(sroi.DocumentError, match="no token"):
        tokens_of(file, None)
    with pytest.raises(sroi.DocumentError, match="SROI_TOKENS"):
        tokens_of(None, "short")


def test_a_body_is_counted_while_it_is_read(client):
    assert client.post("/v1/evaluate", content=b" " * 200_001).status_code == 413

    def chunks():
        for _ in range(300):
            yield b" " * 1_000

    assert client.post("/v1/evaluate", content=chunks()).status_code == 413


def test_another_kind_of_body_is_refused_and_another_method(client):
    answered = client.post("/v1/evaluate", content=b"<a/>", headers={"Content-Type": "application/xml"})
    assert answered.status_code == 415
    answered = client.get("/v1/evaluate")
    assert (answered.status_code, answered.headers["allow"]) == (405, "POST")
    assert client.get("/v1/nothing").headers["content-type"] == "application/problem+json"


def test_every_answer_has_the_headers_of_a_careful_service(client):
    for answered in (client.get("/health"), client.post("/v1/evaluate", json=ASKED), client.get("/nothing")):
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answered.headers["content-security-policy"]
        assert "access-control-allow-origin" not in answered.headers


def test_what_is_shipped_is_not_sent_twice(client):
    for path in (
        "/v1/places",
        "/v1/places?search=derby",
        "/v1/interventions",
        "/v1/schema/study",
        "/v1/schema/pack",
    ):
        first = client.get(path)
        assert first.status_code == 200
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get("/v1/schema/other").status_code == 404


def test_metrics_count_and_the_log_holds_nothing_of_a_study(client, capfd):
    logger().handlers[0].setStream(sys.stderr)
    client.post("/v1/evaluate", json={"study": "title: a secret of ours"})
    assert 'sroi_requests_total{route="/v1/evaluate",status="422"}' in client.get("/metrics").text
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    assert {"method", "route", "status", "ms", "bytes"} == set(lines[0])
    assert "secret" not in json.dumps(lines)


def hangs(_name, body, _settings):
    """In place of an answer: never comes back, ends its own process, or is quick, as the body says."""
    if body == b"hang":
        time.sleep(600)
    if body == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    return answering.Answer(200, body)


def test_one_that_hangs_or_is_killed_loses_its_own_request_alone(monkeypatch):
    monkeypatch.setattr(workers, "within_bounds", hangs)
    limits = Settings()

    async def main():
        lane = workers.Lane(3, 0, 20)
        found = {}

        async def ask(body):
            found[body] = await lane.ask("evaluate", body, limits)

        async with anyio.create_task_group() as group:
            for body in (b"hang", b"die", b"quick"):
                group.start_soon(ask, body)
            await anyio.sleep(0.1)
            found[b"fourth"] = await lane.ask("evaluate", b"fourth", limits)
        found[b"later"] = await lane.ask("evaluate", b"later", limits)
        return found

    found = anyio.run(main)
    statuses = {body: each.status for body, each in found.items()}
    assert statuses == {b"hang": 503, b"die": 503, b"quick": 200, b"fourth": 429, b"later": 200}
    assert found[b"fourth"].headers["Retry-After"]


@contextmanager
def served(*arguments, environment=None):
    """A running service, and its address."""
    command = [sys.executable, "-m", "sroi", "serve", "--port", "8765", "--workers", "1", *arguments]
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
    )
    try:
        address = "http://127.0.0.1:8765"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/ready", timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                assert running.poll() is None, running.stderr.read()
                time.sleep(0.1)
        yield address, running
    finally:
        running.terminate()
        running.wait(60)
        running.stderr.close()


def test_the_command_serves_and_finishes_what_it_has_begun_when_it_is_told_to_stop():
    with served() as (address, running):
        body = json.dumps({**ASKED, "draws": 100_000}).encode()
        asked = urllib.request.Request(f"{address}/v1/simulate", body, {"Content-Type": "application/json"})
        got = []

        def ask():
            with urllib.request.urlopen(asked, timeout=120) as answered:
                got.append(answered.status)

        thread = threading.Thread(target=ask)
        thread.start()
        time.sleep(0.3)
        running.send_signal(signal.SIGTERM)
        thread.join()
        assert got == [200]
        assert running.wait(60) in (0, -signal.SIGTERM)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_beyond_this_machine_it_wants_tokens(host):
    done = subprocess.run(
        [sys.executable, "-m", "sroi", "serve", "--host", host],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "--tokens" in done.stderr
    assert "Traceback" not in done.stderr
