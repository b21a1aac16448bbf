"""What the screens of the registers share: whose they are, of which year, and the way back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ...clock import today
from ...filings.needs import FILING_WRITERS
from ...organs.models import Organ
from ...organs.queries import name_on

FIRST_YEAR = 2008
"""The year in which the Regulations first took effect."""


def usual_year() -> int:
    """The year whose report is being prepared: until the end of March the last one."""
    day = today()
    return day.year - 1 if day.month <= 3 else day.year


def may_write(request: HttpRequest) -> bool:
    """Whether the caller keeps the registers of the request's organ."""
    return bool(request.subject.roles & FILING_WRITERS)


def only_writers(request: HttpRequest) -> None:
    """Refuse to change anything for who only reads."""
    if request.method == "POST" and not may_write(request):
        raise PermissionDenied


def checked_year(year: int) -> int:
    """The year; not found where there is none such yet."""
    if not FIRST_YEAR <= year <= today().year:
        raise Http404
    return year


def register_page(
    request: HttpRequest, template: str, title: str, year: int | None = None, *, trail: Any = (), **context: Any
) -> HttpResponse:
    """A page of the registers of the request's organ. ``trail``: what stands between the year's page and this one, None for that page."""
    owner: Organ = request.subject.thing
    name = name_on(owner, today())
    shown = year or usual_year()
    start = [(f"{name}{shown}年登记簿", reverse("registers_year", args=(owner.code, shown)))]
    shared = {
        "title": title,
        "trail": [] if trail is None else [*start, *trail],
        "organ": owner,
        "name": name,
        "year": shown,
        "may_write": may_write(request),
    }
    return render(request, template, shared | context)
