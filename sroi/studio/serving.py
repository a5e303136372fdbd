"""The page served on this machine alone."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from sroi.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = "127.0.0.1"


class _Files(SimpleHTTPRequestHandler):
    """Files of one folder, each asked for anew, and nothing else."""

    extensions_map = {  # noqa: RUF012 - as the class above declares it
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".json": "application/json",
        ".wasm": "application/wasm",
        "": "application/octet-stream",
    }

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def list_directory(self, path: object) -> None:
        """Nothing: folders are not listed."""
        del path
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the class above names it
        """Nothing: what is read is nobody's business."""


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of the files of a folder on the loopback address, bound and not yet started.

    Raises
    ------
    DocumentError
        If the port cannot be had.
    """
    try:
        return ThreadingHTTPServer((LOOPBACK, port), partial(_Files, directory=str(folder)))
    except OSError as error:
        message = f"port {port} of {LOOPBACK} cannot be had ({error.strerror})"
        raise DocumentError(message, "name another, or 0 for any that is free", file="--port") from None
