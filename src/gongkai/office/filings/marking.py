"""A text as the page shows it: its paragraphs in runs, with the sentences that no longer agree, the tied numerals, and what
is still to be filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.narrative import OPENING, Stale, Tie
from gongkai.narrative.ties import sentence_at


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one kind: ``tied`` for a numeral that is tied, ``open`` for a place to be filled in, "" for all else."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence, by its place in the text, and the numerals in it that no longer agree."""

    start: int
    end: int
    stale: tuple[Stale, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces side by side. ``mark``: what they stand under, None under nothing."""

    pieces: tuple[Piece, ...]
    mark: Mark | None = None


Span = tuple[int, int]


def marks_of(text: str, stale: Sequence[Stale]) -> tuple[Mark, ...]:
    """A mark for each sentence of a text that states something else than it should."""
    found: dict[Span, list[Stale]] = {}
    for one in stale:
        found.setdefault(sentence_at(text, one.tie.start), []).append(one)
    return tuple(Mark(start, end, tuple(those)) for (start, end), those in sorted(found.items()))


def paragraphs(
    text: str, first: int, last: int, marks: Sequence[Mark], ties: Sequence[Tie]
) -> Iterator[tuple[Run, ...]]:
    """The paragraphs of a text from place ``first`` to ``last``. ``marks``, ``ties``: those of the text."""
    tied = [(tie.start, tie.end) for tie in ties]
    opened = [match.span() for match in OPENING.finditer(text)]
    spans = (*((mark.start, mark.end) for mark in marks), *tied, *opened)
    cuts = sorted({place for span in spans for place in span})
    at = first
    for line in text[first:last].split("\n"):
        end = at + len(line)
        inner = [at, *(cut for cut in cuts if at < cut < end), end]
        runs: list[Run] = []
        for begin, stop in pairwise(inner):
            kind = "open" if _within(begin, opened) else "tied" if _within(begin, tied) else ""
            mark = next((one for one in marks if one.start <= begin < one.end), None)
            piece = Piece(text[begin:stop], kind)
            if runs and runs[-1].mark is mark:
                runs[-1] = Run((*runs[-1].pieces, piece), mark)
            elif piece.text:
                runs.append(Run((piece,), mark))
        if runs:
            yield tuple(runs)
        at = end + 1


def _within(place: int, spans: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in spans)
