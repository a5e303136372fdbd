"""How time grows with what is read: each size is twice the one before, so linear work shows a ratio near 2.

    python growth.py [WORK ...] [--sizes 250 500 1000 2000 4000]
    WORK: outcomes | check | page | page_without_ranges | chain | unknown_keys | unknown_names | cycles |
          unit_costs | value_map | distinct_value_map

Prints CPU seconds, peak memory (MiB) and the ratio to the size before; each measurement is a process of its
own that has imported its libraries before the clock starts. Read the ratios: seconds drift with the machine.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

HEAD = """sroi: 1
id: growth
title: Growth
kind: forecast
currency: GBP
price_year: 2024
first_year: 2024
method: default
stakeholders: {people: {title: People}, funder: {title: Funder}}
inputs: {grant: {stakeholder: funder, kind: cash, value: 100000}}
"""
SHARES = "deadweight: 20%, displacement: 0%, attribution: 10%, drop_off: 25%"


def outcome(name, quantity="12", more=""):
    timing = "starts: after, duration: 5"
    return f"  {name}: {{stakeholder: people, quantity: {quantity}, value: 300, {timing}, {SHARES}{more}}}\n"


def study(outcomes=1, assumptions="", quantity="12", more=""):
    """A study as text, with a number of outcomes of one kind."""
    entries = "".join(outcome(f"outcome_{each}", quantity, more) for each in range(outcomes))
    return f"{HEAD}{assumptions and 'assumptions:' + chr(10) + assumptions}outcomes:\n{entries}"


def chained(count):
    return "  a_0: 1\n" + "".join(f"  a_{each}: a_{each - 1} + 1\n" for each in range(1, count))


def circular(count):
    return "".join(f"  a_{each}: b_{each}\n  b_{each}: a_{each}\n" for each in range(count))


def with_assumptions(count):
    """An assumption of its own for each outcome, beside one that all of them rest on."""
    assumptions = "  people: 12\n" + "".join(
        f"  share_{each}: {{value: 40%, low: 30%, high: 50%}}\n" for each in range(count)
    )
    entries = "".join(outcome(f"outcome_{each}", f"people * share_{each}") for each in range(count))
    return f"{HEAD}assumptions:\n{assumptions}outcomes:\n{entries}"


def doubtful(count):
    """Outcomes of which a check suggests changes of numbers, of words and of assumptions of their own."""
    assumptions = "  wellby: {value: 13000, unit: GBP a WELLBY}\n" + "".join(
        f"  cost_{each}: {{value: 40, low: 30, high: 50, source: old, unit: GBP a case}}\n"
        for each in range(count)
    )
    entries = "".join(
        f"  outcome_{each}: {{stakeholder: people, title: Jobs {each}, quantity: 12, starts: after, "
        f"duration: 9, deadweight: 20%, displacement: 0%, attribution: 10%, drop_off: 0%, "
        + (f"kind: resource, value: 2 * cost_{each}}}\n", "value: wellby * 0.1, design: comparison}\n")[
            each % 2
        ]
        for each in range(count)
    )
    return (
        f"{HEAD}sources: {{old: {{title: Old, year: 2015}}}}\nassumptions:\n{assumptions}outcomes:\n{entries}"
    )


def unknown_keys(count):
    return study() + "".join(f"unknown_{each}: 1\n" for each in range(count))


def unknown_names(count):
    return study(1, "".join(f"  known_{each}: missing_{each}\n" for each in range(count)))


def unit_costs(count):
    return "Description,Cost,Price year\n" + "Cost of a visit,12.50,2019\n" * count


MAP = "stakeholder,outcome,quantity,value,duration,deadweight,displacement,attribution,drop_off\n"


def value_map(count):
    return MAP + "People,Less lonely,10,100,1,10%,0%,10%,0%\n" * count


def distinct_value_map(count):
    return MAP + "".join(f"Group {at},Change {at},{at + 1},100,1,10%,0%,10%,0%\n" for at in range(count))


def evaluated(text, _):
    import sroi

    return sroi.evaluate(sroi.loads(text)).to_json()


def checked(text, _):
    import sroi

    return sroi.check(sroi.loads(text)).to_json()


def page(text, folder):
    import sroi

    return sroi.report(sroi.loads(text), folder / "report.html")


def read_unit_costs(text, folder):
    from sroi.unit_costs import unit_costs

    path = folder / "costs.csv"
    path.write_text(text)
    return unit_costs(path, pack="growth")


def imported(path):
    import sroi

    known = {"currency": "GBP", "price_year": 2024, "first_year": 2024, "kind": "forecast"}
    return sroi.import_value_map(path, discount_rate=0.035, **known)


def read_value_map(text, folder):
    path = folder / "map.csv"
    path.write_text(text)
    return imported(path)


WORK = {
    "outcomes": (with_assumptions, evaluated),
    "check": (doubtful, checked),
    "page": (with_assumptions, page),
    "page_without_ranges": (study, page),
    "chain": (lambda count: study(1, chained(count), f"a_{count - 1}"), evaluated),
    "unknown_keys": (unknown_keys, evaluated),
    "unknown_names": (unknown_names, evaluated),
    "cycles": (lambda count: study(1, circular(count)), evaluated),
    "unit_costs": (unit_costs, read_unit_costs),
    "value_map": (value_map, read_value_map),
    "distinct_value_map": (distinct_value_map, read_value_map),
}


def measured(work, size):
    """CPU seconds of one piece of work and memory over the import; an error is where the work ends."""
    import sroi

    text_of, run = WORK[work]
    with tempfile.TemporaryDirectory() as folder, suppress(sroi.DocumentError):
        run(text_of(1), Path(folder))
    text = text_of(size)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as folder, suppress(sroi.DocumentError):
        start = time.process_time()
        try:
            run(text, Path(folder))
        finally:
            seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "over_import_mib": peak - base, "peak_mib": peak}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("work", nargs="*", metavar="WORK", help=", ".join(WORK))
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 500, 1000, 2000, 4000])
    parser.add_argument("--one", action="store_true", help="measure one work and size in this process")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.work[0], given.sizes[0])))
        return
    print("| work | size | CPU s | times the size before | peak, MiB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for work in given.work or WORK:
        before = None
        for size in given.sizes:
            command = [sys.executable, __file__, work, "--one", "--sizes", str(size)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found = json.loads(done.stdout)
            seconds = found["seconds"]
            ratio = f"{seconds / before:.1f}" if before else ""
            print(f"| {work} | {size} | {seconds:.2f} | {ratio} | {found['peak_mib']:.0f} |", flush=True)
            before = seconds


if __name__ == "__main__":
    main()
