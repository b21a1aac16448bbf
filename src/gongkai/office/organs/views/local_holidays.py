"""Screens of local holidays (地方放假): entering one for an organ and all below it, and withdrawing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.law.calendar import chinese_date

from ...cases.holidays import add_local, in_words, local_of, withdraw_local
from ...cases.models import LocalHolidays
from ...clock import today
from ..forms import LocalHolidayForm, WithdrawForm
from ..models import Person
from ..queries import administered, ancestors, holdings
from .changes import changes_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A local holiday as a list shows it. ``may_withdraw``: whether the reader may."""

    entry: LocalHolidays
    days: str
    worked: str
    basis: str
    may_withdraw: bool


def shown_to(person: Person, day: date) -> list[Shown]:
    """The local holidays that count where the person works, and those of the organs that they administer."""
    own = administered(person, ["system_admin"], day)
    works = [one.organ for one in holdings(person, day)]
    organs = {one.pk: one for held in works for one in (held, *ancestors(held))} | {one.pk: one for one in own}
    mine = {one.pk for one in own}
    entries = local_of([*organs.values()])
    return [_shown(one, one.organ_id in mine and one.withdrawn_at is None) for one in entries]


def add(request: HttpRequest, organ: str) -> HttpResponse:
    """Ask for a local holiday, show what it changes, and enter it once that has been confirmed."""
    one, day = request.subject.organ, today()
    form = LocalHolidayForm(request.POST if request.method == "POST" else None, organ=one, day=day)
    context: dict[str, Any] = {
        "title": "登记地方放假",
        "trail": [("工作日历", reverse("organs_calendar"))],
        "help": f"适用于{one.name_on(day)}和所有隶属于它的机关。国务院办公厅统一安排的节假日不在这里登记。",
        "form": form,
        "back": reverse("organs_calendar"),
    }
    if form.is_bound and form.is_valid():
        holiday = form.holiday
        try:
            if "confirmed" in request.POST:
                count = add_local(one, holiday, by=request.user, today=day)
                messages.success(request, f"已登记“{holiday.name}”，重新计算了 {count} 件未办结案件的期限。")
                return redirect("organs_calendar")
            changes = changes_of(lambda: add_local(one, holiday, by=request.user, today=day))
        except ValidationError as error:
            form.take(error)
        else:
            context |= {
                "holiday": holiday,
                "days": in_words(holiday.days),
                "worked": _worked(holiday.worked),
                "changes": changes,
            }
    return render(request, "organs/holiday_add.html", context, status=422 if form.errors else 200)


def withdraw(request: HttpRequest, organ: str, holiday: int) -> HttpResponse:
    """Ask why a local holiday is withdrawn, show what that changes, and withdraw it once that has been confirmed."""
    one, day = request.subject.organ, today()
    entry = get_object_or_404(LocalHolidays, organ=one, pk=holiday, withdrawn_at=None)
    form = WithdrawForm(request.POST if request.method == "POST" else None, organ=one, day=day)
    context: dict[str, Any] = {
        "title": "撤销地方放假",
        "trail": [("工作日历", reverse("organs_calendar"))],
        "help": "撤销后，这些天又按国务院办公厅的放假安排计算。登记和撤销都留在记录里。",
        "form": form,
        "shown": _shown(entry, False),
        "back": reverse("organs_calendar"),
    }
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if "confirmed" in request.POST:
                count = withdraw_local(entry, reason, by=request.user, today=day)
                messages.success(request, f"已撤销“{entry}”，重新计算了 {count} 件未办结案件的期限。")
                return redirect("organs_calendar")
            context["changes"] = changes_of(lambda: withdraw_local(entry, reason, by=request.user, today=day))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "organs/holiday_withdraw.html", context, status=422 if form.errors else 200)


def _shown(entry: LocalHolidays, may_withdraw: bool) -> Shown:
    told = entry.holiday
    return Shown(entry, in_words(told.days), _worked(told.worked), told.basis, may_withdraw)


def _worked(days: tuple[date, ...]) -> str:
    return "、".join(map(chinese_date, days))
