"""The sheet 汇总: the report's tables, counted by the spreadsheet itself while the ledger is being filled in.

It counts by the same rules as ``gongkai.ledger.tally``, in formulas, so that a clerk sees at any time where the year
stands; the report is compiled from the rows, never from this sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..law import (
    applicant_kinds,
    decision_kinds,
    document_figures,
    document_kinds,
    outcome_row,
    outcomes,
    remedy_kinds,
    remedy_results,
)
from ..law.instruments import instrument
from ..report.form import Form, Row
from .columns import ledger_sheet
from .heads import OWN_SHEETS
from .reading import RowRef, column_name

_NAME = OWN_SHEETS[1]
_FROM, _TO = "$E$2", "$G$2"
"""Cells that hold the first and the last day of the reporting year."""

YEAR_CELL = RowRef(_NAME, 2)
"""The row whose column B holds the reporting year."""

FIRST_ROW = 4
"""First row of data in the registers counted here, from 1."""


def write_summary(book: Any, year: int | None, form: Form, last_row: int) -> None:
    """Add the sheet to a workbook whose registers were written down to ``last_row``."""
    font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    title = book.add_format({**font, "bold": True, "font_size": 14, "font_color": "#1F4E79"})
    head = book.add_format(
        {**font, "bold": True, "bg_color": "#EAF1F8", "border": 1, "align": "center", "text_wrap": True}
    )
    label = book.add_format({**font, "border": 1, "text_wrap": True})
    figure = book.add_format({**font, "border": 1, "align": "center"})
    entry = book.add_format({**font, "border": 1, "align": "center", "bg_color": "#FFF9DB", "bold": True})
    day = book.add_format({**font, "border": 1, "align": "center", "num_format": "yyyy-mm-dd"})

    sheet = book.add_worksheet(_NAME)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 8, 13)
    sheet.set_row(0, 28)
    sheet.write(0, 0, "汇总：按已登记的各行自动计算，不必填写（报告年度除外）", title)
    sheet.write(1, 0, "报告年度", head)
    sheet.write(1, 1, year if year is not None else "", entry)
    first = instrument("regulations_first").in_force_since.year
    sheet.data_validation(
        1, 1, 1, 1,
        {"validate": "integer", "criteria": "between", "minimum": first, "maximum": 2099,
         "error_title": "报告年度", "error_message": "请填写四位数字的年度，例如 2025。"},
    )  # fmt: skip
    sheet.write(1, 3, "统计期限自", head)
    sheet.write_formula(1, 4, '=IF($B$2="",DATE(1949,10,1),DATE($B$2,1,1))', day, "")
    sheet.write(1, 5, "至", head)
    sheet.write_formula(1, 6, '=IF($B$2="",DATE(2099,12,31),DATE($B$2,12,31))', day, "")

    row = 3
    for block in (_applications(form), _remedies(form), _documents(), _decisions()):
        sheet.write(row, 0, block.title, title)
        for index, text in enumerate(("", "", *block.columns)):
            sheet.write(row + 1, index, text, head)
        row += 2
        top = row
        for line in block.lines:
            sheet.set_row(row, 34 if len(line.label) > 21 else 19)
            sheet.write(row, 0, line.group, label)
            sheet.write(row, 1, line.label, label)
            for index, formula in enumerate(line.formulas, 2):
                sheet.write_formula(row, index, _placed(formula, top, row, index, last_row), figure, "")
            row += 1
        row += 1
    sheet.freeze_panes(2, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of figures. In a formula ``{name.key}`` stands for a column of a register, ``{n}`` for line n above it in
    the same column, ``{left}`` for the figures to its left."""

    group: str
    label: str
    formulas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    title: str
    columns: tuple[str, ...]
    lines: tuple[_Line, ...]


_REFERENCE = re.compile(r"\{(\w+)(?:\.(\w+))?\}")


def _placed(formula: str, top: int, row: int, index: int, last_row: int) -> str:
    """A formula with its references put in: columns of registers, lines of its block, the figures to its left."""

    def reference(found: re.Match[str]) -> str:
        name, key = found.groups()
        if key:
            register = ledger_sheet(name)
            letter = column_name([column.key for column in register.columns].index(key))
            return f"{register.name}!${letter}${FIRST_ROW}:${letter}${last_row}"
        if name == "left":
            return f"$C{row + 1}:{column_name(index - 1)}{row + 1}"
        return f"{column_name(index)}{top + int(name) + 1}"

    return _REFERENCE.sub(reference, formula)


