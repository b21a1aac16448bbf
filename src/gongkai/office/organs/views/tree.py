"""The tree of organs as of a day, by territory or by vertical system, as far as the reader's roles go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.law.roles import roles

from ...clock import today
from ..forms import DayInput
from ..invariants import ADMINISTRATORS
from ..models import Organ, Person
from ..queries import By, administered, existing, organs_with, supervised, with_inheritances


@dataclass(frozen=True, slots=True)
class Branch:
    """An organ in the tree, with what hangs below it."""

    organ: Organ
    name: str
    below: tuple[Branch, ...]


class DayForm(forms.Form):
    """As of which day, and by which order."""

    day = forms.DateField(
        label="日期", required=False, widget=DayInput(), error_messages={"invalid": "请按“年-月-日”填写日期。"}
    )
    by = forms.ChoiceField(label="排列", required=False, choices=[("parent", "按隶属关系"), ("vertical", "按垂直管理")])


def tree(request: HttpRequest) -> HttpResponse:
    """The organs that the reader may open, as they stood on a day."""
    now = today()
    form = DayForm(request.GET or None, initial={"day": now, "by": "parent"})
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = chosen.get("day") or now
    by: By = "vertical" if chosen.get("by") == "vertical" else "parent"
    context = {
        "title": "机关",
        "form": form,
        "day": day,
        "branches": branches(visible_to(request.user, now), day, by),
    }
    return render(request, "organs/tree.html", context)


def visible_to(person: Person, day: date) -> set[int]:
    """The organs that a person may open: where they hold a role, administer or supervise, and what these inherited."""
    own = organs_with(person, roles(), day)
    found = [*with_inheritances(own, day), *administered(person, ADMINISTRATORS, day), *supervised(person, day)]
    return {one.pk for one in found}


def branches(visible: set[int], day: date, by: By) -> tuple[Branch, ...]:
    """The visible organs that exist on a day, each below its nearest visible one."""
    organs = {one.pk: one for one in existing(day).filter(pk__in=visible)}
    below: dict[int | None, list[Organ]] = {}
    for organ in organs.values():
        above = getattr(organ, f"{by}_id")
        below.setdefault(above if above in organs else None, []).append(organ)

    def branch(organ: Organ) -> Branch:
        return Branch(organ, organ.name_on(day), tuple(map(branch, below.get(organ.pk, ()))))

    return tuple(map(branch, below.get(None, ())))
