"""The screens: what they show to whom, what they refuse beside which field, and what they leave behind."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from gongkai.office.cases.models import LoadedNotice
from gongkai.office.cases.numbers import next_letter_number
from gongkai.office.clock import today
from gongkai.office.organs import accounts, actions
from gongkai.office.organs.authority import note
from gongkai.office.organs.models import Organ, Person
from gongkai.office.organs.queries import roles_in
from gongkai.office.organs.views.calendar import as_toml

from .. import builders
from .conftest import person

BASE = "/office/organs"


@pytest.fixture
def system(district) -> Client:
    return builders.client_of(district.system)


@pytest.fixture
def security(district) -> Client:
    return builders.client_of(district.security)


def test_the_tree_shows_an_administrator_what_the_role_reaches(district):
    whole = builders.client_of(district.system).get(f"{BASE}/").content.decode()
    local = builders.client_of(district.local_system).get(f"{BASE}/").content.decode()
    assert "云溪区商务局" in whole
    assert "云溪区商务局" not in local
    assert "云溪区市场监督管理局" in local


def test_the_tree_of_an_earlier_day_has_the_organs_and_names_of_that_day(district, system):
    actions.merge_organs([district.commerce], district.market, day=today(), by=district.system, today=today())
    actions.rename_organ(district.market, "云溪区市场局", since=today(), by=district.system, today=today())
    before = system.get(f"{BASE}/", {"day": (today() - timedelta(1)).isoformat()}).content.decode()
    now = system.get(f"{BASE}/").content.decode()
    assert "云溪区商务局" in before
    assert "云溪区市场监督管理局" in before
    assert "云溪区商务局" not in now
    assert "云溪区市场局" in now


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_is_kept(district, system):
    response = system.post(f"{BASE}/at/market/contact/", {"postcode": "12", "address": "学府路1号"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "邮政编码应当是六位数字。" in page
    assert 'href="#id_postcode"' in page
    assert 'value="学府路1号"' in page
    assert 'value="12"' in page


def test_an_administrator_of_one_organ_merges_nothing_into_another(district):
    client = builders.client_of(district.local_system)
    response = client.post(f"{BASE}/at/market/merge/", {"successor": district.commerce.pk, "day": today().isoformat()})
    assert response.status_code == 422
    district.market.refresh_from_db()
    assert district.market.until is None


def test_a_new_account_gets_a_password_that_must_be_changed_first(district, security):
    page = security.post(f"{BASE}/at/market/people/add/", {"username": "xinren", "name": "新人"})
    made = Person.objects.get(username="xinren")
    accounts.grant_role(made, "clerk", district.market, since=today(), by=None, today=today())
    given = next(text for text in page.content.decode().split("strong>") if text.count("-") == 3).removesuffix("</")
    client = Client()
    client.force_login(made, "django.contrib.auth.backends.ModelBackend")
    assert made.check_password(given)
    assert client.get(f"{BASE}/substitutes/").headers["Location"] == f"{BASE}/password/"
    wrong = client.post(f"{BASE}/password/", {"old": given, "new": "xinren", "again": "xinren"})
    assert wrong.status_code == 422
    chosen = "Qingxi-ban-2031"
    assert client.post(f"{BASE}/password/", {"old": given, "new": chosen, "again": chosen}).status_code == 302
    assert client.get(f"{BASE}/substitutes/").status_code == 200


def test_granting_a_role_on_the_screen(district, security):
    made = person(district.market, "renyuan")
    asked = {"username": "renyuan", "role": "handler", "division": "", "since": today().isoformat()}
    refused = security.post(f"{BASE}/at/market/roles/grant/", asked)
    assert "请选择内设机构" in refused.content.decode()
    security.post(f"{BASE}/at/market/roles/grant/", {**asked, "role": "clerk"})
    assert roles_in(made, district.market, today()) == {"clerk"}


def test_everybody_names_a_substitute_for_the_own_role(district):
    head, other = person(district.market, "fuzeren", "office_head"), person(district.market, "daili")
    client = builders.client_of(head)
    last = today() + timedelta(3)
    asked = {"person": other.pk, "since": today().isoformat(), "until": last.isoformat()}
    client.post(f"{BASE}/substitutes/{head.holdings.get().pk}/name/", asked)
    assert roles_in(other, district.market, last) == {"office_head"}
    client.post(f"{BASE}/substitutes/{other.holdings.get().pk}/end/")
    assert roles_in(other, district.market, today()) == frozenset()


def test_the_audit_log_is_read_for_the_organs_it_is_held_for(district):
    actions.set_contact(district.market, {"address": "学府路1号"}, by=district.system, today=today())
    actions.set_contact(district.commerce, {"address": "学府路2号"}, by=district.system, today=today())
    local = builders.client_of(person(district.market, "shenji", "audit_admin"))
    page = local.get(f"{BASE}/audit/").content.decode()
    assert "学府路1号" in page
    assert "学府路2号" not in page
    whole = builders.client_of(person(district.government, "qu-shenji", "audit_admin"))
    assert "学府路2号" in whole.get(f"{BASE}/audit/", {"action": "organs.contact"}).content.decode()


@pytest.mark.parametrize(
    ("action", "detail", "shown"),
    [
        ("interchange.export", {"names": True}, "写入姓名：是"),
        ("cases.letter", {"letter": "extension_notice"}, "文书：政府信息公开申请延期答复告知书"),
        ("registers.figure.enter", {"kind": "licences", "use": "compare"}, "事项：行政许可；用途：只作核对"),
        ("registers.fact.add", {"item": "trainings"}, "项目：组织培训（场）"),
        (
            "organs.powers",
            {"changes": {"kind": {"old": "department", "new": "township"}}},
            "原为：政府部门；改为：乡镇人民政府",
        ),
        ("organs.role.grant", {"role": "clerk", "since": "2026-01-05"}, "角色：经办人；起始：2026年1月5日"),
    ],
)
def test_the_audit_log_tells_every_detail_in_words(district, action, detail, shown):
    note(district.market, action, district.system, district.market, **detail)
    page = builders.client_of(person(district.market, "shenji", "audit_admin")).get(f"{BASE}/audit/")
    assert page.status_code == 200 and shown in page.content.decode()


@pytest.mark.parametrize(
    ("action", "detail"), [("organs.contact", "holdings"), ("organs.contact", "item"), ("no.action", "year")]
)
def test_nothing_is_logged_that_the_log_has_no_words_for(district, action, detail):
    with pytest.raises(LookupError):
        note(district.market, action, district.system, district.market, **{detail: 3})


def test_an_exported_log_runs_no_formula_and_is_logged_itself(district):
    actions.add_leader(district.market, kind="principal", name="=1+1", since=today(), by=None, today=today())
    auditor = person(district.market, "shenji", "audit_admin")
    text = builders.client_of(auditor).get(f"{BASE}/audit/export/").content.decode("utf-8-sig")
    assert "登记负责人" in text
    assert not any(cell.startswith("=") for line in text.splitlines() for cell in line.split(","))
    assert ModelLogEntry.objects.filter(action="organs.audit.export", user=auditor).exists()


NOTICE = """国务院办公厅关于2034年部分节假日安排的通知
国办发明电〔2033〕9号
一、元旦：1月1日（周日）至1月2日（周一）放假，共2天。
"""


def test_a_notice_is_shown_before_it_is_loaded(district, system):
    asked = {"text": NOTICE, "source": "中国政府网"}
    preview = system.post(f"{BASE}/calendar/load/", asked).content.decode()
    assert "国务院办公厅关于2034年部分节假日安排的通知" in preview
    assert not LoadedNotice.objects.exists()
    system.post(f"{BASE}/calendar/load/", {**asked, "confirmed": "1"})
    assert LoadedNotice.objects.get().year == 2034


def test_a_notice_that_cannot_be_read_says_why_beside_the_field(district, system):
    response = system.post(f"{BASE}/calendar/load/", {"text": "放假", "source": "来源"})
    assert response.status_code == 422
    assert "请粘贴通知全文" in response.content.decode()


def test_a_notice_is_kept_as_it_was_read():
    from gongkai.law.calendar import Holiday, YearRecord, parse_year

    record = YearRecord(
        2034, (Holiday("元旦", date(2034, 1, 1), date(2034, 1, 2), (date(2033, 12, 31),)),), "国办发明电〔2033〕9号"
    )
    assert parse_year(as_toml(record)) == record


def test_an_installation_starts_with_three_administrators(db):
    out = io.StringIO()
    asked = [
        "--code",
        "yunxi",
        "--name",
        "云溪区人民政府",
        "--short-code",
        "云政",
        "--system",
        "a1:甲",
        "--security",
        "a2:乙",
    ]
    call_command("start", *asked, "--audit", "a3:丙", stdout=out)
    organ = Organ.objects.get()
    held = {one.username: roles_in(one, organ, today()) for one in Person.objects.all()}
    assert held == {"a1": {"system_admin"}, "a2": {"security_admin"}, "a3": {"audit_admin"}}
    assert out.getvalue().count("一次性密码") == 3
    with pytest.raises(CommandError):
        call_command("start", *asked, "--audit", "a3:丙", stdout=out)


def test_the_screen_of_numbering_speaks_of_places_in_chinese_and_keeps_what_is_set(district):
    browser = builders.client_of(district.local_system)
    address = reverse("organs_powers", args=[district.market.code])
    text = browser.get(address).content.decode()
    field = re.search(r'(?s)<input[^>]*name="number_template"[^>]*>.*?</div>', text)[0]
    assert "{机关代字}{文种}〔{年份}〕{序号}号" in field and not re.search(r"\{[a-z]", field)
    assert "不带“公”字" in text
    form = {
        "kind": "department",
        "short_code": "云市监",
        "number_template": "{机关代字}〔{年份}〕第{序号}号",
        "court": "",
    }
    assert browser.post(address, form).status_code == 302
    district.market.refresh_from_db()
    assert next_letter_number(district.market, "公复", 2026) == "云市监〔2026〕第1号"
    refused = browser.post(address, {**form, "number_template": "{code}〔{年份}〕{序号}号"}).content.decode()
    assert "不认识 {code}" in refused
