"""The ledger's workbook (台账): blank, or filled with rows, for Excel, WPS and LibreOffice.

Sums stand in a 合计 line right below the heads and on the sheet 汇总, never below the data: a clerk adds rows at the end
without limit, and no sum is ever left behind or overwritten.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ..law.outcomes import newest_form
from ..law.terms import Vocabulary
from ..narrative import FactItem
from ..report.form import form_for_year
from ..report.report import Number
from .columns import LedgerColumn, LedgerSheet, ledger_facts, ledger_sheet, ledger_sheets, vocabularies
from .heads import OWN_SHEETS
from .reading import column_name
from .summary import write_summary

Contents = Mapping[str, Sequence[Mapping[str, str | Number | date]]]
"""Rows by register and column key. A term stands as its code; a row of 情况 is ``{"item": its key, "value": …}``."""

HEAD_ROW, SUM_ROW = 1, 2
"""Rows of the heads and of the sums, from 0; the title is row 0."""

LAST_ROW = 20_000
"""Rows prepared with lists, checks and sums; the compiler reads on beyond them."""

_INSTRUCTIONS, _, _LISTS = OWN_SHEETS
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_DARK, _MIDDLE, _PALE, _INPUT, _ALARM = "#1F4E79", "#5B87B2", "#EAF1F8", "#FFF9DB", "#F8CBCB"

_HOW_TO = (
    ("用途", "登记全年的依申请公开、复议诉讼、文件、处理决定和收费情况，用来编制政府信息公开工作年度报告。"),
    ("开始", "先在“汇总”工作表填写报告年度，再逐张登记。平时随办随记，年底不必另行统计。"),
    ("一行一件", "“依申请公开”一件申请一行，“复议诉讼”一件案件一行，“规章和规范性文件”一件文件一行。"),
    ("表头颜色", "深色表头的列必须填写，浅色表头的列按情况填写。鼠标停在表头上，可以看到怎样填、依据和举例。"),
    ("列表", "申请人类型、办理结果等从列表中选择，各选项的含义和依据见“选项”工作表。"),
    ("日期", "写成 2025-03-01 的样子。没有办结、没有审结的，日期留空。"),
    ("上年结转", "上年收到、上年没有办结的申请，也要登记，编制报告时按收到日期计入上年结转。"),
    ("增加行", "接着最后一行往下写即可，也可以在中间插入行。表头下面的“合计”行和“汇总”工作表自动计算，不必填写。"),
    ("红色格", "必填的没有填、日期先后颠倒、编号重复的，格子变成红色，请改正。"),
    (
        "编制报告",
        "运行 gongkai compile 台账.xlsx --organ 机关名称 --year 年度 -o 报告.docx，得到可以用 Word 修改的报告。",
    ),
    ("不能统计的行", "有一行不能统计，就不出报告，并逐行说明在哪张工作表、哪一行、哪一列和原因。改正后再编制。"),
    ("个人信息", "申请人、申请内容只供本机关内部使用，不写入年度报告。本台账不要对外公开。"),
)


def blank_ledger(year: int | None = None) -> bytes:
    """An empty ledger as XLSX bytes, the same bytes every time. ``year``: filled in as 报告年度 where given."""
    return write_ledger({}, year)


def write_ledger(contents: Contents, year: int | None = None) -> bytes:
    """A ledger with these rows as XLSX bytes. Raises KeyError for a register, column or term that does not exist."""
    import xlsxwriter

    for key in contents:
        ledger_sheet(key)  # a register that does not exist would else be left out in silence
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": "政府信息公开工作台账", "created": datetime(2021, 9, 26)})  # no clock: same bytes
    styles = _Styles(book)
    _write_how_to(book, styles)
    for sheet in ledger_sheets():
        rows = contents.get(sheet.key, ())
        _write_register(book, styles, sheet, _fact_rows(rows) if sheet.key == "facts" else rows, _lists_of(sheet))
    write_summary(book, year, form_for_year(year) if year else newest_form(), LAST_ROW)
    _write_lists(book, styles, vocabularies())
    book.close()
    return buffer.getvalue()


def blank_register(key: str, how: str, lists: Mapping[str, Vocabulary]) -> bytes:
    """One register of the ledger alone, empty, as XLSX bytes, the same bytes every time. Raises KeyError for an unknown key.

    ``how``: the line above the heads that says how to fill it in. ``lists``: by key of a column, what is offered there, where
    that is another list than the column's own: the terms that an office may choose, the names of its divisions.
    """
    import xlsxwriter

    sheet = replace(ledger_sheet(key), title=how)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": f"{sheet.name}空白表样", "created": datetime(2021, 9, 26)})  # no clock: same bytes
    styles = _Styles(book)
    offered = {**_lists_of(sheet), **lists}
    page = _write_register(book, styles, sheet, (), offered)
    width = sum(column.width for column in sheet.columns)
    page.set_row(0, row_height((how, width)) + 6)
    page.merge_range(0, 0, 0, len(sheet.columns) - 1, how, styles.how)
    if offered:
        _write_lists(book, styles, {one.key: one for one in offered.values()})
    book.close()
    return buffer.getvalue()


def first_row(sheet: LedgerSheet) -> int:
    """The first row of data of a register, from 0: below the 合计 line where it has one."""
    return SUM_ROW + 1 if any(column.sum for column in sheet.columns) else SUM_ROW


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        def style(**more: Any) -> Any:
            return book.add_format({**_FONT, **more})

        head = {"bold": True, "font_color": "white", "align": "center", "text_wrap": True, "border": 1}
        self.title = style(bold=True, font_size=14, font_color=_DARK)
        self.how = style(font_color=_DARK, text_wrap=True, align="left")
        self.required = style(**head, bg_color=_DARK)
        self.optional = style(**head, bg_color=_MIDDLE)
        self.sum = style(bold=True, bg_color=_PALE, border=1, align="center")
        self.label = style(bold=True, bg_color=_PALE, border=1, text_wrap=True)
        self.wrapped = style(text_wrap=True, border=1)
        self.input = style(text_wrap=True, border=1, bg_color=_INPUT, align="left")
        self.alarm = book.add_format({"bg_color": _ALARM})
        self.by_type = {
            "text": style(num_format="@", text_wrap=True),
            "date": style(num_format="yyyy-mm-dd", align="center"),
            "term": style(text_wrap=True),
            "count": style(num_format="0"),
            "amount": style(num_format="General"),
            "period": style(num_format="@"),
        }


def _write_how_to(book: Any, styles: _Styles) -> None:
    sheet = book.add_worksheet(_INSTRUCTIONS)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 96)
    sheet.set_row(0, 30)
    sheet.write(0, 0, "政府信息公开工作台账填写说明", styles.title)
    for row, (what, how) in enumerate(_HOW_TO, 2):
        sheet.set_row(row, row_height((how, 92)) + 6)
        sheet.write(row, 0, what, styles.label)
        sheet.write(row, 1, how, styles.wrapped)
    _set_up_page(sheet, None)


def _write_register(
    book: Any,
    styles: _Styles,
    sheet: LedgerSheet,
    rows: Sequence[Mapping[str, str | Number | date]],
    lists: Mapping[str, Vocabulary],
) -> Any:
    """The register's sheet, which is returned. ``lists``: what is offered, by key of the column."""
    page = book.add_worksheet(sheet.name)
    first = first_row(sheet)
    page.set_row(0, 28)
    page.write(0, 0, sheet.title, styles.title)
    page.set_row(HEAD_ROW, 32)
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, styles.by_type[column.type])
        page.write(HEAD_ROW, index, column.head, styles.required if column.required else styles.optional)
        comment = {"x_scale": 2.2, "y_scale": 1.3, "font_name": "宋体", "font_size": 10, "author": ""}
        page.write_comment(HEAD_ROW, index, _comment(column), comment)
        if first > SUM_ROW:
            _write_sum(page, styles, sheet, index, column)
        _add_checks(page, styles, sheet, index, column, lists.get(column.key))
    for number, values in enumerate(rows, first):
        for key, value in values.items():
            index = next(n for n, column in enumerate(sheet.columns) if column.key == sheet.column(key).key)
            _write_cell(page, number, index, sheet.columns[index], value, styles)
    page.freeze_panes(first, 1)
    if sheet.key == "facts":
        _finish_facts(page, styles, first, rows)
    _set_up_page(page, first - 1)
    return page


