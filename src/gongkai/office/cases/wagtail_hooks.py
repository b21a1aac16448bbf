"""Wires the app into the back office: addresses, the menu, the names of what is logged."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.letters import letters

from ..access.needs import met
from ..clock import today
from ..organs.logged import Detail, logs
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


logs(
    "cases",
    {
        "reveal": "查看申请人完整信息",
        "letter": "生成文书",
        "archive": "导出卷宗",
        "receipt": "打印登记回执",
        "erase": "清除个人信息",
        "template": "更换文书模板",
    },
    {
        "letter": Detail("文书", lambda key: letters()[key].title if key in letters() else str(key)),
        "event": "第几条记录",
        "format": "格式",
        "files": "清除的文件数",
        "rows": "清除的个人信息项数",
    },
)
