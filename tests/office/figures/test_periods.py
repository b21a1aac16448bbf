"""Periods: their codes, their names, their days."""

import itertools
from datetime import date, timedelta

import pytest

from gongkai.office.figures.periods import Period, code_of, parse_period, year_of


@pytest.mark.parametrize(
    ("code", "first", "last", "name"),
    [
        ("2026", (1, 1), (12, 31), "2026年"),
        ("2026-H1", (1, 1), (6, 30), "2026年上半年"),
        ("2026-H2", (7, 1), (12, 31), "2026年下半年"),
        ("2026-Q1", (1, 1), (3, 31), "2026年第一季度"),
        ("2026-Q4", (10, 1), (12, 31), "2026年第四季度"),
        ("2026-02", (2, 1), (2, 28), "2026年2月"),
        ("2024-02", (2, 1), (2, 29), "2024年2月"),
        ("2026-01-05..2026-03-31", (1, 5), (3, 31), "2026年1月5日至2026年3月31日"),
    ],
)
def test_a_code_says_from_when_to_when(code, first, last, name):
    year = int(code[:4])
    assert parse_period(code) == Period(date(year, *first), date(year, *last), name)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "26",
        "2026-Q5",
        "2026-13",
        "2026-00",
        "2026-H3",
        "0000",
        "0001",
        "1999",
        "2026-02-30..2026-03-01",
        "2026-03-02..2026-03-01",
        "２０２６",
    ],
)
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError):
        parse_period(code)


@pytest.mark.parametrize("parts", [("H1", "H2"), ("Q1", "Q2", "Q3", "Q4"), [f"{month:02}" for month in range(1, 13)]])
def test_the_parts_of_a_year_follow_each_other_without_gap(parts):
    periods = [parse_period(f"2024-{part}") for part in parts]
    assert (periods[0].first, periods[-1].last) == (date(2024, 1, 1), date(2024, 12, 31))
    for before, after in itertools.pairwise(periods):
        assert after.first == before.last + timedelta(1)


@pytest.mark.parametrize("code", ["2026", "2026-Q2", "2026-01-05..2026-03-31"])
def test_a_period_is_found_again_by_its_code(code):
    period = parse_period(code)
    again = parse_period(code_of(period))
    assert (again.first, again.last) == (period.first, period.last)
    assert code_of(year_of(2026)) == "2026"
