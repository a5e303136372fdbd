"""Value Maps and tables of unit costs, as text and workbooks: how they are spoilt, what is read of them."""

import csv
import io
import json
import math
import zipfile
from functools import cache
from xml.sax.saxutils import escape

import corpus
import costbooks
import judging
import yaml
from judging import WrongError
from mutations import NUMBERS, STRANGE, VALUE, WRITTEN, spoilt
from places import file_of, folder

import sroi
from sroi.unit_costs import unit_costs

CELLS = (
    *(
        "£1,200",
        "n/a",
        "Total",
        "Year 1",
        "Year 200",
        "#REF!",
        "#DIV/0!",
        "=1+1",
        "(500)",
        "1:4.2",
        "10-15",
        "£60k",
    ),
    *(
        "£0.06m",
        "12/25",
        "about forty",
        "25 %",
        "0,5",
        "1.234,56",
        "²",
        "2024/25",
        "per week",
        "Stakeholders",
        "2",
    ),
)


def _cell(random):
    if random.random() < 0.1:
        return random.choice(STRANGE)
    return random.choice((*CELLS, *WRITTEN, *map(str, NUMBERS[:-1])))


def rows_text(rows_of, texts):
    def make(random):
        if random.random() < 0.4:
            return spoilt(random, random.choice(texts()), texts())
        rows = [list(row) for row in random.choice(rows_of())]
        for _ in range(random.choice((1, 2, 4, 8))):
            row = random.choice(rows)
            if row:
                row[random.randrange(len(row))] = _cell(random)
            if random.random() < 0.15:
                rows.insert(random.randrange(len(rows)), list(random.choice(rows)))
        text = io.StringIO()
        csv.writer(text, delimiter=random.choice(",,;\t|"), escapechar="\\").writerows(rows)
        return text.getvalue().encode(
            random.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252")), "replace"
        )

    return make


@cache
def cost_rows():
    """The rows of the tables of unit costs."""
    text = corpus.cost_texts()[0].decode()
    return [list(csv.reader(io.StringIO(text))), [list(map(str, row)) for row in _published_rows()]]


def _published_rows():
    yield ["" if cell is None else cell for cell in costbooks.TOP]
    yield ["" if cell is None else cell for cell in costbooks.BELOW]
    for code, what, agency, unit, *figures in costbooks.COSTS["Crime"]:
        yield ["Crime", "-", code, what, agency, "", unit, *figures, "A report", "G", "Note"]


@cache
def _parts(kind, at):
    workbook = (corpus.map_workbooks if kind == "map" else corpus.cost_workbooks)()[at]
    return corpus.parts_of(workbook)


def workbook(kind, books):
    def make(random):
        at = random.randrange(len(books()))
        whole = books()[at]
        if not whole.startswith(b"PK") or random.random() < 0.08:
            return spoilt(random, whole, books())
        parts = dict(_parts(kind, at))
        names = [name for name in parts if name.endswith((".xml", ".rels"))]
        sheets = [
            name for name in names if "sheet" in name.casefold() or "content" in name or "Strings" in name
        ]
        for _ in range(random.choice((1, 1, 2, 3))):
            name = random.choice(sheets if sheets and random.random() < 0.8 else names)
            what = random.random()
            if what < 0.55:
                parts[name] = _with_other_cells(random, parts[name])
            elif what < 0.95:
                parts[name] = spoilt(random, parts[name], [parts[each] for each in names])
            else:
                parts.pop(name)
                names = [each for each in names if each != name]
                sheets = [each for each in sheets if each != name]
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return written.getvalue()

    return make


def _with_other_cells(random, xml):
    for _ in range(random.choice((1, 2, 4))):
        found = list(VALUE.finditer(xml))
        if not found:
            break
        at = random.choice(found)
        new = escape(_cell(random)).encode("utf-8", "surrogatepass")
        xml = xml[: at.start()] + new + xml[at.end() :]
    return xml


def judge_map(name):
    def judge(content, chance):
        options = {"currency": "GBP", "price_year": 2024, "first_year": 2024, "kind": "evaluation"}
        found = sroi.import_value_map(file_of(content, name), **options)
        if sroi.loads(found.text) != found.study:
            raise WrongError("the study of a map does not come back from its text")
        json.loads(found.to_json(), parse_constant=judging.no_constant)
        if not found.missing:
            judging.judged(found.study, chance)

    return judge


def judge_costs(name):
    def judge(content, chance):
        path = file_of(content, name)
        found = unit_costs(path, pack="own")
        own = folder() / "costs"
        own.mkdir(exist_ok=True)
        (own / "own.yaml").write_text(found.text, encoding="utf-8")
        pack = sroi.Library(own).place("own").pack
        if len(pack.assumptions) != found.costs:
            raise WrongError(f"{found.costs} costs, and {len(pack.assumptions)} in the pack")
        for each in yaml.safe_load(found.text)["assumptions"].values():
            if not math.isfinite(each["value"]):
                raise WrongError(f"a cost of {each['value']}")

    return judge
