"""The engines that a portfolio is tried on: how each makes a table of rows, and gives its rows back."""

import math

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import pyarrow as pa
import pytest

try:
    import polars as pl
except ModuleNotFoundError:
    pl = None

CONNECTION = duckdb.connect()


def _columns(rows):
    return {
        name: [row.get(name) for row in rows] for name in dict.fromkeys(key for row in rows for key in row)
    }


def _arrow(rows):
    columns = {}
    for name, values in _columns(rows).items():
        empty = all(each is None for each in values)
        mixed = any(isinstance(each, str) for each in values)  # an engine with types holds text or numbers
        held = [None if each is None else str(each) for each in values] if mixed else values
        columns[name] = pa.array(held, pa.string() if empty else None)
    return pa.table(columns)


ENGINES = {
    "pandas": lambda rows: pd.DataFrame(_columns(rows)),
    "polars": lambda rows: pl.from_arrow(_arrow(rows)),
    "polars lazy": lambda rows: pl.from_arrow(_arrow(rows)).lazy(),
    "pyarrow": _arrow,
    "duckdb": lambda rows: CONNECTION.from_arrow(_arrow(rows)),
}
"""Makes a table of each engine of rows."""


def engines():
    """Every engine as a parameter of a test; Polars is skipped loudly where it is not installed."""
    missing = pytest.mark.skipif(pl is None, reason="Polars is not installed")
    return [
        pytest.param(make, id=name, marks=[missing] if name.startswith("polars") else [])
        for name, make in ENGINES.items()
    ]


def rows_of(table):
    """The rows of a table of any engine."""
    rows = nw.from_native(table).lazy().collect().rows(named=True)
    return [
        {
            name: None if isinstance(value, float) and math.isnan(value) else value
            for name, value in row.items()
        }
        for row in rows
    ]
