"""The command ``sroi``. A command's module is loaded when it is called; it calls the library and prints."""

from __future__ import annotations

import gc
import io
import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from sroi.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = {
    "new": "Write a commented starting file for a study or a pack.",
    "schema": "Print the JSON Schema (draft 2020-12) of a study or a pack, for editors.",
    "check-packs": (
        "Check every shipped pack and intervention, and your own: sources, rationales, ranges, names,"
        " price years, licences."
    ),
    "ledger": (
        "Say who pays and who gains: savings and social value apart, returns to each payer, demand avoided."
    ),
    "places": "List the places that have an assumption pack, or find any local authority.",
    "interventions": "List the interventions that can be evaluated by name.",
    "show": "Show what a place or an intervention assumes, and where each number comes from.",
    "claims": "Set what has been claimed in public beside what the models give.",
    "simulate": (
        "Vary every uncertain number at once: the range of the ratio, and how often the claims are reached."
    ),
    "sensitivity": (
        "Say which numbers drive the ratio: each between its own ends, or by its share of the variance."
    ),
    "switching": "Say what each number would have to be, alone, for the ratio to meet a target.",
    "information": (
        "Say what it would be worth to know more before deciding whether the ratio is above a target."
    ),
    "claim": "Say what one would have to believe for a claim to hold.",
    "report": "Write reports: an interactive page, a workbook with live formulas, a Word document, Markdown.",
    "evaluate": "Evaluate a study: ratio, net present value, value map, and where the numbers come from.",
    "import-value-map": (
        "Read a Value Map from a workbook, write it as a study, and list each figure of it that its own"
        " numbers do not give."
    ),
    "export-value-map": "Write a study as a plain Value Map in a workbook, and say what the map cannot hold.",
    "import": "Bring in data of your own.",
}
"""What each command does, in the order of the help."""

MODULES = {
    "authoring": ("new", "schema", "check-packs", "import"),
    "ledger": ("ledger",),
    "library": ("places", "interventions", "show", "claims"),
    "uncertainty": ("simulate", "sensitivity", "switching", "information", "claim"),
    "reporting": ("report",),
    "results": ("evaluate",),
    "value_map": ("import-value-map", "export-value-map"),
}
"""The commands of each module; a command is a function, or a group, under its own name."""

FORMER = {"borough": "place", "boroughs": "places", "all-boroughs": "all-places"}
"""Former names of commands and options, which are still read."""

PLAIN: dict[str, Any] = {"add_completion": False, "pretty_exceptions_enable": False, "rich_markup_mode": None}


def function_of(name: str) -> Callable[..., None] | typer.Typer:
    """The function of a command, or its group of commands."""
    module = next(module for module, names in MODULES.items() if name in names)
    found: Callable[..., None] | typer.Typer = getattr(
        import_module(f"sroi.cli.{module}"), name.replace("-", "_") + "_" * iskeyword(name)
    )
    return found


def _refuse_repeated(command: Any, arguments: list[str]) -> None:
    """Refuse an option that is given twice and of which one is meant, rather than take the last."""
    given: dict[str, list[str]] = {}
    for at, argument in enumerate(arguments):
        option, equals, value = argument.partition("=")
        option = f"--{FORMER.get(option[2:], option[2:])}" if option.startswith("--") else option
        given.setdefault(option, []).append(value if equals else "".join(arguments[at + 1 : at + 2]))
    for parameter in command.params:
        if getattr(parameter, "multiple", True) or getattr(parameter, "is_flag", True):
            continue
        found = [value for option in parameter.opts for value in given.get(option, ())]
        if len(found) > 1:
            from sroi.cli.common import refuse

            values, each = " and ".join(map(repr, found)), "place" if "--place" in parameter.opts else "one"
            hint = f"one is meant: run the command once for each {each}"
            refuse(f"it is given {len(found)} times, as {values}", hint, parameter.opts[0])


class _Commands(TyperGroup):
    """The commands by name and help; one is loaded and given its options when it is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands.update({name: TyperCommand(name, help=does) for name, does in COMMANDS.items()})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        if name is None:
            return name, command, rest
        found = function_of(name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(**PLAIN)
            alone.command(name, help=COMMANDS[name])(found)
            found = alone
        command = typer.main.get_command(found)
        _refuse_repeated(command, rest)
        return name, command, rest


app = typer.Typer(
    cls=_Commands,
    help="Social Return on Investment: what a programme gives back for each pound put in,"
    " with where every number comes from.",
    no_args_is_help=True,
    context_settings={"token_normalize_func": lambda token: FORMER.get(token, token)},
    **PLAIN,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"sroi {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command; a user's mistake ends in a message and an exit status, never in a traceback."""
    gc.set_threshold(100_000)  # the default collects 100 times while modules load: a tenth of a short command
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        try:
            app()
        finally:
            print(end="", flush=True)
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    except OSError as error:  # files have their own errors: this is the standard output
        print(f"the standard output cannot be written: {error.strerror}; send it elsewhere", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(2) from None
