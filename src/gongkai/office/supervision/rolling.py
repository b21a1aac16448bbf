"""The roll-up (汇总) of a government as pages and workbooks show it: parts in lines, figures in columns."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from django.urls import reverse

from gongkai.report.form import Cell, CellKey, Form
from gongkai.report.report import Number
from gongkai.rollup import field_for

from ..filings.content import Content
from ..filings.rollup import RolledPart, RolledUp


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be looked at: a row of the form, or the whole of table 二. ``key``: as the address names it."""

    key: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A part with its figures. ``figures``: what is printed and whether it is added; ``status``: Chinese; ``good``: it has filed."""

    name: str
    status: str
    good: bool
    under: str
    address: str
    figures: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A column's sum, and what the government's own report prints. ``differs``: they are not the same."""

    summed: Number | None
    printed: Number | None
    differs: bool

    @property
    def difference(self) -> str:
        """By how much the report prints more or less than the sum."""
        if self.summed is None or not self.differs:
            return ""
        difference = (self.printed or 0) - self.summed
        return f"+{difference}" if difference > 0 else f"−{-difference}"


def choices(form: Form) -> list[Choice]:
    """Everything that can be looked at, in the order of the form."""
    found: dict[str, list[Cell]] = {}
    for cell in form.cells.values():
        table = cell.table
        key = table.key if table.layout == "blocks" else f"{table.key}.{cell.row.key}"
        found.setdefault(key, []).append(cell)
    return [Choice(key, _label(cells), tuple(cells)) for key, cells in found.items()]


def heads(choice: Choice) -> list[str]:
    """The heads of a choice's columns."""
    if choice.cells[0].table.layout == "blocks":
        return [f"{cell.row.label}{cell.column.name}" for cell in choice.cells]
    return [cell.column.name for cell in choice.cells]


def lines(rolled: RolledUp, cells: Sequence[Cell]) -> list[Line]:
    """Every part with its figures in these cells."""
    return [_line(part, rolled, cells) for part in rolled.parts]


def totals(rolled: RolledUp, content: Content | None, cells: Sequence[Cell]) -> list[Total]:
    """The sums of these cells beside the government's own report, where there is one."""
    found = []
    for cell in cells:
        summed = rolled.rollup.values[cell.key]
        printed = content.report.values.get(cell.key) if content else None
        differs = content is not None and summed is not None and (printed or 0) != summed
        found.append(Total(summed, printed, differs))
    return found


def ways(cells: Sequence[Cell]) -> list[tuple[str, str, str]]:
    """How these cells are added up: why, article, and the mark of what no rule says in so many words."""
    used = dict.fromkeys(field_for(cell.key) for cell in cells)
    return [(one.why, one.article, one.certainty) for one in used]


def status_of(part: RolledPart) -> tuple[str, bool]:
    """How a part stands, and whether it counts."""
    if part.own:
        return "本级登记的数据", True
    if part.filing is None:
        return "没有报告", False
    if part.filed is None:
        return f"没有报送（{part.filing.get_stage_display()}）", False
    if part.filed.broken:
        return "记录不一致，没有计入", False
    stage = part.filing.get_stage_display() if part.filed.version != part.filing.public else "已经公布"
    return f"{stage}，第{part.filed.version}版", True


def workbook(rolled: RolledUp, content: Content | None, form: Form, title: str) -> bytes:
    """The whole roll-up: a line a cell, a column a part, the sums and the government's own report before them."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet = book.add_worksheet("汇总")
    sheet.freeze_panes(2, 6)
    sheet.write_string(0, 0, title)
    names = ["表", "项目", "栏目", "各单位合计", "本级报告", "差额"]
    for column, name in enumerate([*names, *(one.name for one in rolled.parts)]):
        sheet.write_string(1, column, name, head)
        sheet.set_column(column, column, 40 if column == 1 else 14)
    keys = [part.key for part in rolled.parts]
    for row, (cell, total) in enumerate(
        zip(form.cells.values(), totals(rolled, content, list(form.cells.values())), strict=True), 2
    ):
        for column, text in enumerate((cell.table.name, cell.row.label, cell.column.name)):
            sheet.write_string(row, column, text, plain)
        given = rolled.rollup.by_cell[cell.key]
        difference = (total.printed or 0) - total.summed if total.differs and total.summed is not None else None
        for column, number in enumerate((total.summed, total.printed, difference, *map(given.get, keys)), 3):
            _write(sheet, row, column, number, plain)
    _write_parts(book, rolled, head, plain)
    book.close()
    return buffer.getvalue()


def _write_parts(book: xlsxwriter.Workbook, rolled: RolledUp, head: object, plain: object) -> None:
    sheet = book.add_worksheet("单位")
    sheet.set_column(0, 1, 40)
    for column, name in enumerate(("单位", "报送情况")):
        sheet.write_string(0, column, name, head)
    rows = [(part.name, status_of(part)[0]) for part in rolled.parts]
    rows += [(name, f"由{superior}垂直管理，不计入") for name, superior in rolled.left_out]
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, plain)


def _write(sheet: object, row: int, column: int, number: Number | None, style: object) -> None:
    if number is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(number, Decimal) and Decimal(f"{float(number):.15G}") != number:
        sheet.write_string(row, column, format(number, "f"), style)
    else:
        sheet.write_number(row, column, number, style)


def _line(part: RolledPart, rolled: RolledUp, cells: Sequence[Cell]) -> Line:
    status, good = status_of(part)
    address = reverse("filings_tables", args=[part.organ.code, part.filing.year]) if part.filing else ""
    under = part.under.name_on(part.under.since) if part.under and not part.own else ""
    return Line(part.name, status, good, under, address, tuple(_figure(part, rolled, cell.key) for cell in cells))


def _figure(part: RolledPart, rolled: RolledUp, key: CellKey) -> tuple[str, bool]:
    added = rolled.rollup.by_cell[key].get(part.key)
    if added is not None:
        return str(added), True
    known = rolled.rollup.parts[part.key].values
    printed = known.get(key) if known else None
    return ("" if printed is None else str(printed)), False


def _label(cells: Sequence[Cell]) -> str:
    table, row = cells[0].table, cells[0].row
    if table.layout == "blocks":
        return f"{table.name}　全部"
    group = table.group(row.group).label if row.group else ""
    return f"{table.name}　{group}{row.label}"
