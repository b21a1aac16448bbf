"""A notice that comes after the program was made, and a local holiday, move the open cases' dates, and no others."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from gongkai.law.calendar import LocalHoliday
from gongkai.law.terms import LawError
from gongkai.office.calendars import calendar, calendars
from gongkai.office.cases.holidays import add_local, load_notice, withdraw_local
from gongkai.office.cases.models import Case, LoadedNotice, LocalHolidays
from gongkai.office.cases.verify import verify
from gongkai.office.organs.actions import move_organ, set_limits
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


OFF = (date(2044, 12, 20), date(2044, 12, 21))
"""A Tuesday and a Wednesday."""

FESTIVAL = LocalHoliday("三月三", "自治区人民政府规定", OFF)


def add(organ, holiday=FESTIVAL):
    return add_local(organ, holiday, by=None, today=AS_OF)


def test_a_local_holiday_holds_for_the_organ_and_those_below_it_until_it_is_withdrawn():
    """Without it the twentieth working day is Monday 9 January; two days off make it the 11th."""
    government = make_organ(kind="government")
    here, beside = make_organ(parent=government), make_organ(kind="government")
    cases = [received(one) for one in (government, here, make_organ(kind="institution", parent=here), beside)]
    assert add(government) == 3
    assert [stored(case)[0].day for case in cases] == [11, 11, 11, 9]
    assert not calendar(here).is_working(OFF[0])
    assert calendar(beside).is_working(OFF[0])
    assert list(verify(Organ.objects.all())) == []
    assert withdraw_local(LocalHolidays.objects.get(), "登记有误", by=None, today=AS_OF) == 3
    assert [stored(case)[0].day for case in cases] == [9, 9, 9, 9]
    assert calendar(here).is_working(OFF[0])
    assert list(verify(Organ.objects.all())) == []


def test_an_organ_above_has_no_holiday_of_one_below():
    government = make_organ(kind="government")
    below = make_organ(parent=government)
    case = received(government)
    assert add(below) == 0
    assert stored(case)[0] == date(2045, 1, 9)


def test_a_saturday_worked_instead_takes_a_day_back():
    case = received()
    add(case.organ, replace(FESTIVAL, worked=(date(2044, 12, 17),)))
    assert stored(case)[0] == date(2045, 1, 10)


def test_the_calendars_of_many_organs_are_those_of_each_with_no_more_queries(django_assert_num_queries):
    organs = [make_organ(kind="government") for _ in range(4)]
    below = make_organ(parent=organs[0])
    add(organs[0])
    with django_assert_num_queries(3):
        found = calendars([*organs, below])
    assert [found[one.pk].is_working(OFF[1]) for one in (*organs, below)] == [False, True, True, True, False]


def test_an_organ_that_is_moved_has_the_holidays_of_where_it_goes():
    government = make_organ(kind="government")
    case = received(make_organ())
    add(government)
    move_organ(case.organ, parent=government, vertical=None, by=None, today=AS_OF)
    assert stored(case)[0] == date(2045, 1, 11)


def test_a_closed_case_keeps_its_date_when_a_local_holiday_comes():
    clerk = make_person("office_head")
    case = received(clerk.holdings.get().organ, actor=clerk)
    take(case, "registration_cancelled", AS_OF, actor=clerk, as_of=AS_OF, reason="登记了两次")
    before = stored(case)
    assert add(case.organ) == 0
    assert stored(case) == before


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"days": (date(2044, 12, 24), date(2044, 12, 25))}, "first", "本来就不上班"),
        ({"days": (date(2044, 12, 14),)}, "first", "“停水”重叠"),
        ({"days": (date(2047, 1, 2),)}, "first", "2042年至2046年"),
        ({"worked": (date(2044, 12, 19),)}, "worked", "2044年12月19日本来就是工作日"),
        ({"worked": (date(2044, 12, 10),)}, "worked", "“停水”重叠"),
        ({"worked": (date(2054, 12, 12),)}, "worked", "太远"),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_local_holiday_that_can_not_be_is_refused_beside_its_field(changed, field, why, above):
    """``above``: what it meets was entered for the government above, or for an organ below."""
    government = make_organ(kind="government")
    below = make_organ(parent=government)
    holder, asking = (government, below) if above else (below, government)
    add(holder, LocalHoliday("停水", "区政府通知", (date(2044, 12, 14),), (date(2044, 12, 10),)))
    with pytest.raises(ValidationError, match=why) as refused:
        add(asking, replace(FESTIVAL, **changed))
    assert set(refused.value.error_dict) == {field}
    assert LocalHolidays.objects.count() == 1


def test_what_was_withdrawn_may_be_entered_anew():
    organ = make_organ()
    add(organ)
    withdraw_local(LocalHolidays.objects.get(), "登记有误", by=None, today=AS_OF)
    assert not calendar(organ).local
    add(organ)
    assert calendar(organ).local == (FESTIVAL,)


def test_it_is_withdrawn_once_and_who_comes_second_is_told():
    organ = make_organ()
    add(organ)
    mine, theirs = LocalHolidays.objects.get(), LocalHolidays.objects.get()
    withdraw_local(theirs, "登记有误", by=None, today=AS_OF)
    first = LocalHolidays.objects.get().withdrawn_at
    with pytest.raises(ValidationError, match="已经由别人撤销"):
        withdraw_local(mine, "登记有误", by=None, today=AS_OF)
    assert LocalHolidays.objects.get().withdrawn_at == first


def test_a_name_with_quotation_marks_is_kept_as_it_was_typed():
    organ = make_organ()
    typed = replace(FESTIVAL, name='"三月三"\\节', basis='关于"三月三"的通知\n（一）')
    add(organ, typed)
    assert LocalHolidays.objects.get().holiday == typed


def test_only_a_system_administrator_of_the_organ_enters_and_withdraws():
    government = make_organ(kind="government")
    below = make_organ(parent=government)
    for person in (make_person("clerk", government), make_person("system_admin", below)):
        with pytest.raises(PermissionDenied):
            add_local(government, FESTIVAL, by=person, today=AS_OF)
    above = make_person("system_admin", government)
    add_local(below, FESTIVAL, by=above, today=AS_OF)
    with pytest.raises(PermissionDenied):
        withdraw_local(LocalHolidays.objects.get(), "", by=make_person("security_admin", government), today=AS_OF)


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
