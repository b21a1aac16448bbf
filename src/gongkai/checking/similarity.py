"""How much of a text stands in another one, by character n-grams (shingles; Broder 1997)."""

from __future__ import annotations

import re

from .passages import flatten

_LENGTH = 6
_SHORTEST = 40
_LONGEST = 50_000  # far more than any section; bounds memory where the text is none
WORDS = "一-鿿A-Za-z"
"""What counts of a text, as a range of a regular expression: no figures, no punctuation."""

_NOT_WORDS = re.compile(f"[^{WORDS}]")


def similarity(text: str, other: str) -> float | None:
    """The share of this text that stands in the other, 0 to 1; figures, years and punctuation don't count.

    None where either is too short to tell (under 40 characters).
    """
    own, theirs = _words(text)[:_LONGEST], _words(other)[:_LONGEST]
    if len(own) < _SHORTEST or len(theirs) < _SHORTEST:
        return None
    shingles = {theirs[place : place + _LENGTH] for place in range(len(theirs) - _LENGTH + 1)}
    places = range(len(own) - _LENGTH + 1)
    return sum(own[place : place + _LENGTH] in shingles for place in places) / len(places)


def _words(text: str) -> str:
    return _NOT_WORDS.sub("", flatten(text))
