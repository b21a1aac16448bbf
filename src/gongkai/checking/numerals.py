"""Numbering of headings: its style and its value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..reading.folding import fold

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CHINESE = re.compile(r"[〇零一二两三四五六七八九十百]+")
_ARABIC = re.compile(r"\d+")
_ROUND = {chr(0x2460 + n): n + 1 for n in range(20)}


@dataclass(frozen=True, slots=True)
class Numbering:
    """``style``: how the number is printed, with 一 or 1 in its place (``(一)``, ``1.``); ``value``: the number."""

    style: str
    value: int


def numbering(printed: str) -> Numbering | None:
    """The numbering of a heading as printed ("二、", "（3）", "第一部分"), None where it holds no number."""
    text = fold(printed)
    if printed.strip()[:1] in _ROUND:
        return Numbering("①", _ROUND[printed.strip()[:1]])
    if match := _CHINESE.search(text):
        return Numbering(_style(text, match, "一"), chinese_number(match[0]))
    if match := _ARABIC.search(text):
        return Numbering(_style(text, match, "1"), int(match[0]))
    return None


def chinese_number(text: str) -> int:
    """A number below 1000 in Chinese numerals or Arabic digits: 十二 is 12."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit


def _style(text: str, match: re.Match[str], stand_in: str) -> str:
    """The printed numbering with its number replaced; 、 and . after a number are one style."""
    return (text[: match.start()] + stand_in + text[match.end() :]).replace(",", ".").replace(":", ".")
