"""Whose figure it is: of the reporting organ and its year, or of another organ, its region or another year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .meanings import Lexicon
from .tokens import Token

_PIECES = re.compile("代表|由|经|对|向|在|与|和|及|年|度")


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a sentence: the text, the topic carried into it, the reporting organ and year."""

    plain: str
    lexicon: Lexicon
    topic: str
    organ: str
    year: int | None
    disclosure: bool
    """Whether part, section or sentence speak of 信息公开, so that 行政复议 is one about it."""
    start: int = 0
    """Where the sentence begins in the text."""
    elided: bool = False
    """Whether the text leaves something out anywhere (…)."""


def of_another_year(row: Sequence[Token], index: int, context: Context) -> bool:
    """Whether the year at this place of a sentence is not the reporting year, so that what follows is of another."""
    return context.year is not None and row[index].value != context.year and not _carries(row, index)


def _carries(row: Sequence[Token], index: int) -> bool:
    """Whether a year stands only for 上年 or 下年 of something carried: 2022年结转, 结转至2024年."""
    year = row[index]
    before = row[index - 1] if index else None
    after = row[index + 1] if index + 1 < len(row) else None
    return any(
        token is not None and token.kind == "word" and "结转" in token.text and abs(token.start - place) <= 2
        for token, place in ((after, year.end), (before, year.start - 2))
    )


def of_another(start: int, end: int, context: Context, listed: bool = False) -> bool:
    """Whether ``plain[start:end]``, the clause up to its verb, names another organ as the one that acted.

    ``listed``: the clause is an item of a list, where an organ without a known name of the reporting one is another.
    """
    lexicon, organ = context.lexicon, context.organ
    subject = context.plain[start:end]
    place = _previous_stop(context.plain, start, context.start)
    if organ and not organ.endswith(lexicon.region_organ) and lexicon.region.search(context.plain, place, end):
        return True  # a department that tells of its whole region
    if any(word in subject for word in lexicon.self_words):
        return False
    names = [name for piece in _PIECES.split(subject) for name in lexicon.organ.findall(piece)]
    if not names:
        return False
    return listed if not organ else not any(_short_for(name, organ) for name in names)


def _previous_stop(plain: str, start: int, first: int) -> int:
    place = start - 1
    while place > first and plain[place - 1] not in "，,。；;\n：:":
        place -= 1
    return max(place, first)


def _short_for(name: str, organ: str) -> bool:
    """Whether a name could be the organ's, shortened: its characters, in order."""
    rest = iter(organ)
    return all(character in rest for character in name)
