"""Writing files: the format is what the ending says, and a file is there whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from ..report.errors import GongkaiError

if TYPE_CHECKING:
    from ..report.report import Report
    from ..report.writing import Trace


class UnknownEndingError(GongkaiError):
    """The ending of the file to be written names no format that can be written."""


def format_of(path: str) -> str:
    """The format that a path's ending names. Raises UnknownEndingError."""
    from ..report.writing import FORMATS

    ending = os.path.splitext(path)[1].lower().removeprefix(".")
    if ending not in FORMATS:
        endings = "、".join(f".{name}" for name in FORMATS)
        raise UnknownEndingError(f"不能写成“{path}”：文件名应当以 {endings} 之一结尾。")
    return ending


def write_report(report: Report, path: str, *, theme: str = "official", trace: Trace | None = None) -> None:
    """Write a report in the format that the path's ending names."""
    from ..report.writing import write

    write_file(path, write(report, format_of(path), theme=theme, trace=trace))


@contextmanager
def text_output(path: str | None) -> Iterator[TextIO]:
    """A file to print lines to as they come, or standard output where no path is given."""
    if path is None:
        yield sys.stdout
    else:
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
            yield file


def write_file(path: str, data: bytes) -> None:
    """Put a file into its place at once, with the permissions that new files get."""
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), folder)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".gongkai-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
