"""``gongkai compile``: the year's report from a ledger, checked, each figure with the rows behind it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .output import format_of, keep, write_file, write_report
from .parser import Parser, add_output, add_theme, year
from .terminal import complain

if TYPE_CHECKING:
    from ..ledger import Compilation, LedgerMapping, Question
    from ..report.report import Report

_MAPPING = ".对照.json"
"""The ending of the file, beside the ledger, that remembers what its office said about it."""


def declare(parser: Parser) -> None:
    """Its options."""
    from ..report.form import editions

    parser.add_argument("ledger", metavar="台账.xlsx", help="填好的工作台账，或者本机关自己的登记表")
    parser.add_argument("--organ", metavar="机关名称", required=True, help="编制报告的机关")
    parser.add_argument("--year", metavar="年度", type=year, required=True, help="报告年度")
    parser.add_argument("--previous", metavar="报告", help="上年的年度报告，用来核对")
    parser.add_argument("--edition", metavar="版本", choices=editions(), help="格式的版本，默认按年度确定")
    parser.add_argument(
        "--mapping",
        metavar="对照.json",
        help=f"记住登记表的列名、用语各指什么的文件，默认是台账旁边同名的 {_MAPPING} 文件",
    )
    parser.add_argument("--trace", action="store_true", help="在屏幕上列出每个数据由台账哪些行统计得出")
    add_output(parser, "要写的报告，格式由结尾决定：.docx、.html、.pdf、.xlsx、.json；.xlsx 另附一张数据来源表")
    add_theme(parser)
    parser.epilog = (
        "台账有一行不能统计，就不出报告，并逐行说明原因。"
        "退出状态：0 已写出，没有错误；1 不能编制，或者核对有错误；2 命令有误。"
    )


def run(options: Namespace) -> int:
    """Compile, check and write the report. 1 where the ledger can't be taken or an error was found."""
    from ..ledger import LedgerMapping, dump_mapping, load_mapping, rows_told

    format_of(options.output)
    keep(options.output, (options.ledger, options.previous, options.mapping))
    data = Path(options.ledger).read_bytes()
    previous = _last_year(options)
    place = Path(options.mapping or f"{options.ledger.removesuffix('.xlsx')}{_MAPPING}")
    known = load_mapping(place.read_bytes()) if options.mapping or place.exists() else LedgerMapping()
    made = _compile(options, data, previous, known)
    while made.questions and sys.stdin.isatty():
        for question in made.questions:
            known = _ask(known, question)
        write_file(str(place), dump_mapping(known).encode())
        made = _compile(options, data, previous, known)
    if made.report is None:
        complain(_refusal(made, place))
        return 1
    trace = {cell: rows_told(rows) for cell, rows in made.trace.items()}
    write_report(made.report, options.output, theme=options.theme, trace=trace)
    return _tell(options, made, made.report, previous)


def _last_year(options: Namespace) -> Report | None:
    """The report to compare with; of several that of the same organ. Raises PreviousError where there is none."""
    from ..report.report import Report
    from .examining import LastYear, PreviousError, read_previous

    if not options.previous:
        return None
    reports = read_previous(options.previous)
    found = LastYear(reports, sure=True).of(Report(organ=options.organ, year=options.year))
    if found is None:
        raise PreviousError(
            f"{options.previous} 中没有{options.organ} {options.year - 1} 年度的报告，请指明其中一个文件。"
        )
    return found


def _compile(options: Namespace, data: bytes, previous: Report | None, known: LedgerMapping) -> Compilation:
    from ..ledger import compile_ledger

    return compile_ledger(data, options.organ, options.year, previous=previous, mapping=known, edition=options.edition)


def _ask(known: LedgerMapping, question: Question) -> LedgerMapping:
    """Put one question to the person at the terminal until it is answered."""
    from ..ledger import answered

    complain(_question(question))
    while True:
        sys.stderr.write("请输入序号：")
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer:
            raise KeyboardInterrupt
        if answer.strip().isdigit() and 1 <= int(answer) <= len(question.choices):
            return answered(known, question, question.choices[int(answer) - 1])


def _question(question: Question) -> str:
    choices = [f"  {number}. {choice.label}" for number, choice in enumerate(question.choices, 1)]
    return "\n".join((question.text, *choices))


def _refusal(made: Compilation, place: Path) -> str:
    lines = ["台账还不能编制成报告。"]
    lines += [problem.text for problem in made.errors]
    if made.questions:
        lines += _numbered(made.questions)
        lines.append(f"请在终端中运行同一命令，逐项回答；回答记在 {place}，以后不再询问。")
    return "\n".join(lines)


def _numbered(questions: Sequence[Question]) -> list[str]:
    return [f"问题 {number}：{_question(question)}" for number, question in enumerate(questions, 1)]


def _tell(options: Namespace, made: Compilation, report: Report, previous: Report | None) -> int:
    """What was made of the ledger: notes, findings, and with --trace the rows behind each figure."""
    from ..checking import check
    from ..ledger import trace_text
    from ..reading import Reading
    from .examining import Outcome
    from .told import tell

    if options.trace:
        sys.stdout.write(trace_text(report, made.trace))
    for problem in made.problems:
        print(f"提示：{problem.text}")
    outcome = Outcome(options.output, Reading(report), check(report, previous=previous))
    print("\n".join(tell(outcome, sys.stdout)).rstrip())
    print(f"已写入 {options.output}。")
    return 1 if outcome.faulty else 0
