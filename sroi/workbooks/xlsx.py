"""An .xlsx workbook, looked through part by part."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from sroi.workbooks.parts import look_through

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.workbooks.tally import Tally

_AT = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ROW = re.compile(r"0*[1-9][0-9]{0,6}")
_SHEET_RELATIONS = re.compile(r"xl/(?:work|chart)sheets/_rels/[^/]*\.rels", re.IGNORECASE)
_KEPT_RELATIONS = ("/hyperlink", "/table")
_OF_CELLS = frozenset(("c", "row", "v", "f", "is", "t", "si", "sst"))
_UNREAD = ("xl/theme/", "customxml/", "docprops/")


def checked(parts: Mapping[str, bytes], tally: Tally) -> dict[str, bytes]:
    """The parts that a reader needs, once each was looked through; drawings of sheets are left out."""
    if "xl/workbook.xml" not in {name.casefold() for name in parts}:
        tally.refuse("this is a zip file and not an Excel workbook", "save it as .xlsx")
    kept, texts = {}, _SharedTexts(tally)
    for name, content in parts.items():
        if name.casefold().endswith("sharedstrings.xml"):
            look_through(name, content, tally, texts.begin, texts.end, texts.characters)
    for name, content in parts.items():
        if _SHEET_RELATIONS.fullmatch(name):
            kept[name] = _without_drawings(name, content, tally)
            continue
        kept[name] = content
        if name.casefold().endswith("sharedstrings.xml"):
            continue
        part = _Part(tally, texts.lengths, is_read=not name.casefold().startswith(_UNREAD))
        look_through(name, content, tally, part.begin, part.end, part.characters)
        part.finish(name)
    return kept


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _SharedTexts:
    """The texts that cells share."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.lengths: list[int] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        self.tally.add_element()
        if name == "sst":
            self._check_count(attributes.get("uniqueCount", "0"))
        elif name == "si":
            self.tally.add_cells(1)
            self.lengths.append(0)
        elif name not in _OF_CELLS:
            self.tally.add_other()

    def _check_count(self, said: str) -> None:
        """Readers make room for as many as are said to come."""
        if not said.isdecimal() or len(said) > 12 or int(said) > self.tally.limits.cells:
            self.tally.refuse(f"the workbook is said to have {said[:20]} texts")

    def end(self, name: str) -> None:
        pass

    def characters(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _Part:
    """One part: of a sheet every cell, of anything else its elements."""

    def __init__(self, tally: Tally, lengths: list[int], *, is_read: bool) -> None:
        self.tally, self.lengths, self.is_read = tally, lengths, is_read
        self.root = ""
        self.in_data = self.is_shared_text = self.in_value = self.in_formula = False
        self.row = self.column = 0
        self.top = self.left = 1 << 30
        self.bottom = self.right = 0
        self.relations: list[str] = []
        self.sheets: list[str] = []
        self.formulas: dict[str, int] = {}
        self.formula, self.shared = "", ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        self.root = self.root or name
        if name == "sheetData" or self.in_data:
            self._of_cells(name, attributes)
            return
        if self.is_read:
            self.tally.add_other()
        if name in ("mergeCell", "hyperlink"):
            self._covers(attributes.get("ref", ""))
        elif name == "sheet" and self.root == "workbook":
            self.sheets.append(next((attributes[key] for key in attributes if _local(key) == "id"), ""))
            self.tally.add_sheets(len(self.sheets))
        elif name == "Relationship" and not _is_external(attributes):
            self.relations.append(attributes.get("Target", ""))

    def _of_cells(self, name: str, attributes: dict[str, str]) -> None:
        self.in_data = True
        self.tally.add_element()
        if name == "c":
            self.tally.add_cells(1)
            self._move(attributes.get("r"))
            self.is_shared_text = attributes.get("t") == "s"
        elif name in ("v", "f", "is"):
            self._fill()
            self.in_value, self.in_formula = name == "v", name == "f"
            self.shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""
            self.formula = ""
        elif name == "row":
            self.tally.add_cells(1)
            self.row, self.column = self._row(attributes.get("r")), 0
        elif name not in _OF_CELLS and name != "sheetData":
            self.tally.add_other()

    def _row(self, said: str | None) -> int:
        """The row of a number, or the next; readers make room for whatever they take a wrong one for."""
        if said is None:
            return self.row + 1
        if _ROW.fullmatch(said) is None:
            self.tally.damaged(f"{said[:20]!r} is no row")
        return int(said)

    def _move(self, reference: str | None) -> None:
        self.column += 1
        if reference is not None:
            found = _AT.fullmatch(reference)
            if found is None or _ROW.fullmatch(found[2]) is None:
                self.tally.damaged(f"{reference[:20]!r} is no cell")
            self.row, self.column = int(found[2]), _number(found[1])

    def _fill(self) -> None:
        self.tally.check_place(self.row, self.column, f"{_letters(self.column)}{self.row}")
        self.top, self.bottom = min(self.top, self.row), max(self.bottom, self.row)
        self.left, self.right = min(self.left, self.column), max(self.right, self.column)

    def _covers(self, reference: str) -> None:
        ends = [_AT.fullmatch(end) for end in reference.split(":")]
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            rows = abs(int(ends[1][2]) - int(ends[0][2])) + 1
            columns = abs(_number(ends[1][1]) - _number(ends[0][1])) + 1
            if rows * columns > self.tally.limits.cells:
                self.tally.refuse(f"{reference} is one merged cell or link of {rows * columns:,} cells")
            self.tally.add_cells(rows * columns)
        elif len(ends) > 1:
            self.tally.damaged(f"{reference[:40]} is no range of cells")

    def end(self, name: str) -> None:
        name = _local(name)
        if name == "sheetData":
            self.in_data = False
        elif name == "f" and self.in_formula:
            self.in_formula = False
            self._share()
        elif name == "v":
            self.in_value = False

    def _share(self) -> None:
        """A formula that many cells share is written out for each."""
        if self.shared:
            length = max(len(self.formula), self.formulas.get(self.shared, 0))
            self.formulas[self.shared] = length
            self.tally.add_formula(length)

    def characters(self, text: str) -> None:
        if self.in_formula:
            self.formula += text
        elif self.in_value and self.is_shared_text:
            position = text.strip()
            if position.isdecimal() and len(position) < 9 and int(position) < len(self.lengths):
                self.tally.add_text(self.lengths[int(position)])

    def finish(self, name: str) -> None:
        """What is known once the whole part was seen."""
        if self.bottom:
            self.tally.add_area(self.bottom - self.top + 1, self.right - self.left + 1)
        around = posixpath.dirname(posixpath.dirname(name))
        targets = [
            posixpath.normpath(posixpath.join("/", around, each)).casefold() for each in self.relations
        ]
        for listed, what in ((targets, "part"), (self.sheets, "sheet")):
            if len(set(listed)) < len(listed):
                self.tally.damaged(f"{name} names one {what} twice")


def _is_external(attributes: Mapping[str, str]) -> bool:
    return attributes.get("TargetMode", "").casefold() == "external"


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    """The letters of a column; none of what stands in no cell."""
    found = ""
    while column > 0:
        column, last = divmod(column - 1, 26)
        found = chr(65 + last) + found
    return found


def _without_drawings(name: str, content: bytes, tally: Tally) -> bytes:
    """The relations of a sheet to links and tables alone."""
    kept: list[str] = []

    def begin(element: str, attributes: dict[str, str]) -> None:
        tally.add_other()
        if _local(element) == "Relationship" and attributes.get("Type", "").endswith(_KEPT_RELATIONS):
            said = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
            kept.append(f"<Relationship {said}/>")

    look_through(name, content, tally, begin)
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{"".join(kept)}</Relationships>'.encode()
