"""The screens of local holidays: entering one, what it does to the open cases, withdrawing it, and what the log tells."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from lxml import html

from gongkai.office.cases.models import Case, LocalHolidays

from .. import builders
from .conftest import District, person

BASE = "/office/organs"
ADD = f"{BASE}/calendar/at/yunxi/add/"
TODAY = date(2044, 12, 13)
TYPED = {
    "name": "三月三",
    "first": "2044-12-20",
    "last": "2044-12-21",
    "worked": "2044年12月17日",
    "document": "关于三月三放假的通知",
    "number": "云政办〔2044〕3号",
}
"""A Tuesday and a Wednesday off, the Saturday before worked: the twentieth working day is one day later."""


@pytest.fixture(autouse=True)
def _a_day_of_2044(monkeypatch):
    """So that the days can be counted by hand."""
    monkeypatch.setattr("gongkai.office.organs.views.local_holidays.today", lambda: TODAY)


@pytest.fixture
def system(district: District) -> Client:
    return builders.client_of(district.system)


@pytest.fixture
def case(district: District) -> Case:
    """Without a local holiday it is due on 9 January: fourteen working days from 13 December on, and six in January."""
    return builders.make_case(district.market, received=date(2044, 12, 12), as_of=TODAY)


def due(case: Case) -> date:
    return Case.objects.get(pk=case.pk).due


def told_of(answer, field: str) -> str:
    """What stands beside a field."""
    page = html.document_fromstring(answer.content.decode())
    return " ".join(one.text_content() for one in page.xpath(f"//*[@id='id_{field}_error']"))


def test_a_local_holiday_is_seen_before_it_counts_moves_the_date_and_moves_it_back(district, system, case):
    seen = system.post(ADD, TYPED).content.decode()
    assert "2044年12月20日至2044年12月21日，共 2 天" in seen and "云溪区市场监督管理局 1 件" in seen
    assert "2045年1月9日" in seen and "2045年1月10日" in seen
    assert due(case) == date(2045, 1, 9) and not LocalHolidays.objects.exists()

    done = system.post(ADD, {**TYPED, "confirmed": "1"}, follow=True).content.decode()
    assert "已登记“三月三”，重新计算了 1 件未办结案件的期限。" in done
    assert "关于三月三放假的通知（云政办〔2044〕3号）" in done and "2044年12月17日调休上班" in done
    assert due(case) == date(2045, 1, 10)

    withdrawing = f"{BASE}/calendar/at/yunxi/{LocalHolidays.objects.get().pk}/withdraw/"
    assert withdrawing in done
    assert "云溪区市场监督管理局 1 件" in system.post(withdrawing, {"reason": "日期登记有误"}).content.decode()
    assert due(case) == date(2045, 1, 10)
    back = system.post(withdrawing, {"reason": "日期登记有误", "confirmed": "1"}, follow=True).content.decode()
    assert "已撤销" in back and withdrawing not in back
    assert due(case) == date(2045, 1, 9)
    assert system.get(withdrawing).status_code == 404


def test_both_are_logged_in_words(district, system, case):
    system.post(ADD, {**TYPED, "confirmed": "1"})
    system.post(
        f"{BASE}/calendar/at/yunxi/{LocalHolidays.objects.get().pk}/withdraw/",
        {"reason": "日期登记有误", "confirmed": "1"},
    )
    page = (
        builders.client_of(person(district.government, "shenji", "audit_admin")).get(f"{BASE}/audit/").content.decode()
    )
    details = ("名称：三月三", "放假：2044年12月20日至2044年12月21日", "调休上班：2044年12月17日")
    for told in (*details, "依据：关于三月三放假的通知（云政办〔2044〕3号）"):
        assert page.count(told) == 2, told
    assert "登记地方放假" in page and "撤销地方放假" in page and "原因：日期登记有误" in page


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"last": "2044-12-19"}, "last", "早于第一日"),
        ({"last": "2045-02-20"}, "last", "连放 63 天"),
        ({"worked": "2044-12-19"}, "worked", "本来就是工作日"),
        ({"worked": "2044-12-17、2044-12-17"}, "worked", "写了两次"),
        ({"worked": "2044-12-20"}, "worked", "放假的日期以内"),
        ({"worked": "下周六"}, "worked", "“下周六”不是日期"),
        ({"worked": "2044-02-30"}, "worked", "“2044-02-30”不是日期"),
        ({"document": ""}, "document", "请填写依据的文件名称"),
        ({"name": ""}, "name", "请填写名称"),
        ({"first": "2044-12-17", "last": "2044-12-18", "worked": ""}, "first", "本来就不上班"),
    ],
)
def test_what_can_not_be_is_told_beside_its_field(changed, field, why, system):
    for confirmed in ({}, {"confirmed": "1"}):
        answer = system.post(ADD, {**TYPED, **changed, **confirmed})
        assert answer.status_code == 422
        assert why in told_of(answer, field)
        assert 'value="云政办〔2044〕3号"' in answer.content.decode()
    assert not LocalHolidays.objects.exists()


def test_days_that_are_entered_already_are_not_entered_again(system):
    system.post(ADD, {**TYPED, "confirmed": "1"})
    again = system.post(ADD, {**TYPED, "name": "暴雨停工", "worked": "", "confirmed": "1"})
    assert "与云溪区人民政府登记的“三月三”重叠" in told_of(again, "first")
    assert LocalHolidays.objects.count() == 1


def test_everybody_sees_the_days_that_count_where_they_work_and_who_may_not_has_no_button(district, system):
    system.post(ADD, {**TYPED, "confirmed": "1"})
    clerk = builders.client_of(person(district.market, "jingban", "clerk")).get(f"{BASE}/calendar/").content.decode()
    other = builders.client_of(builders.make_person("clerk")).get(f"{BASE}/calendar/").content.decode()
    local = builders.client_of(district.local_system).get(f"{BASE}/calendar/").content.decode()
    assert "三月三" in clerk and "/withdraw/" not in clerk and "/add/" not in clerk
    assert "三月三" not in other
    assert "/withdraw/" not in local and f"{BASE}/calendar/at/market/add/" in local


def test_a_button_to_load_the_national_notice_is_shown_to_who_may(district, system):
    assert f"{BASE}/calendar/load/" in system.get(f"{BASE}/calendar/").content.decode()
    local = builders.client_of(district.local_system)
    assert f"{BASE}/calendar/load/" not in local.get(f"{BASE}/calendar/").content.decode()
    assert local.get(f"{BASE}/calendar/load/").status_code in (403, 404)


def test_what_counts_stands_before_what_was_withdrawn(system):
    system.post(ADD, {**TYPED, "name": "登记错的", "confirmed": "1"})
    system.post(
        f"{BASE}/calendar/at/yunxi/{LocalHolidays.objects.get().pk}/withdraw/", {"reason": "登记有误", "confirmed": "1"}
    )
    system.post(ADD, {**TYPED, "confirmed": "1"})
    page = system.get(f"{BASE}/calendar/").content.decode()
    assert page.index("<strong>三月三</strong>") < page.index("<strong>登记错的</strong>")


def test_an_entry_is_withdrawn_only_under_its_own_organ(district, system):
    system.post(ADD, {**TYPED, "confirmed": "1"})
    entry = LocalHolidays.objects.get()
    assert (
        system.post(f"{BASE}/calendar/at/market/{entry.pk}/withdraw/", {"reason": "x", "confirmed": "1"}).status_code
        == 404
    )
