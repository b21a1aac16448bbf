"""Screens of 年度情况: the facts for the text, what was published where, problems and what became of them."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gongkai.narrative import fact_item, information_kinds, media_kinds
from gongkai.report.form import form_for_year

from ...access.guard import guarded
from ...clock import today
from ..facts import (
    CONTACT,
    add_fact,
    add_medium,
    add_problem,
    asked_items,
    fact_entries,
    problems_to_answer,
    withdraw_entry,
)
from ..forms import AnswerForm, FactForm, FactsForm, MediumForm, ProblemForm, WithdrawForm
from ..models import FactEntry, MediumEntry, OfYear, ProblemEntry
from ..needs import READ, WRITE
from ..queries import facts_of
from .frame import checked_year, only_writers, register_page

KINDS: dict[str, type[OfYear]] = {"fact": FactEntry, "medium": MediumEntry, "problem": ProblemEntry}
PAGES = {"fact": "registers_fact", "medium": "registers_media", "problem": "registers_problems"}


def parts_of(year: int) -> dict[str, str]:
    """What the parts of the text are called, in their order."""
    general = next(section for section in form_for_year(year).sections if section.parts)
    return {
        "introduction": "导语",
        **{part.key: part.heading for part in general.parts},
        "other_matters": "其他需要报告的事项",
    }


def listing(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """All facts of a year that are entered, by the part of the text they go into; those still open can be filled in at once."""
    owner = request.subject.thing
    checked_year(year)
    only_writers(request)
    given = facts_of([owner], year)[owner.pk].items
    entered = set(fact_entries(owner, year).values_list("item", flat=True))
    names = parts_of(year)
    items = sorted(asked_items(owner, year), key=lambda one: list(names).index(one.part))
    form = FactsForm(request.POST or None, items=[one for one in items if one.key not in given])
    if request.method == "POST" and form.is_valid() and _all_entered(request, form, year):
        messages.success(request, f"已登记 {len(form.filled())} 项。")
        return redirect("registers_facts", owner.code, year)
    parts = [
        (
            names[part],
            [(one, given[one.key], one.key in CONTACT and one.key not in entered) for one in own if one.key in given],
            [(one, form[one.key], form[f"{one.key}_note"], one.government) for one in own if one.key not in given],
        )
        for part, group in groupby(items, key=lambda one: one.part)
        for own in [list(group)]
    ]
    context = {"parts": parts, "form": form}
    return register_page(request, "registers/facts.html", f"{year}年度情况", year, **context)


def _all_entered(request: HttpRequest, form: FactsForm, year: int) -> bool:
    """Whether all that was filled in is entered; else nothing is, and the form says why."""
    with transaction.atomic():
        for key, (value, explanation) in form.filled().items():
            try:
                add_fact(request.subject.thing, year, key, value, explanation, by=request.user, today=today())
            except ValidationError as error:
                form.refuse_fact(key, error)
        if form.errors:
            transaction.set_rollback(True)
    return not form.errors


def fact(request: HttpRequest, organ: str, year: int, item: str) -> HttpResponse:
    """One fact: what it is made of, and one more entry."""
    owner = request.subject.thing
    checked_year(year)
    only_writers(request)
    about = next((one for one in asked_items(owner, year) if one.key == item), None)
    if about is None:
        raise Http404
    form = FactForm(request.POST or None, item=about)
    if request.method == "POST" and form.is_valid():
        try:
            add_fact(
                owner,
                year,
                item,
                form.cleaned_data["value"],
                form.cleaned_data["explanation"],
                by=request.user,
                today=today(),
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"已登记“{about.label}”。")
            return redirect("registers_fact", owner.code, year, item)
    ordered = [one.key for one in asked_items(owner, year)]
    after = ordered[ordered.index(item) + 1 :][:1]
    context = {
        "item": about,
        "value": facts_of([owner], year)[owner.pk].items.get(item),
        "entries": FactEntry.objects.filter(organ=owner, year=year, item=item).select_related("entered_by", "ended_by"),
        "form": form,
        "next": fact_item(after[0]) if after else None,
        "trail": [(f"{year}年度情况", reverse("registers_facts", args=(owner.code, year)))],
    }
    return register_page(request, "registers/fact.html", about.label, year, **context)


def media(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """What was published through which channel."""
    owner = request.subject.thing
    checked_year(year)
    only_writers(request)
    form = MediumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_medium(owner, year, by=request.user, today=today(), **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, "已登记公开渠道的数字。")
            return redirect("registers_media", owner.code, year)
    found = list(MediumEntry.objects.filter(organ=owner, year=year).select_related("entered_by", "ended_by"))
    rows = [
        (
            one,
            media_kinds()[one.kind].label,
            information_kinds()[one.information].label if one.information else "各类合计",
        )
        for one in found
        if one.ended_at is None
    ]
    context = {
        "form": form,
        "rows": rows,
        "published": sum(one.published or 0 for one, *_ in rows),
        "ended": [one for one in found if one.ended_at],
    }
    return register_page(request, "registers/media.html", f"{year}年公开渠道", year, **context)


def problems(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Problems of the year with their measures, and what became of last year's."""
    owner = request.subject.thing
    checked_year(year)
    only_writers(request)
    form = ProblemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        previous = said["previous"] == "yes"
        try:
            add_problem(
                owner, year, said["problem"], said["improvement"], previous=previous, by=request.user, today=today()
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, "已登记问题和改进情况。")
            return redirect("registers_problems", owner.code, year)
    found = list(ProblemEntry.objects.filter(organ=owner, year=year).select_related("entered_by", "ended_by"))
    context = {
        "form": form,
        "to_answer": problems_to_answer(owner, year),
        "previous": [one for one in found if one.previous and one.ended_at is None],
        "current": [one for one in found if not one.previous and one.ended_at is None],
        "ended": [one for one in found if one.ended_at],
    }
    return register_page(request, "registers/problems.html", f"{year}年问题和改进", year, **context)


