"""Screens of the working-day calendar: which years have a notice, and loading the next one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.law import LawError
from gongkai.law.calendar import Calendar, YearRecord, national_calendar, parse_year, read_notice

from ...cases.holidays import load_notice
from ...cases.models import LoadedNotice
from ...clock import today
from ..authority import note
from ..forms import NoticeForm
from ..models import Organ, Person
from ..queries import ancestors, holdings, organs_with
from . import local_holidays
from .changes import changes_of

SYSTEM = frozenset({"system_admin"})


def calendar(request: HttpRequest) -> HttpResponse:
    """The years from last year to two years on, with their notices and holidays, and what was loaded by whom."""
    day = today()
    known = _calendar()
    years = [(year, known.notice(year)) for year in range(day.year + 2, day.year - 3, -1)]
    context = {
        "title": "工作日历",
        "help": "办理期限按国务院办公厅的放假安排和登记的地方放假计算工作日。还没有通知的年份按周末和法定节假日暂算，标明“待国办通知”。",
        "years": years,
        "loaded": LoadedNotice.objects.select_related("actor").order_by("-loaded_at"),
        "may_load": the_root(request.user, day) in organs_with(request.user, SYSTEM, day),
        "local": local_holidays.shown_to(request.user, day),
        "entering": organs_with(request.user, SYSTEM, day),
    }
    return render(request, "organs/calendar.html", context)


def load(request: HttpRequest) -> HttpResponse:
    """Read a notice, show what it changes, and load it once that has been confirmed."""
    form = NoticeForm(request.POST if request.method == "POST" else None, day=today())
    context: dict[str, Any] = {
        "title": "载入放假安排",
        "trail": [("工作日历", reverse("organs_calendar"))],
        "form": form,
        "back": reverse("organs_calendar"),
    }
    if form.is_bound and form.is_valid():
        try:
            record = _read(form.cleaned_data["text"])
        except LawError as error:
            form.add_error("text", str(error))
        else:
            source = form.cleaned_data["source"]
            if "confirmed" in request.POST:
                return _loaded(request, record, source)
            text = as_toml(record)
            context |= {"record": record, "changes": changes_of(lambda: load_notice(text, source="", actor=None))}
    return render(request, "organs/calendar_load.html", context, status=422 if form.errors else 200)


def as_toml(record: YearRecord) -> str:
    """A notice as the calendar keeps it, so that `parse_year` gives the same again."""
    lines = [f"year = {record.year}"]
    if record.number:
        lines.append(f'number = "{record.number}"')
    if record.published:
        lines.append(f"published = {record.published}")
    lines.append("holidays = [")
    for holiday in record.holidays:
        worked = f", worked = [{', '.join(map(str, holiday.worked))}]" if holiday.worked else ""
        lines.append(f'  {{ name = "{holiday.name}", first = {holiday.first}, last = {holiday.last}{worked} }},')
    return "\n".join([*lines, "]", ""])


def the_root(person: Person, day: date) -> Organ | None:
    """The organ at the top of the tree in which the person works; of several, the one that they are system administrator of."""
    held = holdings(person, day).order_by("pk")
    tops = [(ancestors(one.organ) or [one.organ])[-1] for one in held]
    own = [one.organ for one in held if one.role == "system_admin" and one.organ in tops]
    return next(iter([*own, *tops]), None)


def _read(text: str) -> YearRecord:
    """A notice as it was published, or as the program's own data file writes it."""
    return parse_year(text) if text.lstrip().startswith(("year", "#")) else read_notice(text)


def _loaded(request: HttpRequest, record: YearRecord, source: str) -> HttpResponse:
    count = load_notice(as_toml(record), source=source, actor=request.user)
    notice = LoadedNotice.objects.order_by("pk").last()
    note(
        notice,
        "organs.calendar.load",
        request.user,
        request.subject.organ,
        year=record.year,
        source=source,
        cases=count,
    )
    messages.success(request, f"已载入{record.year}年放假安排，重新计算了 {count} 件未办结案件的期限。")
    return redirect("organs_calendar")


def _calendar() -> Calendar:
    """The national calendar with the notices that were loaded."""
    found = national_calendar()
    for text in LoadedNotice.objects.values_list("text", flat=True):
        found = found.with_year(parse_year(text))
    return found
