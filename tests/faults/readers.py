"""Reads files, each in a process of its own with little memory, and says what became of it.

Run as a program: a line of JSON in, ``[reader, path]``, gives a line of JSON out.
"""

import json
import os
import resource
import signal
import sys
import warnings
from pathlib import Path

import sroi
from sroi.unit_costs import unit_costs

MOST_MEMORY = 3 << 30
MOST_SECONDS = 60


def a_report(path):
    from helpers import small

    study = sroi.Study.model_validate(small())
    sroi.report(study, path.with_name("made.docx"), template=path, force=True, draws=10)


READERS = {
    "study": lambda path: sroi.load(path, packs=()),
    "packs": lambda path: sroi.Library(path).places(),
    "map": lambda path: sroi.import_value_map(path, price_year=2024, first_year=2024, kind="forecast"),
    "mapping": lambda path: sroi.import_value_map(path.with_name("map.xlsx"), mapping=path),
    "costs": lambda path: unit_costs(path, pack="own"),
    "template": a_report,
}


def said_of(reader, path):
    """Read a file; what was said of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.alarm(MOST_SECONDS)
    warnings.simplefilter("ignore")
    try:
        READERS[reader](Path(path))
    except sroi.SroiError as error:
        return f"refused: {error}"
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
        return f"{type(error).__name__}: {error}"
    return "read"


def main():
    for line in sys.stdin:
        reader, path = json.loads(line)
        reads, writes = os.pipe()
        child = os.fork()
        if not child:
            os.write(writes, said_of(reader, path)[:2_000].encode())
            os._exit(0)
        os.close(writes)
        with os.fdopen(reads, errors="replace") as pipe:
            said = pipe.read()
        _, status, used = os.wait4(child, 0)
        figures = {"said": said, "status": status, "memory": used.ru_maxrss * 1024}
        print(json.dumps({**figures, "seconds": used.ru_utime + used.ru_stime}), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    import openpyxl  # noqa: F401 - loaded once, before the processes that are measured
    import pandas as pd  # noqa: F401

    main()
