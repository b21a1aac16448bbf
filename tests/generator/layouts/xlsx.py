"""Workbooks: everything on one sheet, or a sheet a table; cells merged as in the form."""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import datetime
from typing import Any

from ..draft import Cell, Draft, Paragraph, Table
from .base import Layout, with_covered


def _place(sheet: Any, table: Table, top: int, *, numbers: bool, left: int = 1, merged: bool = True) -> int:
    """Set a table with its corner at ``top`` and ``left``; the number of the row below it."""
    for row, cells in enumerate(with_covered(table), top):
        column = left
        for cell in cells:
            if not cell.covered:
                sheet.cell(row, column).value = _value(cell, numbers)
                if merged and (cell.columns > 1 or cell.rows > 1):
                    sheet.merge_cells(None, row, column, row + cell.rows - 1, column + cell.columns - 1)
            column += cell.columns
    return top + len(table.rows)


def _value(cell: Cell, numbers: bool) -> str | int | float | None:
    if cell.key and numbers and re.fullmatch(r"-?\d+", cell.text):
        return int(cell.text)
    if cell.key and numbers and re.fullmatch(r"-?\d+\.\d+", cell.text):
        return float(cell.text)
    return cell.text or None


def _one_sheet(draft: Draft, rng: random.Random) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = rng.choice(("Sheet1", "年报"))
    numbers, row = rng.random() < 0.7, 1
    for block in draft.blocks:
        if isinstance(block, Table):
            row = _place(sheet, block, row, numbers=numbers) + 1
            continue
        sheet.cell(row, 1).value = block.text
        if rng.random() < 0.5:
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=10)
        row += 1
    return _save(book)


def _sheet_a_table(draft: Draft, rng: random.Random) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "正文"
    numbers, row = rng.random() < 0.7, 1
    names = {"proactive": "主动公开", "applications": "依申请公开", "remedies": "复议诉讼"}
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            sheet.cell(row, 1).value = block.text
            row += 1
            continue
        own = book.create_sheet(names[block.name])
        top = 1
        if rng.random() < 0.5:
            own.cell(1, 1).value = names[block.name] + "情况统计表"
            top = 2
        _place(own, block, top, numbers=numbers)
    return _save(book)


def _loose(draft: Draft, rng: random.Random) -> bytes:
    """No cell merged, nothing in the first rows and columns, the texts apart from the tables by empty rows."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    left, row = rng.randint(1, 3), rng.randint(1, 4)
    for block in draft.blocks:
        if isinstance(block, Table):
            row = _place(sheet, block, row + rng.randint(0, 2), numbers=True, left=left, merged=False)
            row += rng.randint(0, 2)
            continue
        sheet.cell(row, left).value = block.text
        row += rng.randint(1, 2)
    return _save(book)


def _save(book: Any) -> bytes:
    """The workbook's bytes without the time of day in them."""
    book.properties.created = book.properties.modified = datetime(2024, 1, 15, 9, 0, 0)
    out = io.BytesIO()
    book.save(out)
    return undated(out.getvalue())


def undated(data: bytes) -> bytes:
    """An archive packed again with one date for all members, so that a seed gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-01-15T09:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (2024, 1, 15, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


LAYOUTS = (
    Layout("xlsx_one_sheet", "xlsx", _one_sheet),
    Layout("xlsx_sheet_a_table", "xlsx", _sheet_a_table),
    Layout("xlsx_loose", "xlsx", _loose),
)
