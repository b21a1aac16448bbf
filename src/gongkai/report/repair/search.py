"""Finding every smallest set of cells whose opening closes all gaps: branch and bound over the reasons of a tableau.

Each reason names cells of which one at least must change, so branching over the cells of one reason misses no set;
reasons without a common cell need as many changes as there are of them, which bounds every branch from below. Sizes
are tried in turn from that bound, and a size is left only when every branch of it is refuted: the first size with a
solution is proven smallest. Nothing is touched that no reason names, so the rows that hold cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .network import Tableau, bits


class SearchTooLargeError(Exception):
    """The branches exceed the limit; raised and caught within this package. ``size``: none smaller than this exists."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


@dataclass(frozen=True, slots=True)
class Opening:
    """A smallest set of cells (a mask), with values of all cells that close every gap.

    ``loose``: cells whose values could also be others while the same cells change.
    """

    cells: int
    values: tuple[int, ...]
    loose: int


@dataclass(frozen=True, slots=True)
class Found:
    """Every smallest set, in the order of the cells; ``complete`` is False where there are more than were asked for."""

    openings: tuple[Opening, ...]
    complete: bool


def smallest_openings(start: Tableau, changeable: int, *, branches: int, openings: int) -> Found:
    """All smallest sets out of ``changeable`` that close the gaps of ``start``, ``openings`` of them at most.

    Raises SearchTooLargeError after ``branches`` branches without an end. No opening at all means that none exists.
    """
    search = _Search(changeable, branches, openings)
    root = start.copy()
    reasons = root.settle(changeable)
    if not reasons:
        return Found((opening_of(0, root),), True)
    size = _bound(reasons)
    while size is not None and size <= changeable.bit_count():
        search.deeper = False
        search.size = size
        search.visit(root, reasons, 0, 0, size)
        if search.found:
            return Found(tuple(search.found), not search.cut)
        if not search.deeper:
            break
        size += 1
    return Found((), True)


class _Search:
    def __init__(self, changeable: int, branches: int, openings: int) -> None:
        self.changeable = changeable
        self.branches = branches
        self.openings = openings
        self.found: list[Opening] = []
        self.cut = False
        self.deeper = False
        self.size = 0

    def visit(self, tableau: Tableau, reasons: list[int], cells: int, barred: int, budget: int) -> None:
        """Branch over one reason. ``barred``: cells whose branch was taken before, so that no set is found twice."""
        left = [reason & ~barred for reason in reasons]
        bound = _bound(left)
        if bound is None:
            return
        if bound > budget:
            self.deeper = True
            return
        if budget == 1:
            self.deeper = True
            choices = left[0]
            for reason in left:
                choices &= reason
            choices &= ~tableau.held()
        else:
            choices = min(left, key=int.bit_count)
        for cell in bits(choices):
            if self.cut:
                return
            self.branches -= 1
            if self.branches < 0:
                raise SearchTooLargeError(self.size)
            child = tableau.copy()
            child.open |= 1 << cell
            further = child.settle(self.changeable)
            if not further:
                if len(self.found) == self.openings:
                    self.cut = True
                    return
                self.found.append(opening_of(cells | 1 << cell, child))
            elif budget > 1:
                self.visit(child, further, cells | 1 << cell, barred, budget - 1)
            barred |= 1 << cell


def opening_of(cells: int, tableau: Tableau) -> Opening:
    """The opening with the values that the tableau has come to."""
    return Opening(cells, tuple(tableau.solution()), tableau.dependent())


def _bound(reasons: Iterable[int]) -> int | None:
    """How many cells must change at least: the most reasons found without a common cell. None: no change will do."""
    short = sorted(reasons, key=int.bit_count)
    if not short[0]:
        return None
    return max(_packing(short), _packing(reversed(short)))


def _packing(reasons: Iterable[int]) -> int:
    taken = count = 0
    for reason in reasons:
        if not reason & taken:
            taken |= reason
            count += 1
    return count
