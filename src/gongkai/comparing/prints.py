"""The shingles of a text, kept as bytes beside it, so that they need not be made anew each time that it is compared.

The bytes are whole numbers of four bytes each, the least significant first: length and window of the shingles (the settings
they were made with), then the hash of each, then the place of each.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from .words import Way, Words, fingerprints, way, words_of

_SIZE = 4


@dataclass(frozen=True, slots=True)
class Prints:
    """Some of a text's shingles, in the order of the text: the hash of each, and its place among the words."""

    marks: Sequence[int]
    places: Sequence[int]

    @classmethod
    def of(cls, words: Words, by: Way, kept: bytes = b"") -> Self:
        """Those of these words; ``kept``: as `prints_of` gave them for the same text, where they are at hand."""
        found = _kept(kept, len(words.words), by)
        if found is None:
            pairs = fingerprints(words.words, by.length, by.window)
            found = [mark for mark, _ in pairs], [at for _, at in pairs]
        return cls(*found)


def prints_of(text: str, by: Way | None = None) -> bytes:
    """The shingles of a text as bytes, to be kept beside it and given back with it."""
    by = by or way()
    found = Prints.of(words_of(text), by)
    return _turned(array("I", [by.length, by.window, *found.marks, *found.places])).tobytes()


def _kept(data: bytes, words: int, by: Way) -> tuple[Sequence[int], Sequence[int]] | None:
    """None for what was kept under other settings, or can't be of a text of so many words."""
    if len(data) % (2 * _SIZE) or not data:
        return None
    numbers = array("I")
    numbers.frombytes(data)
    numbers = _turned(numbers)
    half = 1 + len(numbers) // 2
    marks, places = numbers[2:half], numbers[half:]
    sound = (numbers[0], numbers[1]) == (by.length, by.window) and max(places, default=-by.length) + by.length <= words
    return (marks, places) if sound else None


def _turned(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
