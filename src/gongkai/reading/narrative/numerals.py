"""Numerals as the narrative writes them: 1,295、18万余、3.2 万、二十一、百分之三十."""

from __future__ import annotations

from decimal import Decimal

from ...report.report import Number, whole

_CHINESE = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
MULTIPLIERS = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 10**6, "千万": 10**7, "亿": 10**8}


def arabic(digits: str, multiplier: str = "") -> Number:
    """The value of ``1,295`` or ``3.2`` with ``万``: 1295, 32000."""
    number = Decimal(digits.replace(",", "").replace("，", ""))
    return whole(number * MULTIPLIERS[multiplier] if multiplier else number)


def chinese(numeral: str) -> int | None:
    """The value of ``二十一``、``两``、``一百零五``、``三万二``; None for what is no numeral (``十十``)."""
    total = section = digit = 0
    for character in numeral:
        if character in _CHINESE:
            if digit:  # 二三件 is no number
                return None
            digit = _CHINESE[character]
        elif character in _TENS:
            section += (digit or 1) * _TENS[character]
            digit = 0
        else:
            total = (total + section + digit) * (10_000 if character == "万" else 10**8)
            section = digit = 0
    return total + section + digit
