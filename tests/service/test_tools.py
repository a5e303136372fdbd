"""The tools as an assistant meets them: a process of its own, spoken to over standard input and output."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import anyio
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

import sroi

LUNCH = (Path(__file__).parents[2] / "examples" / "lunch-club.yaml").read_text(encoding="utf-8")


def test_an_assistant_asks_and_is_answered_as_the_library_answers():
    async def main():
        command = StdioServerParameters(command=sys.executable, args=["-m", "sroi", "mcp"])
        async with stdio_client(command) as pipes, ClientSession(*pipes) as session:
            await session.initialize()
            listed = (await session.list_tools()).tools
            asked = {
                "evaluate": {"study": LUNCH},
                "simulate": {"intervention": "befriending", "place": "derby", "draws": 200},
                "explain": {"what": "less_lonely", "study": LUNCH},
                "check": {"study": LUNCH},
                "places": {"search": "derby"},
                "interventions": {},
                "claims": {"place": "derby"},
            }
            answers = {name: await session.call_tool(name, body) for name, body in asked.items()}
            wrong = await session.call_tool("evaluate", {"study": LUNCH.replace("deadweight", "deadwait", 1)})
            return listed, answers, wrong

    listed, answers, wrong = anyio.run(main)
    assert {tool.name for tool in listed} == set(answers)
    assert all(tool.annotations.read_only_hint for tool in listed)
    assert not any(answer.is_error for answer in answers.values())
    said = json.loads(answers["evaluate"].content[0].text)
    assert said["result"]["social_return_ratio"] == sroi.evaluate(sroi.loads(LUNCH)).social_return_ratio
    assert wrong.is_error
    assert "deadwait" in wrong.content[0].text
    assert "Traceback" not in wrong.content[0].text