def _comment(column: LedgerColumn) -> str:
    needed = "必填。" if column.required else ""
    basis = f"\n依据：{column.article}" if column.article else ""
    return f"{needed}{column.note}{basis}"


def _write_sum(page: Any, styles: _Styles, sheet: LedgerSheet, index: int, column: LedgerColumn) -> None:
    """The 合计 line: how many rows in its first cell, then the sums. Text first, so that no reader takes it for data."""
    if index == 0:
        counted = next(n for n, one in enumerate(sheet.columns) if one.sum == "rows")
        formula = f'="合计："&COUNTA({_below(sheet, counted)})&" 行"'
        page.write_formula(SUM_ROW, 0, formula, styles.sum, "")
    elif column.sum == "sum":
        page.write_formula(SUM_ROW, index, f"=SUM({_below(sheet, index)})", styles.sum, "")
    else:
        page.write_blank(SUM_ROW, index, None, styles.sum)


def row_height(*cells: tuple[str, int]) -> int:
    """The height in points of a row whose texts are wrapped in columns of these widths (in characters)."""
    lines = max(math.ceil(sum(2 if ord(mark) > 0x2E7F else 1.1 for mark in text) / width) for text, width in cells)
    return 4 + 15 * max(lines, 1)


def _below(sheet: LedgerSheet, index: int) -> str:
    letter = column_name(index)
    return f"${letter}${first_row(sheet) + 1}:${letter}${LAST_ROW}"


