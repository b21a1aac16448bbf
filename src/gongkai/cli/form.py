"""``gongkai form``: a blank form, or what a report as data must look like."""

from __future__ import annotations

import sys
from argparse import Namespace

from .output import format_of, write_file, write_report
from .parser import Parser, add_theme

_SCHEMA = ".schema.json"


def declare(parser: Parser) -> None:
    """Its options."""
    from ..report.form import editions

    parser.add_argument(
        "--edition",
        choices=editions(),
        default=editions()[-1],
        metavar="版本",
        help=f"格式的版本：{'、'.join(editions())}，默认 {editions()[-1]}",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="文件",
        help=f"要写的文件，格式由结尾决定：.docx、.html、.pdf、.xlsx、.json；以 {_SCHEMA} 结尾的写 JSON Schema；"
        "不加此项时把 JSON 输出到屏幕",
    )
    add_theme(parser)


def run(options: Namespace) -> int:
    """Write the blank form, or its schema."""
    from ..report.writing import blank_report, dumps, to_json

    blank = blank_report(options.edition)
    if options.output is None:
        sys.stdout.write(dumps(to_json(blank), indent=1) + "\n")
    elif options.output.lower().endswith(_SCHEMA):
        from ..report.schema import report_schema

        write_file(options.output, (dumps(report_schema(options.edition), indent=2) + "\n").encode())
    else:
        format_of(options.output)
        write_report(blank, options.output, theme=options.theme)
    if options.output is not None:
        print(f"已写入 {options.output}。")
    return 0
