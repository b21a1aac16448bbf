"""The value cells of a row → its columns. A figure is placed where its position shows it, or not at all.

A row with as many cells as columns is read in order. Rows with fillers for merged label cells, with cells that vanished
or stand shifted are placed by the grid's columns, by what complete rows of the same table show, by the sign of a
change; what is left is reported as unplaced, for the identities to decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from ..report.form import Cell
from .document import TextCell
from .figures import Figure, parse
from .rows import Candidate

_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """For each column of the row its value cell, None where the row shows no cell for it.

    ``lines``: the line index of each; ``unplaced``: the printed cells in order, where their columns can't be told.
    """

    cells: tuple[TextCell | None, ...]
    lines: tuple[int | None, ...]
    unplaced: tuple[TextCell, ...] = ()
    short: bool = False
    """Cells are missing: the row shows fewer than the form has columns, in a document that else prints them all."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the complete rows of a block show: ``offsets`` of the first figure for a number of cells, ``start`` its index
    in the line, ``columns`` of the grid, ``complete`` how many rows have all their cells."""

    offsets: dict[int, int]
    start: int | None
    columns: tuple[int | None, ...]
    complete: int
    dropped: bool = False
    tall: bool = False
    """Whether some value cell covers several rows, so that a row without a cell in its column lacks none."""
    window: int | None = None
    """In rows with fillers: whether the columns begin behind the label (0) or end with the line (-1)."""


def repeats_dropped(rows: Sequence[Candidate]) -> bool:
    """Whether no two of the rows' cells print the same: a page whose repeated lines were dropped shows nothing for sure."""
    texts = [cell.text for row in rows if row.stacked for cell in row.values]
    return len(texts) >= _SEVERAL and len(set(texts)) == len(texts)


def pattern_of(rows: Sequence[Candidate], width: int, head_start: int | None = None) -> Pattern:
    """Learn from the rows in which every column prints something. ``head_start``: where the head has its first column."""
    starts: set[int] = set()
    offsets: dict[int, set[int]] = {}
    columns: Counter[tuple[int | None, ...]] = Counter()
    complete = 0
    for row in rows:
        filled = [i for i, cell in enumerate(row.values) if parse(cell.text).kind != "blank"]
        if len(filled) == width and filled[-1] - filled[0] == width - 1:
            complete += 1
            offsets.setdefault(len(row.values), set()).add(filled[0])
            columns[tuple(row.values[i].column for i in filled)] += 1
            if row.start is not None:
                starts.add(row.start + filled[0])
    best = columns.most_common(1)
    return Pattern(
        {size: next(iter(firsts)) for size, firsts in offsets.items() if len(firsts) == 1},
        head_start if not complete else next(iter(starts)) if len(starts) == 1 else None,
        best[0][0] if best else (),
        complete,
        repeats_dropped(rows),
        any(cell.rows > 1 for row in rows for cell in row.values),
        _window_of_complete(rows, width) if complete else window_of(rows, width),
    )


def _window_of_complete(rows: Sequence[Candidate], width: int) -> int | None:
    """Where the columns begin in complete rows that have fillers as well."""
    sides = set()
    for row in rows:
        filled = [i for i, cell in enumerate(row.values) if parse(cell.text).kind != "blank"]
        if len(row.values) > width == len(filled):
            sides.add(0 if filled[-1] == width - 1 else -1 if filled[0] == len(row.values) - width else None)
    return sides.pop() if len(sides) == 1 else None


def window_of(rows: Sequence[Candidate], width: int) -> int | None:
    """Where the columns begin in rows that have fillers and no complete row: right behind the label (0), or so that
    the last cell is the last column (-1). None where both fit or neither does; sums of the rows are evidence.
    """
    wide = [row for row in rows if len(row.values) > width and not row.blank]
    if not wide:
        return None
    left = [_window(row, 0, width) for row in wide]
    right = [_window(row, len(row.values) - width, width) for row in wide]
    fits_left, fits_right = all(left), all(right)
    if fits_left != fits_right:
        return 0 if fits_left else -1
    if not fits_left:
        return None
    sums_left, sums_right = (sum(_adds_up(cells) for cells in side if cells) for side in (left, right))
    if sums_left == sums_right:  # where only 总计 is filled, the right reading has all figures in one column
        exact = [row.values for row in rows if len(row.values) == width]
        sums_left, sums_right = (-len(_used([*side, *exact])) for side in (left, right))
    if sums_left == sums_right:
        return None
    return 0 if sums_left > sums_right else -1


def _used(side: Sequence[Sequence[TextCell] | None]) -> set[int]:
    """Which columns hold figures at all."""
    return {n for cells in side for n, cell in enumerate(cells or ()) if parse(cell.text).kind != "blank"}


