"""What system administrators do: organs founded, renamed, moved, merged and abolished; divisions, leaders and settings.

Each action checks who acts, writes in one transaction, and logs. What is wrong with the input is a ValidationError at the
field that is at fault. A day is the first on which the new state holds; what it ends holds until the day before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ..cases.rebuild import recompute
from .authority import note, require
from .invariants import BASIC_CHANNELS
from .models import Dated, Division, Leader, Organ, OrganName, Person
from .queries import subtree

CONTACT = ("disclosure_office", "address", "postcode", "hours", "telephone", "fax", "email")
"""What the guide to disclosure has to say of the office (第十二条)."""

POWERS = ("kind", "makes_rules", "short_code", "number_template", "court")


@transaction.atomic
def found_organ(
    *,
    by: Person | None,
    code: str,
    name: str,
    kind: str,
    short_code: str,
    since: date,
    today: date,
    short: str = "",
    parent: Organ | None = None,
    vertical: Organ | None = None,
    **settings: Any,
) -> Organ:
    """Found an organ below ``parent``; only the installation itself founds one without. ``settings``: further fields of it."""
    if parent is not None:
        require(by, "system_admin", parent, today)
        if not parent.holds_on(since):
            raise ValidationError({"since": "上级人民政府在这一天不存在，请核对日期。"})
    elif by is not None:
        raise ValidationError({"parent": "请选择隶属的人民政府。"})
    organ = Organ(
        code=code, kind=kind, short_code=short_code, since=since, parent=parent, vertical=vertical, **settings
    )
    organ.full_clean()
    organ.save()
    _name(organ, name, short, since)
    note(organ, "organs.found", by, organ, name=name, since=since)
    return organ


@transaction.atomic
def rename_organ(organ: Organ, name: str, *, since: date, by: Person | None, today: date, short: str = "") -> OrganName:
    """Give an organ another name from a day on. Documents of earlier days keep the old one."""
    require(by, "system_admin", organ, today)
    if not organ.holds_on(since):
        raise ValidationError({"since": "机关在这一天不存在，请核对日期。"})
    last = organ.names.order_by("since").last()
    if last is not None:
        if since <= last.since:
            raise ValidationError(
                {"since": f"现名称自{last.since:%Y年%-m月%-d日}起使用，新名称只能从此后的某一天起使用。"}
            )
        if last.name == name:
            raise ValidationError({"name": "新名称与现名称相同。"})
        last.until = since - timedelta(1)
        last.save()
    named = _name(organ, name, short, since)
    note(organ, "organs.rename", by, organ, old=last.name if last else "", new=name, since=since)
    return named


@transaction.atomic
def move_organ(organ: Organ, *, parent: Organ | None, vertical: Organ | None, by: Person | None, today: date) -> None:
    """Put an organ below another government, or into another vertical system. Who acts administers both ends."""
    require(by, "system_admin", organ, today)
    if parent is not None and parent != organ.parent:
        require(by, "system_admin", parent, today)
    if parent is None and by is not None and organ.parent is not None:
        raise ValidationError({"parent": "请选择隶属的人民政府。"})
    for field, above in (("parent", parent), ("vertical", vertical)):
        if above is not None and not above.holds_on(today):
            raise ValidationError({field: "所选机关现在不存在，请核对。"})
    old = {"old_parent": organ.parent and organ.parent.code, "old_vertical": organ.vertical and organ.vertical.code}
    organ.parent, organ.vertical = parent, vertical
    organ.full_clean()
    organ.save()
    recompute(subtree(organ))  # the local holidays of those above it are others now
    note(organ, "organs.move", by, organ, **old, parent=parent and parent.code, vertical=vertical and vertical.code)


@transaction.atomic
def merge_organs(organs: Iterable[Organ], into: Organ, *, day: date, by: Person | None, today: date) -> int:
    """Merge organs into another from a day on. Returns how many open cases went over to it."""
    moved = 0
    for organ in organs:
        moved += _end(organ, into, day, by, today, "organs.merge")
    return moved


@transaction.atomic
def abolish_organ(organ: Organ, *, day: date, successor: Organ | None, by: Person | None, today: date) -> int:
    """Abolish an organ from a day on. Returns how many open cases went over to the successor, without which none may be open."""
    return _end(organ, successor, day, by, today, "organs.abolish")


@transaction.atomic
def set_powers(organ: Organ, values: Mapping[str, Any], *, by: Person | None, today: date) -> None:
    """Change kind, powers and numbering of an organ; see POWERS."""
    _set(organ, values, POWERS, "organs.powers", by, today)


@transaction.atomic
def set_contact(organ: Organ, values: Mapping[str, Any], *, by: Person | None, today: date) -> None:
    """Change what applicants are told of the office; see CONTACT."""
    _set(organ, values, CONTACT, "organs.contact", by, today)


@transaction.atomic
def set_channels(organ: Organ, codes: Iterable[str], *, by: Person | None, today: date) -> None:
    """Announce the channels by which applications may come; in person and by post stay open."""
    announced = [*BASIC_CHANNELS, *(code for code in codes if code not in BASIC_CHANNELS)]
    _set(organ, {"channels": announced}, ("channels",), "organs.channels", by, today)


@transaction.atomic
def set_limits(organ: Organ, lengths: Mapping[str, int], *, by: Person | None, today: date) -> None:
    """Set the time limits that the law leaves open, by their keys; those left out are as the program has them.

    They hold for open cases at once.
    """
    if _set(organ, {"settings": dict(lengths)}, ("settings",), "organs.limits", by, today):
        recompute([organ])


@transaction.atomic
def add_division(organ: Organ, *, key: str, name: str, since: date, by: Person | None, today: date) -> Division:
    """Set up a division (内设机构). ``key`` stays for good, the name may change."""
    require(by, "system_admin", organ, today)
    division = Division(organ=organ, key=key, name=name, since=since)
    division.full_clean()
    division.save()
    note(division, "organs.division.add", by, organ, key=key, name=name, since=since)
    return division


@transaction.atomic
def rename_division(division: Division, name: str, *, by: Person | None, today: date) -> None:
    """Correct or change a division's name."""
    require(by, "system_admin", division.organ, today)
    old, division.name = division.name, name
    division.full_clean()
    division.save()
    note(division, "organs.division.rename", by, division.organ, old=old, new=name)


