"""Days due in reconsideration and court, counted by hand on a printed calendar of 2026."""

from datetime import date

import pytest

from gongkai.law import remedy_limits
from gongkai.law.calendar import national_calendar
from gongkai.law.time_limits import default_rules

RULES = default_rules()
CALENDAR = national_calendar()


def limit(name, started, **more):
    return getattr(remedy_limits, name)(date.fromisoformat(started), CALENDAR, RULES, **more)


@pytest.mark.parametrize(
    ("name", "started", "more", "due", "article"),
    [
        # 10 working days, weekends and 清明 (4 to 6 April) out: 31 March, 1 to 3, 7 to 10, 13, 14 April
        ("answer_to_reconsideration", "2026-03-30", {"summary": False}, "2026-04-14", "第四十八条"),
        # 5 working days: 31 March, 1 to 3, 7 April
        ("answer_to_reconsideration", "2026-03-30", {"summary": True}, "2026-04-07", "第五十四条"),
        ("answer_to_lawsuit", "2026-03-30", {}, "2026-04-14", "第六十七条第一款"),
        (
            "reconsideration_decision",
            "2026-03-02",
            {"summary": False},
            "2026-05-06",
            "第六十二条第一款",
        ),  # 1 May is off
        ("reconsideration_decision", "2026-03-02", {"summary": True}, "2026-04-01", "第六十二条第二款"),
        (
            "reconsideration_decision",
            "2026-03-02",
            {"summary": False, "extended_by": 30},
            "2026-06-01",
            "第六十二条第一款",
        ),
        ("report_on_reconsideration_opinion", "2026-03-03", {}, "2026-05-06", "第七十六条"),  # 2 May is off
        ("apply_for_reconsideration", "2026-03-09", {}, "2026-05-08", "第二十条第一款"),
        ("apply_for_reconsideration", "2025-03-10", {"told": False}, "2026-03-10", "第二十条第三款"),
        ("sue_directly", "2026-03-09", {}, "2026-09-09", "第四十六条第一款"),
        ("sue_after_reconsideration", "2026-03-09", {}, "2026-03-24", "第四十五条"),
        ("sue_after_refused_reconsideration", "2026-03-09", {}, "2026-03-24", "第三十四条"),
        ("appeal", "2026-03-09", {}, "2026-03-24", "第八十五条"),
        ("appeal", "2026-03-09", {"ruling": True}, "2026-03-19", "第八十五条"),
    ],
)
def test_each_limit_is_due_on_the_day_counted_by_hand_under_its_article(name, started, more, due, article):
    found = limit(name, started, **more)
    assert found.due == date.fromisoformat(due)
    assert article in found.article
    assert not found.provisional


def test_a_limit_explains_itself():
    assert limit("answer_to_lawsuit", "2026-03-30").explanation == (
        "收到起诉状副本之日（2026年3月30日）不计入，自次日起算，期限15日，最后一日是2026年4月14日。"
    )


def test_a_last_day_that_is_off_gives_way_and_says_why_and_that_the_rule_was_not_checked():
    found = limit("answer_to_lawsuit", "2026-09-18")
    assert found.due == date(2026, 10, 8)
    assert found.explanation.endswith("最后一日2026年10月3日不是工作日（2026年国庆节放假），顺延到2026年10月8日。")
    assert "民事诉讼法" in found.article
    assert found.mark == "memory"


def test_a_last_day_that_works_rests_on_checked_articles_only():
    assert limit("answer_to_lawsuit", "2026-03-30").mark == ""
    assert "民事诉讼法" not in limit("answer_to_lawsuit", "2026-03-30").article


def test_a_weekend_day_that_is_worked_does_not_give_way():
    assert limit("answer_to_lawsuit", "2026-04-24").due == date(2026, 5, 9)  # a Saturday


def test_what_is_counted_in_a_year_without_a_notice_is_provisional_and_says_so():
    found = limit("answer_to_reconsideration", "2026-12-25", summary=False)
    # 28 to 31 December, then 4 to 8 January and the 11th
    assert found.due == date(2027, 1, 11)
    assert found.provisional
    assert found.explanation.endswith("2027年的放假安排尚未收录，这一日期是暂定的。")


def test_days_of_the_calendar_are_provisional_only_where_they_end_in_such_a_year():
    assert limit("answer_to_lawsuit", "2026-12-20").provisional  # due on 4 January 2027
    assert not limit("answer_to_lawsuit", "2026-12-01").provisional


@pytest.mark.parametrize("more", [{"summary": False, "extended_by": 31}, {"summary": True, "extended_by": 1}])
def test_a_reconsideration_is_not_put_off_further_than_the_law_allows(more):
    with pytest.raises(ValueError, match="extended by"):
        limit("reconsideration_decision", "2026-03-02", **more)
