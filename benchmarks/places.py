"""Every intervention in every authority and county of the United Kingdom, on two processes.

    python places.py [PROCESSES]

Prints how many give a ratio, how many say what is not assessed, and the seconds of all together.
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import sroi
from sroi.documents.authorities import authorities

library = cache(sroi.Library)


def of_a_place(place):
    """How many interventions give a ratio in a place, and how many are not assessed."""
    found = [0, 0]
    for intervention in library().interventions():
        try:
            sroi.evaluate(sroi.load(intervention, place=place, packs=library()))
            found[0] += 1
        except sroi.UndefinedResultError:
            found[1] += 1
    return found


if __name__ == "__main__":
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    began = time.perf_counter()
    places = [each.identifier for each in authorities()]
    with ProcessPoolExecutor(processes) as pool:
        found = list(pool.map(of_a_place, places, chunksize=16))
    ratios, refused = (sum(each[position] for each in found) for position in (0, 1))
    print(
        f"{len(places)} places: {ratios} ratios, {refused} not assessed, {time.perf_counter() - began:.0f} s"
    )
