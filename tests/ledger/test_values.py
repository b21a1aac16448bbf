"""How cells are read: every usual way of writing a date, a number, a period; and nothing that would be a guess."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.values import RefusedValue, amount_of, count_of, date_of, is_blank, period_of

FIRST_OF_MARCH = date(2025, 3, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "2025-3-1", "2025-03-01", "2025年3月1日", "2025年03月01日", "2025.3.1", "2025/3/1", "20250301", 20250301.0,
        " 2025-3-1 ", "２０２５－３－１", "2025 年 3 月 1 日", "2025-3-1 10:30", "2025-03-01T10:30:00", 45717.0, 45717.4,
        date(2025, 3, 1), datetime(2025, 3, 1, 23, 59),
    ],
)  # fmt: skip
def test_dates_are_read_however_they_are_written(cell):
    assert date_of(cell) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    "cell",
    [
        "2025-13-1",
        "2025-2-29",
        "25.3.1",
        "2025年3月",
        "3月1日",
        "2025-3-1 1",
        "20253",
        20253.0,
        3.0,
        True,
        "收到",
        "2025-3-",
    ],
)
def test_what_is_no_whole_date_is_refused(cell):
    with pytest.raises(RefusedValue):
        date_of(cell)


@given(st.dates(date(1990, 1, 2), date(2090, 1, 1)))
def test_every_date_reads_back_from_every_way_of_writing_it(day):
    for text in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
    ):
        assert date_of(text) == day
    assert date_of(float((day - date(1899, 12, 30)).days)) == day


@pytest.mark.parametrize(
    ("cell", "number"), [(3.0, 3), (3, 3), ("３", 3), ("12件", 12), ("1,234", 1234), ("5.0", 5), (0.0, 0)]
)
def test_counts_are_read(cell, number):
    assert count_of(cell) == number


@pytest.mark.parametrize("cell", [1.5, -1.0, "三", "12,34", "1 2", "约5", "", True, "-3"])
def test_what_is_no_count_is_refused(cell):
    with pytest.raises(RefusedValue):
        count_of(cell)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (0.1 + 0.2, "0.3"),
        (12.5, "12.5"),
        ("12.50万元", "12.50"),
        ("125000元", "12.5"),
        ("1,234.5", "1234.5"),
        (0.0, "0"),
    ],
)
def test_amounts_are_exact_and_in_the_unit_asked_for(cell, amount):
    assert amount_of(cell, "万元") == Decimal(amount)


def test_an_amount_in_wan_is_turned_into_yuan_where_yuan_are_asked_for():
    assert amount_of("0.4万元", "元") == 4000


@pytest.mark.parametrize("cell", [-0.5, "约3万元", "1 2", "3美元", float("nan"), float("inf")])
def test_what_is_no_amount_is_refused(cell):
    with pytest.raises(RefusedValue):
        amount_of(cell, "万元")


@pytest.mark.parametrize(
    ("cell", "year", "months"),
    [
        ("2025年3月", 2025, {3}), ("3月", None, {3}), ("3月份", None, {3}), (3.0, None, {3}), ("2025-03", 2025, {3}),
        (202503.0, 2025, {3}), (date(2025, 3, 31), 2025, {3}), ("2025年3月31日", 2025, {3}),
        ("第一季度", None, {1, 2, 3}), ("2025年四季度", 2025, {10, 11, 12}), ("Q2", None, {4, 5, 6}),
        ("上半年", None, set(range(1, 7))), ("2025年下半年", 2025, set(range(7, 13))), ("1-3月", None, {1, 2, 3}),
        ("2025年1月至6月", 2025, set(range(1, 7))), ("全年", None, set(range(1, 13))), (2025.0, 2025, set(range(1, 13))),
        ("2025年度", 2025, set(range(1, 13))),
    ],
)  # fmt: skip
def test_periods_are_read(cell, year, months):
    assert period_of(cell) == (year, frozenset(months))


@pytest.mark.parametrize("cell", ["13月", "五季度", "6-3月", "去年", "", 0.0, "2025年13月", True])
def test_what_is_no_period_is_refused(cell):
    with pytest.raises(RefusedValue):
        period_of(cell)


def test_a_stroke_says_as_much_as_an_empty_cell():
    assert all(is_blank(cell) for cell in ("", "  ", "/", "—", "－", "——"))
    assert not is_blank(0) and not is_blank("0")
    assert is_blank("办理中", ("办理中",)) and not is_blank("办理中")
