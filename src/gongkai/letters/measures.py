"""Lengths, sizes and faces as Word writes them, in points and names of typefaces."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..report.writing.theme import FANGSONG, HEI, KAI, SONG, XIAOBIAOSONG
from .styles import Properties

_FACES = {name: face.families for face in (SONG, FANGSONG, KAI, HEI, XIAOBIAOSONG) for name in face.families}


def families(fonts: Mapping[str, str]) -> tuple[str, ...]:
    """The typefaces to look for, best first, by the names in ``w:rFonts``."""
    named = [fonts[key] for key in ("eastAsia", "ascii", "hAnsi") if fonts.get(key)]
    if not named:
        return SONG.families
    return tuple(dict.fromkeys((*_FACES.get(named[0], (named[0],)), *SONG.families)))


def size(properties: Properties) -> float:
    """The size of type in points; Word's own is 10.5."""
    return number(properties.get("sz", {}).get("val"), 21) / 2


def colour(properties: Properties) -> str:
    """The colour of type, black where none is given."""
    value = properties.get("color", {}).get("val", "")
    return f"#{value}" if re.fullmatch(r"[0-9A-Fa-f]{6}", value) else "#000000"


def indent(indents: Mapping[str, str], name: str, size: float) -> float:
    """An indent: in hundredths of a character where it is given so, else in twips."""
    characters = number(indents.get(f"{name}Chars"), 0)
    return characters / 100 * size if characters else points(indents.get(name, ""), "0")


def gap(spacing: Mapping[str, str], name: str) -> float:
    """The space before or after a paragraph in points."""
    lines = number(spacing.get(f"{name}Lines"), 0)
    return lines / 100 * 15.6 if lines else points(spacing.get(name, ""), "0")  # Word's line of the grid, 15.6 points


def pitch(spacing: Mapping[str, str], size: float) -> float:
    """From line to line: as fixed, else so many times the typeface's line, which for Chinese faces is some 1.3 of its size."""
    line = number(spacing.get("line"), 240)
    if spacing.get("lineRule", "auto") == "auto":
        return size * 1.3 * line / 240
    return line / 20 if spacing["lineRule"] == "exact" else max(line / 20, size * 1.3)


def points(twips: str, otherwise: str) -> float:
    """A length in twips as points."""
    return number(twips, number(otherwise, 0)) / 20


def number(text: str | None, otherwise: float) -> float:
    """A length as Word writes it; what is no number of a sane size counts as not given."""
    try:
        value = float(text) if text else otherwise
    except ValueError:
        return otherwise
    return value if abs(value) < 100_000 else otherwise
