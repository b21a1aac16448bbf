"""Ties (数据关联): a numeral in the text, and the figures of the report or facts of the year whose sum it states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..report.report import Number, Report, whole

INTRODUCTION = "introduction"
"""Stands for the introduction (导语) where a section's key is asked for."""

Texts = Mapping[str, str]
"""The texts of a report by the key of their section, the introduction among them."""

NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
"""A number in digits as official text prints it; full-width digits count too."""

_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]|\n|$)")


@dataclass(frozen=True, slots=True)
class Tie:
    """``section``: key of a section, or ``introduction``; ``start``, ``end``: the numeral's place in its text.

    ``sources``: keys whose sum the numeral states: cells of the form (``applications.received.total``), or ``fact:`` and
    the key of a fact (``fact:meetings``). ``value``: their sum when the sentence was written.
    """

    section: str
    start: int
    end: int
    sources: tuple[str, ...]
    value: Number


@dataclass(frozen=True, slots=True)
class Stale:
    """A numeral that no longer states what its sources say.

    ``printed``: what it prints, None where no numeral stands at the tie's place any more. ``current``: what they say now,
    None where one of them no longer exists. ``proposed``: the sentence with the current numbers of all its stale
    numerals, the same as ``sentence`` where there are none.
    """

    tie: Tie
    printed: Number | None
    current: Number | None
    sentence: str
    proposed: str


def texts_of(report: Report) -> dict[str, str]:
    """The texts of a report by section in the order of its form, the introduction first; "" where nothing is written."""
    form = report.form
    keys = [section.key for section in form.sections] if form else list(report.sections)
    return {INTRODUCTION: report.introduction} | {key: report.sections.get(key, "") for key in keys}


def numerals(text: str) -> dict[int, int]:
    """Where each numeral of a text begins and ends."""
    return {match.start(): match.end() for match in NUMERAL.finditer(text)}


def stated(text: str) -> Number | None:
    """The number that a numeral prints; None where the text is no numeral."""
    return whole(Decimal(text.replace(",", ""))) if NUMERAL.fullmatch(text) else None


def printed(number: Number) -> str:
    """A figure as official text prints it: no exponent, no separators, no zeros at the end."""
    return format(number.normalize(), "f") if isinstance(number, Decimal) else str(number)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a text begins and ends; its stop belongs to it, a line break does not."""
    spans = ((match.start(), match.end() - match[0].endswith("\n")) for match in _SENTENCE.finditer(text))
    return [(start, end) for start, end in spans if end > start]


def sentence_at(text: str, place: int) -> tuple[int, int]:
    """Where the sentence begins and ends that holds a place; its stop belongs to it, a line break does not."""
    for match in _SENTENCE.finditer(text):
        if match.start() <= place < match.end():
            return match.start(), match.end() - match[0].endswith("\n")
    return len(text), len(text)


def stale(ties: Iterable[Tie], texts: Texts, numbers: Mapping[str, Number | None]) -> tuple[Stale, ...]:
    """The ties whose numerals print something else than their sources now say, or are no numerals, in the order of the ties.

    ``numbers``: the current figure of each source; one that is blank (None) or not there no longer exists.
    """
    found = []
    for tie in ties:
        says, now = _printed(tie, texts), _current(tie, numbers)
        if now is None or says != now:
            found.append((tie, says, now))
    proposals = _proposals(texts, [(tie, now) for tie, says, now in found if says is not None and now is not None])
    result = []
    for tie, says, now in found:
        text = texts.get(tie.section, "")
        start, end = sentence_at(text, tie.start)
        sentence = text[start:end]
        result.append(Stale(tie, says, now, sentence, proposals.get((tie.section, start), sentence)))
    return tuple(result)


def updated(texts: Texts, ties: Iterable[Tie], which: Iterable[Stale]) -> tuple[dict[str, str], tuple[Tie, ...]]:
    """The texts with the current numbers written into the stale numerals in ``which``, and all ties at their new places.

    A tie whose sources no longer exist stays as it is; one at whose place no numeral stands is left out.
    """
    now = {one.tie: one.current for one in which if one.current is not None}
    written: dict[str, str] = dict(texts)
    moved: list[Tie] = []
    sections: dict[str, list[Tie]] = {}
    for tie in ties:
        if _printed(tie, texts) is not None:
            sections.setdefault(tie.section, []).append(tie)
    for section, those in sections.items():
        text, pieces, at, shift = texts[section], [], 0, 0
        for tie in sorted(those, key=lambda one: one.start):
            number = now.get(tie)
            figure = text[tie.start : tie.end] if number is None else printed(number)
            pieces += [text[at : tie.start], figure]
            start = tie.start + shift
            value = tie.value if number is None else number
            moved.append(replace(tie, start=start, end=start + len(figure), value=value))
            shift += len(figure) - (tie.end - tie.start)
            at = tie.end
        written[section] = "".join((*pieces, text[at:]))
    return written, tuple(moved)


def _printed(tie: Tie, texts: Texts) -> Number | None:
    """What the numeral at a tie's place prints; None where it is not a whole numeral."""
    text = texts.get(tie.section, "")
    return stated(text[tie.start : tie.end]) if numerals(text).get(tie.start) == tie.end else None


def _current(tie: Tie, numbers: Mapping[str, Number | None]) -> Number | None:
    """What the sources say together; None where one is gone, or where no count could say it (below zero)."""
    values = [numbers.get(source) for source in tie.sources]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    total = sum(known)
    if total < 0:
        return None
    return whole(total) if isinstance(total, Decimal) else total


def _proposals(texts: Texts, changes: Sequence[tuple[Tie, Number]]) -> dict[tuple[str, int], str]:
    """Each sentence with its new numbers, by section and by where it begins."""
    result: dict[tuple[str, int], str] = {}
    for tie, now in sorted(changes, key=lambda change: change[0].start, reverse=True):
        text = texts[tie.section]
        start, end = sentence_at(text, tie.start)
        sentence = result.get((tie.section, start), text[start:end])
        result[tie.section, start] = sentence[: tie.start - start] + printed(now) + sentence[tie.end - start :]
    return result
