"""How a workbook shows its numbers, where that says more than the numbers: another currency, or a share."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import TYPE_CHECKING

from sroi.extras import needed
from sroi.unit_costs.money import foreign_currency

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORMAT = re.compile(r'formatCode="([^"]*)"')
_SHARE = re.compile(r'numFmtId="(?:9|10)"')
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_ODS_CURRENCY = re.compile(rb'office:currency="([^"]*)"')


def cells_not_in_pounds(data: bytes) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """The cells of an .xlsx workbook that are shown in another currency or as a share, and in which.

    Parameters
    ----------
    data : bytes
        The workbook.

    Returns
    -------
    mapping
        For each sheet by name, the sign by row and column, both counted from 0.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if "xl/styles.xml" not in packed.namelist():
            return {}
        styles = packed.read("xl/styles.xml").decode("utf-8", "replace")
    codes = [html.unescape(code) for code in _FORMAT.findall(styles)]
    if not (_SHARE.search(styles) or any(map(_sign, codes))):
        return {}
    library = needed("openpyxl", "a workbook of unit costs")
    by_locale = set(library.styles.numbers.BUILTIN_FORMATS.values()) - {"0%", "0.00%"}
    book = library.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found: dict[str, dict[tuple[int, int], str]] = {}
    for sheet in book.worksheets:
        of_sheet = found.setdefault(sheet.title, {})
        sheet.reset_dimensions()
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            if cell.number_format not in by_locale and (sign := _sign(cell.number_format)):
                of_sheet[cell.row - 1, cell.column - 1] = sign
    return found


def _sign(code: str) -> str:
    """The foreign currency or the percent sign of a number format."""
    plain = _CURRENCY.sub(r"\1", code)
    return foreign_currency(plain.replace('"', "").replace("\\", "")) or ("%" if "%" in plain else "")


def currencies_of_ods(data: bytes) -> tuple[str, ...]:
    """Currencies other than the pound in which cells of an .ods workbook are shown."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        found = {code.decode() for code in _ODS_CURRENCY.findall(packed.read("content.xml"))}
    return tuple(sorted(found - {"GBP"}))
