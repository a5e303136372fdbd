"""The command that serves the engine over HTTP."""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from sroi.cli.common import or_exit, refuse
from sroi.extras import needed

_AT_LEAST_ONE = 1


def serve(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="NUMBER", help="Port; 0 takes a free one.", min=0, max=65_535)
    ] = 8000,
    tokens: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="File of bearer tokens, one a line; SROI_TOKENS may hold some too."
        ),
    ] = None,
    anybody: Annotated[
        bool, typer.Option("--anybody", help="Listen beyond this machine though no token is asked for.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Processes that compute.", min=_AT_LEAST_ONE)
    ] = None,
    queue: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Requests that may wait; more get 429.", min=0)
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(metavar="NUMBER", help="Longest time of one answer; then it gets 503.", min=0.1),
    ] = None,
    body: Annotated[
        int | None,
        typer.Option(metavar="BYTES", help="Largest body; a larger one gets 413.", min=_AT_LEAST_ONE),
    ] = None,
) -> None:
    def run() -> None:
        service = needed("sroi.service", "sroi serve", extra="service")
        settings = needed("sroi.service.settings", "sroi serve", extra="service")
        uvicorn = needed("uvicorn", "sroi serve", extra="service")
        known = settings.tokens_of(tokens, os.environ.get(settings.TOKENS))
        if not known and not anybody and not _is_loopback(host):
            hint = "give --tokens FILE, or say --anybody where something before it asks who they are"
            refuse(f"{host} is reached from other machines, and no token is asked for", hint, "--host")
        asked = {"workers": workers, "queue": queue, "seconds": seconds, "body_bytes": body}
        limits = settings.Settings(
            tokens=known, **{name: each for name, each in asked.items() if each is not None}
        )
        print(
            f"sroi serves http://{host}:{port}, described at /openapi.json; Ctrl-C ends it", file=sys.stderr
        )
        uvicorn.run(
            service.create_app(limits),
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=30,
            timeout_keep_alive=10,
        )

    or_exit(run)


def mcp() -> None:
    tools = or_exit(lambda: needed("sroi.service.tools", "sroi mcp", extra="mcp"))
    tools.server().run()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
