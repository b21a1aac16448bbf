"""Repeated text (内容雷同): passages that stand in other texts too, over all organs of a district at once.

The time grows with the length of the texts, not with the number of pairs: every text is looked up once in one index, and only
the shingles that another text holds as well are in it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from .prints import Prints
from .words import Way, Words, way, words_of

_FEWEST_WORDS = 40
_SHORTEST_PIECE = 8
_LOOKED_AT = 8  # places of one shingle that are tried: a longer list is of words that many use
_BLOCK = 64  # words that are compared at once before they are one by one
_ENDS = re.compile(r"[。；;！？!?\n]")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")

Index = Mapping[int, list[tuple[str, int]]]
"""Where each shingle stands that more than one text holds: text and place."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A passage that another text holds too: from ``start`` to ``end`` here, from ``there`` to ``there_end`` in ``other``.

    ``same_figures``: the figures in it are the same as well, years apart; ``words``: its length without what doesn't count.
    """

    start: int
    end: int
    other: str
    there: int
    there_end: int
    same_figures: bool
    words: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of a text stands in others. ``passages``: in order, none overlapping.

    ``share``: of the words that are no common stock, 0 to 1; sentences whose figures differ weigh less. None where the text
    is too short to tell. ``others``: the share that each other text has in it, greatest first.
    """

    passages: tuple[Repeated, ...]
    share: float | None
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """Many texts, read once. ``stock``: the shingles that most of them hold, which are common stock and don't count."""

    read: Mapping[str, Words]
    prints: Mapping[str, Prints]
    index: Index
    stock: frozenset[int]
    by: Way

    @classmethod
    def of(cls, texts: Mapping[str, str], by: Way | None = None, kept: Mapping[str, bytes] | None = None) -> Texts:
        """The texts by name. ``kept``: what `gongkai.comparing.prints_of` gave for them, of those of which it was kept."""
        by, kept = by or way(), kept or {}
        read = {name: words_of(text) for name, text in texts.items()}
        prints = {name: Prints.of(one, by, kept.get(name, b"")) for name, one in read.items()}
        index = _index(prints, _held_twice(prints.values()))
        return cls(read, prints, index, _common(index, len(read), by), by)

    def repeated(self) -> dict[str, Likeness]:
        """For each text what of it stands in another one of them."""
        return {
            name: _likeness(one, self.prints[name], self.read, self.index, self.stock, self.by, name)
            for name, one in self.read.items()
        }

    def shared(self, name: str, other: str, kept: bytes = b"") -> Likeness:
        """What of one of them stands in another text, which is none of them. ``kept``: `prints_of` this text."""
        own, theirs = self.prints[name], words_of(other)
        index = _index({"": Prints.of(theirs, self.by, kept)}, set(own.marks))
        return _likeness(self.read[name], own, {"": theirs}, index, self.stock, self.by)


def repeated(texts: Mapping[str, str], by: Way | None = None) -> dict[str, Likeness]:
    """For each text what of it stands in another one of them. What most of them hold is common stock and doesn't count."""
    return Texts.of(texts, by).repeated()


def shared(text: str, others: Mapping[str, str], stock: Set[int] = frozenset(), by: Way | None = None) -> Likeness:
    """What of one text stands in these others. ``stock``: shingles that don't count (`common_stock`)."""
    by = by or way()
    own, read = words_of(text), {name: words_of(other) for name, other in others.items()}
    prints, own_prints = {name: Prints.of(one, by) for name, one in read.items()}, Prints.of(own, by)
    return _likeness(own, own_prints, read, _index(prints, set(own_prints.marks)), stock, by)


def common_stock(texts: Mapping[str, str], by: Way | None = None) -> frozenset[int]:
    """The shingles that most of these texts hold."""
    return Texts.of(texts, by).stock


def _held_twice(prints: Iterable[Prints]) -> set[int]:
    """The shingles that more than one text holds: only these can be found in another one, or be common stock."""
    seen: set[int] = set()
    twice: set[int] = set()
    for some in prints:
        own = set(some.marks)
        twice |= seen & own
        seen |= own
    return twice


def _index(prints: Mapping[str, Prints], wanted: Set[int]) -> Index:
    found: dict[int, list[tuple[str, int]]] = {}
    for name, some in prints.items():
        for mark, at in zip(some.marks, some.places, strict=True):
            if mark in wanted:
                found.setdefault(mark, []).append((name, at))
    return found


def _common(index: Index, texts: int, by: Way) -> frozenset[int]:
    least = max(2, by.fewest, by.common * texts)  # what one text alone holds is nobody's common stock
    return frozenset(
        mark for mark, places in index.items() if len(places) >= least and len({name for name, _ in places}) >= least
    )


