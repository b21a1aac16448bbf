"""The audit log (审计日志), for audit administrators: who did what, when, to what; filtered, and as a file."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from gongkai.law.calendar import chinese_date

from ...clock import today
from ...downloads import download
from ..authority import note
from ..forms import DayField
from ..logged import in_words
from ..models import Organ, Person
from ..queries import administered, organs_with

_PAGE = 50


class AuditForm(forms.Form):
    """What to look for."""

    first = DayField(label="自", required=False)
    last = DayField(label="至", required=False)
    person = forms.CharField(label="操作人", required=False, max_length=150)
    action = forms.ChoiceField(label="操作", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", "（全部）"), *_actions()]


def audit(request: HttpRequest) -> HttpResponse:
    """The log, the newest first."""
    form = AuditForm(request.GET or None)
    entries = _found(_visible(request.user), form)
    page = Paginator(entries, _PAGE).get_page(request.GET.get("page"))
    sought = request.GET.copy()
    sought.pop("page", None)
    context = {
        "title": "审计日志",
        "form": form,
        "page": page,
        "rows": [_row(entry) for entry in page],
        "query": f"{sought.urlencode()}&" if sought else "",
    }
    return render(request, "organs/audit.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same entries as CSV. Taking a copy is itself logged."""
    entries = _found(_visible(request.user), AuditForm(request.GET or None))
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["时间", "操作人", "操作", "对象", "内容"])
    count = 0
    for count, entry in enumerate(entries.iterator(), 1):  # noqa: B007
        row = _row(entry)
        rows.writerow([harmless(row[key]) for key in ("at", "person", "action", "label", "data")])
    note(request.user, "organs.audit.export", request.user, home_of(request.user), rows=count)
    return as_file(out.getvalue(), "审计日志")


def home_of(person: Person) -> Organ:
    """The organ in whose log it stands that the person took a copy."""
    return person.organ or organs_with(person, ["audit_admin"], today())[0]


def as_file(text: str, name: str) -> HttpResponse:
    """CSV as a spreadsheet opens it."""
    return download(f"\ufeff{text}".encode(), f"{name}-{today()}.csv")


def _visible(person: Person) -> QuerySet[ModelLogEntry]:
    """The entries of the organs whose log the person reads: by the organ in the entry, else by where its actor works.

    What the installation itself did belongs to no organ; an audit administrator of a top organ reads it.
    """
    organs = administered(person, {"audit_admin"}, today())
    codes = [one.code for one in organs]
    staff = Person.objects.filter(organ__in=organs).values("pk")
    ours = Q(data__organ__in=codes) | (Q(data__organ__isnull=True) & Q(user_id__in=staff))
    if any(one.parent_id is None for one in organs):
        ours |= Q(data__organ__isnull=True, user__isnull=True)
    return ModelLogEntry.objects.filter(ours).select_related("content_type").order_by("-timestamp", "-pk")


def _found(entries: QuerySet[ModelLogEntry], form: AuditForm) -> QuerySet[ModelLogEntry]:
    if not form.is_bound or not form.is_valid():
        return entries
    asked = form.cleaned_data
    if asked["first"]:
        entries = entries.filter(timestamp__gte=midnight(asked["first"]))
    if asked["last"]:
        entries = entries.filter(timestamp__lt=midnight(asked["last"] + timedelta(1)))
    if asked["person"]:
        named = Person.objects.filter(Q(username__icontains=asked["person"]) | Q(name__icontains=asked["person"]))
        entries = entries.filter(user_id__in=named.values("pk"))
    if asked["action"]:
        entries = entries.filter(action=asked["action"])
    return entries


def midnight(day: date) -> datetime:
    """The beginning of a day in China."""
    return timezone.make_aware(datetime.combine(day, time()))


def moment(at: datetime) -> str:
    """2026年11月21日 15:04:05, in China."""
    local = timezone.localtime(at)
    return f"{chinese_date(local.date())} {local:%H:%M:%S}"


def _row(entry: ModelLogEntry) -> dict[str, str]:
    model = entry.content_type.model_class() if entry.content_type else None
    kind = model._meta.verbose_name if model else ""
    return {
        "at": moment(entry.timestamp),
        "person": entry.user_display_name if entry.user_id else "系统",
        "action": str(registry.get_action_label(entry.action))
        if registry.action_exists(entry.action)
        else entry.action,
        "label": f"{kind} {entry.label}".strip(),
        "data": in_words(entry.action, entry.data, model),
    }


def harmless(text: str) -> str:
    """A value that a spreadsheet takes for text and never for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _actions() -> list[tuple[str, str]]:
    """The actions that can be looked for: ours, not those of Wagtail's pages."""
    return sorted((code, str(label)) for code, label in registry.get_choices() if not code.startswith("wagtail."))
