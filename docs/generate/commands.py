"""Every command with its arguments and options, from the signatures that typer reads."""

from __future__ import annotations

import inspect
from enum import Enum
from typing import Any, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from docs.generate.format import REQUIRED
from docs.generate.markdown import first_paragraph, table
from sroi.cli import function_of
from sroi.cli.commands import COMMANDS, EXAMPLES


def commands(_: str) -> str:
    """Every command: what it does, how it is typed, what it takes."""
    pages = []
    for name, does in COMMANDS.items():
        found = function_of(name)
        if isinstance(found, typer.Typer):
            pages += [
                command_page(f"sroi {name} {command.name}", command.callback, command.help, EXAMPLES[name])
                for command in found.registered_commands
            ]
        else:
            pages.append(command_page(f"sroi {name}", found, does, EXAMPLES[name]))
    return "\n".join(pages)


def command_page(name: str, function: Any, does: str | None, example: str) -> str:
    """One command."""
    hints = get_type_hints(function, include_extras=True)
    parameters = inspect.signature(function).parameters.values()
    rows = [
        parameter_row(each, hints[each.name])
        for each in parameters
        if hasattr(hints[each.name], "__metadata__")
    ]
    arguments = [
        row[0].strip("`") if row[2] == REQUIRED else f"[{row[0].strip('`')}]"
        for row in rows
        if not row[0].startswith("`--")
    ]
    typed = " ".join([name, *arguments, "[OPTIONS]"])
    told = first_paragraph(does or function.__doc__)
    listed = table(("Argument", "Takes", "Default", "Meaning"), rows)
    return f"### {name}\n\n{told}\n\n```text\n{typed}\n```\n\nFor example `{example}`.\n\n{listed}"


def parameter_row(parameter: inspect.Parameter, hint: Any) -> tuple[str, str, str, str]:
    """One argument or option: how it is written, what it takes, its default and its meaning."""
    kind = hint.__origin__
    said = next(each for each in hint.__metadata__ if isinstance(each, (ArgumentInfo, OptionInfo)))
    chosen = kind if isinstance(kind, type) and issubclass(kind, Enum) else ()
    choices = " · ".join(f"`{each.value}`" for each in chosen)
    default = getattr(parameter.default, "value", parameter.default)
    shown = REQUIRED if default is parameter.empty else f"`{default}`" if isinstance(default, str) else ""
    if isinstance(said, ArgumentInfo):
        return f"`{(said.metavar or parameter.name).upper()}`", choices, shown, said.help or ""
    declared = [each for each in (said.default, *(said.param_decls or ())) if isinstance(each, str)]
    option = ", ".join(declared or [f"--{parameter.name.replace('_', '-')}"])
    taken = choices or ("" if kind is bool else f"`{said.metavar or 'TEXT'}`")
    return f"`{option}`", taken, shown, said.help or ""
