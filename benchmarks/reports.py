"""Reports of one intervention in every authority of the United Kingdom, and of one place in all formats.

    python reports.py [INTERVENTION] [PLACE]

Prints seconds of CPU of all processes together, and the memory of the largest.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sroi
from sroi.reports.writing import WRITERS


def spent(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    intervention, place = [*sys.argv[1:], *("befriending", "york")[len(sys.argv) - 1 :]][:2]
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"one{ending}") for ending in WRITERS]
        for called in ("first in a process", "again"):
            began = time.process_time()
            sroi.report(sroi.load(intervention, place=place), files, force=True)
            print(f"{len(files)} formats, {called}: {time.process_time() - began:.2f} s of CPU")
        began = time.perf_counter()
        command = [sys.executable, "-m", "sroi", "report", intervention, "--all-places", "-o", folder]
        subprocess.run(command, check=False)
        took = time.perf_counter() - began
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"pages: {spent(resource.RUSAGE_CHILDREN):.0f} s of CPU, {took:.0f} s, {most:.0f} MiB a process"
        )
