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
    lines: Sequence[Line], region: Region, table: Table, form: Form, year: Callable[[], int | None]
) -> Strip:
    """The figures of table 四. ``year`` is asked where tables of several years stand under captions."""
    keys = [cell for cell in form.cells.values() if cell.table is table]
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


def _runs(lines: Sequence[Line], region: Region, table: Table) -> tuple[int, list[Run]]:
    """The runs of value cells, and how many heads of single columns stand above the last of them."""
    block = table.blocks[0]
    leaves = frozenset(core(column.heading) for column in block.columns)
    groups = {core(text): row.key for row in block.rows for text in (row.label, *row.variants)}
    runs: list[Run] = []
    group, heads = "", 0
    year: int | None = None
    counted = 0
    open_run: Run | None = None
    for index in range(region.start, region.end):
        line = lines[index]
        if line.header or is_page_number(line):
            continue
        filled = [cell for cell in line.cells if cell.text and parse(cell.text).kind != "blank"]
        if not filled and not (line.table is not None and len(line.cells) >= _LEAST):
            continue
        if len(filled) == 1 and (caption := _CAPTION.match(fold(filled[0].text))):
            year, heads, open_run = int(caption[1]), 0, None
            continue
        words = [cell for cell in filled if parse(cell.text).kind == "words"]
        if words:
            cores = [core(cell.text) for cell in words]
            named = [groups[one] for one in cores if one in groups]
            if not named:  # a heading that names the group among other words: ### 行政诉讼（未经复议直接起诉）
                folded = fold("".join(cell.text for cell in words))
                named = [key for one, key in groups.items() if one in folded and len(words) == 1]
                named = (
                    named[-1:]
                    if "诉讼" not in folded or len(named) < 2
                    else [k for k in named if k != block.rows[0].key]
                )
            if len(named) == 1:
                group = named[0]
            elif named:
                group = ""
            heads += sum(one in leaves for one in cores)
            open_run = None
            tail = line.cells[line.cells.index(words[-1]) + 1 :]
            if sum(bool(cell.text) for cell in tail) < _LEAST:
                continue
            runs.append(Run(list(tail), [index] * len(tail), group, year))
            counted, heads = heads, 0
            continue
        if len(line.cells) <= 2 and len(filled) == 1:
            if open_run is None:
                open_run = Run(group=group, year=year, single=True)
                runs.append(open_run)
                counted, heads = heads, 0
            open_run.cells.append(filled[0])
            open_run.lines.append(index)
            continue
        open_run = None
        if len(line.cells) >= _LEAST:
            runs.append(Run(list(line.cells), [index] * len(line.cells), group, year))
            counted, heads = heads, 0
    glued = [run for run in runs if len(run.cells) == 1 and len(run.cells[0].text) >= len(block.rows) * len(leaves)]
    counted = counted or heads
    return counted, [run for run in runs if len(run.cells) >= _LEAST] or glued[:1]


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
