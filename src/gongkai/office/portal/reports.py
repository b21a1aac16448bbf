"""Reads of the public reports: only what was published, by the verified record, in a number of queries that does not grow.

What is broken is not shown; a list leaves it out, its own page says that it is not available.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404

from gongkai.charts import Behind, read_behind
from gongkai.report.writing import FORMATS

from ..downloads import FORMAT_NAMES
from ..filings.editions import BEHIND
from ..filings.models import Filing
from ..filings.recorded import (
    BrokenFilingError,
    PublicEdition,
    PublishedEdition,
    public_edition,
    public_editions,
    published_file,
    published_of,
)
from ..filings.rollup import parts_of
from ..organs.models import Organ

PER_PAGE: Final = 100
YEARS: Final = 5
"""How many years the charts look back on."""

FEED_LENGTH: Final = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in a list. ``editions``: all that were published, oldest first; ``name``: the organ's name on the day of the newest."""

    organ: Organ
    year: int
    name: str
    editions: tuple[PublishedEdition, ...]

    @property
    def told_by(self) -> list[object]:
        """What a page that lists it depends on."""
        return _told_by(self.organ, self.year, self.editions)

    @property
    def newest(self) -> PublishedEdition:
        return self.editions[-1]

    @property
    def title(self) -> str:
        return title_of(self.name, self.year)

    @property
    def formats(self) -> list[tuple[str, str]]:
        return formats_of(self.newest)


def title_of(name: str, year: int) -> str:
    """What a report is called in a list."""
    return f"{name}{year}年政府信息公开工作年度报告"


def formats_of(edition: PublishedEdition) -> list[tuple[str, str]]:
    """The formats of an edition, as key and as people call them."""
    return [(format, FORMAT_NAMES[format]) for format in FORMATS if format in edition.files]


def public_report(code: str, year: int) -> PublicEdition:
    """The public report of an organ for a year. Raises Http404 where none is public, BrokenFilingError where one is but its
    record is broken.
    """
    filing = _filings().filter(organ__code=code, year=year).first()
    if filing is None:
        raise Http404
    try:
        edition = public_edition(filing)
    except BrokenFilingError:
        if filing.public is None:  # it is nobody's business that a draft is broken
            raise Http404 from None
        raise
    if edition is None:
        raise Http404
    return edition


def edition_of(report: PublicEdition, number: int) -> PublishedEdition:
    """An edition by its number. Raises Http404."""
    if not 1 <= number <= len(report.editions):
        raise Http404
    return report.editions[number - 1]


def years_before(report: PublicEdition) -> tuple[list[PublicEdition], list[int]]:
    """The public reports of the organ of the last years, this one included, oldest first; and the years that can't be shown."""
    filing = report.filing
    span = (filing.year - YEARS + 1, filing.year - 1)
    before = list(_filings().filter(organ=filing.organ, year__range=span, public__isnull=False).order_by("year"))
    found = public_editions(before)
    shown = [found[one.pk] for one in before if one.pk in found]
    return [*shown, report], [one.year for one in before if one.pk not in found]


def behind_of(report: PublicEdition) -> Behind | None:
    """What may be shown behind the figures of the newest edition; None where the records here did not give them."""
    return read_behind(published_file(report, BEHIND)) if BEHIND in report.files else None


def parts_of_report(report: PublicEdition) -> list[PublicEdition]:
    """The public reports of the organs whose reports a government's adds up, by code; none for the report of any other organ."""
    filing = report.filing
    if filing.organ.kind != Organ.Kind.GOVERNMENT or filing.outside:
        return []
    parts = parts_of(filing.organ, period_of(filing.year)[1])
    filings = list(_filings().filter(organ__in=parts, year=filing.year, public__isnull=False).order_by("organ__code"))
    found = public_editions(filings)
    return [found[one.pk] for one in filings if one.pk in found]


def reports_of(organ: Organ) -> list[Listed]:
    """The public reports of an organ, the newest year first."""
    return _listed(_filings().filter(organ=organ, public__isnull=False).order_by("-year"))


def organ_or_404(code: str) -> Organ:
    """An organ, also one that was abolished: its reports stay public. Raises Http404."""
    organ = Organ.objects.filter(code=code).prefetch_related("names").first()
    if organ is None:
        raise Http404
    return organ


def years() -> list[int]:
    """The years for which some report is public, the newest first."""
    found = Filing.objects.filter(public__isnull=False).order_by("-year").values_list("year", flat=True).distinct()
    return list(found)


def reports_page(year: int | None, words: str, number: str | None) -> tuple[Page, list[Listed]]:
    """A page of all public reports: of a year, of organs whose name holds every one of the words."""
    found = _filings().filter(public__isnull=False).order_by("-year", "organ__code")
    if year is not None:
        found = found.filter(year=year)
    for word in words.split():
        found = found.filter(organ__in=Organ.objects.filter(names__name__contains=word))
    page = Paginator(found, PER_PAGE).get_page(number)
    return page, _listed(page.object_list)


def newest_editions(organ: Organ | None = None) -> list[Listed]:
    """The reports of which an edition was published last, the newest first."""
    found = _filings().filter(public__isnull=False)
    if organ is not None:
        found = found.filter(organ=organ)
    listed = _listed(found.order_by("-touched_at")[: 2 * FEED_LENGTH])
    return sorted(listed, key=lambda one: one.newest.at, reverse=True)[:FEED_LENGTH]


def last_change(listed: Iterable[Listed]) -> datetime | None:
    """When the newest edition among these was published."""
    return max((one.newest.at for one in listed), default=None)


def _filings() -> QuerySet[Filing]:
    return Filing.objects.select_related("organ").prefetch_related("organ__names")


def _listed(filings: Iterable[Filing]) -> list[Listed]:
    """Those of the filings of which something is public, in their order."""
    read = list(filings)
    found = published_of(read)
    return [
        Listed(one.organ, one.year, one.organ.name_on(editions[-1].on), editions)
        for one in read
        if one.pk in found
        for editions in [found[one.pk][1]]
    ]


def period_of(year: int) -> tuple[date, date]:
    """The days that a report is about."""
    return date(year, 1, 1), date(year, 12, 31)


def told_by(reports: Sequence[PublicEdition]) -> list[list[object]]:
    """What a page about these reports depends on: what was published, and nothing that was done with it in the office."""
    return [_told_by(one.filing.organ, one.filing.year, one.editions) for one in reports]


def _told_by(organ: Organ, year: int, editions: Sequence[PublishedEdition]) -> list[object]:
    return [organ.code, year, [(one.version, one.at, sorted(one.files.items())) for one in editions]]
