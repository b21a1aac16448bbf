"""Lines of text cut into pieces at wide gaps, and which lines of a page are a table without side lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..document import Box
from .pdf_chars import Run
from .pdf_flow import TextLine
from .pdf_text import line_text

WORDS_GAP = 1.2
"""A gap that parts two cells, in ems."""

CELL_GAP = 0.5
"""The same in lines that are known to be of a table."""

FIGURE_GAP = 0.8
"""The same where one of them is a figure."""

ROW_GAP = 0.35
"""The same beside a figure in a line that has several figures."""

NUMBER_GAP = 0.4
"""The same before a numbered label."""

PAIR_GAP = 3.0
"""Two pieces without a figure make a row only if they stand so far apart, in ems."""

STOPS, NEAR = 4, 2.0
"""So many labels that begin within so many points show that a column begins there."""

FIGURES = 5
"""A row with fewer figures is no table by itself."""

HEADING = 8
"""A numbered line with fewer characters is rather the head of rows."""

STEP = 1.6
"""From line to line inside a wrapped cell, in ems, at most."""

CLOSING = frozenset("）)》”’，。、；：")
"""Never the first of a cell."""

_OPENING = frozenset("（(《“‘、，：:—")
_FIGURE = re.compile(r"[+\-−－—–/\\]*\d[\d,.，]*(?:%|万元|万|元|件|条|次)?|[/\\\-−－—–]+")
_HEADING = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d、")
_NUMBERED = re.compile(r"[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d{1,2}[.．、](?!\d)")


@dataclass(slots=True, eq=False)
class Piece:
    """Text between two gaps of a line, or several such pieces that are one cell."""

    runs: list[Run]
    text: str
    box: Box
    em: float
    figure: bool

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.box[1] + self.box[3]) / 2


def cut_lines(lines: Sequence[TextLine], gap: float = WORDS_GAP) -> list[list[Piece]]:
    """Each line's pieces, from left to right. ``gap``: between words, in ems."""
    stops = _stops(lines)
    return [_pieces(line, stops, gap) for line in lines]


def _stops(lines: Sequence[TextLine]) -> list[float]:
    """Where a column of labels begins: several numbered ones do."""
    begins = sorted(run.x0 for line in lines for run in line.runs if _NUMBERED.match(run.text))
    return [begins[i] for i in range(len(begins) - STOPS + 1) if begins[i + STOPS - 1] - begins[i] < NEAR]


def _pieces(line: TextLine, stops: Sequence[float], words_gap: float) -> list[Piece]:
    """A line cut at its wide gaps, and where a column begins."""
    if len(line.runs) == 1:
        return [piece_of(line.runs)]
    pieces = [piece_of(group) for group in _cut(line, min(FIGURE_GAP, words_gap), words_gap, stops)]
    if sum(piece.figure for piece in pieces) >= 3:
        pieces = [piece_of(group) for group in _cut(line, ROW_GAP, words_gap, stops)]
    return pieces


def _cut(line: TextLine, figure_gap: float, words_gap: float, stops: Sequence[float]) -> list[list[Run]]:
    """The line's runs, parted where a gap is wide for what stands beside it."""
    groups = [[line.runs[0]]]
    for before, run in pairwise(line.runs):
        gap = (run.x0 - before.x1) / max(min(before.em, run.em), 0.1)
        figure = _FIGURE.fullmatch(before.text) or _FIGURE.fullmatch(run.text)
        numbered = _NUMBERED.match(run.text) and before.text[-1] not in _OPENING
        stop = any(abs(run.x0 - at) < NEAR for at in stops)
        number_gap = min(NUMBER_GAP, words_gap / 2)
        if run.text[0] not in CLOSING and (
            stop or gap > (figure_gap if figure else number_gap if numbered else words_gap)
        ):
            groups.append([run])
        else:
            groups[-1].append(run)
    return groups


def piece_of(runs: list[Run]) -> Piece:
    text = line_text(runs)
    em = max(run.em for run in runs)
    return Piece(runs, text, around([run.box for run in runs]), em, _FIGURE.fullmatch(text) is not None)


def around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def is_row(pieces: Sequence[Piece]) -> bool:
    """Whether a line is cut like the row of a table."""
    if len(pieces) == 2:
        gap = pieces[1].box[0] - pieces[0].box[2]
        return pieces[1].figure or gap > PAIR_GAP * pieces[0].em
    return len(pieces) > 2


def blocks(lines: Sequence[TextLine], pieces: Sequence[list[Piece]], continued: bool) -> list[tuple[int, int]]:
    """First and last line of each table: rows, and between them what can only be wrapped labels or row heads.

    ``continued``: the page before ends with a table, so that a single row at the top is the rest of it.
    """
    spans: list[tuple[int, int]] = []
    level = [piece.middle for row in pieces for piece in row if piece.figure]
    headings = {index for index, row in enumerate(pieces) if _is_heading(row, level)}
    rows = [index for index, row in enumerate(pieces) if is_row(row)]
    figured = [index for index in rows if any(piece.figure for piece in pieces[index])]

    def wrapped(index: int) -> bool:
        """Whether a line between rows can be one of a label or of a head."""
        place = bisect_right(figured, index)
        around_it = [pieces[row] for row in figured[max(0, place - 1) : place + 1]]
        return index not in headings and _beside(pieces[index], *around_it)

    for index in rows:
        if spans and all(map(wrapped, range(spans[-1][1] + 1, index))):
            spans[-1] = (spans[-1][0], index)
        else:
            spans.append((index, index))
    found: list[tuple[int, int]] = []
    for first, last in spans:
        inside = [row for row in pieces[first : last + 1] if is_row(row)]
        most = max(sum(piece.figure for piece in row) for row in inside)
        if not most or (len(inside) < 2 and most < FIGURES and not (continued and first == 0)):
            continue
        before, after = first - 1, last + 1
        while before >= 0 and before not in headings and _joins(lines[before], lines[before + 1]):
            if not _beside(pieces[before], pieces[first]):
                break
            before -= 1
        while after < len(lines) and after not in headings and _joins(lines[after - 1], lines[after]):
            if not _beside(pieces[after], pieces[last]):
                break
            after += 1
        if not found or before >= found[-1][1]:
            found.append((before + 1, after - 1))
    return found


def _beside(line: Sequence[Piece], *rows: Sequence[Piece]) -> bool:
    """Whether a line that is no row stands left of the figures of the rows around it."""
    figures = [piece.box[0] for row in rows for piece in row if piece.figure]
    return bool(figures) and max(piece.box[2] for piece in line) <= min(figures) + line[0].em


def _is_heading(pieces: Sequence[Piece], level: Sequence[float]) -> bool:
    """Whether a line is a numbered heading, not a label: no figure stands near it. ``level``: heights of figures."""
    first = pieces[0]
    if len(pieces) > 1 or len(first.text) < HEADING or not _HEADING.match(first.text):
        return False
    return all(abs(at - first.middle) > STEP * first.em for at in level)


def _joins(line: TextLine, below: TextLine) -> bool:
    return (below.top + below.bottom - line.top - line.bottom) / 2 <= STEP * max(line.em, below.em)
