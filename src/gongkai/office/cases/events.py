"""Reading events: as rows of the database, and as the core's values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db.models import QuerySet

from gongkai.law.case.event import Event

from ..organs.models import Person
from .models import Case, CaseEvent

CHUNK = 500
"""Cases read at a time, where all are read."""


def key_of(person: Person | None) -> str:
    """By what events name a person: their number, which stays when name and log-in change; "" for none."""
    return "" if person is None else str(person.pk)


def as_event(row: CaseEvent) -> Event:
    """The event as the core knows it."""
    return Event(row.kind, row.on, row.data, str(row.actor_id or ""), row.number)


def events_of(case: Case) -> tuple[Event, ...]:
    """The events of a case, in their order."""
    return tuple(as_event(row) for row in case.events.order_by("number"))


def with_rows(cases: QuerySet[Case]) -> Iterator[tuple[Case, list[CaseEvent]]]:
    """Cases with the rows of their events, in the order of their keys; few at a time, however many there are."""
    ordered, last = cases.select_related("organ").order_by("pk"), 0
    while chunk := list(ordered.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        rows = CaseEvent.objects.filter(case__in=chunk).order_by("case_id", "number")
        found = {key: list(group) for key, group in groupby(rows.iterator(), key=lambda row: row.case_id)}
        for case in chunk:
            yield case, found.get(case.pk, [])
