"""What a service allows: who may ask, how much, and for how long."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from sroi.errors import DocumentError
from sroi.inputs import content_of

TOKENS = "SROI_TOKENS"
"""The variable of the environment that holds tokens, parted by spaces."""

FEWEST_CHARACTERS = 16
MOST_BYTES_OF_TOKENS = 100_000

_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """The limits of a service.

    Attributes
    ----------
    tokens : frozenset of str
        Bearer tokens that may ask; empty means that anybody who reaches the service may.
    workers : int
        Processes that compute, one request each.
    queue : int
        Requests that may wait for a process; more are refused with 429.
    many_workers, many_queue : int
        The same for questions of many studies in one.
    seconds, many_seconds : float
        Time that one question, and one of many studies, may take; then its process is ended and it gets 503.
    body_bytes : int
        Most bytes of a body, counted while it is read.
    outcome_draws : int
        Most outcomes times draws of a simulation.
    studies : int
        Most studies in one question.
    memory_bytes : int
        Most memory of one process.
    """

    tokens: frozenset[str] = field(default_factory=frozenset, repr=False)
    workers: int = field(default_factory=lambda: max(1, os.cpu_count() or 1))
    queue: int = 64
    many_workers: int = 1
    many_queue: int = 4
    seconds: float = 20.0
    many_seconds: float = 60.0
    body_bytes: int = 2_000_000
    outcome_draws: int = 2_000_000
    studies: int = 20
    memory_bytes: int = 2_000_000_000


def tokens_of(file: Path | None, environment: str | None) -> frozenset[str]:
    """Tokens of a file, one a line (# begins a remark), and of the environment.

    Raises
    ------
    DocumentError
        If the file cannot be read, or a token is too short or holds what no header can.
    """
    named = "" if file is None else str(file)
    content = (
        b""
        if file is None
        else content_of(file, MOST_BYTES_OF_TOKENS, give="give a file of tokens, one a line")
    )
    lines = content.decode("utf-8", "replace").splitlines()
    found = [(named, line.partition("#")[0].strip()) for line in lines]
    found += [(TOKENS, each) for each in (environment or "").split()]
    tokens = [(where, token) for where, token in found if token]
    hint = f"write at least {FEWEST_CHARACTERS} letters, digits or -._~+/="
    for where, token in tokens:
        if len(token) < FEWEST_CHARACTERS or not _TOKEN.fullmatch(token):
            raise DocumentError(
                "a token is too short, or holds a character that no header can", hint, file=where
            )
    if file is not None and not tokens:
        raise DocumentError("the file holds no token", "write one a line", file=named)
    return frozenset(token for _, token in tokens)
