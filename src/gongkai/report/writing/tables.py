"""The statutory tables as they are printed, derived from the form once and used by every format.

A table is rows of cells as the official form merges them: text, rows and columns covered, which cells are heads, which
cell key a figure has, and which heads speak for it. Whoever marks a wrong cell finds it by its key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..form import Block, CellKey, Column, Row, Table
from ..report import Number

Role = Literal["band", "corner", "column", "row", "figure"]
"""``band``: a strip over a block of table 二 (第二十条第（一）项); ``corner``: the note at the top left of table 三;
``column`` and ``row``: heads of columns and rows; ``figure``: the place of a figure."""

Place = tuple[int, int]
"""Row and column of a cell's first corner in the table's grid, both from 0."""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One printed cell. ``rows`` and ``span``: rows and grid columns covered. ``place``: where it begins.

    ``key`` and ``number`` only for figures; ``number`` is None where a mark or nothing is printed. ``vertical``: set
    from top to bottom (三、本年度办理结果). ``centred``: else set from the left. ``heads``: places of the cells that
    speak for a figure, columns first.
    """

    text: str
    role: Role
    place: Place
    rows: int = 1
    span: int = 1
    key: CellKey | None = None
    number: Number | None = None
    vertical: bool = False
    centred: bool = True
    heads: tuple[Place, ...] = ()

    @property
    def header(self) -> bool:
        """Whether it is a head rather than a figure."""
        return self.role != "figure"


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A printed table. ``section``: key of its section; ``caption``: the section's heading. ``widths``: share of each
    grid column (they add up to 1). ``heading_rows``: how many rows at the top are repeated on each page (none in table
    二, whose strips head their own rows)."""

    key: str
    name: str
    section: str
    caption: str
    widths: tuple[float, ...]
    rows: tuple[tuple[PrintedCell, ...], ...]
    heading_rows: int

    def cells(self) -> Iterator[PrintedCell]:
        """Every cell once, in reading order."""
        for row in self.rows:
            yield from row

    def grid(self) -> dict[Place, PrintedCell]:
        """For every place of the grid the cell that covers it."""
        return {
            (cell.place[0] + line, cell.place[1] + column): cell
            for cell in self.cells()
            for line in range(cell.rows)
            for column in range(cell.span)
        }


def print_table(
    table: Table, caption: str, values: Mapping[CellKey, Number | None], marks: Mapping[CellKey, str]
) -> PrintedTable:
    """A statutory table with its figures; a cell prints its number, else its mark, else nothing."""
    grid = _Grid(table, values, marks)
    draw = {"blocks": _draw_blocks, "matrix": _draw_matrix, "strip": _draw_strip}[table.layout]
    widths, heading_rows = draw(grid, table)
    return PrintedTable(table.key, table.name, table.section, caption, widths, grid.finish(), heading_rows)


def printed_number(number: Number) -> str:
    """A figure as printed: digits without separators, a Decimal exactly as it was."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)


