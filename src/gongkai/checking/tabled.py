"""What the tables of a report say where its narrative states a figure: sums of cells, and whether they can be relied on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..report.form import CellKey, Form
from ..report.report import Number, Report
from ..report.wording import unexplained


@dataclass(frozen=True, slots=True)
class Tabled:
    """The sum of some cells. ``printed``: every one of them is printed; otherwise a total was taken from its row, or a
    blank for 0."""

    cells: tuple[CellKey, ...]
    value: Number
    printed: bool


def tabled(report: Report, form: Form, cells: tuple[CellKey, ...], doubtful: Iterable[CellKey] = ()) -> Tabled | None:
    """The sum of the cells, None where the tables do not tell: a cell is missing, its reading doubtful, or all are blank.

    A blank total is the sum of its row where the row has figures; a blank beside figures counts as 0.
    """
    if not cells or not set(cells).isdisjoint(doubtful):
        return None
    total: Number = 0
    known, printed = False, True
    for key in cells:
        value = report.values.get(key)
        if value is not None:
            total += value
            known = True
            continue
        printed = False
        if key not in report.values and not _merged_away(report, form, key):
            return None
        parts = [report.values.get(part) for part in _row(form, key)]
        figures = [part for part in parts if part is not None]
        if figures:
            total += sum(figures)
            known = True
    return Tabled(cells, total, printed) if known else None


def _row(form: Form, key: CellKey) -> list[CellKey]:
    """The cells of which a total is the sum by its row; none for another cell."""
    cell = form.cells[key]
    if not cell.column.total:
        return []
    prefix = key.rpartition(".")[0]
    return [f"{prefix}.{column.key}" for column in cell.block.columns if not column.total]


def _merged_away(report: Report, form: Form, key: CellKey) -> bool:
    """Whether a missing row was printed as one with the others of its group (（六）其他处理)."""
    cell = form.cells[key]
    return any(
        row.merged and row.group == cell.row.group and f"{cell.table.key}.{row.key}.{cell.column.key}" in report.values
        for row in cell.block.rows
    )


def contradicted(report: Report, form: Form) -> frozenset[CellKey]:
    """The cells of every identity that the printed figures break: none of them can be relied on alone."""
    cells: set[CellKey] = set()
    for identity in form.identities:
        left, right = ([report.values.get(key) for key in side] for side in (identity.left, identity.right))
        if any(figure is None for figure in (*left, *right)):
            continue
        if sum(figure or 0 for figure in left) != sum(figure or 0 for figure in right):
            cells.update(identity.cells)
    return frozenset(cells)


def describe(form: Form, cells: tuple[CellKey, ...]) -> str:
    """How a message names a sum of cells: 表三“（三）不予公开”各行总计之和."""
    if len(cells) == 1:
        return form.cells[cells[0]].name
    first = form.cells[cells[0]]
    rest = set(cells)
    names: list[str] = []
    for group in first.table.row_groups:
        members = {
            cell.key
            for cell in form.cells.values()
            if cell.table is first.table and cell.row.group == group.key and cell.column.key == first.column.key
        }
        if group.parent and len(members) > 1 and members <= rest:
            names.append(f"“{group.label}”各行")
            rest -= members
    names += [f"“{unexplained(form.cells[key].row.label)}”" for key in cells if key in rest]
    columns = list(dict.fromkeys(form.cells[key].column.heading for key in cells))
    if len(columns) > 1:  # one row, several columns
        rows = list(dict.fromkeys(f"“{form.cells[key].row.label}”" for key in cells))
        return f"{first.table.name}{'、'.join(rows)}{'、'.join(columns)}各列之和"
    return f"{first.table.name}{'、'.join(names)}{columns[0]}之和"
