"""An .ods workbook, looked through: what repeats stands in it once, and readers write it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.workbooks.parts import look_through

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.workbooks.tally import Tally

_PARTS = ("mimetype", "META-INF/manifest.xml", "content.xml")
_CELLS = ("table:table-cell", "table:covered-table-cell")


def checked(parts: Mapping[str, bytes], tally: Tally) -> dict[str, bytes]:
    """The parts that a reader needs, once they were looked through."""
    kept = {name: parts[name] for name in _PARTS if name in parts}
    for name, content in kept.items():
        if name == "META-INF/manifest.xml":
            manifest = _Manifest(tally)
            look_through(name, content, tally, manifest.begin)
        elif name == "content.xml":
            found = _Content(tally)
            look_through(name, content, tally, found.begin, found.end, found.characters)
    return kept


class _Manifest:
    def __init__(self, tally: Tally) -> None:
        self.tally = tally

    def begin(self, name: str, _: dict[str, str]) -> None:
        self.tally.add_other()
        if name.rpartition(":")[2] == "encryption-data":
            self.tally.locked()


class _Content:
    """The sheets of the content, cell by cell."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.sheets = 0
        self.in_table = self.in_cell = self.is_filled = False
        self.rows = self.repeats = self.columns = self.filled = self.across = 0
        self.last = self.width = self.length = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.sheets += 1
            self.tally.add_sheets(self.sheets)
            self.in_table = True
            self.rows = self.last = self.width = 0
        elif name == "table:table-row" and self.in_table:
            self.tally.add_cells(1)
            self.repeats = self._times(attributes, "table:number-rows-repeated")
            self.columns = self.filled = 0
        elif name in _CELLS and self.in_table:
            self.tally.add_cells(1)
            self.across = self._times(attributes, "table:number-columns-repeated")
            self.length = len(attributes.get("office:string-value", ""))
            self.in_cell, self.is_filled = True, any(key.startswith("office:") for key in attributes)
        elif self.in_cell:
            self.tally.add_element()
            if name == "text:s":
                self.length += self._times(attributes, "text:c")
                self.tally.add_text(self.length)
        else:
            self.tally.add_other()

    def _times(self, attributes: Mapping[str, str], name: str) -> int:
        said = attributes.get(name, "1").strip()
        if not said.isdecimal() or len(said) > 12:
            self.tally.damaged(f"{name} is {said[:20]!r}")
        return int(said)

    def end(self, name: str) -> None:
        if name in _CELLS and self.in_cell:
            self.in_cell = False
            self.columns += self.across
            if self.is_filled or self.length:
                self.filled = self.columns
                self.tally.add_cells((self.across - 1) * self.repeats)
                self.tally.add_text(self.length * self.across * self.repeats)
        elif name == "table:table-row" and self.in_table:
            self.rows += self.repeats
            if self.filled:
                self.last, self.width = self.rows, max(self.width, self.filled)
                self.tally.check_place(self.rows, self.filled, f"row {self.rows:,}")
        elif name == "table:table":
            self.in_table = False
            self.tally.add_area(self.last, self.width)

    def characters(self, text: str) -> None:
        if self.in_cell:
            self.length += len(text)
