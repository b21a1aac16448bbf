"""A report beside its former years and beside the same year's reports of other organs of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.comparing import Peer, Unusual, unusual
from gongkai.comparing.unusual import measure
from gongkai.report.report import Report

from .filed import Filed, newest_contents
from .models import Filing


@dataclass(frozen=True, slots=True)
class Year:
    """A former year of an organ, as its report tells it."""

    year: int
    filed: Filed


def former_years(filing: Filing) -> list[Year]:
    """The organ's reports of former years, the newest first, as far back as they are compared. Three queries."""
    first = filing.year - measure().years
    filings = Filing.objects.filter(organ=filing.organ_id, year__lt=filing.year, year__gte=first).order_by("-year")
    read = newest_contents(filings)
    return [Year(one.year, read[one.pk]) for one in filings if one.pk in read and not read[one.pk].broken]


def peers(filing: Filing) -> list[Peer]:
    """The organs of the same kind below the same government, this year and the year before. Three queries."""
    organ = filing.organ
    alike = Filing.objects.filter(organ__kind=organ.kind, organ__parent=organ.parent_id).exclude(organ=organ)
    filings = list(alike.filter(year__in=(filing.year, filing.year - 1)))
    read = newest_contents(filings)
    values = {(one.organ_id, one.year): read[one.pk].values for one in filings if one.pk in read}
    return [Peer(now, values.get((pk, filing.year - 1))) for (pk, year), now in values.items() if year == filing.year]


def unusual_figures(filing: Filing, report: Report, former: Sequence[Year] | None = None) -> tuple[Unusual, ...]:
    """What is unusual in a version of a filing, against its own former years and its peers."""
    if report.form is None:
        return ()
    former = former_years(filing) if former is None else former
    past = [one.filed.values for one in former]
    return unusual(report.values, past, report.form, peers(filing))
