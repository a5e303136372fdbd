"""What fuzzing begins with: shipped studies and packs, broken files, maps, tables, studies that are drawn."""

import csv
import io
import json
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent / folder) for folder in (".", "faults", "uncertainty", "value_map")]

import building
import costbooks
import maps
import openpyxl
import yaml
from books import owned
from helpers import forty_long_outcomes, outcome, small
from hypothesis import HealthCheck, Phase, given, seed, settings
from ranged import normal, over, uniform
from strategies import documents

import sroi

POOL = 60
"""Studies that are drawn by the strategies of the property tests."""

SETS = (
    "assumptions.members=12",
    "members=100",
    "members={value: 80, low: 40, high: 120}",
    "outcomes.less_lonely.deadweight=20%",
    "outcomes.less_lonely.quantity=[1, 2, 3]",
    "outcomes.less_lonely.omit=true",
    "outcomes.less_lonely.starts={years_later: 2}",
    "inputs.grant.value=members * 12.5",
    "assumptions.wellby.value=13000",
    "method.discount_rate=3.5%",
    "method=green-book",
    "first_year=2024",
    "price_year=2023-24",
    "title='no'",
    "claims.headline.ratio=4",
    "outcomes.less_lonely.quantity[0]=3",
)
EXPRESSIONS = (
    "members * share",
    "max(20%, 1 - kept)",
    "(a + b) / (c - 2.5e3) ** 2",
    "min(1, max(0, x / 7)) * 12_000",
    "-a ** -b",
    "1 - (1 - 10%) * (1 - share)",
    "a / b / c / d",
    "1e300 * 1e10",
    "((((((1))))))",
    "£1,200 * 52",
    "members × 3 ÷ 4",
)


def _texts(*patterns):
    return [file.read_bytes() for pattern in patterns for file in sorted(ROOT.glob(pattern))]


@cache
def drawn():
    """Studies as documents that the strategies draw, always the same; the oracle knows all that they say."""
    found = []

    @seed(20_240_401)
    @settings(
        max_examples=POOL,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents(), owned())
    def draw(plain, with_owners):
        found.extend((plain, with_owners))

    draw()
    return [*found, *map(_ranged, range(12))]


def _ranged(at):
    """A study in which every kind of number has a range, of one shape or another."""
    shapes = ("pert", "triangular", "uniform", "normal", "lognormal", None)
    shape = shapes[at % len(shapes)]
    share = {"value": 0.3, "sd": 0.05, "distribution": "beta"} if at % 2 else uniform(0.1, 0.4)
    money = {"value": 2.0, "low": 1.0, "high": 4.0, "distribution": shape} if shape else over(1, 3, 9)
    if shape == "normal":
        money = normal(200, 30)
    return small(
        assumptions={
            "members": over(80, 100, 140),
            "share": {**share, "rationale": "drawn"},
            "worth": money,
        },
        outcomes={
            "less_lonely": outcome(
                quantity="members * share", value="worth", duration=3, deadweight=share, drop_off="10%"
            ),
            "fitter": outcome(quantity=over(1, 2, 3), value="worth * 2", kind="transfer"),
        },
        claims={"said": {"says": "so", "meaning": "social_value", "ratio": 3}},
        scenarios={"worse": {"members": 50, "outcomes.fitter.quantity": 1}},
        correlations=[{"between": ["members", "worth"], "rank": 0.5}] if at % 3 == 0 else [],
    )


@cache
def studies():
    """Whole studies as text, YAML and JSON."""
    found = _texts("examples/*.yaml", "tests/golden/*.yaml", "tests/data/reference_study.yaml")
    found += _texts("tests/published/*.yaml", "assumptions/interventions/*.yaml")
    found += [json.dumps(each, indent=1 if at % 2 else None).encode() for at, each in enumerate(drawn())]
    found += [yaml.safe_dump(each, sort_keys=False, allow_unicode=True).encode() for each in drawn()[::5]]
    return [each for each in found if len(each) < 60_000]


@cache
def broken_studies():
    """Studies that each hold one mistake."""
    return _texts("tests/broken/[!p]*.yaml")


@cache
def packs():
    """Packs of places and interventions as text."""
    return _texts("assumptions/boroughs/*.yaml", "assumptions/national/*.yaml", "tests/broken/pack-*.yaml")


@cache
def long_studies():
    """Studies whose results are long: many outcomes, many years, many claims, long words."""
    forty = yaml.safe_load(sroi.dumps(forty_long_outcomes()))
    years = small({"outcomes.change.duration": 125, "outcomes.change.drop_off": "1%"})
    cohorts = small({"outcomes.change.quantity": list(range(1, 100)), "outcomes.change.duration": 30})
    return [forty, years, cohorts, yaml.safe_load((ROOT / "tests/data/reference_study.yaml").read_bytes())]


def _saved(book):
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def parts_of(workbook):
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def map_rows():
    """The rows of the maps of the tests, as text."""
    from small_maps import FIRST, GRANT, SECOND, TITLES
    from test_importing_maps import club

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.xlsx"
        maps.write_map(path, club(), money="text", shares="text")
        sheet = openpyxl.load_workbook(path).active
        whole = [list(row) for row in sheet.values]
    total = ["Total", None, "£60,000", None, 150, *[None] * 7, "188,550.00"]
    short = [TITLES, GRANT, FIRST, SECOND, total, ["SROI ratio", "3.14"]]
    return [[["" if cell is None else str(cell) for cell in row] for row in each] for each in (whole, short)]


@cache
def map_texts():
    """Maps as text of several delimiters and encodings."""
    found = []
    for rows in map_rows():
        for delimiter, encoding in ((",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("|", "cp1252")):
            text = io.StringIO()
            csv.writer(text, delimiter=delimiter).writerows(rows)
            found.append(text.getvalue().encode(encoding, "replace"))
    return found


@cache
def map_workbooks():
    """Maps as workbooks: the SROI Network's, a short one, and one that was exported."""
    from test_importing_maps import club

    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.xlsx"
        for options in ({}, {"money": "#,##0.00", "shares": "whole"}, {"money": "text", "shares": "text"}):
            maps.write_map(path, club(), **options)
            found.append(path.read_bytes())
    exported = [sroi.export_value_map(sroi.loads(json.dumps(drawn()[at]))).content for at in (0, 3)]
    return [*found, *exported, building.workbook()]


@cache
def cost_texts():
    """Tables of unit costs as text."""
    titles = "Description,Cost,Unit,Price year"
    rows = 'A&E attendance,£114,per incident,2011/12\n"GP, per hour","1,236.50",Per hour,2012\nTotal,1350,,'
    other = "Code;Description;Original cost;Original year;Updated cost;Updated year;Agency;Source"
    second = "CR1;Shoplifting;35,5;2002/03;46,19;2013/14;Police;Home Office\nCR2;Arson;1.234,00;2008;;;Fire;x"
    third = "Description\tCost (2012 prices)\tUnit\nNight in a cell\t£0.4k\teach\nDay\t12-15\teach\n"
    return [
        f"{titles}\n{rows}\n".encode(),
        f"{other}\n{second}\n".encode("cp1252"),
        third.encode("utf-16"),
    ]


@cache
def cost_workbooks():
    """Tables of unit costs as workbooks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "costs.xlsx"
        costbooks.published(path)
        book = path.read_bytes()
    small_one = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(cost_texts()[0].decode())):
        small_one.active.append(row)
    data = ROOT / "tests" / "data"
    return [
        book,
        _saved(small_one),
        (data / "unit-costs.ods").read_bytes(),
        (data / "unit-costs.xls").read_bytes(),
    ]
