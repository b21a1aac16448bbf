"""The end of the first page: the screens that one may open, each with what it is for, and the roles one holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem, SubmenuMenuItem, admin_menu
from wagtail.admin.ui.components import Component

from gongkai.law.roles import roles

from ..clock import today
from ..organs.queries import holdings

ABOUT: Mapping[str, str] = {
    "cases": "登记申请，按剩余工作日办理，审阅和批准。",
    "remedies": "登记行政复议和行政诉讼，看本机关提交材料的期限。",
    "figures": "年度报告的表三、表四，每个数字点开就是它的案件。",
    "registers": "规范性文件、处理决定数量和收费、年度情况，是年度报告表二和文字部分的来源。",
    "filings": "由登记的数据编制年度报告，撰写、核对、送审、报送、发布。",
    "intake": "接收机关以文件报送的年度报告，导入本机关以前的报告。",
    "supervision": "各机关年度报告的进展、催报、退回、汇总和比较。",
    "interchange": "导出工作台账，导入以前的登记表。",
    "organs": "机关、科室、负责人和各自的角色。",
    "people": "建立和停用账号，重设密码。",
    "lockouts": "输错密码被锁定的账号。",
    "substitutes": "外出、休假时请人代理自己的角色。",
    "calendar": "哪些天是工作日，放假安排公布和载入了没有。",
    "audit": "谁在什么时候做了什么。",
    "password": "修改自己的密码。",
}
"""What a screen of the menu is for, by the item's name."""


class StartPanel(Component):
    """The person's roles, and the items of their menu."""

    name, order = "start", 900
    template_name = "admin_site/start.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        day = today()
        held = [(str(one.organ), roles()[one.role].label, one.division) for one in holdings(self.request.user, day)]
        return {"duties": held, "screens": list(map(_screen, self._items()))}

    def _items(self) -> list[MenuItem]:
        items = admin_menu.menu_items_for_request(self.request)
        return sorted((one for one in items if not isinstance(one, SubmenuMenuItem)), key=lambda one: one.order)


def _screen(item: MenuItem) -> dict[str, str]:
    return {"label": item.label, "address": item.url, "about": ABOUT.get(item.name, "")}
