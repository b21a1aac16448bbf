"""Working days: expected values are from the State Council's notices, printed calendars and counts by hand."""

from dataclasses import FrozenInstanceError
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import (
    LocalHoliday,
    chinese_date,
    national_calendar,
    parse_local,
    parse_year,
    read_notice,
    statutory_days,
    statutory_days_worked,
)
from gongkai.law.terms import LawError

CALENDAR = national_calendar()

# An invented notice: the real one for 2027 is not known.
NOTICE_2027 = """
year = 2027
number = "国办发明电〔2026〕99号"
published = 2026-12-01
holidays = [
  { name = "元旦", first = 2027-01-01, last = 2027-01-03 },
  { name = "春节", first = 2027-02-05, last = 2027-02-12, worked = [2027-01-31, 2027-02-20] },
  { name = "清明节", first = 2027-04-03, last = 2027-04-05 },
  { name = "劳动节", first = 2027-05-01, last = 2027-05-05, worked = [2027-04-25] },
  { name = "端午节", first = 2027-06-09, last = 2027-06-09 },
  { name = "中秋节", first = 2027-09-15, last = 2027-09-15 },
  { name = "国庆节", first = 2027-10-01, last = 2027-10-07, worked = [2027-09-26, 2027-10-09] },
]
"""

days = st.dates(date(2002, 1, 1), date(2063, 12, 31))


def day(text):
    return date.fromisoformat(text)


def days_of(*spans):
    """The days of 2026 in spans such as ``1/1-3``."""
    for span in spans:
        month, numbers = span.split("/")
        first, _, last = numbers.partition("-")
        for number in range(int(first), int(last or first) + 1):
            yield date(2026, int(month), number)


@pytest.mark.parametrize(
    ("received", "seven", "fifteen", "twenty", "extended"),
    [
        ("2025-01-20", "2025-02-05", "2025-02-14", "2025-02-21", "2025-03-21"),
        ("2025-09-26", "2025-10-13", "2025-10-23", "2025-10-30", "2025-11-27"),
        ("2026-02-10", "2026-02-26", "2026-03-09", "2026-03-16", "2026-04-14"),
        ("2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
        ("2026-09-18", "2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19"),
        ("2024-12-13", "2024-12-24", "2025-01-06", "2025-01-13", "2025-02-14"),
    ],
)
def test_the_nth_working_day_after_receipt(received, seven, fifteen, twenty, extended):
    start = day(received)
    assert [CALENDAR.after(start, n) for n in (7, 15, 20)] == [day(seven), day(fifteen), day(twenty)]
    assert CALENDAR.after(CALENDAR.after(start, 20), 20) == day(extended)


@pytest.mark.parametrize(
    ("year", "count"),
    [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_a_year_has_as_many_working_days_as_counted(year, count):
    assert CALENDAR.working_days(date(year, 1, 1), date(year, 12, 31)) == count


def test_2026_is_off_and_worked_as_the_notice_of_4_november_2025_says():
    off = set(days_of("1/1-3", "2/15-23", "4/4-6", "5/1-5", "6/19-21", "9/25-27", "10/1-7"))
    worked = set(days_of("1/4", "2/14", "2/28", "5/9", "9/20", "10/10"))
    for number in range(365):
        one = date(2026, 1, 1) + timedelta(number)
        assert CALENDAR.is_working(one) == (one in worked or (one not in off and one.weekday() < 5)), one


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2024-02-09", True),  # 除夕: leave was only encouraged that year
        ("2025-01-28", False),  # 除夕: a statutory holiday since 2025
        ("2020-01-31", False),  # 春节 prolonged to 2 February
        ("2020-02-01", False),  # was to be worked, until it was prolonged
        ("2020-02-03", True),
        ("2015-09-03", False),  # 抗战胜利七十周年
        ("2015-09-06", True),
        ("2018-12-31", False),  # by the notice for 2019
        ("2018-12-29", True),  # a Saturday, by the notice for 2019
        ("2022-12-31", False),
        ("2011-12-31", True),  # a Saturday, by the notice for 2012
        ("2004-01-17", True),
    ],
)
def test_days_known_by_hand(text, works):
    assert CALENDAR.is_working(day(text)) is works


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-10-01", "2026年国庆节放假"),
        ("2026-09-20", "调休上班"),
        ("2018-12-31", "2019年元旦放假"),
        ("2020-10-01", "2020年国庆节、中秋节放假"),
        ("2026-11-21", "周末"),
        ("2026-11-20", ""),
        ("2027-02-05", "2027年春节（按法定节假日暂定）"),
    ],
)
def test_a_day_tells_why_it_is_off_or_worked(text, why):
    assert CALENDAR.why(day(text)) == why


