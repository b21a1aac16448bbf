"""The calendar and the rules an organ goes by: those that come with the program, with what the office has loaded and set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gongkai.law.calendar import Calendar, national_calendar, parse_local, parse_year
from gongkai.law.time_limits import Rules, default_rules

from .cases.models import LoadedNotice, LocalHolidays
from .organs.models import Organ


@dataclass(frozen=True, slots=True)
class Law:
    """By what an organ counts: its calendar and its time limits."""

    calendar: Calendar
    rules: Rules


def law_of(organ: Organ) -> Law:
    """The organ's calendar and time limits as they are now."""
    return Law(calendar(organ), rules(organ))


def calendar(organ: Organ) -> Calendar:
    """The national calendar with all loaded notices, and over it the local holidays of the organ and of those above it."""
    return calendars([organ])[organ.pk]


def calendars(organs: Iterable[Organ]) -> dict[int, Calendar]:
    """The calendars of several organs, by primary key, with no more queries than for one."""
    notices = tuple(LoadedNotice.objects.values_list("text", flat=True))
    local = list(LocalHolidays.objects.filter(withdrawn_at=None).values_list("organ_id", "text"))
    above = dict(Organ.objects.values_list("pk", "parent_id")) if local else {}
    found = {}
    for organ in organs:
        line = set(_line(organ.pk, above))
        found[organ.pk] = _calendar(notices, tuple(text for holder, text in local if holder in line))
    return found


def _line(organ: int, above: Mapping[int, int | None]) -> Iterator[int]:
    """An organ and those above it by territory."""
    one: int | None = organ
    while one is not None:
        yield one
        one = above.get(one)


def rules(organ: Organ) -> Rules:
    """The time limits as the organ has set them. Raises LawError where a setting is none of those it may set."""
    return default_rules().with_settings(organ.settings)


@lru_cache(maxsize=64)
def _calendar(notices: tuple[str, ...], local: tuple[str, ...]) -> Calendar:
    """Kept, since a calendar lays out each year once."""
    found = national_calendar()
    for text in notices:
        found = found.with_year(parse_year(text))
    for text in local:
        found = found.with_local(parse_local(text))
    return found
