"""Maps that tests write and read."""

import openpyxl
import pytest
from small_maps import FIRST, GRANT, OPTIONS, SECOND, TITLES

import sroi


@pytest.fixture
def imported(tmp_path):
    """Writes rows under headings and reads them; cells may be changed by name, and formats given."""

    def read(*rows, titles=TITLES, cells=None, formats=None, heads=None, book=None, **options):
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        sheet.title = "Map"
        sheet.append([(heads or {}).get(title, title) for title in titles])
        for row in rows or (GRANT, FIRST, SECOND):
            sheet.append(list(row))
        for ref, value in (cells or {}).items():
            sheet[ref] = value
        for ref, shown in (formats or {}).items():
            sheet[ref].number_format = shown
        if book is not None:
            book(workbook)
        path = tmp_path / "map.xlsx"
        workbook.save(path)
        return sroi.import_value_map(path, **(OPTIONS | options))

    return read
