"""Who keeps an organ's registers: the clerks and the head of its disclosure office; a government's registers its office's.

``by`` None stands for the installation itself, as in `organs.authority`.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ..clock import now
from ..filings.needs import FILING_WRITERS, working_organ
from ..organs.authority import note
from ..organs.models import Organ, Person
from ..organs.queries import roles_in
from .models import Entered


def require(by: Person | None, organ: Organ, day: date) -> None:
    """Raise PermissionDenied unless the person keeps the registers of the organ on that day."""
    if by is not None and not (by.is_active and roles_in(by, working_organ(organ), day) & FILING_WRITERS):
        raise PermissionDenied


def locked(organ: Organ) -> None:
    """One entry at a time in an organ's registers, so that what is checked still holds when it is written."""
    Organ.objects.select_for_update().get(pk=organ.pk)


def entered(one: Entered, by: Person | None, action: str, **told: object) -> None:
    """Save a new entry and log it."""
    one.entered_by, one.entered_at = by, now()
    one.save(force_insert=True)
    note(one, action, by, one.organ, **told)


def end(one: Entered, by: Person | None, reason: str) -> None:
    """End an entry; it is kept, and no longer counts."""
    one.ended_by, one.ended_at, one.ended_reason = by, now(), reason
    one.save(update_fields=["ended_by", "ended_at", "ended_reason"])
