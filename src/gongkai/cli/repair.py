"""``gongkai repair``: the figures that contradict each other put right, each change told, nothing chosen in silence."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice, product
from typing import TYPE_CHECKING

from .output import format_of, keep, write_report
from .parser import CommandLineError, Parser, add_output, add_theme
from .terminal import complain

if TYPE_CHECKING:
    from ..report.finding import Finding
    from ..report.form import CellKey
    from ..report.report import Number, Report
    from .examining import Outcome

Figures = Mapping["CellKey", "Number"]

_LISTED = 50
"""Alternatives listed; a choice beyond them can't be made."""

_ROUNDS = 5
"""Rounds of repairing what the last repair made certain: blanks that a repaired total determines."""


def declare(parser: Parser) -> None:
    """Its options."""
    parser.add_argument("file", metavar="报告", help="要改正的年度报告，任何可以读取的格式")
    add_output(parser, "改正后的报告，格式由结尾决定：.docx、.html、.pdf、.xlsx、.json")
    parser.add_argument("--choose", metavar="序号", type=int, help="有几种同样小的改法时，采用第几种")
    add_theme(parser)
    parser.epilog = (
        "只改表格中相互矛盾的数据，不改正文；每处改动都列出原数和改后的数。"
        "退出状态：0 已写出；1 需要先选定改法，或者不能改正；2 命令有误。"
    )


def run(options: Namespace) -> int:
    """Repair one report and write it. 1 where that would mean to choose, or where it can't be done."""
    from .examining import examine
    from .sources import sources

    format_of(options.output)
    found = list(islice(sources([options.file]), 2))
    if len(found) != 1:
        raise CommandLineError("命令有误：一次改正一份报告，请指明其中一个文件。")
    keep(options.output, (options.file,))
    outcome = examine(found[0])
    if not outcome.read:
        complain("\n".join(finding.message for finding in outcome.findings if finding.severity == "error"))
        return 1
    ways = _ways(outcome.findings)
    if options.choose is None and any(finding.alternatives for finding in outcome.findings):
        complain(_which(outcome.report, ways))
        return 1
    if options.choose is not None and not 1 <= options.choose <= len(ways):
        complain(f"没有第 {options.choose} 种改法，共有 {len(ways)} 种。")
        return 1
    mended = mend(outcome, ways[(options.choose or 1) - 1])
    if mended is None:
        complain("改正后勾稽关系仍不成立：报告中相互矛盾的数据过多，请对照原始数据逐格核对。没有写出文件。")
        return 1
    write_report(mended, options.output, theme=options.theme)
    _tell(outcome, mended, options.output)
    return 0


def _ways(findings: Iterable[Finding]) -> list[Figures]:
    """The whole repairs among which one has to choose: what is certain, and one alternative of each open finding."""
    found = list(findings)
    certain = {cell: value for finding in found for cell, value in (finding.repair or {}).items()}
    choices = [finding.alternatives for finding in found if finding.alternatives]
    return [
        certain | {cell: value for alternative in chosen for cell, value in alternative.items()}
        for chosen in islice(product(*choices), _LISTED)
    ]


def mend(outcome: Outcome, figures: Figures) -> Report | None:
    """The report with these figures, and with the blanks that then become certain. None where identities still fail."""
    from ..checking import RULES, check

    reading = outcome.reading
    for _ in range(_ROUNDS):
        values = {**reading.report.values, **figures}
        marks = {cell: mark for cell, mark in reading.report.marks.items() if values[cell] is None}
        reading = replace(reading, report=replace(reading.report, values=values, marks=marks))
        broken = [finding for finding in check(reading) if RULES[finding.code].family == "identity"]
        if not broken:
            return reading.report
        figures = {cell: value for finding in broken for cell, value in (finding.repair or {}).items()}
        if not figures:
            return None if any(finding.severity == "error" for finding in broken) else reading.report
    return None


def _which(report: Report, ways: list[Figures]) -> str:
    from .told import changes

    more = "（只列出前面的）" if len(ways) == _LISTED else ""
    lines = [f"同样小的改法有 {len(ways)} 种{more}，程序不能代为选定。请对照原始数据，用 --choose 序号 选定其中一种："]
    for number, figures in enumerate(ways, 1):
        lines.append(f"{number:3}. " + "；".join(changes(report, figures)))
    return "\n".join(lines)


def _tell(outcome: Outcome, mended: Report, output: str) -> None:
    from ..checking import check
    from ..report.finding import SEVERITY_NAMES
    from .told import changed

    lines = changed(outcome.report, mended)
    print("\n".join(lines) if lines else "勾稽关系全部成立，没有要改的数据。")
    doubtful = {
        cell
        for finding in outcome.findings
        if finding.verdict == "reading"
        for cell in finding.repair or {}
        if outcome.report.values.get(cell) != mended.values[cell]
    }
    if doubtful:
        print("注意：上述数据中有的读取存疑，请先对照原文，再使用改正后的报告。")
    if lines:
        print("正文没有改动。正文写到上述数据的，请一并核对。")
    left = Counter(finding.severity for finding in check(mended))
    if left["error"] or left["warning"]:
        found = "，".join(f"{SEVERITY_NAMES[one]} {left[one]} 处" for one in ("error", "warning") if left[one])
        print(f"改正后的报告还有{found}，用 gongkai check 查看。")
    print(f"已写入 {output}。")
