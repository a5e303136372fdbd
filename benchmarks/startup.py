"""What starting costs, beside importing the libraries that it rests on: ``python benchmarks/startup.py``.

Every command runs in fresh processes, in turn with the others; the least of each is compared.
CPU time is what to
read on a shared machine.
"""

import argparse
import os
import resource
import subprocess
import sys
import time

DERBY = ("-m", "sroi", "evaluate", "local-area-coordination", "--place", "derby")
PEERS = {
    "import pandas, pydantic": ("-c", "import pandas, pydantic"),
    "import typer, rich": ("-c", "import typer, rich"),
    "import pandas, pydantic, typer, rich": ("-c", "import pandas, pydantic, typer, rich"),
}
OURS = {
    "import sroi": (("-c", "import sroi"), "import pandas, pydantic", 0.6),
    "sroi --help": (("-m", "sroi", "--help"), "import typer, rich", 1.5),
    "sroi evaluate, Derby": (DERBY, "import pandas, pydantic, typer, rich", 1.0),
    "the same as JSON": ((*DERBY, "--format", "json"), "import pandas, pydantic, typer, rich", 1.0),
}


def measured(arguments):
    """CPU and wall seconds of one process; bytecode is written, as an installed package has it."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    commands = PEERS | {name: arguments for name, (arguments, _, _) in OURS.items()}
    for arguments in commands.values():
        measured(arguments)
    runs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, arguments in commands.items():
            runs[name].append(measured(arguments))
    least = {name: [min(column) for column in zip(*found, strict=True)] for name, found in runs.items()}
    for name, (cpu, wall) in least.items():
        print(f"{name:38} CPU {cpu:.3f} s  wall {wall:.3f} s")
    print()
    for name, (_, peer, most) in OURS.items():
        cpu, wall = (ours / theirs for ours, theirs in zip(least[name], least[peer], strict=True))
        print(f"{name:22} CPU {cpu:.2f}  wall {wall:.2f}  at most {most} × {peer}")


if __name__ == "__main__":
    main()
