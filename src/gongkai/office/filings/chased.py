"""How often and when organs were chased (催报) for their reports, before these were begun and since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..organs.models import Organ
from .models import Chase, Filing, FilingEntry

_FILING = ("submitted", "received")
"""The steps by which a report comes to the office above."""


@dataclass(frozen=True, slots=True)
class Chased:
    """The last time that an organ was chased for a year's report. ``times``: how often altogether."""

    on: date
    at: datetime
    by: str
    text: str
    times: int


def last_chases(organs: Iterable[Organ], year: int) -> Mapping[int, Chased]:
    """The last chase of each organ (by primary key), in two queries."""
    found: dict[int, list[tuple[datetime, date, str, str]]] = {}
    wanted = [one.pk for one in organs]
    for one in Chase.objects.filter(organ__in=wanted, year=year).select_related("by"):
        found.setdefault(one.organ_id, []).append((one.at, one.on, str(one.by), one.text))
    entries = FilingEntry.objects.filter(filing__organ__in=wanted, filing__year=year, kind="chased")
    for entry in entries.select_related("actor", "filing").order_by("at"):
        said = str(entry.data.get("reason", ""))
        found.setdefault(entry.filing.organ_id, []).append((entry.at, entry.on, str(entry.actor), said))
    return {organ: _last(chases) for organ, chases in found.items()}


def chase_waiting(organ: Organ, year: int, filing: Filing | None) -> Chased | None:
    """The last chase of an organ while it has not done what it was chased for: filing its report, or the corrected one."""
    last = last_chases([organ], year).get(organ.pk)
    filed = filing.entries.filter(kind__in=_FILING).order_by("number").last() if last and filing else None
    return last if filed is None or (last and last.at > filed.at) else None


def _last(chases: list[tuple[datetime, date, str, str]]) -> Chased:
    at, on, by, text = max(chases, key=lambda one: one[0])
    return Chased(on, at, by, text, len(chases))
