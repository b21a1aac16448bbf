"""The command line's grammar and its help, wholly in Chinese.

``argparse`` takes its fixed words from its own ``_`` and ``ngettext``; while a command line is parsed or help is
printed they answer in Chinese.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import NoReturn

from .. import __version__

COMMANDS = {
    "read": "读取年度报告，输出数据、文字和核对结果",
    "check": "核对年度报告，说明每处问题在哪里、为什么、应当是多少",
    "repair": "按勾稽关系改正数据，写成新文件",
    "write": "把读取结果写成文档、网页、表格或者版式文件",
    "form": "输出空白的年度报告，或者它的数据格式定义",
    "ledger": "输出空白的工作台账",
    "compile": "由台账编制年度报告",
    "verify": "核验办公系统的案件和年度报告有没有被改动、删除",
}
"""The commands in the order in which the help lists them, and what each does."""

Run = Callable[[argparse.Namespace], int]


class CommandLineError(Exception):
    """The command line is wrong; ``usage`` says how it should look."""

    def __init__(self, message: str, usage: str = "") -> None:
        super().__init__(message)
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """A parser that raises where argparse would leave the program."""

    def __init__(self, **settings: object) -> None:
        super().__init__(
            add_help=False,
            allow_abbrev=False,
            formatter_class=_HelpFormatter,
            **settings,  # type: ignore[arg-type]
        )
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def parse(self, args: Sequence[str]) -> argparse.Namespace | None:
        """The options; None where the user asked for help or version, which is then printed."""
        with _in_chinese():
            try:
                return self.parse_args(args)
            except _DoneError:
                return None

    def error(self, message: str) -> NoReturn:
        plain = re.sub("'([^']*)'", r"“\1”", message).replace("”, “", "”、“").replace(", ", "、")
        plain = plain.replace("缺少-", "缺少 -")
        raise CommandLineError(f"命令有误：{plain}。", f"{self.format_usage().strip()}\n详细说明：{self.prog} --help")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise _DoneError


class _DoneError(Exception):
    """Help or version was printed; there is nothing else to do."""


def build_parser() -> Parser:
    """The whole grammar. Each command's module adds its own options."""
    with _in_chinese():
        parser = Parser(
            prog="gongkai",
            description="政府信息公开工作年度报告：读取、核对、改正、编制。",
            epilog="每个命令的用法：gongkai 命令 --help",
        )
        parser.add_argument("--version", action="version", version=f"gongkai {__version__}", help="显示版本")
        commands = parser.add_subparsers(title="命令", metavar="命令", required=True, parser_class=Parser)
        for name, summary in COMMANDS.items():
            module = import_module(f".{name}", __package__)
            command = commands.add_parser(name, help=summary, description=f"{summary}。")
            module.declare(command)
            command.set_defaults(run=module.run)
    return parser


def add_paths(parser: Parser) -> None:
    """The documents to read."""
    parser.add_argument(
        "paths", metavar="路径", nargs="+", help="报告文件；文件夹代表其中所有文件，压缩包（ZIP）代表包内的文件"
    )


def add_output(parser: Parser, help: str, required: bool = True) -> None:
    """The file to write."""
    parser.add_argument("-o", "--output", metavar="文件", required=required, help=help)


def year(text: str) -> int:
    """A year as the command line takes it. Raises ArgumentTypeError."""
    if not re.fullmatch("20[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"“{text}”不是年度，应当是四位数字，例如 2025")
    return int(text)


def add_theme(parser: Parser) -> None:
    """The look of documents."""
    parser.add_argument(
        "--theme",
        metavar="版式",
        choices=("official", "plain"),
        default="official",
        help="版式：official 参照党政机关公文格式（默认），plain 普通文档",
    )


_WORDS = {
    "usage: ": "用法：",
    "options": "选项",
    "%(heading)s:\n": "%(heading)s：\n",
    "positional arguments": "参数",
    "the following arguments are required: %s": "缺少%s",
    "unrecognized arguments: %s": "不认识 %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "expected one argument": "后面应当有一个值",
    "expected at most one argument": "后面至多有一个值",
    "expected at least one argument": "后面至少有一个值",
    "expected %s argument": "后面应当有 %s 个值",
    "expected %s arguments": "后面应当有 %s 个值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有%(value)r，可选的有%(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有命令%(parser_name)r，可选的有%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r不是可用的整数",
    "ignored explicit argument %r": "后面不应当有值 %r",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "one of the arguments %s is required": "应当有 %s 之一",
}
"""argparse's words in Chinese; whole numbers are the only type it converts here."""


@contextmanager
def _in_chinese() -> Iterator[None]:
    def word(text: str) -> str:
        return _WORDS.get(text, text)

    def counted(one: str, several: str, number: int) -> str:
        return word(one if number == 1 else several)

    before = {name: getattr(argparse, name) for name in ("_", "ngettext")}
    vars(argparse).update(_=word, ngettext=counted)
    try:
        yield
    finally:
        vars(argparse).update(before)


class _HelpFormatter(argparse.HelpFormatter):
    """Help below the name of what it explains, in lines measured by what characters take on a screen."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=4, width=88)

    def _format_action(self, action: argparse.Action) -> str:
        if isinstance(action, argparse._SubParsersAction):  # one line a command
            return "".join(f"  {choice.dest:<10}{choice.help}\n" for choice in action._choices_actions)
        return super()._format_action(action)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return list(_lines(text, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in _lines(text, width - len(indent)))


_NOT_FIRST = "，。；：、）”》"


def _lines(text: str, width: int) -> Iterator[str]:
    """Lines of at most ``width`` columns, broken between Chinese characters or at a space."""
    for paragraph in text.splitlines():
        line = ""
        for piece in _pieces(paragraph):
            if columns(line + piece.rstrip()) > width and piece[0] not in _NOT_FIRST:
                yield line.rstrip()
                line = piece.lstrip()
            else:
                line += piece
        yield line


def _pieces(text: str) -> Iterator[str]:
    """What stays on one line: a Chinese character, or a word with the space after it."""
    word = ""
    for character in text:
        if columns(character) == 2:
            if word:
                yield word
            yield character
            word = ""
        else:
            word += character
            if character == " ":
                yield word
                word = ""
    if word:
        yield word


def columns(text: str) -> int:
    """How many columns of a screen a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