def answer(request: HttpRequest, organ: str, year: int, pk: int) -> HttpResponse:
    """What became of a problem that was entered last year."""
    owner = request.subject.thing
    checked_year(year)
    of = get_object_or_404(
        ProblemEntry.objects.filter(ProblemEntry.in_force), organ=owner, year=year - 1, previous=False, pk=pk
    )
    before = ProblemEntry.objects.filter(ProblemEntry.in_force, organ=owner, year=year, of=of).first()
    form = AnswerForm(request.POST or None, initial={"improvement": before.improvement if before else ""})
    if request.method == "POST" and form.is_valid():
        try:
            add_problem(owner, year, "", form.cleaned_data["improvement"], of=of, by=request.user, today=today())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, "已登记改进情况。")
            return redirect("registers_problems", owner.code, year)
    trail = [(f"{year}年问题和改进", reverse("registers_problems", args=(owner.code, year)))]
    return register_page(
        request, "registers/answer.html", "上年问题的改进情况", year, form=form, problem=of, trail=trail
    )


def withdraw(request: HttpRequest, organ: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Withdraw an entry of a fact, a channel or a problem."""
    owner = request.subject.thing
    if kind not in KINDS:
        raise Http404
    one: Any = get_object_or_404(KINDS[kind], organ=owner, year=year, pk=pk)
    back = [owner.code, year, *([one.item] if kind == "fact" else [])]
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_entry(one, reason=form.cleaned_data["reason"], by=request.user, today=today())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, "已撤回。")
            return redirect(PAGES[kind], *back)
    trail = [(one._meta.verbose_name, reverse(PAGES[kind], args=back))]
    return register_page(request, "registers/withdraw.html", "撤回", year, form=form, what=str(one), trail=trail)


patterns = [
    guarded("<str:organ>/<int:year>/facts/", listing, name="registers_facts", need=READ),
    guarded("<str:organ>/<int:year>/facts/<str:item>/", fact, name="registers_fact", need=READ),
    guarded("<str:organ>/<int:year>/media/", media, name="registers_media", need=READ),
    guarded("<str:organ>/<int:year>/problems/", problems, name="registers_problems", need=READ),
    guarded("<str:organ>/<int:year>/problems/<int:pk>/", answer, name="registers_answer", need=WRITE),
    guarded("<str:organ>/<int:year>/withdraw/<str:kind>/<int:pk>/", withdraw, name="registers_withdraw", need=WRITE),
]
