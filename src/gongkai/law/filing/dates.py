"""The days by which a report has to be filed and published (第四十九条), and the district's own earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FilingDates:
    """``statutory``: the last day of submitting and publishing; a day of the calendar that no day off moves."""

    statutory: date
    article: str


def filing_dates(year: int, *, government: bool) -> FilingDates:
    """The statutory day for the report of ``year``: 31 January for departments, 31 March for a government's own."""
    if government:
        return FilingDates(date(year + 1, 3, 31), "政府信息公开条例 第四十九条第二款")
    return FilingDates(date(year + 1, 1, 31), "政府信息公开条例 第四十九条第一款")
