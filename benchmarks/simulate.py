"""Simulation beside what a user would otherwise write: ``python benchmarks/simulate.py [--rounds 3]``.

Every measurement is a process of its own, with libraries imported before the clock starts, on every side, all
in one run; rounds are interleaved, since machines drift. Prints the table that docs/performance.md holds. The
peers are those of ``peers.py``, on the same 125 uncertain numbers (``model.py``, ``reference_study.yaml``).
squigglepy and SALib are measured where they are installed.
"""

import argparse
import json
import statistics
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
OURS = """
import json, resource, sys, time
import sroi, numpy, scipy.special
study = sroi.load({study!r})
sroi.evaluate(study)
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
start = time.perf_counter()
{work}
wall = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - base
print(json.dumps({{"wall_s": wall, "peak_over_import_mib": peak}}))
"""
SALIB = """
import json, resource, sys, time
sys.path.insert(0, {here!r})
import numpy as np
from SALib.analyze import sobol
from SALib.sample import sobol as sample
from scipy import stats
from model import PARAMS, N_OUT, YEARS, RATE, pert_ab
def ppf(kind, a, u):
    if kind == "tri":
        return stats.triang.ppf(u, (a[1] - a[0]) / (a[2] - a[0]), a[0], a[2] - a[0])
    if kind == "logn":
        return np.exp(stats.norm.ppf(u, a[0], a[1]))
    if kind == "beta":
        return stats.beta.ppf(u, a[0], a[1])
    alpha, beta = pert_ab(*a)
    return a[0] + (a[2] - a[0]) * stats.beta.ppf(u, alpha, beta)
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
start = time.perf_counter()
problem = {{"num_vars": 125, "names": [p[0] for p in PARAMS], "bounds": [[0.0, 1.0]] * 125}}
points = sample.sample(problem, {points}, calc_second_order=False)
x = np.column_stack([ppf(kind, a, points[:, j]) for j, (_, kind, a) in enumerate(PARAMS)])
total = 0
for i in range(N_OUT):
    q, p, dw, di, at, dr = x[:, 6 * i : 6 * i + 6].T
    impact = q * p * (1 - dw) * (1 - di) * (1 - at)
    for t in range(1, YEARS + 1):
        total = total + impact * (1 - dr) ** (t - 1) / (1 + RATE) ** t
sobol.analyze(problem, total / x[:, 120:].sum(axis=1), calc_second_order=False, num_resamples=100)
wall = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - base
print(json.dumps({{"wall_s": wall, "peak_over_import_mib": peak}}))
"""


def ours(work):
    return [sys.executable, "-c", OURS.format(study=str(HERE / "reference_study.yaml"), work=work)]


def peer(method, draws):
    return [sys.executable, str(HERE / "peers.py"), method, str(draws)]


def cases(quick):
    million = 100_000 if quick else 1_000_000
    points = 1024 if quick else 4096
    found = {
        f"sroi.simulate, {million:,} draws": ours(f"sroi.simulate(study, draws={million})"),
        f"sroi.simulate, {million:,} draws, one thread": ours(
            f"sroi.simulate(study, draws={million}, threads=1)"
        ),
        f"draw_floor, {million:,}": peer("draw_floor", million),
        f"uniform_floor, {million:,}": peer("uniform_floor", million),
        f"notebook, {million:,}": peer("notebook", million),
        "sroi.simulate, 10,000 draws": ours("sroi.simulate(study, draws=10_000)"),
        "notebook, 10,000": peer("notebook", 10_000),
        f"sroi.simulate, {2 * million:,} draws": ours(f"sroi.simulate(study, draws={2 * million})"),
        f"sroi.sobol, {points:,} points": ours(f"sroi.sobol(study, points={points})"),
        "sroi.sensitivity, 125 numbers": ours("sroi.sensitivity(study)"),
        "sroi.switching_values, 125 numbers": ours("sroi.switching_values(study, 12.0)"),
    }
    if find_spec("squigglepy"):
        found["squigglepy_model, 1,000"] = peer("squigglepy_model", 1_000)
    if find_spec("SALib"):
        found[f"SALib, {points:,} points"] = [
            sys.executable,
            "-c",
            SALIB.format(here=str(HERE), points=points),
        ]
    return found


def measured(command):
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--quick", action="store_true", help="a tenth of the draws")
    given = arguments.parse_args()
    runs = {name: [] for name in cases(given.quick)}
    for _ in range(given.rounds):
        for name, command in cases(given.quick).items():
            runs[name].append(measured(command))
    print("| what | median s | least s | peak over import, MiB |")
    print(f"|---|---:|---:|---:|  <!-- {given.rounds} interleaved rounds -->")
    for name, found in runs.items():
        walls = [each["wall_s"] for each in found]
        peak = max(each["peak_over_import_mib"] for each in found)
        print(f"| {name} | {statistics.median(walls):.3f} | {min(walls):.3f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
