"""Tables of a format that has real ones (HTML, Word), before they become lines.

Web pages and Word files also use tables to lay out a page. A row whose cells hold whole tables or long text only lays
out: it is told in order, as paragraphs and tables; every other row becomes a line of cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..document import Line, TextCell

MOST_COLUMNS = 512
"""Columns beyond this have no place (``column`` None): spans of a damaged file must not fill the memory."""

MOST_SPAN = 100
MOST_DEPTH = 40

_LONG = 300
"""More characters than any cell of the statutory tables holds: such a cell is an article laid out by a table."""


@dataclass(slots=True)
class GridCell:
    """A cell: its paragraphs and tables in order. ``loose``: content that stands in a table but in no cell."""

    content: list[str | GridTable] = field(default_factory=list)
    span: int = 1
    rows: int = 1
    column: int | None = None
    heading: bool = False
    loose: bool = False


@dataclass(slots=True)
class GridTable:
    """A table: its rows, each the cells that begin in it."""

    rows: list[list[GridCell]] = field(default_factory=list)

    def place(self) -> None:
        """Give each cell its column, moved right by the cells that reach down from rows above."""
        covered: list[int] = []  # for each column, the first row that is free again
        number = -1
        for row in self.rows:
            if row and row[0].loose:
                continue
            number += 1
            column = 0
            for cell in row:
                while column < len(covered) and covered[column] > number:
                    column += 1
                if column + cell.span > MOST_COLUMNS:
                    break
                cell.column = column
                column += cell.span
                if len(covered) < column:
                    covered.extend([0] * (column - len(covered)))
                if cell.rows > 1:
                    for index in range(column - cell.span, column):
                        covered[index] = number + cell.rows


def lines_of(content: Iterable[str | GridTable]) -> list[Line]:
    """The lines of a document, tables numbered from 1 in their order."""
    lines: list[Line] = []
    _tell(content, lines, 0)
    return lines


def paragraph(text: str) -> Line:
    """A paragraph as a line; where it holds tabs, its parts are cells, so that columns set by tabs stay apart."""
    if "\t" in text:
        return Line([TextCell(part.strip()) for part in text.strip().split("\t", MOST_COLUMNS)])
    return Line([TextCell(text)])


def _tell(content: Iterable[str | GridTable], lines: list[Line], tables: int) -> int:
    """Append the lines of some content; returns the number of the last table."""
    for item in content:
        if isinstance(item, str):
            lines.append(paragraph(item))
        else:
            tables = _tell_table(item, lines, tables)
    return tables


def _tell_table(table: GridTable, lines: list[Line], tables: int) -> int:
    number: int | None = None
    if not any(cell.content for row in table.rows for cell in row):
        return tables
    for index, row in enumerate(table.rows):
        if _lays_out(row):
            for cell in row:
                tables = _tell(cell.content, lines, tables)
            number = None
            continue
        if number is None:
            number = tables = tables + 1
        cells = [TextCell(_text(cell.content), cell.column, cell.span, cell.rows) for cell in row]
        if cells:
            lines.append(Line(cells, table=number, row=index))
    return tables


def _lays_out(row: list[GridCell]) -> bool:
    """Whether a row holds parts of a page instead of data."""
    for cell in row:
        content = cell.content
        if not content:
            continue
        if cell.loose or (cell.heading and len(content) > 1):
            return True
        length = 0
        for item in content:
            if not isinstance(item, str):
                if _cells(item) > 1 or any(map(_lays_out, item.rows)):
                    return True
            else:
                length += len(item)
        if length > _LONG:
            return True
    return False


def _cells(table: GridTable) -> int:
    return sum(len(row) for row in table.rows)


def _text(content: list[str | GridTable]) -> str:
    """The text of a cell, paragraphs on lines of their own; a table of one cell in it is only a frame."""
    if len(content) == 1 and isinstance(content[0], str):
        return content[0]
    parts: list[str] = []
    for item in content:
        if isinstance(item, str):
            parts.append(item)
        else:
            parts.extend(_text(cell.content) for row in item.rows for cell in row)
    return "\n".join(part for part in parts if part)
