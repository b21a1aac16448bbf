"""From the paths of a command line to documents: a folder stands for its files, an archive for its members."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .terminal import trouble

LARGEST = 512 << 20
"""No annual report, and no archive of them, is larger, in bytes."""

_MEMBER = "!/"
"""Between an archive's path and that of its member."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document. ``path``: how the user finds it; ``data``: None where it can't be had, ``problem`` then says why."""

    path: str
    data: bytes | None
    problem: str = ""


def sources(paths: Iterable[str]) -> Iterator[Source]:
    """The documents of these paths, in their order; those of a folder sorted. Each is read when it is asked for."""
    for path in paths:
        files = list(_files(path))
        if not files:
            yield Source(os.fsencode(path).decode("utf-8", "replace"), None, "文件夹里没有文件。")
        for file in files:
            yield from _documents(file)


def _files(path: str) -> Iterator[str]:
    """A file's own path, or the paths of all files below a folder."""
    if not os.path.isdir(path):
        yield path
        return
    from ..reading.formats.archive import is_clutter

    for file in sorted(Path(path).rglob("*")):
        if file.is_file() and not is_clutter(str(file.relative_to(path))):
            yield str(file)


def _documents(path: str) -> Iterator[Source]:
    shown = os.fsencode(path).decode("utf-8", "replace")
    try:
        if os.path.getsize(path) > LARGEST:
            yield Source(shown, None, f"文件超过 {LARGEST >> 20} MB，不像年度报告，未予读取。")
            return
        data = Path(path).read_bytes()
    except OSError as error:
        yield Source(shown, None, trouble(error))
        return
    if not data.startswith(b"PK"):
        yield Source(shown, data)
        return
    from ..reading.document import UnreadableError
    from ..reading.formats.archive import is_archive, members

    try:
        inside = members(data) if is_archive(data) else None
    except UnreadableError as error:
        yield Source(shown, None, str(error))
        return
    if inside is None:
        yield Source(shown, data)
    elif not inside:
        yield Source(shown, None, "压缩包里没有文件。")
    for name, content in inside or ():
        yield Source(f"{shown}{_MEMBER}{name}", content)
