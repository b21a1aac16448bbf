"""A notice on a year's holidays as it is published: prose in one mould, read clause by clause and checked against itself.

``二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..terms import LawError
from .notices import Holiday, YearRecord, checked

_YEAR = re.compile(r"关于(\d{4})年\s*部分节假日安排的通知")
_NUMBER = re.compile(r"国办发明电〔\d{4}〕\d+号")
_SIGNED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日$")
_CLAUSE = re.compile(r"^[一二三四五六七八九十]+、([^：。]{2,20})：(.+)$")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?"
_OFF = re.compile(rf"^{_DAY}(?:至{_DAY})?放假([^。]*)")
_ONE_DAY = re.compile(_DAY)
_COUNT = re.compile(r"共(\d+)天")
_COMPENSATED = re.compile(rf"{_DAY}补休")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日])$")
_WEEKDAYS = "一二三四五六日"


def read_notice(text: str) -> YearRecord:
    """The record of a notice given as its published text, title and number included.

    What the notice says of itself is checked: weekdays in brackets, the number of days, weekends that are worked.
    Raises LawError, in Chinese, where it does not fit or can't be read; then `parse_year` takes it typed in.
    """
    lines = [_plain(line) for line in text.splitlines() if line.strip()]
    title = _YEAR.search("".join(lines))
    if not title:
        raise LawError("没有找到“关于××××年部分节假日安排的通知”这一标题，请粘贴通知全文。")
    year = int(title[1])
    clauses = [found for line in lines if (found := _CLAUSE.match(line))]
    if not clauses:
        raise LawError("没有找到“一、元旦：”这样的条目，请粘贴通知全文，每个节假日各占一行。")
    number = _NUMBER.search("".join(lines))
    signed = [date(*map(int, found.groups())) for line in lines if (found := _SIGNED.fullmatch(line))]
    holidays = tuple(_holiday(clause[1], clause[2], year) for clause in clauses)
    return checked(YearRecord(year, holidays, number[0] if number else "", signed[-1] if signed else None), "通知")


def _plain(line: str) -> str:
    """Without blanks and with one kind of each mark, whatever keyboard or site the text came from."""
    marks = str.maketrans({"（": "(", "）": ")", ":": "：", ",": "，", "[": "〔", "]": "〕"})
    return re.sub(r"\s", "", line).translate(marks)


def _holiday(name: str, clause: str, year: int) -> Holiday:
    where = f"通知“{name}”"
    off, *rest = [sentence for sentence in clause.split("。") if sentence]
    found = _OFF.match(off)
    if not found or _COMPENSATED.search(clause):
        raise LawError(f"{where}的放假日期没有读懂：“{off}”。请改用表格录入。")
    first = _day(found.groups()[:4], year, 0, where)
    last = _day(found.groups()[4:8], first.year, first.month, where) if found[7] else first
    count = _COUNT.search(off)
    if count and int(count[1]) != (last - first).days + 1:
        raise LawError(f"{where}写明共{count[1]}天，但 {first} 至 {last} 是 {(last - first).days + 1} 天，请核对。")
    worked = tuple(day for sentence in rest for day in _worked(sentence, year, where))
    return Holiday(name, first, last, worked)


def _worked(sentence: str, year: int, where: str) -> Iterator[date]:
    """The days of ``2月14日(周六)、2月28日(周六)上班``; a sentence of another kind, as an encouragement, names none."""
    if not sentence.endswith("上班"):
        return
    month = 0
    for parts in _ONE_DAY.findall(sentence):
        day = _day(parts, year, month, where)
        month = day.month
        yield day


def _day(parts: tuple[str | None, ...], year: int, month: int, where: str) -> date:
    """A day as printed; year and month, where left out, are those that went before."""
    printed_year, printed_month, number, remark = parts
    try:
        day = date(int(printed_year or year), int(printed_month or month), int(number or 0))
    except ValueError as error:
        raise LawError(f"{where}的日期“{printed_month or month}月{number}日”不存在。") from error
    weekday = _WEEKDAY.search(remark or "")
    if weekday and _WEEKDAYS[day.weekday()] != weekday[1]:
        raise LawError(f"{where}的 {day} 写作{weekday[0]}，实际是周{_WEEKDAYS[day.weekday()]}，请核对年份和日期。")
    return day
