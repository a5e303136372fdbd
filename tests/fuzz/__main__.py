"""A night of broken files: ``python -m tests.fuzz --inputs 100000 --seed 1``."""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import corpus  # noqa: F401 - makes the modules of the tests known
from running import Failure, processors, run, run_one, shared_out
from targets import TARGETS


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000, help="how many, over all targets")
    parser.add_argument("--seed", type=int, default=None, help="the same seed makes the same inputs")
    parser.add_argument(
        "--target", choices=list(TARGETS), action="append", help="may be repeated; all unless given"
    )
    parser.add_argument("--processes", type=int, default=processors())
    parser.add_argument(
        "--folder", type=Path, default=Path("fuzz-failures"), help="where failing inputs are kept"
    )
    parser.add_argument(
        "--only", type=int, help="run the one input of that number, and say what became of it"
    )
    given = parser.parse_args()
    seed = int(time.time()) if given.seed is None else given.seed
    targets = given.target or list(TARGETS)
    if given.only is not None:
        for target in targets:
            found = run_one(target, seed, given.only)
            print(f"{found.kind} at {found.place}\n{found.said}" if isinstance(found, Failure) else found)
        return 0
    print(f"seed {seed}", flush=True)
    tally = run(shared_out(given.inputs, targets), seed=seed, processes=given.processes, folder=given.folder)
    print(tally)
    if tally.failures:
        print(f"failing inputs are in {given.folder}")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
