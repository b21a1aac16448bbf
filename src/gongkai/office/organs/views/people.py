"""Screens of accounts, for security administrators: the list, a person's page, passwords, closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from ...clock import today
from .. import accounts
from ..forms import PersonChangeForm, PersonForm
from ..models import Dated, Holding, Person
from ..queries import administered
from .frame import ask, organ_page, organ_trail

_PAGE = 50


def people(request: HttpRequest) -> HttpResponse:
    """The accounts that the reader looks after, found by name, account or organ."""
    day = today()
    organs = administered(request.user, {"security_admin"}, day)
    sought = request.GET.get("q", "").strip()
    found = Person.objects.filter(organ__in=organs).select_related("organ").prefetch_related("organ__names", _held(day))
    if sought:
        found = found.filter(
            Q(name__icontains=sought) | Q(username__icontains=sought) | Q(organ__names__name__icontains=sought)
        )
    page = Paginator(found.order_by("organ__code", "username").distinct(), _PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "人员",
        "page": page,
        "sought": sought,
        "query": f"{urlencode({'q': sought})}&" if sought else "",
        "organs": [(one, one.name_on(day)) for one in organs],
    }
    return render(request, "organs/people.html", context)


def add(request: HttpRequest, organ: str) -> HttpResponse:
    """Open an account for somebody who works at the organ, and show the password once."""
    one, day = request.subject.organ, today()
    form = PersonForm(request.POST if request.method == "POST" else None, organ=one, day=day)
    if form.is_bound and form.is_valid():
        try:
            person, password = accounts.create_person(one, by=request.user, today=day, **form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        else:
            return _told(request, person, password, "已建立账号")
    context = {
        "form": form,
        "title": "新增人员",
        "button": "建立账号",
        "back": organ_page(one),
        "trail": organ_trail(one, day),
        "help": "建立账号后显示一次性密码，请当面交给本人；本人首次登录时必须修改。",
    }
    return render(request, "organs/form.html", context, status=422 if form.errors else 200)


def person(request: HttpRequest, person: int) -> HttpResponse:
    """An account, and the roles that it holds, held and will hold."""
    day = today()
    one: Person = request.subject.thing
    holdings = one.holdings.select_related("organ", "division", "substitutes__person").order_by("-since")
    context = {
        "title": one.name,
        "trail": _trail(),
        "person": one,
        "day": day,
        "holdings": [(held, held.holds_on(day), held.since > day) for held in holdings],
        "oneself": one == request.user,
    }
    return render(request, "organs/person.html", context)


def change(request: HttpRequest, person: int) -> HttpResponse:
    """Correct name and telephone number."""
    one, day = request.subject.thing, today()
    data = request.POST if request.method == "POST" else None
    form = PersonChangeForm(data, day=day, initial={"name": one.name, "telephone": one.telephone})

    def do(values: dict[str, Any]) -> str:
        accounts.change_person(one, by=request.user, today=day, **values)
        return "已保存。"

    return ask(
        request,
        form,
        do,
        title="更改人员信息",
        button="保存",
        back=_page(one),
        trail=[*_trail(), (one.name, _page(one))],
    )


def reset_password(request: HttpRequest, person: int) -> HttpResponse:
    """Give the person a new password for signing in once."""
    return _with_password(request, accounts.reset_password, "已重设密码")


def reactivate(request: HttpRequest, person: int) -> HttpResponse:
    """Open a closed account again."""
    return _with_password(request, accounts.reactivate, "已恢复账号")


def deactivate(request: HttpRequest, person: int) -> HttpResponse:
    """Close an account; its roles end."""
    one = request.subject.thing
    try:
        accounts.deactivate(one, by=request.user, today=today())
    except PermissionDenied:
        messages.error(request, "不能停用自己的账号，请由另一位安全管理员办理。")
    else:
        messages.success(request, f"已停用{one.name}的账号，担任的角色同时终止。")
    return redirect(_page(one))


def _with_password(request: HttpRequest, act: Any, done: str) -> HttpResponse:
    one = request.subject.thing
    try:
        password = act(one, by=request.user, today=today())
    except PermissionDenied:
        messages.error(request, "不能这样更改自己的密码，请在“我的密码”中修改。")
        return redirect(_page(one))
    return _told(request, one, password, done)


def _told(request: HttpRequest, one: Person, password: str, done: str) -> HttpResponse:
    """The one time that a given password is shown."""
    context = {"title": done, "trail": [*_trail(), (one.name, _page(one))], "person": one, "password": password}
    response = render(request, "organs/password_given.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _held(day: Any) -> Prefetch:
    held = Holding.objects.filter(Dated.on(day)).select_related("organ", "division")
    return Prefetch("holdings", queryset=held, to_attr="held_now")


def _page(one: Person) -> str:
    return reverse("organs_person", args=[one.pk])


def _trail() -> list[tuple[str, str]]:
    return [("人员", reverse("organs_people"))]