def _window(row: Candidate, start: int, width: int) -> Sequence[TextCell] | None:
    """The cells from ``start``, None where a printed cell stands outside."""
    inside = range(start, start + width)
    if any(parse(cell.text).kind != "blank" and i not in inside for i, cell in enumerate(row.values)):
        return None
    return row.values[start : start + width]


def _adds_up(cells: Sequence[TextCell]) -> bool:
    """Whether the last figure is printed and the sum of those before it."""
    values = [parse(cell.text).value for cell in cells]
    return bool(values[-1]) and sum(value or 0 for value in values[:-1]) == values[-1]


def place(row: Candidate, keys: Sequence[Cell], pattern: Pattern) -> Placed:
    """Place the value cells of a row of the form in its columns."""
    width, cells = len(keys), row.values
    if row.glued:
        if len(row.glued) == width or width == 1:
            digits = [row.glued] if width == 1 else list(row.glued)
            return Placed(tuple(TextCell(digit) for digit in digits), (row.lines[0],) * width)
        return Placed((None,) * width, (None,) * width, (TextCell(row.glued),))
    figures = [parse(cell.text) for cell in cells]
    filled = [i for i, figure in enumerate(figures) if figure.kind != "blank"]
    if len(cells) == width:
        return _at(row, range(width))
    if not filled:
        return _at(row, range(min(width, len(cells))), pad=width)
    if len(filled) == width and filled[-1] - filled[0] == width - 1:
        return _at(row, filled)
    if len(cells) > width and len(cells) in pattern.offsets:
        start = pattern.offsets[len(cells)]
        window = range(start, start + width)
        if filled[0] >= start and filled[-1] < start + width:
            return _at(row, window)
    if row.start is not None and pattern.start is not None and row.start <= pattern.start:
        first = pattern.start - row.start
        if filled[0] >= first and filled[-1] < first + width <= len(cells):
            return _at(row, range(first, first + width))
    if pattern.window is not None and len(cells) > width:
        first = 0 if pattern.window == 0 else len(cells) - width
        if _window(row, first, width):
            return _at(row, range(first, first + width))
    if by_grid := _by_grid(cells, pattern.columns, filled):
        printed = [i for i in by_grid if i is not None]
        return _pick(row, by_grid, short=not pattern.tall and by_grid[: len(printed)] == printed and None in by_grid)
    if any(cell.box for cell in cells):
        return _unplaced(row, width, filled)  # cells apart by spaces: a long label moves all that follow
    if len(filled) < width and len(cells) == len(filled):
        return _short(row, keys, figures, pattern)
    return _unplaced(row, width, filled)


def _at(row: Candidate, indexes: Sequence[int], pad: int = 0) -> Placed:
    return _pick(row, [*indexes, *[None] * (pad - len(indexes))])


def _pick(row: Candidate, indexes: Sequence[int | None], short: bool = False) -> Placed:
    return Placed(
        tuple(None if i is None else row.values[i] for i in indexes),
        tuple(None if i is None else row.lines[i] for i in indexes),
        short=short,
    )


def _unplaced(row: Candidate, width: int, filled: Sequence[int]) -> Placed:
    return Placed((None,) * width, (None,) * width, tuple(row.values[i] for i in filled))


def _by_grid(
    cells: Sequence[TextCell], columns: Sequence[int | None], filled: Sequence[int]
) -> list[int | None] | None:
    """Indexes by the true columns of the grid, where every printed cell covers exactly one of the known columns."""
    if not columns or None in columns:
        return None
    at: dict[int, int] = {}
    for i, cell in enumerate(cells):
        if cell.column is None:
            return None
        covered = [
            n
            for n, column in enumerate(columns)
            if column is not None and cell.column <= column < cell.column + cell.span
        ]
        if i in filled and len(covered) != 1:
            return None
        for n in covered:
            if i in filled or n not in at:
                at[n] = i
    return [at.get(n) for n in range(len(columns))]


def _short(row: Candidate, keys: Sequence[Cell], figures: Sequence[Figure], pattern: Pattern) -> Placed:
    """Fewer cells than columns, none of them shown blank: a cell is missing, or blanks vanished."""
    width, count = len(keys), len(figures)
    signed = [i for i, figure in enumerate(figures) if figure.signed]
    fits = [
        choice
        for choice in combinations(range(width), count)
        if signed and all(keys[choice[i]].type == "change" for i in signed)
    ]
    indexes: list[int | None] = [None] * width
    if pattern.dropped:
        return _unplaced(row, width, range(count))
    if len(fits) > 1:
        # A signed change fixes its own column; figures before it fill the columns before it without a gap.
        leading = tuple(range(count))
        fits = [leading] if leading in fits else fits
    if len(fits) == 1:
        for i, column in enumerate(fits[0]):
            indexes[column] = i
        return _pick(row, indexes)
    if count == width - 1 and width <= 3 and pattern.complete:
        # The row beside it prints all its cells, so this one breaks off: what stands there stands from the left.
        return _pick(row, [*range(count), None], short=True)
    return _unplaced(row, width, range(count))