@transaction.atomic
def close_division(division: Division, *, day: date, by: Person | None, today: date) -> None:
    """Close a division from a day on; roles held for it end with it. Open cases must have gone to another before."""
    require(by, "system_admin", division.organ, today)
    if not division.holds_on(day - timedelta(1)):
        raise ValidationError({"day": "内设机构在这一天之前并未存在，请核对日期。"})
    if waiting := division.cases.exclude(status="closed").count():
        raise ValidationError({"day": f"还有 {waiting} 件未办结的案件分给这个内设机构，请先改派。"})
    _end_all(division.holdings.all(), day)
    division.until = day - timedelta(1)
    division.full_clean()
    division.save()
    note(division, "organs.division.close", by, division.organ, day=day)


@transaction.atomic
def add_leader(
    organ: Organ,
    *,
    kind: str,
    name: str,
    since: date,
    by: Person | None,
    today: date,
    title: str = "",
    person: Person | None = None,
) -> Leader:
    """Name a leader from a day on. A principal leader or head of the disclosure office takes the place of the one before."""
    require(by, "system_admin", organ, today)
    if kind != Leader.Kind.IN_CHARGE.value:
        before = organ.leaders.filter(kind=kind, until__isnull=True, since__lt=since)
        for one in before:
            one.until = since - timedelta(1)
            one.save()
    leader = Leader(organ=organ, kind=kind, name=name, title=title, since=since, person=person)
    leader.full_clean()
    leader.save()
    note(leader, "organs.leader.add", by, organ, kind=kind, name=name, since=since)
    return leader