_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without control characters and lone surrogates, which no document format can hold."""
    return _UNPRINTABLE.sub("", text)


class _Grid:
    """Takes cells row by row, left to right, and knows where each stands and what stands above and beside it."""

    def __init__(self, table: Table, values: Mapping[CellKey, Number | None], marks: Mapping[CellKey, str]) -> None:
        self.table = table
        self.values = values
        self.marks = marks
        self.rows: list[list[PrintedCell]] = []
        self.taken: dict[Place, PrintedCell] = {}

    def row(self) -> None:
        """Begins a row."""
        self.rows.append([])

    def put(self, text: str, role: Role, rows: int = 1, span: int = 1, vertical: bool = False) -> None:
        """A head in the first free column of the row."""
        left = role in ("band", "corner") or (role == "row" and self.table.layout == "matrix" and not vertical)
        self._add(PrintedCell(text, role, self._free(), rows, span, vertical=vertical, centred=not left))

    def figure(self, row: Row, column: Column, span: int = 1) -> None:
        """The place of a figure, with the heads above it (as far as the next strip) and to its left."""
        key = ".".join(filter(None, (self.table.key, row.key, column.key)))
        number = self.values.get(key)
        text = printed_number(number) if number is not None else printable(self.marks.get(key, ""))
        place = self._free()
        self._add(PrintedCell(text, "figure", place, 1, span, key=key, number=number, heads=tuple(self._heads(place))))

    def _heads(self, place: Place) -> Iterator[Place]:
        seen = set()
        above: list[Place] = []
        for line in range(place[0] - 1, -1, -1):
            cell = self.taken.get((line, place[1]))
            if cell and cell.role in ("column", "band") and cell.place not in seen:
                seen.add(cell.place)
                above.append(cell.place)
                if cell.role == "band":
                    break
        yield from reversed(above)
        for column in range(place[1]):
            cell = self.taken.get((place[0], column))
            if cell and cell.role == "row" and cell.place not in seen:
                seen.add(cell.place)
                yield cell.place

    def _free(self) -> Place:
        line, column = len(self.rows) - 1, 0
        while (line, column) in self.taken:
            column += self.taken[line, column].span
        return line, column

    def _add(self, cell: PrintedCell) -> None:
        self.rows[-1].append(cell)
        for line in range(cell.rows):
            for column in range(cell.span):
                self.taken[cell.place[0] + line, cell.place[1] + column] = cell

    def finish(self) -> tuple[tuple[PrintedCell, ...], ...]:
        return tuple(map(tuple, self.rows))


def _draw_blocks(grid: _Grid, table: Table) -> tuple[tuple[float, ...], int]:
    """Table 二: a strip, a line of column heads and the rows, block under block, all of one width. Where a block has
    fewer columns than the widest, its last one covers what is left."""
    width = max(len(block.columns) for block in table.blocks)
    for block in table.blocks:
        spans = _spans(block, width)
        grid.row()
        grid.put(block.heading, "band", span=width + 1)
        grid.row()
        grid.put(table.row_head, "column")
        for column, span in zip(block.columns, spans, strict=True):
            grid.put(column.heading, "column", span=span)
        for row in block.rows:
            grid.row()
            grid.put(row.label, "row")
            for column, span in zip(block.columns, spans, strict=True):
                grid.figure(row, column, span)
    return _shares([1] * (width + 1)), 0


def _spans(block: Block, width: int) -> list[int]:
    return [1] * (len(block.columns) - 1) + [width - len(block.columns) + 1]


_TABLE_WIDTH = 442
"""Points that a table is wide on an official page; widths are shares of it."""

_RESULTS_WIDTH, _GROUP_WIDTH, _FIGURE_WIDTH = 24, 48, 32
"""Points of table 三's columns: the vertical label, a group's label of four characters a line, a figure; the rest is
for the labels of rows."""

_LEAST_LABEL_WIDTH = 110


def _needed(grid: _Grid, column: int) -> float:
    """Points that the longest number of a grid column needs on one line, with digits of six points."""
    longest = max(
        (len(cell.text) for (_, at), cell in grid.taken.items() if at == column and cell.number is not None), default=0
    )
    return 6 * longest + 7


def _draw_matrix(grid: _Grid, table: Table) -> tuple[tuple[float, ...], int]:
    """Table 三: applicants across, ways of handling down; labels as many columns wide as groups leave free."""
    block = table.blocks[0]
    rows = [row for row in block.rows if not _left_out(table, block, row, grid.values)]
    chains = [_chain(table, row, grid.values) for row in rows]
    depth = 1 + max(map(len, chains))
    grid.row()
    grid.put(table.corner, "corner", rows=3, span=depth)
    grid.put(table.head, "column", span=len(block.columns))
    grid.row()
    for group, columns in _runs(block.columns):
        if group:
            grid.put(table.group(group).label, "column", span=len(columns))
        else:
            for column in columns:
                grid.put(column.heading, "column", rows=2)
    grid.row()
    for column in block.columns:
        if column.group:
            grid.put(column.heading, "column")
    for at, (row, chain) in enumerate(zip(rows, chains, strict=True)):
        grid.row()
        for level, group in enumerate(chain):
            before = chains[at - 1][: level + 1] if at else ()
            if before != chain[: level + 1]:
                covered = _run_length(chains[at:], chain[: level + 1])
                grid.put(table.group(group).label, "row", rows=covered, vertical=level == 0)
        merged = bool(row.merged) and row.group not in chain
        grid.put(row.merged if merged else row.label, "row", span=depth - len(chain))
        for column in block.columns:
            grid.figure(row, column)
    figures = [max(_FIGURE_WIDTH, _needed(grid, depth + at)) for at in range(len(block.columns))]
    groups = [_RESULTS_WIDTH, *[_GROUP_WIDTH] * (depth - 2)]
    label = max(_LEAST_LABEL_WIDTH, _TABLE_WIDTH - sum(groups) - sum(figures))
    return _shares([*groups, label, *figures]), 3


def _left_out(table: Table, block: Block, row: Row, values: Mapping[CellKey, Number | None]) -> bool:
    """Whether a row is part of a group that the report prints as one row: only the row with ``merged`` is there."""
    merged = _merged_row(block, row.group)
    return merged is not None and row != merged and _stands_alone(table, block, merged, values)


def _merged_row(block: Block, group: str) -> Row | None:
    return next((row for row in block.rows if group and row.group == group and row.merged), None)


def _stands_alone(table: Table, block: Block, merged: Row, values: Mapping[CellKey, Number | None]) -> bool:
    def present(row: Row) -> bool:
        return any(f"{table.key}.{row.key}.{column.key}" in values for column in block.columns)

    others = [row for row in block.rows if row.group == merged.group and row != merged]
    return present(merged) and not any(map(present, others))


def _chain(table: Table, row: Row, values: Mapping[CellKey, Number | None]) -> tuple[str, ...]:
    """The groups over a row, outermost first; a row that stands for its group has only the group's parents."""
    chain: tuple[str, ...] = ()
    name = row.group
    if row.merged and _stands_alone(table, table.blocks[0], row, values):
        name = table.group(row.group).parent
    while name:
        chain = (name, *chain)
        name = table.group(name).parent
    return chain