def _add_checks(
    page: Any, styles: _Styles, sheet: LedgerSheet, index: int, column: LedgerColumn, offered: Vocabulary | None
) -> None:
    """Lists and limits while typing, and red cells for what a paste brings past them."""
    first, last = first_row(sheet), LAST_ROW - 1
    area = (first, index, last, index)
    page_rule = _validation(column, offered)
    if page_rule:
        page.data_validation(*area, page_rule)
    if sheet.key == "facts":
        return
    letter, row = column_name(index), first + 1
    letters = {one.key: column_name(n) for n, one in enumerate(sheet.columns)}
    end = column_name(len(sheet.columns) - 1)
    wrong = []
    if column.required:
        wrong.append(f'AND(COUNTA($A{row}:${end}{row})>0,${letter}{row}="")')
    if column.once:
        wrong.append(f'AND(${letters[column.once]}{row}<>"",${letter}{row}="")')
    if column.after:
        wrong.append(f'AND(${letter}{row}<>"",${letter}{row}<${letters[column.after]}{row})')
    if wrong:
        rule = {"type": "formula", "criteria": f"=OR({','.join(wrong)})", "format": styles.alarm}
        page.conditional_format(*area, rule)
    if column.unique:
        page.conditional_format(*area, {"type": "duplicate", "format": styles.alarm})


def _validation(column: LedgerColumn, offered: Vocabulary | None) -> dict[str, Any] | None:
    if offered:
        return {
            "validate": "list",
            "source": f"={_list_name(offered)}",
            "error_title": column.head,
            "error_message": "请从列表中选择一项。",
        }
    match column.type:
        case "date":
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": date(1949, 10, 1),
                "maximum": date(2099, 12, 31),
                "error_title": column.head,
                "error_message": "请填写日期，写成 2025-03-01 的样子。",
            }
        case "count":
            return {
                **_AT_LEAST_0,
                "validate": "integer",
                "error_title": column.head[:32],
                "error_message": "请填写整数。",
            }
        case "amount":
            return {
                **_AT_LEAST_0,
                "validate": "decimal",
                "error_title": column.head[:32],
                "error_message": "请填写金额。",
            }
        case _:
            return None


_AT_LEAST_0 = {"criteria": ">=", "value": 0}


