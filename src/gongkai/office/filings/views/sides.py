"""What stands beside a text while it is written: the facts of its part, and what became of last year's problems."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.urls import reverse

from gongkai.narrative import FactItem, Facts, fact_items
from gongkai.report.report import Number, Report

from ...registers.facts import problems_to_answer
from ..gate import is_government
from ..models import Filing
from ..writing import tidy

_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）、．.]|^[一二三四五六七八九十]是")
_WORDS = re.compile(r"[一-鿿]+")
_GRAM = 4
_TOLD_AGAIN = 0.5
"""Of a problem's runs of four characters so many have to stand in this year's text for it to be taken as spoken of."""

_TELLING = 6
"""A paragraph with fewer characters is a heading."""


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact as it was entered or counted. ``value``: "" where nobody has entered it; ``address``: where it is entered, "" for
    one that is counted.
    """

    label: str
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A problem that last year's report named. ``improvement``: what became of it as entered, "" where nothing was;
    ``answered``: whether this year's text speaks of it, as far as its words tell.
    """

    problem: str
    improvement: str
    answered: bool


def known_facts(filing: Filing, parts: Collection[str], facts: Facts) -> list[KnownFact]:
    """The facts that are written in some parts, in the order in which they are."""
    items = [one for one in fact_items() if one.part in parts and (is_government(filing) or not one.government)]
    return [KnownFact(one.label, _said(facts.items.get(one.key), one.unit), _entry(filing, one)) for one in items]


def followed_up(filing: Filing, before: Report | None, facts: Facts, text: str) -> list[FollowedUp]:
    """Last year's problems: those in the register, else the paragraphs of last year's section five."""
    answered = [(one.problem, one.improvement) for one in facts.shortcomings if one.previous]
    entered = [*answered, *((one.problem, "") for one in problems_to_answer(filing.organ, filing.year))]
    if entered:
        return [
            FollowedUp(problem, improvement.rstrip("。"), _speaks_of(text, problem)) for problem, improvement in entered
        ]
    printed = before.sections.get("problems", "") if before else ""
    return [FollowedUp(one, "", _speaks_of(text, one)) for one in _paragraphs(printed)]


def _entry(filing: Filing, item: FactItem) -> str:
    """Where a fact is entered."""
    return (
        reverse("registers_fact", args=[filing.organ.code, filing.year, item.key]) if item.source == "entered" else ""
    )


def _paragraphs(text: str) -> Iterator[str]:
    for line in tidy(text).split("\n"):
        bare = _NUMBERED.sub("", line).strip()
        if len(bare) >= _TELLING and re.search("[。；，]", bare):
            yield bare


def _speaks_of(text: str, problem: str) -> bool:
    """Whether a text says much of what the first sentence of a problem says."""
    first = re.split("[。；]", problem)[0]
    own = _grams(first)
    return bool(own) and len(own & _grams(text)) >= _TOLD_AGAIN * len(own)


def _grams(text: str) -> set[str]:
    words = "".join(_WORDS.findall(text))
    return {words[place : place + _GRAM] for place in range(len(words) - _GRAM + 1)}


def _said(value: Number | str | None, unit: str) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value}{unit}"
