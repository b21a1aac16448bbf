"""What the installed fonts are and can print: families, stand-ins, and their character maps (OpenType ``cmap``)."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import BinaryIO

_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp", "Cs", "Cn"}
"""Categories of characters that need no glyph: controls, joiners, spaces."""


def uncovered(text: str) -> list[str]:
    """The visible characters of a text that no installed font has, in order of code."""
    wanted = {ord(character) for character in set(text) if unicodedata.category(character) not in _UNSEEN}
    wanted -= set(range(0x21, 0x7F))  # the fonts inside the typesetter have these
    for path, index in _fonts():
        if not wanted:
            break
        wanted = {code for code in wanted if not _has(path, index, code)}
    return [chr(code) for code in sorted(wanted)]


def _has(path: str, index: int, code: int) -> bool:
    return any(first <= code <= last for first, last in _ranges(path, index))


def installed(families: Iterable[str]) -> bool:
    """Whether the typesetter finds one of these families."""
    return any(one.casefold() in _families() for one in families)


@cache
def stand_in(family: str) -> str | None:
    """The family that this system gives to programs which ask for one that is not installed (fontconfig); None if unknown."""
    import subprocess

    try:
        asked = subprocess.run(
            ["fc-match", "-f", "%{family[0]}", f"{family}:lang=zh-cn"], capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip() or None


@cache
def _families() -> frozenset[str]:
    import typst

    return frozenset(font.family.casefold() for font in typst.Fonts().fonts())


@cache
def _fonts() -> tuple[tuple[str, int], ...]:
    """File and number in it of every font the typesetter finds, those with many characters first."""
    import os

    import typst

    found = {(font.path, font.index) for font in typst.Fonts().fonts() if font.path}
    return tuple(sorted(found, key=lambda font: (-os.path.getsize(font[0]), font)))


@cache
def _ranges(path: str, index: int) -> tuple[tuple[int, int], ...]:
    """The ranges of code points that a font maps to glyphs; none for a file that is not to be understood."""
    try:
        with open(path, "rb") as file:
            return tuple(_character_map(file, index))
    except (OSError, struct.error):
        return ()


def _character_map(file: BinaryIO, index: int) -> Iterator[tuple[int, int]]:
    offset = 0
    if _bytes(file, 0, 4) == b"ttcf":
        (offset,) = _numbers(file, 12 + 4 * index, ">I")
    (tables,) = _numbers(file, offset + 4, ">H")
    for number in range(tables):
        entry = offset + 12 + 16 * number
        if _bytes(file, entry, 4) == b"cmap":
            (start,) = _numbers(file, entry + 8, ">I")
            (maps,) = _numbers(file, start + 2, ">H")
            places = [_numbers(file, start + 4 + 8 * one, ">HHI") for one in range(maps)]
            for place in sorted({place for platform, _, place in places if platform in (0, 3)}):
                yield from _subtable(file, start + place)


def _subtable(file: BinaryIO, start: int) -> Iterator[tuple[int, int]]:
    (kind,) = _numbers(file, start, ">H")
    if kind == 12:
        (groups,) = _numbers(file, start + 12, ">I")
        for first, last, glyph in struct.iter_unpack(">III", _bytes(file, start + 16, 12 * groups)):
            yield first + (glyph == 0), last
    elif kind == 4:
        length, _, double = _numbers(file, start + 2, ">HHH")
        table = _bytes(file, start, length)
        for at in range(0, double, 2):
            last, first, shift, place = (
                struct.unpack_from(">H", table, begin + at)[0]
                for begin in (14, 16 + double, 16 + 2 * double, 16 + 3 * double)
            )
            here = 16 + 3 * double + at
            for code in range(first, last + 1) if place else ():
                if struct.unpack_from(">H", table, here + place + 2 * (code - first))[0]:
                    yield code, code
            if not place:
                missing = -shift % 0x10000  # the one code that comes out as glyph 0, "no such character"
                yield first, min(last, missing - 1)
                yield max(first, missing + 1), last


def _numbers(file: BinaryIO, offset: int, layout: str) -> tuple[int, ...]:
    return struct.unpack(layout, _bytes(file, offset, struct.calcsize(layout)))


def _bytes(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)
