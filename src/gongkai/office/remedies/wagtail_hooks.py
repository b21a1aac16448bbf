"""Puts reconsiderations and lawsuits into the back office, and their changes into the audit log."""

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
from .views import READERS


class _RemediesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(organs_with(request.user, READERS, today()))


@hooks.register("register_admin_urls")
def remedies_urls() -> list[object]:
    return [path("remedies/", include(office_patterns))]


@hooks.register("register_admin_menu_item")
def remedies_item() -> MenuItem:
    return _RemediesItem("复议诉讼", reverse("remedies_start"), name="remedies", icon_name="clipboard-list", order=200)


@hooks.register("construct_homepage_panels")
def remedies_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Answers that are owed."""
    panels += home_panels(request)


logs(
    "remedies",
    {
        "add": "登记复议诉讼案件",
        "edit": "修改复议诉讼案件",
    },
    {
        "changed": "填写或者修改的内容",
    },
)
