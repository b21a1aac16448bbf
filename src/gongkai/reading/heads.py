"""The heads over a table's columns: where the first stands, in which order they are printed, and one printed twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..report.form import Block, Table
from .document import Line
from .labels import core, number_of
from .locating import Region

_LONGEST_HEAD = 30


def first_column(lines: Sequence[Line], region: Region, table: Table) -> int | None:
    """Index in its line of the head of the first column, where the head's lines show all columns in their places."""
    columns = table.blocks[0].columns
    if table.layout != "matrix":
        return None
    first, last = core(columns[0].heading), core(columns[-1].heading)
    places: dict[str, set[int]] = {first: set(), last: set()}
    for line in lines[region.start : region.end]:
        if len(line.cells) >= len(columns):
            for index, cell in enumerate(line.cells):
                if cell.text and (one := core(cell.text)) in places:
                    places[one].add(index)
    firsts, lasts = places[first], places[last]
    if len(firsts) == 1 and any(at + len(columns) - 1 in lasts for at in firsts):
        return next(iter(firsts))
    return None


@dataclass(frozen=True, slots=True)
class PrintedOrder:
    """From ``line`` on, the figures of a row stand in this order: ``columns`` are indexes in the form's order."""

    line: int
    columns: tuple[int, ...]


def printed_orders(lines: Sequence[Line], region: Region, table: Table, block: Block) -> tuple[PrintedOrder, ...]:
    """How the heads of a block's columns are ordered, wherever lines print them all; empty where all follow the form.

    A line may print the columns, groups of columns among them, or the columns of one group.
    """
    named = _named(table, block)
    order = form_order = tuple(range(len(block.columns)))
    found: list[PrintedOrder] = []
    for index in range(region.start, region.end):
        printed = [
            named[one]
            for cell in lines[index].cells
            if cell.text
            and len(cell.text) < _LONGEST_HEAD
            and (one := core(cell.text)) in named
            and not number_of(cell.text)  # 3.其他 is a row, 其他 a column
        ]
        if len(printed) > 1 and (now := _ordered(_once(printed, len(form_order)), order)) is not None:
            order = now
            found.append(PrintedOrder(index, order))
    return tuple(found) if any(one.columns != form_order for one in found) else ()


def order_at(orders: Sequence[PrintedOrder], line: int) -> tuple[int, ...] | None:
    """The order of the columns on a line: that of the heads above it, None where the form's holds."""
    return next((one.columns for one in reversed(orders) if one.line <= line), None)


def _named(table: Table, block: Block) -> dict[str, tuple[int, ...]]:
    """Core of each head → the columns under it: one, or those of a group."""
    named: dict[str, tuple[int, ...]] = {}
    for group in table.column_groups:
        members = tuple(n for n, column in enumerate(block.columns) if column.group == group.key)
        if members:
            named |= dict.fromkeys((core(text) for text in (group.label, *group.variants)), members)
    for n, column in enumerate(block.columns):
        named |= dict.fromkeys((core(text) for text in (column.heading, *column.variants)), (n,))
    return named


def _once(printed: Sequence[tuple[int, ...]], width: int) -> list[tuple[int, ...]]:
    """The heads of one instance, where the line prints several alike (the three groups of table 四)."""
    size = width if len(printed) % width == 0 else len(printed)
    parts = [list(printed[at : at + size]) for at in range(0, len(printed), size)]
    return parts[0] if all(part == parts[0] for part in parts) else list(printed)


def _ordered(printed: Sequence[tuple[int, ...]], order: tuple[int, ...]) -> tuple[int, ...] | None:
    """The order of all columns after a line with these heads, None where it does not show one."""
    singles = {columns for columns in printed if len(columns) == 1}
    items = [one for one in printed if len(one) == 1 or not all((n,) in singles for n in one)]
    columns = [n for one in items for n in sorted(one, key=order.index)]
    if len(columns) != len(set(columns)) or len(columns) < 2:
        return None
    if len(columns) == len(order):
        return tuple(columns)
    places = sorted(order.index(n) for n in columns)
    if places != list(range(places[0], places[-1] + 1)) or len(items) != len(columns):
        return None
    return (*order[: places[0]], *columns, *order[places[-1] + 1 :])


def doubled_heads(lines: Sequence[Line], region: Region, table: Table) -> Iterator[tuple[Block, int, int]]:
    """A column's head printed twice where another belongs: block, index of the doubled column, of the one it replaces."""
    for block in table.blocks:
        cores = [core(column.heading) for column in block.columns]
        if len(cores) < 2:
            continue
        seen = [
            one
            for line in lines[region.start : region.end]
            for cell in line.cells
            if cell.text and len(cell.text) < _LONGEST_HEAD and (one := core(cell.text)) in cores
        ]
        for at in range(len(seen) - len(cores) + 1):
            window = seen[at : at + len(cores)]
            if window != cores and len(set(window)) < len(cores) and window[0] == cores[0] and window[-1] == cores[-1]:
                doubled = next(one for one in window if window.count(one) > 1)
                yield block, cores.index(doubled), window.index(doubled, window.index(doubled) + 1)
                break
