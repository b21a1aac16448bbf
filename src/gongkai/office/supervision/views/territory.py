"""What the pages of a government's territory ask of their address alike."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from ...clock import today
from ...filings.models import FIRST_YEAR
from ...organs.models import Organ


def the_government(request: HttpRequest, year: int) -> Organ:
    """The government of a route with ``organ`` and ``year``; not found for another organ, or a year of which there is nothing."""
    government: Organ = request.subject.thing
    if government.kind != Organ.Kind.GOVERNMENT or not FIRST_YEAR <= year <= today().year:
        raise Http404
    return government
