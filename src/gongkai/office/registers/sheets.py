"""From a spreadsheet to the rows of a register: the core's reading of ledgers, for a sheet that is known to be this register.

A comma-separated file is a sheet like any other. Registers of documents seldom say of each row what kind it is: the clerk
says it once for the whole file, and the column that is missing is put in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.law import document_kinds
from gongkai.ledger import LedgerMapping, Problem, Question, UnreadableLedgerError
from gongkai.ledger.columns import ledger_sheet
from gongkai.ledger.entries import Entry, entries
from gongkai.ledger.heads import OWN_SHEETS, Layout, Located, locate
from gongkai.ledger.reading import MAX_COLUMNS, CellValue, Grid, is_empty, read_workbook
from gongkai.ledger.values import RefusedValue, period_of, text_of
from gongkai.reading.folding import fold
from gongkai.reading.formats.decoding import decode

MOST_ROWS = 3000
"""Rows of a file that is taken at once."""

_MOST_LINES = 20_000
"""Lines of a comma-separated file that are looked at."""

_YEAR_HEADS = frozenset({"年", "年份", "年度", "统计年度", "统计年份", "所属年度", "所属年份"})
"""Heads of a column that holds the year alone."""

_YEAR = re.compile(r"(\d{4})(?:年度?|年份)?")


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
                raise UnreadableLedgerError(
                    f"表格超过 {_MOST_LINES} 行或者 {MAX_COLUMNS} 列，请删去无关的内容，分开导入。"
                )
    except csv.Error as error:
        raise UnreadableLedgerError(
            "这个 CSV 文件有过长的一格，或者引号不成对，请用表格软件打开、另存以后再导入。"
        ) from error
    width = max(map(len, rows), default=0)
    return (Grid(name.rsplit(".", 1)[0], [[*row, *[""] * (width - len(row))] for row in rows]),)


def rows_of(register: str, grids: Sequence[Grid], mapping: LedgerMapping, kind: str = "") -> Rows:
    """The rows of ``register`` (key of a sheet of the ledger) in a file. ``kind``: of documents, where the file has no such column."""
    layout = _located(register, grids, mapping)
    years: list[Problem] = []
    if kind:
        grids = [_with_kind(grid, layout, kind) for grid in grids]
        layout = _located(register, grids, mapping)
    if dated := [one for one in layout.registers if one.sheet.key == register and _year_column(one) is not None]:
        years = [_told_of_years(one) for one in dated]
        grids = [next((_with_years(one) for one in dated if one.grid is grid), grid) for grid in grids]
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
    return Rows(tuple(read), tuple(asked), tuple(problems), (*years, *notes))


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


def _year_column(located: Located) -> int | None:
    """Where a sheet of figures names the year, beside a column of months: index from 0."""
    if "period" not in located.columns:
        return None
    used = set(located.columns.values())
    heads = enumerate(located.grid.rows[located.head_row])
    return next(
        (at for at, head in heads if at not in used and isinstance(head, str) and fold(head) in _YEAR_HEADS), None
    )


def _told_of_years(located: Located) -> Problem:
    heads = located.grid.rows[located.head_row]
    year = _year_column(located)
    assert year is not None  # asked of such sheets only
    text = f"“{heads[year]}”和“{heads[located.columns['period']]}”两列合起来作为“{located.sheet.column('period').head}”"
    return Problem("note", located.grid.name, located.head_row + 1, None, text)


def _with_years(located: Located) -> Grid:
    """The sheet with each period said with its year; a year that is printed once holds until the next."""
    at, period = _year_column(located), located.columns["period"]
    assert at is not None  # asked of such sheets only
    last: CellValue = ""
    rows = []
    for index, row in enumerate(located.grid.rows):
        if index > located.head_row and not is_empty(row[period]):
            last = last if is_empty(row[at]) else row[at]
            changed = {period: _dated(last, row[period]), at: ""}  # the year is said; a sum starts with its own word
            row = [changed.get(place, cell) for place, cell in enumerate(row)]
        rows.append(row)
    return Grid(located.grid.name, rows)


def _dated(year: CellValue, period: CellValue) -> CellValue:
    """The period in its year. What can't be put together is left as a text that is refused, and that names both."""
    try:
        named, _ = period_of(period)
    except RefusedValue:
        return period
    text = str(year.year) if isinstance(year, date) else text_of(year)
    found = _YEAR.fullmatch(fold(text))
    if is_empty(year) or (found and named == int(found[1])):
        return period
    return f"{found[1]}年{text_of(period)}" if found and named is None else f"{text} {text_of(period)}"
