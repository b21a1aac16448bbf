"""The days of article 49 as printed, the district's own, and reminders before days off."""

from datetime import date

import pytest

from gongkai.law.calendar import national_calendar
from gongkai.law.filing import day_faults, due_of, filing_dates, last_working, press_of, until
from gongkai.law.filing.statutory import read_filing_terms
from gongkai.law.terms import LawError

CALENDAR = national_calendar()


def test_departments_file_by_31_january_and_a_government_by_31_march_of_the_year_after():
    assert filing_dates(2025, government=False).statutory == date(2026, 1, 31)
    assert filing_dates(2025, government=True).statutory == date(2026, 3, 31)


def test_a_township_files_by_local_rule_since_article_49_names_none():
    assert "没有规定乡镇" in filing_dates(2025, government=False, township=True).article


@pytest.mark.parametrize(
    ("year", "day", "working"),
    [
        (2025, date(2026, 1, 31), date(2026, 1, 30)),  # a Saturday: the Friday before
        (2026, date(2027, 1, 31), date(2027, 1, 29)),  # a Sunday: the Friday before
        (2024, date(2025, 1, 31), date(2025, 1, 27)),  # in the Spring Festival, off from 28 January
    ],
)
def test_a_day_off_moves_no_date_but_the_last_working_day_comes_before_it(year, day, working):
    due = due_of("submitted", filing_dates(year, government=False), CALENDAR, date(year + 1, 1, 12))
    assert (due.day, due.working) == (day, working)
    assert f"{working.month}月{working.day}日前办好" in due.why


def test_a_government_in_march_2024_had_to_publish_before_a_sunday():
    due = due_of("published", filing_dates(2023, government=True), CALENDAR, date(2024, 3, 1))
    assert (due.day, due.working) == (date(2024, 3, 31), date(2024, 3, 29))


DAYS = {"sent": "01-15", "submitted": "01-26", "published": "01-28"}


@pytest.mark.parametrize(
    ("step", "day"),
    [
        ("sent", date(2026, 1, 15)),
        ("reviewed", date(2026, 1, 26)),  # no day of its own: before what comes after it
        ("approved", date(2026, 1, 26)),
        ("submitted", date(2026, 1, 26)),
        ("received", date(2026, 1, 26)),
        ("accepted", date(2026, 1, 28)),
        ("published", date(2026, 1, 28)),
    ],
)
def test_a_step_is_due_on_its_local_day_or_that_of_the_next_step_that_has_one(step, day):
    dates = filing_dates(2025, government=False, days=DAYS, basis="云政办发〔2025〕54号")
    due = due_of(step, dates, CALENDAR, date(2026, 1, 5))
    assert (due.day, due.article) == (day, "云政办发〔2025〕54号")


def test_where_only_an_early_step_has_a_local_day_the_later_ones_are_due_by_law():
    due = due_of("approved", filing_dates(2025, government=False, days={"sent": "01-15"}), CALENDAR, date(2026, 1, 5))
    assert (due.day, due.article) == (date(2026, 1, 31), "政府信息公开条例 第四十九条第一款")


@pytest.mark.parametrize(
    ("days", "government", "wrong"),
    [
        ({"submitted": "01-31"}, False, {}),
        ({"submitted": "02-01"}, False, {"submitted": "不能晚于法定日期1月31日"}),
        ({"submitted": "02-01"}, True, {}),
        ({"submitted": "04-01"}, True, {"submitted": "不能晚于法定日期3月31日"}),
        ({"sent": "01-20", "submitted": "01-18"}, False, {"submitted": "不能早于"}),
        ({"sent": "02-29"}, True, {"sent": "请写成月和日"}),
        ({"sent": "1月20日"}, False, {"sent": "请写成月和日"}),
    ],
)
def test_local_days_are_never_after_the_law_nor_out_of_order(days, government, wrong):
    found = day_faults(days, government=government)
    assert found.keys() == wrong.keys()
    assert all(words in found[step] for step, words in wrong.items())


def test_reminding_begins_so_many_working_days_before_the_last_working_day():
    due = due_of(
        "submitted", filing_dates(2025, government=False), CALENDAR, date(2026, 1, 5)
    )  # last working day: Friday 30 January 2026

    def press(day):
        return press_of(due, date(2026, 1, day), CALENDAR, remind_before=3)

    assert [press(day) for day in (26, 27, 29, 30, 31)] == ["", "soon", "soon", "last", "last"]
    assert press_of(due, date(2026, 2, 1), CALENDAR, remind_before=3) == "late"


def test_a_working_day_is_its_own_last_working_day():
    assert last_working(date(2026, 1, 30), CALENDAR) == date(2026, 1, 30)


@pytest.mark.parametrize(
    ("on", "said", "unsaid"),
    [
        (date(2026, 1, 30), ["请在2026年1月30日前办好"], ["已过", "过期"]),  # the Friday itself
        (date(2026, 1, 31), ["最后一个工作日已过，请尽快办好"], ["1月30日", "过期"]),  # the Saturday: still in time
        (date(2026, 2, 1), ["法定日期：2026年1月31日前", "已经过期，请尽快办理"], ["1月30日", "不顺延"]),
    ],
)
def test_nobody_is_advised_to_have_done_it_by_a_day_that_is_gone(on, said, unsaid):
    why = due_of("submitted", filing_dates(2025, government=False), CALENDAR, on).why
    assert all(words in why for words in said)
    assert not any(words in why for words in unsaid)


def test_a_day_that_the_office_above_has_set_is_past_on_the_day_after_it():
    day = date(2026, 2, 10)
    assert "过期" not in until("sent", day, CALENDAR, day).why
    assert "已经过期" in until("sent", day, CALENDAR, date(2026, 2, 11)).why


GOOD = {
    "local_steps": ["sent", "published"],
    "stands_for": {"accepted": "published"},
    "returned": "某条",
    "reports": [{"of": of, "last": "01-31", "article": "某条"} for of in ("department", "township", "government")],
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"local_steps": ["sent", "printed"]},
        {"stands_for": {"accepted": "submitted"}},
        {"reports": GOOD["reports"][:2]},
        {"reports": [*GOOD["reports"], GOOD["reports"][0]]},
        {"reports": [{"of": "department", "last": "1月31日", "article": "某条"}]},
    ],
)
def test_a_mistake_in_the_data_of_the_days_is_refused_with_the_place(wrong):
    assert read_filing_terms(GOOD, "test.toml").last_days["township"].last == (1, 31)
    with pytest.raises(LawError, match=r"test\.toml"):
        read_filing_terms({**GOOD, **wrong}, "test.toml")