def test_the_notice_that_a_year_follows_is_cited():
    assert CALENDAR.notice(2026).cited == "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）"
    assert CALENDAR.notice(2026).published == date(2025, 11, 4)
    assert CALENDAR.notice(2027) is None


# Years without a notice


@pytest.mark.parametrize(
    ("year", "provisional"), [(2003, True), (2004, False), (2026, False), (2027, True), (2061, True)]
)
def test_a_year_is_provisional_unless_its_notice_is_known(year, provisional):
    assert CALENDAR.is_provisional(date(year, 6, 1)) is provisional


def test_2027_is_provisionally_off_on_weekends_and_statutory_holidays_only():
    # 除夕 is Friday 5 February; 清明 Monday 5 April; 端午 Wednesday 9 June; 中秋 Wednesday 15 September; from a printed almanac
    off = ["01-01", "02-05", "02-08", "04-05", "06-09", "09-15", "10-01"]
    weekdays = (date(2027, 1, 1) + timedelta(number) for number in range(365))
    found = [f"{one:%m-%d}" for one in weekdays if one.weekday() < 5 and not CALENDAR.is_working(one)]
    assert found == off
    assert not any(CALENDAR.is_working(day(text)) for text in ("2027-05-01", "2027-05-02", "2027-02-06"))


@pytest.mark.parametrize(
    "first_day_of_the_lunar_year",
    # 2033 has a leap eleventh month, which careless tables misplace: the year after it begins on 19 February
    ["2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03", "2031-01-23", "2033-01-31", "2034-02-19", "2060-02-02"],
)
def test_spring_festival_is_the_eve_and_three_days(first_day_of_the_lunar_year):
    first = day(first_day_of_the_lunar_year)
    named = [one for one, name in statutory_days(first.year).items() if name == "春节"]
    assert named == [first + timedelta(number) for number in (-1, 0, 1, 2)]


def test_two_holidays_on_one_day_bear_both_names():
    assert statutory_days(2031)[date(2031, 10, 1)] == "国庆节、中秋节"


def test_beyond_the_lunar_table_only_holidays_with_a_fixed_date_are_known():
    solar = ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"]
    assert [f"{one:%m-%d}" for one in statutory_days(2061)] == solar
    assert [f"{one:%m-%d}" for one in statutory_days(2003)] == solar
    assert len(statutory_days(2060)) == 1 + 4 + 1 + 2 + 1 + 1 + 3


def test_a_period_may_run_from_a_known_year_into_a_provisional_one():
    # 21 December 2026 is a Monday: 8 working days to the 31st, 1 January is off, then 4 to 8 and 11 to 15, 18 to 19
    assert CALENDAR.after(date(2026, 12, 21), 20) == date(2027, 1, 19)


# Counting obeys its laws


@given(days, st.integers(1, 300))
def test_the_nth_day_works_and_n_days_lie_between(start, n):
    end = CALENDAR.after(start, n)
    assert CALENDAR.is_working(end)
    assert CALENDAR.working_days(start + timedelta(1), end) == n


@given(days, st.integers(1, 60), st.integers(1, 60))
def test_counting_on_is_counting_at_once(start, n, m):
    assert CALENDAR.after(CALENDAR.after(start, n), m) == CALENDAR.after(start, n + m)


@given(days, st.integers(-40, 900))
def test_working_days_are_the_days_that_work(first, length):
    last = first + timedelta(length)
    assert CALENDAR.working_days(first, last) == sum(
        CALENDAR.is_working(first + timedelta(number)) for number in range(length + 1)
    )


@pytest.mark.parametrize("n", [0, -1])
def test_less_than_one_working_day_on_is_refused(n):
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.after(date(2026, 1, 1), n)


def test_a_calendar_is_a_value():
    assert national_calendar() is CALENDAR
    record = parse_year(NOTICE_2027)
    assert CALENDAR.with_year(record) == CALENDAR.with_year(record) != CALENDAR
    assert hash(CALENDAR.with_year(record)) == hash(CALENDAR.with_year(record))
    with pytest.raises(FrozenInstanceError):
        CALENDAR.notices = ()


# A notice loaded later


def test_a_notice_loaded_later_gives_another_calendar_and_leaves_the_first_alone():
    loaded = CALENDAR.with_year(parse_year(NOTICE_2027))
    assert loaded.is_working(day("2027-01-31"))  # a Sunday
    assert not loaded.is_working(day("2027-02-12"))
    assert not loaded.is_provisional(day("2027-02-12"))
    assert loaded.why(day("2027-02-12")) == "2027年春节放假"
    assert loaded.working_days(date(2026, 1, 1), date(2026, 12, 31)) == 248
    assert not CALENDAR.is_working(day("2027-01-31"))
    assert CALENDAR.is_working(day("2027-02-12"))
    assert CALENDAR.is_provisional(day("2027-02-12"))


