"""Wires organs and people into the back office: routes, menu, and the labels of what is logged."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..clock import today
from .queries import holdings
from .urls import AUDIT, SECURITY, office_patterns

LOGGED = {
    "organs.found": "设立机关",
    "organs.rename": "机关更名",
    "organs.move": "调整隶属关系",
    "organs.merge": "机关合并",
    "organs.abolish": "撤销机关",
    "organs.powers": "更改类别、权限和编号",
    "organs.contact": "更改联系方式",
    "organs.channels": "更改申请渠道",
    "organs.limits": "更改期限设置",
    "organs.division.add": "设立内设机构",
    "organs.division.rename": "内设机构更名",
    "organs.division.close": "撤销内设机构",
    "organs.leader.add": "登记负责人",
    "organs.leader.end": "终止负责人任职",
    "organs.person.create": "建立账号",
    "organs.person.change": "更改人员信息",
    "organs.person.password": "重设密码",
    "organs.person.own_password": "修改自己的密码",
    "organs.person.deactivate": "停用账号",
    "organs.person.reactivate": "恢复账号",
    "organs.person.unlock": "解除登录锁定",
    "organs.role.grant": "授予角色",
    "organs.role.end": "终止角色",
    "organs.substitute.name": "指定代理",
    "organs.substitute.end": "终止代理",
    "organs.calendar.load": "载入放假安排",
    "organs.audit.export": "导出审计日志",
    "organs.sign_ins.export": "导出登录记录",
}
"""What is logged here, by its label."""


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, label in LOGGED.items():
        actions.register_action(action, label, label)


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
    return RoleMenuItem("登录锁定", reverse("organs_lockouts"), name="lockouts", icon_name="lock", order=615, roles=SECURITY)


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
