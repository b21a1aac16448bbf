"""表三 as queries: one grouped scan gives the table, and the same conditions give the cases behind each figure."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from gongkai.law import applicant_kinds, outcome_row, outcomes
from gongkai.report.form import CellKey, Form

from ..cases.models import Case
from ..organs.models import Organ
from .periods import Period


def _received(period: Period) -> Q:
    return Q(received_on__gte=period.first, received_on__lte=period.last)


def _carried_in(period: Period) -> Q:
    return Q(received_on__lt=period.first) & (Q(decided_on__isnull=True) | Q(decided_on__gte=period.first))


def _decided(period: Period) -> Q:
    return Q(decided_on__gte=period.first, decided_on__lte=period.last)


def _carried_over(period: Period) -> Q:
    return Q(received_on__lte=period.last) & (Q(decided_on__isnull=True) | Q(decided_on__gt=period.last))


def counted(organs: Iterable[Organ], period: Period) -> QuerySet[Case]:
    """The applications that these organs handle and that have a part in the period: received by its end, not decided before it.

    A transferred application counts with receipt and result for the organ that has it now, and no more for the one that had
    it (see `gongkai.law.case.counting`): so all identities hold for both, and for the subtree that holds both nothing changes.
    """
    return Case.objects.filter(
        Q(decided_on__isnull=True) | Q(decided_on__gte=period.first),
        handled_by__in=list(organs),
        counted=True,
        received_on__lte=period.last,
    )


def application_figures(organs: Iterable[Organ], period: Period, form: Form) -> dict[int, dict[CellKey, int]]:
    """Every cell of 表三 for each of these organs (by primary key) and this period. One query, whatever their number.

    Received and carried in by the day of receipt; results by the day of the decision; the rest is carried over.
    """
    organs = list(organs)
    rows = (
        counted(organs, period)
        .order_by()
        .annotate(
            ended=ExpressionWrapper(Q(decided_on__lte=period.last), BooleanField()),
            new=ExpressionWrapper(Q(received_on__gte=period.first), BooleanField()),
        )
        .values_list("handled_by", "applicant_kind", "outcome", "ended", "new")
        .annotate(number=Count("*"))
    )
    empty = {key: 0 for key in form.cells if key.startswith("applications.")}
    figures = {organ.pk: dict(empty) for organ in organs}
    results = {one.code: outcome_row(one.code, form) for one in outcomes().terms}
    for organ, kind, outcome, ended, new, number in rows:
        own = figures[organ]
        fate = (results[outcome], "total") if ended else ("carried_over",)
        for name in ("received" if new else "carried_in", *fate):
            for column in (kind, "total"):
                own[f"applications.{name}.{column}"] += number
    return figures


def cases_behind(key: CellKey, organs: Iterable[Organ], period: Period, form: Form) -> QuerySet[Case]:
    """The applications that a figure of 表三 counts. KeyError for a key that is no cell of the table."""
    if key not in form.cells or not key.startswith("applications."):
        raise KeyError(key)
    _, row, column = key.split(".")
    found = counted(organs, period)
    conditions = {"received": _received, "carried_in": _carried_in, "total": _decided, "carried_over": _carried_over}
    if row in conditions:
        found = found.filter(conditions[row](period))
    else:
        found = found.filter(
            _decided(period), outcome__in=[one.code for one in outcomes().terms if outcome_row(one.code, form) == row]
        )
    return found if column == "total" else found.filter(applicant_kind=applicant_kinds()[column].code)
