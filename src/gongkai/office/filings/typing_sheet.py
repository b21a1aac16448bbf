"""The sheet from which a report is typed into another system (录入单): every cell in the order of the official form."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from gongkai.report.form import Cell
from gongkai.report.report import Report
from gongkai.report.writing.tables import printed_number

_HEADS = ("表", "序号", "项目", "栏目", "单位", "数值")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell to type. ``number``: its place in its table, from 1, row by row; ``value``: as it is typed, "" where there is none."""

    table: str
    number: int
    row: str
    column: str
    unit: str
    value: str


def entries(report: Report) -> list[Entry]:
    """Every cell of the report's form, table by table, in the form's own order."""
    found: list[Entry] = []
    placed: dict[str, int] = {}
    for key, cell in report.form.cells.items() if report.form else ():
        placed[cell.table.key] = placed.get(cell.table.key, 0) + 1
        value = report.values.get(key)
        told = report.marks.get(key, "") if value is None else printed_number(value)
        found.append(Entry(cell.table.name, placed[cell.table.key], _row(cell), cell.column.heading, cell.unit, told))
    return found


def as_text(listed: Sequence[Entry]) -> str:
    """The sheet as lines with tabs, to be copied and pasted."""
    return "\n".join("\t".join(_texts(one)) for one in listed)


def as_csv(listed: Sequence[Entry]) -> bytes:
    """The sheet as CSV that spreadsheet programs open as it is."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_HEADS)
    writer.writerows(_texts(one) for one in listed)
    return buffer.getvalue().encode("utf-8-sig")


def as_xlsx(listed: Sequence[Entry], title: str) -> bytes:
    """The sheet as a workbook, with a column to tick."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "border": 1})
    plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("录入单")
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 0)
    sheet.write_string(0, 0, title)
    for column, (name, width) in enumerate(zip((*_HEADS, "已录入"), (8, 8, 50, 20, 8, 14, 10), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, head)
    for line, one in enumerate(listed, 2):
        for column, text in enumerate((*_texts(one), "□")):
            if column == len(_HEADS) - 1 and text.isdecimal():
                sheet.write_number(line, column, int(text), plain)
            else:
                sheet.write_string(line, column, text, plain)
    book.close()
    return buffer.getvalue()


def _texts(one: Entry) -> tuple[str, ...]:
    return one.table, str(one.number), one.row, one.column, one.unit, one.value


def _row(cell: Cell) -> str:
    """The row's label under the headings of its groups."""
    labels, group = [cell.row.label], cell.row.group
    while group:
        above = cell.table.group(group)
        labels.insert(0, above.label)
        group = above.parent
    return " ".join(labels)
