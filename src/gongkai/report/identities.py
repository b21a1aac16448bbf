"""The identities of a form against the figures of a report (勾稽关系).

Which identity is broken, by how much, and what a cell without a figure may stand for. What to change so that all hold
is the business of ``gongkai.report.repair``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .form import CellKey, Form, Identity
from .report import Number


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken identity. ``left``, ``right``: the sums of the figures printed on either side."""

    identity: Identity
    left: Number
    right: Number

    @property
    def difference(self) -> Number:
        """Left minus right: positive where the left side (a total, or 新收 and 结转) is too large."""
        return self.left - self.right


def violations(form: Form, values: Mapping[CellKey, Number | None]) -> tuple[Violation, ...]:
    """The identities that the printed figures break, in the order of the form.

    A cell without a figure (blank, marked, missing) can stand for any non-negative whole number: an identity with such
    cells is broken only if no filling makes it hold. Rows that the report prints as one with another row stand for 0.
    """
    return tuple(_violations(form, values))


def _violations(form: Form, values: Mapping[CellKey, Number | None]) -> Iterator[Violation]:
    merged = merged_away(form, values)
    for identity in form.identities:
        left, left_open = _side(identity.left, values, merged)
        right, right_open = _side(identity.right, values, merged)
        if (left > right and not right_open) or (left < right and not left_open):
            yield Violation(identity, left, right)


def _side(
    cells: tuple[CellKey, ...], values: Mapping[CellKey, Number | None], merged: frozenset[CellKey]
) -> tuple[Number, bool]:
    """The sum of the figures printed, and whether a cell without one could add to it."""
    total: Number = 0
    free = False
    for cell in cells:
        value = values.get(cell)
        if value is not None:
            total += value
        elif cell not in merged:
            free = True
    return total, free


def merged_away(form: Form, values: Mapping[CellKey, Number | None]) -> frozenset[CellKey]:
    """Cells of rows that the report lacks because it prints their group as one row.

    （六）其他处理 is one row in some 2021 reports. The other cells hold nothing: that row stands for the whole group.
    """
    gone: set[CellKey] = set()
    for table in form.tables:
        for block in table.blocks:
            for kept in (row for row in block.rows if row.merged):
                others = [row.key for row in block.rows if row.group == kept.group and row is not kept]
                columns = [column.key for column in block.columns]
                lost = {f"{table.key}.{row}.{column}" for row in others for column in columns}
                if lost.isdisjoint(values) and any(f"{table.key}.{kept.key}.{column}" in values for column in columns):
                    gone |= lost
    return frozenset(gone)


def is_count(value: Number) -> bool:
    """Whether a printed figure can be a number of cases: whole and not negative."""
    return value >= 0 and value == int(value)
