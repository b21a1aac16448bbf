"""A notice that comes after the program was made moves the open cases' dates, and no others."""

from datetime import date

import pytest

from gongkai.law.terms import LawError
from gongkai.office.calendars import calendar
from gongkai.office.cases.holidays import load_local, load_notice
from gongkai.office.cases.models import Case, LoadedNotice
from gongkai.office.cases.verify import verify
from gongkai.office.organs.actions import set_limits
from gongkai.office.organs.models import Organ

from ..builders import make_case, make_organ, make_person, take

pytestmark = pytest.mark.django_db

NOTICE_2044 = """
year = 2044
holidays = [{ name = "元旦", first = 2044-01-01, last = 2044-01-03 }]
"""

NOTICE = """
year = 2045
number = "国办发明电〔2044〕1号"
holidays = [{ name = "元旦", first = 2044-12-31, last = 2045-01-03, worked = [2045-01-07] }]
"""
"""An invented notice: Sunday 1 January 2045 off with the Monday and Tuesday after it, Saturday the 7th worked."""

RECEIVED, AS_OF = date(2044, 12, 12), date(2044, 12, 13)


def received(organ=None, **fields):
    return make_case(organ, received=RECEIVED, as_of=AS_OF, **fields)


def stored(case) -> tuple[date | None, bool]:
    found = Case.objects.get(pk=case.pk)
    return found.due, found.provisional


def test_loading_a_notice_moves_the_dates_of_open_cases():
    """Fourteen working days are left of December; without a notice only Sunday 1 January would be off."""
    case = received()
    assert stored(case) == (date(2045, 1, 9), True)
    load_notice(NOTICE_2044, source="gov.cn", actor=None)
    assert load_notice(NOTICE, source="gov.cn", actor=None) == 1
    assert stored(case) == (date(2045, 1, 10), False)
    assert list(verify(Organ.objects.all())) == []


def test_a_corrected_notice_replaces_the_earlier_one():
    case = received()
    load_notice(NOTICE, source="gov.cn", actor=None)
    load_notice(
        NOTICE.replace("worked = [2045-01-07]", "worked = [2045-01-07, 2045-01-08]"), source="gov.cn", actor=None
    )
    assert stored(case)[0] == date(2045, 1, 9)


def test_closed_cases_keep_their_dates():
    clerk = make_person("office_head")
    case = received(clerk.holdings.get().organ, actor=clerk)
    take(case, "registration_cancelled", AS_OF, actor=clerk, as_of=AS_OF, reason="登记了两次")
    before = stored(case)
    assert load_notice(NOTICE, source="gov.cn", actor=None) == 0
    assert stored(case) == before


def test_a_mistaken_notice_is_refused_and_changes_nothing():
    case = received()
    with pytest.raises(LawError, match="不是周六、周日"):
        load_notice(NOTICE.replace("2045-01-07", "2045-01-06"), source="gov.cn", actor=None)
    assert not LoadedNotice.objects.exists()
    assert stored(case) == (date(2045, 1, 9), True)


def test_a_local_holiday_holds_in_its_region_only():
    text = 'name = "三月三"\nbasis = "自治区人民政府规定"\ndays = [2044-12-20, 2044-12-21]'
    here, there = make_organ(calendar_region="广西"), make_organ()
    cases = [received(here), received(there)]
    assert load_local("广西", text, source="gov.cn", actor=None) == 1
    assert [stored(case)[0] for case in cases] == [date(2045, 1, 11), date(2045, 1, 9)]
    assert not calendar(here).is_working(date(2044, 12, 20))
    assert calendar(there).is_working(date(2044, 12, 20))


def test_a_time_limit_that_an_organ_sets_holds_for_its_open_cases_at_once():
    """Another organ is asked on 29 September 2026: fifteen working days stop the clock until 26 October, ten until the 19th."""
    clerk = make_person("clerk")
    organ, as_of = clerk.holdings.get().organ, date(2026, 12, 1)
    case = make_case(organ, received=date(2026, 9, 18), actor=clerk, as_of=as_of)
    asked = {"whom": "other_organ", "name": "区档案馆", "matter": "清单", "received_on": "2026-09-29"}
    take(case, "consulted", date(2026, 9, 29), actor=clerk, as_of=as_of, **asked)
    assert stored(case)[0] == date(2026, 11, 12)
    set_limits(organ, {"other_organ": 10}, by=make_person("system_admin", organ), today=as_of)
    assert stored(case)[0] == date(2026, 11, 5)
    assert list(verify(Organ.objects.all())) == []
