"""``gongkai check``: the findings told to a person, as text, as a page, or as the same objects that ``read`` prints."""

from __future__ import annotations

import os
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .output import keep, text_output
from .parser import Parser, add_paths

if TYPE_CHECKING:
    from ..report.finding import Severity
    from .examining import LastYear, Outcome

    Told = tuple[bool, Counter[Severity]]


def declare(parser: Parser) -> None:
    """Its options."""
    add_paths(parser)
    parser.add_argument(
        "--previous", metavar="路径", help="上年的年度报告，用来核对两年的数据；核对多份时可以给文件夹，按机关名称对应"
    )
    parser.add_argument(
        "--format",
        metavar="格式",
        choices=("text", "json", "html"),
        default="text",
        help="输出格式：text 文字（默认），json 每份一行 JSON，html 一个网页",
    )
    parser.add_argument("-o", "--output", metavar="文件", help="写入文件；不加此项时输出到屏幕")
    parser.epilog = "退出状态：0 没有错误；1 有错误；2 命令有误。提醒和提示不算错误。"


def run(options: Namespace) -> int:
    """Tell the findings of every document. 1 where one of them is an error."""
    from .examining import examine_all
    from .sources import sources
    from .terminal import with_progress
    from .told import summarise

    keep(options.output, (*options.paths, options.previous))
    outcomes = with_progress(examine_all(sources(options.paths), _last_year(options)))
    told = {"text": _as_text, "json": _as_json, "html": _as_page}[options.format](outcomes, options.output)
    if options.output is not None:
        print(f"{summarise(told)}\n已写入 {options.output}。")
    return 1 if any(counts["error"] for _, counts in told) else 0


def _last_year(options: Namespace) -> LastYear:
    from .examining import LastYear, read_previous

    if options.previous is None:
        return LastYear()
    one_file = len(options.paths) == 1 and not os.path.isdir(options.paths[0])
    return LastYear(read_previous(options.previous), sure=one_file)


def _as_text(outcomes: Iterable[Outcome], output: str | None) -> list[Told]:
    from .told import summarise, tell

    told: list[Told] = []
    with text_output(output) as stream:
        for outcome in outcomes:
            print("\n".join(tell(outcome, stream)), file=stream, flush=True)
            told.append(_counted(outcome))
        if len(told) > 1:
            print(summarise(told), file=stream)
    return told


def _as_json(outcomes: Iterable[Outcome], output: str | None) -> list[Told]:
    from ..report.writing import dumps
    from .read import as_object

    told: list[Told] = []
    with text_output(output) as stream:
        for outcome in outcomes:
            print(dumps(as_object(outcome)), file=stream, flush=True)
            told.append(_counted(outcome))
    return told


def _as_page(outcomes: Iterable[Outcome], output: str | None) -> list[Told]:
    from ..checking.page import page

    found = list(outcomes)
    with text_output(output) as stream:
        stream.write(page(found))
    return [_counted(outcome) for outcome in found]


def _counted(outcome: Outcome) -> Told:
    return outcome.read, Counter(finding.severity for finding in outcome.findings)
