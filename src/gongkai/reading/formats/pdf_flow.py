"""The text beside the tables: which lines are headers and footers, and which lines make one paragraph.

A PDF knows neither. A line goes on in the next one where the next one's first word would not have fitted; a paragraph
begins with an indent of two characters. Page numbers and lines repeated at the same place of every page are headers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ..document import Box
from .pdf_chars import WIDE, Run
from .pdf_text import latin, line_text

MARGIN_ZONE = 0.13
"""Headers and footers stand in this part of the page's height at its top and bottom."""

SAME_PLACE = 6.0
"""A header stands at the same height on every page, within so many points."""

INDENT = 1.2
"""A line set in further than this, in ems, begins a paragraph."""

SLACK = 0.5
"""Room left at the end of a line, in ems, that says nothing."""

SAME_SIZE = 1.18
"""Lines whose type sizes differ by a greater factor belong to different paragraphs."""

LOOSE = 1.5
"""A step down, in usual steps from line to line, that parts paragraphs."""

WIDER = 1.15
"""The same after a full stop."""

TITLE_ROOM = 0.12
"""A title over two lines leaves at most so much of the line free, on either side, in its first."""

CENTRED = 0.6
"""A centred line has the same room on both sides, within so many ems."""

NARROWEST = 0.75
"""Running text reaches at least this part of the page's width."""

ALIGNED = 4.0
"""Lines whose ends differ by less, in points, end at the same margin."""

_NUMBER = re.compile(
    r"[\s\-—–－―_~·•.]*第?\s*(\d{1,4})\s*页?(?:\s*[,，/／]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?[\s\-—–－―_~·•.]*"
)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)")
_ENDS = frozenset("。！？；：!?;:")
_DIGITS = re.compile(r"\d+")
_NEVER_FIRST = frozenset("，。、；：？！）》」』”’〕】〉…％,.;:?!)]}%")
_NEVER_LAST = frozenset("（《「『“‘〔【〈([{")


@dataclass(slots=True, eq=False)
class TextLine:
    """A visual line outside tables. ``page`` from 1; ``em``: size of type of its longest run."""

    runs: list[Run]
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    em: float
    text: str
    header: bool = False

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return (self.x0, self.top, self.x1, self.bottom)

    @classmethod
    def of(cls, runs: list[Run], page: int) -> TextLine:
        """The line that these runs, from left to right, make."""
        longest = max(runs, key=lambda run: (max(run.text) >= WIDE, len(run.text)))
        top, bottom = min(run.top for run in runs), max(run.bottom for run in runs)
        return cls(runs, page, runs[0].x0, top, max(run.x1 for run in runs), bottom, longest.em, line_text(runs))


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of running text begin and end, how far apart they stand, and the size of most type, in points."""

    left: float
    right: float
    step: float
    em: float


def mark_headers(pages: Sequence[tuple[float, Sequence[TextLine]]]) -> None:
    """Marks page numbers and repeated headers and footers. ``pages``: height and lines of each page, from the top."""
    near = [
        [line for line in lines if line.bottom < MARGIN_ZONE * height or line.top > (1 - MARGIN_ZONE) * height]
        for height, lines in pages
    ]
    bare: Counter[int] = Counter()
    for lines in near:
        for line in lines:
            match = _NUMBER.fullmatch(line.text)
            if match and line.text.isdecimal():
                bare[int(match[1]) - line.page] += 1
            elif match:
                line.header = True
    for lines in near:
        for line in lines:
            if line.text.isdecimal() and len(line.text) <= 4:
                shift = int(line.text) - line.page
                line.header = bare[shift] > 1 or (len(pages) == 1 and shift == 0)
    _mark_repeated([line for lines in near for line in lines if not line.header], len(pages))


def _mark_repeated(lines: Sequence[TextLine], pages: int) -> None:
    """Marks lines that stand on most pages at the same height with the same words."""
    same: dict[str, list[TextLine]] = {}
    for line in lines:
        same.setdefault(_DIGITS.sub("0", line.text), []).append(line)
    for group in same.values():
        heights = median(line.top for line in group)
        group = [line for line in group if abs(line.top - heights) < SAME_PLACE]
        on = len({line.page for line in group})
        if on >= 2 and 2 * on >= pages:
            for line in group:
                line.header = True


def margins(lines: Sequence[TextLine], width: float) -> Margins:
    """The margins that running text keeps to, from the lines of pages of one width, in points."""
    body = [line for line in lines if not line.header]
    if not body:
        return Margins(0.0, 0.0, 0.0, 1.0)
    left = -_shared([-line.x0 for line in body])
    right = max(_shared([line.x1 for line in body]), NARROWEST * width)
    sizes: Counter[float] = Counter()
    for line in body:
        sizes[line.em] += len(line.text)
    return Margins(left, right, _step(body, right), sizes.most_common(1)[0][0])


def _step(lines: Sequence[TextLine], right: float) -> float:
    """How far apart the lines of a paragraph stand: those after a full line that ends no sentence."""
    sure, all_steps = [], []
    for before, line in pairwise(lines):
        step = line.bottom - before.bottom
        if before.page == line.page and step > 0:
            all_steps.append(step)
            if right - before.x1 < before.em and before.text[-1] not in _ENDS:
                sure.append(step)
    all_steps.sort()
    return median(sure) if sure else all_steps[len(all_steps) // 3] if all_steps else 0.0


def _shared(ends: list[float]) -> float:
    """The furthest place at which at least two lines end; else the furthest."""
    ends.sort(reverse=True)
    return next((end for end, following in pairwise(ends) if end - following < ALIGNED), ends[0])


def goes_on(before: TextLine, line: TextLine, margins: Margins) -> bool:
    """Whether ``line`` continues the paragraph of ``before``, the line of text that precedes it."""
    if max(before.em, line.em) > SAME_SIZE * min(before.em, line.em):
        return False
    step = margins.step * max(1.0, line.em / margins.em)  # larger type stands further apart
    loose = WIDER if before.text[-1] in _ENDS else LOOSE
    if before.page == line.page and line.bottom - before.bottom > loose * step:
        return False
    room = margins.right - before.x1
    if _centred(before, margins) and _centred(line, margins):
        return room < TITLE_ROOM * (margins.right - margins.left)
    if line.x0 - margins.left > INDENT * line.em or room > _first_word(line) + SLACK * line.em:
        return False
    return not (_HEADING.match(line.text) and before.text[-1] in _ENDS)


def _centred(line: TextLine, margins: Margins) -> bool:
    """Whether the line is in the middle, and not only because it begins a paragraph of one full line."""
    room, rest = line.x0 - margins.left, margins.right - line.x1
    return abs(room - rest) < CENTRED * line.em and (room > 2.6 * line.em or line.em > SAME_SIZE * margins.em)


def _first_word(line: TextLine) -> float:
    """Width of the beginning of the line that can't be parted by a line break, in points."""
    text = line.text
    end = 1
    while end < len(text) and (
        text[end] in _NEVER_FIRST
        or text[end - 1] in _NEVER_LAST
        or (text[end - 1] < WIDE and text[end] < WIDE and not text[end].isspace())
    ):
        end += 1
    return line.em * sum(1.0 if character >= WIDE else 0.5 for character in text[:end])


def paragraph(lines: Sequence[TextLine]) -> str:
    """The text of the lines of one paragraph: words of Latin letters apart, all else without a space."""
    text = lines[0].text
    for line in lines[1:]:
        words = latin(text[-1]) and latin(line.text[0]) and not (text[-1].isdigit() or line.text[0].isdigit())
        text += (" " if words else "") + line.text
    return text
