"""The command that says who pays and who gains."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

import sroi
from sroi.cli.common import (
    Force,
    Format,
    Full,
    Method,
    Output,
    PackFolders,
    Place,
    StudyName,
    Values,
    or_exit,
    print_rows,
    read_study,
    refuse,
)
from sroi.cli.recording import Recorder, RecordFile
from sroi.expression import Expression
from sroi.grammar import ExpressionError


class By(StrEnum):
    """What the statements are added up by."""

    payer = "payer"
    party = "party"
    service = "service"


def ledger(
    context: typer.Context,
    study: StudyName,
    place: Place = None,
    by: Annotated[
        By | None,
        typer.Option(
            "--by", help="Add up by payer, by party or by service; by party and payer where it is left out."
        ),
    ] = None,
    share: Annotated[
        list[str] | None,
        typer.Option(
            "--share",
            metavar="FUNDER=SHARE",
            help="What a funder claims of the value, such as council=60%; may be repeated.",
        ),
    ] = None,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    loaded = read_study(study, place, values, method, packs)
    shares = _shares(share)
    run = Recorder(context, record, loaded, force=force)
    found: sroi.Ledger = or_exit(lambda: sroi.ledger(loaded, shares=shares))
    run.keep(found, {"shares": shares} if shares else {})
    tables = found.tables_by(by.value) if by is not None else found.tables
    statements = {By.payer: found.payers, By.service: found.services}.get(by or By.party, found.parties)
    whole = {
        "study": loaded.id,
        "borough": loaded.borough,
        "currency": loaded.currency,
        "price_year": loaded.price_year,
        **found.to_dict(),
    }
    rows = [{(by or By.party).value: name, **each.to_dict()} for name, each in statements.items()]
    brief = found.brief_by(by.value) if by is not None else found.brief
    print_rows(output, tables, whole, rows, None if full else brief)
    if full and output is Format.table:
        from sroi import terminal

        terminal.print_warnings(found.warnings)
        terminal.print_quote(found.statement)


def _shares(written: list[str] | None) -> dict[str, float] | None:
    if not written:
        return None
    found = {}
    for each in written:
        name, equals, value = each.partition("=")
        try:
            share = Expression(value.strip()).constant if equals else None
        except ExpressionError:
            share = None
        if share is None:
            refuse(
                f"{each!r} is no share", "write --share funder=share, such as --share council=60%", "--share"
            )
        if name.strip() in found:
            refuse(f"{name.strip()} has more than one share", "write one share for each funder", "--share")
        found[name.strip()] = share
    return found
