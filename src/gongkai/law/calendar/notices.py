"""Notices on a year's holidays (国务院办公厅关于××××年部分节假日安排的通知) as records, loaded strictly.

The records of past years are data, ``notices.toml``. The notice of a year to come is read from text of the same form
by `parse_year`, so that it can be loaded when it is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from ..records import check_dates, check_shape, load_toml, parse_toml
from ..terms import LawError

_SOURCE = "calendar/notices.toml"
_LONGEST = 16  # days off in a row; the longest so far was 10, in 2020: more is a slip of the pen
_YEARS = range(1950, 2200)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of a notice: days off from ``first`` to ``last``, and the weekend days ``worked`` (调休上班) for it."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...] = ()

    @property
    def off(self) -> tuple[date, ...]:
        """The days off, weekends among them included."""
        return tuple(self.first + timedelta(days) for days in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class YearRecord:
    """What the notice for ``year`` says. ``number``: 文号; ``published``: its date; "" and None where not known."""

    year: int
    holidays: tuple[Holiday, ...]
    number: str = ""
    published: date | None = None

    @property
    def cited(self) -> str:
        """The notice by name and number: ``国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）``."""
        return f"国务院办公厅关于{self.year}年部分节假日安排的通知" + (f"（{self.number}）" if self.number else "")


@cache
def notices() -> tuple[YearRecord, ...]:
    """The notices that come with the program, by year. Raises LawError where the data file is wrong."""
    found: dict[int, YearRecord] = {}
    for number, item in enumerate(load_toml(_SOURCE, "years")["years"]):
        record = _year(item, f"{_SOURCE}：years[{number}]")
        if record.year in found:
            raise LawError(f"{_SOURCE}：{record.year}年重复。")
        found[record.year] = record
    return tuple(found[year] for year in sorted(found))


def parse_year(text: str, source: str = "放假安排") -> YearRecord:
    """A notice given as TOML, of the form of one year of ``notices.toml``. Every mistake is a LawError in Chinese."""
    return _year(parse_toml(text, source), source)


def checked(record: YearRecord, source: str) -> YearRecord:
    """The record unchanged if its dates can be true. Raises LawError that names ``source`` and the day."""
    place = f"{source}：{record.year}年"
    if record.year not in _YEARS:
        raise LawError(f"{source}：年份应当是四位数，现为 {record.year}。")
    if not record.holidays:
        raise LawError(f"{place}没有一个节假日。")
    for holiday in record.holidays:
        _check_holiday(holiday, f"{place}“{holiday.name}”", record.year)
    _no_day_twice(record.holidays, place)
    return record


def _year(item: Mapping[str, Any], place: str) -> YearRecord:
    check_shape(item, place, {"year": int, "holidays": list}, {"number": str, "published": date})
    where = f"{place}：{item['year']}年"
    holidays = tuple(_holiday(one, f"{where}第 {number} 个节假日") for number, one in enumerate(item["holidays"], 1))
    return checked(YearRecord(item["year"], holidays, item.get("number", ""), item.get("published")), place)


def _holiday(item: object, place: str) -> Holiday:
    raw = check_shape(item, place, {"name": str, "first": date, "last": date}, {"worked": list})
    if not raw["name"].strip():
        raise LawError(f"{place}：name 是空的。")
    return Holiday(raw["name"], raw["first"], raw["last"], check_dates(raw.get("worked", []), f"{place}的 worked"))


def _check_holiday(holiday: Holiday, place: str, year: int) -> None:
    first, last = holiday.first, holiday.last
    if last < first:
        raise LawError(f"{place}放假的最后一日 {last} 早于第一日 {first}。")
    if last.year != year:
        raise LawError(f"{place}放假的最后一日 {last} 不在{year}年。")
    for day in (first, *holiday.worked):
        # New Year's holiday may begin at the end of the year before, and be worked for there
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise LawError(f"{place}的日期 {day} 不在{year}年，也不在上年12月。")
    if (last - first).days >= _LONGEST:
        raise LawError(f"{place}自 {first} 至 {last} 连放 {(last - first).days + 1} 天，请核对日期。")
    for day in holiday.worked:
        if day.weekday() < 5:
            raise LawError(f"{place}调休上班的 {day} 不是周六、周日，请核对日期。")


def _no_day_twice(holidays: tuple[Holiday, ...], place: str) -> None:
    off: dict[date, str] = {}
    for holiday in holidays:
        for day in holiday.off:
            if day in off:
                raise LawError(f"{place}的 {day} 既在“{off[day]}”又在“{holiday.name}”的放假日期里，请核对。")
            off[day] = holiday.name
    worked: dict[date, str] = {}
    for holiday in holidays:
        for day in holiday.worked:
            if day in off:
                raise LawError(f"{place}的 {day} 既放假（{off[day]}）又调休上班（{holiday.name}），请核对。")
            if day in worked:
                raise LawError(f"{place}的 {day} 调休上班写了两次（{worked[day]}、{holiday.name}），请核对。")
            worked[day] = holiday.name
