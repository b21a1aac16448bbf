"""An organ with many cases, for measuring: the same rows as recording writes, by the same functions, but many at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice
from typing import Any

from django.utils import timezone

from gongkai.law.case.event import Event
from gongkai.law.case.state import state_of
from gongkai.office.calendars import law_of
from gongkai.office.cases.chain import case_seal, digest_of, register_seal
from gongkai.office.cases.models import Case, CaseEvent, EventSecret, Register
from gongkai.office.cases.numbers import case_number
from gongkai.office.cases.projections import applicant_index_of, columns
from gongkai.office.organs.models import Division, Organ, OrganName, Person
from gongkai.office.vault.models import Secret
from gongkai.office.vault.secrets import prepared

BATCH = 1000

_TEXT = "申请公开云溪区老旧小区改造项目的清单、资金安排和验收情况，请写明各小区的名称、开工和竣工的时间。"

_BEGUN: list[tuple[str, int, dict[str, Any]]] = [
    ("assigned", 1, {"division": "office-1", "matters": _TEXT, "internal_due": "2026-12-01"}),
    ("note", 2, {"text": _TEXT}),
]
_DRAFTED: list[tuple[str, int, dict[str, Any]]] = [
    *_BEGUN,
    ("finding_returned", 8, {"division": "office-1", "finding": "held", "proposed": "disclosed", "opinion": _TEXT}),
    ("drafted", 9, {"outcome": "disclosed", "grounds": ["provided"], "text": _TEXT}),
    ("submitted", 9, {}),
]
_CLOSED: list[tuple[str, int, dict[str, Any]]] = [
    *_DRAFTED,
    ("reviewed", 10, {}),
    ("confidentiality_reviewed", 11, {"result": "no_secret"}),
    ("approved", 12, {}),
    ("decided", 13, {"outcome": "disclosed", "number": "云政公复〔2026〕1号"}),
    ("dispatched", 13, {"method": "post", "tracking": "EA123456789CN"}),
    ("delivered", 17, {"proof_kind": "postal_receipt"}),
    ("closed", 18, {}),
]
_CONSULTED: list[tuple[str, int, dict[str, Any]]] = [
    *_BEGUN,
    ("consulted", 3, {"whom": "third_party", "name": "甲公司", "matter": _TEXT}),
]
_CORRECTING: list[tuple[str, int, dict[str, Any]]] = [
    ("correction_requested", 3, {"matters": _TEXT, "until": "2026-12-31"}),
]

COURSES = [_CLOSED] * 6 + [_BEGUN, _DRAFTED, _CONSULTED, _CORRECTING]
"""What becomes of one case after the other: four in ten are open."""


@dataclass(frozen=True)
class Caseload:
    """An organ and a clerk of it."""

    organ: Organ
    clerk: Person


def caseload(code: str, count: int, today: date) -> Caseload:
    """An organ with ``count`` cases: the open ones of the last weeks, the others of the year before."""
    organ = Organ.objects.create(code=code, kind="department", since=date(2019, 1, 1), short_code="云政公")
    OrganName.objects.create(organ=organ, name=f"云溪区{code}局", since=organ.since)
    Division.objects.create(organ=organ, key="office-1", name="办公室", since=organ.since)
    clerk = Person.objects.create_user(username=f"clerk-{code}", name="张明")
    clerk.holdings.create(organ=organ, role="clerk", since=organ.since)
    numbers = iter(range(count))
    while batch := list(islice(numbers, BATCH)):
        _write([_Drawn(organ, clerk, number, today) for number in batch])
    Register.objects.create(organ=organ, year=today.year, last=count, seal=register_seal(code, today.year, count))
    return Caseload(organ, clerk)


class _Drawn:
    """One case with its rows, not stored yet."""

    def __init__(self, organ: Organ, clerk: Person, serial: int, today: date) -> None:
        course = serial % len(COURSES)
        age = 20 + serial % 300 if COURSES[course] is _CLOSED else 4 + serial % 30
        self.case = Case(
            organ=organ, handled_by=organ, number=case_number(today.year, serial + 1), query_code=f"{serial:064}"
        )
        applicant = {"applicant_name": f"张{serial // 3}", "id_number": f"{serial // 3:018}"}
        self.secrets = [prepared(field, value) for field, value in applicant.items()]
        received = today - timedelta(age)
        personal = {one.field: one.digest for one in self.secrets}
        at = timezone.make_aware(datetime(today.year, 1, 1))
        self.rows = [_row(self.case, event, clerk, at) for event in _events(course, received, personal)]
        for before, row in zip([None, *self.rows], self.rows, strict=False):
            row.previous = before.digest if before else ""
            row.digest = digest_of(
                organ=organ.code,
                case=self.case.number,
                number=row.number,
                kind=row.kind,
                on=row.on,
                data=row.data,
                actor=str(clerk.pk),
                at=at,
                previous=row.previous,
            )
        for column, value in _columns(organ, course, received).items():
            setattr(self.case, column, value)
        self.case.applicant_index = applicant_index_of(applicant)
        self.case.events_count, self.case.head = len(self.rows), self.rows[-1].digest
        self.case.seal = case_seal(
            organ.code, self.case.number, self.case.events_count, self.case.head, self.case.query_code
        )
        self.divisions = [one["division"] for kind, _, one in COURSES[course] if kind == "assigned"]


def _events(course: int, received: date, personal: dict[str, str]) -> Iterator[Event]:
    registered = {
        "matter": "application",
        "channel": "in_person",
        "submitted_on": received.isoformat(),
        "applicant_kind": "natural_person",
        "id_kind": "identity_card",
        "description": f"《云溪区{received.year}年老旧小区改造项目清单》",
        "form": "paper",
        "delivery_way": "post",
        "personal": personal,
    }
    yield Event("registered", received, registered, number=1)
    for number, (kind, days, data) in enumerate(COURSES[course], start=2):
        yield Event(kind, received + timedelta(days), data, number=number)


def _row(case: Case, event: Event, clerk: Person, at: datetime) -> CaseEvent:
    return CaseEvent(case=case, number=event.number, kind=event.kind, on=event.on, data=event.data, actor=clerk, at=at)


@cache
def _columns(organ: Organ, course: int, received: date) -> dict[str, Any]:
    law = law_of(organ)
    return columns(state_of(_events(course, received, {})), organ, law.calendar, law.rules, ())


def _write(drawn: list[_Drawn]) -> None:
    Case.objects.bulk_create(one.case for one in drawn)
    CaseEvent.objects.bulk_create(row for one in drawn for row in one.rows)
    Secret.objects.bulk_create(secret for one in drawn for secret in one.secrets)
    EventSecret.objects.bulk_create(
        EventSecret(event=one.rows[0], secret=secret) for one in drawn for secret in one.secrets
    )
    through = Case.assigned.through
    divisions = {one.key: one for one in Division.objects.filter(organ=drawn[0].case.organ)}
    through.objects.bulk_create(
        through(case=one.case, division=divisions[key]) for one in drawn for key in one.divisions
    )
