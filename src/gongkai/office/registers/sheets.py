"""From a spreadsheet to the rows of a register: the core's reading of ledgers, for a sheet that is known to be this register.

A comma-separated file is a sheet like any other. Registers of documents seldom say of each row what kind it is: the clerk
says it once for the whole file, and the column that is missing is put in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.law import document_kinds
from gongkai.ledger import LedgerMapping, Problem, Question, UnreadableLedgerError
from gongkai.ledger.columns import ledger_sheet
from gongkai.ledger.entries import Entry, entries
from gongkai.ledger.heads import OWN_SHEETS, Layout, Located, locate
from gongkai.ledger.reading import MAX_COLUMNS, CellValue, Grid, is_empty, read_workbook
from gongkai.reading.folding import fold
from gongkai.reading.formats.decoding import decode

MOST_ROWS = 3000
"""Rows of a file that is taken at once."""

_MOST_LINES = 20_000
"""Lines of a comma-separated file that are looked at."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a register in a file. ``questions``: what its office has to be asked; ``problems``: of the file or a sheet."""

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def grids_of(name: str, data: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook, or the one of a comma-separated file. Raises UnreadableLedgerError, whose text says what to do."""
    if not name.lower().endswith((".csv", ".txt")):
        return read_workbook(data)
    if b"\0" in data:
        raise UnreadableLedgerError("这个文件不是 CSV 文字文件，请核对。")
    text, _ = decode(data)
    separator = "\t" if text.partition("\n")[0].count("\t") > text.partition("\n")[0].count(",") else ","
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            rows.append(row)
            if len(rows) > _MOST_LINES or len(row) > MAX_COLUMNS:  # all rows are made as wide as the widest
                raise UnreadableLedgerError(f"表格超过 {_MOST_LINES} 行或者 {MAX_COLUMNS} 列，请删去无关的内容，分开导入。")
    except csv.Error as error:
        raise UnreadableLedgerError("这个 CSV 文件有过长的一格，或者引号不成对，请用表格软件打开、另存以后再导入。") from error
    width = max(map(len, rows), default=0)
    return (Grid(name.rsplit(".", 1)[0], [[*row, *[""] * (width - len(row))] for row in rows]),)


def rows_of(register: str, grids: Sequence[Grid], mapping: LedgerMapping, kind: str = "") -> Rows:
    """The rows of ``register`` (key of a sheet of the ledger) in a file. ``kind``: of documents, where the file has no such column."""
    layout = _located(register, grids, mapping)
    if kind:
        grids = [_with_kind(grid, layout, kind) for grid in grids]
        layout = _located(register, grids, mapping)
    found = [one for one in layout.registers if one.sheet.key == register]
    read = [entry for located in found for entry in entries(located, mapping)]
    own = [one for one in layout.questions if one.subject.split(".")[0] == register]
    asked = dict.fromkeys((*own, *(question for entry in read for question in entry.questions)))
    names = {one.grid.name for one in found} | {one.sheet for one in own}
    problems = [one for one in layout.problems if one.severity == "error" and one.sheet in names]
    notes = [
        one for one in layout.problems if one.severity == "note" and one.sheet in {each.grid.name for each in found}
    ]
    if not found and not problems:
        sheet = ledger_sheet(register)
        heads = "、".join(column.head for column in sheet.columns if column.needed)
        problems.append(Problem("error", None, None, None, f"没有找到{sheet.name}的表，表头应当有“{heads}”"))
    if len(read) > MOST_ROWS:
        problems.append(
            Problem("error", None, None, None, f"表中有 {len(read)} 行，一次最多导入 {MOST_ROWS} 行，请分开导入")
        )
    return Rows(tuple(read), tuple(asked), tuple(problems), tuple(notes))


def _located(register: str, grids: Sequence[Grid], mapping: LedgerMapping) -> Layout:
    """What the core finds; where it finds no such register, each sheet is taken to be it: that is what the file was sent for."""
    layout = locate(grids, mapping)
    if any(_about(one, register) for one in layout.registers) or any(
        one.subject.startswith(register) for one in layout.questions
    ):
        return layout
    told = {fold(grid.name): register for grid in grids if not grid.empty and grid.name not in OWN_SHEETS}
    return locate(grids, replace(mapping, sheets={**told, **mapping.sheets}))


def _about(located: Located, register: str) -> bool:
    return located.sheet.key == register


def _with_kind(grid: Grid, layout: Layout, kind: str) -> Grid:
    """The sheet with a column 类别 that holds the kind in every filled row, where the core misses that column."""
    head = ledger_sheet("documents").column("kind").head
    missing = (
        one.row
        for one in layout.problems
        if one.sheet == grid.name and one.severity == "error" and f"“{head}”" in one.reason
    )
    row = next(missing, None)
    if not row:
        return grid
    label = document_kinds()[kind].label

    def extended(index: int, cells: Sequence[CellValue]) -> list[CellValue]:
        filled = any(not is_empty(cell) for cell in cells)
        return [*cells, head if index == row - 1 else label if filled and index >= row else ""]

    return Grid(grid.name, [extended(index, cells) for index, cells in enumerate(grid.rows)])
