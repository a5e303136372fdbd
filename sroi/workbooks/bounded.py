"""From the bytes of any file to those of a workbook that is safe to lay out, or to a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.workbooks import ods, xls, xlsx
from sroi.workbooks.parts import READ, look_through, packed, parts_of
from sroi.workbooks.tally import Limits, Tally

if TYPE_CHECKING:
    from pathlib import Path


MOST_ELEMENTS = 200_000


def check_document(data: bytes, file: Path) -> None:
    """Refuse a .docx file that would unpack to more than is read.

    Raises
    ------
    DocumentError
        If it is none, is damaged, or holds or unpacks to more than is read.
    """
    if not data.startswith(b"PK"):
        return  # no archive: nothing in it unpacks
    tally = Tally(
        Limits(unpacked=40_000_000, cells=0, smaller="take out pictures and pages", kind="Word file"), file
    )
    count = 0

    def begin(*_: object) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS:
            tally.too_much("elements", MOST_ELEMENTS)

    for name, content in parts_of(data, tally, every=True).items():
        if name.casefold().endswith(READ):
            look_through(name, content, tally, begin)


def within_bounds(data: bytes, limits: Limits, file: Path) -> bytes:
    """The same workbook with nothing in it but what was looked through: no pictures, programs or previews.

    Parameters
    ----------
    data : bytes
        An .xlsx, .ods or .xls workbook.
    limits : Limits
        How much of it is read.
    file : Path
        Where it came from, for errors.

    Raises
    ------
    DocumentError
        If it is no workbook, is damaged or locked, or holds or unpacks to more than is read.
    """
    tally = Tally(limits, file)
    if data.startswith(xls.SIGNATURE):
        return xls.checked(data, tally)
    if not data.startswith(b"PK"):
        tally.damaged("it begins like none")
    parts = parts_of(data, tally)
    if "content.xml" in parts:
        return packed(ods.checked(parts, tally))
    return packed(xlsx.checked(parts, tally))
