"""The service: its routes, who may ask, what is read of a body, and the headers of every answer."""

from __future__ import annotations

import hmac
import time
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import anyio.to_thread
from fastapi import FastAPI, Request, Response

from sroi.service import answering
from sroi.service.answering import Answer, problem
from sroi.service.openapi import document
from sroi.service.questions import QUESTIONS
from sroi.service.settings import Settings
from sroi.service.watching import Watch
from sroi.service.workers import Lane
from sroi.version import VERSION

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

READ_AS = ("application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")
OPEN = ("/health", "/ready")
"""Addresses that tell no secret and want no token."""

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service as an ASGI application, for any server or inside another application.

    Parameters
    ----------
    settings : Settings, optional
        Limits and tokens; by default nobody needs a token, so bind it to this machine alone.

    Returns
    -------
    FastAPI
        With ``/v1/…``, ``/health``, ``/ready``, ``/metrics`` and ``/openapi.json``.
    """
    limits = settings or Settings()
    one = Lane(limits.workers, limits.queue, limits.seconds)
    many = Lane(limits.many_workers, limits.many_queue, limits.many_seconds)
    watch, state = Watch(), {"ready": False}

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await one.warm(limits)
        state["ready"] = True
        yield
        state["ready"] = False

    app = FastAPI(
        title="sroi", version=VERSION, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    described = document(limits)

    @app.middleware("http")
    async def around(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        begun = time.perf_counter()
        if request.url.path in OPEN or _may(request, limits.tokens):
            try:
                response = await call(request)
            except Exception:  # noqa: BLE001 - whatever it was, the caller gets a problem and no traceback
                response = _sent(problem(500, "the service failed; the fault is its own"))
        else:
            refused = problem(401, "a bearer token is wanted", title="No token, or an unknown one")
            response = _sent(Answer(401, refused.body, refused.media_type, {"WWW-Authenticate": "Bearer"}))
        if response.status_code == 404 and response.headers.get("content-type") == answering.JSON:
            response = _sent(problem(404, "there is no such address; /openapi.json lists them"))
        if response.status_code == 405 and response.headers.get("content-type") == answering.JSON:
            allowed = {"Allow": response.headers.get("allow", "")}
            refused = problem(405, "this method is not understood here", title="Another method is wanted")
            response = _sent(Answer(405, refused.body, refused.media_type, allowed))
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        route = getattr(request.scope.get("route"), "path", "other")
        watch.saw(
            request.method, route, response.status_code, begun, int(response.headers.get("content-length", 0))
        )
        return response

    async def ask(name: str, lane: Lane, request: Request) -> Response:
        kind = request.headers.get("content-type", answering.JSON).partition(";")[0].strip().lower()
        if kind not in READ_AS:
            detail = f"a body of {kind or 'no kind'} is not read; send {READ_AS[0]} or {READ_AS[1]}"
            return _sent(problem(415, detail, title="Another kind of body is wanted"))
        body = await _body(request, limits.body_bytes)
        if body is None:
            return _sent(problem(413, f"a body has at most {limits.body_bytes:,} bytes"))
        watch.inside.set(one.inside + many.inside + 1)
        answered = await lane.ask(name, body, limits)
        watch.inside.set(one.inside + many.inside)
        return _sent(answered)

    def route(name: str, lane: Lane) -> None:
        async def asked(request: Request) -> Response:
            return await ask(name, lane, request)

        app.add_api_route(f"/v1/{name}", asked, methods=["POST"], name=name)

    for name, question in QUESTIONS.items():
        route(name, many if question.many else one)
    route("report", many)

    async def listed(request: Request, name: str, argument: str = "") -> Response:
        found = await anyio.to_thread.run_sync(partial(answering.library, name, argument))
        if request.headers.get("if-none-match") == found.headers.get("ETag"):
            return Response(status_code=304, headers=found.headers)
        return _sent(found)

    @app.get("/v1/places")
    async def places(request: Request, search: str = "") -> Response:
        return await listed(request, "places", search)

    @app.get("/v1/interventions")
    async def interventions(request: Request) -> Response:
        return await listed(request, "interventions")

    @app.get("/v1/claims")
    async def claims(request: Request, place: str = "") -> Response:
        return await listed(request, "claims", place)

    @app.get("/v1/schema/{name}")
    async def schema(request: Request, name: str) -> Response:
        if name not in ("study", "pack"):
            return _sent(problem(404, "there is a schema of study and one of pack"))
        return await listed(request, "schema", name)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "alive", "version": VERSION}

    @app.get("/ready")
    async def ready() -> Response:
        if not state["ready"]:
            return _sent(problem(503, "the processes are starting", title="Not ready"))
        return _sent(Answer(200, b'{"status": "ready"}'))

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(watch.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    @app.get("/openapi.json")
    async def openapi() -> Response:
        return _sent(Answer(200, described))

    return app


def _may(request: Request, tokens: frozenset[str]) -> bool:
    """Whether a request may be answered; every token is compared, so that no time tells which was near."""
    if not tokens:
        return True
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    same = [hmac.compare_digest(given.strip().encode(), token.encode()) for token in tokens]
    return scheme.lower() == "bearer" and any(same)


async def _body(request: Request, most: int) -> bytes | None:
    """The body, counted while it is read; None as soon as it is too large."""
    said = request.headers.get("content-length", "0")
    if said.isdecimal() and int(said) > most:
        return None
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > most:
            return None
    return bytes(content)


def _sent(answered: Answer) -> Response:
    return Response(answered.body, answered.status, answered.headers, answered.media_type)
