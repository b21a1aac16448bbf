"""From equally small sets of cells to groups: each an independent contradiction with its own choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..form import CellKey
from ..identities import Violation
from ..report import Number
from .filling import polish
from .network import bits
from .part import Part
from .ranking import Witnesses, agreement, independent_groups, surprise, unfilled_total
from .result import LISTED, Choice, Reason, RepairGroup
from .search import Found, Opening


@dataclass(frozen=True, slots=True)
class Solved:
    """The smallest sets of one part with their values, and what else is known of the report.

    ``changed``: the masks of the sets; ``values``: for each the values of all cells; ``loose``: for each the cells of
    it that could take other values too. ``report``: the report's values, other parts as repaired so far.
    """

    part: Part
    changed: tuple[int, ...]
    values: tuple[tuple[int, ...], ...]
    loose: tuple[int, ...]
    complete: bool
    proven: bool
    report: Mapping[CellKey, Number | None]
    witnesses: Witnesses

    @classmethod
    def of(
        cls,
        part: Part,
        found: Found,
        proven: bool,
        report: Mapping[CellKey, Number | None],
        witnesses: Witnesses,
    ) -> Solved:
        """Give every set its best values."""
        best = [_best_values(part, opening, report, witnesses) for opening in found.openings]
        return cls(
            part=part,
            changed=tuple(opening.cells | part.unusable for opening in found.openings),
            values=tuple(tuple(values) for values, _ in best),
            loose=tuple(loose for _, loose in best),
            complete=found.complete,
            proven=proven,
            report=report,
            witnesses=witnesses,
        )


def _best_values(
    part: Part, opening: Opening, report: Mapping[CellKey, Number | None], witnesses: Witnesses
) -> tuple[list[int], int]:
    """Best: agreeing with most witnesses, then nearest to what is printed, then with least in the blanks."""
    if not part.blank and not opening.loose:
        return list(opening.values), 0
    cells = frozenset(part.component.cells)

    def badness(new: list[int]) -> tuple[int, int, int]:
        full = {**report, **part.keyed(dict(enumerate(new)))}
        moved = sum(abs(now - old) for now, old in zip(new, part.values, strict=True))
        return -agreement(full, witnesses, cells), moved, sum(new[n] for n in bits(part.blank))

    opened = opening.cells | part.unusable
    return polish(part.component, list(part.values), opened, part.blank, badness)


def groups_of(solved: Solved) -> list[RepairGroup]:
    """The independent contradictions of one part; none where nothing has to change.

    Where there are too many smallest sets to look at them all, they are not split into groups.
    """
    if solved.changed and not any(solved.changed):
        return []
    if not solved.complete or not solved.changed:
        return [_group(solved, -1)]
    return [_group(solved, mask) for mask in independent_groups(solved.changed, _links(solved.part))]


def _links(part: Part) -> list[int]:
    """Masks of cells tied together by an identity; identities that share a blank are one, for the blank passes on."""
    links: list[int] = []
    for plus, minus in part.component.rows:
        mask = plus | minus
        for link in [link for link in links if link & mask & part.blank]:
            links.remove(link)
            mask |= link
        links.append(mask)
    return links


def _group(solved: Solved, mask: int) -> RepairGroup:
    """One group of cells with its distinct choices, the likeliest first."""
    choices = _choices(solved, mask)
    listed = choices[:LISTED]
    return RepairGroup(
        violations=_violations(solved, mask),
        choices=tuple(listed),
        size=len(choices[0].figures) if choices else 0,
        proven=solved.proven,
        cut=len(choices) > len(listed) or not solved.complete,
        decided=_decided(choices) if solved.complete and solved.proven else "",
    )


def _choices(solved: Solved, mask: int) -> list[Choice]:
    if not solved.changed:
        return []
    part, keys = solved.part, solved.part.component.cells
    identities = part.component.identities
    cells = frozenset(keys[n] for changed in solved.changed for n in bits(changed & mask))
    whole = {**solved.report, **part.keyed(dict(enumerate(solved.values[0])))}
    choices: dict[int, Choice] = {}
    for changed, values, loose in zip(solved.changed, solved.values, solved.loose, strict=True):
        here = changed & mask
        if here not in choices:
            figures = {keys[n]: values[n] for n in bits(here)}
            restored = {key: solved.report.get(key) for key in cells}
            choices[here] = Choice(
                figures=figures,
                agrees=agreement({**whole, **restored, **figures}, solved.witnesses, cells),
                unfilled=unfilled_total(figures, solved.report, identities),
                exact=not loose & here,
            )
    totals = {identity.left[0] for identity in identities if len(identity.left) == 1}

    def likeliness(choice: Choice) -> tuple[int, bool, int, Number, tuple[int, ...]]:
        strangeness = 0
        moved: Number = 0
        for cell, new in choice.figures.items():
            old: Number = solved.report[cell] or 0
            strangeness += surprise(old, new, cell in totals)
            moved += new - old if new > old else old - new
        order = tuple(keys.index(cell) for cell in choice.figures)
        return -choice.agrees, not choice.unfilled, strangeness, moved, order

    return sorted(choices.values(), key=likeliness)


def _decided(choices: list[Choice]) -> Reason:
    """Why the first choice is the repair, "" where one has to choose."""
    if not choices[0].exact:
        return ""
    if len(choices) == 1:
        return "only"
    if choices[0].agrees > choices[1].agrees:
        return "witness"
    best = [choice for choice in choices if choice.agrees == choices[0].agrees]
    return "unfilled" if sum(choice.unfilled for choice in best) == 1 else ""


def _violations(solved: Solved, mask: int) -> tuple[Violation, ...]:
    """The identities that this group breaks: those that fail when all but its own cells are repaired."""
    part = solved.part
    if not solved.changed:
        return tuple(violation_in(part, row, solved.report) for row in range(len(part.component.rows)))
    mine = 0
    for changed in solved.changed:
        mine |= changed & mask
    whole = {**solved.report, **part.keyed(dict(enumerate(solved.values[0])))}
    for n in bits(mine):
        cell = part.component.cells[n]
        whole[cell] = solved.report[cell]
    rows = [violation_in(part, row, whole) for row, (p, m) in enumerate(part.component.rows) if (p | m) & mine]
    return tuple(violation for violation in rows if violation.difference)


def violation_in(part: Part, row: int, values: Mapping[CellKey, Number | None]) -> Violation:
    """One identity of a part with the sums of its sides; a cell without a figure counts as 0."""
    identity = part.component.identities[row]
    left = sum((values.get(cell) or 0 for cell in identity.left), start=0)
    right = sum((values.get(cell) or 0 for cell in identity.right), start=0)
    return Violation(identity, left, right)
