"""Tables without side lines: rows from where text stands, because nothing is drawn around it.

Figures on one line are a row; its label is level with them, or, where it is wrapped, has as many lines above as below.
What is left of the labels is heads beside several rows. Columns are not claimed: a cell says its box, and the reading
decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..document import Box, TextCell
from .pdf_flow import TextLine
from .pdf_pieces import CELL_GAP, PAIR_GAP, STEP, Piece, around, blocks, cut_lines, is_row
from .pdf_rulings import Ruling
from .pdf_text import cell_text

HEAD_STEP = 2.3
"""From line to line inside the head of rows, in ems, at most: nothing else stands there."""

SAME_PLACE = 0.7
"""Lines of one cell begin, or are centred, at the same place within so many ems."""

LEVEL = 0.4
"""A label is as far above its figures as below, within so many ems."""

COLUMNS = 3
"""Lines with so many heads of columns may be lines of the same heads."""

_BEGINS = re.compile(r"[（(][一二三四五六七八九十\d]+[）)].|[一二三四五六七八九十]+(?:、.|$)|\d{1,2}[.．、](?!\d).")


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


def loose_tables(
    lines: Sequence[TextLine], horizontal: Sequence[Ruling], continued: bool
) -> tuple[list[Loose], list[TextLine]]:
    """Tables among the lines of a page, and the lines that are none.

    ``horizontal``: rulings that part rows; ``continued``: the page before ends with a table without rulings.
    """
    pieces = cut_lines(lines)
    if not any(is_row(row) for row in pieces):
        return [], list(lines)
    tables: list[Loose] = []
    rest: list[TextLine] = []
    start = 0
    for first, last in blocks(lines, pieces, continued):
        rest += lines[start:first]
        found = cut_lines(lines[first : last + 1], CELL_GAP)
        box = around([piece.box for row in found for piece in row])
        tables.append(Loose(_rows(found, horizontal), box))
        start = last + 1
    rest += lines[start:]
    return tables, rest


def _rows(lines: Sequence[list[Piece]], horizontal: Sequence[Ruling]) -> list[list[Piece]]:
    """The rows of a table, from its lines."""
    edge = min(piece.box[0] for line in lines for piece in line if piece.figure)
    labels = [_labels(line, edge) for line in lines]
    beside = [line[len(own) :] for line, own in zip(lines, labels, strict=True)]
    rows: list[list[Piece]] = []
    heads: list[list[Piece]] = []
    used: set[int] = set()
    for index, (own, others) in enumerate(zip(labels, beside, strict=True)):
        if any(piece.figure for piece in others):
            label = _label(index, labels, beside, horizontal, used)
            used.update(map(id, label))
            rows.append([_one(label), *others] if label else list(others))
        elif others:
            used.update(map(id, own))
            heads.append([*own, *others])
    rows += _column_heads(heads, horizontal)
    left = [piece for own in labels for piece in own if id(piece) not in used]
    for head in _stacked(left, HEAD_STEP, horizontal):
        cell = _one(head)
        level = [row for row in rows if len(head) == 1 and abs(row[-1].middle - cell.middle) < LEVEL * cell.em]
        if level:
            level[0].insert(0, cell)
        else:
            rows.append([cell])
    for row in rows:
        row.sort(key=lambda piece: piece.box[0])
    return sorted(rows, key=_start)


def _labels(line: Sequence[Piece], edge: float) -> list[Piece]:
    """The pieces of a line that stand before the figures, which begin at ``edge``, and before the heads above them."""
    own = [piece for piece in line if not piece.figure and piece.box[2] <= edge + piece.em]
    far = [len(a.text) > 1 and b.box[0] - a.box[2] > PAIR_GAP * a.em for a, b in pairwise(own)]
    return own[: far.index(True) + 1] if True in far else own


def _start(row: Sequence[Piece]) -> float:
    """Where a row begins: its figures' height, or the top of a head that stands beside several rows."""
    figures = [cell.middle for cell in row if cell.figure]
    return figures[0] if figures else min(cell.box[1] for cell in row)


def _label(
    index: int,
    labels: Sequence[list[Piece]],
    beside: Sequence[list[Piece]],
    horizontal: Sequence[Ruling],
    used: set[int],
) -> list[Piece]:
    """The lines of the label of the figures in line ``index``, from the top down."""
    at, em = beside[index][0].middle, beside[index][0].em
    above = [own for own, others in _until_figures(index, -1, labels, beside) if not others]
    below = [own for own, others in _until_figures(index, 1, labels, beside) if not others]
    own = labels[index][-1:]
    around_it = _widened([], at, em, above, below, horizontal, used)
    if around_it and (not own or around_it[0].box[0] > own[0].box[2]):
        return around_it  # what is level with the figures is the head of several rows
    return _widened(own, at, em, above, below, horizontal, used)


