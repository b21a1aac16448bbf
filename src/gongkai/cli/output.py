"""Writing files: the format is what the ending says, and a file is there whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from ..report.errors import GongkaiError
from .parser import CommandLineError

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


def keep(output: str | None, inputs: Iterable[str | None]) -> None:
    """Refuse an output that would overwrite one of the files that the command reads. Raises CommandLineError."""
    if output is None or not os.path.exists(output):
        return
    for path in inputs:
        if path and os.path.exists(path) and os.path.samefile(path, output):
            raise CommandLineError(f"命令有误：“{output}”是要读取的文件，写入会把它覆盖，请换一个文件名。")


@contextmanager
def text_output(path: str | None) -> Iterator[TextIO]:
    """A file that is put into its place when all lines are printed, or standard output where no path is given."""
    if path is None:
        yield sys.stdout
    else:
        with _in_place(path) as temporary, open(temporary, "w", encoding="utf-8", errors="backslashreplace") as file:
            yield file


def write_file(path: str, data: bytes) -> None:
    """Put a file into its place at once, with the permissions that new files get."""
    with _in_place(path) as temporary, open(temporary, "wb") as file:
        file.write(data)


@contextmanager
def _in_place(path: str) -> Iterator[str]:
    """The name of a new file beside ``path`` that takes its place at the end. Raises OSError that names ``path``."""
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), folder)
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    try:
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".gongkai-")
    except OSError as error:  # /proc, for one, says that there is no such file
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path) from error
    os.close(handle)
    try:
        yield temporary
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
