"""Loading holidays (载入放假安排、登记地方放假): the periods of all open cases are counted anew at once."""

from __future__ import annotations

import json
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet

from gongkai.law.calendar import LocalHoliday, chinese_date, parse_year

from ..calendars import calendar
from ..clock import now
from ..organs.authority import note, require
from ..organs.models import Organ, Person
from ..organs.queries import ancestors, subtree
from .models import LoadedNotice, LocalHolidays
from .rebuild import recompute

_YEARS = 2  # before this one and after it


def load_notice(text: str, *, source: str, actor: Person | None) -> int:
    """Load a State Council notice on a year's holidays, given as TOML. Returns how many open cases have other dates now.

    Raises LawError for a text that is no such notice.
    """
    year = parse_year(text).year
    with transaction.atomic():
        LoadedNotice.objects.create(year=year, text=text, source=source, loaded_at=now(), actor=actor)
        return recompute(Organ.objects.all())


@transaction.atomic
def add_local(organ: Organ, holiday: LocalHoliday, *, by: Person | None, today: date) -> int:
    """Enter a local holiday for an organ and all below it. Returns how many of their open cases have other dates now.

    Raises ValidationError, by what is wrong: ``first`` or ``worked``.
    """
    require(by, "system_admin", organ, today)
    Organ.objects.select_for_update().get(pk=organ.pk)
    _check(organ, holiday, today)
    entry = LocalHolidays.objects.create(organ=organ, text=_toml(holiday), loaded_at=now(), actor=by)
    count = recompute(subtree(organ))
    note(entry, "organs.calendar.local", by, organ, **_told(holiday), cases=count)
    return count


@transaction.atomic
def withdraw_local(entry: LocalHolidays, reason: str, *, by: Person | None, today: date) -> int:
    """Withdraw a local holiday; the record of it stays. Returns how many open cases have other dates now.

    Raises ValidationError where somebody else has just withdrawn it.
    """
    require(by, "system_admin", entry.organ, today)
    if LocalHolidays.objects.select_for_update().get(pk=entry.pk).withdrawn_at:
        raise ValidationError("这一条刚才已经由别人撤销。")
    entry.withdrawn_at, entry.withdrawn_by = now(), by
    entry.save(update_fields=["withdrawn_at", "withdrawn_by"])
    count = recompute(subtree(entry.organ))
    note(entry, "organs.calendar.withdraw", by, entry.organ, **_told(entry.holiday), reason=reason, cases=count)
    return count


def local_of(organs: list[Organ]) -> QuerySet[LocalHolidays]:
    """The local holidays entered for these organs: those that count, then those that were withdrawn, the newest first."""
    found = LocalHolidays.objects.filter(organ__in=organs).select_related("organ", "actor", "withdrawn_by")
    return found.prefetch_related("organ__names").order_by(F("withdrawn_at").desc(nulls_first=True), "-loaded_at")


def in_words(days: tuple[date, ...]) -> str:
    """Days one after another as their first and last, others singly: 2026年4月20日至2026年4月21日."""
    if len(days) > 1 and (days[-1] - days[0]).days == len(days) - 1:
        return f"{chinese_date(days[0])}至{chinese_date(days[-1])}"
    return "、".join(map(chinese_date, days))


def _check(organ: Organ, holiday: LocalHoliday, today: date) -> None:
    found = {"first": _wrong_days(organ, holiday, today), "worked": _wrong_worked(organ, holiday, today)}
    if wrong := {field: told for field, told in found.items() if told}:
        raise ValidationError(wrong)


def _wrong_days(organ: Organ, holiday: LocalHoliday, today: date) -> str:
    """What can't be about the days off; "" where all can."""
    if any(_is_far(day, today) for day in holiday.days):
        return f"只登记{today.year - _YEARS}年至{today.year + _YEARS}年的放假，请核对日期。"
    if other := _overlapping(organ, {*holiday.days}):
        return f"与{other.organ}登记的“{other}”重叠，请核对。"
    if not any(map(calendar(organ).is_working, holiday.days)):
        return "工作日历上这些天本来就不上班，不用登记。"
    return ""


def _wrong_worked(organ: Organ, holiday: LocalHoliday, today: date) -> str:
    """What can't be about the days worked instead; "" where all can."""
    if far := [day for day in holiday.worked if _is_far(day, today)]:
        return f"{in_words(tuple(far))}离今天太远，请核对。"
    if other := _overlapping(organ, {*holiday.worked}):
        return f"与{other.organ}登记的“{other}”重叠，请核对。"
    known = calendar(organ)
    if working := [day for day in holiday.worked if known.is_working(day)]:
        return f"{in_words(tuple(working))}本来就是工作日，请核对。"
    return ""


def _is_far(day: date, today: date) -> bool:
    return abs(day.year - today.year) > _YEARS


def _overlapping(organ: Organ, days: set[date]) -> LocalHolidays | None:
    """A local holiday that speaks of one of the days too, for the organ, one above it or one below it."""
    line = {one.pk for one in (*ancestors(organ), *subtree(organ))}
    entries = LocalHolidays.objects.filter(organ__in=line, withdrawn_at=None).select_related("organ")
    return next((one for one in entries if days & {*one.holiday.days, *one.holiday.worked}), None)


def _toml(holiday: LocalHoliday) -> str:
    """As `parse_local` reads it. A string of JSON is one of TOML."""
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}"
        for key, value in (("name", holiday.name), ("basis", holiday.basis))
    ]
    lines += [
        f"{key} = [{', '.join(map(str, days))}]" for key, days in (("days", holiday.days), ("worked", holiday.worked))
    ]
    return "\n".join([*lines, ""])


def _told(holiday: LocalHoliday) -> dict[str, str]:
    """For the audit log."""
    told = {"name": holiday.name, "days": in_words(holiday.days), "basis": holiday.basis}
    return told | ({"worked": "、".join(map(chinese_date, holiday.worked))} if holiday.worked else {})
