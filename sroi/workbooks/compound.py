"""Compound files, in which Office kept documents before 2007: one stream read, and one packed again."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE, _IS_FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALL = 4096
_ENTRY = 128
_SECTOR = 4096


class BrokenError(ValueError):
    """The file contradicts itself."""


def streams_of(data: bytes) -> dict[str, bytes]:
    """The streams of a compound file by name: the workbook's content, and of others that they are there.

    Raises
    ------
    BrokenError
        If its sectors lead in a circle, or out of the file.
    """
    return dict(_Compound(data).streams())


class _Compound:
    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise BrokenError("it ends in its header")
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise BrokenError("it has sectors of an unknown size")
        self.data, self.size = data, 1 << shift
        self.sectors = len(data) // self.size
        first, _, _, mini_first, _, difat_next = struct.unpack_from("<IIIIII", data, 48)
        table = list(struct.unpack_from("<109I", data, 76))
        for _ in range(self.sectors):
            if difat_next >= _IS_FAT:
                break
            entries = self._numbers(self.sector(difat_next))
            difat_next = entries.pop()
            table += entries
        used = [each for each in table if each < _IS_FAT]
        if len(set(used)) < len(used):
            raise BrokenError("a sector is used twice")
        self.fat = [number for each in used for number in self._numbers(self.sector(each))]
        self.directory = self.chain(first)
        self.mini_fat = self._numbers(self.chain(mini_first))
        self.mini_stream = self.chain(struct.unpack_from("<I", self.directory, 116)[0])

    @staticmethod
    def _numbers(content: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))

    def sector(self, number: int) -> bytes:
        """One sector."""
        if number >= self.sectors:
            raise BrokenError("a sector is beyond its end")
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def chain(self, number: int) -> bytes:
        """The sectors from one on."""
        return b"".join(self.sector(each) for each in self._followed(number, self.fat))

    @staticmethod
    def _followed(number: int, table: list[int]) -> Iterator[int]:
        for _ in range(len(table) + 1):
            if number >= _IS_FAT:
                return
            if number >= len(table):
                raise BrokenError("a sector is beyond its end")
            yield number
            number = table[number]
        raise BrokenError("its sectors lead in a circle")

    def streams(self) -> Iterator[tuple[str, bytes]]:
        """Every stream by name; empty where it is not a workbook's."""
        for at in range(0, len(self.directory) - _ENTRY + 1, _ENTRY):
            entry = self.directory[at : at + _ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            start, size = struct.unpack_from("<II", entry, 116)
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind != 2:
                continue
            if name.casefold() not in ("workbook", "book"):
                yield name, b""
            elif size < _SMALL:
                followed = self._followed(start, self.mini_fat)
                yield name, b"".join(self.mini_stream[64 * each : 64 * each + 64] for each in followed)[:size]
            else:
                yield name, self.chain(start)[:size]


def packed(name: str, content: bytes) -> bytes:
    """A compound file of one stream."""
    content += bytes(-len(content) % _SECTOR or (0 if content else _SECTOR))
    stream = len(content) // _SECTOR
    tables = 1
    while (1 + stream + tables) * 4 > tables * _SECTOR:
        tables += 1
    header = struct.pack("<8s16sHHHHH6x", SIGNATURE, bytes(16), 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<9I", 1, tables, 0, 0, _SMALL, _END, 0, _END, 0)
    first = 1 + stream
    header += struct.pack("<109I", *(first + at if at < tables else _FREE for at in range(109)))
    fat = [_END, *range(2, 1 + stream), _END, *[_IS_FAT] * tables]
    fat += [_FREE] * (tables * _SECTOR // 4 - len(fat))
    entries = _entry("Root Entry", 5, 0, 0, child=1) + _entry(name, 2, 1, len(content))
    return b"".join(
        (
            header.ljust(_SECTOR, b"\0"),
            entries.ljust(_SECTOR, b"\0"),
            content,
            struct.pack(f"<{len(fat)}I", *fat),
        )
    )


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII36xIQ", written, len(written), kind, 1, _FREE, _FREE, child, start, size)
