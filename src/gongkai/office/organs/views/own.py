"""Screens for every member of staff: who stands in for them, and their password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.law.calendar import chinese_date

from ...clock import today
from .. import accounts
from ..forms import PasswordForm, SubstituteForm
from ..models import Dated, Holding
from .frame import ask


def substitutes(request: HttpRequest) -> HttpResponse:
    """The reader's own roles with who stands in for them, and for whom the reader stands in."""
    day = today()
    held = request.user.holdings.filter(Dated.between(day, None)).select_related(
        "organ", "division", "substitutes__person"
    )
    context = {
        "title": "代理",
        "help": "外出、休假时，可以请同一机关的人员在指定的日期代理您的角色。代理期间您仍可以办理。",
        "day": day,
        "own": [
            (one, one.substitutions.filter(Dated.between(day, None)).select_related("person"))
            for one in held
            if one.substitutes_id is None
        ],
        "for_others": [one for one in held if one.substitutes_id is not None],
    }
    return render(request, "organs/substitutes.html", context)


def name_substitute(request: HttpRequest, holding: int) -> HttpResponse:
    """Name who stands in for one of the reader's roles."""
    one: Holding = request.subject.thing
    day = today()
    data = request.POST if request.method == "POST" else None
    form = SubstituteForm(data, holding=one, organ=one.organ, day=day, initial={"since": day})

    def do(values: dict[str, Any]) -> str:
        made = accounts.name_substitute(one, by=request.user, today=day, **values)
        return f"{made.person}自{chinese_date(made.since)}至{chinese_date(made.until)}代理您的角色“{made.label}”。"

    back = reverse("organs_substitutes")
    title = f"请人代理“{one.label}”"
    return ask(
        request,
        form,
        do,
        title=title,
        button="确定",
        back=back,
        trail=[("代理", back)],
        help=f"{one.place}，{one.label}。",
    )


def end_substitution(request: HttpRequest, holding: int) -> HttpResponse:
    """End a substitution for one of the reader's roles today."""
    one: Holding = request.subject.thing
    accounts.end_substitution(one, day=today(), by=request.user, today=today())
    messages.success(request, f"已终止{one.person}的代理。")
    return redirect("organs_substitutes")


def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the only screen that is open as long as it is one that somebody else gave."""
    given = request.user.must_change_password
    data = request.POST if request.method == "POST" else None
    form = PasswordForm(data, person=request.user, day=today())

    def do(values: dict[str, Any]) -> str:
        accounts.change_own_password(request.user, values["new"])
        update_session_auth_hash(request, request.user)
        return "已修改密码。"

    help = "您现在使用的是别人给的一次性密码，请先改为只有自己知道的密码。" if given else ""
    back = reverse("wagtailadmin_home")
    return ask(request, form, do, title="我的密码", button="修改密码", back=back, trail=[], help=help)
