"""What only a terminal is shown: progress and colours. Files and pipes get neither."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from .examining import Outcome

_CLEAR_LINE = "\r\x1b[K"
_COLOURS = {"error": "31", "warning": "33", "note": "36", "good": "32", "bold": "1", "faint": "2"}

_Item = TypeVar("_Item", bound="Outcome")


def coloured(text: str, colour: str, stream: TextIO) -> str:
    """The text in a colour where ``stream`` is a terminal that wants colours (https://no-color.org)."""
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def with_progress(outcomes: Iterable[_Item]) -> Iterator[_Item]:
    """The same outcomes, with a line on standard error that counts them, if that is a terminal."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    try:
        for number, outcome in enumerate(outcomes, 1):
            sys.stderr.write(f"{_CLEAR_LINE}已处理 {number} 份：{outcome.path[-60:]}")
            sys.stderr.flush()
            if sys.stdout.isatty():
                sys.stderr.write(_CLEAR_LINE)
                sys.stderr.flush()
            yield outcome
    finally:
        sys.stderr.write(_CLEAR_LINE)
        sys.stderr.flush()


def complain(text: str) -> None:
    """A sentence for the user on standard error, so that standard output holds results only."""
    print(text, file=sys.stderr)


def trouble(error: OSError) -> str:
    """Why a file can't be read or written, as a sentence."""
    match error:
        case FileNotFoundError():
            return "没有这个文件或者文件夹，请核对路径。"
        case PermissionError():
            return "没有权限读写这个文件。请核对权限，或者先关闭打开着它的程序。"
        case IsADirectoryError():
            return "这是文件夹，不是文件。"
    return f"不能读写这个文件（系统错误 {error.errno}）。"
