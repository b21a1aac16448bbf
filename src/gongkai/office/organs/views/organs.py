"""An organ's page, and the screens on which system administrators change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.law import channels
from gongkai.law.calendar import chinese_date
from gongkai.law.roles import roles
from gongkai.law.time_limits import default_rules

from ...clock import today
from .. import actions
from ..actions import CONTACT, POWERS
from ..forms import (
    MARKS,
    ChannelsForm,
    ContactForm,
    EndOrganForm,
    FoundForm,
    LimitsForm,
    MergeForm,
    MoveForm,
    OfficeForm,
    PowersForm,
    RenameForm,
)
from ..models import Dated, Organ
from .frame import ask, organ_page, organ_trail, tree_trail


def organ(request: HttpRequest, organ: str) -> HttpResponse:
    """All that is known of an organ: names, place in the tree, divisions, leaders, roles, channels, settings."""
    day = today()
    one: Organ = request.subject.thing
    holdings = one.holdings.filter(Dated.between(day, None)).select_related("person", "division", "substitutes__person")
    order = list(roles())
    context = {
        "title": one.name_on(day),
        "trail": tree_trail(),
        "organ": one,
        "day": day,
        "exists": one.holds_on(day),
        "names": one.names.order_by("-since"),
        "divisions": _divisions(one, day),
        "leaders": one.leaders.filter(Dated.between(day, None)).select_related("person"),
        "holdings": sorted(holdings, key=lambda held: (order.index(held.role), held.since)),
        "channels": [channels()[code].label for code in one.channels if code in channels()],
        "contact": [(one._meta.get_field(field).verbose_name, getattr(one, field)) for field in CONTACT],
        "limits": _limits(one),
        "is_system_admin": "system_admin" in request.subject.roles,
        "is_security_admin": "security_admin" in request.subject.roles,
    }
    return render(request, "organs/organ.html", context)


def found(request: HttpRequest, organ: str) -> HttpResponse:
    """Found an organ below this one."""

    def do(values: dict[str, Any], parent: Organ) -> str:
        made = actions.found_organ(parent=parent, by=request.user, today=today(), **values)
        return f"已设立“{made.name_on(values['since'])}”。"

    return _screen(request, FoundForm, do, "设立下级机关", "设立", initial={"since": today()})


def rename(request: HttpRequest, organ: str) -> HttpResponse:
    """Give the organ another name from a day on."""

    def do(values: dict[str, Any], one: Organ) -> str:
        actions.rename_organ(one, by=request.user, today=today(), **values)
        return f"已更名，自{chinese_date(values['since'])}起使用“{values['name']}”。"

    return _screen(request, RenameForm, do, "更名", "更名", initial={"since": today()})


def move(request: HttpRequest, organ: str) -> HttpResponse:
    """Put the organ below another government or into another vertical system."""
    one = request.subject.thing

    def do(values: dict[str, Any], one: Organ) -> str:
        actions.move_organ(one, by=request.user, today=today(), **values)
        return "已调整隶属关系。"

    initial = {"parent": one.parent_id, "vertical": one.vertical_id}
    return _screen(request, MoveForm, do, "调整隶属关系", "保存", initial=initial)


def merge(request: HttpRequest, organ: str) -> HttpResponse:
    """Merge the organ into another."""

    def do(values: dict[str, Any], one: Organ) -> str:
        moved = actions.merge_organs([one], values["successor"], day=values["day"], by=request.user, today=today())
        return f"已并入{values['successor']}，移交未办结的案件 {moved} 件。"

    help = "合并后，本机关的内设机构和角色同时终止，未办结的案件由并入的机关继续办理，已办结的案件由并入的机关保管。"
    return _screen(request, MergeForm, do, "并入其他机关", "并入", initial={"day": today()}, help=help)


def abolish(request: HttpRequest, organ: str) -> HttpResponse:
    """Abolish the organ."""

    def do(values: dict[str, Any], one: Organ) -> str:
        moved = actions.abolish_organ(one, by=request.user, today=today(), **values)
        return f"已撤销，移交未办结的案件 {moved} 件。"

    help = "撤销后，本机关的内设机构和角色同时终止。有未办结的案件时，要选择承继的机关。"
    return _screen(request, EndOrganForm, do, "撤销机关", "撤销", initial={"day": today()}, help=help)


def powers(request: HttpRequest, organ: str) -> HttpResponse:
    """Kind, powers, numbering, local holidays, court."""

    def do(values: dict[str, Any], one: Organ) -> str:
        actions.set_powers(one, values, by=request.user, today=today())
        return "已保存。"

    return _screen(request, PowersForm, do, "类别、权限和编号", "保存", initial=_values(request.subject.thing, POWERS))


def contact(request: HttpRequest, organ: str) -> HttpResponse:
    """What the guide to disclosure says of the office (第十二条)."""

    def do(values: dict[str, Any], one: Organ) -> str:
        actions.set_contact(one, values, by=request.user, today=today())
        return "已保存联系方式。"

    help = "依据政府信息公开条例第十二条，写入公开指南和各类文书，有变动时及时更新。"
    initial = _values(request.subject.thing, CONTACT)
    return _screen(request, ContactForm, do, "公开工作机构联系方式", "保存", initial=initial, help=help)


def announce(request: HttpRequest, organ: str) -> HttpResponse:
    """The channels by which applications may come."""

    def do(values: dict[str, Any], one: Organ) -> str:
        actions.set_channels(one, values["channels"], by=request.user, today=today())
        return "已保存申请渠道。"

    return _screen(request, ChannelsForm, do, "申请渠道", "保存", initial={"channels": request.subject.thing.channels})


def limits(request: HttpRequest, organ: str) -> HttpResponse:
    """The time limits that the law leaves open."""
    one = request.subject.thing
    day = today()
    rules = default_rules()
    form = LimitsForm(request.POST or None, organ=one, day=day, rules=rules, initial=one.settings)

    def do(values: dict[str, Any]) -> str:
        actions.set_limits(one, form.lengths, by=request.user, today=day)
        return "已保存期限设置。"

    help = "只列出条例没有写明长短、可以由本地规定的期限；写明的期限不能改动。"
    trail = organ_trail(one, day)
    return ask(request, form, do, title="期限设置", button="保存", back=organ_page(one), trail=trail, help=help)


def _screen(
    request: HttpRequest,
    form_class: type[OfficeForm],
    do: Callable[[dict[str, Any], Organ], str],
    title: str,
    button: str,
    *,
    initial: dict[str, Any],
    help: str = "",
) -> HttpResponse:
    one: Organ = request.subject.thing
    day = today()
    form = form_class(request.POST if request.method == "POST" else None, organ=one, day=day, initial=initial)
    trail = organ_trail(one, day)
    return ask(
        request,
        form,
        lambda values: do(values, one),
        title=title,
        button=button,
        back=organ_page(one),
        trail=trail,
        help=help,
    )


def _values(one: Organ, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(one, field) for field in fields}


def _divisions(one: Organ, day: Any) -> list[tuple[Any, str]]:
    """The divisions that exist or will, with their heads of the day."""
    found = one.divisions.filter(Dated.between(day, None)).prefetch_related("holdings__person")
    return [
        (
            division,
            "、".join(
                f"{held.person}（代理）" if held.substitutes_id else str(held.person)
                for held in division.holdings.all()
                if held.role == "division_head" and held.holds_on(day)
            ),
        )
        for division in found
    ]


def _limits(one: Organ) -> list[dict[str, Any]]:
    """The adjustable time limits as the organ has them, with how far the program's own length is known."""
    rules = default_rules().with_settings(one.settings)
    return [
        {"limit": limit, "mark": MARKS[limit.mark], "own": limit.key in one.settings}
        for limit in rules
        if limit.adjustable
    ]
