"""An .xls workbook, looked through record by record."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from sroi.workbooks.compound import SIGNATURE, BrokenError, packed, streams_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.workbooks.tally import Tally

__all__ = ["SIGNATURE", "checked"]

_BEGINS, _ENDS, _CONTINUES, _LOCKED = 0x0809, 0x000A, 0x003C, 0x002F
_SHEET, _TEXTS, _DIMENSIONS, _IGNORED = 0x0085, 0x00FC, 0x0200, 0x00E1
_SHARED, _SEVERAL, _RESULT = 0x00FD, 0x00BD, 0x0207
_CELLS = frozenset((0x0006, 0x00D6, 0x0203, 0x0204, 0x0205, 0x027E, _SHARED, _SEVERAL))


def checked(data: bytes, tally: Tally) -> bytes:
    """A compound file of the workbook alone, once it was looked through."""
    try:
        streams = streams_of(data)
    except (BrokenError, struct.error) as error:
        tally.damaged(error)
    if "EncryptedPackage" in streams:
        tally.locked()
    name = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in streams), None)
    if name is None:
        tally.damaged("there is no workbook in it")
    content = bytearray(streams[name])
    tally.add_unpacked(len(content))
    _Stream(content, tally).look_through()
    return packed("Workbook", bytes(content))


class _Stream:
    """The records of a workbook."""

    def __init__(self, content: bytearray, tally: Tally) -> None:
        self.content, self.tally = content, tally
        self.lengths: list[int] = []

    def records(self, at: int) -> Iterator[tuple[int, int, int]]:
        """Type, place and length of each record from a place on."""
        while at + 4 <= len(self.content):
            kind, length = struct.unpack_from("<HH", self.content, at)
            if at + 4 + length > len(self.content):
                self.tally.damaged("a record goes beyond the end")
            self.tally.add_element()
            yield kind, at + 4, length
            at += 4 + length

    def look_through(self) -> None:
        """The sheets that the workbook names, each from its place on."""
        sheets, texts, in_texts = [], [], False
        for kind, at, length in self.records(0):
            in_texts = kind == _TEXTS or (in_texts and kind == _CONTINUES)
            if in_texts:
                texts.append(bytes(self.content[at : at + length]))
            if kind == _LOCKED:
                self.tally.locked()
            if kind == _SHEET and length >= 4:
                sheets.append(struct.unpack_from("<I", self.content, at)[0])
            if kind == _ENDS:
                break
        self.tally.add_sheets(len(sheets))
        for length in _lengths(texts):
            self.tally.add_cells(1)
            self.lengths.append(length)
        before = 0
        for start in sorted(sheets):
            if start < before:
                self.tally.damaged("two sheets lie in each other")
            before = self.sheet(start)

    def sheet(self, start: int) -> int:
        """Look through one sheet; where it ends."""
        depth, end = 0, start
        rows: list[int] = []
        columns: list[int] = []
        for kind, at, length in self.records(start):
            end = at + length
            if kind == _BEGINS:
                depth += 1
            elif kind == _ENDS:
                depth -= 1
                if depth <= 0:
                    break
            elif kind == _DIMENSIONS:  # readers make room for as much as it says
                struct.pack_into("<H", self.content, at - 4, _IGNORED)
            elif kind == _RESULT:
                self.tally.add_cells(1)
            elif kind in _CELLS and length >= 6:
                row, column = struct.unpack_from("<HH", self.content, at)
                last = struct.unpack_from("<H", self.content, end - 2)[0] if kind == _SEVERAL else column
                self.tally.add_cells(max(last - column, 0) + 1)
                self.tally.check_place(row + 1, max(column, last) + 1, f"row {row + 1}, column {last + 1}")
                rows.append(row)
                columns += (column, last)
                if kind == _SHARED and length >= 10:
                    position = struct.unpack_from("<I", self.content, at + 6)[0]
                    self.tally.add_text(self.lengths[position] if position < len(self.lengths) else 0)
        if rows:
            self.tally.add_area(max(rows) + 1, max(columns) + 1)
        return end


def _lengths(parts: list[bytes]) -> Iterator[int]:
    """How long each text is that cells share; the records that hold them part some in the middle."""
    rest = iter(parts)
    part, at = next(rest, b""), 8
    while True:
        if at >= len(part):
            part, at = next(rest, b""), 0
        if at + 3 > len(part):
            return
        count, flags = struct.unpack_from("<HB", part, at)
        at += 3
        behind = 0
        for flag, form, times in ((8, "<H", 4), (4, "<I", 1)):
            if flags & flag:
                if at + struct.calcsize(form) > len(part):
                    return
                behind += times * struct.unpack_from(form, part, at)[0]
                at += struct.calcsize(form)
        missing, width = count, 1 + (flags & 1)
        while True:
            taken = min(max(len(part) - at, 0) // width, missing)
            missing, at = missing - taken, at + taken * width
            if not missing:
                break
            part = next(rest, b"")
            if not part:
                return
            width, at = 1 + (part[0] & 1), 1
        while behind:
            taken = min(len(part) - at, behind)
            behind, at = behind - taken, at + taken
            if behind:
                part, at = next(rest, b""), 0
                if not part:
                    return
        yield count
