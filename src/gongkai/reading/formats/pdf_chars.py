"""The characters of a page as runs: stretches of text without a gap, with their boxes, upright and from the top left.

pdfium is asked through its C interface, one call a character, because the calls cost more than anything done with what
they return. The loose box (advance by ascent and descent) is taken, not the ink: full stops and digits then stand on
the line like every other character.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

from ..document import Box

MAX_CHARS = 60_000
"""Characters read of one page; a page of a report holds about a thousand."""

RUN_GAP = 0.25
"""A wider gap, in ems, ends a run."""

RUN_SHIFT = 0.3
"""A greater difference of height between neighbours, in heights of the box, ends a run."""

WIDE = "\u2e80"
"""From here on characters are as wide as they are high."""

HEIGHT_TO_EM = 0.8
"""Size of type by height of the loose box, where there is no Chinese character to measure."""

LOWEST, HIGHEST = 0.4, 3.0
"""Boxes whose height is not between these multiples of the page's usual one are not believed."""

SLENDER = 2.2
"""A box of a Chinese character higher than this many times its width comes from a font with a careless table."""

ANGLES = 12
"""Characters of a page whose direction is looked at, at least, where it has so many."""

SAMPLE = 150
"""Characters of a page whose height is looked at to find the usual one."""

UNMAPPED = "\ufffd"
"""Stands for a glyph of which the file does not say what character it is."""

_COMPATIBLE = re.compile("[\u2e80-\u2eff\u2f00-\u2fd5\uf900-\ufaff]")
_CONTROLS = frozenset(map(chr, {*range(32), *range(127, 160)} - {*b"\t\n\x0b\x0c\r"}))
_CHANGE = re.compile("(?<=[\u2e80-\uffff])[^\\s\u2e80-\uffff]")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\xad")
_HYPHENS = frozenset("\x02\ufffe")
_QUARTERS = (0, 90, 180, 270)


