"""The text of a report as the rules look at it: passages with their place, flattened once, and sentences to quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..reading.folding import simplify, widths, without_readings
from ..report.finding import Where
from ..report.form import Form, editions, load_form
from ..report.report import Report

_INNER_BLANK = re.compile(r"[^\S\n]+")
_ENDS = "。！？!?\n；;"
_LONGEST_QUOTE = 80

KEPT = 16
"""Texts kept in a cache: those of one report and of last year's, so that bulk reading holds no others."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text: the introduction (``introduction``, number None) or a section outside its table.

    ``text`` as printed; ``name`` as a message calls it (导语, 第一部分).
    """

    key: str
    number: int | None
    name: str
    text: str

    @property
    def flat(self) -> str:
        """The text in simplified characters without any white space: for looking up words."""
        return flatten(self.text)

    @property
    def tight(self) -> str:
        """The text as printed without the white space inside a paragraph: for looking at characters side by side."""
        return tighten(self.text)

    def where(self, sentence: str | None = None) -> Where:
        return Where(section=self.number, sentence=sentence)


@lru_cache(maxsize=KEPT)
def flatten(text: str) -> str:
    """Simplified characters, without readings in brackets and without white space."""
    return "".join(simplify(without_readings(text)).split())


@lru_cache(maxsize=KEPT)
def tighten(text: str) -> str:
    """Without the white space inside a paragraph."""
    return _INNER_BLANK.sub("", text)


@lru_cache(maxsize=KEPT)
def fold_text(text: str) -> str:
    """``folding.fold`` for a whole section, which has no place in that function's large cache."""
    return "".join(widths(simplify(without_readings(text))).split())


def form_of(report: Report, form: Form | None) -> Form:
    """The form whose section headings apply: that of the report's edition, else the newest."""
    return form or report.form or load_form(editions()[-1])


def section_numbers(form: Form) -> dict[str, int]:
    """Section key to its number from 1 to 6."""
    return {section.key: number for number, section in enumerate(form.sections, 1)}


def passages(report: Report, *, whole: bool = False) -> Iterator[Passage]:
    """The introduction and the sections that have text, in the order of the form.

    Of a section whose content is a table only sentences are taken, unless ``whole``: other lines may be what the
    reading left of the table.
    """
    if report.introduction.strip():
        yield Passage("introduction", None, "导语", report.introduction)
    for number, section in enumerate(form_of(report, None).sections, 1):
        text = report.sections.get(section.key, "")
        if section.kind == "table" and text and not whole:
            text = "\n".join(paragraph for paragraph in text.split("\n") if "。" in paragraph)
        if text.strip():
            yield Passage(section.key, number, f"第{section.number}部分", text)


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around a place in the text, cut to a length that can be quoted."""
    left = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    right = min((place for mark in _ENDS if (place := text.find(mark, end)) >= 0), default=len(text)) + 1
    if right - left > _LONGEST_QUOTE:
        left = max(left, start - _LONGEST_QUOTE // 2)
        right = min(right, end + _LONGEST_QUOTE // 2)
    return text[left:right].strip()
