"""Findings told to a person, as text: what is printed, what it should be, why, and the repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from ..report.finding import SEVERITY_NAMES, Finding, Severity, Where
from ..report.form import CellKey
from ..report.report import Number, Report
from ..report.writing.tables import printed_number
from .examining import Outcome
from .terminal import coloured

_SYMBOLS = {"error": "✗", "warning": "!", "note": "·"}
_VERDICTS = {"report": "", "reading": "，读取存疑", "not-applicable": "，未能核对"}
_UNREAD = {"not-a-report": "不是年度报告", "older-format": "不是现行格式", "internal-error": "程序出错"}
_LISTED = 10
"""Alternatives listed before the rest are only counted."""


def tell(outcome: Outcome, stream: TextIO) -> Iterator[str]:
    """The lines about one document: whose report it is, how much was found, then each finding.

    Of one that was not read as a report, why.
    """
    if not outcome.read:
        yield coloured(outcome.path, "bold", stream)
        for finding in outcome.findings:
            name = f"{_SYMBOLS[finding.severity]} {_UNREAD.get(finding.code, '不能读取')}"
            yield f"  {coloured(name, finding.severity, stream)}：{finding.message}"
        yield ""
        return
    report = outcome.report
    yield coloured(heading(report), "bold", stream)
    yield f"  文件：{outcome.path}"
    counts = Counter(finding.severity for finding in outcome.findings)
    if outcome.findings:
        yield "  " + "，".join(f"{name} {counts[severity]} 处" for severity, name in SEVERITY_NAMES.items())
    else:
        yield coloured("  没有发现问题。", "good", stream)
    for finding in outcome.findings:
        yield ""
        yield from _finding(finding, report, stream)
    yield ""


def heading(report: Report) -> str:
    """Whose report it is: organ, year and the edition of the form."""
    organ = report.organ or "（没有写明机关）"
    year = f"{report.year} 年度" if report.year else "年度不明"
    return f"{organ}  {year}{f'  {report.edition} 版格式' if report.edition else ''}"


def _finding(finding: Finding, report: Report, stream: TextIO) -> Iterator[str]:
    name = f"{_SYMBOLS[finding.severity]} {SEVERITY_NAMES[finding.severity]}{_VERDICTS[finding.verdict]}"
    place = f"  {_place(finding.where)}" if finding.where and _place(finding.where) else ""
    yield f"  {coloured(name, finding.severity, stream)}{place}  {coloured(finding.code, 'faint', stream)}"
    for change in changes(report, finding.repair or {}):
        yield f"    {coloured(change, 'bold', stream)}"
    yield f"    {finding.message}"
    if finding.where and finding.where.sentence:
        yield f"    原文：“{finding.where.sentence}”"
    for number, alternative in enumerate(finding.alternatives[:_LISTED], 1):
        yield f"    改法 {number}：{'；'.join(changes(report, alternative))}"
    if len(finding.alternatives) > _LISTED:
        yield f"    另有 {len(finding.alternatives) - _LISTED} 种改法。"
    if finding.basis:
        yield f"    依据：{finding.basis}"


def changes(report: Report, figures: Mapping[CellKey, Number]) -> list[str]:
    """What is to change, cell by cell: ``表三“（七）总计”总计：原 13，应为 3``."""
    form = report.form
    return [
        f"{form.cells[cell].name if form else cell}：原 {shown(report, cell)}，应为 {printed_number(value)}"
        for cell, value in figures.items()
    ]


def changed(before: Report, after: Report) -> list[str]:
    """What became of each changed figure: ``表三“（七）总计”总计：13 → 3``."""
    form = after.form
    return [
        f"{form.cells[cell].name if form else cell}：{shown(before, cell)} → {shown(after, cell)}"
        for cell in after.values
        if after.values[cell] != before.values.get(cell)
    ]


def shown(report: Report, cell: CellKey) -> str:
    """What a cell prints: its figure, its mark, or that it is blank or missing."""
    number = report.values.get(cell)
    if number is not None:
        return printed_number(number)
    return f"“{report.marks[cell]}”" if cell in report.marks else "空白"


def _place(where: Where | None) -> str:
    """Where in the document, in words: 第三部分，第 2 页，第 23 行."""
    if where is None:
        return ""
    parts = [f"第{'一二三四五六'[where.section - 1]}部分"] if where.section else []
    parts += [f"第 {where.page} 页"] if where.page else []
    parts += [f"文本第 {where.line} 行"] if where.line else []
    return "，".join(parts)


def summarise(outcomes: Iterable[tuple[bool, Counter[Severity]]]) -> str:
    """One sentence about many documents: for each whether it was read, and its findings by severity."""
    told = list(outcomes)
    unread = sum(not read for read, _ in told)
    total: Counter[Severity] = sum((counts for _, counts in told), Counter())
    faulty = sum(bool(counts["error"]) for read, counts in told if read)
    found = "，".join(f"{name} {total[severity]} 处" for severity, name in SEVERITY_NAMES.items())
    rest = f"，{unread} 份不是年度报告或者不能读取" if unread else ""
    return f"共 {len(told)} 份文件：{len(told) - unread} 份年度报告，其中 {faulty} 份有错误{rest}。合计{found}。"
