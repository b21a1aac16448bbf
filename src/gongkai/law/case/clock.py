"""The statutory clock of a case (办理期限): a pure function of its events, the calendar and today, that explains itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from .state import CaseState

if TYPE_CHECKING:
    from ..calendar import Calendar
    from ..time_limits import Rules


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``start`` to ``end``, both included. ``end`` is None while it is not known when it ends.

    ``counted``: whether its working days count; ``working_days``: how many there are (up to today where open);
    ``why``: a Chinese sentence; ``article``: its basis; ``mark``: "memory"/"infer" where the rule is a setting.
    """

    start: date
    end: date | None
    counted: bool
    working_days: int
    why: str
    article: str
    mark: Literal["", "memory", "infer"] = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """``original_due``: the day the answer was due at first; ``due``: now; None while nothing runs (unconfirmed, awaiting correction).

    ``working_days_left``: to ``due``, negative when overdue, 0 on the last day; what an inbox is ordered by; None where
    ``due`` is None. ``stopped``: today is not counted. ``provisional``: some day relied on has no State Council notice.
    ``answered_late``: working days by which the answer missed its day, 0 in time, None while unanswered.
    ``correction_due``, ``fee_due``, ``consultations_due``: side limits that run, with what happens then.
    """

    original_due: date | None
    due: date | None
    spans: tuple[Span, ...]
    working_days_left: int | None
    stopped: bool
    provisional: bool
    answered_late: int | None
    side_limits: tuple[SideLimit, ...] = ()


@dataclass(frozen=True, slots=True)
class SideLimit:
    """Another period that runs beside the answer's: ``what`` is due on ``due`` under ``article``."""

    key: str
    what: str
    due: date
    article: str
    provisional: bool = False


def clock(state: CaseState, calendar: Calendar, rules: Rules, today: date) -> Clock:
    """The clock of a case as of ``today``."""
    raise NotImplementedError
