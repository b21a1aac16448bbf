"""What the first page says of cases (今天的工作): for each organ in which a person works, what waits, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from gongkai.law.case.state import state_of

from ..access.needs import CASE_READERS, REGISTRARS
from ..calendars import law_of
from ..clock import today
from ..organs.models import Organ
from ..organs.queries import name_on, organs_with
from .events import as_event, with_rows
from .inbox import TABS, Place, cases_of, counts, place_of
from .models import Case
from .presenting import Tone
from .views_lists import refusals_due

ALWAYS = ("overdue", "near", "open")
"""Tabs whose number is shown although it is 0."""

ORDER = ("overdue", "near", "unconfirmed", "mine", "unassigned", "issue", "deliver", "waiting", "consulting", "open")
"""What presses most comes first."""

TONES: dict[str, Tone] = {"overdue": "bad", "near": "warn", "unconfirmed": "warn", "mine": "warn"}
SIGNS: dict[Tone, str] = {"bad": "▲", "warn": "◆", "calm": "", "good": ""}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with where its cases are listed. ``sign`` says what the colour says."""

    label: str
    number: int
    address: str
    tone: Tone
    sign: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A division's finding that is awaited (分办待反馈): by ``due``, the day set inside the organ."""

    case: Case
    division: str
    due: date
    late: bool


class CasesPanel(Component):
    """One organ's part of the first page."""

    template_name = "cases/home.html"
    order = 100

    def __init__(self, request: HttpRequest, organ: Organ) -> None:
        self.request, self.organ = request, organ

    def get_context_data(self, parent_context: Any) -> Mapping[str, Any]:
        day, law = today(), law_of(self.organ)
        where = place_of(self.request.user, self.organ, law.calendar, day)
        return {
            "organ": self.organ,
            "name": name_on(self.organ, day),
            "figures": figures(where),
            "asked": asked_of(where) if where.divisions else [],
            "refusals": refusals_due(where, law.calendar, law.rules),
            "may_register": not where.roles.isdisjoint(REGISTRARS),
        }


def panels(request: HttpRequest) -> list[CasesPanel]:
    """The parts of the organs in which the person works on cases."""
    return [CasesPanel(request, organ) for organ in organs_with(request.user, CASE_READERS, today())]


def figures(where: Place) -> list[Figure]:
    """How many cases each tab of the inbox holds; without those that hold none, but for what is always looked at."""
    numbers = counts(where)
    labels = {tab.key: tab.label for tab in TABS}
    address = reverse("cases_organ_inbox", args=[where.organ.code])
    found = []
    for key in ORDER:
        number = numbers[key]
        if number or key in ALWAYS:
            tone = TONES.get(key, "calm") if number else "calm"
            found.append(Figure(labels[key], number, f"{address}?tab={key}", tone, SIGNS[tone]))
    return found


def asked_of(where: Place) -> list[Asked]:
    """What the person's divisions were asked and have not answered, the nearest day first."""
    mine = set(where.divisions or ())
    names = dict(where.organ.divisions.values_list("key", "name"))
    handled = cases_of(where).filter(decided_on=None).exclude(status="closed")
    found = [
        Asked(case, names[one.division], one.internal_due, one.internal_due < where.day)
        for case, rows in with_rows(handled)
        for one in state_of(map(as_event, rows)).assignments
        if one.division in mine and one.answered_on is None
    ]
    return sorted(found, key=lambda one: (one.due, one.case.pk))
