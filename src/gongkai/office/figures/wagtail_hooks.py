"""Puts the statistics into the back office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..clock import today
from ..organs.logged import logs
from ..organs.queries import organs_with
from .home import panels as home_panels
from .urls import office_patterns
from .views import FIGURE_READERS


class _FiguresItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(organs_with(request.user, FIGURE_READERS, today()))


@hooks.register("register_admin_urls")
def figures_urls() -> list[object]:
    return [path("figures/", include(office_patterns))]


@hooks.register("register_admin_menu_item")
def figures_item() -> MenuItem:
    return _FiguresItem("统计", reverse("figures_start"), name="figures", icon_name="table", order=300)


@hooks.register("construct_homepage_panels")
def figures_panels(request: HttpRequest, panels: list[Any]) -> None:
    """How the supervised organs stand."""
    panels += home_panels(request)


logs(
    "figures",
    {
        "balances": "填报期初数",
    },
)
