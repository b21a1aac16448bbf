"""Telling equally small repairs apart: independent groups, witnesses, and which mistakes people make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import prod

from ..form import CellKey, Identity
from ..report import Number

Witnesses = Mapping[tuple[CellKey, ...], Number]
"""What other sources say: the figures of these cells add up to this (the narrative, last year's report)."""


def independent_groups(sets: Sequence[int], links: Sequence[int]) -> list[int]:
    """Split cells into groups such that ``sets`` is every combination of one choice for each group.

    ``sets``: masks of all the smallest repairs. ``links``: masks of cells that an identity ties together; cells that
    change together in a tied way belong together. Returns the groups' masks in the order of their first cells.
    """
    groups: list[int] = []

    def tie(mask: int) -> None:
        for group in [group for group in groups if group & mask]:
            groups.remove(group)
            mask |= group
        groups.append(mask)

    alone: Counter[int] = Counter()
    together: Counter[int] = Counter()
    for cells in sets:
        ones = [1 << n for n in range(cells.bit_length()) if cells >> n & 1]
        alone.update(ones)
        together.update(one | other for one, other in combinations(ones, 2))
    for one in alone:
        tie(one)
    for link in links:
        for tied in {cells & link for cells in sets}:
            if tied:
                tie(tied)
    for one, other in combinations(alone, 2):
        if together[one | other] * len(sets) != alone[one] * alone[other]:
            tie(one | other)
    if prod(len({cells & group for cells in sets}) for group in groups) != len(sets):
        groups = [sum(alone)]
    return sorted(groups, key=lambda group: group & -group)


def agreement(values: Mapping[CellKey, Number | None], witnesses: Witnesses, cells: frozenset[CellKey]) -> int:
    """How many of the witnesses that speak of any of these cells agree with the values; a blank counts as 0."""
    return sum(
        sum(values.get(cell) or 0 for cell in told) == value
        for told, value in witnesses.items()
        if not cells.isdisjoint(told)
    )


def unfilled_total(
    cells: Iterable[CellKey], values: Mapping[CellKey, Number | None], identities: Iterable[Identity]
) -> bool:
    """Whether each of these cells is a total that prints 0 above parts that do not: a field left at what it began with.

    Of two equally small repairs, one that fills in such a total is preferred to one that strikes out a counted figure.
    """
    totals = {
        identity.left[0]: identity
        for identity in identities
        if len(identity.left) == 1 and any(values.get(cell) for cell in identity.right)
    }
    return all(cell in totals and values.get(cell) == 0 for cell in cells)


def surprise(old: Number, new: Number, total: bool) -> int:
    """How unlikely it is that ``new`` was meant where ``old`` is printed: slips of the hand first, then the rest.

    Two neighbouring digits exchanged, one digit wrong, dropped or doubled is a slip; sums are likelier wrong than
    what they add up, because they are made last.
    """
    before, after = str(old), str(new)
    slip = _exchanged(before, after) or _one_wrong(before, after) or _one_dropped(before, after)
    return (0 if slip else 2) + (0 if total else 1)


def _exchanged(before: str, after: str) -> bool:
    if len(before) != len(after):
        return False
    apart = [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and (before[apart[0]], before[apart[1]]) == (after[apart[1]], after[apart[0]])
    )


def _one_wrong(before: str, after: str) -> bool:
    same_length = len(before) == len(after) > 1
    return same_length and sum(a != b for a, b in zip(before, after, strict=True)) == 1


def _one_dropped(before: str, after: str) -> bool:
    short, long = sorted((before, after), key=len)
    return len(long) == len(short) + 1 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
