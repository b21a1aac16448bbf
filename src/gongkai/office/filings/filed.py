"""What many filings hold, read and verified in two queries: figures, texts and facts, without making whole contents of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from gongkai.report.form import CellKey
from gongkai.report.report import Number, whole

from .content import digest_of
from .models import Filing, FilingEntry, FilingVersion

FILED = ("submitted", "accepted")
"""Stages in which the version on its way is the organ's word to the office above."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A version of a filing. ``raw``: its content as it was saved, parsed but not made into values; empty where ``broken``:
    the version is not what was saved.
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

    Filings of which nothing counts are left out. Two queries.
    """
    submitted = Q(filing__stage__in=FILED, number=F("filing__approved"))
    return _read(filings, submitted | (~Q(filing__stage__in=FILED) & Q(number=F("filing__public"))))


def newest_contents(filings: Iterable[Filing]) -> dict[int, Filed]:
    """By the filing's primary key its public edition, or the newest version where none is public yet. Two queries."""
    unpublished = Q(filing__public__isnull=True, number=F("filing__newest"))
    return _read(filings, Q(number=F("filing__public")) | unpublished)


def _read(filings: Iterable[Filing], which: Q) -> dict[int, Filed]:
    known = {one.pk: one for one in filings}
    versions = list(FilingVersion.objects.filter(which, filing__in=list(known)))
    saved = FilingEntry.objects.filter(filing__in=[one.filing_id for one in versions], kind="saved")
    digests = {
        (filing, version): data["digest"] for filing, version, data in saved.values_list("filing", "version", "data")
    }
    found = {}
    for one in versions:
        sound = digests.get((one.filing_id, one.number)) == digest_of(one.content)
        raw = json.loads(one.content, parse_float=_number) if sound else {}
        found[one.filing_id] = Filed(known[one.filing_id], one.number, raw, not sound)
    return found


def _number(text: str) -> Number:
    return whole(Decimal(text))