def _within(column: str) -> str:
    return f'{{{column}}},">="&{_FROM},{{{column}}},"<="&{_TO}'


def _applications(form: Form) -> _Block:
    """表三 as the form prints it, with its balance below."""
    table = form.table("applications")
    kinds = {term.code: term.listed for term in applicant_kinds().terms}
    rows, columns = table.blocks[0].rows, table.blocks[0].columns
    places = {row.key: number for number, row in enumerate(rows)}
    results = [places[row.key] for row in rows if row.result]
    received, finished = "{applications.received}", "{applications.finished}"

    def formula(row: Row, kind: str) -> str:
        of_kind = f'COUNTIFS({{applications.applicant_kind}},"{kind}",'
        if row.result:
            counted = [term.listed for term in outcomes().terms if outcome_row(term.code, form) == row.key]
            within = _within("applications.finished")
            return "+".join(f'{of_kind}{{applications.outcome}},"{listed}",{within})' for listed in counted)
        match row.key:
            case "received":
                return f"{of_kind}{_within('applications.received')})"
            case "carried_in":
                old = f'{of_kind}{received},"<"&{_FROM},{finished}'
                return f'{old},"=")+{old},">="&{_FROM})'
            case "carried_over":
                so_far = f'{of_kind}{received},"<="&{_TO},{finished}'
                return f'{so_far},"=")+{so_far},">"&{_TO})'
            case _:
                return f"SUM({{{results[0]}}}:{{{results[-1]}}})"

    lines = [
        _Line(
            table.group(row.group).label if row.group else "",
            row.label,
            tuple("=SUM({left})" if column.total else f"={formula(row, kinds[column.key])}" for column in columns),
        )
        for row in rows
    ]
    new, old, done, left = ("{" + str(places[key]) + "}" for key in ("received", "carried_in", "total", "carried_over"))
    balance = f'=IF({new}+{old}={done}+{left},"平衡","请检查")'
    lines.append(_Line("", "勾稽关系：第一项加第二项之和，等于第三项加第四项之和", (balance,) * len(columns)))
    heads = tuple(kinds.get(column.key, column.heading) for column in columns)
    return _Block(f"{table.name} {form.section(table.section).heading}", heads, tuple(lines))


def _remedies(form: Form) -> _Block:
    table = form.table("remedies")
    results = remedy_results().terms
    lines = []
    for kind in remedy_kinds().terms:
        counted = f'COUNTIFS({{remedies.kind}},"{kind.listed}",{{remedies.joint}},"<>是",'
        open_ = f'{counted}{{remedies.begun}},"<="&{_TO},{{remedies.closed}}'
        formulas = [
            f'={open_},"=")+{open_},">"&{_TO})'
            if result.code == "pending"
            else f'={counted}{{remedies.result}},"{result.listed}",{_within("remedies.closed")})'
            for result in results
        ]
        lines.append(_Line(kind.group, kind.label, (*formulas, "=SUM({left})")))
    total = next(column.heading for block in table.blocks for column in block.columns if column.total)
    heads = (*(result.label for result in results), total)
    return _Block(f"{table.name} {form.section(table.section).heading}", heads, tuple(lines))


def _documents() -> _Block:
    lines = []
    for kind in document_kinds().terms:
        counted = f'COUNTIFS({{documents.kind}},"{kind.listed}",'
        valid = f'{counted}{{documents.issued}},"<="&{_TO},'
        in_force = "+".join(
            f"{valid}{{documents.repealed}},{repealed},{{documents.expires}},{expires})"
            for repealed in ('"="', f'">"&{_TO}')
            for expires in ('"="', f'">="&{_TO}')
        )
        figures = [f"={counted}{_within(f'documents.{figure}')})" for figure in ("issued", "repealed")]
        lines.append(_Line(kind.article.split(" ")[-1], kind.label, (*figures, f"={in_force}")))
    heads = tuple(column.heading for column in document_figures())
    return _Block("表二 规章和行政规范性文件", heads, tuple(lines))


def _decisions() -> _Block:
    """All rows together: a period is text, which a spreadsheet can't tell the year of."""
    lines = tuple(
        _Line(
            term.article.split(" ")[-1],
            ledger_sheet("decisions").column(term.code).head,
            (f"=SUM({{decisions.{term.code}}})",),
        )
        for term in decision_kinds().terms
    )
    return _Block("表二 决定数量和收费", ("全部各行合计",), lines)
