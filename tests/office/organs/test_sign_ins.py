"""The record of signing in: who reads which part of it, what it tells, and that a copy is noted."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from gongkai.office.organs.models import Person

from .. import builders
from .conftest import person

ADDRESS = "/office/organs/audit/sign-ins/"


def sign_in(username, password=builders.PASSWORD):
    client = Client()
    client.post("/office/login/", {"username": username, "password": password})
    return client


@pytest.fixture
def auditor(district):
    return person(district.market, "shenji", "audit_admin")


@pytest.fixture
def whole(district):
    return person(district.government, "qu-shenji", "audit_admin")


@pytest.fixture(autouse=True)
def signed_in(district, auditor, whole):
    """Somebody of the market regulator who came and left, somebody of another organ who failed, somebody unknown."""
    for organ, username in ((district.market, "jingban"), (district.commerce, "shangwu")):
        one = person(organ, username, "clerk")
        one.set_password(builders.PASSWORD)
        one.save()
    sign_in("jingban").post("/office/logout/")
    sign_in("shangwu", "wrong")
    sign_in("=nobody", "wrong")


def rows(reader, **sought):
    """User name, name, result, and whether they signed out; without the reader's own."""
    text = builders.client_of(reader).get(f"{ADDRESS}export/", sought).content.decode("utf-8-sig")
    found = [(one[1], one[2], one[3], bool(one[5])) for one in csv.reader(io.StringIO(text))][1:]
    return [one for one in found if one[0] != reader.username]


def test_the_auditor_of_one_organ_reads_of_its_accounts_only(auditor):
    assert rows(auditor) == [("jingban", "人员jingban", "登录成功", True)]


def test_the_auditor_at_the_top_reads_of_all_and_of_names_that_no_account_has(whole):
    assert sorted(rows(whole)) == [
        ("'=nobody", "（没有这个账号）", "登录失败", False),
        ("jingban", "人员jingban", "登录成功", True),
        ("shangwu", "人员shangwu", "登录失败", False),
    ]


def test_it_can_be_looked_for_by_result_name_and_day(whole):
    assert {one[0] for one in rows(whole, result="failed")} == {"shangwu", "'=nobody"}
    assert {one[0] for one in rows(whole, person="人员jing")} == {"jingban"}
    assert rows(whole, last="2020-01-01") == []


def test_five_failures_show_that_signing_in_was_stopped(whole):
    for _ in range(5):
        sign_in("shangwu", "wrong")
    assert "登录失败，已暂停登录" in {one[2] for one in rows(whole, person="shangwu")}


def test_the_page_says_the_same_and_is_found_from_the_audit_log(whole):
    browser = builders.client_of(whole)
    page = browser.get(ADDRESS).content.decode()
    assert "登录成功" in page and "✗ 登录失败" in page and "127.0.0.1" in page
    assert ADDRESS in browser.get("/office/organs/audit/").content.decode()


def test_taking_a_copy_is_noted_and_who_audits_nothing_gets_none(auditor, district):
    rows(auditor)
    assert ModelLogEntry.objects.filter(action="organs.sign_ins.export", user=auditor).exists()
    clerk = Person.objects.get(username="jingban")
    assert builders.client_of(clerk).get(ADDRESS).status_code == 403
    assert builders.client_of(clerk).get(f"{ADDRESS}export/").status_code == 403
