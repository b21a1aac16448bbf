"""What the pages of a government's territory ask of their address alike."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from ...clock import today
from ...organs.models import Organ

_FIRST = 2019
"""The first year of which a report may be kept (`filings.models.Filing`)."""


def the_government(request: HttpRequest, year: int) -> Organ:
    """The government of a route with ``organ`` and ``year``; not found for another organ, or a year of which there is nothing."""
    government: Organ = request.subject.thing
    if government.kind != Organ.Kind.GOVERNMENT or not _FIRST <= year <= today().year:
        raise Http404
    return government
