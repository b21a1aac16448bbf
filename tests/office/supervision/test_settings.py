"""The district's own rules: earlier days with their basis, never later than the law, and what was changed in the audit log."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from gongkai.law.calendar import national_calendar
from gongkai.law.filing import due_of
from gongkai.office.filings.models import DistrictRules
from gongkai.office.filings.rules import dates_of

from ..builders import client_of
from ..filings import ways

pytestmark = pytest.mark.django_db

SOUND = {
    "acceptance": "before",
    "townships": "on",
    "remind_before": "3",
    "overview_length": "",
    "basis": "云政办发〔2025〕54号",
}


@pytest.fixture
def place(db):
    return ways.district()


def _set(place, person="supervisor", **changes):
    where = reverse("supervision_settings", args=[place.government.code])
    return client_of(place.people[person]).post(where, {**SOUND, **changes})


def test_earlier_days_count_from_now_on_and_the_change_is_logged(place):
    filing = ways.begun(place)
    assert _set(place, day_submitted="1月26日").status_code == 302
    rules = DistrictRules.objects.get()
    assert rules.days == {"submitted": "01-26"}
    due = due_of("sent", dates_of(filing), national_calendar(), ways.DAY)
    assert (due.day, due.article) == (date(2026, 1, 26), "云政办发〔2025〕54号")
    entry = ModelLogEntry.objects.get(action="supervision.rules")
    assert entry.user == place.people["supervisor"]
    assert entry.data["changes"]["days"] == [{}, {"报送主管部门": "01-26"}]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day_submitted": "02-01"}, "不能晚于法定日期1月31日"),
        ({"day_government_published": "04-01"}, "不能晚于法定日期3月31日"),
        ({"day_sent": "01-20", "day_submitted": "01-18"}, "不能早于前面一步"),
        ({"day_sent": "下周"}, "请写成月和日"),
        ({"day_sent": "01-20", "basis": ""}, "请写明作出规定的文件"),
        ({"remind_before": "99"}, "不能超过60个工作日"),
    ],
)
def test_what_is_later_than_the_law_or_without_a_basis_is_refused(place, changes, words):
    answer = _set(place, **changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not DistrictRules.objects.exists()


def test_only_who_supervises_the_government_sets_its_rules(place):
    assert _set(place, "clerk").status_code == 404
    assert not DistrictRules.objects.exists()
