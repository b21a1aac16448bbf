"""What security administrators do: accounts opened and closed, passwords given, roles granted and ended; and substitutes,
whom everybody names for their own roles.

Nobody grants themselves a role. Which roles don't go together is an invariant of `Holding`, whoever grants them.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from .authority import note, require
from .models import Division, Holding, Organ, Person

_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS = 4


@transaction.atomic
def create_person(
    organ: Organ, *, username: str, name: str, by: Person | None, today: date, telephone: str = "", email: str = ""
) -> tuple[Person, str]:
    """Open an account for somebody who works at ``organ``. The password that is returned serves for signing in once."""
    require(by, "security_admin", organ, today)
    person = Person(username=username, name=name, organ=organ, telephone=telephone, email=email)
    password = _one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.full_clean()
    person.save()
    note(person, "organs.person.create", by, organ, username=username)
    return person, password


@transaction.atomic
def change_person(person: Person, *, name: str, telephone: str, by: Person | None, today: date) -> None:
    """Correct a person's name or telephone number."""
    organ = _home(person)
    require(by, "security_admin", organ, today)
    changes = {}
    for field, value in (("name", name), ("telephone", telephone)):
        if value != (old := getattr(person, field)):
            changes[field] = {"old": old, "new": value}
            setattr(person, field, value)
    if changes:
        person.full_clean()
        person.save()
        note(person, "organs.person.change", by, organ, changes=changes)


@transaction.atomic
def reset_password(person: Person, *, by: Person | None, today: date) -> str:
    """Give a person a new password for signing in once, and end their sessions."""
    organ = _home(person)
    require(by, "security_admin", organ, today)
    if by == person:
        raise PermissionDenied  # one's own password is changed by knowing it
    password = _one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.save()
    note(person, "organs.person.password", by, organ)
    return password


@transaction.atomic
def deactivate(person: Person, *, by: Person | None, today: date) -> None:
    """Close an account. Its roles end today, so that a later reopening gives none of them back."""
    organ = _home(person)
    require(by, "security_admin", organ, today)
    if by == person:
        raise PermissionDenied
    for holding in person.holdings.exclude(until__lt=today):
        _end(holding, today)
    person.is_active = False
    person.save()
    note(person, "organs.person.deactivate", by, organ)


@transaction.atomic
def reactivate(person: Person, *, by: Person | None, today: date) -> str:
    """Open a closed account again, without roles and with a new password, which is returned."""
    organ = _home(person)
    require(by, "security_admin", organ, today)
    person.is_active = True
    person.save()
    note(person, "organs.person.reactivate", by, organ)
    return reset_password(person, by=by, today=today)


@transaction.atomic
def grant_role(
    person: Person,
    role: str,
    organ: Organ,
    *,
    since: date,
    by: Person | None,
    today: date,
    division: Division | None = None,
    until: date | None = None,
) -> Holding:
    """Grant a role for an organ or one of its divisions, from a day on."""
    require(by, "security_admin", organ, today)
    if by == person:
        raise ValidationError({"person": "不能给自己授予角色，请由另一位安全管理员办理。"})
    if not person.is_active:
        raise ValidationError({"person": "这个账号已经停用。"})
    if by is not None and since < today:
        raise ValidationError({"since": "起始日期不能早于今天：过去的日子里没有授予过这个角色。"})
    holding = Holding(person=person, organ=organ, division=division, role=role, since=since, until=until)
    holding.full_clean()
    holding.save()
    note(holding, "organs.role.grant", by, organ, person=person.username, role=role, since=since, until=until)
    return holding


@transaction.atomic
def end_role(holding: Holding, *, day: date, by: Person | None, today: date) -> None:
    """End a role from a day on; who stands in for it ends with it. Nobody loses it for days that are past."""
    require(by, "security_admin", holding.organ, today)
    if by is not None and day < today:
        raise ValidationError({"day": "只能自今天或者以后的某一天起终止。"})
    note(holding, "organs.role.end", by, holding.organ, person=holding.person.username, role=holding.role, day=day)
    _end(holding, day)


@transaction.atomic
def name_substitute(
    holding: Holding, person: Person, *, since: date, until: date, by: Person | None, today: date
) -> Holding:
    """Name who stands in for a role for some days. Only who holds it names a substitute, from the same organ."""
    if by is not None and by != holding.person:
        raise PermissionDenied
    if not person.is_active:
        raise ValidationError({"person": "这个账号已经停用，请另选一人。"})
    if (
        person.organ_id != holding.organ_id
        and not person.holdings.filter(Holding.on(since), organ=holding.organ).exists()
    ):
        raise ValidationError({"person": "请选择同一机关的人员代理。"})
    if by is not None and since < today:
        raise ValidationError({"since": "代理只能自今天或者以后的某一天开始。"})
    substitution = Holding(
        person=person,
        organ=holding.organ,
        division=holding.division,
        role=holding.role,
        since=since,
        until=until,
        substitutes=holding,
    )
    substitution.full_clean()
    substitution.save()
    data = {"person": person.username, "role": holding.role, "since": since, "until": until}
    note(substitution, "organs.substitute.name", by, holding.organ, **data)
    return substitution


@transaction.atomic
def end_substitution(substitution: Holding, *, day: date, by: Person | None, today: date) -> None:
    """End a substitution from a day on, early."""
    if substitution.substitutes is None or (by is not None and by != substitution.substitutes.person):
        raise PermissionDenied
    if by is not None and day < today:
        raise ValidationError({"day": "只能自今天或者以后的某一天起终止。"})
    note(substitution, "organs.substitute.end", by, substitution.organ, person=substitution.person.username, day=day)
    _end(substitution, day)


@transaction.atomic
def change_own_password(person: Person, password: str) -> None:
    """A password of the person's own choice, already checked by the form."""
    person.set_password(password)
    person.save()
    if person.organ is not None:
        note(person, "organs.person.own_password", person, person.organ)


def _end(holding: Holding, day: date) -> None:
    """End a holding from ``day`` on: one that was to begin only then never begins."""
    for substitution in holding.substitutions.exclude(until__lt=day):
        _end(substitution, day)
    if holding.since >= day:
        holding.delete()
    elif holding.until is None or holding.until >= day:
        holding.until = day - timedelta(1)
        holding.save()


def _home(person: Person) -> Organ:
    if person.organ is None:
        raise ValidationError("这个账号没有所在机关，请先补上。")
    return person.organ


def _one_time_password() -> str:
    """Sixteen letters and digits that are easy to read out and type, as in ``k7mq-x2ph-9wdz-t4ra``."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(_GROUPS))
