"""Puts the registers into the back office, and what is done there into the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from ..clock import today
from ..filings.needs import FILING_READERS
from ..organs.queries import organs_with
from .urls import office_patterns


class _RegistersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(organs_with(request.user, FILING_READERS, today()))


@hooks.register("register_admin_urls")
def registers_urls() -> list[object]:
    return [path("registers/", include(office_patterns))]


@hooks.register("register_admin_menu_item")
def registers_item() -> MenuItem:
    return _RegistersItem("登记簿", reverse("registers_start"), name="registers", icon_name="list-ul", order=305)


@hooks.register("register_log_actions")
def registers_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("registers.document.add", "登记文件", "登记了文件")
    actions.register_action("registers.document.correct", "更正文件的登记", "更正了文件的登记")
    actions.register_action("registers.document.withdraw", "撤回文件的登记", "撤回了文件的登记")
    actions.register_action("registers.confirmation", "登记文件数量的确认", "登记了文件数量的确认")
    actions.register_action("registers.figure.enter", "填报处理决定数量和收费", "填报了处理决定数量和收费")
    actions.register_action("registers.figure.withdraw", "撤回处理决定数量和收费", "撤回了处理决定数量和收费")
    actions.register_action("registers.figure.use", "说明几个来源的关系", "说明了几个来源的关系")
    actions.register_action("registers.fact.add", "登记年度情况", "登记了年度情况")
    actions.register_action("registers.medium.add", "登记公开渠道", "登记了公开渠道")
    actions.register_action("registers.problem.add", "登记问题和改进", "登记了问题和改进")
    actions.register_action("registers.entry.withdraw", "撤回年度情况的登记", "撤回了年度情况的登记")
    actions.register_action("registers.import.upload", "上传待导入的表格", "上传了待导入的表格")
    actions.register_action("registers.import", "导入登记簿", "导入了登记簿")
    actions.register_action("registers.import.abandon", "放弃导入登记簿", "放弃了导入登记簿的文件")
