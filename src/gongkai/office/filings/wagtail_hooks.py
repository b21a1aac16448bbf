"""Puts the annual report into the back office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..clock import today
from ..organs.queries import holdings
from .home import panels as home_panels
from .needs import FILING_READERS
from .urls import office_patterns


class _FilingsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return holdings(request.user, today()).filter(role__in=FILING_READERS).exists()


@hooks.register("register_admin_urls")
def filings_urls() -> list[object]:
    return [path("filings/", include(office_patterns))]


@hooks.register("register_admin_menu_item")
def filings_item() -> MenuItem:
    return _FilingsItem("年度报告", reverse("filings_start"), name="filings", icon_name="doc-full-inverse", order=310)


@hooks.register("construct_homepage_panels")
def filings_panels(request: HttpRequest, panels: list[Any]) -> None:
    """What waits in the annual reports, and by when."""
    panels += home_panels(request)
