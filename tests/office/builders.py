"""Organs, people and cases with sound defaults, made through the office's public functions: a test states only what matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from django.test import Client

from gongkai.law.roles import roles
from gongkai.office.cases.models import Case, CaseEvent
from gongkai.office.cases.record import record, register
from gongkai.office.clock import today
from gongkai.office.organs.models import Division, Holding, Organ, OrganName, Person
from gongkai.office.vault.models import StoredFile

PASSWORD = "Yunxi-2026-banshi"
FOUNDED = date(2019, 1, 1)
"""Organs, divisions and roles begin so early that no test meets a day before."""

_numbers = count(1)

_SUBMITTED = {"post": "signed_on"}
"""Under which field a channel's day of submission goes, where it is not submitted_on."""


def make_organ(name: str = "", *, kind: str = Organ.Kind.DEPARTMENT, since: date = FOUNDED, **fields: Any) -> Organ:
    """An organ with a name since its foundation."""
    number = next(_numbers)
    organ = Organ(code=fields.pop("code", f"organ-{number}"), kind=kind, since=since, short_code="云政公", **fields)
    organ.full_clean()
    organ.save()
    OrganName.objects.create(organ=organ, name=name or f"云溪区第{number}局", since=since)
    return organ


def make_division(organ: Organ, name: str = "", **fields: Any) -> Division:
    """A division of an organ."""
    number = next(_numbers)
    division = Division(
        organ=organ,
        key=fields.pop("key", f"division-{number}"),
        name=name or f"第{number}科",
        since=organ.since,
        **fields,
    )
    division.full_clean()
    division.save()
    return division


def make_person(
    role: str = "clerk", organ: Organ | None = None, *, division: Division | None = None, name: str = "", **fields: Any
) -> Person:
    """A person who holds a role; a role of a division is held for ``division``, or a new one of the organ."""
    number = next(_numbers)
    organ = organ or (division.organ if division else make_organ())
    person = Person.objects.create_user(
        username=fields.pop("username", f"person{number}"), password=PASSWORD, name=name or f"人员{number}", **fields
    )
    give_role(person, role, organ, division)
    return person


def give_role(person: Person, role: str, organ: Organ, division: Division | None = None, **fields: Any) -> Holding:
    """One more role for a person."""
    if roles()[role].of_division and division is None:
        division = make_division(organ)
    holding = Holding(person=person, organ=organ, division=division, role=role, **{"since": organ.since, **fields})
    holding.full_clean()
    holding.save()
    return holding


def make_case(
    organ: Organ | None = None,
    *,
    received: date | None = None,
    channel: str = "in_person",
    on: date | None = None,
    personal: Mapping[str, str] | None = None,
    files: Mapping[str, Sequence[StoredFile]] | None = None,
    actor: Person | None = None,
    as_of: date | None = None,
    **data: Any,
) -> Case:
    """A registered application, received today unless told otherwise. Of a channel that has to be confirmed it is unconfirmed.

    ``received``: when it was handed in or signed for; ``on``: when it was registered, the same day unless told otherwise.
    ``as_of``: the day on which it is typed in, today unless told otherwise; ``data``: other values of fields of the registration.
    """
    received = received or on or today()
    registered = register(
        organ or make_organ(),
        on=on or received,
        data={**application(channel, received), **data},
        personal={**applicant(), **(personal or {})},
        files=files or {},
        actor=actor,
        today=as_of or today(),
    )
    return registered.case


def application(channel: str, submitted: date) -> dict[str, Any]:
    """The fields of an ordinary registration."""
    return {
        "matter": "application",
        "channel": channel,
        _SUBMITTED.get(channel, "submitted_on"): submitted.isoformat(),
        "applicant_kind": "natural_person",
        "id_kind": "identity_card",
        "description": "云溪区2025年老旧小区改造项目清单",
        "form": "paper",
        "delivery_way": "post",
    }


def applicant() -> dict[str, str]:
    """The values of an ordinary applicant that are kept apart."""
    return {
        "applicant_name": "张明",
        "id_number": "110101199003078881",
        "telephone": "13800000000",
        "address": "云溪区学府路8号",
    }


def take(
    case: Case,
    kind: str,
    on: date | None = None,
    *,
    actor: Person | None = None,
    personal: Mapping[str, str] | None = None,
    files: Mapping[str, Sequence[StoredFile]] | None = None,
    as_of: date | None = None,
    **data: Any,
) -> CaseEvent:
    """Take a step with a case, today unless told otherwise."""
    day = as_of or today()
    return record(
        case, kind, on=on or day, data=data, personal=personal or {}, files=files or {}, actor=actor, today=day
    )


def client_of(person: Person) -> Client:
    """A browser in which the person has signed in."""
    client = Client()
    client.force_login(person)
    return client
