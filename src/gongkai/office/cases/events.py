"""Reading events: as rows of the database, and as the core's values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db.models import QuerySet

from gongkai.law.case.event import Event

from ..organs.models import Person
from ..vault.keys import sealed
from ..vault.models import Secret, StoredFile
from .models import Case, CaseEvent

CHUNK = 500
"""Cases read at a time, where all are read."""


def key_of(person: Person | None) -> str:
    """By what events name a person: their number, which stays when name and log-in change; "" for none."""
    return "" if person is None else str(person.pk)


def reference_to(file: StoredFile) -> str:
    """What an event's data say of a file, so that its digest and its name are covered by the event's own. The name, which
    often is a person's, is not there itself: it can be erased."""
    return f"{file.key}:{file.sha256}:{sealed(f'{file.key}:{file.name}'.encode(), 'name')}"


def speaks_of(reference: str, file: StoredFile) -> bool:
    """Whether what an event holds is about this file; of an erased one the name is gone."""
    return reference == reference_to(file) or (
        file.erased_at is not None and reference.startswith(f"{file.key}:{file.sha256}:")
    )


def as_event(row: CaseEvent) -> Event:
    """The event as the core knows it."""
    return Event(row.kind, row.on, row.data, str(row.actor_id or ""), row.number)


def events_of(case: Case) -> tuple[Event, ...]:
    """The events of a case, in their order."""
    return tuple(as_event(row) for row in case.events.order_by("number"))


def secrets_of(case: Case) -> QuerySet[Secret]:
    """What the vault holds of a case's personal values, without the values."""
    return Secret.objects.filter(eventsecret__event__case=case).only("field", "index", "digest")


def with_rows(cases: QuerySet[Case], *related: str) -> Iterator[tuple[Case, list[CaseEvent]]]:
    """Cases with the rows of their events, in the order of their keys; few at a time, however many there are.

    ``related``: what is wanted of each event besides, as `prefetch_related` takes it.
    """
    ordered, last = cases.select_related("organ", "handled_by").prefetch_related("assigned").order_by("pk"), 0
    while chunk := list(ordered.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        rows = CaseEvent.objects.filter(case__in=chunk).order_by("case_id", "number").prefetch_related(*related)
        found = {key: list(group) for key, group in groupby(rows, key=lambda row: row.case_id)}
        for case in chunk:
            yield case, found.get(case.pk, [])