@transaction.atomic
def end_leader(leader: Leader, *, day: date, by: Person | None, today: date) -> None:
    """End a leader's time from a day on."""
    require(by, "system_admin", leader.organ, today)
    leader.until = day - timedelta(1)
    leader.full_clean()
    leader.save()
    note(leader, "organs.leader.end", by, leader.organ, day=day)


def _name(organ: Organ, name: str, short: str, since: date) -> OrganName:
    named = OrganName(organ=organ, name=name, short=short, since=since)
    named.full_clean()
    named.save()
    return named


def _set(
    organ: Organ, values: Mapping[str, Any], allowed: tuple[str, ...], action: str, by: Person | None, today: date
) -> set[str]:
    """Change fields of an organ. Returns which of them were different."""
    require(by, "system_admin", organ, today)
    changes = {}
    for field in allowed:
        if field in values and values[field] != (old := getattr(organ, field)):
            changes[field] = {"old": old, "new": values[field]}
            setattr(organ, field, values[field])
    if changes:
        organ.full_clean()
        organ.save()
        note(organ, action, by, organ, changes=changes)
    return set(changes)


def _end(organ: Organ, successor: Organ | None, day: date, by: Person | None, today: date, action: str) -> int:
    require(by, "system_admin", organ, today)
    if successor is not None:
        require(by, "system_admin", successor, today)
        if successor == organ:
            raise ValidationError({"successor": "承继的机关不能是它自己。"})
        if not successor.holds_on(day):
            raise ValidationError({"successor": "承继的机关在这一天不存在，请核对。"})
    if not organ.holds_on(day - timedelta(1)):
        raise ValidationError({"day": "机关在这一天之前并未存在，请核对日期。"})
    below = organ.children.filter(Dated.on(day)).exclude(pk=successor.pk if successor else None)
    if below.exists():
        raise ValidationError({"day": "还有机关隶属于它，请先调整它们的隶属关系。"})
    waiting = list(organ.handled_cases.exclude(status="closed").order_by("pk"))
    if waiting and successor is None:
        raise ValidationError({"successor": f"还有 {len(waiting)} 件未办结的案件，请选择承继其职责的机关。"})
    if waiting and day > today:
        raise ValidationError({"day": f"还有 {len(waiting)} 件未办结的案件，请在撤并当天或者之后办理。"})
    for case in waiting:
        _hand_over(case, successor, day, by, today)
    last = day - timedelta(1)
    _end_all(organ.holdings.all(), day)
    _end_all(organ.divisions.all(), day)
    _end_all(organ.leaders.all(), day)
    organ.until, organ.successor = last, successor
    organ.full_clean()
    organ.save()
    note(organ, action, by, organ, day=day, successor=successor and successor.code, cases=len(waiting))
    return len(waiting)


def _hand_over(case: Any, successor: Organ | None, day: date, by: Person | None, today: date) -> None:
    """Record that a case goes over to the organ that took over its duties, on the very day."""
    from ..cases.record import RefusedStepError, record  # cases stand on organs; only this act looks the other way

    data = {"organ": successor.code if successor else "", "reason": "机关撤销或者合并，由承继其职责的机关继续办理。"}
    try:
        record(case, "transferred", on=day, data=data, personal={}, files={}, actor=by, today=today)
    except RefusedStepError as error:
        raise ValidationError({"day": f"案件 {case.number} 不能移交：{error}"}) from error


def _end_all(things: Any, day: date) -> None:
    """End what goes on until ``day`` or longer on the day before; what was to begin only then never begins."""
    last = day - timedelta(1)
    things.filter(since__gte=day).delete()
    things.filter(since__lt=day).exclude(until__lt=day).update(until=last)
