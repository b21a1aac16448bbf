"""One component of a form with a report's figures in it: which are printed, blank, or cannot be counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..form import CellKey
from ..identities import is_count
from ..report import Number
from .network import Component, bits


@dataclass(frozen=True, slots=True)
class Part:
    """``values``: the printed counts, 0 elsewhere. ``printed``: cells with such a count; ``blank``: cells without a
    figure; ``unusable``: cells whose printed figure is negative or fractional. Merged rows are in none of them.
    """

    component: Component
    values: tuple[int, ...]
    printed: int
    blank: int
    unusable: int

    @property
    def holds(self) -> bool:
        """Whether every identity holds as it is, with blanks at 0."""
        values = self.values
        return not self.unusable and all(
            sum(values[n] for n in bits(plus)) == sum(values[n] for n in bits(minus))
            for plus, minus in self.component.rows
        )

    def places(self, cells: Iterable[CellKey]) -> int:
        """The mask of these cells, as far as they belong to the component."""
        index = {cell: n for n, cell in enumerate(self.component.cells)}
        mask = 0
        for cell in cells:
            mask |= 1 << index[cell] if cell in index else 0
        return mask

    def keyed(self, values: Mapping[int, int]) -> dict[CellKey, int]:
        """The same values by cell key instead of place."""
        return {self.component.cells[n]: value for n, value in sorted(values.items())}

    def having(self, figures: Mapping[CellKey, int]) -> list[int]:
        """The values with some figures put in place of others."""
        return [figures.get(cell, value) for cell, value in zip(self.component.cells, self.values, strict=True)]


def part_of(component: Component, values: Mapping[CellKey, Number | None], merged: frozenset[CellKey]) -> Part:
    """The report's figures in a component. ``merged``: cells of rows that are printed as one with another row."""
    counts = []
    printed = blank = unusable = 0
    for n, cell in enumerate(component.cells):
        value = values.get(cell)
        if value is None:
            counts.append(0)
            if cell not in merged:
                blank |= 1 << n
        elif is_count(value):
            counts.append(int(value))
            printed |= 1 << n
        else:
            counts.append(0)
            unusable |= 1 << n
    return Part(component, tuple(counts), printed, blank, unusable)
