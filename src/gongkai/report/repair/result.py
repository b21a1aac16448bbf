"""What a repair is: independent groups, each with its equally small choices; and what blanks must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Literal

from ..form import CellKey
from ..identities import Violation

LISTED = 50
"""Choices listed for a group, and whole repairs listed unless more are asked for."""


Reason = Literal["only", "witness", "unfilled", ""]
"""Why a choice is the repair; "" where one has to choose."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One smallest way to make a group's identities hold: the figures to change and what they become.

    ``agrees``: how many witnesses agree with it. ``unfilled``: it only fills in totals that print 0 above positive
    parts. ``exact``: no other values of the same cells would do.
    """

    figures: Mapping[CellKey, int]
    agrees: int = 0
    unfilled: bool = False
    exact: bool = True


@dataclass(frozen=True, slots=True)
class RepairGroup:
    """An independent contradiction. ``violations``: the identities that it breaks, blanks at what they must hold.

    ``choices``: all the equally small repairs, the likeliest first; ``cut`` where there are more than are listed.
    ``decided``: why the first choice is the repair: it is the ``only`` one, the only one that a ``witness`` bears out,
    or the only one that fills in an ``unfilled`` total; "" where one has to choose.
    """

    violations: tuple[Violation, ...]
    choices: tuple[Choice, ...]
    size: int
    proven: bool
    cut: bool = False
    decided: Reason = ""

    @property
    def cells(self) -> tuple[CellKey, ...]:
        """All cells of all choices, those of the likeliest first."""
        return tuple(dict.fromkeys(cell for choice in self.choices for cell in choice.figures))

    @property
    def repair(self) -> Mapping[CellKey, int] | None:
        """The figures to change, None where one has to choose."""
        return self.choices[0].figures if self.decided else None


@dataclass(frozen=True, slots=True)
class Repair:
    """The smallest repair of a report: one choice for each group. No group: the figures contradict nothing.

    ``proposals``: what blank cells must hold once the groups are repaired, where that is determined and not 0.
    ``undetermined``: identities in which some blank cell must hold more than 0, but not clear which; the sums are of
    what is printed. ``proven``: no smaller repair exists.
    """

    groups: tuple[RepairGroup, ...] = ()
    proposals: Mapping[CellKey, int] = field(default_factory=dict)
    undetermined: tuple[Violation, ...] = ()
    proven: bool = True

    @property
    def size(self) -> int:
        """How many printed figures change."""
        return sum(group.size for group in self.groups)

    @property
    def decided(self) -> bool:
        """Whether nothing has to be chosen."""
        return all(group.decided for group in self.groups)

    def alternatives(self, limit: int = LISTED) -> tuple[Mapping[CellKey, int], ...]:
        """Whole repairs, one choice for each group, the likeliest first; groups that are decided stay as decided."""
        lists = [group.choices[:1] if group.decided else group.choices for group in self.groups]
        return tuple(
            {cell: value for choice in choices for cell, value in choice.figures.items()}
            for choices in islice(product(*lists), limit)
        )
