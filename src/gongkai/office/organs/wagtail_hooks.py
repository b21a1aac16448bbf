"""Wires organs and people into the back office: routes, menu, and the labels of what is logged."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.law.roles import roles

from ..clock import today
from .logged import Detail, logs
from .models import Leader
from .queries import holdings
from .urls import AUDIT, SECURITY, office_patterns

logs(
    "organs",
    {
        "found": "设立机关",
        "rename": "机关更名",
        "move": "调整隶属关系",
        "merge": "机关合并",
        "abolish": "撤销机关",
        "powers": "更改类别、权限和编号",
        "contact": "更改联系方式",
        "channels": "更改申请渠道",
        "limits": "更改期限设置",
        "division.add": "设立内设机构",
        "division.rename": "内设机构更名",
        "division.close": "撤销内设机构",
        "leader.add": "登记负责人",
        "leader.end": "终止负责人任职",
        "person.create": "建立账号",
        "person.change": "更改人员信息",
        "person.password": "重设密码",
        "person.own_password": "修改自己的密码",
        "person.deactivate": "停用账号",
        "person.reactivate": "恢复账号",
        "person.unlock": "解除登录锁定",
        "role.grant": "授予角色",
        "role.end": "终止角色",
        "substitute.name": "指定代理",
        "substitute.end": "终止代理",
        "calendar.load": "载入放假安排",
        "calendar.local": "登记地方放假",
        "calendar.withdraw": "撤销地方放假",
        "audit.export": "导出审计日志",
        "sign_ins.export": "导出登录记录",
    },
    {
        "person": "人员",
        "username": "用户名",
        "role": Detail("角色", lambda key: roles()[key].label),
        "kind": Detail("职责", lambda key: Leader.Kind(key).label),
        "key": "代码",
        "since": "起始",
        "until": "终止",
        "day": "自哪一天起",
        "successor": "承继机关",
        "cases": "件数",
        "parent": "隶属",
        "vertical": "垂直管理",
        "old_parent": "原隶属",
        "old_vertical": "原垂直管理",
        "days": "放假",
        "worked": "调休上班",
        "basis": "依据",
    },
)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return office_patterns


class RoleMenuItem(MenuItem):
    """A menu item for who holds one of these roles; None: for all staff."""

    def __init__(self, *arguments: Any, roles: Collection[str] | None = None, **options: Any) -> None:
        self.roles = roles
        super().__init__(*arguments, **options)

    def is_shown(self, request: HttpRequest) -> bool:
        return self.roles is None or holdings(request.user, today()).filter(role__in=self.roles).exists()


@hooks.register("register_admin_menu_item")
def organs_item() -> MenuItem:
    return RoleMenuItem("机关", reverse("organs_tree"), name="organs", icon_name="site", order=600)


@hooks.register("register_admin_menu_item")
def people_item() -> MenuItem:
    return RoleMenuItem("人员", reverse("organs_people"), name="people", icon_name="user", order=610, roles=SECURITY)


@hooks.register("register_admin_menu_item")
def lockouts_item() -> MenuItem:
    return RoleMenuItem(
        "登录锁定", reverse("organs_lockouts"), name="lockouts", icon_name="lock", order=615, roles=SECURITY
    )


@hooks.register("register_admin_menu_item")
def substitutes_item() -> MenuItem:
    return RoleMenuItem("代理", reverse("organs_substitutes"), name="substitutes", icon_name="group", order=620)


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    return RoleMenuItem("工作日历", reverse("organs_calendar"), name="calendar", icon_name="calendar", order=630)


@hooks.register("register_admin_menu_item")
def audit_item() -> MenuItem:
    return RoleMenuItem("审计日志", reverse("organs_audit"), name="audit", icon_name="history", order=640, roles=AUDIT)


@hooks.register("register_admin_menu_item")
def password_item() -> MenuItem:
    return RoleMenuItem("我的密码", reverse("organs_password"), name="password", icon_name="key", order=650)