def _write_cell(
    page: Any, row: int, index: int, column: LedgerColumn, value: str | Number | date, styles: _Styles
) -> None:
    style = styles.by_type[column.type]
    if isinstance(value, date):
        page.write_datetime(row, index, datetime(value.year, value.month, value.day), style)
    elif isinstance(value, str):
        text = vocabularies()[column.list][value].listed if column.type == "term" else value
        page.write_string(row, index, text, style)
    else:
        page.write_number(row, index, value, style)


def _fact_rows(given: Sequence[Mapping[str, str | Number | date]]) -> list[dict[str, str | Number | date]]:
    """Every line of the sheet 情况, with the values given. Raises KeyError for an item that does not exist."""
    values = {str(row["item"]): row["value"] for row in given}
    if unknown := values.keys() - {item.key for item in ledger_facts()}:
        raise KeyError(*unknown)
    form = newest_form()
    places = {"introduction": "导语", "other_matters": form.section("other_matters").heading}
    places |= {part.key: part.heading for part in form.section("overview").parts}
    return [
        {
            "part": places[item.part],
            "item": item.label,
            "hint": _hint(item),
            **({"value": values[item.key]} if item.key in values else {}),
        }
        for item in ledger_facts()
    ]


def _hint(item: FactItem) -> str:
    return item.note + (f"依据：{item.article}。" if item.article else "")


def _finish_facts(page: Any, styles: _Styles, first: int, rows: Sequence[Mapping[str, str | Number | date]]) -> None:
    """The cells to fill in stand out, and those for figures take figures only."""
    sheet = ledger_sheet("facts")
    value = [column.key for column in sheet.columns].index("value")
    for number, (item, row) in enumerate(zip(ledger_facts(), rows, strict=True), first):
        page.set_row(number, row_height((_hint(item), sheet.column("hint").width)))
        page.write(number, value, row.get("value", ""), styles.input)
        if item.type != "text":
            kind = {"validate": "integer" if item.type == "count" else "decimal", "error_title": "填写"}
            page.data_validation(number, value, number, value, {**_AT_LEAST_0, **kind, "error_message": "请填写数字。"})


def _list_name(vocabulary: Vocabulary) -> str:
    """The defined name that the drop-down lists refer to."""
    return f"{vocabulary.name}选项"


def _lists_of(sheet: LedgerSheet) -> dict[str, Vocabulary]:
    """What the columns of a register choose from, by their keys."""
    return {column.key: vocabularies()[column.list] for column in sheet.columns if column.list}


def _list_ranges(lists: Mapping[str, Vocabulary]) -> dict[str, tuple[int, int]]:
    """First and last row of each list on the sheet 选项, from 0."""
    ranges = {}
    row = 2
    for key, vocabulary in lists.items():
        ranges[key] = (row + 1, row + len(vocabulary.terms))
        row += len(vocabulary.terms) + 2
    return ranges


def _write_lists(book: Any, styles: _Styles, lists: Mapping[str, Vocabulary]) -> None:
    sheet = book.add_worksheet(_LISTS)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 2, 70)
    sheet.set_row(0, 28)
    sheet.write(0, 0, "各列表的选项、依据和含义（供列表引用，请勿改动）", styles.title)
    ranges = _list_ranges(lists)
    for key, vocabulary in lists.items():
        first, last = ranges[key]
        told = ("依据", "含义") if any(term.article or term.note for term in vocabulary.terms) else ()
        for column, head in enumerate((vocabulary.name, *told)):
            sheet.write(first - 1, column, head, styles.optional)
        for row, term in enumerate(vocabulary.terms, first):
            sheet.set_row(row, row_height((term.listed, 44), (term.article, 44), (term.note, 70)))
            for column, text in enumerate((term.listed, term.article, term.note)):
                sheet.write_string(row, column, text, styles.wrapped)
        book.define_name(_list_name(vocabulary), f"={_LISTS}!$A${first + 1}:$A${last + 1}")
    _set_up_page(sheet, 0)


def _set_up_page(page: Any, repeat_to: int | None) -> None:
    """A4 across, as wide as the page, heads on every page, numbered, with lines."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer("&C第 &P 页，共 &N 页")
    if repeat_to is not None:
        page.repeat_rows(0, repeat_to)
        page.hide_gridlines(0)
