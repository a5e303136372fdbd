"""Files of up to 5 MB in the shapes that are worst to read: each is read or refused in bounded time.

    python limits.py [SHAPE ...]

Prints CPU seconds, peak memory (MiB) and what was said of each; each is a process of its own, which has read
a small file before the clock starts.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import accumulate, count, takewhile
from pathlib import Path

from growth import HEAD, MAP, chained, imported, study

BYTES = 5_000_000
SMALL = study()
ROOM = BYTES - len(SMALL) - 100
COSTS = "Description,Cost,Price year\n"


def filled(entry, most=ROOM):
    """As many entries as there is room for."""
    sized = ((text, len(text)) for text in map(entry, count()))
    running = accumulate(sized, lambda before, each: (each[0], before[1] + each[1]))
    return "".join(text for text, _ in takewhile(lambda each: each[1] <= most, running))


def assumed(entry, most=ROOM):
    return f"{SMALL}assumptions:\n  a: 1\n{filled(entry, most)}"


def rows(entry, most=4_900):
    return MAP + "".join(map(entry, range(most)))


def costs(entry, most=24_900):
    return COSTS + "".join(map(entry, range(most)))


STUDIES = {
    "one long line": lambda: f"{SMALL}title: {'word ' * (ROOM // 5)}\n",
    "one long quoted text": lambda: f'{SMALL}title: "{chr(92) + "n"}{"x" * ROOM}"\n',
    "a million small keys": lambda: filled(lambda at: f"{at:x}: 1\n"),
    "one key again and again": lambda: SMALL + "title: again\n" * 100_000,
    "keys twice": lambda: SMALL + filled(lambda at: f"key_{at // 2}: 1\n"),
    "one long key": lambda: f"{'x' * ROOM}: 1\n",
    "lists in lists": lambda: f"a: {'[' * ROOM}",
    "mappings in mappings": lambda: '{"a": ' * (ROOM // 6),
    "lines ever deeper": lambda: filled(lambda at: f"{' ' * at}a:\n"),
    "a list of 200,000": lambda: SMALL + "notes:\n" + "- 1\n" * 200_000,
    "200,000 deductions": lambda: SMALL.replace("deadweight: 20%", f"deadweight: [{'20%, ' * 200_000}1%]"),
    "anchors": lambda: SMALL + "notes:\n" + filled(lambda at: f"- &a{at} 1\n"),
    "aliases": lambda: f"{SMALL}notes:\n- &a 1\n{filled(lambda _: '- *a' + chr(10))}",
    "empty mappings": lambda: f"{HEAD}outcomes:\n{filled(lambda at: f'  o{at}: {{}}{chr(10)}')}",
    "assumptions": lambda: assumed(lambda at: f"  k{at}: {at}\n"),
    "25,000 chained": lambda: study(1, chained(25_000)),
    "25,000 no numbers": lambda: assumed(lambda at: f"  k{at}: x y\n", 330_000),
    "25,000 unknown names": lambda: assumed(lambda at: f"  k{at}: m{at}\n", 390_000),
    "25,000 expressions": lambda: assumed(lambda at: f"  k{at}: a * {at} + a / 2\n", 600_000),
    "expressions as long as may be": lambda: assumed(lambda at: f"  k{at}: {at} + {'a+' * 240}a\n"),
    "one long expression": lambda: SMALL.replace("quantity: 12", f"quantity: {'1+' * (ROOM // 2)}1"),
    "many long expressions": lambda: assumed(lambda at: f"  k{at}: {'a+' * 900}a\n"),
    "digits": lambda: SMALL.replace("quantity: 12", f"quantity: {'9' * ROOM}"),
    "8,000 outcomes": lambda: study(8_000),
    "19,900 outcomes": lambda: study(19_900),
    "24,000 outcomes": lambda: study(24_000),
    "50,000 scenarios": lambda: (
        f"{SMALL}scenarios:\n{filled(lambda at: f'  s{at}: {{set: {{a: 3}}}}{chr(10)}')}"
    ),
    "30,000 claims": lambda: f"{SMALL}claims:\n{filled(lambda at: f'  c{at}: {{ratio: 3}}{chr(10)}')}",
}
MAPS = {
    "a map of distinct outcomes": lambda: rows(lambda at: f"P{at},L{at},{at + 1},100,1,10%,0%,10%,0%\n"),
    "a map of one outcome": lambda: rows(lambda _: "People,Less lonely,10,100,1,10%,0%,10%,0%\n"),
    "a map of rows that may be sums": lambda: rows(lambda at: f"P,,{at * at + 1},{at * 7 + 3},,,,,\n"),
    "a map of totals": lambda: rows(lambda at: f"Total,,{at},{at},,,,,\nP,L,{at},{at},9,1,0,0,0,0\n", 2_450),
    "a map of words": lambda: rows(lambda at: f"P{at},L{at},a{at},b{at},c,d,e,f,g\n"),
    "a map of long cells": lambda: rows(lambda _: f"{'x' * 1_000},L,10,100,1,10%,0%,10%,0%\n"),
    "a map of commas": lambda: MAP + "," * ROOM,
    "a map of one cell": lambda: MAP + '"' + "x\n" * (ROOM // 2),
    "a map of empty lines": lambda: MAP + "\n" * ROOM,
}
TABLES = {
    "24,900 equal costs": lambda: costs(lambda _: "Cost of a visit,12.50,2019\n"),
    "24,900 costs": lambda: costs(lambda at: f"Cost of visit {at},{at}.50,2019\n"),
    "24,900 totals": lambda: costs(lambda at: f"Total cost {at},{at}.50,2019\n"),
    "24,900 headings": lambda: costs(lambda _: COSTS),
    "costs of commas": lambda: COSTS + "," * ROOM,
    "costs of empty lines": lambda: COSTS + "\n" * ROOM,
}
SHAPES = {
    **{name: (".yaml", text) for name, text in STUDIES.items()},
    **{name: (".map.csv", text) for name, text in MAPS.items()},
    **{
        f"{name}, a workbook": (".map.xlsx", text)
        for name, text in MAPS.items()
        if "distinct" in name or "sums" in name
    },
    **{name: (".costs.csv", text) for name, text in TABLES.items()},
}


def read(path):
    import sroi
    from sroi.unit_costs import unit_costs

    if path.suffix == ".yaml":
        return sroi.load(path)
    if ".costs" in path.suffixes:
        return unit_costs(path, pack="growth")
    return imported(path)


def written(path, text):
    if path.suffix == ".xlsx":
        import csv

        import openpyxl

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Value Map")
        for row in csv.reader(text.splitlines()):
            sheet.append(row)
        book.save(path)
    else:
        path.write_text(text)


def said_of(path):
    import sroi

    try:
        read(path)
    except sroi.SroiError as error:
        return f"refused: {error.problems[-1].message[:60]}"
    return "read"


def measured(shape):
    ending, text = SHAPES[shape]
    small = {".yaml": SMALL, ".costs.csv": costs(lambda _: "Cost of a visit,1,2019\n", 1)}
    with tempfile.TemporaryDirectory() as folder:
        before, path = Path(folder, f"small{ending}"), Path(folder, f"large{ending}")
        written(before, small.get(ending, rows(lambda _: "P,L,10,100,1,10%,0%,10%,0%\n", 1)))
        said_of(before)
        written(path, text())
        start = time.process_time()
        said = said_of(path)
        seconds = time.process_time() - start
    return [seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, said]


def main():
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(sys.argv[2])))
        return
    print("| shape | CPU s | peak, MiB | said |\n| --- | ---: | ---: | --- |")
    for shape in sys.argv[1:] or SHAPES:
        command = [sys.executable, __file__, "--one", shape]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds, peak, said = json.loads(done.stdout)
        print(f"| {shape} | {seconds:.2f} | {peak:.0f} | {said} |", flush=True)


if __name__ == "__main__":
    main()
