"""Facts of the year: figures add up, texts take each other's place, problems are answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from gongkai.narrative import Medium, Shortcoming
from gongkai.office.registers.documents import confirm_documents
from gongkai.office.registers.facts import (
    add_fact,
    add_medium,
    add_problem,
    asked_items,
    problems_to_answer,
    withdraw_entry,
)
from gongkai.office.registers.queries import entries_behind, facts_of

from ..builders import make_organ, make_person

pytestmark = pytest.mark.django_db
BY = {"by": None, "today": date(2031, 6, 1)}


def facts(organ, year=2025):
    return facts_of([organ], year)[organ.pk]


def test_each_training_is_an_entry_and_they_add_up():
    organ = make_organ()
    first = add_fact(organ, 2025, "trainings", 1, "3月5日，业务培训", **BY)
    second = add_fact(organ, 2025, "trainings", 2, "9月，分片培训两场", **BY)
    add_fact(organ, 2024, "trainings", 7, "上年", **BY)
    assert facts(organ).items == {"trainings": 3}
    assert entries_behind("trainings", organ, 2025) == [first, second]
    withdraw_entry(second, reason="没有举办", **BY)
    assert facts(organ).number("trainings") == 1


def test_the_same_entry_twice_is_told():
    organ = make_organ()
    add_fact(organ, 2025, "meetings", 1, "1月10日常务会议", **BY)
    with pytest.raises(ValidationError) as refused:
        add_fact(organ, 2025, "meetings", 1, "1月10日常务会议", **BY)
    assert list(refused.value.message_dict) == ["explanation"]
    assert facts(organ).number("meetings") == 1


def test_the_latest_text_counts_and_the_earlier_is_kept():
    organ = make_organ()
    first = add_fact(organ, 2025, "proactive_text", "公开重大项目信息。", **BY)
    second = add_fact(organ, 2025, "proactive_text", "公开重大项目和民生信息。", **BY)
    first.refresh_from_db()
    assert first.ended_at and second.follows == first
    assert facts(organ).text("proactive_text") == "公开重大项目和民生信息。"


def test_nought_is_a_figure_and_nothing_entered_is_none():
    organ = make_organ()
    add_fact(organ, 2025, "inspections", 0, **BY)
    assert facts(organ).items == {"inspections": 0}


@pytest.mark.parametrize("value", [-1, Decimal("1.5"), "三"])
def test_what_is_no_count_is_refused(value):
    with pytest.raises(ValidationError) as refused:
        add_fact(make_organ(), 2025, "meetings", value, **BY)
    assert list(refused.value.message_dict) == ["value"]


@pytest.mark.parametrize(
    ("kind", "name", "asked"),
    [
        ("township", "青山镇人民政府", True),
        ("township", "云河街道办事处", False),
        ("department", "云溪区审计局", False),
        ("government", "云溪区人民政府", True),
    ],
)
def test_a_peoples_government_tells_of_appraisal_and_accountability(kind, name, asked):
    """第五十条第（四）项 asks 各级人民政府; a subdistrict's office is sent by one and is none."""
    organ = make_organ(name, kind=kind)
    assert any(one.government for one in asked_items(organ, 2025)) is asked


def test_what_the_cases_tell_is_neither_asked_nor_taken():
    organ = make_organ()
    assert "processing_fee" not in {one.key for one in asked_items(organ, 2025)}
    with pytest.raises(ValidationError):
        add_fact(organ, 2025, "processing_fee", 120, **BY)


def test_whom_to_ask_is_the_organ_s_own_record_unless_entered_otherwise():
    organ = make_organ(telephone="010-88888888", disclosure_office="办公室")
    assert facts(organ).items == {"contact_phone": "010-88888888", "contact_office": "办公室"}
    add_fact(organ, 2025, "contact_phone", "010-66666666", **BY)
    assert facts(organ).text("contact_phone") == "010-66666666"


def test_what_was_confirmed_is_told_from_the_register():
    organ = make_organ(makes_rules=True)
    figures = {"proactive.rules.in_force": 2, "proactive.normative_documents.in_force": 5, "proactive.rules.issued": 9}
    one = confirm_documents(
        organ, 2025, body="市司法局", confirmed_on=date(2026, 1, 8), letter="1号", figures=figures, **BY
    )
    assert facts(organ).items == {"documents_confirmed": 7}
    assert entries_behind("documents_confirmed", organ, 2025) == [one]


def test_a_channel_entered_again_takes_the_place_of_the_first():
    organ = make_organ()
    website = {"kind": "website", "name": "云溪区政府网"}
    add_medium(organ, 2025, published=100, **website, **BY)
    add_medium(organ, 2025, published=120, reads=5000, **website, **BY)
    add_medium(organ, 2025, kind="wechat", published=30, information="news", **BY)
    assert facts(organ).media == (
        Medium("website", 120, "云溪区政府网", 5000),
        Medium("wechat", 30, information="news"),
    )
    with pytest.raises(ValidationError):
        add_medium(organ, 2025, kind="weibo", published=None, **BY)


def test_last_year_s_problems_wait_until_it_is_said_what_became_of_them():
    organ = make_organ()
    one = add_problem(organ, 2024, "解读形式单一", "增加图解", **BY)
    other = add_problem(organ, 2024, "公开不够及时", "", **BY)
    assert problems_to_answer(organ, 2025) == [one, other]
    add_problem(organ, 2025, "", "发布图解12篇", of=one, **BY)
    add_problem(organ, 2025, "公开不够及时", "建立三日公开机制", previous=True, **BY)
    add_problem(organ, 2025, "业务力量不足", "明年轮训", **BY)
    assert problems_to_answer(organ, 2025) == []
    assert facts(organ).shortcomings == (
        Shortcoming("解读形式单一", "发布图解12篇", True),
        Shortcoming("公开不够及时", "建立三日公开机制", True),
        Shortcoming("业务力量不足", "明年轮训"),
    )
    with pytest.raises(ValidationError):
        add_problem(organ, 2026, "", "x", of=one, **BY)


def test_an_answer_given_again_takes_the_place_of_the_first():
    organ = make_organ()
    one = add_problem(organ, 2024, "解读形式单一", "增加图解", **BY)
    add_problem(organ, 2025, "", "发布图解12篇", of=one, **BY)
    add_problem(organ, 2025, "", "发布图解15篇", of=one, **BY)
    assert facts(organ).shortcomings == (Shortcoming("解读形式单一", "发布图解15篇", True),)


def test_facts_of_many_organs_take_the_same_number_of_queries(django_assert_num_queries):
    organs = [make_organ() for _ in range(4)]
    for organ in organs:
        add_fact(organ, 2025, "meetings", 1, **BY)
    with django_assert_num_queries(4):
        assert [one.number("meetings") for one in facts_of(organs, 2025).values()] == [1] * 4


def test_only_who_keeps_the_registers_enters_facts():
    organ = make_organ()
    with pytest.raises(PermissionDenied):
        add_fact(organ, 2025, "meetings", 1, by=make_person("reviewer", organ), today=BY["today"])
