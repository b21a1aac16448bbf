"""Puts taking reports in into the back office, and what is done there into the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from ..clock import today
from ..filings.needs import FILING_WRITERS
from ..organs.queries import organs_with
from .urls import office_patterns


class _IntakeItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(organs_with(request.user, FILING_WRITERS, today()))


@hooks.register("register_admin_urls")
def intake_urls() -> list[object]:
    return [path("intake/", include(office_patterns))]


@hooks.register("register_admin_menu_item")
def intake_item() -> MenuItem:
    return _IntakeItem("接收报告", reverse("intake_start"), name="intake", icon_name="download", order=315)


@hooks.register("register_log_actions")
def intake_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("intake.upload", "上传机关报送的报告", "上传了机关报送的报告")
    actions.register_action("intake.place", "选定报告的机关和年度", "选定了报告的机关和年度")
    actions.register_action("intake.drop", "不接收一份文件", "设为不接收一份文件")
    actions.register_action("intake.back", "恢复一份文件", "恢复了一份文件")
    actions.register_action("intake.compare", "与原件核对数据", "与原件核对了数据")
    actions.register_action("intake.take", "接收一份报告", "接收了一份报告")
    actions.register_action("intake.close", "结束一批文件", "结束了一批文件")
    actions.register_action("intake.original", "下载报告的原件", "下载了报告的原件")