@dataclass(slots=True)
class Run:
    """Text without a gap on one line. ``lefts``: the left edge of each character; ``em``: size of type, in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    em: float
    lefts: list[float]

    @property
    def middle(self) -> float:
        """Height of the middle of the line of type."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return (self.x0, self.top, self.x1, self.bottom)

    def part(self, start: int, end: int) -> Run:
        """The run's characters from ``start`` up to ``end`` as a run of their own."""
        right = self.lefts[end] if end < len(self.lefts) else self.x1
        return Run(
            self.text[start:end], self.lefts[start], self.top, right, self.bottom, self.em, self.lefts[start:end]
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible page: its box in the file's coordinates, and by how many degrees to turn it to set it upright."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in (90, 270) else (width, height)

    def upright(
        self, left: list[float], bottom: list[float], right: list[float], top: list[float]
    ) -> tuple[list[float], list[float], list[float], list[float]]:
        """Boxes in the file's coordinates to left, top, right, bottom on the page as seen."""
        if self.turn == 90:
            x, y = self.bottom, self.left
            return [v - x for v in bottom], [v - y for v in left], [v - x for v in top], [v - y for v in right]
        if self.turn == 180:
            x, y = self.right, self.bottom
            return [x - v for v in right], [v - y for v in bottom], [x - v for v in left], [v - y for v in top]
        if self.turn == 270:
            x, y = self.top, self.right
            return [x - v for v in top], [y - v for v in right], [x - v for v in bottom], [y - v for v in left]
        x, y = self.left, self.top
        if x:
            left, right = [v - x for v in left], [v - x for v in right]
        return left, [y - v for v in top], right, [y - v for v in bottom]


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on a page. ``unmapped``: glyphs without a character; ``cut``: characters beyond the limit."""

    runs: list[Run]
    frame: Frame
    unmapped: int = 0
    cut: int = 0


@cache
def direct(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of pdfium with plain numbers as arguments: the generated binding checks types at a third more cost."""
    import pypdfium2.raw as pdfium

    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


def page_text(page: int, text_page: int) -> PageText:
    """The runs of a page in the order of the file. ``page``, ``text_page``: pdfium's handles."""
    count = max(0, direct("FPDFText_CountChars", ctypes.c_int, ctypes.c_void_p)(text_page))
    taken = min(count, MAX_CHARS)
    text = _characters(text_page, taken)
    blank = {c for c in set(text) if c in _INVISIBLE or (c.isspace() and c not in _CONTROLS)}
    frame = _frame(page, _turn_of_type(text_page, text, blank))
    lefts, tops, rights, bottoms = frame.upright(*_boxes(text_page, text, blank))
    least, most = _plausible_heights(tops, bottoms)
    width, height = frame.size
    runs: list[Run] = []
    starts: list[int] = []
    for start, end in _stretches(text, blank, lefts, tops, rights, bottoms):
        printed, left = text[start:end], lefts[start:end]
        run = Run(printed, left[0], tops[start], rights[end - 1], bottoms[start], 0.0, left)
        if text[start] >= WIDE:
            wide = rights[start] - left[0]
        else:
            wide = next((rights[i] - lefts[i] for i in range(start, end) if text[i] >= WIDE), 0.0)
        tall = run.bottom - run.top
        run.em = wide or HEIGHT_TO_EM * tall
        if not least <= tall <= most or (wide and tall > SLENDER * wide):
            _measure_ink(run, text_page, start, frame)
            run.em = max(run.em, HEIGHT_TO_EM * most / HIGHEST)  # a comma has little ink
        if not (run.x1 > 0 and run.x0 < width and 0 < run.middle < height):
            continue  # beside the page: not seen by a reader
        runs.append(run)
        starts.append(start)
    return PageText(runs, frame, _mark_unmapped(text_page, text, runs, starts), count - taken)


def _mark_unmapped(text_page: int, text: str, runs: list[Run], starts: list[int]) -> int:
    """Replaces glyphs without a character, for which pdfium gives their number, and counts them.

    Every character is looked at only on pages where one fails at the start of a run, or after a Chinese character:
    there fonts change.
    """
    fails = direct("FPDFText_HasUnicodeMapError", ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
    suspects = starts + [match.start() for match in _CHANGE.finditer(text)]
    if not any(fails(text_page, index) == 1 for index in suspects):
        return 0
    count = 0
    for run, start in zip(runs, starts, strict=True):
        bad = [c in _CONTROLS or fails(text_page, index) == 1 for index, c in enumerate(run.text, start)]
        count += sum(bad)
        run.text = "".join(UNMAPPED if flag else c for c, flag in zip(run.text, bad, strict=True))
    return count


def _plausible_heights(tops: list[float], bottoms: list[float]) -> tuple[float, float]:
    """Least and greatest height of a box that can be believed, from the page's usual one."""
    every = slice(None, None, max(1, len(tops) // SAMPLE))
    heights = sorted(bottom - top for top, bottom in zip(tops[every], bottoms[every], strict=True) if bottom > top)
    usual = heights[len(heights) // 2] if heights else 0.0
    return usual * LOWEST, usual * HIGHEST


def _measure_ink(run: Run, text_page: int, start: int, frame: Frame) -> None:
    """Takes the ink's box where the loose one can't be true: pdfium leaves scaling out for fonts that run downwards."""
    places = (ctypes.c_double * 4)()
    at = ctypes.addressof(places)
    ink = direct("FPDFText_GetCharBox", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
    found = []
    for index in range(start, start + len(run.text)):
        if not ink(text_page, index, at, at + 8, at + 16, at + 24):
            return
        found.append(tuple(places))  # left, right, bottom, top
    left, right, bottom, top = map(list, zip(*found, strict=True))
    x0, y0, x1, y1 = frame.upright(left, bottom, right, top)
    run.lefts, run.x0, run.x1, run.top, run.bottom = x0, x0[0], x1[-1], min(y0), max(y1)
    run.em = max(max(x1[i] - x0[i], y1[i] - y0[i]) for i in range(len(x0)))


def _characters(text_page: int, count: int) -> str:
    """The first characters of the page, one a place, so that a place in the text is pdfium's index."""
    buffer = (ctypes.c_uint16 * (count + 1))()
    read = direct("FPDFText_GetText", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
    written = read(text_page, 0, count, ctypes.addressof(buffer))
    text = bytes(memoryview(buffer).cast("B")[: 2 * max(0, written - 1)]).decode("utf-16-le", "replace")
    if len(text) != count or UNMAPPED in text:  # pdfium left some out, or some take two units: ask one by one
        code = direct("FPDFText_GetUnicode", ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
        text = "".join(_character(code(text_page, index)) for index in range(count))
    for mark in _HYPHENS:
        text = text.replace(mark, "-")
    return _COMPATIBLE.sub(lambda match: _plain(match[0]), text)


def _character(code: int) -> str:
    return chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else UNMAPPED


def _plain(radical: str) -> str:
    """The character for a radical or a compatibility form, which fonts with a careless table give in its place."""
    plain = unicodedata.normalize("NFKC", radical)
    return plain if len(plain) == 1 else radical


def _boxes(text_page: int, text: str, blank: set[str]) -> tuple[list[float], list[float], list[float], list[float]]:
    """Left, bottom, right, top of every character in the file's coordinates; zeros for blanks."""
    import pypdfium2.raw as pdfium

    boxes = (pdfium.FS_RECTF * len(text))()
    start, size = ctypes.addressof(boxes), ctypes.sizeof(pdfium.FS_RECTF)
    get = direct("FPDFText_GetLooseCharBox", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    places = [index for index, character in enumerate(text) if character not in blank]
    addresses = [start + index * size for index in places]
    deque(map(get, repeat(text_page), places, addresses), maxlen=0)  # the shortest loop around a call
    flat: list[float] = memoryview(boxes).cast("B").cast("f").tolist()  # type: ignore[assignment]  # a row is left, top, right, bottom
    return flat[0::4], flat[3::4], flat[2::4], flat[1::4]


def _frame(page: int, turn: int) -> Frame:
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    direct("FPDF_GetPageBoundingBox", ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(page, ctypes.addressof(box))
    return Frame(box.left, box.bottom, box.right, box.top, turn)


def _turn_of_type(text_page: int, text: str, blank: set[str]) -> int:
    """By how many degrees, clockwise, the page has to be turned for most of its text to stand upright.

    The page's own /Rotate is of no use: it is for people, and stands or is missing where text is set sideways.
    """
    every = max(1, len(text) // (2 * ANGLES))
    places = [index for index in range(0, len(text), every) if text[index] not in blank]
    if not places:
        return 0
    angle = direct("FPDFText_GetCharAngle", ctypes.c_float, ctypes.c_void_p, ctypes.c_int)
    seen = [angle(text_page, index) for index in places]
    quarters = [-round(math.degrees(value) / 90) % 4 * 90 for value in seen if math.isfinite(value)]
    turn = max(_QUARTERS, key=quarters.count)
    return turn if quarters.count(turn) > len(seen) / 2 else 0


def _stretches(
    text: str, blank: set[str], lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float]
) -> Iterator[tuple[int, int]]:
    """Start and end of every run: broken at blanks, gaps and changes of height."""
    start = -1
    right = top = height = 0.0
    for index, character in enumerate(text):
        if character in blank:
            if start >= 0:
                yield start, index
                start = -1
            continue
        left = lefts[index]
        if start >= 0:
            gap = left - right
            reach = RUN_GAP * height
            if gap > reach or gap < -reach or abs(tops[index] - top) > RUN_SHIFT * height:
                yield start, index
                start = -1
        if start < 0:
            start = index
            top = tops[index]
            height = bottoms[index] - top
        right = rights[index]
    if start >= 0:
        yield start, len(text)
