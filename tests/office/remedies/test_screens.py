"""Screens of reconsiderations and lawsuits: registering one, what is due, and who may do what."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from gongkai.office.clock import today
from gongkai.office.remedies.models import Remedy

from ..builders import give_role


@pytest.fixture
def clerk(make_person):
    return make_person("clerk")


@pytest.fixture
def organ(clerk):
    return clerk.holdings.get().organ


@pytest.fixture
def screen(clerk, client_of):
    return client_of(clerk)


def sent(**more):
    return {"kind": "reconsideration", "number": "青政复〔2026〕8号", "begun_on": today().isoformat(), **more}


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def test_one_is_registered_and_the_list_tells_by_when_to_answer(screen, organ, clerk, make_case):
    case = make_case(organ)
    response = screen.post(reverse("remedies_add", args=(organ.code,)), sent(case_number=case.number))
    assert response.status_code == 302
    remedy = Remedy.objects.get()
    assert (remedy.organ, remedy.case) == (organ, case)
    assert ModelLogEntry.objects.filter(action="remedies.add", user=clerk).exists()
    text = page(screen.get(reverse("remedies_list", args=(organ.code,))))
    assert "待提交答复书" in text and "政府信息公开" not in text.split("待提交答复书")[0][-20:]
    assert case.number in text


def test_the_case_that_another_organ_registered_and_handed_over_is_linked_to_where_it_is(
    screen, organ, make_case, make_organ
):
    case = make_case(make_organ())
    case.handled_by = organ
    case.save()
    screen.post(reverse("remedies_add", args=(organ.code,)), sent(case_number=case.reference))
    text = page(screen.get(reverse("remedies_list", args=(organ.code,))))
    assert reverse("cases_case", args=(case.organ.code, case.number)) in text


def test_what_is_not_chosen_yet_is_said_in_words(screen, organ):
    text = page(screen.get(reverse("remedies_add", args=(organ.code,))))
    assert "---" not in text and "请选择" in text and "还没有审结" in text


def test_one_without_a_number_is_called_by_its_kind_and_day(organ):
    one = Remedy(organ=organ, kind="reconsideration", begun_on=date(2026, 7, 21))
    assert str(one) == "行政复议（2026年7月21日收到）"


def test_once_answered_it_is_no_longer_due(screen, organ):
    screen.post(reverse("remedies_add", args=(organ.code,)), sent(answered_on=today().isoformat()))
    assert "待提交答复书" not in page(screen.get(reverse("remedies_list", args=(organ.code,))))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "x"),
        ("begun_on", ""),
        ("begun_on", "2026-02-30"),
        ("begun_on", "TOMORROW"),
        ("case_number", "2026-9999"),
        ("result", "upheld"),
        ("number", "号" * 61),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(screen, organ, field, value):
    value = (today() + timedelta(1)).isoformat() if value == "TOMORROW" else value
    text = page(screen.post(reverse("remedies_add", args=(organ.code,)), sent(remark="请核对", **{field: value})))
    at = "closed_on" if field == "result" else field
    assert f'id="id_{at}_error"' in text
    assert "请核对" in text
    assert not Remedy.objects.exists()


def test_a_change_is_logged_with_what_was_changed(screen, organ):
    screen.post(reverse("remedies_add", args=(organ.code,)), sent())
    remedy = Remedy.objects.get()
    address = reverse("remedies_edit", args=(organ.code, remedy.pk))
    assert "答复" in page(screen.get(address))
    assert screen.post(address, sent(closed_on=today().isoformat(), result="upheld")).status_code == 302
    entry = ModelLogEntry.objects.get(action="remedies.edit")
    assert set(entry.data["changed"]) == {"审结日期", "审理结果"}


def test_a_refused_change_leaves_the_remedy_as_it_was(screen, organ, make_case):
    screen.post(reverse("remedies_add", args=(organ.code,)), sent(case_number=make_case(organ).number))
    remedy = Remedy.objects.get()
    screen.post(reverse("remedies_edit", args=(organ.code, remedy.pk)), sent(case_number="2026-9999", number="别的"))
    remedy.refresh_from_db()
    assert remedy.case is not None and remedy.number == "青政复〔2026〕8号"


def test_who_reads_only_sees_it_without_a_button_and_can_not_write(organ, screen, make_person, client_of):
    screen.post(reverse("remedies_add", args=(organ.code,)), sent())
    reader = client_of(make_person("approver", organ))
    address = reverse("remedies_edit", args=(organ.code, Remedy.objects.get().pk))
    assert ">保存<" not in page(reader.get(address))
    assert reader.post(address, sent()).status_code == 403
    assert reader.get(reverse("remedies_add", args=(organ.code,))).status_code == 403


def test_one_of_another_organ_is_not_found_even_with_a_role_in_both(clerk, screen, organ, make_organ):
    screen.post(reverse("remedies_add", args=(organ.code,)), sent())
    other = make_organ()
    give_role(clerk, "clerk", other)
    assert screen.get(reverse("remedies_edit", args=(other.code, Remedy.objects.get().pk))).status_code == 404
