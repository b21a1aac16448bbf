"""Text that knows its figures: a small builder by which every figure printed carries where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..report.report import Number
from .ties import Tie, printed

_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a passage: its place, the keys whose sum it states, and that sum."""

    start: int
    end: int
    sources: tuple[str, ...]
    value: Number


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text and the figures in it, in order. Passages are put together with ``+``, `joined` and `filled`."""

    text: str = ""
    figures: tuple[Figure, ...] = ()

    def __add__(self, other: Passage | str) -> Passage:
        more = Passage(other) if isinstance(other, str) else other
        at = len(self.text)
        moved = (replace(one, start=one.start + at, end=one.end + at) for one in more.figures)
        return Passage(self.text + more.text, (*self.figures, *moved))

    def __bool__(self) -> bool:
        return self.text != ""

    def ties(self, section: str) -> Iterator[Tie]:
        """The figures as ties of a section of which this is the whole text."""
        for one in self.figures:
            yield Tie(section, one.start, one.end, one.sources, one.value)


def figure(value: Number, *sources: str) -> Passage:
    """A figure that is the sum of its sources."""
    text = printed(value)
    return Passage(text, (Figure(0, len(text), sources, value),))


def joined(pieces: Iterable[Passage], separator: str) -> Passage:
    """The pieces that are not empty, with the separator between them."""
    whole = Passage()
    for piece in pieces:
        if piece:
            whole = whole + separator + piece if whole else piece
    return whole


def filled(pattern: str, **pieces: Passage | str) -> Passage:
    """A pattern with its ``{names}`` replaced. KeyError for a name that is not given."""
    whole, at = Passage(), 0
    for hole in _HOLE.finditer(pattern):
        whole = whole + pattern[at : hole.start()] + pieces[hole[1]]
        at = hole.end()
    return whole + pattern[at:]
