"""A sentence as a row of tokens: words of the vocabulary, figures with their unit, stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ...report.report import Number, whole
from . import numerals
from .meanings import Lexicon, Word

Approximate = Literal["", "about", "over", "under"]

_MONEY = ("元",)
_NOT_AFTER_UNIT = {"个": ("月", "工作日", "自然日", "小时", "百分点"), "件": ("事",), "次": ("性",), "条": ("例", "款")}


@dataclass(slots=True)
class Token:
    """``kind``: ``word``, ``figure``, ``year`` (a year named), ``stop``. ``[start:end]`` in the plain text.

    A figure runs from the word that makes it approximate to its unit; ``first`` and ``last`` bound the numeral alone.
    """

    kind: Literal["word", "figure", "year", "stop"]
    text: str
    start: int
    end: int
    word: Word | None = None
    value: Number = 0
    unit: str = ""
    approximate: Approximate = ""
    first: int = 0
    last: int = 0
    chinese: bool = False


def tokens(plain: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Token]:
    """The tokens of ``plain[start:end]`` in order."""
    at = start
    scan = lexicon.scan.search
    while match := scan(plain, at, end):
        kind = match.lastgroup
        begin, at = match.span()
        text = match[0]
        if kind == "word":
            yield Token("word", text, begin, at, lexicon.words[text])
        elif kind == "stop":
            yield Token("stop", text, begin, at)
        elif kind == "arabic":
            token = _arabic(plain, begin, at, end, lexicon)
            if token is not None:
                at = token.end
                yield token
        elif kind in ("percent", "fraction"):
            value = Decimal(numerals.chinese(match["percent"]) or 0)
            if match["fraction"]:
                digits = "".join(str(numerals.chinese(digit)) for digit in match["fraction"])
                value += Decimal(f"0.{digits}")
            yield Token("figure", text, begin, at, value=whole(value), unit="%", first=begin, last=at, chinese=True)
        elif kind == "chinese":
            number = numerals.chinese(text)
            if number is not None:
                token = _figure(plain, begin, at, end, number, "", lexicon, chinese=True)
                if token is not None:
                    at = token.end
                    yield token


def _arabic(plain: str, begin: int, at: int, end: int, lexicon: Lexicon) -> Token | None:
    digits = plain[begin:at]
    if plain.startswith("年", at) and len(digits) == 4 and digits.isdecimal():
        return Token("year", digits, begin, at + 1, value=int(digits))
    return _figure(plain, begin, at, end, None, digits, lexicon)


def _figure(
    plain: str, begin: int, at: int, end: int, number: int | None, digits: str, lexicon: Lexicon, chinese: bool = False
) -> Token | None:
    tail = lexicon.tail.match(plain, at, end)
    assert tail is not None  # every part of it may be empty
    unit, multiplier, stop = tail["unit"] or "", tail["multiplier"] or "", tail.end()
    if tail["percent"]:
        unit, stop = "%", tail.end("percent")
    if any(plain.startswith(more, stop) for more in _NOT_AFTER_UNIT.get(unit, ())):
        return None
    if number is None:
        if unit in _MONEY and multiplier in ("万", "亿"):
            unit, multiplier = multiplier + unit, ""
        number_or_decimal = numerals.arabic(digits, multiplier)
    else:
        number_or_decimal = number
    approximate: Approximate = ""
    start = begin
    before = lexicon.before.search(plain, max(0, begin - 4), begin)
    if before is not None:
        start = before.start()
        approximate = "about" if before[0] in lexicon.about else "over" if before[0] in lexicon.over else "under"
    if tail["more"] or tail["bound"] == "以上":
        approximate = "over"
    elif tail["bound"]:
        approximate = "about"
    last = tail.end("multiplier") if multiplier else at
    return Token(
        "figure", plain[begin:stop], start, stop, None, number_or_decimal, unit, approximate, begin, last, chinese
    )
