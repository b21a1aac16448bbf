"""What the first page says of reconsiderations and lawsuits: in which the organ has yet to answer, the nearest day first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from gongkai.law.remedy_limits import RemedyLimit

from ..clock import today
from ..organs.models import Organ, Person
from ..organs.queries import name_on, organs_with
from .limits import answer_limit
from .models import Remedy
from .views import READERS


@dataclass(frozen=True, slots=True)
class Awaited:
    """An answer to a reconsideration or a lawsuit that the organ owes."""

    remedy: Remedy
    organ: Organ
    name: str
    limit: RemedyLimit
    late: bool


class RemediesPanel(Component):
    """The answers that are awaited."""

    template_name = "remedies/home.html"
    order = 200

    def __init__(self, awaited: list[Awaited]) -> None:
        self.awaited = awaited

    def get_context_data(self, parent_context: Any) -> Mapping[str, Any]:
        return {"awaited": self.awaited}


def panels(request: HttpRequest) -> list[RemediesPanel]:
    """One panel where something is awaited, none otherwise."""
    awaited = awaited_by(request.user, today())
    return [RemediesPanel(awaited)] if awaited else []


def awaited_by(person: Person, day: date) -> list[Awaited]:
    """What the organs in which the person reads remedies have yet to answer."""
    waiting = Remedy.objects.filter(organ__in=organs_with(person, READERS, day), closed_on=None, answered_on=None)
    found = []
    for one in waiting.select_related("organ"):
        limit = answer_limit(one)
        found.append(Awaited(one, one.organ, name_on(one.organ, day), limit, limit.due < day))
    return sorted(found, key=lambda one: (one.limit.due, one.remedy.pk))
