"""The identities as equations, and their elimination: which figures must change if these ones may.

Every identity says that the sum of some cells, less the sum of some others, is 0. A two-way table of which one
direction is a hierarchy is a network flow, so its matrix is totally unimodular: after any elimination all coefficients
are -1, 0 or 1, and figures stay whole. A row of coefficients is then two bit masks, and adding rows a few operations
on whole numbers. ``Tableau`` checks the property as it goes and raises ``NotANetworkError`` where a form lacks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..errors import FormError
from ..form import CellKey, Identity

_GAP = -1
"""What stands for an identity's own gap (left minus right) among the basic variables; it has to become 0."""

_MORE_PIVOTS = 60
"""How far to go on, once a contradiction is known, in order to know the others too."""


class NotANetworkError(FormError):
    """The identities of a form are not totally unimodular, so that figures need not stay whole."""

    def __init__(self) -> None:
        super().__init__("这一版格式的勾稽关系不是一个层级的合计表，不能据以推算应改的数据。")


@dataclass(frozen=True, slots=True)
class Component:
    """Identities that share cells, directly or through others, and share none with the rest of the form.

    Bit ``i`` of a mask stands for ``cells[i]``. ``rows``: for each identity the masks of its left and right cells.
    """

    identities: tuple[Identity, ...]
    cells: tuple[CellKey, ...]
    rows: tuple[tuple[int, int], ...]


@lru_cache(maxsize=16)
def components(identities: tuple[Identity, ...]) -> tuple[Component, ...]:
    """The independent parts of a form's identities, in its order: table 三 as a whole, each group of table 四."""
    parts: list[tuple[set[CellKey], list[Identity]]] = []
    for identity in identities:
        cells, members = set(identity.cells), [identity]
        for part in [part for part in parts if not part[0].isdisjoint(cells)]:
            cells |= part[0]
            members = part[1] + members
            parts.remove(part)
        parts.append((cells, members))
    order = {identity: n for n, identity in enumerate(identities)}
    parts.sort(key=lambda part: min(order[identity] for identity in part[1]))
    return tuple(_component(sorted(members, key=order.__getitem__)) for _, members in parts)


def _component(identities: list[Identity]) -> Component:
    cells = tuple(dict.fromkeys(cell for identity in identities for cell in identity.cells))
    place = {cell: 1 << n for n, cell in enumerate(cells)}
    rows = tuple(
        (sum(place[cell] for cell in identity.left), sum(place[cell] for cell in identity.right))
        for identity in identities
    )
    return Component(tuple(identities), cells, rows)


