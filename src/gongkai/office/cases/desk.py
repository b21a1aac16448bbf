"""A case on the desk of the person who opened it: what it has come to, its clock, and which steps it is theirs to take."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from gongkai.law.calendar import Calendar
from gongkai.law.case.clock import Clock, clock
from gongkai.law.case.lawful import offered
from gongkai.law.case.state import CaseState, state_of
from gongkai.law.case.steps import Step, steps
from gongkai.law.time_limits import Rules

from ..calendars import calendar, rules
from ..clock import today
from ..organs.models import Dated, Organ, Person
from ..organs.queries import divisions_of
from .events import as_event, key_of
from .form_fields import Offers
from .handling import handler_at
from .history import rows_of
from .models import Case, CaseEvent
from .wording import Names, names_for


@dataclass(frozen=True, slots=True)
class Desk:
    """A case as one person sees it on one day. ``steps``: lawful now and within the person's roles, in the order of the file."""

    case: Case
    person: Person
    roles: frozenset[str]
    day: date
    rows: list[CaseEvent]
    names: Names
    state: CaseState
    clock: Clock
    calendar: Calendar
    rules: Rules
    steps: tuple[Step, ...]

    @property
    def organ(self) -> Organ:
        """The organ that handles the case. What names the case goes by the one that registered it, ``case.organ``."""
        return self.case.handled_by

    def organ_at(self, row: CaseEvent) -> Organ:
        """The organ that took the step, or would take one that is not recorded yet."""
        return handler_at(self.case, self.state, row.number) if row.number else self.organ

    def may(self, key: str) -> bool:
        """Whether the person may take the step now."""
        return any(step.key == key for step in self.steps)

    def row(self, number: int) -> CaseEvent | None:
        """The event with this number."""
        return next((one for one in self.rows if one.number == number), None)

    def last(self, kind: str) -> CaseEvent | None:
        """The last event of this kind."""
        return next((one for one in reversed(self.rows) if one.kind == kind), None)


def desk(request: HttpRequest) -> Desk:
    """The case of a guarded request, on the caller's desk."""
    subject = request.subject
    return desk_of(subject.thing, request.user, subject.roles, today())


def desk_of(case: Case, person: Person, roles: frozenset[str], day: date) -> Desk:
    """The case as this person, with these roles in it, sees it on a day."""
    rows = rows_of(case)
    state = state_of(map(as_event, rows))
    days, limits = calendar(case.handled_by), rules(case.handled_by)
    lawful = offered(state, days, limits, day)
    return Desk(
        case=case,
        person=person,
        roles=roles,
        day=day,
        rows=rows,
        names=names_for(case, rows),
        state=state,
        clock=clock(state, days, limits, day),
        calendar=days,
        rules=limits,
        steps=tuple(step for step in lawful if within(step, roles)),
    )


def within(step: Step, roles: Collection[str]) -> bool:
    """Whether one of these roles may take the step."""
    return not roles.isdisjoint(step.roles)


EVENTS_ASKED = {
    "consultation": ("consulted",),
    "event": None,
}
"""Which events a field that asks for an earlier one may mean, by its key; None for any."""


def offers_for(one: Desk, step: Step) -> Offers:
    """What the form of a step lets this person choose from in this case."""
    kinds = {kind for field in step.fields if field.type == "event" for kind in EVENTS_ASKED.get(field.key) or steps()}
    return Offers(
        register_id=one.case.organ_id,
        person_id=one.person.pk,
        events=[(row.number, one.names.events[row.number]) for row in one.rows if row.kind in kinds],
        **of_organ(one.organ, one.day),
    )


def of_organ(organ: Organ, day: date) -> dict[str, Any]:
    """The organ's divisions and people, and the other organs there are on a day."""
    others = Organ.objects.filter(Dated.on(day)).exclude(pk=organ.pk).prefetch_related("names")
    return {
        "divisions": [(one.key, one.name) for one in divisions_of(organ, day)],
        "people": [(key_of(one), str(one)) for one in staff(organ, day)],
        "organs": [(one.code, str(one)) for one in others],
    }


def staff(organ: Organ, day: date) -> list[Person]:
    """Who holds a role in the organ on a day."""
    held = organ.holdings.filter(Dated.on(day)).values("person")
    return list(Person.objects.filter(pk__in=held, is_active=True))
