"""Ties carried over an edit: each to the numeral that stands for it in the edited text, or lost.

Sentences that stayed as they were keep their ties, wherever they were moved. What stands between them is compared
character by character, with all numerals alike, so that a numeral is known by the words around it: one that was typed over
with another number keeps its tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from ..comparing.steps import steps
from .ties import NUMERAL, Texts, Tie, numerals, sentences

_NEAR = 5
"""Characters of its clause on either side by which a numeral is known."""

_ENOUGH = 0.5
"""Share of those characters that must stand beside the numeral in the edited text too."""

_ALIKE = 0.6
"""How alike two sentences are, at least, for one to have been moved and edited into the other."""

_MOST = 25_000_000
"""Pairs of sentences or characters that are looked at at once: five thousand against as many. What is longer, and was rewritten
as a whole, is another text; comparing it would take hours.
"""

_MASK = "#"
_PARTS = frozenset(f"，、。；：！？（）()“”\n{_MASK}")
"""What parts a clause from the next."""


def carried(ties: Iterable[Tie], old: Texts, new: Texts) -> tuple[tuple[Tie, ...], tuple[Tie, ...]]:
    """The ties of ``old`` at their places in ``new``, and those that have none there any more, at their old places.

    A numeral that was typed over with another number keeps its tie, so that `stale` shows it.
    """
    given = tuple(dict.fromkeys(ties))
    work = _Work(list(given), {key: numerals(text) for key, text in new.items()})
    gaps = [gap for key in old for gap in _unchanged(key, old[key], new.get(key, ""), work)]
    gaps += [_Gap([], _sentences(key, text)) for key, text in new.items() if key not in old]
    _moved(gaps, work)
    for gap in gaps:
        _align(gap.olds, gap.news, work)
    _rewritten(gaps, work)
    return tuple(work.kept[tie] for tie in given if tie in work.kept), tuple(work.waiting)


@dataclass(frozen=True, slots=True)
class _Sentence:
    section: str
    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Gap:
    """What stands between unchanged sentences: the old ones, and the new ones in their place."""

    olds: list[_Sentence]
    news: list[_Sentence]


@dataclass(slots=True)
class _Work:
    """``waiting``: ties without a place yet; ``kept``: those with one; ``places``: where numerals stand in the new texts."""

    waiting: list[Tie]
    places: dict[str, dict[int, int]]
    kept: dict[Tie, Tie] = field(default_factory=dict)
    taken: set[tuple[str, int]] = field(default_factory=set)

    def put(self, tie: Tie, section: str, start: int) -> None:
        """Give a tie the numeral that begins there, if there is one and no other tie has it."""
        end = self.places[section].get(start)
        if end is not None and (section, start) not in self.taken:
            self.taken.add((section, start))
            self.kept[tie] = replace(tie, section=section, start=start, end=end)
            self.waiting.remove(tie)

    def inside(self, sentence: _Sentence) -> list[Tie]:
        """The ties waiting in a sentence of an old text."""
        return [
            tie
            for tie in self.waiting
            if tie.section == sentence.section and sentence.start <= tie.start < sentence.end
        ]

    def shift(self, old: _Sentence, new: _Sentence) -> None:
        """Carry the ties of a sentence to the same sentence elsewhere."""
        for tie in self.inside(old):
            self.put(tie, new.section, tie.start - old.start + new.start)


def _sentences(section: str, text: str) -> list[_Sentence]:
    return [_Sentence(section, start, end, text[start:end]) for start, end in sentences(text)]


def _unchanged(section: str, old: str, new: str, work: _Work) -> list[_Gap]:
    """Carry the ties of what stands unchanged and in order; the rest as gaps."""
    olds, news = _sentences(section, old), _sentences(section, new)
    gaps = []
    for tag, first, last, begin, end in steps([one.text for one in olds], [one.text for one in news], _MOST):
        if tag == "equal":
            for before, after in zip(olds[first:last], news[begin:end], strict=True):
                work.shift(before, after)
        else:
            gaps.append(_Gap(olds[first:last], news[begin:end]))
    return gaps


def _moved(gaps: Sequence[_Gap], work: _Work) -> None:
    """Carry the ties of sentences that stand unchanged somewhere else; both are taken out of their gaps."""
    loose: dict[str, list[tuple[_Gap, _Sentence]]] = {}
    for gap in gaps:
        for one in gap.news:
            loose.setdefault(one.text, []).append((gap, one))
    for gap in gaps:
        for old in list(gap.olds):
            if work.inside(old) and loose.get(old.text):
                where, new = loose[old.text].pop(0)
                work.shift(old, new)
                gap.olds.remove(old)
                where.news.remove(new)


def _rewritten(gaps: Sequence[_Gap], work: _Work) -> None:
    """Carry the ties of sentences that were moved and edited: to the sentence most like them."""
    news = [(one, NUMERAL.sub(_MASK, one.text)) for gap in gaps for one in gap.news]
    length, left = sum(len(text) for _, text in news), _MOST
    for old in [one for gap in gaps for one in gap.olds]:
        if not work.inside(old):
            continue
        masked = NUMERAL.sub(_MASK, old.text)
        left -= len(masked) * length
        if left < 0:
            return
        alike = [(SequenceMatcher(None, masked, text, autojunk=False).ratio(), one) for one, text in news]
        share, best = max(alike, key=lambda pair: pair[0], default=(0.0, None))
        if best is not None and share >= _ALIKE:
            _align([old], [best], work)


# ── character by character ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Token:
    """A character, or a numeral as ``#``, with its place."""

    sign: str
    section: str
    start: int
    printed: str


def _tokens(those: Iterable[_Sentence]) -> list[_Token]:
    result = []
    for sentence in those:
        ends = numerals(sentence.text)
        at = 0
        while at < len(sentence.text):
            end = ends.get(at, at + 1)
            sign = _MASK if at in ends else sentence.text[at]
            result.append(_Token(sign, sentence.section, sentence.start + at, sentence.text[at:end]))
            at = end
    return result


def _align(olds: Sequence[_Sentence], news: Sequence[_Sentence], work: _Work) -> None:
    """Carry ties between stretches of text, each to the numeral with the same words around it."""
    ties = {(tie.section, tie.start): tie for old in olds for tie in work.inside(old)}
    if not ties or not news:
        return
    before, after = _tokens(olds), _tokens(news)
    told = steps([one.sign for one in before], [one.sign for one in after], _MOST)
    pairs = {i + n: k + n for kind, i, j, k, _ in told if kind == "equal" for n in range(j - i)}
    for place, token in enumerate(before):
        tie = ties.get((token.section, token.start))
        there = pairs.get(place)
        if tie is not None and there is not None and _is_known(before, after, place, there, pairs):
            work.put(tie, after[there].section, after[there].start)


def _is_known(before: Sequence[_Token], after: Sequence[_Token], place: int, there: int, pairs: dict[int, int]) -> bool:
    """Whether the words around a numeral stand around the other one too; without words, whether they are the same."""
    words = _around(before, place)
    if not words:
        return before[place].printed == after[there].printed
    beside = sum(abs(pairs.get(word, -4 * _NEAR) - there) <= 2 * _NEAR for word in words)
    return beside >= _ENOUGH * len(words)


def _around(tokens: Sequence[_Token], place: int) -> list[int]:
    """The characters of a numeral's clause next to it."""
    found = []
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(tokens) and abs(at - place) <= _NEAR and tokens[at].sign not in _PARTS:
            found.append(at)
            at += step
    return found
