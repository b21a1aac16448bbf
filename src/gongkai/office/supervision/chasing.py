"""Chasing (催报, 第四十七条): the organs whose reports are awaited, one or several at once, whether these have been begun or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.law.filing import Refusal

from ..clock import now
from ..filings.models import Filing, FilingEntry
from ..filings.needs import supervised_elsewhere, supervises
from ..filings.record import RefusedStepError, take
from ..organs.authority import note
from ..organs.models import Organ, Person
from .models import Chase


@dataclass(frozen=True, slots=True)
class Chased:
    """The last time that an organ was chased for a year's report. ``times``: how often altogether."""

    on: date
    at: datetime
    by: str
    text: str
    times: int


def chase(
    organs: Iterable[Organ], year: int, text: str, *, by: Person, roles: Collection[str], today: date
) -> tuple[list[Organ], list[tuple[Organ, str]]]:
    """Chase these organs. Returns those that were, and those that were not with the reason in Chinese. The roles are those that
    ``by`` holds over them.
    """
    wanted = list(organs)
    filings = {one.organ_id: one for one in Filing.objects.select_related("organ").filter(organ__in=wanted, year=year)}
    done, refused = [], []
    for organ in wanted:
        filing = filings.get(organ.pk)
        try:
            _chase(organ, filing, year, text, by, frozenset(roles), today)
        except RefusedStepError as error:
            refused.append((organ, error.refusal.message))
        else:
            done.append(organ)
    return done, refused


def _chase(
    organ: Organ, filing: Filing | None, year: int, text: str, by: Person, roles: frozenset[str], today: date
) -> None:
    if not supervises(organ, by):
        raise RefusedStepError(Refusal(supervised_elsewhere(organ)))
    if filing is not None:
        data = {"reason": text} if text else {}
        take(filing, "chased", version=filing.newest, by=by, roles=roles, today=today, data=data)
        return
    with transaction.atomic():
        made = Chase.objects.create(organ=organ, year=year, on=today, at=now(), by=by, text=text)
        note(made, "supervision.chase", by, organ, year=year)


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
    """The last chase of an organ while it has not done what it was chased for: filing its report."""
    if filing is not None and filing.stage in ("submitted", "accepted"):
        return None
    return last_chases([organ], year).get(organ.pk)


def _last(chases: list[tuple[datetime, date, str, str]]) -> Chased:
    at, on, by, text = max(chases, key=lambda one: one[0])
    return Chased(on, at, by, text, len(chases))
