"""Which page of a printed report each block stands on, by what its text needs at most."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sroi.reports import measuring
from sroi.reports.blocks import Block, Caption, Grid, Heading, Paragraph, Picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_CELL = 5.3
"""Upper and lower margin of a cell and its rule together, in points."""

_TALL, _NARROWER = 0.6, 0.88
"""Height of a picture for its width from which it is narrower than the text, and how much."""

_SHORT = 0.4
"""Part of a page up to which a table is not divided."""


@dataclass(frozen=True, slots=True)
class Type:
    """How text of a style is set: size, space before and after in points, height of a line in lines."""

    size: float
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0


STYLES = {
    "Normal": Type(10, 0, 6, 1.15),
    "Title": Type(22, 0, 4),
    "Subtitle": Type(11, 0, 4, 1.15),
    "Heading1": Type(16, 20, 5, 1.15),
    "Caption": Type(9, 10, 4),
    "Note": Type(8.5, 3, 10),
    "Statement": Type(11, 10, 14, 1.15),
    "Lead": Type(13, 6, 8, 1.15),
    "Picture": Type(10, 0, 2),
    "TableText": Type(8.5),
    "TableSmall": Type(7),
    "TOC1": Type(10, 0, 2),
    "ContentsHeading": Type(11.5, 14, 4),
}
"""The styles of the shipped template."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The text area of a page in points, the styles, and the height of each picture for its width."""

    width: float = 470.0
    height: float = 716.0
    shapes: Mapping[str, float] = field(default_factory=dict)
    styles: Mapping[str, Type] = field(default_factory=lambda: STYLES)
    _known: dict[Grid, list[float]] = field(default_factory=dict)

    def style(self, name: str) -> Type:
        """How a style is set; as Normal where it is not known."""
        return self.styles.get(name, self.styles["Normal"])

    def text(self, text: str, name: str, *, bold: bool = False) -> float:
        """The height of a paragraph."""
        style = self.style(name)
        lines = measuring.lines(text, style.size, self.width, bold=bold)
        return style.before + style.after + lines * style.size * style.line * measuring.LINE

    def picture_width(self, picture: Picture) -> float:
        """The width of a picture: a tall one is narrower."""
        return self.width * (_NARROWER if self.shapes.get(picture.name, 1.0) > _TALL else 1.0)

    def rows(self, grid: Grid) -> list[float]:
        """The heights of a table's rows; of its headings first, 0 where it has none."""
        if grid not in self._known:
            self._known[grid] = list(self._rows(grid))
        return self._known[grid]

    def _rows(self, grid: Grid) -> Iterator[float]:
        style = self.style(grid.style)
        table = grid.table
        widths = measuring.columns(table, self.width, style.size)

        def row(cells: tuple[str, ...], *, bold: bool = False) -> float:
            lines = max(
                measuring.lines(cell, style.size, width - measuring.MARGIN, bold=bold)
                for cell, width in zip(cells, widths, strict=True)
            )
            return lines * style.size * style.line * measuring.LINE + _CELL

        yield row(table.headings, bold=True) if any(table.headings) else 0.0
        yield from (row(cells) for cells in table.rows)

    def block(self, block: Block) -> float:
        """The height of a block, a table whole."""
        match block:
            case Heading():
                return self.text(block.text, "Heading1", bold=True)
            case Paragraph():
                return self.text(block.text, block.style)
            case Caption():
                return self.text(f"{block.label} {block.number}. {block.text}", "Caption", bold=True)
            case Picture():
                style = self.style("Picture")
                height = self.picture_width(block) * self.shapes.get(block.name, 1.0)
                return height + style.before + style.after + 4
            case Grid():
                return sum(self.rows(block))


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, or some rows of a table, with the page it stands on and whether it begins that page."""

    block: Block
    page: int
    begins: bool = False


def placed(
    blocks: Iterable[Block], paper: Paper, *, page: int = 1, used: float = 0.0, apart: bool = False
) -> list[Placed]:
    """The blocks one beneath the other; a table that is longer than the page goes on on the next.

    Parameters
    ----------
    blocks : iterable of Block
    paper : Paper
    page : int
        The page that the first block may stand on.
    used : float
        How much of that page is taken, in points.
    apart : bool
        Whether every heading begins a page.
    """
    found: list[Placed] = []
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if block.together:
            continue
        head = sum(paper.block(each) for each in group[:-1])
        rows = paper.rows(block) if isinstance(block, Grid) else [0.0, paper.block(block)]
        whole = head + sum(rows)
        needed = whole if whole <= _SHORT * paper.height else head + sum(rows[:3])
        new = apart and isinstance(group[0], Heading)
        begins = bool(used) and (new or used + needed > paper.height)
        if begins:
            page, used = page + 1, 0.0
        for place, each in enumerate(group[:-1]):
            found.append(Placed(each, page, begins and place == 0))
        begins = begins and len(group) == 1
        group = []
        if not isinstance(block, Grid):
            found.append(Placed(block, page, begins))
            used += whole
            continue
        start, used = 0, used + head + rows[0]
        for place, height in enumerate(rows[1:]):
            if used + height > paper.height and place > start:
                found.append(Placed(block.part(start, place), page, begins))
                start, page, used, begins = place, page + 1, rows[0], True
            used += height
        found.append(Placed(block.part(start, len(rows) - 1), page, begins))
    found += [Placed(each, page) for each in group]
    return found
