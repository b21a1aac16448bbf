"""Other cases that the same organ handles and that bear on one: the applicant's own, and those on the same thing. Facts, no judgement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ..organs.models import Organ
from .models import Case
from .projections import applicant_index_of, content_index

SHOWN = 8
"""Cases of a kind that a screen lists."""

_TITLE = re.compile(r"《([^》]{4,60})》")
_DOCUMENT = re.compile(r"[^\s，。、；]{1,8}〔\d{4}〕\d+号")


@dataclass(frozen=True, slots=True)
class Related:
    """``earlier``: the applicant's other cases, newest first, ``total`` of them; ``same``: equal or near descriptions."""

    earlier: list[Case]
    total: int
    same: list[Case]


def related_to(case: Case, cases: QuerySet[Case] | None = None) -> Related:
    """What bears on a registered case. ``cases``: those that the reader may see, all of the organ's where it is left out."""
    others = (Case.objects.filter(handled_by=case.handled_by_id) if cases is None else cases).exclude(pk=case.pk)
    return _related(others, case.applicant_index, case.content_index, case.description)


def related_to_entry(organ: Organ, personal: Mapping[str, str], description: str) -> Related:
    """What bears on an application that is about to be registered."""
    return _related(
        Case.objects.filter(handled_by=organ), applicant_index_of(personal), content_index(description), description
    )


def counted_before(case: Case) -> int:
    """How many applications the organ received of the same applicant in the same month before this one: what a fee by items goes by."""
    if not case.applicant_index or case.received_on is None:
        return 0
    month = case.received_on.replace(day=1)
    own = Case.objects.filter(
        handled_by=case.handled_by_id, applicant_index=case.applicant_index, matter="application", counted=True
    )
    earlier = Q(received_on__lt=case.received_on) | Q(received_on=case.received_on, pk__lt=case.pk)
    return own.filter(earlier, received_on__gte=month).count()


def _related(others: QuerySet[Case], applicant: str, content: str, description: str) -> Related:
    others = others.select_related("organ")
    own = others.filter(applicant_index=applicant) if applicant else others.none()
    alike = Q(content_index=content) if content else Q(pk=None)
    for piece in _pieces(description):
        alike |= Q(description__contains=piece)
    return Related(list(own[:SHOWN]), own.count(), list(others.filter(alike)[:SHOWN]))


def _pieces(description: str) -> list[str]:
    """Names in book-title marks and numbers of documents, by which information is told apart."""
    return list(dict.fromkeys([*_TITLE.findall(description), *_DOCUMENT.findall(description)]))[:4]
