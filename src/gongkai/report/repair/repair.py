"""From a report's figures to its smallest repair: what is free, what must change, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from ..form import CellKey, Form
from ..identities import merged_away
from ..report import Number
from .filling import fill
from .grouping import Solved, groups_of, violation_in
from .model import one_opening
from .network import Tableau, components
from .part import Part, part_of
from .ranking import Witnesses
from .result import LISTED, Repair, RepairGroup
from .search import Found, SearchTooLargeError, smallest_openings

_OPENINGS = 1000
"""Smallest sets looked at before alternatives are cut."""

_BRANCHES = 20_000
"""Branches of the search before the mixed-integer model takes over: half a second."""


def smallest_repair(form: Form, values: Mapping[CellKey, Number | None], witnesses: Witnesses | None = None) -> Repair:
    """The fewest printed figures which, changed, let every identity hold with non-negative whole numbers.

    A cell without a figure can hold any such number and costs nothing; rows merged into another hold 0. A printed
    figure that is no count (negative, fractional) has to change. Deterministic; touches only what is contradictory.
    Raises FormError for a form whose identities are not those of a table with one hierarchy.
    """
    merged = merged_away(form, values)
    groups: list[RepairGroup] = []
    repaired = dict(values)
    proposals: dict[CellKey, int] = {}
    gaps: list[tuple[Part, tuple[int, ...]]] = []
    for component in components(form.identities):
        part = part_of(component, values, merged)
        if part.holds:
            continue
        found, proven = _localise(part)
        here = groups_of(Solved.of(part, found, proven, repaired, witnesses or {}))
        groups += here
        figures = {cell: value for group in here for cell, value in (group.repair or {}).items()}
        repaired |= figures
        if part.blank and all(group.choices for group in here):
            unknown = part.places(cell for group in here if not group.decided for cell in group.cells)
            filling = fill(component, part.having(figures), part.blank, unknown)
            proposals |= part.keyed(_whatever_is_chosen(part, here, figures, filling.values))
            gaps.append((part, filling.undetermined))
    repaired |= proposals
    return Repair(
        groups=tuple(groups),
        proposals=proposals,
        undetermined=tuple(violation_in(part, row, repaired) for part, rows in gaps for row in rows),
        proven=all(group.proven for group in groups),
    )


def _whatever_is_chosen(
    part: Part, groups: Sequence[RepairGroup], figures: Mapping[CellKey, int], values: Mapping[int, int]
) -> Mapping[int, int]:
    """Those values of blanks that stay the same with every choice; none where there are too many choices to try.

    A blank is taken for 0 unless it must not be, so that what one blank must hold can rest on what is chosen elsewhere.
    """
    open_groups = [group for group in groups if not group.decided]
    if not open_groups or not values:
        return values
    if any(group.cut for group in open_groups) or prod(len(group.choices) for group in open_groups) > LISTED:
        return {}
    kept = dict(values)
    for choices in product(*(group.choices for group in open_groups)):
        loose = part.places(cell for choice in choices if not choice.exact for cell in choice.figures)
        chosen = {cell: value for choice in choices for cell, value in choice.figures.items()}
        filled = fill(part.component, part.having({**figures, **chosen}), part.blank, loose).values
        kept = {place: value for place, value in kept.items() if filled.get(place) == value}
    return kept


def _localise(part: Part) -> tuple[Found, bool]:
    """The smallest sets of printed figures to change besides the unusable ones, and whether they are proven smallest.

    The search goes only where identities are broken; where too much is, the mixed-integer model does it all.
    """
    free = part.blank | part.unusable
    start = Tableau(part.component, list(part.values), free)
    try:
        return smallest_openings(start, part.printed, branches=_BRANCHES, openings=_OPENINGS), True
    except SearchTooLargeError as reached:
        return one_opening(part.component, part.values, free, part.printed, at_least=reached.size)
