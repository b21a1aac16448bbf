"""What a format reader makes of bytes: one stream of lines, in reading order, each a row of cells with its place.

A paragraph is a line of one cell; a row of a table is a line of several, which says which table it is in. A cell that
spans rows stands only in the line where it begins; ``column`` is then the true column of the grid, so that positions
can be trusted where the format has them and are None where it has not. Every format, from a Word table to text with
bars, comes down to this, and one engine (``gongkai.reading.tables``) finds the statutory cells in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom on the page, in points from the top left corner."""


@dataclass(slots=True)
class TextCell:
    """One cell's text as printed (inner line breaks kept as ``\\n``, outer white space removed).

    ``column``: index in the grid from 0, None where the format has no grid; ``span``: columns covered;
    ``rows``: rows covered.
    """

    text: str
    column: int | None = None
    span: int = 1
    rows: int = 1
    box: Box | None = None


@dataclass(slots=True)
class Line:
    """A paragraph or a row. ``table``: number of the table in the document, from 1, None outside; ``row``: from 0.

    ``number``: the line's number in a text file, from 1. ``page``: from 1.
    """

    cells: list[TextCell]
    table: int | None = None
    row: int | None = None
    number: int | None = None
    page: int | None = None
    header: bool = False
    """Set by a reader whose format tells headers and footers of a page apart; such lines are passed over."""

    @property
    def text(self) -> str:
        """The whole line, cells joined by a tab."""
        return "\t".join(cell.text for cell in self.cells)


@dataclass(slots=True)
class Document:
    """A document as read. ``format``: ``txt``, ``html``, ``docx``, ``pdf``, ``xlsx``, ``ofd``; read through an office suite
    ``doc``, ``wps``, ``rtf``, ``odt``, ``xls``, ``xml``.

    ``titles``: titles that the format states outside the text (``<title>``, document properties): hints, never text.
    ``problems``: what the reader could not do, in Chinese, whole sentences; the reading reports them.
    ``grid``: whether the columns of cells are those of a real grid.
    """

    format: str
    lines: Sequence[Line]
    titles: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    grid: bool = False
    strays: int = 0
    """How many marks of a word processor (``[bookmark: …]``) were taken out of the text."""


class UnreadableError(Exception):
    """These bytes are not a document of that format, or not one that can be read; the text is Chinese, for users."""
