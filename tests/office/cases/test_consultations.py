"""The opinions that an organ awaits: by when, what silence means, and asking for them again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.law.calendar import national_calendar
from gongkai.office.cases.record import RefusedStepError
from gongkai.office.clock import today

from ..builders import give_role, make_case, make_division, make_organ, make_person, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make_person("clerk")


@pytest.fixture
def organ(clerk):
    return clerk.holdings.get().organ


def listed(person, organ, client_of):
    answer = client_of(person).get(reverse("cases_consultations", args=[organ.code]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def consulted(organ, clerk, whom, name, **values):
    case = make_case(organ)
    asked = take(case, "consulted", actor=clerk, whom=whom, name=name, matter="是否同意公开。", **values)
    return case, asked


def shown(day):
    return f"{day.year}年{day.month}月{day.day}日"


def test_each_awaited_opinion_stands_with_its_day_and_what_silence_means(organ, clerk, client_of):
    consulted(organ, clerk, "third_party", "望海公司", received_on=today().isoformat())
    consulted(organ, clerk, "co_producer", "云溪区商务局")
    text = listed(clerk, organ, client_of)
    assert "共 2 次" in text
    assert shown(national_calendar().after(today(), 15)) in text
    assert "不等于同意" in text and "视为同意公开" in text and "签收未登记" in text


def test_an_opinion_that_came_in_is_no_longer_awaited(organ, clerk, client_of):
    case, asked = consulted(organ, clerk, "third_party", "望海公司")
    assert "望海公司" in listed(clerk, organ, client_of)
    take(case, "consultation_answered", actor=clerk, consultation=asked.number, opinion="agree")
    assert "没有等待答复的征求意见" in listed(clerk, organ, client_of)


def test_asking_again_is_noted_and_moves_no_day(organ, clerk, client_of):
    case, asked = consulted(organ, clerk, "third_party", "望海公司")
    before = (case.due, case.stopped_until, case.days_left)
    take(case, "consultation_reminded", actor=clerk, consultation=asked.number, way="telephone", content="请尽快答复。")
    assert (case.due, case.stopped_until, case.days_left) == before
    assert f"1次，最近{shown(today())}" in listed(clerk, organ, client_of)


def test_who_has_answered_is_not_asked_again(organ, clerk):
    case, asked = consulted(organ, clerk, "third_party", "望海公司")
    other = take(case, "consulted", actor=clerk, whom="third_party", name="望山公司", matter="是否同意公开。")
    take(case, "consultation_answered", actor=clerk, consultation=asked.number, opinion="agree")
    with pytest.raises(RefusedStepError, match="不用再催促"):
        take(case, "consultation_reminded", actor=clerk, consultation=asked.number, way="telephone", content="请答复。")
    take(case, "consultation_answered", actor=clerk, consultation=other.number, opinion="agree")
    with pytest.raises(RefusedStepError, match="没有等待答复的征求意见"):
        take(case, "consultation_reminded", actor=clerk, consultation=other.number, way="telephone", content="请答复。")


def test_a_division_sees_the_opinions_of_its_own_cases_only(organ, clerk, client_of):
    division = make_division(organ)
    mine, _ = consulted(organ, clerk, "third_party", "望海公司")
    consulted(organ, clerk, "third_party", "望山公司")
    due = (today() + timedelta(3)).isoformat()
    take(mine, "assigned", actor=clerk, division=division.key, matters="检索。", internal_due=due)
    text = listed(make_person("handler", division=division), organ, client_of)
    assert "望海公司" in text and "望山公司" not in text


def test_a_case_from_a_ledger_is_marked_and_no_screen_asks_for_the_mark(organ, clerk, client_of):
    browser = client_of(clerk)
    for case, marked in ((make_case(organ), False), (make_case(organ, imported=True), True)):
        page = browser.get(reverse("cases_case", args=[organ.code, case.number])).content.decode()
        assert ("从台账导入</span>" in page) is marked
    assert 'name="imported"' not in browser.get(reverse("cases_register", args=[organ.code])).content.decode()


def test_in_another_organ_the_list_is_not_found(organ, client_of):
    stranger = make_person("clerk")
    give_role(stranger, "reviewer", make_organ())
    assert client_of(stranger).get(reverse("cases_consultations", args=[organ.code])).status_code == 404
