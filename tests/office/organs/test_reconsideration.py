"""Who reconsiders whose acts since 2024 (行政复议法第二十四条、第二十五条、第二十七条、第二十八条), by an organ's place in the tree."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.organs.models import OrganName
from gongkai.office.organs.reconsideration import reconsideration_organs_of

DAY = date(2026, 11, 20)


@pytest.fixture
def city(make_organ):
    return make_organ("云州市人民政府", kind="government")


@pytest.fixture
def district(make_organ, city):
    return make_organ("云州市云溪区人民政府", kind="government", parent=city)


def test_a_department_and_the_governments_office_answer_to_their_government(make_organ, district):
    for kind, name in (("department", "云溪区商务局"), ("office", "云溪区人民政府办公室")):
        organ = make_organ(name, kind=kind, parent=district)
        assert reconsideration_organs_of(organ, DAY) == ["云州市云溪区人民政府"]


def test_a_governments_own_reply_and_a_townships_go_to_the_government_above(make_organ, district):
    assert reconsideration_organs_of(district, DAY) == ["云州市人民政府"]
    town = make_organ("学府镇人民政府", kind="township", parent=district)
    street = make_organ("清河街道办事处", kind="township", parent=district)
    assert reconsideration_organs_of(town, DAY) == reconsideration_organs_of(street, DAY) == ["云州市云溪区人民政府"]


def test_a_government_above_which_none_is_entered_names_the_level(city):
    assert reconsideration_organs_of(city, DAY) == ["上一级人民政府"]


@pytest.mark.parametrize("name", ["云江省人民政府", "上海市人民政府", "云山壮族自治区人民政府"])
def test_a_province_reconsiders_itself(make_organ, name):
    assert reconsideration_organs_of(make_organ(name, kind="government"), DAY) == [name]


def test_who_is_led_by_a_vertical_system_answers_to_the_superior_in_it(make_organ, district):
    superior = make_organ("国家税务总局云州市税务局")
    tax = make_organ("国家税务总局云州市云溪区税务局", vertical=superior)
    assert reconsideration_organs_of(tax, DAY) == ["国家税务总局云州市税务局"]
    station = make_organ("国家税务总局云溪区税务局第一税务所", kind="institution", parent=tax)
    assert reconsideration_organs_of(station, DAY) == ["国家税务总局云州市云溪区税务局"]


@pytest.mark.parametrize("name", ["中华人民共和国教育部", "国家税务总局"])
def test_a_department_of_the_state_council_reconsiders_itself(make_organ, name):
    assert reconsideration_organs_of(make_organ(name), DAY) == [name]


def test_of_the_justice_bureaus_acts_the_applicant_may_choose_who_reconsiders(make_organ, district):
    bureau = make_organ("云州市司法局")
    assert reconsideration_organs_of(make_organ("云溪区司法局", parent=district, vertical=bureau), DAY) == [
        "云州市云溪区人民政府",
        "云州市司法局",
    ]
    alone = make_organ("清河区司法局", parent=district)
    assert reconsideration_organs_of(alone, DAY) == ["云州市云溪区人民政府", "上一级司法行政部门"]


def test_what_a_department_has_sent_out_answers_to_the_departments_government(make_organ, district):
    bureau = make_organ("云溪区市场监督管理局", parent=district)
    station = make_organ("云溪区市场监督管理局学府路所", kind="institution", parent=bureau)
    assert reconsideration_organs_of(station, DAY) == ["云州市云溪区人民政府"]


def test_a_department_of_which_no_government_is_entered_names_the_level(make_organ):
    assert reconsideration_organs_of(make_organ("云溪区商务局"), DAY) == ["本级人民政府"]


def test_the_name_is_the_one_of_the_day(make_organ, city):
    district = make_organ("云溪县人民政府", kind="government", parent=city)
    OrganName.objects.filter(organ=district).update(until=date(2025, 5, 31))
    OrganName.objects.create(organ=district, name="云溪区人民政府", since=date(2025, 6, 1))
    organ = make_organ("云溪商务局", parent=district)
    assert reconsideration_organs_of(organ, date(2025, 5, 31)) == ["云溪县人民政府"]
    assert reconsideration_organs_of(organ, date(2025, 6, 1)) == ["云溪区人民政府"]
