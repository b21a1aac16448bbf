"""The back office without JavaScript: a clerk finds the way by the plain menu, writes, sees what was saved, and signs out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from .seeing import Reader


def menu(reader: Reader) -> Locator:
    return reader.page.get_by_role("navigation", name="主菜单")


def by_menu(reader: Reader, name: str) -> Reader:
    menu(reader).get_by_role("link", name=name, exact=True).click()
    reader.page.wait_for_load_state("load")
    return reader.look()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_clerk_works_without_scripts(width: int, reader: Callable[..., Reader]) -> None:
    clerk = reader("zjj-jingban", width=width, scripts=False)
    assert menu(clerk).is_visible() and "浏览器没有启用脚本" not in clerk.text

    by_menu(clerk, "收件箱").page.locator("main table a").first.click()
    clerk.look().click("备注").fill("内容", f"已电话告知，窗口宽 {width}。").send("备注")
    assert clerk.page.get_by_role("status").filter(has_text="备注").is_visible()
    assert f"已电话告知，窗口宽 {width}。" in clerk.text

    by_menu(clerk, "年度报告").page.locator("main table a").first.click()
    assert "年度报告" in clerk.look().page.locator("h1").inner_text() and "/filings/" in clerk.page.url

    menu(clerk).get_by_role("button", name="退出登录").click()
    clerk.page.wait_for_url("**/office/login/**")
    clerk.open("/office/cases/")
    assert "/login/" in clerk.page.url


def test_the_sidebar_is_the_only_menu_where_scripts_run(reader: Callable[..., Reader]) -> None:
    clerk = reader("zjj-jingban")
    clerk.page.get_by_role("link", name="收件箱").first.wait_for()
    assert clerk.page.locator(".plain-menu").count() == 0
