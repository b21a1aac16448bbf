"""What a layout is, and what the text layouts share."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..draft import Cell, Draft, Table

Setter = Callable[[Draft, random.Random], bytes]


@dataclass(frozen=True)
class Layout:
    """A way of setting a draft. ``filled``: it can't show blank cells; ``plain``: figures are digits only;
    ``undressed``: the form is printed as it is, without an office's liberties."""

    name: str
    format: str
    set: Setter
    filled: bool = False
    plain: bool = False
    undressed: bool = False


def as_text(lines: Callable[[Draft, random.Random], str]) -> Setter:
    """A layout of plain text: the text in one of the encodings and line ends seen."""

    def set_text(draft: Draft, rng: random.Random) -> bytes:
        text = lines(draft, rng)
        if rng.random() < 0.1:
            text = text.replace("\n", "\r\n")
        encoding = rng.choices(("utf-8", "utf-8-sig", "gb18030", "utf-16"), (8, 1, 2, 1))[0]
        return text.encode(encoding)

    return set_text


def with_covered(table: Table) -> Iterator[list[Cell]]:
    """The rows of a table, with an empty ``covered`` cell in each place into which one reaches from a row above."""
    reaching: dict[int, Cell] = {}  # by first column; ``rows`` counts those still covered
    for row in table.rows:
        line: list[Cell] = []
        own = iter(row)
        column, below = 0, {}
        while column < table.width:
            cell = reaching.get(column) or next(own, None)
            if cell is None:
                break
            line.append(cell)
            if cell.rows > 1:
                below[column] = Cell("", columns=cell.columns, rows=cell.rows - 1, covered=True)
            column += cell.columns
        reaching = below
        yield line


def figures_of(row: list[Cell]) -> list[Cell]:
    """The cells of a row that hold figures of the form."""
    return [cell for cell in row if cell.key]


def leave_open(draft: Draft, row: list[Cell]) -> None:
    """A row in which it can't be told for certain which figure stands in which cell."""
    draft.unsettled.update(cell.key for cell in row if cell.key)


def has_blank(draft: Draft, row: list[Cell]) -> bool:
    """Whether some but not all cells of a row are without any text."""
    blank = [not cell.text.strip() for cell in figures_of(row)]
    return any(blank) and not all(blank)


def gather_zeros(draft: Draft, table: Table, *, merged: bool) -> None:
    """Print one 0 for all applicants where a row of table 三 holds nothing else, merged or with empty cells after it.

    Whether the cells are 0 or blank can't be told.
    """
    for row in table.rows:
        figures = figures_of(row)
        if table.name != "applications" or not figures or any(cell.text != "0" for cell in figures):
            continue
        leave_open(draft, row)
        if merged:
            figures[0].columns = len(figures)
            row[:] = row[: -len(figures) + 1]
        else:
            for cell in figures[1:]:
                cell.text = ""
