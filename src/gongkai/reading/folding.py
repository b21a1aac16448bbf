"""Folding: what two printings of the same words have in common.

Width (（ and (), spacing, traditional characters, readings mixed in by broken conversions (領(lǐng)導), numbering and
bracketed explanations differ from page to page. Matching is done on folded text; what is reported is always as printed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

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
    "總體況報動開領導規處對應請復議訴訟題進關項數據類業學機構組織費計過結轉發廢為務與會縣區鎮鄉區門個們這說無長來時現辦聯構執條國"
)


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


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """The text for comparison: simplified, half-width, without readings and white space."""
    return _SPACE.sub("", widths(simplify(without_readings(text))))