def _run_length(chains: Sequence[tuple[str, ...]], prefix: tuple[str, ...]) -> int:
    length = 0
    while length < len(chains) and chains[length][: len(prefix)] == prefix:
        length += 1
    return length


def _runs(columns: Sequence[Column]) -> list[tuple[str, list[Column]]]:
    """Neighbouring columns of one group together."""
    runs: list[tuple[str, list[Column]]] = []
    for column in columns:
        if runs and runs[-1][0] == column.group:
            runs[-1][1].append(column)
        else:
            runs.append((column.group, [column]))
    return runs


def _draw_strip(grid: _Grid, table: Table) -> tuple[tuple[float, ...], int]:
    """Table 四: every row of the form side by side on one line, under three rows of heads."""
    block = table.blocks[0]
    width = len(block.columns)
    grid.row()
    groups = [row.group for row in block.rows]
    for at, row in enumerate(block.rows):
        if not row.group:
            grid.put(row.label, "column", span=width)
        elif at == 0 or groups[at - 1] != row.group:
            grid.put(table.group(row.group).label, "column", span=width * groups.count(row.group))
    grid.row()
    for row in block.rows:
        if row.group:
            grid.put(row.label, "column", span=width)
        else:
            for column in block.columns:
                grid.put(column.heading, "column", rows=2)
    grid.row()
    for row in block.rows:
        if row.group:
            for column in block.columns:
                grid.put(column.heading, "column")
    grid.row()
    for row in block.rows:
        for column in block.columns:
            grid.figure(row, column)
    even = _TABLE_WIDTH / (width * len(block.rows))
    return _shares([max(even, _needed(grid, column)) for column in range(width * len(block.rows))]), 3


def _shares(widths: Sequence[float]) -> tuple[float, ...]:
    total = sum(widths)
    return tuple(width / total for width in widths)
