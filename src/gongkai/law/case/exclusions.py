"""Days that do not count towards the answer's period because opinions were asked for (第三十三条第三款).

The law does not say from which day to which; as a cautious reading, the day after the letter was sent to the day the
opinion came in, or to the day on which its period ended. Where several run at once, a day is left out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .facts import Consultation

if TYPE_CHECKING:
    from ..calendar import Calendar
    from ..time_limits import Rules

ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Days from ``start`` to ``end``, both left out. ``until``: the day it ends at the latest while an opinion is still
    awaited, else None; ``end`` is then today."""

    start: date
    end: date
    until: date | None
    consultations: tuple[Consultation, ...]


def opinion_due(consultation: Consultation, calendar: Calendar, rules: Rules) -> date:
    """The last day of the period for an opinion. While it is not known when the letter was received: as if when it was sent."""
    return rules[consultation.whom].ends(consultation.received_on or consultation.sent_on, calendar)


def exclusions(
    consultations: Sequence[Consultation], after: date, calendar: Calendar, rules: Rules, today: date
) -> tuple[Exclusion, ...]:
    """The days left out after the day ``after`` and up to today, in order, none of them twice."""
    if not consultations:
        return ()
    single = (_exclusion(one, after, calendar, rules, today) for one in consultations)
    return tuple(_merged(sorted((one for one in single if one.start <= one.end), key=lambda one: one.start)))


def _exclusion(one: Consultation, after: date, calendar: Calendar, rules: Rules, today: date) -> Exclusion:
    start, limit = max(one.sent_on, after) + ONE_DAY, opinion_due(one, calendar, rules)
    awaited = (one.answered_on is None or one.answered_on > today) and limit > today
    return Exclusion(start, min(one.answered_on or today, limit, today), limit if awaited else None, (one,))


def _merged(parts: Iterable[Exclusion]) -> list[Exclusion]:
    merged: list[Exclusion] = []
    for part in parts:
        if merged and part.start <= merged[-1].end + ONE_DAY:
            before = merged[-1]
            untils = [day for day in (before.until, part.until) if day]
            both = (*before.consultations, *part.consultations)
            merged[-1] = Exclusion(before.start, max(before.end, part.end), max(untils, default=None), both)
        else:
            merged.append(part)
    return merged


def walked(after: date, days: int, left_out: Sequence[Exclusion], calendar: Calendar) -> date:
    """The ``days``-th working day after ``after`` when the days left out do not count."""
    for one in left_out:
        before = calendar.working_days(after + ONE_DAY, one.start - ONE_DAY)
        if days <= before:
            break
        days -= before
        after = one.end
    return calendar.after(after, days)
