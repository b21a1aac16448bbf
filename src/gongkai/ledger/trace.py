"""The rows behind every figure, as a table and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..report.form import CellKey
from ..report.report import Report
from .problem import ranges
from .reading import RowRef

TRACE_HEADS = ("格键", "数据", "数值", "工作表", "行数", "行")
"""Heads of the table of sources."""

TraceRow = tuple[str, str, str, str, int, str]


def trace_rows(report: Report, trace: Mapping[CellKey, Sequence[RowRef]]) -> tuple[TraceRow, ...]:
    """For every cell of the form in its order: key, name, figure, sheet, how many rows, and which: ``4—9、12``.

    A cell that draws on several sheets has a line for each; one without rows has a line with an empty sheet.
    """
    form = report.form
    if form is None:
        return ()
    lines: list[TraceRow] = []
    for key, cell in form.cells.items():
        number = report.values.get(key)
        figure = "" if number is None else str(number)
        sheets: dict[str, list[int]] = {}
        for ref in trace.get(key, ()):
            sheets.setdefault(ref.sheet, []).append(ref.row)
        if not sheets:
            lines.append((key, cell.name, figure, "", 0, ""))
        lines += [(key, cell.name, figure, name, len(rows), ranges(tuple(rows))) for name, rows in sheets.items()]
    return tuple(lines)


def rows_told(rows: Sequence[RowRef]) -> tuple[str, ...]:
    """The rows that a figure counts, a text for each sheet: ``依申请公开 第 4—9、12 行（共 7 行）``."""
    sheets: dict[str, list[int]] = {}
    for ref in rows:
        sheets.setdefault(ref.sheet, []).append(ref.row)
    return tuple(f"{sheet} 第 {ranges(tuple(own))} 行（共 {len(own)} 行）" for sheet, own in sheets.items())


def trace_text(report: Report, trace: Mapping[CellKey, Sequence[RowRef]]) -> str:
    """The sources of every figure other than 0, a line each, for reading."""
    return "".join(
        f"{name} = {figure}：{sheet} 第 {rows} 行（共 {number} 行）\n"
        for _, name, figure, sheet, number, rows in trace_rows(report, trace)
        if rows
    )
