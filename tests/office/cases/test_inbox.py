"""The inbox says of a case what its page says; the form of a step says what to look out for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongkai.office.calendars import calendar
from gongkai.office.cases import inbox
from gongkai.office.cases.desk import desk_of
from gongkai.office.clock import today

from .. import builders

pytestmark = pytest.mark.django_db

ASKED = date(2026, 11, 12)


def on(case, clerk, day):
    """The due day of the case in the inbox and on its page."""
    where = inbox.place_of(clerk, case.organ, calendar(case.organ), day)
    (row,) = inbox.rows(where, [case])
    return row.due, desk_of(case, clerk, frozenset({"clerk"}), day).clock.due


def test_while_an_opinion_is_awaited_the_inbox_and_the_page_name_one_day(make_organ):
    """Received on 2026-11-02, a third party asked on the 12th: 8 of 20 working days are over, 12 remain after the day it answers."""
    organ = make_organ()
    clerk = builders.make_person("clerk", organ)
    case = builders.make_case(organ, received=date(2026, 11, 2), as_of=ASKED)
    builders.take(
        case,
        "consulted",
        ASKED,
        actor=clerk,
        as_of=ASKED,
        whom="third_party",
        name="第三方甲",
        matter="报价",
        received_on="2026-11-12",
    )
    assert on(case, clerk, date(2026, 11, 20)) == (date(2026, 12, 8), date(2026, 12, 8))
    assert on(case, clerk, date(2026, 11, 22)) == (date(2026, 12, 8), date(2026, 12, 8))
    assert on(case, clerk, date(2026, 11, 23)) == (date(2026, 12, 9), date(2026, 12, 9))
    late_in = on(case, clerk, date(2026, 12, 9))  # the fifteen working days ended on 2026-12-03
    assert late_in == (date(2026, 12, 21), date(2026, 12, 21))


def test_the_form_of_a_late_notice_of_correction_says_that_it_is_late(make_organ):
    organ = make_organ()
    clerk = builders.make_person("clerk", organ)
    case = builders.make_case(organ, received=today() - timedelta(30))
    page = builders.client_of(clerk).get(reverse("cases_step", args=[organ.code, case.number, "correction_requested"]))
    assert page.status_code == 200 and "已超过7个工作日" in page.content.decode()
