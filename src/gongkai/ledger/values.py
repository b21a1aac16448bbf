"""From one cell's value to a date, a number, a period or a term of a list: every lawful way of writing it, no guess.

Each function returns the value or raises :class:`RefusedValue`, whose text is the reason a clerk reads.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from ..reading.folding import fold
from .reading import CellValue, is_empty

_BLANK_MARKS = frozenset({"/", "-", "--", "\\"})
_DATE = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?")
_CLOCK = re.compile(r"[\sT]+\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?\s*$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COUNT = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?[件条项次篇场个人份]*")
_AMOUNT = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?(万元|元)?")

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(32_874, 80_000)
"""Day numbers taken for a date whose cell lost its format: 1990 to 2119. Neither 20250301 nor 20253 is among them."""

_FULL_YEAR = frozenset(range(1, 13))
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:(\d{4})年?度?[-/.]?)?"
_WHOLE_YEAR = re.compile(r"(?:(\d{4})年?度?)?(?:全年|年度|1-12月|1月?[-至到]12月)?")
_HALF = re.compile(_YEAR + r"(上|下)半年度?")
_QUARTER = re.compile(_YEAR + r"(?:第?([一二三四1234])季度?|[Qq]([1234]))")
_MONTHS = re.compile(_YEAR + r"(\d{1,2})月?(?:[-至到~](\d{1,2}))月份?")
_MONTH = re.compile(_YEAR + r"(\d{1,2})(?:月份?)?")

Period = tuple[int | None, frozenset[int]]
"""Months of a year; the year is None where the cell does not name it."""


class RefusedValue(Exception):  # noqa: N818 - it is an answer, not an error of the program
    """A value that can't be taken; the text says why, in Chinese."""


def shown(value: CellValue) -> str:
    """The value as a message quotes it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return text if len(text) <= 30 else text[:30] + "…"


def is_blank(value: CellValue, words: tuple[str, ...] = ()) -> bool:
    """Whether a cell says nothing: empty, a stroke, or one of the words that mean as much."""
    return is_empty(value) or (isinstance(value, str) and (fold(value) in _BLANK_MARKS or fold(value) in words))


def text_of(value: CellValue) -> str:
    """The text of a cell; a number without a fraction as its digits."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).strip()


def date_of(value: CellValue) -> date:
    """A date: of a date cell, of text (2025-3-1, 2025年3月1日, 2025.3.1, 2025/3/1, 20250301), or Excel's day number."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if math.isfinite(value) and int(value) in _SERIALS:
            return _EXCEL_EPOCH + timedelta(days=int(value))
        text = str(int(value)) if float(value).is_integer() else ""
    else:
        text = _compact(_CLOCK.sub("", value)) if isinstance(value, str) else ""
    found = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if not found:
        raise RefusedValue(f"“{shown(value)}”不是日期，请写成 2025-03-01 的样子")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise RefusedValue(f"“{shown(value)}”不是日历上有的日期") from None


def count_of(value: CellValue) -> int:
    """A non-negative whole number; a unit after it and thousands separators are allowed in text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < 0:
            raise RefusedValue(f"“{shown(value)}”是负数，件数不能小于 0")
        if not float(value).is_integer():
            raise RefusedValue(f"“{shown(value)}”不是整数，件数应当是整数")
        return int(value)
    found = _COUNT.fullmatch(_compact(value)) if isinstance(value, str) else None
    if not found:
        raise RefusedValue(f"“{shown(value)}”不是件数，请只填整数")
    return int(found[1].replace(",", ""))


def amount_of(value: CellValue, unit: str) -> Decimal:
    """A non-negative amount, exactly as typed, in ``unit`` (万元 or 元); text may print the other unit."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        amount = Decimal(format(value, ".15g"))  # a spreadsheet shows fifteen digits; the sixteenth is an artefact
        if not amount.is_finite():
            raise RefusedValue(f"“{shown(value)}”不是金额")
        if amount < 0:
            raise RefusedValue(f"“{shown(value)}”是负数，金额不能小于 0")
        return amount
    found = _AMOUNT.fullmatch(_compact(value)) if isinstance(value, str) else None
    if not found:
        raise RefusedValue(f"“{shown(value)}”不是金额，请只填数字，单位为{unit}")
    try:
        amount = Decimal(found[1].replace(",", "") + (found[2] or ""))
    except InvalidOperation:  # pragma: no cover - the pattern admits numbers only
        raise RefusedValue(f"“{shown(value)}”不是金额") from None
    printed = found[3] or unit
    if printed == unit:
        return amount
    return amount * 10_000 if printed == "万元" else amount / 10_000


def period_of(value: CellValue) -> Period:
    """The months a period covers: 3月, 2025-03, 第一季度, 上半年, 1-6月, 全年, 2025年, or any date in the month."""
    if isinstance(value, date):
        return value.year, frozenset({value.month})
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise RefusedValue(_no_period(value))
    text = _compact(text_of(value))
    if not text:
        raise RefusedValue(_no_period(value))
    if found := _WHOLE_YEAR.fullmatch(text):
        return _year(found[1]), _FULL_YEAR
    if re.fullmatch(r"\d{6}", text):  # 202503
        text = f"{text[:4]}-{text[4:]}"
    if found := _HALF.fullmatch(text):
        return _year(found[1]), frozenset(range(1, 7) if found[2] == "上" else range(7, 13))
    if found := _QUARTER.fullmatch(text):
        last = 3 * _QUARTERS[found[2] or found[3]]
        return _year(found[1]), frozenset(range(last - 2, last + 1))
    if (found := _MONTHS.fullmatch(text)) and 1 <= int(found[2]) < int(found[3]) <= 12:
        return _year(found[1]), frozenset(range(int(found[2]), int(found[3]) + 1))
    if (found := _MONTH.fullmatch(text)) and 1 <= int(found[2]) <= 12:
        return _year(found[1]), frozenset({int(found[2])})
    try:
        day = date_of(value)
    except RefusedValue:
        raise RefusedValue(_no_period(value)) from None
    return day.year, frozenset({day.month})


def _compact(text: str) -> str:
    """The text folded; with digits parted by a space it is "", because joining them would make another number."""
    return "" if re.search(r"\d\s+\d", text.strip()) else fold(text)


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _no_period(value: CellValue) -> str:
    return f"“{shown(value)}”不是期间，请写成 2025年3月、第一季度、上半年或者全年的样子"
