"""Wires the app into the back office: addresses, the menu, the names of what is logged."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from ..access.needs import met
from ..clock import today
from .home import panels as home_panels
from .needs import inbox
from .urls import office_patterns


class InboxItem(MenuItem):
    """Shown to those who work on cases."""

    def is_shown(self, request: HttpRequest) -> bool:
        return met(request, inbox, {}, today())[0]


@hooks.register("register_admin_urls")
def cases_urls() -> list:
    return [path("cases/", include(office_patterns))]


@hooks.register("register_admin_menu_item")
def cases_menu() -> MenuItem:
    return InboxItem("收件箱", reverse("cases_inbox"), name="cases", icon_name="folder-open-inverse", order=100)


@hooks.register("construct_homepage_panels")
def cases_panels(request: HttpRequest, panels: list[Any]) -> None:
    """What waits in each organ."""
    panels += home_panels(request)


@hooks.register("register_log_actions")
def cases_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("cases.reveal", "查看申请人完整信息", "查看了申请人的完整信息")
    actions.register_action("cases.letter", "生成文书", "生成了文书")
    actions.register_action("cases.archive", "导出卷宗", "导出了卷宗")
    actions.register_action("cases.receipt", "打印登记回执", "打印了登记回执")
    actions.register_action("cases.erase", "清除个人信息", "清除了案件中的个人信息")
    actions.register_action("cases.template", "更换文书模板", "更换了文书模板")
