"""What the tests of this folder compare: a document as plain lists."""

from gongkai.reading.document import Document, Line


def texts(lines: Document | list[Line]) -> list[list[str]]:
    """The texts of the cells, line by line."""
    return [[cell.text for cell in line.cells] for line in (lines.lines if isinstance(lines, Document) else lines)]


def places(document: Document) -> list[list[tuple[str, int | None, int, int]]]:
    """Text, column, columns covered and rows covered of the cells, line by line."""
    return [[(cell.text, cell.column, cell.span, cell.rows) for cell in line.cells] for line in document.lines]


def tables(document: Document) -> list[int | None]:
    """The number of the table of each line."""
    return [line.table for line in document.lines]
