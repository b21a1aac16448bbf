"""Runs to text: runs in visual lines, a line's runs as one text, a cell's lines as one text.

Chinese is printed without spaces, so white space beside a Chinese character is an artefact of setting (justified
lines, quarter spaces beside digits) unless it is wide; between Latin letters or digits it separates words or figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .pdf_chars import WIDE, Run

SAME_LINE = 0.45
"""Runs whose middles differ by less than this part of the type size stand on one line."""

LEVEL = 0.1
"""Runs whose middles differ by less than this part of the type size stand level."""

OVERPRINT = 0.3
"""The same text again, shifted by less than this part of the type size, is bold type made by printing twice."""

WORD_GAP = 0.12
"""A gap between Latin letters or digits, in ems, that separates words."""

WIDE_GAP = 1.4
"""A gap beside a Chinese character, in ems, that separates words."""


def visual_lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs in lines from the top down, each from left to right, without what was printed twice."""
    levels: list[list[Run]] = []
    limit = -math.inf
    for run in sorted(runs, key=_height):
        if run.top + run.bottom > limit:
            levels.append([])
            limit = run.top + run.bottom + 2 * LEVEL * run.em
        levels[-1].append(run)
    lines = _merged(levels) if len(levels) > 1 else levels
    return [line if len(line) == 1 else _once(line) for line in lines]


def _merged(levels: list[list[Run]]) -> list[list[Run]]:
    """Levels that are one line, in type of several fonts, as one; the one with most text takes what is near it."""
    middles = [sum(map(_height, level)) / (2 * len(level)) for level in levels]
    lengths = [sum(len(run.text) for run in level) for level in levels]
    owner = [-1] * len(levels)
    for index in sorted(range(len(levels)), key=lambda index: -lengths[index]):
        if owner[index] >= 0:
            continue
        owner[index] = index
        for step in (-1, 1):
            near = index + step
            while 0 <= near < len(levels) and owner[near] < 0:
                reach = SAME_LINE * min(levels[near][0].em, levels[index][0].em)
                if abs(middles[near] - middles[index]) > reach:
                    break
                owner[near] = index
                near += step
    lines: dict[int, list[Run]] = {}
    for level, index in zip(levels, owner, strict=True):
        lines.setdefault(index, []).extend(level)
    return list(lines.values())


def _height(run: Run) -> float:
    return run.top + run.bottom


def _once(line: list[Run]) -> list[Run]:
    """A line's runs from left to right, each printed once."""
    line.sort(key=lambda run: run.x0)
    kept: list[Run] = []
    for run in line:
        reach = OVERPRINT * run.em
        if not any(run.text == other.text and run.x0 - other.x0 < reach for other in kept[-3:]):
            kept.append(run)
    return kept


def line_text(line: Sequence[Run]) -> str:
    """A line's text. Gaps beside Chinese characters become a space only where they are wide."""
    if len(line) == 1:
        return line[0].text
    stretched = _stretched(line)
    parts = [line[0].text]
    for before, run in pairwise(line):
        gap = (run.x0 - before.x1) / min(before.em, run.em) if run.em > 0 else 0.0
        if latin(before.text[-1]) and latin(run.text[0]):
            parts.append(" " if gap > WORD_GAP else "")
        elif gap > WIDE_GAP and not stretched:
            parts.append(" ")
        parts.append(run.text)
    return "".join(parts)


def _stretched(line: Sequence[Run]) -> bool:
    """Whether the line's characters are set apart evenly (分散对齐), so that no gap says anything."""
    return len(line) > 2 and sum(len(run.text) for run in line) <= 2 * len(line)


def latin(character: str) -> bool:
    """Whether the character is of a script that puts spaces between words, or a digit."""
    return character < WIDE and character.isalnum()


def cell_text(runs: Sequence[Run], width: float) -> str:
    """A cell's text: its lines joined. ``width``: of the cell, in points.

    Two figures one below the other are one wrapped figure only where the upper one fills the cell; else they are kept
    apart by a line break. Characters one below the other (a row head set vertically) come out as one word.
    """
    if not runs:
        return ""
    if len(runs) == 1:
        return runs[0].text
    lines = visual_lines(runs)
    text = _tight(lines[0])
    for before, line in pairwise(lines):
        if latin(text[-1]) and latin(line[0].text[0]):
            full = before[-1].x1 - before[0].x0 + before[-1].em > width - before[-1].em
            text += "" if full else "\n"
        text += _tight(line)
    return text


def _tight(line: Sequence[Run]) -> str:
    """A line's text in a cell, where a gap between Chinese characters says nothing."""
    parts = [line[0].text]
    for before, run in pairwise(line):
        apart = latin(before.text[-1]) and latin(run.text[0]) and run.x0 - before.x1 > WORD_GAP * run.em
        parts.append(" " if apart else "")
        parts.append(run.text)
    return "".join(parts)