def test_a_notice_may_replace_one_for_the_same_year():
    loaded = CALENDAR.with_year(parse_year(NOTICE_2027))
    amended = loaded.with_year(parse_year(NOTICE_2027.replace("last = 2027-02-12", "last = 2027-02-14")))
    assert not amended.is_working(day("2027-02-14"))
    assert [record.year for record in amended.notices].count(2027) == 1


def test_new_years_holiday_may_reach_back_into_december():
    notice = """
        year = 2030
        holidays = [{ name = "元旦", first = 2029-12-30, last = 2030-01-01, worked = [2029-12-29] }]
    """
    loaded = CALENDAR.with_year(parse_year(notice))
    assert CALENDAR.is_working(day("2029-12-31"))  # a Monday
    assert not loaded.is_working(day("2029-12-31"))
    assert loaded.is_working(day("2029-12-29"))
    assert loaded.is_provisional(day("2029-12-31"))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("year = 2027", "year = 27", "年份应当是四位数"),
        ("year = 2027", 'year = "2027"', "year 应当是整数"),
        ("year = 2027", "year = 2027\nsource = 1", "不认识 source"),
        ("year = 2027\n", "\n", "缺少 year"),
        ("year = 2027", "year =", "不是有效的 TOML"),
        ("year = 2027", "year = 2028", "2028年“元旦”放假的最后一日 2027-01-03 不在2028年"),
        ("first = 2027-06-09", "first = 2026-06-09", "“端午节”的日期 2026-06-09 不在2027年，也不在上年12月"),
        ("worked = [2027-04-25]", "worked = [2028-04-25]", "2028-04-25 不在2027年"),
        ("first = 2027-10-01, last = 2027-10-07", "first = 2027-10-07, last = 2027-10-01", "早于第一日"),
        ("first = 2027-10-01", "first = 2027-01-10", "连放 271 天"),
        ("worked = [2027-04-25]", "worked = [2027-04-26]", "2027-04-26 不是周六、周日"),
        ("worked = [2027-04-25]", "worked = [2027-02-06]", "2027-02-06 既放假（春节）又调休上班（劳动节）"),
        ("worked = [2027-04-25]", "worked = [2027-09-26]", "2027-09-26 调休上班写了两次（劳动节、国庆节）"),
        ("worked = [2027-04-25]", "worked = [2027-04-25, 2027-04-25]", "重复的日期"),
        ("worked = [2027-04-25]", 'worked = ["2027-04-25"]', "应当是一组日期"),
        ("worked = [2027-04-25]", "worked = 2027-04-25", "worked 应当是一组值"),
        ("first = 2027-09-15, last = 2027-09-15", "first = 2027-10-01, last = 2027-10-01", "又在“国庆节”的放假日期里"),
        ('{ name = "端午节", first', '{ name = " ", first', "第 5 个节假日：name 是空的"),
        ("last = 2027-06-09", "last = 2027-06-09T00:00:00", "last 应当是日期"),
        ("first = 2027-06-09", "from = 2027-06-09", "第 5 个节假日：缺少 first"),
        ("published = 2026-12-01", 'published = "2026-12-01"', "published 应当是日期"),
    ],
)
def test_a_mistake_in_a_notice_is_told_with_its_place(old, new, why):
    assert old in NOTICE_2027
    with pytest.raises(LawError, match=why) as told:
        parse_year(NOTICE_2027.replace(old, new), "2027.toml")
    assert str(told.value).startswith("2027.toml：")
    assert str(told.value).endswith("。")


def test_a_notice_without_holidays_is_refused():
    with pytest.raises(LawError, match="没有一个节假日"):
        parse_year("year = 2027\nholidays = []")


def test_statutory_holidays_that_a_notice_leaves_out_are_found():
    assert not statutory_days_worked(parse_year(NOTICE_2027))
    short = NOTICE_2027.replace("first = 2027-02-05", "first = 2027-02-06").replace(
        '  { name = "端午节", first = 2027-06-09, last = 2027-06-09 },\n', ""
    )
    assert statutory_days_worked(parse_year(short)) == {day("2027-02-05"): "春节", day("2027-06-09"): "端午节"}
    assert not statutory_days_worked(CALENDAR.notice(2024))  # 除夕 was no statutory holiday then
    assert not statutory_days_worked(CALENDAR.notice(2026))


# A notice as it is published

