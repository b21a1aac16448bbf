"""Screens of reconsiderations and lawsuits: the list with what is due, and the form of one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from ..access.needs import CASE_READERS
from ..clock import today
from ..organs.authority import note
from ..organs.queries import name_on, organs_with
from .forms import RemedyForm
from .limits import answer_limit
from .models import Remedy

WRITERS = frozenset({"clerk", "legal_reviewer", "office_head"})
"""Who keeps the register of reconsiderations and lawsuits."""

READERS = CASE_READERS - {"handler", "division_head"}


def start(request: HttpRequest) -> HttpResponse:
    """The list of the first organ one may see."""
    organs = organs_with(request.user, READERS, today())
    if not organs:
        raise PermissionDenied
    return redirect("remedies_list", organs[0].code)


def listing(request: HttpRequest, organ: str) -> HttpResponse:
    """All of an organ: those that are open first, by what the organ has to do next."""
    owner, day = request.subject.organ, today()
    found = Remedy.objects.filter(organ=owner).select_related("case__organ", "organ")
    waiting = [one for one in found if one.closed_on is None and one.answered_on is None]
    due = sorted(((answer_limit(one), one) for one in waiting), key=lambda pair: (pair[0].due, pair[1].pk))
    return render(
        request,
        "remedies/list.html",
        {
            "title": "行政复议和行政诉讼",
            "trail": [],
            "organ": owner,
            "name": name_on(owner, day),
            "due": [(limit, one, (limit.due - day).days) for limit, one in due],
            "page": Paginator(found, 50).get_page(request.GET.get("page")),
            "query": "",
            "may_write": bool(request.subject.roles & WRITERS),
            "organs": [(one, name_on(one, day)) for one in organs_with(request.user, READERS, day)],
        },
    )


def add(request: HttpRequest, organ: str) -> HttpResponse:
    """Register one."""
    return _edited(request, Remedy(organ=request.subject.organ), "登记复议、诉讼案件", "remedies.add")


def edit(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Look at one; change it, where one's role allows."""
    remedy = get_object_or_404(Remedy, organ=request.subject.organ, pk=pk)
    return _edited(request, remedy, str(remedy), "remedies.edit")


def _edited(request: HttpRequest, remedy: Remedy, title: str, action: str) -> HttpResponse:
    owner = request.subject.organ
    may_write = bool(request.subject.roles & WRITERS)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = RemedyForm(request.POST or None, instance=remedy, organ=owner, today=today())
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        note(saved, action, request.user, owner, changed=[str(form[name].label) for name in form.changed_data])
        messages.success(request, f"已保存“{saved}”。")
        return redirect("remedies_list", owner.code)
    if not may_write:
        for field in form.fields.values():
            field.disabled = True
    context = {
        "title": title,
        "trail": [("行政复议和行政诉讼", reverse("remedies_list", args=(owner.code,)))],
        "form": form,
        "remedy": remedy,
        "limit": answer_limit(remedy) if remedy.pk else None,
        "may_write": may_write,
    }
    return render(request, "remedies/edit.html", context)
