"""Organs over time: names, places in the tree, merging and abolition."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from gongkai.office.clock import today
from gongkai.office.organs import actions
from gongkai.office.organs.models import Organ, OrganName
from gongkai.office.organs.queries import existing, heirs, leader_on, name_on, roles_in, subtree

from .. import builders
from .conftest import division, found, person

DAY = timedelta(1)


def test_a_renamed_organ_shows_the_old_name_on_an_old_day(district):
    actions.rename_organ(
        district.market, "云溪区市场监管局", since=date(2025, 7, 1), by=district.system, today=date(2025, 7, 1)
    )
    assert name_on(district.market, date(2025, 6, 30)) == "云溪区市场监督管理局"
    assert name_on(district.market, date(2025, 7, 1)) == "云溪区市场监管局"


def test_the_page_of_a_renamed_organ_lists_both_names(district):
    actions.rename_organ(district.market, "云溪区市场监管局", since=today(), by=district.system, today=today())
    page = builders.client_of(district.local_system).get("/office/organs/at/market/").content.decode()
    assert "云溪区市场监管局" in page
    assert "云溪区市场监督管理局" in page


def test_a_name_does_not_begin_before_the_one_in_use(district):
    with pytest.raises(ValidationError) as refused:
        actions.rename_organ(district.market, "新名", since=date(2019, 1, 1), by=None, today=today())
    assert list(refused.value.message_dict) == ["since"]


def test_two_names_never_hold_on_one_day(district):
    with pytest.raises(ValidationError):
        OrganName(organ=district.market, name="另一名称", since=date(2020, 1, 1)).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganName.objects.create(organ=district.market, name="另一名称", since=date(2020, 1, 1))


def test_two_organs_never_bear_one_name_on_one_day(district):
    with pytest.raises(ValidationError) as refused:
        actions.rename_organ(district.market, "云溪区商务局", since=today(), by=None, today=today())
    assert "name" in refused.value.message_dict


@pytest.mark.parametrize("relation", ["parent", "vertical", "successor"])
def test_no_organ_is_above_itself_however_long_the_line(district, relation):
    lower = found("street", "学府街道办事处", "township", district.government)
    lowest = found("station", "学府街道服务站", "institution", lower)
    setattr(district.government, relation, lowest)
    if relation == "vertical":
        lowest.vertical, lower.vertical = lower, district.government
        lower.save()
        lowest.save()
    if relation == "successor":
        for one, next_one in ((lowest, lower), (lower, district.government)):
            one.until, one.successor = date(2024, 12, 31), next_one
            one.save()
        district.government.until = date(2024, 12, 31)
    with pytest.raises(ValidationError) as refused:
        district.government.full_clean()
    assert relation in refused.value.message_dict


def test_a_department_is_below_a_government_and_not_below_a_department(district):
    with pytest.raises(ValidationError) as refused:
        actions.move_organ(district.commerce, parent=district.market, vertical=None, by=district.system, today=today())
    assert "parent" in refused.value.message_dict


def test_an_organ_may_be_in_a_vertical_system_beside_its_territory(district):
    city = found("city-market", "云州市市场监督管理局", "department", None)
    actions.move_organ(district.market, parent=district.government, vertical=city, by=None, today=today())
    assert [one.code for one in subtree(city, "vertical")] == ["city-market", "market"]
    assert "market" in [one.code for one in subtree(district.government)]


def test_only_the_installation_founds_an_organ_at_the_top(district):
    with pytest.raises(ValidationError):
        actions.found_organ(
            by=district.system,
            code="top",
            name="某市人民政府",
            kind="government",
            short_code="市",
            since=today(),
            today=today(),
        )


def test_a_local_administrator_founds_nothing_beside_the_own_organ(district):
    with pytest.raises(PermissionDenied):
        actions.found_organ(
            by=district.local_system,
            code="new",
            name="新局",
            kind="department",
            short_code="新",
            since=today(),
            parent=district.government,
            today=today(),
        )
    with pytest.raises(PermissionDenied):
        actions.rename_organ(district.commerce, "新名", since=today(), by=district.local_system, today=today())


def test_a_security_administrator_changes_no_organ(district):
    with pytest.raises(PermissionDenied):
        actions.set_contact(district.market, {"address": "学府路1号"}, by=district.security, today=today())


def test_a_merged_organ_ends_the_day_before_and_its_roles_with_it(district):
    day = today()
    clerk = person(district.commerce, "jingban", "clerk")
    actions.merge_organs([district.commerce], district.market, day=day, by=district.system, today=day)
    district.commerce.refresh_from_db()
    assert (district.commerce.until, district.commerce.successor) == (day - DAY, district.market)
    assert roles_in(clerk, district.commerce, day - DAY) == {"clerk"}
    assert roles_in(clerk, district.commerce, day) == frozenset()
    assert district.commerce not in existing(day)
    assert district.commerce in existing(day - DAY)


def test_the_successor_answers_for_a_merged_organ_from_the_day_of_merging(district):
    day = today()
    clerk = person(district.market, "jingban", "clerk")
    assert roles_in(clerk, district.commerce, day) == frozenset()
    actions.merge_organs([district.commerce], district.market, day=day, by=district.system, today=day)
    district.commerce.refresh_from_db()
    assert heirs(district.commerce, day) == [district.commerce, district.market]
    assert roles_in(clerk, district.commerce, day) == {"clerk"}
    assert roles_in(clerk, district.commerce, day - DAY) == frozenset()


def test_the_open_cases_of_a_merged_organ_go_over_and_the_closed_stay_readable(district):
    clerk = person(district.market, "jingban", "clerk")
    case = builders.make_case(district.commerce, received=today())
    moved = actions.merge_organs([district.commerce], district.market, day=today(), by=district.system, today=today())
    assert moved == 1
    assert case.events.last().kind == "transferred"
    assert case.events.last().data["organ"] == "market"
    case.refresh_from_db()
    assert (case.organ, case.handled_by) == (district.commerce, district.market)
    assert roles_in(clerk, case.handled_by, today()) == {"clerk"}


def test_an_organ_that_inherited_open_cases_hands_them_on_when_it_is_merged_itself(district):
    case = builders.make_case(district.commerce, received=today())
    actions.merge_organs([district.commerce], district.market, day=today(), by=district.system, today=today())
    with pytest.raises(ValidationError):
        actions.abolish_organ(district.market, day=today(), successor=None, by=district.system, today=today())
    moved = actions.merge_organs([district.market], district.office, day=today(), by=district.system, today=today())
    case.refresh_from_db()
    assert (moved, case.handled_by) == (1, district.office)
    assert [row.data["organ"] for row in case.events.filter(kind="transferred")] == ["market", "yunxi-office"]


def test_an_organ_with_open_cases_is_not_abolished_without_a_successor(district):
    builders.make_case(district.commerce)
    with pytest.raises(ValidationError) as refused:
        actions.abolish_organ(district.commerce, day=today(), successor=None, by=district.system, today=today())
    assert "successor" in refused.value.message_dict


def test_open_cases_go_over_on_the_day_and_not_ahead_of_it(district):
    builders.make_case(district.commerce)
    with pytest.raises(ValidationError) as refused:
        actions.merge_organs([district.commerce], district.market, day=today() + DAY, by=district.system, today=today())
    assert "day" in refused.value.message_dict


def test_a_government_with_organs_below_is_not_abolished(district):
    with pytest.raises(ValidationError):
        actions.abolish_organ(district.government, day=today(), successor=None, by=None, today=today())


def test_an_existing_organ_has_no_successor(district):
    district.market.successor = district.commerce
    with pytest.raises(ValidationError) as refused:
        district.market.full_clean()
    assert "successor" in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        Organ.objects.filter(pk=district.market.pk).update(successor=district.commerce)


def test_in_person_and_post_stay_open_whatever_is_chosen(district):
    actions.set_channels(district.market, ["fax"], by=district.local_system, today=today())
    assert set(district.market.channels) == {"in_person", "post", "fax"}
    district.market.channels = ["fax"]
    with pytest.raises(ValidationError):
        district.market.full_clean()


def test_only_time_limits_that_the_law_leaves_open_can_be_set(district):
    actions.set_limits(district.market, {"correction_period": 10}, by=district.local_system, today=today())
    assert district.market.settings == {"correction_period": 10}
    for wrong in ({"reply": 30}, {"correction_period": 0}, {"nothing": 1}):
        with pytest.raises(ValidationError):
            actions.set_limits(district.market, wrong, by=district.local_system, today=today())


@pytest.mark.parametrize(
    "template", ["{机关代字}号", "〔{年份}〕{序号}{secret}", "〔{年份}〕{序号", "〔{年份!r}〕{序号}"]
)
def test_a_template_of_numbers_has_year_and_serial_and_nothing_unknown(district, template):
    with pytest.raises(ValidationError) as refused:
        actions.set_powers(district.market, {"number_template": template}, by=None, today=today())
    assert "number_template" in refused.value.message_dict


def test_a_division_lies_within_the_days_of_its_organ(district):
    with pytest.raises(ValidationError) as refused:
        actions.add_division(
            district.market, key="zhk", name="综合科", since=date(2018, 12, 31), by=None, today=today()
        )
    assert "since" in refused.value.message_dict


def test_a_division_with_open_cases_is_not_closed_and_its_roles_end_with_it(district):
    one = division(district.market, "zhk", "综合科")
    handler = person(district.market, "chengban", "handler", division=one)
    actions.close_division(one, day=today(), by=district.local_system, today=today())
    assert roles_in(handler, district.market, today() - DAY, ["zhk"]) == {"handler"}
    assert roles_in(handler, district.market, today(), ["zhk"]) == frozenset()


def test_a_new_principal_leader_takes_the_place_of_the_one_before(district):
    first, second = date(2024, 1, 1), date(2026, 2, 1)
    for name, since in (("甲", first), ("乙", second)):
        actions.add_leader(district.market, kind="principal", name=name, since=since, by=None, today=today())
    assert leader_on(district.market, "principal", second - DAY).name == "甲"
    assert leader_on(district.market, "principal", second).name == "乙"


def test_there_is_one_principal_leader_at_a_time_and_there_may_be_several_in_charge(district):
    for name in ("甲", "乙"):
        actions.add_leader(district.market, kind="in_charge", name=name, since=date(2024, 1, 1), by=None, today=today())
    actions.add_leader(district.market, kind="principal", name="甲", since=date(2024, 1, 1), by=None, today=today())
    with pytest.raises(ValidationError):
        actions.add_leader(district.market, kind="principal", name="乙", since=date(2023, 1, 1), by=None, today=today())


def test_every_change_is_logged_with_who_what_and_which_organ(district):
    actions.set_contact(district.market, {"address": "学府路1号"}, by=district.local_system, today=today())
    entry = ModelLogEntry.objects.filter(action="organs.contact").get()
    assert entry.user == district.local_system
    assert entry.data["organ"] == "market"
    assert entry.data["changes"]["address"] == {"old": "", "new": "学府路1号"}
