"""Loading holidays (载入放假安排): the periods of all open cases are counted anew at once."""

from __future__ import annotations

from django.db import transaction

from gongkai.law.calendar import parse_local, parse_year

from ..clock import now
from ..organs.models import Organ, Person
from .models import LoadedNotice, LocalHolidays
from .rebuild import recompute


def load_notice(text: str, *, source: str, actor: Person | None) -> int:
    """Load a State Council notice on a year's holidays, given as TOML. Returns how many open cases have other dates now.

    Raises LawError for a text that is no such notice.
    """
    year = parse_year(text).year
    with transaction.atomic():
        LoadedNotice.objects.create(year=year, text=text, source=source, loaded_at=now(), actor=actor)
        return recompute(Organ.objects.all())


def load_local(region: str, text: str, *, source: str, actor: Person | None) -> int:
    """Load a local holiday of a region, given as TOML. Returns how many open cases of its organs have other dates now.

    Raises LawError for a text that is none.
    """
    parse_local(text)
    with transaction.atomic():
        LocalHolidays.objects.create(region=region, text=text, source=source, loaded_at=now(), actor=actor)
        return recompute(Organ.objects.filter(calendar_region=region))
