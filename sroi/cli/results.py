"""The command that evaluates a study."""

from __future__ import annotations

import json

import sroi
from sroi import terminal
from sroi.cli.common import (
    Borough,
    Format,
    Method,
    Output,
    PackFolders,
    StudyName,
    Values,
    app,
    or_exit,
    read_study,
)
from sroi.tables import rows_to_csv


@app.command()
def evaluate(
    study: StudyName,
    borough: Borough = None,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    packs: PackFolders = None,
) -> None:
    """Evaluate a study: ratio, net present value, value map, and where the numbers come from."""
    loaded = read_study(study, borough, values, method, packs)
    result = or_exit(lambda: sroi.evaluate(loaded))
    if output is Format.json:
        print(
            json.dumps(
                {**result.to_dict(), **sroi.ledger(result).to_dict()},
                indent=1,
                ensure_ascii=False,
                allow_nan=False,
            )
        )
    elif output is Format.markdown:
        print(result.to_markdown(), end="")
    elif output is Format.csv:
        print(rows_to_csv(result.to_dict()["value_map"]), end="")
    else:
        terminal.print_result(result)
