"""Puts supervision into the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..clock import today
from ..organs.queries import supervised
from .urls import office_patterns


class _SupervisionItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(supervised(request.user, today()))


@hooks.register("register_admin_urls")
def supervision_urls() -> list[object]:
    return [path("supervision/", include(office_patterns))]


@hooks.register("register_admin_menu_item")
def supervision_item() -> MenuItem:
    return _SupervisionItem("年报监督", reverse("supervision_board_start"), name="supervision", icon_name="group", order=320)
