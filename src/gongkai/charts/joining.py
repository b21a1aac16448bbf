"""Joining small counts: which figures may be told by month, which by quarter, which only for the year.

The figures of a table lie in one another like boxes: all results, one kind of result, that kind for one kind of applicant.
Whoever knows the months of the outer and of some inner boxes knows those of the rest by subtraction. So a figure is told by
month only where each of its months, and each month of what is left of the box around it, counts nothing or enough; else by
quarter on the same terms; else only for the year, which the report itself gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, Literal

Level = Literal["month", "quarter"]

LEVELS: Final[tuple[Level, ...]] = ("month", "quarter")
"""From fine to coarse."""

Months = Mapping[str, int]
"""Counts by month ("01" to "12"), and by whatever else a count can lie in, such as "" where the month is not known."""


def quarter_of(month: str) -> str:
    """The quarter of a month: "Q1" of "03"; anything else as it is."""
    return f"Q{(int(month) + 2) // 3}" if month.isdigit() else month


def at(level: Level, months: Months) -> Counter[str]:
    """The counts by month or by quarter."""
    found: Counter[str] = Counter()
    for month, number in months.items():
        found[month if level == "month" else quarter_of(month)] += number
    return found


def levels_of(
    boxes: Mapping[str, Months],
    around: Mapping[str, str],
    least: int,
    before: Mapping[str, tuple[Level, Months]] | None = None,
) -> dict[str, Level]:
    """How finely each box may be told; those that may be told only for the year are left out.

    ``boxes``: outer ones before those inside them; ``around``: the box in which one lies, if any. ``before``: what an earlier
    edition told of a box, so that no small count shows by comparing the editions.
    """
    found: dict[str, Level] = {}
    left: dict[tuple[Level, str], Counter[str]] = {}
    """What is left of a told box when all told boxes inside it are taken out, by level and box."""
    for name in boxes:
        for number, level in enumerate(LEVELS):
            if all(_fits(name, one, boxes, around, left, least) for one in LEVELS[number:]) and not _gives_away(
                boxes[name], level, (before or {}).get(name), least
            ):
                for one in LEVELS[number:]:
                    left[one, name] = at(one, boxes[name])
                    if outer := _told_around(name, one, around, left):
                        left[one, outer] = _without(left[one, outer], boxes[name], one)
                found[name] = level
                break
    return found


def small(counts: Mapping[str, int], least: int) -> bool:
    """Whether some count is neither nothing nor enough."""
    return any(0 < abs(number) < least for number in counts.values())


def _fits(
    name: str,
    level: Level,
    boxes: Mapping[str, Months],
    around: Mapping[str, str],
    left: Mapping[tuple[Level, str], Counter[str]],
    least: int,
) -> bool:
    if small(at(level, boxes[name]), least):
        return False
    outer = _told_around(name, level, around, left)
    return outer is None or not small(_without(left[level, outer], boxes[name], level), least)


def _told_around(
    name: str, level: Level, around: Mapping[str, str], left: Mapping[tuple[Level, str], Counter[str]]
) -> str | None:
    """The nearest box around one that is told at this level."""
    return next((outer for outer in _outwards(name, around) if (level, outer) in left), None)


def _outwards(name: str, around: Mapping[str, str]) -> Iterator[str]:
    while name in around:
        name = around[name]
        yield name


def _without(outer: Counter[str], inner: Months, level: Level) -> Counter[str]:
    """What is left of an outer box. What the outer box has no place for does not lie in it (cases of the year before)."""
    taken = at(level, inner)
    return Counter({period: number - taken[period] for period, number in outer.items()})


def _gives_away(months: Months, level: Level, before: tuple[Level, Months] | None, least: int) -> bool:
    """Whether the difference from what an earlier edition told is a small count."""
    if before is None:
        return False
    level = "quarter" if "quarter" in (level, before[0]) else "month"
    new, old = at(level, months), at(level, before[1])
    return small({period: new[period] - old[period] for period in new.keys() | old.keys()}, least)
