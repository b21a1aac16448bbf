"""Numbering of headings: its style and its value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..reading.folding import fold
from ..reading.narrative.numerals import chinese

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
    if (match := _CHINESE.search(text)) and (value := chinese(match[0])) is not None:
        return Numbering(_style(text, match, "一"), value)
    if match := _ARABIC.search(text):
        return Numbering(_style(text, match, "1"), int(match[0]))
    return None


def numeral(text: str) -> int | None:
    """A number in Chinese numerals or Arabic digits: 十二 is 12; None for what is no number (一二)."""
    return int(text) if text.isdecimal() else chinese(text)


def _style(text: str, match: re.Match[str], stand_in: str) -> str:
    """The printed numbering with its number replaced; 、 and . after a number are one style."""
    return (text[: match.start()] + stand_in + text[match.end() :]).replace(",", ".").replace(":", ".")
