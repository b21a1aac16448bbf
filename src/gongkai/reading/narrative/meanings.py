"""What a word of the narrative may mean: the types of the vocabulary, made ready for one edition of the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...report.form import CellKey, Form

Strength = Literal["strict", "plain", "loose"]
"""How sure a word is of its cells: ``strict`` means nothing else, ``plain`` is usual, ``loose`` may count otherwise."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word before (or behind, ``after``) a figure says it counts: the cells whose sum it is, and other readings.

    ``topic``: only while this is spoken of. ``units``: the units it may have. ``alone``: the word must open the clause.
    ``gap``: words that may stand between it and the figure, besides the fillers. ``family``: verb, carry, result, row
    (a single row of a group), applicant, remedy, outcome (of a remedy), document, decision, money, publish, other.
    """

    what: str
    family: str
    strength: Strength
    units: frozenset[str]
    cells: tuple[CellKey, ...] = ()
    readings: tuple[tuple[CellKey, ...], ...] = ()
    topic: str = ""
    after: bool = False
    alone: bool = False
    gap: tuple[str, ...] = ()
    key: str = ""
    """Row or column of the form for the families document, applicant and outcome."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to documents (制发、废止): the columns of the form that count it, and further lawful ones."""

    key: str
    columns: tuple[str, ...]
    other_columns: tuple[str, ...] = ()


@dataclass(slots=True)
class Word:
    """All that one word may be. ``role``: open, apart, rest (of lists), foreign, last_year, join or empty."""

    meanings: list[Meaning] = field(default_factory=list)
    topic: str = ""
    event: Event | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The vocabulary made ready for one edition of the form. Patterns are compiled once."""

    form: Form
    words: Mapping[str, Word]
    parts: Mapping[str, str]
    scan: re.Pattern[str]
    topic: re.Pattern[str]
    tail: re.Pattern[str]
    before: re.Pattern[str]
    filler: re.Pattern[str]
    zero_filler: re.Pattern[str]
    decision_filler: re.Pattern[str]
    gaps: Mapping[tuple[str, ...], re.Pattern[str]]
    lead: re.Pattern[str]
    after: re.Pattern[str]
    join: re.Pattern[str]
    compare: re.Pattern[str]
    share: re.Pattern[str]
    changed: re.Pattern[str]
    down: frozenset[str]
    about: frozenset[str]
    over: frozenset[str]
    channels: tuple[tuple[str, re.Pattern[str]], ...]
    ways: re.Pattern[str]
    all_ways: re.Pattern[str]
    region: re.Pattern[str]
    region_organ: tuple[str, ...]
    self_words: tuple[str, ...]
    organ: re.Pattern[str]
    times: re.Pattern[str]
    named: re.Pattern[str]
    no_application: re.Pattern[str]
    no_remedy: re.Pattern[str]
    disclosure: re.Pattern[str]
    rest: tuple[str, ...]
    application: Meaning
    documents: Mapping[str, Meaning]
    published: Event
    strengths: Mapping[str, Strength]
