"""Time limits are those of the articles, and only what the law leaves open may be set."""

from datetime import date

import pytest

from gongkai.law.calendar import national_calendar
from gongkai.law.terms import LawError
from gongkai.law.time_limits import default_rules

RULES = default_rules()
CALENDAR = national_calendar()


@pytest.mark.parametrize(
    ("key", "span", "article"),
    [
        ("reply", "20个工作日", "政府信息公开条例第三十三条第二款"),
        ("extension", "20个工作日", "政府信息公开条例第三十三条第二款"),
        ("correction_notice", "7个工作日", "政府信息公开条例第三十条"),
        ("third_party", "15个工作日", "政府信息公开条例第三十二条"),
        ("co_producer", "15个工作日", "政府信息公开条例第三十四条"),
        ("fee_payment", "20个工作日", "政府信息公开信息处理费管理办法第六条"),
        ("disclosure", "20个工作日", "政府信息公开条例第二十六条"),
        ("reconsideration_apply", "60日", "行政复议法第二十条第一款"),
        ("reconsideration_apply_untold", "12个月", "行政复议法第二十条第三款"),
        ("reconsideration_answer", "10个工作日", "行政复议法第四十八条、第八十八条第二款"),
        ("reconsideration_answer_summary", "5个工作日", "行政复议法第五十四条、第八十八条第二款"),
        ("reconsideration_decision", "60日", "行政复议法第六十二条第一款"),
        ("reconsideration_decision_summary", "30日", "行政复议法第六十二条第二款"),
        ("litigation_apply", "6个月", "行政诉讼法第四十六条第一款"),
        ("litigation_after_reconsideration", "15日", "行政诉讼法第四十五条"),
        ("litigation_after_refused_reconsideration", "15日", "行政复议法第三十四条"),
        ("litigation_answer", "15日", "行政诉讼法第六十七条第一款"),
        ("appeal_judgment", "15日", "行政诉讼法第八十五条"),
        ("appeal_ruling", "10日", "行政诉讼法第八十五条"),
    ],
)
def test_what_the_law_fixes_has_its_length_and_article_and_can_not_be_set(key, span, article):
    limit = RULES[key]
    assert (limit.span, limit.article, limit.mark) == (span, article, "")
    with pytest.raises(LawError, match=f"{limit.label}.*规定为{span}，不能改动"):
        RULES.with_settings({key: limit.length + 1})


@pytest.mark.parametrize(
    ("key", "span", "mark"),
    [
        ("correction_period", "15个工作日", "memory"),
        ("other_organ", "15个工作日", "infer"),
        ("reasons_period", "15个工作日", "infer"),
        ("refusal_review", "12个月", "infer"),
    ],
)
def test_what_the_law_leaves_open_shows_its_mark_and_can_be_set(key, span, mark):
    assert (RULES[key].span, RULES[key].mark) == (span, mark)
    set_to_ten = RULES.with_settings({key: 10})
    assert set_to_ten[key].length == 10
    assert set_to_ten[key].mark == mark
    assert RULES[key].span == span
    assert set_to_ten["reply"] == RULES["reply"]


def test_every_adjustable_limit_is_unverified_and_says_so():
    assert [limit.key for limit in RULES if limit.adjustable and not limit.mark] == []


def test_the_consultation_of_others_is_not_counted_in_the_reply():
    assert RULES["reply"].not_counted == "征求第三方和其他机关意见所需时间"
    assert RULES["reply"].not_counted_article == "政府信息公开条例第三十三条第三款"


def test_the_fresh_period_after_a_fee_was_not_checked():
    assert (RULES["reply_after_fee"].span, RULES["reply_after_fee"].mark) == ("20个工作日", "memory")


@pytest.mark.parametrize("length", [0, -1, 61, "10", True, 1.5])
def test_a_setting_out_of_range_or_of_another_kind_is_refused(length):
    with pytest.raises(LawError, match="补正期限应当是 1 到 60 个工作日"):
        RULES.with_settings({"correction_period": length})


def test_an_unknown_setting_is_refused_by_name():
    with pytest.raises(LawError, match="没有“holiday”这一项期限"):
        RULES.with_settings({"holiday": 3})
    with pytest.raises(KeyError):
        RULES["holiday"]


def test_working_days_end_on_a_working_day():
    assert RULES["reply"].ends(date(2026, 2, 10), CALENDAR) == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("started", "ends"),
    [
        ("2026-01-15", "2026-07-15"),
        ("2025-08-29", "2026-02-28"),  # February has no 29th that year; Saturday the 28th is worked (调休上班)
        ("2025-10-31", "2026-04-30"),
        ("2026-04-01", "2026-10-08"),  # 1 to 7 October are off
    ],
)
def test_months_end_on_the_same_day_of_the_month_or_its_last(started, ends):
    limit = RULES["litigation_apply"]
    assert limit.ends(date.fromisoformat(started), CALENDAR) == date.fromisoformat(ends)


@pytest.mark.parametrize(
    ("started", "ends"),
    [
        ("2026-03-02", "2026-03-17"),
        ("2026-03-06", "2026-03-23"),  # the 21st is a Saturday
        ("2026-02-05", "2026-02-24"),  # the 20th is in 春节, which lasts to the 23rd
        ("2026-04-24", "2026-05-09"),  # a Saturday that is worked
    ],
)
def test_days_of_the_calendar_that_end_on_a_day_off_end_on_the_next_working_day(started, ends):
    limit = RULES["litigation_answer"]
    assert limit.ends(date.fromisoformat(started), CALENDAR) == date.fromisoformat(ends)


def test_that_a_last_day_gives_way_was_not_checked_against_the_text():
    assert RULES.moves_mark == "memory"
    assert "民事诉讼法" in RULES.moves_article
