"""Table 四 (行政复议、行政诉讼): one row of fifteen figures, however it is printed.

In one row, in three rows of five, one cell a line, cut off on the right, or beside the same table of another year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..report.form import Cell, Form, Table
from .document import Line, TextCell
from .figures import parse
from .folding import fold
from .labels import core
from .locating import Region
from .rows import is_page_number
from .settling import splits

_CAPTION = re.compile(r"^\(?(20\d\d)年?度?\)?$")
_LEAST = 5


@dataclass(slots=True)
class Run:
    """Value cells that stand together: ``group`` is the row of the form whose head stands directly above them alone."""

    cells: list[TextCell] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    group: str = ""
    year: int | None = None
    single: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """For each of the fifteen cells its value cell and line; ``unplaced`` where figures could not be placed."""

    cells: dict[str, TextCell | None]
    lines: dict[str, int]
    unplaced: tuple[TextCell, ...] = ()


def read_strip(
    lines: Sequence[Line],
    region: Region,
    keys: Sequence[Cell],
    table: Table,
    form: Form,
    year: Callable[[], int | None],
) -> Strip:
    """The figures of table 四. ``keys``: its cells in the order of the printed heads; ``year`` is asked where tables of
    several years stand under captions.
    """
    heads, runs = _runs(lines, region, table)
    years = {run.year for run in runs}
    if len(years) > 1:
        own = year()
        runs = [run for run in runs if run.year == (own if own in years else None)] or runs
    if not runs:  # a workbook does not tell of a row in which nothing is filled in
        return Strip(dict.fromkeys((key.key for key in keys), None) if heads >= len(keys) else {}, {})
    if len(runs) == 1 and len(runs[0].cells) == 1:
        return _glued(keys, runs[0], table, form)
    full = [trimmed for run in runs if (trimmed := _trim(run, len(keys), len(table.blocks[0].columns)))]
    if full:
        return _strip(keys, full[0])
    if grouped := _grouped(runs, table, keys):
        return grouped
    longest = max(runs, key=lambda run: len(run.cells))
    if len(longest.cells) == heads and not longest.single and heads < len(keys):
        return _strip(keys[:heads], longest)  # the head is cut off after the same column
    return Strip(dict.fromkeys((key.key for key in keys), None), {}, tuple(c for c in longest.cells if c.text))


@dataclass(slots=True)
class _Scan:
    """What has been seen of the table so far: the group and year above, heads since the last figures, runs."""

    runs: list[Run] = field(default_factory=list)
    group: str = ""
    year: int | None = None
    heads: int = 0
    counted: int = 0
    """Heads above the last run."""
    open: bool = False
    """Whether single cells on the lines below continue the last run."""

    def begin(self, cells: Sequence[TextCell], index: int, single: bool = False) -> None:
        self.runs.append(Run(list(cells), [index] * len(cells), self.group, self.year, single))
        self.counted, self.heads, self.open = self.heads, 0, single


def _runs(lines: Sequence[Line], region: Region, table: Table) -> tuple[int, list[Run]]:
    """The runs of value cells, and how many heads of single columns stand above the last of them."""
    block = table.blocks[0]
    leaves = frozenset(core(column.heading) for column in block.columns)
    scan = _Scan()
    for index in range(region.start, region.end):
        line = lines[index]
        if line.header or is_page_number(line):
            continue
        filled = [cell for cell in line.cells if cell.text and parse(cell.text).kind != "blank"]
        if not filled and not (line.table is not None and len(line.cells) >= _LEAST):
            continue
        words = [cell for cell in filled if parse(cell.text).kind == "words"]
        if len(filled) == 1 and (caption := _CAPTION.match(fold(filled[0].text))):
            scan.year, scan.heads, scan.open = int(caption[1]), 0, False
        elif words:
            named = _group_named(words, table)
            scan.group = scan.group if named is None else named
            scan.heads += sum(core(cell.text) in leaves for cell in words)
            scan.open = False
            behind = line.cells[line.cells.index(words[-1]) + 1 :]
            if sum(bool(cell.text) for cell in behind) >= _LEAST:
                scan.begin(behind, index)
        elif len(line.cells) <= 2 and len(filled) == 1:
            if scan.open:
                scan.runs[-1].cells.append(filled[0])
                scan.runs[-1].lines.append(index)
            else:
                scan.begin(filled, index, single=True)
        else:
            scan.open = False
            if len(line.cells) >= _LEAST:
                scan.begin(line.cells, index)
    whole = [run for run in scan.runs if len(run.cells) >= _LEAST]
    glued = [
        run for run in scan.runs if len(run.cells) == 1 and len(run.cells[0].text) >= len(block.rows) * len(leaves)
    ]
    return scan.counted or scan.heads, whole or glued[:1]


def _group_named(words: Sequence[TextCell], table: Table) -> str | None:
    """The row of the form that a line's words are the head of; empty for several, None where they name none.

    A heading may name it among other words (行政诉讼（未经复议直接起诉）); 行政诉讼 is the head of two rows.
    """
    rows = table.blocks[0].rows
    labels = {core(text): row for row in rows for text in (row.label, *row.variants)}
    named = {row.key for cell in words if (row := labels.get(core(cell.text)))}
    if not named and len(words) == 1:
        heading = fold(words[0].text)
        over = any(core(group.label) in heading for group in table.column_groups)
        named = {row.key for one, row in labels.items() if one in heading and (row.group or not over)}
    return None if not named else named.pop() if len(named) == 1 else ""


def _glued(keys: Sequence[Cell], run: Run, table: Table, form: Form) -> Strip:
    """Digits without separator: each group cut so that its total holds, where only one way does."""
    width = len(table.blocks[0].columns)
    digits = run.cells[0].text
    ways: list[list[str]] = []
    if digits.isdecimal() and len(digits) == len(keys):
        ways = [list(digits)]
    elif digits.isdecimal() and len(digits) <= len(keys) + 6:
        for parts in splits(digits, len(keys)):
            groups = [[int(part) for part in parts[at : at + width]] for at in range(0, len(parts), width)]
            if all(sum(group[:-1]) == group[-1] for group in groups):
                ways.append(parts)
    if len(ways) != 1:
        return Strip(dict.fromkeys((key.key for key in keys), None), {}, tuple(run.cells))
    return _strip(keys, Run([TextCell(part) for part in ways[0]], run.lines * len(keys)))


def _trim(run: Run, width: int, group: int) -> Run | None:
    """The run cut to ``width`` cells, where fillers at its ends show how."""
    cells, lines = run.cells, run.lines
    if len(cells) == width:
        return run
    if len(cells) < width:
        return None
    filled = [i for i, cell in enumerate(cells) if cell.text]
    if not filled:
        return Run(cells[:width], lines[:width])
    starts = [at for at in range(len(cells) - width + 1) if at <= filled[0] and filled[-1] < at + width]
    if len(starts) > 1:
        starts = [at for at in starts if _adds_up(cells[at : at + width], group)]
    if len(starts) != 1:
        return None
    return Run(cells[starts[0] : starts[0] + width], lines[starts[0] : starts[0] + width])


def _adds_up(cells: Sequence[TextCell], group: int) -> bool:
    """Whether in each group the last figure is the sum of the others."""
    values = [parse(cell.text).value or 0 for cell in cells]
    return all(sum(values[at : at + group - 1]) == values[at + group - 1] for at in range(0, len(values), group))


def _grouped(runs: Sequence[Run], table: Table, keys: Sequence[Cell]) -> Strip | None:
    """Three runs of five, each under its own head or in the form's order; or five and ten."""
    block = table.blocks[0]
    width = len(block.columns)
    order = [row.key for row in block.rows]
    wanted = [run for run in runs if len(run.cells) in (width, 2 * width) and not run.single]
    parts = [part for run in wanted for part in _fives(run, width)]
    if not parts or len(parts) > len(order):
        return None
    named = [part.group for part in parts]
    if len(set(named)) != len(parts) or "" in named:
        if len(parts) != len(order):
            return None
        named = order
    cells: dict[str, TextCell | None] = {}
    lines: dict[str, int] = {}
    for group, part in zip(named, parts, strict=True):
        for cell, column in zip((k for k in keys if k.row.key == group), range(width), strict=True):
            cells[cell.key] = part.cells[column]
            lines[cell.key] = part.lines[column]
    return Strip(cells, lines)


def _fives(run: Run, width: int) -> list[Run]:
    count = len(run.cells) // width
    if count == 1:
        return [run]
    return [Run(run.cells[n * width : (n + 1) * width], run.lines[n * width : (n + 1) * width]) for n in range(count)]


def _strip(keys: Sequence[Cell], run: Run) -> Strip:
    return Strip(
        {key.key: cell for key, cell in zip(keys, run.cells, strict=True)},
        {key.key: line for key, line in zip(keys, run.lines, strict=True)},
    )
