"""Where a line of Chinese text ends (避头尾), so that the PDF breaks as the Word document does in an office suite.

Between Chinese characters a line may end anywhere but before closing and after opening punctuation (GB/T 15834-2011 5.1);
a run of Latin letters and figures stays whole but after a hyphen, a slash and spaces. Punctuation keeps its full width; at
the end of a line of running text a mark may hang beside it. Where Chinese and Latin meet some room is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

NEVER_FIRST = frozenset("!),.:;?]}¨·ˇˉ―‖’”…∶、。〃々〉》」』】〕〗！＂＇），．：；？］｀｜｝～￠")
"""What no line begins with: the office suites' own list for Chinese."""

NEVER_LAST = frozenset("([{·‘“〈《「『【〔〖（．［｛￡￥")
"""What no line ends with."""

HANGING = frozenset("，。、；：！？,.;:!?")
"""What may stand beside the end of a line."""

_PIECE = re.compile(r"[!-.0-~]+[-/]*\s*|/+\s*|\s+|.", re.DOTALL)
_AFTER = re.compile(r"(?<=[-/])(?=[A-Za-z])")

Width = Callable[[str], float]
"""The width of a character of Latin text, in ems."""


def pieces(text: str) -> list[str]:
    """The text in pieces, between which alone a line may end. Spaces stay with what they follow."""
    found: list[str] = []
    for match in _PIECE.finditer(text):
        for part in _AFTER.split(match[0]):
            joins = found and (part[0] in NEVER_FIRST or found[-1].rstrip()[-1:] in NEVER_LAST or part.isspace())
            if joins and not (part[0].isascii() and part[0].isalnum() and found[-1][-1].isspace()):
                found[-1] += part
            else:
                found.append(part)
    return found


def lines(
    parts: Sequence[tuple[str, Width]],
    room: float,
    size: float,
    *,
    indent: float = 0,
    tracking: float = 0,
    hang: bool = True,
) -> list[list[str]]:
    """The lines of a text, each with what of every part stands in it ("" for nothing).

    ``parts``: stretches of the text set in different faces, one after the other, each with its measure. ``room``,
    ``indent`` (of the first line), ``size`` and ``tracking`` (added to each character) in points. ``hang``: whether
    punctuation may hang.
    """

    def measured(text: str, width: Width) -> float:
        return sum(size * (1 if is_wide(sign) else width(sign)) + tracking for sign in text)

    found = [[""] * len(parts)]
    used, before = indent, ""
    for number, (part, width) in enumerate(parts):
        for piece in pieces(part):
            gap = 0.2 * size - tracking if _meet(before[-1:], piece[:1]) else 0.0
            bare = piece.rstrip()
            fits = bare[:-1] if hang and len(bare) > 1 and bare[-1] in HANGING else bare
            if used > 0 and used + gap + measured(fits, width) > room + 0.01:
                found.append([""] * len(parts))
                used, gap = 0, 0.0
            found[-1][number] += piece
            used += gap + measured(piece, width)
            before = piece
    return found


def is_wide(character: str) -> bool:
    """Whether it takes a full square in a Chinese font."""
    return character in "“”‘’…—" or unicodedata.east_asian_width(character) in "WF"


def _meet(left: str, right: str) -> bool:
    """Whether a Chinese character and a Latin letter or figure stand side by side."""
    return left.isalnum() and right.isalnum() and left.isascii() != right.isascii()
