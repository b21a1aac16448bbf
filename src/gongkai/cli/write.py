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
    from ..report.writing import read_json

    format_of(options.output)
    keep(options.output, (options.file,))
    text = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    write_report(read_json(text), options.output, theme=options.theme)
    print(f"已写入 {options.output}。")
    return 0
