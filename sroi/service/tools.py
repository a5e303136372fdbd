"""The engine as tools for an assistant that speaks the Model Context Protocol; they only read."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from sroi.service import answering
from sroi.service.settings import Settings

_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

SAYS = (
    "Social Return on Investment of community programmes. A ratio is quoted only with its range and with "
    "what the result says of its evidence; savings and wellbeing are never added up as cash."
)


def server() -> MCPServer:
    """The tools, on a server that has not begun; ``run()`` speaks over standard input and output."""
    made = MCPServer("sroi", instructions=SAYS)
    for tool in (evaluate, simulate, explain, check, places, interventions, claims):
        made.add_tool(tool, annotations=_READ_ONLY)
    return made


def evaluate(
    study: str | None = None,
    intervention: str | None = None,
    place: str | None = None,
    values: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What £1 gives: ratio, net present value, outcomes, evidence.

    Give a study's YAML text, or an intervention by name and a place; ``values`` replaces numbers by path.
    """
    return _asked("evaluate", study=study, intervention=intervention, place=place, values=values)


def simulate(
    study: str | None = None,
    intervention: str | None = None,
    place: str | None = None,
    values: dict[str, Any] | None = None,
    draws: int = 2_000,
    seed: int = 0,
) -> dict[str, Any]:
    """The range of the ratio, every uncertain number varied at once; the same seed gives the same numbers."""
    asked = {"study": study, "intervention": intervention, "place": place, "values": values}
    return _asked("simulate", **asked, draws=draws, seed=seed)


def explain(
    what: str, study: str | None = None, intervention: str | None = None, place: str | None = None
) -> dict[str, Any]:
    """One outcome by name, or one number by path, from its sources to its figure."""
    return _asked("explain", what=what, study=study, intervention=intervention, place=place)


def check(
    study: str | None = None, intervention: str | None = None, place: str | None = None
) -> dict[str, Any]:
    """What a reviewer would ask of a study: findings with their severity, place and suggestion."""
    return _asked("check", study=study, intervention=intervention, place=place)


def places(search: str = "") -> dict[str, Any]:
    """The places with numbers of their own, or every authority whose name holds ``search``."""
    return _read(answering.library("places", search))


def interventions() -> dict[str, Any]:
    """The interventions that can be evaluated by name."""
    return _read(answering.library("interventions"))


def claims(place: str | None = None) -> dict[str, Any]:
    """What has been claimed in public, beside what the models give over the same money."""
    return _read(answering.library("claims", place or ""))


@cache
def _limits() -> Settings:
    return Settings()


def _asked(question: Literal["evaluate", "simulate", "explain", "check"], **body: Any) -> dict[str, Any]:
    given = {name: each for name, each in body.items() if each is not None}
    return _read(answering.answer(question, json.dumps(given).encode(), _limits()))


def _read(answered: answering.Answer) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(answered.body)
    if answered.status != 200:
        raise ToolError(said["detail"])
    return said
