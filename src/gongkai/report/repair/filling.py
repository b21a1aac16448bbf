"""What blank cells must hold, and which values to give to cells that can take several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .network import Component, Tableau, bits

_ROUNDS = 10
"""Rounds of improving one loose cell after the other."""


@dataclass(frozen=True, slots=True)
class Filling:
    """``values``: blank cells (by place) that must hold this, and it is not 0.

    ``undetermined``: rows of the component that hold only if some other blank cell is not 0 either.
    """

    values: Mapping[int, int]
    undetermined: tuple[int, ...] = ()


def fill(component: Component, values: list[int], blank: int, unknown: int) -> Filling:
    """What the identities determine of the ``blank`` cells, where ``unknown`` cells may hold anything.

    A blank is taken for 0 unless the identities forbid it; one that they forbid to be 0 is opened, and what follows
    from that again, until they hold (then the opened cells have their values) or a gap is left that any of several
    blanks could close (then only what no blank can influence is determined).
    """
    tableau = Tableau(component, values, unknown)
    reasons = _force(tableau, blank)
    doubtful = (tableau.open if not reasons else blank | unknown) | unknown
    determined = {
        cell: value
        for cell, plus, minus, value in zip(tableau.basic, tableau.plus, tableau.minus, tableau.value, strict=True)
        if cell >= 0 and blank >> cell & 1 and value > 0 and not (plus | minus) & doubtful
    }
    if not reasons:
        return Filling(determined)
    known = [determined.get(n, value) for n, value in enumerate(values)]
    gaps = Tableau(component, known).value
    undetermined = tuple(
        row
        for row, (plus, minus) in enumerate(component.rows)
        if gaps[row] and (plus | minus) & blank and not (plus | minus) & unknown
    )
    return Filling(determined, undetermined)


def _force(tableau: Tableau, blank: int) -> list[int]:
    """Open the blanks that cannot be 0. Returns the reasons that are left: gaps that one of several could close."""
    while reasons := tableau.settle(blank):
        forced = 0
        for reason in reasons:
            if reason and not reason & (reason - 1):
                forced |= reason
        if not forced:
            return reasons
        tableau.open |= forced
    return []


def polish(
    component: Component,
    values: list[int],
    opened: int,
    blank: int,
    badness: Callable[[list[int]], Any],
) -> tuple[list[int], int]:
    """The best values for the ``opened`` cells, with blanks at 0 where that can be; and which could be others too.

    Blanks are opened where they must; a gap that several could close is closed by the first. Cells whose value stays
    loose are moved one at a time to where another cell becomes 0 or keeps its printed value, as long as ``badness``
    falls; with one loose cell this is the best, with more a good one.
    """
    tableau = Tableau(component, values, opened)
    while reasons := _force(tableau, blank):
        tableau.open |= min(reasons) & -min(reasons)
    loose = tableau.dependent()
    best = tableau.solution()
    if not loose:
        return best, 0
    basic = {cell for cell in tableau.basic if cell >= 0}
    for _ in range(_ROUNDS):
        before = badness(best)
        for cell in bits(tableau.open):
            if cell not in basic:
                best = min(_moves(tableau, cell, best, values), key=badness)
        if badness(best) >= before:
            break
    return best, loose & opened


def _moves(tableau: Tableau, cell: int, now: list[int], printed: list[int]) -> list[list[int]]:
    """Values reached by moving one loose cell until some cell is 0 or as printed; the present ones first."""
    bit = 1 << cell
    along = {cell: 1}
    for basic, plus, minus in zip(tableau.basic, tableau.plus, tableau.minus, strict=True):
        if basic >= 0 and (plus | minus) & bit:
            along[basic] = 1 if plus & bit else -1
    steps = sorted({(goal - now[n]) * sign for n, sign in along.items() for goal in (0, printed[n])} - {0})
    reached = [now]
    for step in steps:
        moved = list(now)
        for n, sign in along.items():
            moved[n] += step * sign
        if min(moved) >= 0:
            reached.append(moved)
    return reached
