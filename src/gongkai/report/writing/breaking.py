"""Where a line of Chinese text may end (避头尾): pieces that stay whole, so that PDF and Word document break alike.

Between Chinese characters a line may end anywhere but before closing and after opening punctuation (GB/T 15834-2011 5.1);
a run of Latin letters and figures stays whole but after a hyphen, a slash and spaces, as word processors set it.
"""

from __future__ import annotations

import re

NEVER_FIRST = frozenset("!),.:;?]}¨·ˇˉ―‖’”…∶、。〃々〉》」』】〕〗！＂＇），．：；？］｀｜｝～￠")
"""What no line begins with: the office suites' own list for Chinese."""

HANGING = frozenset("，。、；：！？,.;:!?")
"""What may stand beside the end of a line."""

NEVER_LAST = frozenset("([{·‘“〈《「『【〔〖（．［｛￡￥")
"""What no line ends with."""

_PIECE = re.compile(r"[!-.0-~]+[-/]*\s*|/+\s*|\s+|.", re.DOTALL)
_AFTER = re.compile(r"(?<=[-/])(?=[A-Za-z])")


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


def hung(piece: str) -> str:
    """What of a piece has to fit into a line: without the spaces at its end, and without one mark that may hang beside it."""
    bare = piece.rstrip()
    return bare[:-1] if len(bare) > 1 and bare[-1] in HANGING else bare


def meet(left: str, right: str) -> bool:
    """Whether a Chinese character and a Latin letter or figure stand side by side, so that some room is left between them."""
    return (left.isalnum() and right.isalnum()) and left.isascii() != right.isascii()
