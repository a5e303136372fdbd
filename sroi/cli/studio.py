"""The command that writes or serves the page on which studies are edited."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from sroi.cli.common import Force, or_exit
from sroi.text import one_line

PORT = 8765


def studio(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FOLDER", help="Write the page here, and do not serve it."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65_535, help=f"Serve it on this port, {PORT} if left out; 0 for any that is free."
        ),
    ] = None,
    pyodide: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Folder with the files of Pyodide, instead of fetching them with npm and pip."
        ),
    ] = None,
    force: Force = False,
) -> None:
    from sroi.studio.site import site, write_site

    files = or_exit(lambda: site(pyodide))
    with ExitStack() as stack:
        if output is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sroi-studio-")))
        else:
            folder = output
        or_exit(lambda: write_site(folder, files, force=force))
        if output is not None:
            print(one_line(str(output / "index.html")))
        if output is None or port is not None:
            _serve(folder, PORT if port is None else port)


def _serve(folder: Path, port: int) -> None:
    from sroi.studio.serving import LOOPBACK, server

    with or_exit(lambda: server(folder, port)) as serving:
        print(f"http://{LOOPBACK}:{serving.server_address[1]}/ (Ctrl+C ends it)", flush=True)
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            print()
