"""What the first page says to who supervises organs (第四十六条): the cases that each has open, and those that are overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from ..cases.inbox import running_on
from ..cases.models import Case
from ..clock import today
from ..organs.models import Organ, Person
from ..organs.queries import name_on, supervised


@dataclass(frozen=True, slots=True)
class Standing:
    """How an organ stands: open cases, overdue ones, and the day on which the oldest of these was due."""

    organ: Organ
    name: str
    open: int
    overdue: int
    oldest: date | None


class SupervisionPanel(Component):
    """The organs that the person supervises."""

    template_name = "figures/home.html"
    order = 150

    def __init__(self, standings: list[Standing], day: date) -> None:
        self.standings, self.day = standings, day

    def get_context_data(self, parent_context: Any) -> Mapping[str, Any]:
        return {
            "standings": self.standings,
            "overdue": sum(one.overdue for one in self.standings),
            "year": str(self.day.year),
        }


def panels(request: HttpRequest) -> list[SupervisionPanel]:
    """One panel for who supervises."""
    day = today()
    standings = standings_of(request.user, day)
    return [SupervisionPanel(standings, day)] if standings else []


def standings_of(person: Person, day: date) -> list[Standing]:
    """The organs that the person supervises and that have open cases, the most overdue first. One query counts them all."""
    organs = {one.pk: one for one in supervised(person, day)}
    late = running_on(day) & Q(due__lt=day)
    rows = (
        Case.objects.filter(handled_by__in=organs)
        .exclude(status="closed")
        .order_by()
        .values("handled_by")
        .annotate(open=Count("pk"), overdue=Count("pk", filter=late), oldest=Min("due", filter=late))
    )
    found = [
        Standing(
            organs[row["handled_by"]],
            name_on(organs[row["handled_by"]], day),
            row["open"],
            row["overdue"],
            row["oldest"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.overdue, -one.open, one.organ.code))
