"""A report as a workbook: text and tables on sheets in the report's order, figures as numbers, sources at the end."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..errors import WritingError
from ..form import CellKey
from ..report import Number
from .layout import PrintedReport, PrintedSection
from .tables import PrintedCell, PrintedTable
from .theme import BAND_SHADE, ems

_COLUMNS_WIDTH = 72
"""Width of a sheet in characters of the common font: what an upright page holds."""

_LONGEST = 32767
"""Characters that a cell of a workbook holds."""

TRACE_SHEET = "数据来源"

_TRACE_HEADS = {"表": 6, "格": 60, "数": 10, "台账中的行": 60, "格键": 46}
"""Heads of the sheet of sources and the widths of its columns."""


def write_xlsx(printed: PrintedReport, trace: Mapping[CellKey, Sequence[str]] | None = None) -> bytes:
    """The workbook's bytes, the same for the same report. ``trace``: for each figure the rows that it counts."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": printed.full_title, "author": printed.organ, "created": datetime(2000, 1, 1)})
    formats = _formats(book)
    sheets = _Sheets(book, formats)
    sheets.cover(printed)
    for section in printed.sections:
        sheets.section(section)
    if trace:
        _write_trace(book, printed, trace, formats)
    book.close()
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    boxed = {"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 18, "align": "center", "text_wrap": True}),
        "heading": book.add_format({"bold": True, "font_size": 14, "text_wrap": True}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "font_size": 12}),
        "centre": book.add_format(boxed),
        "left": book.add_format({**boxed, "align": "left"}),
        "band": book.add_format({**boxed, "align": "left", "bg_color": f"#{BAND_SHADE}"}),
        "vertical": book.add_format({**boxed, "rotation": 270}),
    }


class _Sheets:
    """Adds sheets in the report's order."""

    def __init__(self, book: Any, formats: dict[str, Any]) -> None:
        self.book = book
        self.formats = formats
        self.sheet: Any = None
        self.row = 0

    def cover(self, printed: PrintedReport) -> None:
        """Title and introduction, on the first sheet."""
        self._open("正文")
        self._line(printed.title, "title")
        for paragraph in printed.introduction:
            self._line(paragraph.text, "text")

    def section(self, section: PrintedSection) -> None:
        """A section: one with a table on a sheet named after the table, text on the sheet that is open for text."""
        if section.table:
            self._open(section.table.name, section.table.widths)
        elif self.sheet is None:
            self._open(f"正文（{section.number}）")
        self._line(section.heading, "heading")
        for paragraph in section.paragraphs:
            self._line(paragraph.text, "text")
        if section.table:
            _draw(self.sheet, section.table, self.row, self.formats)
            self.sheet = None

    def _open(self, name: str, columns: Sequence[float] = (1,)) -> None:
        self.sheet = self.book.add_worksheet(name)
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        for number, width in enumerate(columns):
            self.sheet.set_column(number, number, round(width * _COLUMNS_WIDTH, 2))
        self.columns = len(columns)
        self.row = 0

    def _line(self, text: str, style: str) -> None:
        if len(text) > _LONGEST:
            raise WritingError(f"有一段文字长达 {len(text)} 字，超过电子表格一格的上限 {_LONGEST} 字。请先分段。")
        if self.columns > 1:
            self.sheet.merge_range(self.row, 0, self.row, self.columns - 1, "", self.formats[style])
        self.sheet.write_string(self.row, 0, text, self.formats[style])
        size = {"title": 18, "heading": 14, "text": 12}[style]
        per_line = _COLUMNS_WIDTH * 11 / 2 / size  # two columns' widths of the common 11 points hold one character
        lines = 1 + int(ems(text) / per_line)
        self.sheet.set_row(self.row, min(400, 1.5 * size * lines))
        self.row += 1


def _draw(sheet: Any, table: PrintedTable, top: int, formats: dict[str, Any]) -> None:
    for cell in table.cells():
        row, column = top + cell.place[0], cell.place[1]
        style = formats[_style(cell)]
        if cell.rows > 1 or cell.span > 1:
            sheet.merge_range(row, column, row + cell.rows - 1, column + cell.span - 1, "", style)
        if cell.number is not None and _holds(cell.number):
            sheet.write_number(row, column, cell.number, style)
        elif cell.text:
            sheet.write_string(row, column, cell.text, style)
        elif cell.rows == cell.span == 1:
            sheet.write_blank(row, column, None, style)
    for line in range(len(table.rows)):
        tallest = max(
            (-(-ems(cell.text) // max(1, _characters(table, cell))) for cell in table.rows[line] if cell.rows == 1),
            default=1,
        )
        sheet.set_row(top + line, 4 + 14 * max(1, tallest))
    if table.heading_rows:
        sheet.repeat_rows(top, top + table.heading_rows - 1)


def _characters(table: PrintedTable, cell: PrintedCell) -> int:
    """How many full-width characters a line of a cell holds."""
    column = cell.place[1]
    return int(sum(table.widths[column : column + cell.span]) * _COLUMNS_WIDTH * 11 / 2 / 10)


def _style(cell: PrintedCell) -> str:
    if cell.vertical:
        return "vertical"
    if cell.role == "band":
        return "band"
    return "centre" if cell.centred else "left"


def _holds(number: Number) -> bool:
    """Whether a workbook's binary number gives exactly these digits back; else they are written as text."""
    return Decimal(f"{float(number):.15G}") == number


def _write_trace(
    book: Any, printed: PrintedReport, trace: Mapping[CellKey, Sequence[str]], formats: dict[str, Any]
) -> None:
    """The sheet of sources: table, row, column, figure, and the rows that it counts, one figure a line."""
    sheet = book.add_worksheet(TRACE_SHEET)
    for column, (head, width) in enumerate(_TRACE_HEADS.items()):
        sheet.write_string(0, column, head, formats["centre"])
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    line = 0
    for table in printed.tables():
        grid = table.grid()
        for cell in table.cells():
            if cell.key and cell.key in trace:
                line += 1
                heads = "，".join(grid[place].text for place in cell.heads)
                sources = "、".join(trace[cell.key])
                if len(sources) > _LONGEST:
                    sources = f"{sources[: _LONGEST - 20]}……共 {len(trace[cell.key])} 行"
                lines = (
                    max(ems(heads) // (_TRACE_HEADS["格"] / 2), ems(sources) // (_TRACE_HEADS["台账中的行"] / 2)) + 1
                )
                sheet.set_row(line, min(400, 4 + 14 * lines))
                sheet.write_string(line, 0, table.name, formats["left"])
                sheet.write_string(line, 1, heads, formats["left"])
                sheet.write_string(line, 2, cell.text, formats["centre"])
                sheet.write_string(line, 3, sources, formats["left"])
                sheet.write_string(line, 4, cell.key, formats["left"])
