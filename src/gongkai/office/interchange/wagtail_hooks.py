"""Puts the ledger's export and import into the back office, and what is done there into the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..clock import today
from ..organs.logged import logs
from ..organs.queries import organs_with
from .urls import office_patterns
from .views import EXPORTERS


class _InterchangeItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(organs_with(request.user, EXPORTERS, today()))


@hooks.register("register_admin_urls")
def interchange_urls() -> list[object]:
    return [path("interchange/", include(office_patterns))]


@hooks.register("register_admin_menu_item")
def interchange_item() -> MenuItem:
    return _InterchangeItem("导入导出", reverse("interchange_start"), name="interchange", icon_name="upload", order=400)


logs(
    "interchange",
    {
        "export": "导出台账",
        "upload": "上传待导入的台账",
        "import": "导入台账",
    },
    {
        "names": "写入姓名",
    },
)
