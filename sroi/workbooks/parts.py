"""The parts of a ZIP archive, unpacked within bounds, and packed again without pressing them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from sroi.errors import SroiError
from sroi.workbooks.tally import MOST_PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sroi.workbooks.tally import Tally

READ = (".xml", ".rels")
"""Endings of the parts that are XML."""

DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, LookupError, ValueError),
)
"""What reading an archive may end in where it is no sound one: places before its start, unknown names."""

_CHUNK = 1 << 16


def parts_of(data: bytes, tally: Tally, *, every: bool = False) -> dict[str, bytes]:
    """The parts of an archive by name: those that are XML, or every one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.infolist()
            if len(found) > MOST_PARTS:
                tally.too_much("parts", MOST_PARTS)
            if len({part.filename.casefold() for part in found}) < len(found):
                tally.damaged("two of its parts have one name")
            wanted = [
                part
                for part in found
                if every or part.filename == "mimetype" or part.filename.casefold().endswith(READ)
            ]
            if (declared := sum(part.file_size for part in wanted)) > tally.limits.unpacked:
                tally.add_unpacked(declared)
            return {part.filename: _unpacked(archive, part, tally) for part in wanted}
    except SroiError:
        raise
    except DAMAGES as error:
        tally.damaged(error)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, tally: Tally) -> bytes:
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        tally.damaged(f"{part.filename} is packed in an unusual way")
    chunks = []
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            tally.add_unpacked(len(chunk))
            chunks.append(chunk)
    return b"".join(chunks)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


def look_through(
    name: str,
    content: bytes,
    tally: Tally,
    begin: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through the elements of a part in XML, without laying them out."""

    def declared(*_: Any) -> None:
        hint = "save it again with Excel or LibreOffice"
        tally.refuse(f"{name} in the workbook declares a document type", hint)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begin
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except SroiError:
        raise
    except (expat.ExpatError, LookupError, ValueError) as error:  # also an encoding that nobody knows
        tally.damaged(f"{name}: {error}")
