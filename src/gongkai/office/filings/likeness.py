"""Repeated text as pages show it: two texts side by side, the passages that both hold marked and numbered in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.comparing import Likeness, Repeated

SECTION = "overview"
"""总体情况: the section that is compared first."""

SECTIONS = (SECTION, "problems")
"""The sections of which the text is compared (总体情况, 存在的主要问题及改进情况): the others are tables or short."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``number``: of the passage it is, 0 for text that stands in one of the two only; ``same``: whether
    the figures in it are the same, too.
    """

    text: str
    number: int = 0
    same: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts. ``paragraphs``: its pieces, a tuple a paragraph."""

    name: str
    paragraphs: tuple[tuple[Piece, ...], ...]


def sides(name: str, text: str, other_name: str, other: str, likeness: Likeness) -> tuple[Side, Side]:
    """The text and the other one with what is repeated marked. ``likeness``: of the text against this other alone.

    A passage of the other that is repeated twice is numbered by the first.
    """
    here = [(one.start, one.end, number, one.same_figures) for number, one in enumerate(likeness.passages, 1)]
    return Side(name, _paragraphs(text, here)), Side(other_name, _paragraphs(other, _there(likeness.passages)))


def told(share: float | None) -> str:
    """A share as pages print it; 太短 for a text too short to tell."""
    return "文字太短，不作比较" if share is None else f"{share:.0%}"


def _there(passages: Sequence[Repeated]) -> list[tuple[int, int, int, bool]]:
    numbered = [(one.there, one.there_end, number, one.same_figures) for number, one in enumerate(passages, 1)]
    found: list[tuple[int, int, int, bool]] = []
    for start, end, number, same in sorted(numbered):
        start = max(start, found[-1][1]) if found else start
        if start < end:
            found.append((start, end, number, same))
    return found


def _paragraphs(text: str, spans: Sequence[tuple[int, int, int, bool]]) -> tuple[tuple[Piece, ...], ...]:
    pieces, last = [], 0
    for start, end, number, same in spans:
        pieces += [Piece(text[last:start]), Piece(text[start:end], number, same)]
        last = end
    pieces.append(Piece(text[last:]))
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        for number, line in enumerate((first, *others)):
            if number:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(Piece(line, piece.number, piece.same))
    return tuple(tuple(one) for one in paragraphs if one)
