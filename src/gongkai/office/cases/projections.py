"""Projections (投影): a case's columns as its events give them, by the core's functions. None of them depends on the day of asking."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from gongkai.law.calendar import Calendar
from gongkai.law.case.clock import Clock, clock
from gongkai.law.case.counting import counted_decision
from gongkai.law.case.state import CaseState
from gongkai.law.time_limits import Rules

from ..organs.models import Organ
from ..vault.keys import sealed
from ..vault.models import Secret
from ..vault.secrets import index_of

_LATER = timedelta(days=366)
"""Whatever stands still goes on before that much time has passed since the last event."""

DEADLINE = ("original_due", "due", "stopped_until", "days_left", "waiting_until", "provisional")
"""The columns that follow the calendar and the rules, and not the events alone."""


def columns(
    state: CaseState, handled_by: Organ, calendar: Calendar, rules: Rules, secrets: Iterable[Secret]
) -> dict[str, Any]:
    """The projected columns of a case. ``handled_by``: by whose calendar and rules it counts; ``secrets``: those of all its events."""
    description = str(_last_value(state, "description"))
    outcome, decided_on = counted_decision(state)
    return {
        "handled_by": handled_by,
        "status": state.status,
        "matter": state.matter,
        "channel": state.channel,
        "applicant_kind": state.applicant_kind,
        "description": description,
        "submitted_on": state.submitted_on,
        "received_on": state.received_on,
        "outcome": outcome,
        "decided_on": decided_on,
        "answered_on": state.answered_on,
        "delivered_on": state.delivered_on,
        "closed_on": state.closed_on,
        "counted": state.counted,
        "review_stage": state.review_stage,
        "applicant_index": applicant_index(_applicant(state, secrets)),
        "content_index": content_index(description),
        **deadline(state, calendar, rules),
    }


def deadline(state: CaseState, calendar: Calendar, rules: Rules) -> dict[str, Any]:
    """The columns of DEADLINE, so that a list can be ordered by working days left on any day without asking the core for each."""
    later = state.effective[-1].on + _LATER
    then = clock(state, calendar, rules, later)
    waiting = (limit.due for limit in then.side_limits if limit.key in ("correction", "fee"))
    stopped_until, days_left = _stop(state, then, calendar, rules)
    return {
        "original_due": then.original_due,
        "due": then.due,
        "stopped_until": stopped_until,
        "days_left": days_left,
        "waiting_until": min(waiting, default=None),
        "provisional": then.provisional,
    }


def _stop(state: CaseState, then: Clock, calendar: Calendar, rules: Rules) -> tuple[date, int] | tuple[None, None]:
    """The last day of the last stop that moves the due day, and the working days that remain while it lasts."""
    ends = [(span.start, span.end) for span in then.spans if not span.counted and span.end]
    if not then.due or not ends or state.answered_on:
        return None, None
    start, end = ends[-1]
    if clock(state, calendar, rules, start - timedelta(1)).due == then.due:
        return None, None
    return end, working_days_left(calendar, then.due, end)


def working_days_left(calendar: Calendar, due: date, today: date) -> int:
    """Working days from tomorrow to ``due``: 0 on the last day, at most -1 after it. The same as `Clock.working_days_left`."""
    if today <= due:
        return calendar.working_days(today + timedelta(1), due)
    return -max(1, calendar.working_days(due + timedelta(1), today))


def applicant_index(secrets: Mapping[str, str]) -> str:
    """By what an applicant is found again: the number of their document, or else name and telephone; "" where both lack.

    ``secrets``: the keyed digests of the applicant's values by field.
    """
    if number := secrets.get("id_number"):
        return number
    name, telephone = secrets.get("applicant_name"), secrets.get("telephone")
    return sealed(f"{name}\x00{telephone}".encode(), "applicant") if name and telephone else ""


def applicant_index_of(personal: Mapping[str, str]) -> str:
    """The same for values in the clear."""
    return applicant_index({field: index_of(field, value) for field, value in personal.items() if value})


def content_index(description: str) -> str:
    """By what equal descriptions are found, whatever their spaces, punctuation and width."""
    folded = "".join(sign for sign in unicodedata.normalize("NFKC", description).casefold() if sign.isalnum())
    return index_of("description", folded) if folded else ""


def _applicant(state: CaseState, secrets: Iterable[Secret]) -> dict[str, str]:
    """The keyed digests of the applicant's values, as set right since."""
    held = state.effective[0].data.get("personal", {})
    return {one.field: one.index for one in secrets if held.get(one.field) == one.digest}


def _last_value(state: CaseState, field: str) -> object:
    """The value of a field that later events of the applicant replace (补正)."""
    event = state.last("corrected", "registered")
    return event.data.get(field, "") if event else ""
