"""The command ``sroi``. A command's module is loaded when it is called; it calls the library and prints."""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import contextmanager
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from sroi.cli.commands import COMMANDS, EXAMPLES, GROUPS
from sroi.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MODULES = {
    "appraisal": ("options",),
    "authoring": ("new", "schema", "check-packs", "import"),
    "checking": ("validate", "check"),
    "comparing": ("compare",),
    "differences": ("diff",),
    "ledger": ("ledger",),
    "library": ("places", "interventions", "show"),
    "claims": ("claims", "claim"),
    "uncertainty": ("simulate", "sensitivity", "switching", "breakeven", "information"),
    "readings": ("explain", "scenarios", "spread"),
    "portfolio": ("portfolio", "portfolio-from"),
    "recording": ("verify",),
    "reporting": ("report",),
    "results": ("evaluate",),
    "serving": ("serve", "mcp"),
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


_USAGE_ERROR: Any = typer.BadParameter.__bases__[0]


@contextmanager
def _printable_refusals() -> Iterator[None]:
    """What is refused of the arguments in here, without what would steer the screen."""
    try:
        yield
    except _USAGE_ERROR as error:
        from sroi.text import printable

        error.message = printable(error.message)
        raise


class _Commands(TyperGroup):
    """The commands by name and help; one is loaded and given its options when it is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands.update({name: TyperCommand(name, help=does) for name, does in COMMANDS.items()})

    def make_context(self, *arguments: Any, **settings: Any) -> Any:
        with _printable_refusals():
            return super().make_context(*arguments, **settings)

    def invoke(self, ctx: Any) -> Any:
        with _printable_refusals():
            return super().invoke(ctx)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - as typer calls it
        """The commands by task, the sections aligned with each other."""
        widest = max(map(len, COMMANDS))
        for title, commands in GROUPS.items():
            limit = formatter.width - 6 - widest
            rows = [(name.ljust(widest), self.commands[name].get_short_help_str(limit)) for name in commands]
            with formatter.section(title):
                formatter.write_dl(rows)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        if name is None:
            return name, command, rest
        found = function_of(name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(**PLAIN)
            alone.command(name, help=COMMANDS[name], epilog=f"Example: {EXAMPLES[name]}")(found)
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
    **{**PLAIN, "add_completion": True},
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
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
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