PROSE = """
国务院办公厅关于2027年
部分节假日安排的通知
国办发明电〔2026〕99号

现将2027年元旦、春节等节假日的具体安排通知如下。

一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（农历正月初七、周五）放假调休，共8天。1月31日（周日）、2月20日（周六）上班。
三、清明节:4月3日(星期六)至5日(星期一)放假,共3天。
四、劳动节：5月1日至5日放假调休，共5天。4月25日（周日）上班。鼓励错峰出行。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日放假。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。

国务院办公厅
2026年12月1日
"""


def test_a_published_notice_is_read_as_the_record_typed_in_by_hand():
    assert read_notice(PROSE) == parse_year(NOTICE_2027)


def test_a_published_notice_may_begin_in_the_year_before():
    text = """关于2030年部分节假日安排的通知
    一、元旦：2029年12月30日至2030年1月1日放假调休，共3天。2029年12月29日（星期六）上班。"""
    (new_year,) = read_notice(text).holidays
    assert (new_year.first, new_year.last) == (date(2029, 12, 30), date(2030, 1, 1))
    assert new_year.worked == (date(2029, 12, 29),)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("共8天", "共9天", "写明共9天，但 2027-02-05 至 2027-02-12 是 8 天"),
        ("1月31日（周日）", "1月31日（周六）", "2027-01-31 写作周六，实际是周日"),
        ("关于2027年", "关于2028年", "写作周五，实际是周六"),
        ("9月15日放假", "9月31日放假", "“9月31日”不存在"),
        ("9月15日放假", "放假安排另行通知", "没有读懂：“放假安排另行通知”"),
        ("9月15日放假", "9月15日放假，9月17日补休", "没有读懂"),
        ("10月9日（周六）", "10月8日（周五）", "2027-10-08 不是周六、周日"),
        ("部分节假日安排", "有关事项", "没有找到“关于××××年部分节假日安排的通知”"),
    ],
)
def test_a_notice_that_contradicts_itself_or_can_not_be_read_is_refused(old, new, why):
    assert old in PROSE
    with pytest.raises(LawError, match=why):
        read_notice(PROSE.replace(old, new))


def test_a_notice_without_clauses_is_refused():
    with pytest.raises(LawError, match="每个节假日各占一行"):
        read_notice("国务院办公厅关于2027年部分节假日安排的通知")


# Local holidays

SONG_FESTIVAL = """
name = "广西壮族自治区“壮族三月三”"
basis = "广西壮族自治区少数民族习惯节日放假办法"
days = [2026-04-20, 2026-04-21]
"""


def test_a_local_holiday_is_off_only_where_it_is_laid_over():
    local = CALENDAR.with_local(parse_local(SONG_FESTIVAL))
    assert not local.is_working(day("2026-04-20"))
    assert local.why(day("2026-04-20")) == "广西壮族自治区“壮族三月三”放假"
    assert local.working_days(date(2026, 1, 1), date(2026, 12, 31)) == 248 - 2
    assert local.after(day("2026-04-17"), 1) == day("2026-04-22")
    assert CALENDAR.is_working(day("2026-04-20"))
    assert not local.is_provisional(day("2026-04-20"))


def test_a_local_holiday_goes_before_the_national_calendar_and_outlives_a_new_notice():
    holiday = LocalHoliday("某节", "某规定", days=(day("2026-10-10"),), worked=(day("2026-10-11"),))
    local = CALENDAR.with_local(holiday).with_year(parse_year(NOTICE_2027))
    assert CALENDAR.is_working(day("2026-10-10"))  # 调休上班
    assert not local.is_working(day("2026-10-10"))
    assert local.is_working(day("2026-10-11"))
    assert local.why(day("2026-10-11")) == "某节调休上班"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (SONG_FESTIVAL.replace("basis", "base"), "缺少 basis"),
        (SONG_FESTIVAL.replace("广西壮族自治区少数民族习惯节日放假办法", " "), "写明名称和依据"),
        (SONG_FESTIVAL.replace("[2026-04-20, 2026-04-21]", "[]"), "没有日期"),
        (SONG_FESTIVAL + "worked = [2026-04-21]", "2026-04-21 既放假又上班"),
        (SONG_FESTIVAL.replace("2026-04-21", "20260421"), "应当是一组日期"),
    ],
)
def test_a_mistake_in_a_local_holiday_is_told(text, why):
    with pytest.raises(LawError, match=why):
        parse_local(text)


def test_dates_are_printed_without_leading_zeros():
    assert chinese_date(date(2026, 11, 21)) == "2026年11月21日"
    assert chinese_date(date(2027, 1, 5)) == "2027年1月5日"