def _likeness(
    own: Words,
    prints: Prints,
    read: Mapping[str, Words],
    index: Index,
    common: Set[int],
    by: Way,
    name: str | None = None,
) -> Likeness:
    """``name``: of the text itself, where the index holds it, too."""
    counts = _counting(own, prints, common, by)
    matches = list(_matches(own.words, name, read, prints, index, common, by))
    pieces = [piece for match in matches for piece in _pieces(own, read[match[2]], match, counts)]
    total = sum(counts)
    if total < _FEWEST_WORDS:
        return Likeness(tuple(pieces), None)
    others: dict[str, float] = {}
    for one in pieces:
        weight = one.words * (1.0 if one.same_figures else by.other_figures)
        others[one.other] = others.get(one.other, 0.0) + weight / total
    ranked = sorted(others.items(), key=lambda pair: -pair[1])
    return Likeness(tuple(pieces), sum(others.values()), tuple(ranked))


def _counting(own: Words, prints: Prints, common: Set[int], by: Way) -> bytearray:
    """For each word whether it counts: 0 for common stock."""
    counts = bytearray(b"\1") * len(own.words)
    last = start = -2
    for number in [number for number, mark in enumerate(prints.marks) if mark in common]:
        at = prints.places[number]
        first = start if number == last + 1 else at  # between neighbours nothing counts, either
        counts[first : at + by.length] = bytes(len(counts[first : at + by.length]))
        last, start = number, at
    for stock in by.stock:
        at = own.words.find(stock)
        while at >= 0:
            counts[at : at + len(stock)] = bytes(len(stock))
            at = own.words.find(stock, at + len(stock))
    return counts


Match = tuple[int, int, str, int]
"""From, to (in words), the other text, from where there."""


def _matches(
    own: str,
    name: str | None,
    read: Mapping[str, Words],
    prints: Prints,
    index: Index,
    common: Set[int],
    by: Way,
) -> Iterator[Match]:
    """The longest runs of the same words, one after the other."""
    done = 0
    held = [number for number, mark in enumerate(prints.marks) if mark in index]
    for mark, at in ((prints.marks[number], prints.places[number]) for number in held):
        if at < done or mark in common:
            continue
        best: Match | None = None
        elsewhere = (place for place in index[mark] if place[0] != name)
        for _, (other, there) in zip(range(_LOOKED_AT), elsewhere, strict=False):
            match = _widened(own, at, other, read[other].words, there, done)
            if best is None or match[1] - match[0] > best[1] - best[0]:
                best = match
        if best is not None and best[1] - best[0] >= by.shortest:
            yield best
            done = best[1]


def _widened(own: str, at: int, other: str, words: str, there: int, least: int) -> Match:
    """The run of the same words around a place, not before ``least``."""
    start, from_there = at, there
    while start - _BLOCK >= least and from_there >= _BLOCK:
        if own[start - _BLOCK : start] != words[from_there - _BLOCK : from_there]:
            break
        start, from_there = start - _BLOCK, from_there - _BLOCK
    while start > least and from_there > 0 and own[start - 1] == words[from_there - 1]:
        start, from_there = start - 1, from_there - 1
    end, to_there = at, there
    while end + _BLOCK <= len(own) and own[end : end + _BLOCK] == words[to_there : to_there + _BLOCK]:
        end, to_there = end + _BLOCK, to_there + _BLOCK
    while end < len(own) and to_there < len(words) and own[end] == words[to_there]:
        end, to_there = end + 1, to_there + 1
    return start, end, other, from_there


def _pieces(own: Words, other: Words, match: Match, counts: bytearray) -> list[Repeated]:
    """A run cut where sentences end, without common stock; neighbours alike in their figures are one piece."""
    start, end, name, there = match
    shift = there - start
    runs: list[tuple[int, int, bool]] = []
    for first, last in _sentences(own, start, end):
        if 2 * sum(counts[first:last]) < last - first:
            continue
        same = _figures(own.until_next(first, last)) == _figures(other.until_next(first + shift, last + shift))
        if runs and runs[-1][1:] == (first, same):
            runs[-1] = (runs[-1][0], last, same)
        else:
            runs.append((first, last, same))
    return [
        Repeated(*own.span(first, last), name, *other.span(first + shift, last + shift), same, sum(counts[first:last]))
        for first, last, same in runs
        if last - first >= _SHORTEST_PIECE
    ]


def _sentences(own: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words from ``start`` to ``end``, cut where a sentence ends."""
    first = start
    for found in _ENDS.finditer(own.text, own.places[start], own.places[end - 1]):
        at = bisect(own.places, found.start())
        if first < at:
            yield first, at
            first = at
    yield first, end


def _figures(text: str) -> list[str]:
    """The figures in a text, without years."""
    return _FIGURE.findall(_YEAR.sub("", text))
