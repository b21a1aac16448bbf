"""Ties (数据关联): a numeral in the text, and the figures of the report or facts of the year whose sum it states."""

from __future__ import annotations

from dataclasses import dataclass

from ..report.report import Number


@dataclass(frozen=True, slots=True)
class Tie:
    """``section``: key of a section, or ``introduction``; ``start``, ``end``: the numeral's place in its text.

    ``sources``: keys whose sum the numeral states: cells of the form (``applications.received.total``), or ``fact:`` and
    the key of a fact (``fact:meetings``). ``value``: their sum when the sentence was written.
    """

    section: str
    start: int
    end: int
    sources: tuple[str, ...]
    value: Number