def _widened(
    group: list[Piece],
    at: float,
    em: float,
    above: Sequence[list[Piece]],
    below: Sequence[list[Piece]],
    horizontal: Sequence[Ruling],
    used: set[int],
) -> list[Piece]:
    """The lines of a label around height ``at`` with those above and below that complete it, two by two."""
    while not group or not _BEGINS.match(group[0].text):
        top, bottom = (group[0], group[-1]) if group else (None, None)
        pair = _pair(above, below, top, bottom, used)
        if pair is None:
            break
        upper, lower = pair
        inner_top, inner_bottom = (top.middle, bottom.middle) if top and bottom else (at, at)
        reach = STEP * max(upper.em, em)
        if max(inner_top - upper.middle, lower.middle - inner_bottom) > reach or not (
            abs(inner_top - upper.middle + inner_bottom - lower.middle) < LEVEL * em
        ):
            break
        if _parted(upper, lower, horizontal):
            break
        group = [upper, *group, lower]
    return group


def _until_figures(
    index: int, step: int, labels: Sequence[list[Piece]], beside: Sequence[list[Piece]]
) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """The lines above or below, as far as they belong to no other row."""
    index += step
    while 0 <= index < len(labels) and not beside[index]:
        yield labels[index], beside[index]
        index += step


def _pair(
    above: Sequence[list[Piece]],
    below: Sequence[list[Piece]],
    top: Piece | None,
    bottom: Piece | None,
    used: set[int],
) -> tuple[Piece, Piece] | None:
    """The next line above and below that stand at the place of a label; None where one is missing."""
    for upper in (piece for line in above for piece in reversed(line)):
        if id(upper) in used or (top and (upper.middle >= top.middle or not _aligned(upper, top))):
            continue
        for lower in (piece for line in below for piece in reversed(line)):
            if id(lower) in used or (bottom and lower.middle <= bottom.middle) or _BEGINS.match(lower.text):
                continue
            if _aligned(upper, lower):
                return upper, lower
        return None
    return None


def _aligned(one: Piece, other: Piece) -> bool:
    """Whether two pieces begin, or are centred, at the same place."""
    begin = abs(one.box[0] - other.box[0])
    centre = abs(one.box[0] + one.box[2] - other.box[0] - other.box[2]) / 2
    return min(begin, centre) < SAME_PLACE * max(one.em, other.em)


def _parted(upper: Piece, lower: Piece, horizontal: Sequence[Ruling]) -> bool:
    """Whether a ruling passes between two pieces."""
    x = (max(upper.box[0], lower.box[0]) + min(upper.box[2], lower.box[2])) / 2
    return any(rule.start <= x <= rule.end and upper.middle < rule.at < lower.middle for rule in horizontal)


def _column_heads(lines: Sequence[list[Piece]], horizontal: Sequence[Ruling]) -> list[list[Piece]]:
    """Lines of heads of columns as rows; wrapped heads as one cell each."""
    wrapped = [line for line in lines if len(line) >= COLUMNS]
    cells = [_one(stack) for stack in _stacked([piece for line in wrapped for piece in line], STEP, horizontal)]
    cells.sort(key=lambda cell: cell.middle)
    rows: list[list[Piece]] = [list(line) for line in lines if len(line) < COLUMNS]
    together: list[list[Piece]] = []
    for cell in cells:
        if together and cell.middle - together[-1][0].middle < LEVEL * cell.em:
            together[-1].append(cell)
        else:
            together.append([cell])
    return rows + together


def _stacked(pieces: Sequence[Piece], reach: float, horizontal: Sequence[Ruling]) -> list[list[Piece]]:
    """Pieces one below the other as lines of one cell, the nearest first; each has one neighbour on either side."""
    pairs = []
    for upper in pieces:
        for lower in pieces:
            step = lower.middle - upper.middle
            near = 0.5 * upper.em < step <= reach * max(upper.em, lower.em)
            if near and not _BEGINS.match(lower.text) and _aligned(upper, lower):
                pairs.append((step, upper, lower))
    below: dict[int, Piece] = {}
    taken: set[int] = set()
    for _, upper, lower in sorted(pairs, key=lambda pair: pair[0]):
        if id(upper) not in below and id(lower) not in taken and not _parted(upper, lower, horizontal):
            below[id(upper)] = lower
            taken.add(id(lower))
    stacks = []
    for piece in pieces:
        if id(piece) not in taken:
            stack = [piece]
            while id(stack[-1]) in below:
                stack.append(below[id(stack[-1])])
            stacks.append(stack)
    return stacks


def _one(stack: Sequence[Piece]) -> Piece:
    """The cell whose lines these pieces are."""
    if len(stack) == 1:
        return stack[0]
    runs = [run for piece in stack for run in piece.runs]
    box = around([piece.box for piece in stack])
    return Piece(runs, cell_text(runs, box[2] - box[0]), box, stack[0].em, False)
