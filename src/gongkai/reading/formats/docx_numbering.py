"""Automatic numbering of Word paragraphs (自动编号): the numbers that Word prints but does not store as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


def chinese(number: int) -> str:
    """A number below 10,000 as one counts in Chinese: 10 十, 21 二十一, 105 一百零五."""
    if number <= 0:
        return "〇"
    if number >= 10_000:
        return str(number)
    text, gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        elif text:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number > 0 else ""


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for size, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += letters * (number // size)
        number %= size
    return text


def _each_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _cyclic(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalFullWidth2": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalHalfWidth": str,
    "numberInDash": lambda number: f"- {number} -",
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _each_digit,
    "japaneseDigitalTenThousand": _each_digit,
    "taiwaneseDigital": _each_digit,
    "chineseLegalSimplified": lambda number: chinese(number).translate(_LEGAL),
    "ideographLegalTraditional": lambda number: chinese(number).translate(_LEGAL),
    "decimalEnclosedCircle": lambda n: chr(0x2460 + n - 1) if 1 <= n <= 20 else str(n),
    "decimalEnclosedCircleChinese": lambda n: chr(0x2460 + n - 1) if 1 <= n <= 20 else str(n),
    "decimalEnclosedParen": lambda n: chr(0x2474 + n - 1) if 1 <= n <= 20 else f"({n})",
    "decimalEnclosedFullstop": lambda n: chr(0x2488 + n - 1) if 1 <= n <= 20 else f"{n}.",
    "ideographEnclosedCircle": lambda n: chr(0x3220 + n - 1) if 1 <= n <= 10 else chinese(n),
    "ideographTraditional": _cyclic("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cyclic("子丑寅卯辰巳午未申酉戌亥"),
}
"""Formats that print a number. ``none`` and ``bullet`` print nothing that is part of the text."""


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document. Its counters move with each call of ``next``: ask once for each paragraph, in order."""

    _levels: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    _styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _overrides: dict[str, dict[int, int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether the document has lists at all."""
        return bool(self._levels)

    def of_style(self, style: str) -> tuple[str, int] | None:
        """List and level that a paragraph style brings, None where it brings none."""
        return self._styles.get(style)

    def next(self, number_id: str, level: int) -> str:
        """The number printed before the next paragraph of this list, "" for bullets and unknown lists."""
        if number_id not in self._levels:
            return ""
        abstract, levels = self._levels[number_id]
        if level not in levels:
            return ""
        counters = self._counters.setdefault(abstract, {})
        start = self._overrides.get(number_id, {}).get(level)
        if start is not None and (number_id, level) not in self._begun:
            counters[level] = start
        else:
            counters[level] = counters[level] + 1 if level in counters else levels[level].start
        self._begun.add((number_id, level))
        for deeper in [key for key in counters if key > level]:
            rule = levels[deeper].restart if deeper in levels else None
            if rule is None or (rule > 0 and level < rule):
                del counters[deeper]
        return _print(levels, level, counters)


def _print(levels: dict[int, _Level], level: int, counters: dict[int, int]) -> str:
    one = levels[level]
    if one.format in ("bullet", "none"):
        return one.text if one.format == "none" and "%" not in one.text else ""

    def place(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        if index not in levels:
            return ""
        format = "decimal" if one.legal and index != level else levels[index].format
        return _FORMATS.get(format, str)(counters.get(index, levels[index].start))

    text = re.sub(r"%([1-9])", place, one.text)
    return text + " " if text and text[-1].isascii() and text[-1].isalnum() else text


def read_numbering(numbering: _Element | None, styles: _Element | None) -> Numbering:
    """The lists of ``word/numbering.xml``, with the lists that the styles of ``word/styles.xml`` bring."""
    result = Numbering()
    if numbering is None:
        return result
    abstracts = {
        one.get(W + "abstractNumId", ""): {_index(level): _level(level) for level in one.iterfind(W + "lvl")}
        for one in numbering.iterfind(W + "abstractNum")
    }
    for one in numbering.iterfind(W + "num"):
        link = one.find(W + "abstractNumId")
        abstract = link.get(_VAL, "") if link is not None else ""
        levels = dict(abstracts.get(abstract, {}))
        number_id = one.get(W + "numId", "")
        for override in one.iterfind(W + "lvlOverride"):
            index = _index(override)
            if (own := override.find(W + "lvl")) is not None:
                levels[index] = _level(own)
            if (start := override.find(W + "startOverride")) is not None:
                result._overrides.setdefault(number_id, {})[index] = _number(start.get(_VAL), 1)
        result._levels[number_id] = (abstract, levels)
    if styles is not None:
        _read_styles(styles, result)
    return result


def _read_styles(styles: _Element, result: Numbering) -> None:
    based: dict[str, str] = {}
    for style in styles.iterfind(W + "style"):
        key = style.get(W + "styleId", "")
        if (parent := style.find(W + "basedOn")) is not None:
            based[key] = parent.get(_VAL, "")
        link = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if link is not None:
            level = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
            result._styles[key] = (link.get(_VAL, ""), _number(level.get(_VAL), 0) if level is not None else 0)
    for key in based:
        ancestor, steps = key, 0
        while ancestor not in result._styles and ancestor in based and steps < 20:
            ancestor, steps = based[ancestor], steps + 1
        if ancestor in result._styles:
            result._styles.setdefault(key, result._styles[ancestor])


def _index(element: _Element) -> int:
    return _number(element.get(W + "ilvl"), 0)


def _level(element: _Element) -> _Level:
    def value(name: str) -> str | None:
        child = element.find(W + name)
        return None if child is None else child.get(_VAL)

    restart = value("lvlRestart")
    legal = element.find(W + "isLgl")
    return _Level(
        start=_number(value("start"), 1),
        format=value("numFmt") or "decimal",
        text=value("lvlText") or "",
        legal=legal is not None and legal.get(_VAL) not in ("0", "false"),
        restart=None if restart is None else _number(restart, 0),
    )


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and len(value) < 7 and value.isascii() and value.isdigit() else otherwise
