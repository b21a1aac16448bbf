"""Places left open (待补写): words in 【】 that ask for what was not given. A report with one is not finished."""

from __future__ import annotations

import re
from collections.abc import Iterable

OPENING = re.compile(r"【\s*(?:请|待|此处|填写)[^【】\n]*】")
"""A place left open; other words in 【】 (a heading, the year of a document) are none."""


def left_open(asked: str) -> str:
    """A place that asks for something. ``asked``: what, a clause that begins with a verb: ``补写……的情况。``"""
    return f"【请{asked}】"


def openings(text: str) -> list[str]:
    """The places that a text leaves open, as printed, in their order."""
    return OPENING.findall(text)


def without_openings(text: str) -> str:
    """The text without the places that it leaves open."""
    return OPENING.sub("", text)


def is_finished(texts: Iterable[str]) -> bool:
    """Whether no text leaves a place open."""
    return not any(map(OPENING.search, texts))