def bits(mask: int) -> Iterator[int]:
    """The places of the ones of a mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(places: Iterable[int]) -> int:
    """The mask with ones at these places."""
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask


class Tableau:
    """Equations solved for some variables (the basic ones), each a sum of cells less a sum of other cells.

    ``open`` cells may take any non-negative value; all others keep the one they have. ``settle`` looks for values of
    the open cells that close every gap; where there are none, it returns reasons: sets of cells of which at least one
    has to be opened. (The feasibility method of Dutertre and de Moura 2006, whose reasons are Farkas certificates and,
    read as equations, the implied edits of Fellegi and Holt.)
    """

    __slots__ = ("basic", "minus", "open", "plus", "positive", "value", "values")

    def __init__(self, component: Component, values: list[int], open: int = 0) -> None:
        """``values``: a non-negative whole number for every cell of the component, in its order."""
        self.plus = [plus for plus, _ in component.rows]
        self.minus = [minus for _, minus in component.rows]
        self.basic = [_GAP] * len(component.rows)
        self.values = list(values)
        self.positive = mask_of(n for n, value in enumerate(values) if value > 0)
        self.open = open
        positive = self.positive
        self.value = [
            sum(values[n] for n in bits(plus & positive)) - sum(values[n] for n in bits(minus & positive))
            for plus, minus in component.rows
        ]

    def copy(self) -> Tableau:
        other = Tableau.__new__(Tableau)
        other.plus, other.minus = self.plus.copy(), self.minus.copy()
        other.basic, other.value = self.basic.copy(), self.value.copy()
        other.values, other.positive, other.open = self.values.copy(), self.positive, self.open
        return other

    def settle(self, changeable: int) -> list[int]:
        """Close the gaps with the open cells. Returns no reason where that succeeds.

        Each reason is a mask of cells out of ``changeable``: unless one of them is opened, the gaps cannot be closed.
        An empty mask says that they cannot be closed at all.
        """
        first: list[int] = []
        pivots = 0
        while True:
            reasons, step = self._look(changeable)
            if step is None:
                if not reasons and not first:
                    self._bind()
                return reasons or first
            if reasons and not first:
                first, pivots = reasons, 0
            pivots += 1
            if first and pivots > _MORE_PIVOTS:
                return first
            self._pivot(*step)

    def _look(self, changeable: int) -> tuple[list[int], tuple[int, int] | None]:
        """Reasons why gaps stay open, and the next step (row, cell) by Bland's rule: the lowest of each, to end."""
        reasons = []
        step, rank = None, 1 << 62
        opened, positive, basic = self.open, self.positive, self.basic
        for row, value in enumerate(self.value):
            if value == 0 or (value > 0 and basic[row] != _GAP):
                continue
            rise, fall = self.plus[row], self.minus[row]
            if value > 0:
                rise, fall = fall, rise
            helpful = rise | (fall & positive)
            if move := helpful & opened:
                order = basic[row] if basic[row] != _GAP else row + (1 << 32)
                if order < rank:
                    rank, step = order, (row, (move & -move).bit_length() - 1)
            else:
                reasons.append(helpful & changeable & ~opened)
        return reasons, step

    def _bind(self) -> None:
        """Express an open cell by the others also in the equations that hold as they are.

        Otherwise a cell that such an equation ties to others would be taken for one that can move freely.
        """
        for row, basic in enumerate(self.basic):
            if basic == _GAP and (tied := (self.plus[row] | self.minus[row]) & self.open):
                self._pivot(row, (tied & -tied).bit_length() - 1)

    def _pivot(self, row: int, cell: int) -> None:
        """Make the row's basic variable 0 by moving ``cell``, which becomes basic in its place."""
        bit = 1 << cell
        leaving, value = self.basic[row], self.value[row]
        if self.plus[row] & bit:
            plus, minus, change = self.minus[row], self.plus[row] ^ bit, -value
            if leaving != _GAP:
                plus |= 1 << leaving
        else:
            plus, minus, change = self.plus[row], self.minus[row] ^ bit, value
            if leaving != _GAP:
                minus |= 1 << leaving
        for other, (p, m) in enumerate(zip(self.plus, self.minus, strict=True)):
            if other == row:
                continue
            if p & bit:
                self._add(other, p ^ bit, m, plus, minus)
                self.value[other] += change
            elif m & bit:
                self._add(other, p, m ^ bit, minus, plus)
                self.value[other] -= change
        self.plus[row], self.minus[row], self.basic[row] = plus, minus, cell
        self.value[row] = self.values[cell] + change
        self.positive &= ~bit
        if leaving != _GAP:
            self.values[leaving] = 0

    def _add(self, row: int, plus: int, minus: int, more_plus: int, more_minus: int) -> None:
        if plus & more_plus or minus & more_minus:
            raise NotANetworkError()
        both = (plus & more_minus) | (minus & more_plus)
        self.plus[row] = (plus | more_plus) & ~both
        self.minus[row] = (minus | more_minus) & ~both

    def held(self) -> int:
        """Cells that stand in an equation which holds and has no open cell: none of them can change alone."""
        mask = 0
        for row, value in enumerate(self.value):
            if value == 0 and self.basic[row] == _GAP and not (self.plus[row] | self.minus[row]) & self.open:
                mask |= self.plus[row] | self.minus[row]
        return mask

    def dependent(self) -> int:
        """Open cells whose value is still free once the gaps are closed, or rests on such a one."""
        basic = mask_of(cell for cell in self.basic if cell != _GAP)
        loose = self.open & ~basic
        rests = mask_of(
            cell
            for cell, plus, minus in zip(self.basic, self.plus, self.minus, strict=True)
            if cell != _GAP and (plus | minus) & loose
        )
        return loose | rests

    def solution(self) -> list[int]:
        """The values of all cells, basic or not."""
        values = self.values.copy()
        for cell, value in zip(self.basic, self.value, strict=True):
            if cell != _GAP:
                values[cell] = value
        return values
