"""Tables without side lines: rows from where text stands, because nothing is drawn around it.

Lines with wide gaps are rows; what stands between two gaps is a piece. Pieces one below the other that nothing parts
are one wrapped cell, and figures stand level with the middle (or the top) of the label they belong to. Columns are
not claimed: a cell says its box, and the reading decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..document import Box, TextCell
from .pdf_chars import Run
from .pdf_flow import TextLine
from .pdf_rulings import Ruling
from .pdf_text import cell_text, line_text

WORDS_GAP = 1.2
"""A gap that parts two cells, in ems."""

FIGURE_GAP = 0.8
"""The same where one of them is a figure."""

ROW_GAP = 0.35
"""The same beside a figure in a line that has several figures."""

PAIR_GAP = 3.0
"""Two pieces without a figure make a row only if they stand so far apart, in ems."""

STEP = 2.3
"""From line to line inside a wrapped cell, in ems, at most."""

HEADING = 8
"""A numbered line with fewer characters is rather the head of rows."""

EDGE_STEP = 1.55
"""The same for lines above the first row and below the last, which may as well be none of the table."""

SAME_PLACE = 0.7
"""Lines of one cell begin, or are centred, at the same place within so many ems."""

NUMBER_GAP = 0.4
"""The same before a numbered label."""

_OPENING = frozenset("（(《“‘、，：:—")
_FIGURE = re.compile(r"[+\-−－—–/\\]*\d[\d,.，]*(?:%|万元|万|元|件|条|次)?|[/\\\-−－—–]+")
_NUMBERED = re.compile(r"[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d{1,2}[.．、](?!\d)")


@dataclass(slots=True, eq=False)
class Piece:
    """Text between two gaps of a line, or several such pieces that are one cell."""

    runs: list[Run]
    text: str
    box: Box
    em: float
    figure: bool
    row: bool = False
    """Whether its line is the row of a table, so that a label there goes on below only closely set."""

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.box[1] + self.box[3]) / 2


@dataclass(slots=True, eq=False)
class Loose:
    """A table without rulings on one page, as rows of pieces from the top down."""

    rows: list[list[Piece]]
    box: Box

    @property
    def depth(self) -> int:
        """Rows."""
        return len(self.rows)

    def cells(self) -> Iterator[list[TextCell]]:
        """Its rows as cells without columns."""
        for row in self.rows:
            yield [TextCell(piece.text, box=piece.box) for piece in row]


def loose_tables(lines: Sequence[TextLine], horizontal: Sequence[Ruling]) -> tuple[list[Loose], list[TextLine]]:
    """Tables among the lines of a page, and the lines that are none. ``horizontal``: rulings that part rows."""
    pieces = [_pieces(line) for line in lines]
    if not any(_is_row(row) for row in pieces):
        return [], list(lines)
    tables: list[Loose] = []
    rest: list[TextLine] = []
    start = 0
    for first, last in _blocks(lines, pieces):
        rest += lines[start:first]
        found = [piece for row in pieces[first : last + 1] for piece in row]
        for row in pieces[first : last + 1]:
            for piece in row:
                piece.row = len(row) > 1
        box = _around([piece.box for piece in found])
        tables.append(Loose(_rows(_cells(found, horizontal)), box))
        start = last + 1
    rest += lines[start:]
    return tables, rest


def _pieces(line: TextLine) -> list[Piece]:
    """A line cut at its wide gaps."""
    if len(line.runs) == 1:
        return [_piece(line.runs)]
    pieces = [_piece(group) for group in _cut(line, FIGURE_GAP)]
    if sum(piece.figure for piece in pieces) >= 3:
        pieces = [_piece(group) for group in _cut(line, ROW_GAP)]
    return pieces


def _cut(line: TextLine, figure_gap: float) -> list[list[Run]]:
    """The line's runs, parted where a gap is wide for what stands beside it."""
    groups = [[line.runs[0]]]
    for before, run in pairwise(line.runs):
        gap = (run.x0 - before.x1) / max(min(before.em, run.em), 0.1)
        figure = _FIGURE.fullmatch(before.text) or _FIGURE.fullmatch(run.text)
        numbered = _NUMBERED.match(run.text) and before.text[-1] not in _OPENING
        if gap > (figure_gap if figure else NUMBER_GAP if numbered else WORDS_GAP):
            groups.append([run])
        else:
            groups[-1].append(run)
    return groups


def _piece(runs: list[Run]) -> Piece:
    text = line_text(runs)
    em = max(run.em for run in runs)
    return Piece(runs, text, _around([run.box for run in runs]), em, _FIGURE.fullmatch(text) is not None)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _is_row(pieces: Sequence[Piece]) -> bool:
    """Whether a line is cut like the row of a table."""
    if len(pieces) == 2:
        gap = pieces[1].box[0] - pieces[0].box[2]
        return pieces[1].figure or gap > PAIR_GAP * pieces[0].em
    return len(pieces) > 2


def _blocks(lines: Sequence[TextLine], pieces: Sequence[list[Piece]]) -> list[tuple[int, int]]:
    """First and last line of each table: rows, and between them what can only be wrapped labels or row heads."""
    blocks: list[tuple[int, int]] = []
    level = [piece.middle for row in pieces for piece in row if piece.figure]
    headings = {index for index, row in enumerate(pieces) if _is_heading(row, level)}
    rows = [index for index, row in enumerate(pieces) if _is_row(row)]
    for index in rows:
        between = range(blocks[-1][1] + 1, index) if blocks else range(0)
        if blocks and all(
            i not in headings and _beside(pieces[i], pieces[between.start - 1], pieces[index]) for i in between
        ):
            blocks[-1] = (blocks[-1][0], index)
        else:
            blocks.append((index, index))
    found: list[tuple[int, int]] = []
    for first, last in blocks:
        inside = [row for row in pieces[first : last + 1] if _is_row(row)]
        if len(inside) < 2 or not any(piece.figure for row in inside for piece in row):
            continue
        before, after = first - 1, last + 1
        while before >= 0 and before not in headings and _joins(lines[before], lines[before + 1]):
            if not _beside(pieces[before], [], pieces[before + 1]):
                break
            before -= 1
        while after < len(lines) and after not in headings and _joins(lines[after - 1], lines[after]):
            if not _beside(pieces[after], pieces[after - 1], []):
                break
            after += 1
        if not found or before >= found[-1][1]:
            found.append((before + 1, after - 1))
    return found


