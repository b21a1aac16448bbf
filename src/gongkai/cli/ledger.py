"""``gongkai ledger``: an empty ledger (台账) for a clerk to fill in."""

from __future__ import annotations

import os
from argparse import Namespace

from .output import UnknownEndingError, write_file
from .parser import CommandLineError, Parser, add_output, year


def declare(parser: Parser) -> None:
    """Its options."""
    parser.add_argument("--blank", action="store_true", required=True, help="输出空白台账")
    parser.add_argument("--year", metavar="年度", type=year, help="在台账中填好报告年度")
    add_output(parser, "要写的文件，以 .xlsx 结尾")
    parser.epilog = "台账填好后用 gongkai compile 编制年度报告。"


def run(options: Namespace) -> int:
    """Write the empty ledger."""
    from ..ledger import blank_ledger

    if not options.output.lower().endswith(".xlsx"):
        raise UnknownEndingError(f"台账不能写成“{options.output}”：文件名应当以 .xlsx 结尾。")
    if os.path.exists(options.output):  # it may hold a year's work
        raise CommandLineError(f"命令有误：已经有“{options.output}”，里面可能有登记好的内容，请换一个文件名。")
    write_file(options.output, blank_ledger(options.year))
    print(f"已写入 {options.output}。填写的方法见其中“说明”工作表。")
    return 0
