"""Folding: what two printings of the same words have in common.

Width (（ and (), spacing, traditional characters, readings mixed in by broken conversions (領(lǐng)導), numbering and
bracketed explanations differ from page to page. Matching is done on folded text; what is reported is always as printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TypeVar

_Made = TypeVar("_Made")
_LONGEST_KEPT = 64


def remembered(most: int) -> Callable[[Callable[[str], _Made]], Callable[[str], _Made]]:
    """Keep what a function makes of the last ``most`` short texts. Labels recur; long texts don't, and would fill the
    memory of whoever reads a hundred thousand documents."""

    def keep(function: Callable[[str], _Made]) -> Callable[[str], _Made]:
        kept = lru_cache(maxsize=most)(function)

        def made(text: str) -> _Made:
            return kept(text) if len(text) <= _LONGEST_KEPT else function(text)

        made.__name__, made.__doc__ = function.__name__, function.__doc__
        return made

    return keep


_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
    0x2002: " ",
    0x2003: " ",
    0x2009: " ",
    0x200B: None,
    0x200C: None,
    0x200D: None,
    0xFEFF: None,
    0xAD: None,
    ord("钩"): "勾",  # 钩稽 is written for 勾稽
    ord("〔"): "(",
    ord("〕"): ")",
    ord("﹙"): "(",
    ord("﹚"): ")",
    ord("“"): '"',
    ord("”"): '"',
    ord("„"): '"',
    ord("‘"): "'",
    ord("’"): "'",
    ord("。"): ".",
    ord("、"): ",",
    ord("．"): ".",
    ord("—"): "-",
    ord("–"): "-",
    ord("−"): "-",
    ord("－"): "-",
}

READING = re.compile(r"(?<=[一-鿿])[(（]([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜêńňǹḿ][a-zü]*)[)）]")
"""A reading in brackets after a character, as broken conversions leave it. The tone mark tells it from an abbreviation."""

_TRADITIONAL = frozenset(
    "係內動務區員問單國執報學實審寫對導屬廢強後徹應戶採據敗數於時書會東條業構標機檔權決沒況減準無爲獲現畫當發監確祕穩範糾納組結統經維網縣總織繫繳繼續罰習聞聯臺與舉萬處號裏補製複見規計訟訪設許訴評詞詢試詩話"
    "詳認語誠誤說誰課調談請論謀謂謝證譯議護讀貝負財貢貧貨販貪貫責貴買貸費貼貿賀資賜賞賠賢賣賤賦質賭賴賺購賽贈贊贏車轉辦這連進運過達違遞遠適遲遷選遺還邊邏鄉鄧鄭鄰醫釋銀鋼錢錯鍵鍾鎖鎮鐵長門開間關際電項領頭題額類風飛馬體魚鳥"
)
"""Traditional characters of the form's own words and of common ones: any of them shows what script a text is in."""


def simplify(text: str) -> str:
    """Traditional characters to simplified ones, character by character, so that the length stays."""
    if _TRADITIONAL.isdisjoint(text):
        return text
    return text.translate(_simplified())


@cache
def _simplified() -> dict[int, int]:
    """Every traditional character that has one simplified form, from OpenCC's tables."""
    import opencc  # heavy: only for documents in traditional characters

    convert = opencc.OpenCC("t2s").convert
    table: dict[int, int] = {}
    characters = [chr(code) for code in range(0x4E00, 0x9FB0)]
    for printed, plain in zip(characters, convert("\n".join(characters)).split("\n"), strict=True):
        if len(plain) == 1 and plain != printed:
            table[ord(printed)] = ord(plain)
    return table


def without_readings(text: str) -> str:
    """The text without readings mixed in after characters: 領(lǐng)導 becomes 領導."""
    return READING.sub("", text) if "(" in text or "（" in text else text


def widths(text: str) -> str:
    """Full-width letters, digits, brackets and punctuation to half-width ones; exotic spaces to a space."""
    return text.translate(_WIDTH)


_SPACE = re.compile(r"\s+")


@remembered(1 << 14)
def fold(text: str) -> str:
    """The text for comparison: simplified, half-width, without readings and white space."""
    return _SPACE.sub("", widths(simplify(without_readings(text))))
