"""A district: a government, its office, two departments, and administrators of both kinds of reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from gongkai.office.clock import today
from gongkai.office.organs.accounts import create_person, grant_role
from gongkai.office.organs.actions import add_division, found_organ
from gongkai.office.organs.models import Division, Organ, Person

FOUNDED = date(2019, 1, 1)


@dataclass(frozen=True, slots=True)
class District:
    """``system``, ``security``: administrators of the whole district; ``local_*``: of the market regulator only."""

    government: Organ
    office: Organ
    market: Organ
    commerce: Organ
    system: Person
    security: Person
    local_system: Person
    local_security: Person


def found(code: str, name: str, kind: str, parent: Organ | None, **more: object) -> Organ:
    """An organ that the installation founded in 2019."""
    return found_organ(
        by=None, code=code, name=name, kind=kind, short_code="云公", since=FOUNDED, parent=parent, today=today(), **more
    )


def person(organ: Organ, username: str, *roles: str, division: Division | None = None) -> Person:
    """A person of an organ who has held roles since 2019, and may use the account."""
    made, _ = create_person(organ, username=username, name=f"人员{username}", by=None, today=today())
    Person.objects.filter(pk=made.pk).update(must_change_password=False)
    made.refresh_from_db()
    for role in roles:
        grant_role(made, role, organ, since=FOUNDED, by=None, today=today(), division=division)
    return made


def division(organ: Organ, key: str, name: str) -> Division:
    """A division that the installation set up in 2019."""
    return add_division(organ, key=key, name=name, since=FOUNDED, by=None, today=today())


@pytest.fixture
def district(db) -> District:
    government = found("yunxi", "云溪区人民政府", "government", None)
    office = found("yunxi-office", "云溪区人民政府办公室", "office", government)
    market = found("market", "云溪区市场监督管理局", "department", government)
    commerce = found("commerce", "云溪区商务局", "department", government)
    return District(
        government,
        office,
        market,
        commerce,
        person(government, "xitong", "system_admin"),
        person(government, "anquan", "security_admin"),
        person(market, "shichang-xitong", "system_admin"),
        person(market, "shichang-anquan", "security_admin"),
    )
