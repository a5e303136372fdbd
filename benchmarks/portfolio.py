"""A portfolio beside the same thing written by hand on each engine, in CPU seconds.

    python benchmarks/portfolio.py [ROWS] [REPEATS]

Rows are outcomes of up to ten years that begin in year 0 to 2, twenty to a programme, with three years
of inputs; the schedule is the Green Book's, which steps down. Each is run in turn; the least of the repeats
counts. `sroi` is timed on tables that are checked already, as the hand-written ones are, and with the check.
"""

from __future__ import annotations

import resource
import sys
import time

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

import sroi.portfolio
from sroi.discounting import factors

LONGEST, LATEST = 10, 2
FACTORS = factors("green-book-2026", None, LONGEST + LATEST + 1, "start", 0)
SHARES = ("deadweight", "displacement", "attribution")
KEPT = " * ".join(f"(1 - {name})" for name in SHARES)


def tables(rows, seed=1):
    """Outcomes and inputs as columns."""
    draw = np.random.default_rng(seed)
    programme = np.arange(rows, dtype=np.int64) // 20
    programmes = int(programme[-1]) + 1
    outcomes = {
        "programme": programme,
        "outcome": np.arange(rows, dtype=np.int64) % 20,
        "quantity": draw.integers(1, 400, rows).astype(float),
        "value": draw.lognormal(6, 1, rows),
        **{name: draw.uniform(0, 0.6, rows) for name in SHARES},
        "drop_off": draw.uniform(0, 0.6, rows),
        "duration": draw.integers(1, 2 * LONGEST + 1, rows) / 2,
        "starts": draw.integers(0, LATEST + 1, rows),
    }
    inputs = {
        "programme": np.repeat(np.arange(programmes, dtype=np.int64), 3),
        "year": np.tile(np.arange(3, dtype=np.int64), programmes),
        "amount": draw.uniform(1e3, 5e4, 3 * programmes),
    }
    return pa.table(outcomes), pa.table(inputs)


def sql_factor(k, column="starts"):
    cases = " ".join(f"WHEN {column} = {first} THEN {FACTORS[first + k]!r}" for first in range(LATEST))
    return f"CASE {cases} ELSE {FACTORS[LATEST + k]!r} END"


def by_hand_duckdb(outcomes, inputs):
    terms = " + ".join(
        f"pow(1 - drop_off, {k}) * least(greatest(duration - {k}, 0), 1) * ({sql_factor(k)})"
        for k in range(LONGEST)
    )
    gains = outcomes.query(
        "o", f"SELECT programme, sum(quantity * value * {KEPT} * ({terms})) pv FROM o GROUP BY 1"
    )
    costs = inputs.query(
        "i", f"SELECT programme, sum(amount * ({sql_factor(0, 'year')})) inv FROM i GROUP BY 1"
    )
    joined = gains.set_alias("g").join(costs.set_alias("c"), "g.programme = c.programme")
    return joined.select("g.programme, pv, inv, pv - inv npv, pv / inv ratio").to_arrow_table()


def by_hand_polars(outcomes, inputs):
    col = pl.col

    def factor(k, name="starts"):
        found = pl.lit(FACTORS[LATEST + k])
        for first in reversed(range(LATEST)):
            found = pl.when(col(name) == first).then(FACTORS[first + k]).otherwise(found)
        return found

    terms = sum(
        (1 - col("drop_off")) ** k * (col("duration") - k).clip(0, 1) * factor(k) for k in range(LONGEST)
    )
    money = col("quantity") * col("value")
    for name in SHARES:
        money = money * (1 - col(name))
    gains = outcomes.group_by("programme").agg((money * terms).sum().alias("pv"))
    costs = inputs.group_by("programme").agg((col("amount") * factor(0, "year")).sum().alias("inv"))
    return gains.join(costs, on="programme").with_columns(ratio=col("pv") / col("inv")).collect()


def vectorised_pandas(outcomes, inputs):
    table, by_year = np.array(FACTORS), 0.0
    for k in range(LONGEST):
        part = (outcomes.duration - k).clip(0, 1)
        by_year = by_year + (1 - outcomes.drop_off) ** k * part * table[outcomes.starts + k]
    kept = (1 - outcomes.deadweight) * (1 - outcomes.displacement) * (1 - outcomes.attribution)
    gains = (outcomes.quantity * outcomes.value * kept * by_year).groupby(outcomes.programme).sum()
    costs = (inputs.amount * table[inputs.year]).groupby(inputs.programme).sum()
    return gains / costs


def row_by_row(row):
    kept = (1 - row.deadweight) * (1 - row.displacement) * (1 - row.attribution)
    money = row.quantity * row.value * kept
    return sum(
        money * (1 - row.drop_off) ** k * min(max(row.duration - k, 0), 1) * FACTORS[int(row.starts) + k]
        for k in range(LONGEST)
    )


def seconds(work):
    began, clock = time.process_time(), time.perf_counter()
    found = work()
    return time.process_time() - began, time.perf_counter() - clock, found


def main(rows=10_000_000, repeats=3):
    outcomes, inputs = tables(rows)
    connection = duckdb.connect()
    connection.register("outcomes_of_arrow", outcomes)
    connection.register("inputs_of_arrow", inputs)
    connection.execute("CREATE TABLE o AS SELECT * FROM outcomes_of_arrow")
    connection.execute("CREATE TABLE i AS SELECT * FROM inputs_of_arrow")
    duck = connection.table("o"), connection.table("i")
    lazy = pl.from_arrow(outcomes).lazy(), pl.from_arrow(inputs).lazy()
    frames = outcomes.to_pandas(), inputs.to_pandas()
    works = {
        "duckdb, by hand": lambda: by_hand_duckdb(*duck),
        "duckdb, sroi": lambda: sroi.portfolio.evaluate(*duck, checked=True).to_arrow_table(),
        "duckdb, sroi with the check": lambda: sroi.portfolio.evaluate(*duck).to_arrow_table(),
        "polars lazy, by hand": lambda: by_hand_polars(*lazy),
        "polars lazy, sroi": lambda: sroi.portfolio.evaluate(*lazy, checked=True).collect(),
        "polars lazy, sroi with the check": lambda: sroi.portfolio.evaluate(*lazy).collect(),
        "pandas, vectorised by hand": lambda: vectorised_pandas(*frames),
        "pandas, sroi": lambda: sroi.portfolio.evaluate(*frames, checked=True),
    }
    best: dict[str, tuple[float, float]] = {}
    for _ in range(repeats):
        for name, work in works.items():
            cpu, clock, _found = seconds(work)
            best[name] = min((cpu, clock), best.get(name, (cpu, clock)))
    some = min(rows, 20_000)
    applied, clock, _found = seconds(lambda: frames[0].head(some).apply(row_by_row, axis=1))
    best[f"pandas, apply (of {some:,} rows, scaled)"] = applied * rows / some, clock * rows / some
    for name, (cpu, clock) in best.items():
        print(f"{name:45} {cpu:10.2f} s CPU {clock:10.2f} s")
    for engine in ("duckdb", "polars lazy"):
        ratio = best[f"{engine}, sroi"][0] / best[f"{engine}, by hand"][0]
        faster = best["pandas, vectorised by hand"][1] / best[f"{engine}, sroi"][1]
        print(f"{engine}: {ratio:.2f} × by hand; {faster:.1f} × faster than vectorised pandas")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


if __name__ == "__main__":
    main(*(int(float(each)) for each in sys.argv[1:]))
