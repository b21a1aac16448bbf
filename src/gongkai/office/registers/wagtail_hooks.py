"""Puts the registers into the back office, and what is done there into the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.law import decision_kinds
from gongkai.narrative import fact_item

from ..clock import today
from ..filings.needs import FILING_READERS
from ..organs.logged import Detail, logs
from ..organs.queries import organs_with
from .models import DecisionFigure
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


logs(
    "registers",
    {
        "document.add": "登记文件",
        "document.correct": "更正文件的登记",
        "document.withdraw": "撤回文件的登记",
        "confirmation": "登记文件数量的确认",
        "figure.enter": "填报处理决定数量和收费",
        "figure.withdraw": "撤回处理决定数量和收费",
        "figure.use": "说明几个来源的关系",
        "fact.add": "登记年度情况",
        "medium.add": "登记公开渠道",
        "problem.add": "登记问题和改进",
        "entry.withdraw": "撤回年度情况的登记",
        "import.upload": "上传待导入的表格",
        "import": "导入登记簿",
        "import.abandon": "放弃导入登记簿",
    },
    {
        "title": "文件名称",
        "kind": Detail("事项", lambda key: decision_kinds()[key].label),
        "item": Detail("项目", lambda key: fact_item(key).label),
        "use": Detail("用途", lambda use: DecisionFigure.Use(use).label),
        "amount": "数量",
        "months": "月份",
        "division": "承办机构",
        "value": "内容",
        "medium": "渠道",
        "published": "公开条数",
        "reads": "阅读量",
        "problem": "问题",
        "previous": "上年的问题",
        "entry": "登记的内容",
        "body": "确认的机关",
        "letter": "确认文件或者函件的编号",
        "figures": "数据",
    },
)
