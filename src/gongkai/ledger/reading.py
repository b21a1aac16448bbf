"""From the bytes of a workbook to grids of values, every value with its sheet, row and column.

XLSX, XLS and ODS are read alike. A cell merged over several rows stands in each of them, as a reader of the sheet takes
it. Nothing is interpreted here.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from .errors import UnreadableLedgerError

CellValue = str | int | float | bool | date | datetime | time | timedelta
"""What a spreadsheet's cell can hold; an empty one holds ""."""

MAX_BYTES = 400_000_000
"""Unpacked size beyond which a workbook is refused: a register of 100,000 applications unpacks to some 60 MB."""

MAX_ROWS, MAX_COLUMNS = 300_000, 400
"""Extent beyond which a sheet is refused; a stray value in the last cell of a sheet would ask for 17 billion."""

_REFERENCE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True, slots=True)
class RowRef:
    """A row of a ledger, as the spreadsheet program numbers it (from 1)."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: rows of values from A1 on, all of one width."""

    name: str
    rows: Sequence[Sequence[CellValue]]

    @property
    def empty(self) -> bool:
        """Whether no cell holds anything."""
        return all(is_empty(value) for row in self.rows for value in row)


def column_name(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_empty(value: CellValue) -> bool:
    """Whether a cell holds nothing but white space."""
    return isinstance(value, str) and not value.strip()


def read_workbook(data: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook in its order. Raises UnreadableLedgerError, whose text says what to do."""
    import python_calamine as calamine

    _refuse_monsters(data)
    try:
        return tuple(_grids(calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))))
    except calamine.PasswordError as error:
        raise UnreadableLedgerError("台账设有打开密码，无法读取。请取消密码后重试。") from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the library's own errors are many, and on a damaged XLS it panics beside Exception
        raise UnreadableLedgerError("无法打开台账：它不是有效的 XLSX、XLS 或 ODS 工作簿，或者文件已经损坏。") from error


def _grids(book: Any) -> Iterator[Grid]:
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows: list[list[CellValue]] = sheet.to_python(skip_empty_area=False)
        for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
            for row in range(top + 1, min(bottom + 1, len(rows))):
                if left < len(rows[row]):
                    rows[row][left] = rows[top][left]
        yield Grid(name, rows)


def _refuse_monsters(data: bytes) -> None:
    """Refuse what would fill the memory, before a library unpacks it."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise UnreadableLedgerError("台账解压后过大，无法读取。请删除无关的工作表和图片后重试。")
            for entry in archive.infolist():
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    _refuse_extent(archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnreadableLedgerError("无法打开台账：文件已经损坏，或者不是有效的工作簿。") from error


def _refuse_extent(xml: bytes) -> None:
    widest = 0
    highest = 0
    for letters, digits in _REFERENCE.findall(xml):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        widest, highest = max(widest, column), max(highest, int(digits))
    if highest > MAX_ROWS or widest > MAX_COLUMNS:
        raise UnreadableLedgerError(
            f"台账的一张工作表用到了第 {highest} 行、第 {widest} 列，超出可以读取的范围。请删除表格以外的内容后重试。"
        )
