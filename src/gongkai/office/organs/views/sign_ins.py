"""Signing in (登录记录), for audit administrators: who signed in and out and when, and where it failed; filtered, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from axes.models import AccessFailureLog, AccessLog
from django import forms
from django.core.paginator import Paginator
from django.db.models import BooleanField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ...clock import today
from ..authority import note
from ..forms import DayField
from ..models import Person
from ..queries import administered
from .audit import as_file, harmless, home_of, midnight, moment

_PAGE = 50
_COLUMNS = ("attempt_time", "username", "ip_address", "result", "locked", "left")
_RESULTS = {"in": "登录成功", "failed": "登录失败", "locked": "登录失败，已暂停登录"}


class SignInsForm(forms.Form):
    """What to look for."""

    first = DayField(label="自", required=False)
    last = DayField(label="至", required=False)
    person = forms.CharField(label="用户名或者姓名", required=False, max_length=150)
    result = forms.ChoiceField(
        label="结果", required=False, choices=[("", "（全部）"), ("in", "登录成功"), ("failed", "登录失败")]
    )


def sign_ins(request: HttpRequest) -> HttpResponse:
    """The record, the newest first."""
    form = SignInsForm(request.GET or None)
    page = Paginator(_found(request.user, form), _PAGE).get_page(request.GET.get("page"))
    sought = request.GET.copy()
    sought.pop("page", None)
    context = {
        "title": "登录记录",
        "help": "每次登录、退出和输错密码都有记录。没有对应账号的用户名，由最上级机关的审计管理员查看。",
        "trail": [("审计日志", reverse("organs_audit"))],
        "form": form,
        "page": page,
        "rows": list(_rows(page)),
        "query": f"{sought.urlencode()}&" if sought else "",
    }
    return render(request, "organs/sign_ins.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same as CSV. Taking a copy is itself logged."""
    found = list(_rows(_found(request.user, SignInsForm(request.GET or None))))
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["时间", "用户名", "姓名", "结果", "地址", "退出时间"])
    rows.writerows(
        [harmless(row[key]) for key in ("at", "username", "name", "result", "address", "left")] for row in found
    )
    note(request.user, "organs.sign_ins.export", request.user, home_of(request.user), rows=len(found))
    return as_file(out.getvalue(), "登录记录")


def _found(person: Person, form: SignInsForm) -> QuerySet[Any]:
    """Sign-ins and failures in one row of days; of accounts of the organs whose log the person reads."""
    wanted = _visible(person)
    result = ""
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        result = asked["result"]
        if asked["first"]:
            wanted &= Q(attempt_time__gte=midnight(asked["first"]))
        if asked["last"]:
            wanted &= Q(attempt_time__lt=midnight(asked["last"] + timedelta(1)))
        if asked["person"]:
            named = Person.objects.filter(name__icontains=asked["person"]).values("username")
            wanted &= Q(username__icontains=asked["person"]) | Q(username__in=named)
    # both halves of the union have the same columns
    came = AccessLog.objects.filter(wanted).annotate(
        result=Value("in"), locked=Value(False, BooleanField()), left=F("logout_time")
    )
    failed = AccessFailureLog.objects.filter(wanted).annotate(
        result=Value("failed"), locked=F("locked_out"), left=Cast(Value(None), DateTimeField())
    )
    halves = {"in": came.order_by().values(*_COLUMNS), "failed": failed.order_by().values(*_COLUMNS)}
    found = halves[result] if result else halves["in"].union(halves["failed"], all=True)
    return found.order_by("-attempt_time")


def _visible(person: Person) -> Q:
    organs = administered(person, {"audit_admin"}, today())
    ours = Q(username__in=Person.objects.filter(organ__in=organs).values("username"))
    if any(one.parent_id is None for one in organs):
        ours |= Q(username=None) | ~Q(username__in=Person.objects.values("username"))
    return ours


def _rows(found: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    found = list(found)
    names = dict(Person.objects.filter(username__in={one["username"] for one in found}).values_list("username", "name"))
    for one in found:
        yield {
            "at": moment(one["attempt_time"]),
            "username": one["username"] or "",
            "name": names.get(one["username"], "（没有这个账号）"),
            "result": _RESULTS["locked" if one["locked"] else one["result"]],
            "failed": one["result"] == "failed",
            "address": one["ip_address"] or "",
            "left": moment(one["left"]) if one["left"] else "",
        }
