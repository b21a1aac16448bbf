"""Two versions of a report beside each other: the figures that differ, and the text with what was taken out and put in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gongkai.comparing.steps import steps
from gongkai.report.form import CellKey
from gongkai.report.report import Report

Kind = Literal["same", "out", "in"]

_WORDS = re.compile(r"\d+(?:\.\d+)?[%％]?|[A-Za-z]+|\s|.", re.DOTALL)
_ISLAND = 2  # unchanged characters between two changes that read better as a part of them

_MOST_LINES, _MOST_WORDS = 4_000_000, 50_000_000
"""Pairs that are looked at, of a text's paragraphs and of the words of all its changed paragraphs: some seven thousand words
against as many. Beyond that a text is another one, shown as taken out and put in; comparing grows with the square.
"""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure that differs, both as printed."""

    key: CellKey
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that stayed, was taken out, or was put in."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """A section whose text differs: its changed paragraphs, each as runs."""

    heading: str
    paragraphs: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two reports of one organ."""

    cells: tuple[CellChange, ...]
    texts: tuple[TextChange, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.cells and not self.texts


def compare(before: Report, after: Report) -> Comparison:
    """What differs from one report to the other, in the order of the form. Both follow the same edition of it."""
    form = after.form or before.form
    assert form is not None
    cells = tuple(
        CellChange(key, cell.name, printed(before, key), printed(after, key))
        for key, cell in form.cells.items()
        if printed(before, key) != printed(after, key)
    )
    pairs = [("标题", before.title or "", after.title or ""), ("导语", before.introduction, after.introduction)]
    for section in form.sections:
        heading = f"{section.number}、{section.heading}"
        pairs.append((heading, before.sections.get(section.key, ""), after.sections.get(section.key, "")))
    texts = tuple(TextChange(heading, tuple(_paragraphs(old, new))) for heading, old, new in pairs if old != new)
    return Comparison(cells, texts)


def printed(report: Report, key: CellKey) -> str:
    """A cell as it is printed: its figure, its mark, or that there is none."""
    if (value := report.values.get(key)) is not None:
        return str(value)
    return report.marks.get(key, "空白" if key in report.values else "没有这一格")


def _paragraphs(before: str, after: str) -> Iterator[tuple[Run, ...]]:
    """The paragraphs that differ; what stands between unchanged ones is compared word by word."""
    old, new = before.splitlines(), after.splitlines()
    left = _MOST_WORDS
    for kind, i, j, k, m in steps(old, new, _MOST_LINES):
        if kind == "equal":
            continue
        taken_out, put_in = "\n".join(old[i:j]), "\n".join(new[k:m])
        effort = len(taken_out) * len(put_in)
        yield tuple(_runs(taken_out, put_in, left))
        left -= min(left, effort)


def _runs(before: str, after: str, most: int) -> list[Run]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Run] = []
    for same, i, j, k, m in _joined(steps(old, new, most)):
        if same:
            found.append(Run("same", "".join(old[i:j])))
            continue
        found += [Run("out", "".join(old[i:j]))] if j > i else []
        found += [Run("in", "".join(new[k:m]))] if m > k else []
    return found


def _joined(opcodes: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[bool, int, int, int, int]]:
    """The steps, each stretch of changes as one: small islands of unchanged text between changes go with them."""
    found: list[tuple[bool, int, int, int, int]] = []
    last = len(opcodes) - 1
    for place, (kind, i, j, k, m) in enumerate(opcodes):
        same = kind == "equal" and not (0 < place < last and j - i <= _ISLAND)
        if found and not same and not found[-1][0]:
            found[-1] = (False, found[-1][1], j, found[-1][3], m)
        else:
            found.append((same, i, j, k, m))
    return found
