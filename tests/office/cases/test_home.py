"""The first page: what waits in each organ, and for whom it is shown."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from gongkai.office.calendars import calendar
from gongkai.office.clock import today
from gongkai.office.remedies.models import Remedy

from ..builders import give_role, make_organ, take

pytestmark = pytest.mark.django_db


def shown(person, client_of):
    answer = client_of(person).get("/office/")
    assert answer.status_code == 200
    return answer.content.decode()


def figure(text, organ, tab):
    """The number of a tab on the page, with the address that it leads to."""
    pattern = rf'href="(/office/cases/{organ.code}/\?tab={tab})"><span class="o-desk-number">(?:<span[^>]*>[^<]*</span>)?(\d+)'
    found = re.search(pattern, text)
    return found and (found[1], int(found[2]))


def received_before(organ, days):
    """A day so long ago that the answer is due ``days`` working days from today, below 0: was due."""
    lately = today()
    while calendar(organ).after(lately, 20) > today() + timedelta(days):
        lately -= timedelta(1)
    return lately


def test_each_organ_shows_what_waits_in_it_with_a_link_to_the_list(make_person, make_case, client_of):
    clerk = make_person("clerk")
    here = clerk.holdings.get().organ
    there = make_organ()
    give_role(clerk, "clerk", there)
    make_case(here, received=received_before(here, -10))
    make_case(here)
    make_case(there, channel="ordinary_post")
    text = shown(clerk, client_of)
    address, number = figure(text, here, "overdue")
    assert number == 1
    assert figure(text, here, "open")[1] == 2 and figure(text, here, "unassigned")[1] == 2
    assert figure(text, there, "overdue")[1] == 0 and figure(text, there, "unconfirmed")[1] == 1
    assert figure(text, here, "unconfirmed") is None, "what holds nothing is left out"
    assert client_of(clerk).get(address).content.decode().count('role="rowheader"') == 1


def test_a_case_five_working_days_before_its_day_counts_as_nearly_due_and_one_with_six_does_not(
    make_person, make_case, client_of
):
    clerk = make_person("clerk")
    organ = clerk.holdings.get().organ
    days = calendar(organ)
    for left in (5, 6):
        due, received = days.after(today(), left), today()
        while days.after(received, 20) != due:
            received -= timedelta(1)
        make_case(organ, received=received)
    assert figure(shown(clerk, client_of), organ, "near")[1] == 1


def test_a_division_sees_what_it_was_asked_and_by_when_until_it_has_answered(
    make_person, make_division, make_case, client_of
):
    mine, other = make_division(organ := make_organ(), "物业科"), make_division(organ, "法规科")
    handler, clerk = make_person("handler", division=mine), make_person("clerk", organ)
    case = make_case(organ)
    due = today() + timedelta(1)
    for division in (mine, other):
        take(case, "assigned", actor=clerk, division=division.key, matters="检索。", internal_due=due.isoformat())
    text = shown(handler, client_of)
    assert "待本科室反馈" in text and f"{due.year}年{due.month}月{due.day}日前反馈" in text
    assert "物业科）" in text and "法规科）" not in text
    take(case, "finding_returned", division=mine.key, finding="held", actor=handler)
    assert "待本科室反馈" not in shown(handler, client_of)


def test_an_answer_that_a_reconsideration_awaits_is_told_to_its_readers_only(make_person, client_of):
    clerk, stranger = make_person("clerk"), make_person("clerk")
    organ = clerk.holdings.get().organ
    Remedy.objects.create(
        organ=organ, kind="reconsideration", number="云政复〔2026〕8号", begun_on=today() - timedelta(60)
    )
    text = shown(clerk, client_of)
    assert "云政复〔2026〕8号" in text and "已逾期" in text
    assert "云政复〔2026〕8号" not in shown(stranger, client_of)


def test_a_supervisor_sees_how_many_are_overdue_in_each_organ_and_no_case(make_person, make_case, client_of):
    government = make_organ("云溪区人民政府", kind="government")
    office = make_organ("云溪区人民政府办公室", kind="office", parent=government)
    housing = make_organ("云溪区住房和城乡建设局", parent=government)
    outside = make_organ("临水区商务局")
    for organ in (housing, outside):
        make_case(organ, received=received_before(organ, -10))
    case = make_case(housing)
    text = shown(make_person("supervisor", office), client_of)
    row = re.search(r"住房和城乡建设局</a></th>\s*<td[^>]*>(\d+)</td>\s*<td[^>]*>(\d+)</td>", text)
    assert row and row.groups() == ("1", "2")
    assert "共逾期1件" in text
    assert "临水区商务局" not in text and case.description not in text


def test_who_only_administers_sees_no_cases(make_person, make_case, client_of):
    admin = make_person("system_admin")
    make_case(admin.holdings.get().organ)
    text = shown(admin, client_of)
    assert "o-desk" not in text and "所监督机关" not in text
