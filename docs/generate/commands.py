"""Every command with its arguments and options, from the signatures that typer reads."""

from __future__ import annotations

import inspect
from enum import Enum
from typing import TYPE_CHECKING, Any, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

import sroi.cli
from docs.generate.format import REQUIRED
from docs.generate.markdown import first_paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterator


def commands(_: str) -> str:
    """Every command: what it does, how it is typed, what it takes."""
    return "\n".join(command_page(name, command) for name, command in commands_of(sroi.cli.app, "sroi"))


def commands_of(app: Any, before: str) -> Iterator[tuple[str, Any]]:
    """The commands of an application and of the groups within it, each with its whole name."""
    for command in app.registered_commands:
        yield f"{before} {command.name or command.callback.__name__}", command
    for group in app.registered_groups:
        yield from commands_of(group.typer_instance, f"{before} {group.name}")


def command_page(name: str, command: Any) -> str:
    """One command."""
    hints = get_type_hints(command.callback, include_extras=True)
    parameters = inspect.signature(command.callback).parameters.values()
    rows = [parameter_row(each, hints[each.name]) for each in parameters]
    arguments = [
        row[0].strip("`") if row[2] == REQUIRED else f"[{row[0].strip('`')}]"
        for row in rows
        if not row[0].startswith("`--")
    ]
    typed = " ".join([name, *arguments, "[OPTIONS]"])
    told = first_paragraph(command.help or command.callback.__doc__)
    listed = table(("Argument", "Takes", "Default", "Meaning"), rows)
    return f"### {name}\n\n{told}\n\n```text\n{typed}\n```\n\n{listed}"


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
