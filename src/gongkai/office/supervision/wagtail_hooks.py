"""Puts supervision into the back office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..organs.logged import logs
from .home import panels as home_panels
from .urls import office_patterns
from .views.board import governments_of


class _SupervisionItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(governments_of(request.user))


@hooks.register("register_admin_urls")
def supervision_urls() -> list[object]:
    return [path("supervision/", include(office_patterns))]


@hooks.register("register_admin_menu_item")
def supervision_item() -> MenuItem:
    return _SupervisionItem(
        "年报监督", reverse("supervision_board_start"), name="supervision", icon_name="group", order=320
    )


@hooks.register("construct_homepage_panels")
def supervision_panels(request: HttpRequest, panels: list[Any]) -> None:
    """How the reports of the territory stand."""
    panels += home_panels(request)


logs(
    "supervision",
    {
        "rules": "修改年度报告本地规定",
        "chase": "催报年度报告",
    },
)
