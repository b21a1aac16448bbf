"""Writing projections anew from the events: all of them, or the dates of open cases when the calendar or a setting changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from django.db import transaction
from django.db.models import QuerySet

from gongkai.law.case.state import CaseState, state_of

from ..calendars import law_of
from ..organs.models import Organ
from .events import as_event, secrets_of, with_rows
from .handling import handler
from .models import Case
from .projections import DEADLINE, columns, deadline
from .record import assign

_WRITTEN = 200  # cases written at a time


def recompute(organs: Iterable[Organ]) -> int:
    """Count the periods of the organs' open cases anew. Returns how many cases have other dates now."""
    return sum(_recompute(organ) for organ in organs)


def _recompute(organ: Organ) -> int:
    law = law_of(organ)
    changed: list[Case] = []
    written = 0
    with transaction.atomic():
        for case, state in _states(Case.objects.filter(handled_by=organ).exclude(status="closed")):
            if _set(case, deadline(state, law.calendar, law.rules)):
                changed.append(case)
            if len(changed) == _WRITTEN:
                written += _write(changed, DEADLINE)
        return written + _write(changed, DEADLINE)


def rebuild(cases: QuerySet[Case]) -> int:
    """Write all projections of these cases anew. Returns how many were not what their events give."""
    law = cache(law_of)
    changed = 0
    for case, state in _states(cases):
        with transaction.atomic():
            organ = handler(case, state)
            found = columns(state, organ, law(organ).calendar, law(organ).rules, secrets_of(case))
            assigned = {(one.organ_id, one.key) for one in case.assigned.all()} != {
                (organ.pk, key) for key in state.divisions
            }
            if _set(case, found) or assigned:
                changed += 1
                case.save(update_fields=list(found))
                assign(case, state)
    return changed


def _states(cases: QuerySet[Case]) -> Iterator[tuple[Case, CaseState]]:
    for case, rows in with_rows(cases):
        yield case, state_of(map(as_event, rows))


def _set(case: Case, found: dict[str, object]) -> bool:
    different = {column: value for column, value in found.items() if getattr(case, column) != value}
    for column, value in different.items():
        setattr(case, column, value)
    return bool(different)


def _write(changed: list[Case], fields: Iterable[str]) -> int:
    Case.objects.bulk_update(changed, list(fields))
    count = len(changed)
    changed.clear()
    return count
