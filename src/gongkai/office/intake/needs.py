"""Who takes reports in: the people of a government's office for the organs of its territory, an organ's own for its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ..access.needs import Need, Subject
from ..filings.needs import FILING_WRITERS, the_reporting_organ, working_organ
from ..organs.models import Organ
from .models import Batch


def the_government(request: HttpRequest, arguments: Mapping[str, Any]) -> Subject:
    """The government of a route with ``organ`` (code), in the hands of its office."""
    government = get_object_or_404(Organ, code=arguments["organ"], kind=Organ.Kind.GOVERNMENT)
    return _in_hands_of(working_organ(government), government)


def the_batch(request: HttpRequest, arguments: Mapping[str, Any]) -> Subject:
    """The batch of a route with ``batch``; with ``number`` there has to be such a file in it."""
    batch = get_object_or_404(Batch.objects.select_related("organ"), pk=arguments["batch"])
    if "number" in arguments and not batch.received.filter(number=arguments["number"]).exists():
        raise Http404
    return _in_hands_of(working_organ(batch.organ), batch)


def _in_hands_of(organ: Organ, thing: Any) -> Subject:
    """Whoever holds a role there for a division is refused, and not told that there is no such thing."""
    return Subject(organ, thing, tuple(organ.divisions.values_list("key", flat=True)))


ANY = Need("intake.any", FILING_WRITERS)
DISTRICT = Need("intake.district", FILING_WRITERS, the_government)
OWN = Need("intake.own", FILING_WRITERS, the_reporting_organ)
BATCH = Need("intake.batch", FILING_WRITERS, the_batch)
