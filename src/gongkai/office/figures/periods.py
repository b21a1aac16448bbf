"""A period of whole days (统计期间)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import chinese_date


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both included. ``name``: how it is written: 2026年, 2026年第一季度, 2026年1月1日至3月5日."""

    first: date
    last: date
    name: str


def year_of(year: int) -> Period:
    """A whole year, the period of an annual report."""
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year}年")


def parse_period(code: str) -> Period:
    """The period of a code: ``2026``, ``2026-H1``, ``2026-Q3``, ``2026-05``, ``2026-01-05..2026-03-31``.

    ValueError for any other, and for years of other centuries.
    """
    if found := re.fullmatch(r"(20[0-9]{2})", code):
        return year_of(int(found[1]))
    if found := re.fullmatch(r"(20[0-9]{2})-(H[12]|Q[1-4]|0[1-9]|1[0-2])", code):
        year, part = int(found[1]), found[2]
        if part[0] == "H":
            first, last, name = 6 * int(part[1]) - 5, 6 * int(part[1]), ("上半年", "下半年")[int(part[1]) - 1]
        elif part[0] == "Q":
            first, last, name = 3 * int(part[1]) - 2, 3 * int(part[1]), f"第{'一二三四'[int(part[1]) - 1]}季度"
        else:
            first = last = int(part)
            name = f"{first}月"
        return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), f"{year}年{name}")
    if found := re.fullmatch(r"(20[0-9]{2}-[0-9]{2}-[0-9]{2})\.\.(20[0-9]{2}-[0-9]{2}-[0-9]{2})", code):
        first_day, last_day = date.fromisoformat(found[1]), date.fromisoformat(found[2])
        if last_day >= first_day:
            return Period(first_day, last_day, f"{chinese_date(first_day)}至{chinese_date(last_day)}")
    raise ValueError(f"不认识统计期间“{code}”。")


def code_of(period: Period) -> str:
    """A code that `parse_period` reads back."""
    if period == year_of(period.first.year):
        return str(period.first.year)
    return f"{period.first.isoformat()}..{period.last.isoformat()}"
