"""表四 as queries: concluded in the period by result, begun and not concluded by its end as 尚未审结."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case as When
from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models import When as If

from gongkai.report.form import CellKey, Form

from ..organs.models import Organ
from ..remedies.models import Remedy
from .periods import Period


def taking_part(organs: Iterable[Organ], period: Period) -> QuerySet[Remedy]:
    """The remedies of these organs that were going on in the period."""
    return Remedy.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=period.first), organ__in=list(organs), begun_on__lte=period.last
    )


def counted(organs: Iterable[Organ], period: Period) -> QuerySet[Remedy]:
    """The same without those that another organ counts (共同被告)."""
    return taking_part(organs, period).filter(joint=False)


def remedy_figures(organs: Iterable[Organ], period: Period, form: Form) -> dict[int, dict[CellKey, int]]:
    """Every cell of 表四 for each of these organs (by primary key) and this period, in one query."""
    organs = list(organs)
    closed = When(If(closed_on__lte=period.last, then=F("result")), default=Value("pending"), output_field=CharField())
    rows = counted(organs, period).order_by().values("organ", "kind", at=closed).annotate(number=Count("pk"))
    empty = {key: 0 for key in form.cells if key.startswith("remedies.")}
    figures = {organ.pk: dict(empty) for organ in organs}
    for row in rows:
        for column in (row["at"], "total"):
            figures[row["organ"]][f"remedies.{row['kind']}.{column}"] += row["number"]
    return figures


def remedies_behind(key: CellKey, organs: Iterable[Organ], period: Period, form: Form) -> QuerySet[Remedy]:
    """The remedies that a figure of 表四 counts. KeyError for a key that is no cell of the table."""
    if key not in form.cells or not key.startswith("remedies."):
        raise KeyError(key)
    _, kind, column = key.split(".")
    found = counted(organs, period).filter(kind=kind)
    if column == "total":
        return found
    if column == "pending":
        return found.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=period.last))
    return found.filter(closed_on__lte=period.last, result=column)
