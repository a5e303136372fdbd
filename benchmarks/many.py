"""Every intervention in every authority and county of the United Kingdom, simulated together.

    python many.py [PLACES] [DRAWS] [--processes N]

Prints how many were simulated, the range of the ratio of sums, what they share, seconds of CPU, and memory.
"""

import argparse
import resource
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import sroi
from sroi.documents.authorities import authorities

if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("places", nargs="?", type=int, default=None)
    asked.add_argument("draws", nargs="?", type=int, default=10_000)
    asked.add_argument("--processes", type=int, default=2)
    asked = asked.parse_args()
    library = sroi.Library()
    places = [each.identifier for each in authorities()][: asked.places]
    pool = ProcessPoolExecutor if asked.processes > 1 else ThreadPoolExecutor
    began = time.perf_counter()
    with pool(asked.processes) as executor:
        found = sroi.simulate_many(
            list(library.interventions()),
            places=places,
            packs=library,
            price_year="2024-25",
            anyway=True,
            draws=asked.draws,
            executor=executor,
        )
    took = time.perf_counter() - began
    print(found)
    print(
        f"standard deviation of the net present value {found.spreads['net_present_value'].sd:,.0f}, "
        f"{found.apart_sd:,.0f} if they had nothing in common"
    )
    for who, name in ((resource.RUSAGE_SELF, "here"), (resource.RUSAGE_CHILDREN, "processes")):
        used = resource.getrusage(who)
        print(f"{name}: {used.ru_utime + used.ru_stime:.1f} s of CPU, {used.ru_maxrss / 1024:.0f} MiB")
    print(f"{took:.0f} s")
