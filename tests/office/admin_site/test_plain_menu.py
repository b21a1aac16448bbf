"""The menu of a browser without scripts holds what the sidebar of the same person holds, which scripts draw."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from lxml import html
from lxml.html import HtmlElement

from gongkai.office.organs.wagtail_hooks import RoleMenuItem

ROLES = ("clerk", "handler", "approver", "supervisor", "system_admin", "security_admin", "audit_admin")


def plain_menu(page: HtmlElement) -> HtmlElement:
    (menu,) = page.xpath("//noscript//nav[@aria-label='主菜单']")
    return menu


def of_sidebar(page: HtmlElement) -> list[tuple[str, str]]:
    """Label and address of what Wagtail's script is told to draw."""
    (told,) = page.xpath("//script[@id='wagtail-sidebar-props']")
    items: list[tuple[str, str]] = []

    def gather(one: Any) -> None:
        if isinstance(one, dict):
            if "label" in one and ("url" in one or "action" in one):
                items.append((one["label"], one.get("url") or one["action"]))
            one = list(one.values())
        for inner in one if isinstance(one, list) else ():
            gather(inner)

    gather(json.loads(told.text))
    return items


@pytest.mark.parametrize("role", ROLES)
def test_the_plain_menu_holds_what_the_sidebar_holds(role, make_person, client_of):
    page = html.document_fromstring(client_of(make_person(role)).get("/office/organs/").content.decode())
    menu = plain_menu(page)
    links = [(one.text_content().strip(), one.get("href")) for one in menu.iter("a")]
    (form,) = menu.iter("form")
    leaving = (form.find(".//button").text_content().strip(), form.get("action"))
    assert [*links, leaving] == [("首页", "/office/"), *of_sidebar(page)]
    assert ("机关", "/office/organs/") in links and leaving == ("退出登录", "/office/logout/")


def test_what_one_role_may_not_open_is_in_no_menu_of_its(make_person, client_of):
    shown = {
        role: plain_menu(
            html.document_fromstring(client_of(make_person(role)).get("/office/").content.decode())
        ).text_content()
        for role in ("clerk", "audit_admin")
    }
    assert "收件箱" in shown["clerk"] and "审计日志" not in shown["clerk"]
    assert "收件箱" not in shown["audit_admin"] and "审计日志" in shown["audit_admin"]


@pytest.mark.parametrize(
    ("address", "marked"),
    [("/office/", ["首页"]), ("/office/organs/calendar/", ["工作日历"]), ("/office/account/", ["账号"])],
)
def test_the_part_one_is_in_is_marked(address, marked, make_person, client_of):
    page = html.document_fromstring(client_of(make_person("clerk")).get(address).content.decode())
    assert [one.text_content() for one in plain_menu(page).iter("a") if one.get("aria-current")] == marked


def test_one_signs_out_by_the_form_of_the_menu(make_person):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_person("clerk"))
    (form,) = plain_menu(html.document_fromstring(browser.get("/office/").content.decode())).iter("form")
    assert browser.post(form.get("action"), dict(form.fields)).status_code == 302
    assert "login" in browser.get("/office/").headers["Location"]


def test_one_who_is_not_signed_in_sees_no_menu(client, db):
    assert "plain-menu" not in client.get("/office/login/").content.decode()


def test_the_menus_of_a_page_are_found_once(make_person, client_of, monkeypatch):
    """The sidebar's, the plain one and the list on the first page."""
    asked: Counter[str] = Counter()
    is_shown = RoleMenuItem.is_shown

    def counted(item, request):
        asked[item.name] += 1
        return is_shown(item, request)

    monkeypatch.setattr(RoleMenuItem, "is_shown", counted)
    client_of(make_person("clerk")).get("/office/")
    assert asked and set(asked.values()) == {1}


def test_the_account_page_shows_its_fields_without_a_script(staff):
    page = html.document_fromstring(staff.get("/office/account/").content.decode())
    (form,) = page.xpath("//main//form[@method='post']")
    assert form.xpath(".//input[@type='radio'] | .//select")
    assert not form.xpath(".//*[@hidden]//input | .//*[@hidden]//select")
