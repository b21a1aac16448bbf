"""The organ's records as the core's ledger, so that `gongkai compile` gives the same tables 三 and 四 as the live figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from gongkai.ledger.workbook import write_ledger

from ..cases.models import Case, EventSecret
from ..figures import applications, remedies
from ..figures.periods import year_of
from ..organs.models import Organ
from ..remedies.models import Remedy
from ..vault.secrets import reveal

Row = Mapping[str, str | date]

_LONGEST = 2000
"""Characters of a description that a ledger repeats: it is a summary there."""


def ledger_of(organ: Organ, year: int | None, *, names: bool) -> bytes:
    """The ledger as XLSX: of all that has a part in a year, or of everything. ``names``: with the applicants' names.

    Whoever asks for names has checked that the reader may see them, and logs it.
    """
    cases, found = _records(organ, year)
    applicants = _names(cases) if names else {}
    contents = {
        "applications": [_application(case, applicants.get(case.pk, "")) for case in cases],
        "remedies": [_remedy(one) for one in found],
    }
    return write_ledger(contents, year)


def _records(organ: Organ, year: int | None) -> tuple[list[Case], list[Remedy]]:
    if year is None:
        cases = Case.objects.filter(handled_by=organ, counted=True, received_on__isnull=False)
        found = Remedy.objects.filter(organ=organ)
    else:
        cases = applications.counted([organ], year_of(year))
        found = remedies.taking_part([organ], year_of(year))
    ordered = found.select_related("case__organ").order_by("begun_on", "pk")
    return list(cases.select_related("organ").order_by("received_on", "pk")), list(ordered)


def _application(case: Case, applicant: str) -> Row:
    row = {
        "number": case.reference,
        "received": case.received_on,
        "applicant_kind": case.applicant_kind,
        "applicant": applicant,
        "subject": " ".join(case.description.split())[:_LONGEST],
        "channel": case.channel,
        "finished": case.decided_on,
        "outcome": case.outcome,
    }
    return {key: value for key, value in row.items() if value}


def _remedy(remedy: Remedy) -> Row:
    row = {
        "number": remedy.number,
        "kind": remedy.kind,
        "begun": remedy.begun_on,
        "closed": remedy.closed_on,
        "result": remedy.result or "pending",
        "joint": "yes" if remedy.joint else "",
        "application": remedy.case.reference if remedy.case else remedy.earlier,
        "remark": remedy.remark,
    }
    return {key: value for key, value in row.items() if value}


def _names(cases: Iterable[Case]) -> dict[int, str]:
    """The applicants' names as set right since, by key of the case; an erased one is left out."""
    keys = [case.pk for case in cases]
    found: dict[int, str] = {}
    for first in range(0, len(keys), 500):
        kept = EventSecret.objects.filter(
            event__case__in=keys[first : first + 500],
            event__kind__in=("registered", "record_corrected"),
            secret__field="applicant_name",
        )
        for one in kept.select_related("event", "secret").order_by("event__number"):
            if name := reveal(one.secret):
                found[one.event.case_id] = name
    return found
