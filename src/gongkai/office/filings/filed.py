"""What many filings hold, read and verified in a few queries: figures, texts and facts, without making whole contents of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.law.filing import FilingState
from gongkai.report.form import CellKey
from gongkai.report.report import Number, whole

from .content import digest_of
from .models import Filing, FilingVersion
from .recorded import standings_of

FILED = ("submitted", "accepted")
"""Stages in which the version on its way is the organ's word to the office above."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A version of a filing. ``raw``: its content as it was saved, parsed but not made into values; empty where ``broken``:
    the version is not what was saved, or the record is not whole.
    """

    filing: Filing
    version: int
    raw: Mapping[str, Any]
    broken: bool = False

    @property
    def values(self) -> Mapping[CellKey, Number | None]:
        """The report's figures."""
        return self.raw["report"]["values"] if self.raw else {}

    @property
    def facts(self) -> Mapping[str, Number | str]:
        """The facts of the year that its text was composed from."""
        return self.raw["facts"] if self.raw else {}

    def text(self, section: str) -> str:
        """The text of a section, "" where it has none."""
        return self.raw["report"]["sections"].get(section, "") if self.raw else ""


def filed_contents(filings: Iterable[Filing]) -> dict[int, Filed]:
    """By the filing's primary key what counts for the office above: the version that was submitted, else the public edition.

    Filings of which nothing counts are left out. Where each stands follows from its verified record, never from a column.
    """
    return _read(filings, lambda one, _: one.approved if one.stage in FILED else one.public)


def newest_contents(filings: Iterable[Filing]) -> dict[int, Filed]:
    """By the filing's primary key its public edition, or the newest version where none is public yet."""
    return _read(filings, lambda one, newest: newest if one.public is None else one.public)


def _read(filings: Iterable[Filing], counts: Callable[[FilingState | Filing, int], int | None]) -> dict[int, Filed]:
    """``counts``: number of the version that counts, by the state and the number of the newest. A fixed number of queries. A
    record that is not whole tells nothing but, by its columns, that something is missing.
    """
    known = {one.pk: one for one in filings}
    standings = standings_of(known.values())
    wanted: dict[int, int | None] = {}
    digests: dict[tuple[int, int], str] = {}
    for pk, filing in known.items():
        if standing := standings.get(pk):
            saved = {one.version: str(one.data["digest"]) for one in standing.entries if one.kind == "saved"}
            wanted[pk] = counts(standing.state, max(saved))
            digests |= {(pk, version): digest for version, digest in saved.items()}
        else:
            wanted[pk] = counts(filing, filing.newest)
    numbers = {number for number in wanted.values() if number is not None}
    kept = FilingVersion.objects.filter(filing__in=list(known), number__in=numbers)
    texts = {(one.filing_id, one.number): one.content for one in kept if wanted[one.filing_id] == one.number}
    found = {}
    for pk, number in wanted.items():
        if number is not None:
            text = texts.get((pk, number), "")
            sound = digests.get((pk, number)) == digest_of(text)
            found[pk] = Filed(known[pk], number, json.loads(text, parse_float=_number) if sound else {}, not sound)
    return found


def _number(text: str) -> Number:
    return whole(Decimal(text))
