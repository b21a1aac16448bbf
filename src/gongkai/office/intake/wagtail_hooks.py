"""Puts taking reports in into the back office, and what is done there into the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..clock import today
from ..filings.needs import FILING_WRITERS
from ..organs.logged import logs
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


logs(
    "intake",
    {
        "upload": "上传机关报送的报告",
        "place": "选定报告的机关和年度",
        "drop": "不接收一份文件",
        "back": "恢复一份文件",
        "compare": "与原件核对数据",
        "take": "接收一份报告",
        "close": "结束一批文件",
        "original": "下载报告的原件",
    },
    {
        "of": "报告的机关",
        "cells": "核对的数据项数",
        "corrected": "更正的数据项数",
        "version": "版本",
        "erased": "清除的文件数",
        "files": "文件数",
        "own": "本机关的报告",
    },
)
