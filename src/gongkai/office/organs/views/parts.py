"""Screens for what belongs to an organ: divisions, leaders and roles."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.law.calendar import chinese_date

from ...clock import today
from .. import accounts, actions
from ..forms import DivisionForm, DivisionNameForm, EndForm, GrantForm, LeaderForm
from ..models import Division, Holding, Leader, Person
from .frame import ask, organ_page, organ_trail


def add_division(request: HttpRequest, organ: str) -> HttpResponse:
    """Set up a division."""
    one, day = request.subject.organ, today()
    form = DivisionForm(_posted(request), organ=one, day=day, initial={"since": day})

    def do(values: dict[str, Any]) -> str:
        actions.add_division(one, by=request.user, today=day, **values)
        return f"已设立“{values['name']}”。"

    return ask(
        request, form, do, title="设立内设机构", button="设立", back=organ_page(one), trail=organ_trail(one, day)
    )


def rename_division(request: HttpRequest, organ: str, key: str) -> HttpResponse:
    """Change a division's name."""
    one, day = request.subject.organ, today()
    division = get_object_or_404(Division, organ=one, key=key)
    form = DivisionNameForm(_posted(request), organ=one, day=day, initial={"name": division.name})

    def do(values: dict[str, Any]) -> str:
        actions.rename_division(division, values["name"], by=request.user, today=day)
        return "已保存名称。"

    title = f"更改“{division.name}”的名称"
    return ask(request, form, do, title=title, button="保存", back=organ_page(one), trail=organ_trail(one, day))


def close_division(request: HttpRequest, organ: str, key: str) -> HttpResponse:
    """Close a division from a day on."""
    one, day = request.subject.organ, today()
    division = get_object_or_404(Division, organ=one, key=key)
    form = EndForm(_posted(request), organ=one, day=day, initial={"day": day})

    def do(values: dict[str, Any]) -> str:
        actions.close_division(division, day=values["day"], by=request.user, today=day)
        return f"“{division.name}”自{chinese_date(values['day'])}起撤销。"

    return ask(
        request,
        form,
        do,
        title=f"撤销“{division.name}”",
        button="撤销",
        back=organ_page(one),
        trail=organ_trail(one, day),
        help="撤销后，在这个内设机构担任的角色同时终止。还有未办结的案件时，请先改派。",
    )


def add_leader(request: HttpRequest, organ: str) -> HttpResponse:
    """Name a leader from a day on."""
    one, day = request.subject.organ, today()
    form = LeaderForm(_posted(request), organ=one, day=day, initial={"since": day})

    def do(values: dict[str, Any]) -> str:
        leader = actions.add_leader(one, by=request.user, today=day, **values)
        return f"已登记{leader}。"

    help = "主要负责人、政府信息公开工作机构负责人同一时间只有一位：登记新的一位，原来的一位到前一天为止。"
    return ask(
        request,
        form,
        do,
        title="登记负责人",
        button="登记",
        back=organ_page(one),
        trail=organ_trail(one, day),
        help=help,
    )


def end_leader(request: HttpRequest, organ: str, leader: int) -> HttpResponse:
    """End a leader's time."""
    one, day = request.subject.organ, today()
    found = get_object_or_404(Leader, organ=one, pk=leader)
    form = EndForm(_posted(request), organ=one, day=day, initial={"day": day})

    def do(values: dict[str, Any]) -> str:
        actions.end_leader(found, day=values["day"], by=request.user, today=day)
        return f"{found}的任职已经终止。"

    return ask(
        request, form, do, title=f"终止{found}的任职", button="终止", back=organ_page(one), trail=organ_trail(one, day)
    )


def grant(request: HttpRequest, organ: str) -> HttpResponse:
    """Grant somebody a role in the organ."""
    one, day = request.subject.organ, today()
    initial = {"since": day, "username": request.GET.get("username", "")}
    form = GrantForm(_posted(request), organ=one, day=day, initial=initial)

    def do(values: dict[str, Any]) -> str:
        person = Person.objects.get(username=values.pop("username"))
        holding = accounts.grant_role(person, values.pop("role"), one, by=request.user, today=day, **values)
        return f"已授予：{holding}。"

    help = "系统管理员、安全管理员、审计管理员应当由不同的人担任，也不能由办理案件的人兼任；不能给自己授予角色。"
    return ask(
        request, form, do, title="授予角色", button="授予", back=organ_page(one), trail=organ_trail(one, day), help=help
    )


def end_role(request: HttpRequest, organ: str, holding: int) -> HttpResponse:
    """End a role that somebody holds in the organ."""
    one, day = request.subject.organ, today()
    found = get_object_or_404(Holding.objects.select_related("person", "division"), organ=one, pk=holding)
    form = EndForm(_posted(request), organ=one, day=day, initial={"day": day})
    described = str(found)

    def do(values: dict[str, Any]) -> str:
        accounts.end_role(found, day=values["day"], by=request.user, today=day)
        return f"已终止：{described}。"

    help = f"{described}。代理这个角色的人同时终止代理。"
    return ask(
        request, form, do, title="终止角色", button="终止", back=organ_page(one), trail=organ_trail(one, day), help=help
    )


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
