"""``gongkai write``: a report given as JSON, as ``read`` prints it, to a document."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from .output import format_of, keep, write_report
from .parser import Parser, add_output, add_theme


def declare(parser: Parser) -> None:
    """Its options."""
    parser.add_argument("file", metavar="报告.json", help="gongkai read 输出的一个 JSON 对象；写 - 时从标准输入读取")
    add_output(parser, "要写的文件，格式由结尾决定：.docx、.html、.pdf、.xlsx、.json")
    add_theme(parser)
    parser.epilog = "核对结果不写入文件。退出状态：0 已写出；1 不能写出；2 命令有误。"


def run(options: Namespace) -> int:
    """Write the report. Raises what is wrong with it as a GongkaiError."""
    from ..report.errors import ReportError
    from ..report.writing import read_json

    format_of(options.output)
    keep(options.output, (options.file,))
    text = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    try:
        report = read_json(text)
    except ReportError as error:
        how = "先用 gongkai read 报告 > 报告.json 得到，再写成其他格式。"
        raise ReportError(f"不能用“{options.file}”写报告：{error}\n这个命令一次读取一份报告的 JSON：{how}") from error
    write_report(report, options.output, theme=options.theme)
    print(f"已写入 {options.output}。")
    return 0
