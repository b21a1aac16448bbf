"""A cell's text → the figure it prints, a mark, or words. Nothing is guessed: what does not parse is no figure.

Seen in published reports: ``28``, `` 0``, ``1,234``, ``4068.208``, ``+3``, ``--253``, ``增10``, ``251000元``,
``1276.5534万元``, ``22（其中修订 16 件）``, ``13000000(预算``, ``/``, ``—``, ``无``, ``本单位未制作规章``, a lone bar, nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..report.form import Cell
from ..report.report import Number, whole
from .folding import fold, remembered

Kind = Literal["figure", "blank", "mark", "words"]

_MARKS = frozenset(
    {
        "/",
        "\\",
        "-",
        "--",
        "---",
        "----",
        "无",
        "无。",
        "零",
        "*",
        "**",
        "×",
        "空",
        "不适用",
        "暂无",
        "//",
        "_",
        "__",
        ".",
    }
)
_NO_CHANGE = re.compile(r"[+增]?0/[-减]?0")
"""``0/0``: neither more nor less, in a cell for one figure."""
_NOTHING = frozenset({"", "|", "?", "||"})
MONEY = {
    "元": Decimal(1),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "亿元": Decimal(100_000_000),
    "千元": Decimal(1000),
}
"""How many 元 a unit of money is; 万 alone is ten thousand of whatever the cell counts."""
_TEN_THOUSAND = "万"
UNITS = (*MONEY, "件次", "人次", "件", "条", "项", "个", "份", "部", "篇", "宗", "起", "次")
"""The units that stand behind a figure in its cell."""
_FIGURE = re.compile(
    r"^\??(?P<sign>(?:[+\-±]|增加|减少|增|减|升|降)*)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    rf"(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})?(?P<remark>\(.*)?$"
)
_MOST_DIGITS = 15
"""More than any figure of a report has: longer ones are damage, and no number that others could compute with."""
_TWO_FIGURES = re.compile(r"\d\s+\d")
_CHINESE = re.compile("[一-鿿]")
_FEW_WORDS = 3
_MEANT = re.compile(r"\d|^[oOlI〇○零一二三四五六七八九十百千]+$")
"""What was meant for a figure: digits among other signs, letters in their place, Chinese numerals."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell prints. ``value`` in the printed unit, before conversion; ``remark`` what stands behind it in brackets."""

    kind: Kind
    value: Number | None = None
    unit: str = ""
    remark: str = ""
    mark: str = ""
    signed: bool = False


_BLANK = Figure("blank")


@remembered(4096)
def parse(text: str) -> Figure:
    """Parse a cell's text; see the module for what it may hold."""
    if text.isdecimal() and text.isascii() and len(text) <= _MOST_DIGITS:
        return Figure("figure", int(text))
    folded = fold(text)
    if folded in _NOTHING:
        return _BLANK
    if folded in _MARKS or _NO_CHANGE.fullmatch(folded):
        return Figure("mark", mark=text.strip())
    match = _FIGURE.match(folded)
    if not match or _TWO_FIGURES.search(text) or _too_long(match):
        return Figure("words", mark=text.strip())
    number = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    sign = match["sign"]
    if "±" in sign and number:
        return Figure("words", mark=text.strip())
    if any(character in sign for character in "-减降"):
        number = -number
    return Figure(
        "figure",
        whole(number),
        unit=match["unit"] or "",
        remark=match["remark"] or "",
        signed=bool(sign),
    )


def _too_long(figure: re.Match[str]) -> bool:
    digits = figure["digits"].replace(",", "").lstrip("0")
    return len(digits) > _MOST_DIGITS or len(figure["fraction"] or "") > _MOST_DIGITS + 5


def is_unclear(figure: Figure) -> bool:
    """Whether a cell prints what may have been meant for a figure (``3*``, ``12.``, ``300余``), yet for which one?"""
    text = fold(figure.mark)
    if figure.kind != "words" or not (meant := _MEANT.search(text)):
        return False
    return not meant[0].isdecimal() or len(_CHINESE.findall(text)) <= _FEW_WORDS


@dataclass(frozen=True, slots=True)
class Converted:
    """A figure in its cell's unit; ``unit_known`` says whether cell or form prints the unit of an amount."""

    value: Number
    unit_known: bool


def convert(figure: Figure, cell: Cell) -> Converted:
    """The figure in the unit of its cell (万元 for fees, 元 for procurement, 件 for counts)."""
    assert figure.value is not None
    if cell.type != "amount":
        factor = MONEY[_TEN_THOUSAND] if figure.unit == _TEN_THOUSAND else Decimal(1)
    elif figure.unit in MONEY:
        factor = MONEY[figure.unit] / MONEY[cell.unit]
    else:
        return Converted(figure.value, cell.column.unit_printed)
    if factor == 1:
        return Converted(figure.value, True)
    return Converted(whole((Decimal(figure.value) * factor).normalize()), True)
