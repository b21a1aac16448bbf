"""Ruled tables: rulings → connected groups → grid lines → regions of the grid that no ruling divides → cells with text.

Merged cells fall out as regions of several fields. The outside of a group counts as ruled, so tables without side or
foot lines (三线表, a page break without a rule) have cells too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..document import Box
from .pdf_chars import Run
from .pdf_rulings import Ruling, Rulings
from .pdf_text import cell_text

TOUCH = 4.0
"""Rulings that come this near to each other, in points, meet."""

SAME_COLUMN = 6.0
"""Vertical rulings not further apart than this, in points, bound the same column: columns are wider."""

SAME_ROW = 4.0
"""Horizontal rulings not further apart than this, in points, bound the same row: rows are higher."""

OVERHANG = 9.0
"""Rulings that stick out further than this, in points, past the last crossing line enclose one more row or column."""

COVERED = 0.5
"""The part of a field's side that rulings must cover to divide it from its neighbour."""


@dataclass(slots=True, eq=False)
class Region:
    """A cell: so many ``rows`` and ``columns`` of its grid from ``row`` and ``column`` on, and what stands in it."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The cell's text, its lines joined."""
        return cell_text(self.runs, self.box[2] - self.box[0])


NOWHERE = Region(0, 0, 0, 0, (0.0, 0.0, 0.0, 0.0))
"""Stands for the cell of a field until it is found."""


@dataclass(slots=True, eq=False)
class Grid:
    """A ruled table on one page. ``xs``, ``ys``: its grid lines; ``owner``: for each field, its region."""

    xs: list[float]
    ys: list[float]
    regions: list[Region]
    owner: list[list[Region]]

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def depth(self) -> int:
        """Rows of the grid."""
        return len(self.ys) - 1

    def across(self, y: float) -> list[Region]:
        """The cells that a horizontal line at this height passes, one a grid column."""
        return self.owner[min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)]

    def column(self, x: float) -> int:
        """The grid column at this distance from the left."""
        return min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)


def grids(rulings: Rulings) -> list[Grid]:
    """The ruled tables of a page, from the top down; single boxes are among them."""
    found = []
    for horizontal, vertical in _connected(rulings.horizontal, rulings.vertical):
        xs = _positions([r.at for r in vertical], [(r.start, r.end) for r in horizontal], SAME_COLUMN)
        ys = _positions([r.at for r in horizontal], [(r.start, r.end) for r in vertical], SAME_ROW)
        if len(xs) > 1 and len(ys) > 1:
            found.append(_grid(xs, ys, horizontal, vertical))
    found.sort(key=lambda grid: (grid.ys[0], grid.xs[0]))
    return found


def fill(grids: Sequence[Grid], runs: Sequence[Run]) -> list[Run]:
    """Puts each run into the cell where it stands, cut where a ruling passes; returns the runs outside all tables."""
    if not grids:
        return list(runs)
    by_size = sorted(grids, key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))
    boxes = [(grid, *grid.box) for grid in by_size]
    outside = []
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
        for grid, left, top, right, bottom in boxes:
            if left <= x <= right and top <= y <= bottom:
                for region, part in _cut(grid, run, y):
                    region.runs.append(part)
                break
        else:
            outside.append(run)
    return outside


def _cut(grid: Grid, run: Run, y: float) -> Iterator[tuple[Region, Run]]:
    """A run with its cell, in parts where it goes over several; each character belongs where its middle is."""
    across = grid.across(y)
    if len(run.text) == 1:
        yield across[grid.column((run.x0 + run.x1) / 2)], run
        return
    inset = run.em / 4
    first = across[grid.column(run.x0 + inset)]
    if first is across[grid.column(run.x1 - inset)]:
        yield first, run
        return
    middles = [(left + right) / 2 for left, right in zip(run.lefts, [*run.lefts[1:], run.x1], strict=True)]
    cells = [across[grid.column(middle)] for middle in middles]
    start = 0
    for end in range(1, len(cells) + 1):
        if end == len(cells) or cells[end] is not cells[start]:
            yield cells[start], run.part(start, end)
            start = end


def _connected(horizontal: list[Ruling], vertical: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Groups of rulings that meet each other, directly or by others."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for v, (x, top, bottom) in enumerate(vertical, len(horizontal)):
        for h, (y, left, right) in enumerate(horizontal):
            if left - TOUCH <= x <= right + TOUCH and top - TOUCH <= y <= bottom + TOUCH:
                parent[root(h)] = root(v)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for index, ruling in enumerate(horizontal):
        groups.setdefault(root(index), ([], []))[0].append(ruling)
    for index, ruling in enumerate(vertical, len(horizontal)):
        groups.setdefault(root(index), ([], []))[1].append(ruling)
    return [group for group in groups.values() if group[0] and group[1]]


def _positions(at: list[float], ends: list[tuple[float, float]], tolerance: float) -> list[float]:
    """Grid lines in one direction: the rulings' places, and the ends of those across where they stick out."""
    clusters: list[list[float]] = []
    for place in sorted(at):
        if clusters and place - clusters[-1][0] <= tolerance:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    places = [sum(cluster) / len(cluster) for cluster in clusters]
    first, last = min(start for start, _ in ends), max(end for _, end in ends)
    if first < places[0] - OVERHANG:
        places.insert(0, first)
    if last > places[-1] + OVERHANG:
        places.append(last)
    return places


def _grid(xs: list[float], ys: list[float], horizontal: list[Ruling], vertical: list[Ruling]) -> Grid:
    """The grid with its regions: fields joined wherever no ruling divides them."""
    left = [list(fields) for fields in zip(*_covered(xs, ys, vertical, SAME_COLUMN), strict=True)]  # by row
    above = _covered(ys, xs, horizontal, SAME_ROW)
    rows, columns = len(ys) - 1, len(xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    regions: list[Region] = []
    owner = [[NOWHERE] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            # A cell is a rectangle: as wide as its first row of fields, as deep as all of that width goes on.
            end = column + 1
            while end < columns and not taken[row][end] and not left[row][end]:
                end += 1
            below = row + 1
            while (
                below < rows
                and True not in above[below][column:end]
                and True not in taken[below][column:end]
                and True not in left[below][column + 1 : end]
            ):
                below += 1
            region = Region(row, column, below - row, end - column, (xs[column], ys[row], xs[end], ys[below]))
            regions.append(region)
            for r in range(row, below):
                taken[r][column:end] = [True] * (end - column)
                owner[r][column:end] = [region] * (end - column)
    return Grid(xs, ys, regions, owner)


def _covered(places: list[float], cross: list[float], rulings: list[Ruling], tolerance: float) -> list[list[bool]]:
    """For each grid line and each field along it, whether rulings cover enough of the field's side."""
    fields = len(cross) - 1
    lengths = [[0.0] * fields for _ in places]
    for at, start, end in rulings:
        line = min(max(bisect_right(places, at) - 1, 0), len(places) - 1)
        if line + 1 < len(places) and places[line + 1] - at < at - places[line]:
            line += 1
        if abs(places[line] - at) > tolerance:
            continue
        along = lengths[line]
        for index in range(max(bisect_right(cross, start) - 1, 0), fields):
            begin, finish = cross[index], cross[index + 1]
            if begin >= end:
                break
            along[index] += (finish if finish < end else end) - (begin if begin > start else start)
    enough = [COVERED * (finish - begin) for begin, finish in pairwise(cross)]
    return [[length >= least for length, least in zip(along, enough, strict=True)] for along in lengths]
