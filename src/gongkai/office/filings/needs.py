"""Who works on a filing: the organ's own people; for a government's report its office's; for one that came as a file the
supervising office's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ..access.needs import DIVISION_ROLES, Need, Subject
from ..clock import today
from ..organs.invariants import ADMINISTRATORS
from ..organs.models import Organ, Person
from ..organs.queries import supervised
from .models import Filing
from .rules import district_of

FILING_READERS = frozenset(
    {"clerk", "reviewer", "legal_reviewer", "confidentiality_reviewer", "office_head", "approver", "supervisor"}
)
FILING_WRITERS = frozenset({"clerk", "office_head"})

assert not FILING_READERS & (DIVISION_ROLES | ADMINISTRATORS)


def working_organ(organ: Organ, *, outside: bool = False) -> Organ:
    """The organ whose people work on a report of ``organ``: a government's office for the government, and for an outside organ."""
    government = district_of(organ) if outside else (organ if organ.kind == Organ.Kind.GOVERNMENT else None)
    if government is None:
        return organ
    offices = Organ.objects.filter(parent=government, kind=Organ.Kind.OFFICE, until__isnull=True)
    return offices.order_by("code").first() or government


def the_reporting_organ(request: HttpRequest, arguments: Mapping[str, Any]) -> Subject:
    """The organ of a route with ``organ`` (code), in the hands of those who work on its reports."""
    organ = get_object_or_404(Organ, code=arguments["organ"])
    return _in_hands_of(working_organ(organ), organ)


def the_filing(request: HttpRequest, arguments: Mapping[str, Any]) -> Subject:
    """The filing of a route with ``organ`` (code) and ``year``."""
    filings = Filing.objects.select_related("organ")
    filing = get_object_or_404(filings, organ__code=arguments["organ"], year=arguments["year"])
    return _in_hands_of(working_organ(filing.organ, outside=filing.outside), filing)


def _in_hands_of(organ: Organ, thing: Any) -> Subject:
    """Whoever holds a role there for a division is refused, and not told that there is no such thing."""
    return Subject(organ, thing, tuple(organ.divisions.values_list("key", flat=True)))


def acting_roles(request: HttpRequest) -> frozenset[str]:
    """The caller's roles that count for the steps of the filing of the request."""
    return counting_for(request.subject.thing, request.user, request.subject.roles)


def counting_for(filing: Filing, person: Person, roles: frozenset[str]) -> frozenset[str]:
    """Those of a person's roles that count: a report is supervised from above, by the territory's government or by the organ that
    leads a vertical system (第三条第三款); never by the organ's own people, nor a government's by its own office.
    """
    if "supervisor" not in roles:
        return roles
    organ = filing.organ
    above = {district_of(organ)} | ({organ.vertical} if organ.kind != Organ.Kind.GOVERNMENT else set())
    return roles if (above - {None}) & set(supervised(person, today())) else roles - {"supervisor"}


READ = Need("filings.read", FILING_READERS, the_filing)
WRITE = Need("filings.write", FILING_WRITERS, the_filing)
ORGAN = Need("filings.organ", FILING_READERS, the_reporting_organ)
OPEN = Need("filings.open", FILING_WRITERS, the_reporting_organ)
ANY = Need("filings.any", FILING_READERS)
