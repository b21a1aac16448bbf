"""Who works on a filing: the organ's own people; for a government's report its office's; for one that came as a file the
supervising office's. And who supervises it, which is one office only.
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
from ..organs.queries import name_on, organs_with
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
    """Those of a person's roles that count: who supervises from further above reads the report, and takes none of its steps."""
    if "supervisor" not in roles or supervises(filing.organ, person):
        return roles
    return roles - {"supervisor"}


def supervises(organ: Organ, person: Person) -> bool:
    """Whether the person supervises where an organ's report is filed (第四十九条：本级…主管部门): at the nearest government above it, or
    at that one's office, or at the organ that leads it vertically (第三条第三款). Neither a higher government's people do, nor the
    organ's own, nor for a government those of its own office.
    """
    led = organ.vertical_id if organ.kind != Organ.Kind.GOVERNMENT else None
    government = district_of(organ)
    return bool({government and government.pk, led} & supervising(person))


def supervising(person: Person) -> frozenset[int]:
    """Primary keys of the organs with which reports are filed that the person looks at: where they hold the role, for an office
    the government.
    """
    held = organs_with(person, ["supervisor"], today())
    found = (one.parent_id if one.kind == Organ.Kind.OFFICE else one.pk for one in held)
    return frozenset(pk for pk in found if pk is not None)


def supervised_elsewhere(organ: Organ) -> str:
    """The refusal of somebody who supervises, but not where the organ's report is filed."""
    government = district_of(organ)
    if government is None:
        return "这份报告没有需要报送的主管部门，领导批准后直接发布。"
    name = name_on(government, today())
    return f"这份报告报送{name}的政府信息公开工作主管部门，由它催报、审核、退回。您可以查看；有意见的，请向它提出。"


READ = Need("filings.read", FILING_READERS, the_filing)
WRITE = Need("filings.write", FILING_WRITERS, the_filing)
ORGAN = Need("filings.organ", FILING_READERS, the_reporting_organ)
OPEN = Need("filings.open", FILING_WRITERS, the_reporting_organ)
ANY = Need("filings.any", FILING_READERS)
