"""Screens of 本地规定: what a government's supervising office sets for the annual reports of its territory."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ...access.guard import guarded
from ...clock import now, today
from ...filings.models import DistrictRules
from ...filings.needs import supervising
from ...filings.rules import district_rules
from ...organs.authority import note
from ...organs.models import Organ
from ...organs.queries import name_on
from ..forms import RulesForm, days_in_words
from ..needs import WRITE


def settings(request: HttpRequest, organ: str) -> HttpResponse:
    """The rules of a territory; a change says in the audit log what was and what is."""
    government: Organ = request.subject.thing
    if government.kind != Organ.Kind.GOVERNMENT:
        raise Http404
    if government.pk not in supervising(request.user):
        raise PermissionDenied  # a higher government's people set no rules in its place
    rules = district_rules(government)
    before = _values(rules)
    form = RulesForm(request.POST or None, instance=rules)
    if request.method == "POST" and form.is_valid():
        rules.changed_at = now()
        saved = form.save()
        after = _values(saved)
        changes = {name: [was, after[name]] for name, was in before.items() if was != after[name]}
        note(saved, "supervision.rules", request.user, government, changes=changes)
        messages.success(request, "已保存本地规定，从现在起按新的规定计算日期。")
        return redirect("supervision_settings", government.code)
    name = name_on(government, today())
    board = reverse("supervision_board", args=[government.code, today().year - 1])
    context = {
        "title": "年度报告工作的本地规定",
        "trail": [("年报监督", reverse("supervision_board_start")), (f"{name}：进展", board)],
        "name": name,
        "form": form,
        "changed_at": rules.changed_at if rules.pk else None,
        "government": government,
    }
    return render(request, "supervision/settings.html", context, status=422 if form.errors else 200)


def _values(rules: DistrictRules) -> dict[str, Any]:
    names = ("acceptance", "townships", "remind_before", "overview_length", "basis")
    return {name: getattr(rules, name) for name in names} | {"days": days_in_words(rules.days)}


patterns = [guarded("<str:organ>/settings/", settings, name="supervision_settings", need=WRITE)]
