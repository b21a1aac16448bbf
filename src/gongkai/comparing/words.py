"""A text as its words alone, each with its place, and the shingles by which it is found again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any
from zlib import crc32

from ..checking.similarity import WORDS
from ..law.records import check_shape, parse_toml

_WORDS = re.compile(f"[{WORDS}]+")
_LONGEST = 50_000  # far more than any section; bounds memory where the text is none


@dataclass(frozen=True, slots=True)
class Way:
    """The settings of ``repeated.toml``; see its head."""

    length: int
    window: int
    shortest: int
    common: float
    fewest: int
    other_figures: float
    certainty: str
    stock: tuple[str, ...]


@cache
def way() -> Way:
    """The settings. Raises LawError."""
    source = "repeated.toml"
    raw = parse_toml(files(__package__).joinpath(source).read_text("utf-8"), source, "repeated")
    kinds: dict[str, type] = {"length": int, "window": int, "shortest": int, "common": float, "fewest": int}
    kinds |= {"other_figures": float, "certainty": str, "stock": list}
    item: dict[str, Any] = check_shape(raw["repeated"], f"{source}：repeated", kinds)
    return Way(**{**item, "stock": tuple(item["stock"])})


@dataclass(frozen=True, slots=True)
class Words:
    """``words``: the characters that count; ``places``: where each stands in the text."""

    text: str
    words: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where these words stand in the text, from the first to the last."""
        return self.places[start], self.places[end - 1] + 1

    def until_next(self, start: int, end: int) -> str:
        """The text from the first of these words up to the next word: with the figures behind the last."""
        stop = self.places[end] if end < len(self.places) else len(self.text)
        return self.text[self.places[start] : stop]


def words_of(text: str) -> Words:
    """The text's words."""
    runs = [found.span() for found in _WORDS.finditer(text)]
    words = "".join(text[start:end] for start, end in runs)[:_LONGEST]
    return Words(text, words, list(chain.from_iterable(range(*run) for run in runs))[:_LONGEST])


def fingerprints(words: str, length: int, window: int) -> list[tuple[int, int]]:
    """Some of the text's shingles, as (hash, place), the same ones wherever the same words stand (winnowing).

    The hash is the same in every process, so that the same texts always give the same passages.
    """
    data = memoryview(words.encode("utf-32-le"))
    hashes = [crc32(data[4 * at : 4 * (at + length)]) for at in range(len(words) - length + 1)]
    found: list[tuple[int, int]] = []
    least = -1
    for end, mark in enumerate(hashes):
        start = end - window + 1
        if least < start or least < 0:
            some = hashes[end : start - 1 if start > 0 else None : -1]
            least = end - some.index(min(some))  # the last one of several equal ones
        elif mark <= hashes[least]:
            least = end
        if start >= 0 and (not found or found[-1][1] != least):
            found.append((hashes[least], least))
    return found or [(one, at) for at, one in enumerate(hashes)][:1]