def _beside(line: Sequence[Piece], above: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """Whether a line that is no row stands left of the figures of the rows around it."""
    figures = [piece.box[0] for row in (above, below) for piece in row if piece.figure]
    return bool(figures) and max(piece.box[2] for piece in line) <= min(figures) + line[0].em


def _is_heading(pieces: Sequence[Piece], level: Sequence[float]) -> bool:
    """Whether a line is a numbered heading, not a label: no figure stands near it. ``level``: heights of figures."""
    first = pieces[0]
    if len(pieces) > 1 or len(first.text) < HEADING or not _NUMBERED.match(first.text):
        return False
    return all(abs(at - first.middle) > EDGE_STEP * first.em for at in level)


def _joins(line: TextLine, below: TextLine) -> bool:
    return (below.top + below.bottom - line.top - line.bottom) / 2 <= EDGE_STEP * max(line.em, below.em)


def _cells(pieces: list[Piece], horizontal: Sequence[Ruling]) -> list[Piece]:
    """Pieces with those that are lines of one wrapped cell joined, nearest first."""
    cells = sorted(pieces, key=lambda piece: piece.middle)
    level = [piece.middle for piece in cells if piece.figure]
    loose = [cell for cell in cells if not cell.figure]
    pairs = []
    for index, upper in enumerate(loose):
        for lower in loose[index + 1 :]:
            step = lower.middle - upper.middle
            if step > STEP * max(upper.em, lower.em):
                break
            if upper.row and lower.row and step > EDGE_STEP * max(upper.em, lower.em):
                continue
            if step > 0.5 * upper.em and _same_cell(upper, lower, level, horizontal):
                pairs.append((step, upper, lower))
    cell_of = {id(cell): [cell] for cell in loose}
    below: set[int] = set()
    above: set[int] = set()
    for _, upper, lower in sorted(pairs, key=lambda pair: pair[0]):
        if id(upper) in above or id(lower) in below:
            continue  # each line of a cell has one line above it and one below
        above.add(id(upper))
        below.add(id(lower))
        group = cell_of[id(upper)] + cell_of[id(lower)]
        for piece in group:
            cell_of[id(piece)] = group
    done: set[int] = set()
    joined = [cell for cell in cells if cell.figure]
    for cell in loose:
        group = cell_of[id(cell)]
        if id(group) not in done:
            done.add(id(group))
            joined.append(cell if len(group) == 1 else _wrapped(group))
    return joined


def _wrapped(group: list[Piece]) -> Piece:
    runs = [run for piece in group for run in piece.runs]
    box = _around([piece.box for piece in group])
    return Piece(runs, cell_text(runs, box[2] - box[0]), box, group[0].em, False)


def _same_cell(upper: Piece, lower: Piece, level: Sequence[float], horizontal: Sequence[Ruling]) -> bool:
    """Whether two pieces, one below the other, can be lines of one cell."""
    em = max(upper.em, lower.em)
    begin = abs(upper.box[0] - lower.box[0])
    centre = abs(upper.box[0] + upper.box[2] - lower.box[0] - lower.box[2]) / 2
    if min(begin, centre) > SAME_PLACE * em or (_NUMBERED.match(lower.text) and len(lower.text) > 1):
        return False
    both = sum(any(abs(at - piece.middle) < 0.3 * em for at in level) for piece in (upper, lower))
    if both == 2 and len(upper.text) > 1:
        return False  # each has figures of its own beside it
    middle = (max(upper.box[0], lower.box[0]) + min(upper.box[2], lower.box[2])) / 2
    return not any(
        ruling.start <= middle <= ruling.end and upper.middle < ruling.at < lower.middle for ruling in horizontal
    )


def _rows(cells: list[Piece]) -> list[list[Piece]]:
    """Cells in rows: figures level with each other, with the labels beside them; other cells by their middles."""
    rows: list[list[Piece]] = []
    for figure in sorted((cell for cell in cells if cell.figure), key=lambda cell: cell.middle):
        if rows and figure.middle - rows[-1][0].middle < 0.5 * figure.em:
            rows[-1].append(figure)
        else:
            rows.append([figure])
    heads: list[list[Piece]] = []
    for cell in sorted((cell for cell in cells if not cell.figure), key=lambda cell: cell.middle):
        beside = [row for row in rows if cell.box[1] < row[0].middle < cell.box[3]]
        if len(beside) == 1:
            beside[0].append(cell)
        elif not beside and heads and abs(heads[-1][0].middle - cell.middle) < 0.5 * cell.em:
            heads[-1].append(cell)
        else:
            heads.append([cell])
    rows += heads
    for row in rows:
        row.sort(key=lambda cell: cell.box[0])
    return sorted(rows, key=_start)


def _start(row: Sequence[Piece]) -> float:
    """Where a row begins: its figures' height, or the top of a head that stands beside several rows."""
    figures = [cell.middle for cell in row if cell.figure]
    return figures[0] if figures else min(cell.box[1] for cell in row)
