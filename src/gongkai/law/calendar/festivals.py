"""Statutory holidays (法定节假日) of years for which no notice is known: what a provisional calendar rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from ..records import check_shape, load_toml
from ..terms import LawError
from .notices import YearRecord

_SOURCE = "calendar/statutory.toml"
_IN_FORCE = 2025  # first year of the rules of 2024


@dataclass(frozen=True, slots=True)
class _SolarHoliday:
    name: str
    month: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _LunarYear:
    """The days of a year that follow the moon and the sun's place (节气)."""

    year: int
    spring: date
    qingming: date
    dragon_boat: date
    mid_autumn: date

    def named(self) -> tuple[tuple[str, date], ...]:
        """Every day off with its name; 春节 is 除夕 and the first three days of the first month."""
        spring = tuple(("春节", self.spring + timedelta(days)) for days in range(-1, 3))
        return (*spring, ("清明节", self.qingming), ("端午节", self.dragon_boat), ("中秋节", self.mid_autumn))


@cache
def statutory_days(year: int) -> Mapping[date, str]:
    """The statutory holidays of a year by the rules in force since 2025, each with its name, in order of days.

    Before and beyond the lunar table (2027 to 2060) only those with a fixed date (元旦、劳动节、国庆节).
    Where two fall on one day it bears both names.
    """
    solar, lunar = _data()
    days: dict[date, str] = {}
    for holiday in solar:
        for number in range(holiday.first, holiday.last + 1):
            days[date(year, holiday.month, number)] = holiday.name
    for name, day in lunar[year].named() if year in lunar else ():
        days[day] = f"{days[day]}、{name}" if day in days else name
    return MappingProxyType(dict(sorted(days.items())))


def statutory_days_worked(record: YearRecord) -> Mapping[date, str]:
    """The statutory holidays that a notice of 2025 or later leaves out: most likely something was mistyped."""
    off = {day for holiday in record.holidays for day in holiday.off}
    days = statutory_days(record.year) if record.year >= _IN_FORCE else {}
    return MappingProxyType({day: name for day, name in days.items() if day not in off})


@cache
def _data() -> tuple[tuple[_SolarHoliday, ...], Mapping[int, _LunarYear]]:
    raw = load_toml(_SOURCE, "solar", "lunar")
    check_shape(raw["solar"], f"{_SOURCE}：solar", {"article": str, "mark": str, "days": list})
    check_shape(raw["lunar"], f"{_SOURCE}：lunar", {"years": list})
    solar = tuple(
        _SolarHoliday(**check_shape(item, f"{_SOURCE}：solar", {"name": str, "month": int, "first": int, "last": int}))
        for item in raw["solar"]["days"]
    )
    lunar = [_lunar_year(item, f"{_SOURCE}：lunar[{number}]") for number, item in enumerate(raw["lunar"]["years"])]
    return solar, {one.year: one for one in lunar}


def _lunar_year(item: Any, place: str) -> _LunarYear:
    days = {"spring": date, "qingming": date, "dragon_boat": date, "mid_autumn": date}
    found = _LunarYear(**check_shape(item, place, {"year": int, **days}))
    if any(getattr(found, key).year != found.year for key in days):
        raise LawError(f"{place}：有日期不在{found.year}年。")
    return found
