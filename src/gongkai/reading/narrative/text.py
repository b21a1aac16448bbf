"""The narrative's text cut into paragraphs and sentences, without the white space that documents leave inside them.

Extraction from PDF puts spaces around figures and breaks lines inside sentences; conversions put readings after
characters. The text is matched without them, and every place is traced back to the text as printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..folding import READING, simplify

_LONG_LINE = 22
"""A line of at least so many characters that ends without a full stop was broken by the page, not by the author."""

_GAPS = re.compile(r"[ \t\u00a0\u2000-\u200d\u3000\ufeff\r]+|\n\s*")
_GAPS_AND_READINGS = re.compile(f"{_GAPS.pattern}|{READING.pattern}")
_LIKE_READING = re.compile("[(（][a-zü]*[à-ǹḿ]")  # quick to look for; READING decides
_WIDE = re.compile("[０-９％．]")
_DIGITS = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、．.]|[一二三四五六七八九十]是|第[一二三四五六七八九十]"
)
_SENTENCE = re.compile(r"[^。！？\n]{0,1500}[。！？\n]?")
"""No author writes a longer one; a text without full stops is taken in pieces, so that its length does no harm."""
_PART_HEADING = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、．.])?([^。，,；;：:\n]{2,24})")


@dataclass(frozen=True, slots=True)
class Text:
    """``plain``: the text for matching; ``origin(i)``: where in ``printed`` the i-th character of ``plain`` stands."""

    printed: str
    plain: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def origin(self, index: int) -> int:
        return index + self.shifts[bisect_right(self.starts, index) - 1]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, ``text.plain[start:end]``. ``opens``: the first of its paragraph; ``part``: of section one."""

    start: int
    end: int
    opens: bool
    part: str


def compact(printed: str) -> Text:
    """The text without inner white space, readings and page breaks in mid-sentence; a real line break stays one."""
    simple = simplify(printed)
    if _WIDE.search(simple):
        simple = simple.translate(_DIGITS)
    gaps = _GAPS_AND_READINGS if _LIKE_READING.search(simple) else _GAPS
    pieces: list[str] = []
    starts, shifts = [0], [0]
    length = cut = line = 0
    for gap in gaps.finditer(simple):
        begin, end = gap.span()
        keep = ""
        if simple[begin] == "\n":
            wrapped = begin - line >= _LONG_LINE and simple[begin - 1] not in "。！？；：;:" and end < len(simple)
            keep = "" if wrapped and not _NUMBERED.match(simple, end) else "\n"
            line = end
        elif begin and simple[begin - 1].isdecimal() and simple[end : end + 1].isdecimal():
            keep = " "  # two figures, not one
        pieces.append(simple[cut:begin] + keep)
        length += begin - cut + len(keep)
        cut = end
        starts.append(length)
        shifts.append(end - length)
    pieces.append(simple[cut:])
    return Text(printed, "".join(pieces), tuple(starts), tuple(shifts))


def sentences(text: Text, headings: Mapping[str, str]) -> Iterator[Sentence]:
    """The sentences in order, each with the part of section one in which it stands.

    ``headings``: heading to key of the parts, longest first; empty for other sections than the first.
    """
    part = ""
    opens = True
    plain = text.plain
    for match in _SENTENCE.finditer(plain):
        start, end = match.span()
        if start == end:
            continue
        if opens and headings:
            part = _part(plain[start:end], headings, part)
        if end - start > 1:
            yield Sentence(start, end, opens, part)
        opens = plain[end - 1] == "\n"


def _part(sentence: str, headings: Mapping[str, str], part: str) -> str:
    """The part that a paragraph opens with its heading, or the one in which it stands."""
    match = _PART_HEADING.match(sentence)
    if match is None:
        return part
    numbered = match.start(1) > 0
    headed = sentence[match.end() : match.end() + 1] in ("", "\n", "。", "：", ":")
    if not headed:
        return part
    for heading, key in headings.items():
        if heading in match[1]:
            return key
    return "" if numbered and sentence[0] in "（(" else part
