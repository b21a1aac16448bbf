"""Opening balances (期初数): entering them, and their part in the figures.

They count in every period that begins with their year and holds their days: a part of a year can't be told from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from gongkai.report.form import CellKey, Form, form_for_year

from ..clock import now
from ..organs.authority import note
from ..organs.models import Organ, Person
from .models import OpeningBalance, OpeningEntry
from .periods import Period


def entered_cells(form: Form) -> list[CellKey]:
    """The cells that a balance may give: what was finished. No sums, and nothing of what was still open: that is cases."""
    return [
        key
        for table in (form.table("applications"), form.table("remedies"))
        for block in table.blocks
        for row in block.rows
        for column in block.columns
        if not column.total
        and (
            row.result or row.key in ("received", "carried_in") or (table.key == "remedies" and column.key != "pending")
        )
        for key in [f"{table.key}.{row.key}.{column.key}"]
    ]


def sums_of(key: CellKey) -> tuple[CellKey, ...]:
    """The cell and every sum that it goes into."""
    table, row, column = key.split(".")
    rows = [row, "total"] if _is_result(key) else [row]
    return tuple(f"{table}.{one}.{other}" for one in rows for other in (column, "total"))


def unbalanced(numbers: Mapping[CellKey, int], form: Form) -> dict[str, str]:
    """By key of the column, what is wrong with balances: what was finished must have come in. Chinese sentences."""
    wrong = {}
    for column in form.table("applications").blocks[0].columns:
        came = sum(numbers.get(f"applications.{row}.{column.key}", 0) for row in ("received", "carried_in"))
        went = sum(number for key, number in numbers.items() if _is_result(key) and key.endswith(f".{column.key}"))
        if not column.total and came != went:
            wrong[column.key] = (
                f"“{column.heading}”一列，新收和结转共 {came} 件，办理结果共 {went} 件，两者应当相等。未办结的请登记为案件，不填在这里。"
            )
    return wrong


def with_sums(numbers: Mapping[CellKey, int], form: Form) -> dict[CellKey, int]:
    """The balances with every sum that they go into; every other cell of the two tables is 0."""
    found = {key: 0 for key in form.cells if key.startswith(("applications.", "remedies."))}
    for key, number in numbers.items():
        for one in sums_of(key):
            if one in found:
                found[one] += number
    return found


def entry_of(organ: Organ, year: int) -> OpeningEntry | None:
    """The entry that counts for a year."""
    return OpeningEntry.objects.filter(organ=organ, year=year, replaced_at=None).first()


def enter(entry: OpeningEntry, numbers: Mapping[CellKey, int], *, by: Person | None) -> None:
    """Enter an organ's balances of a year, in place of those that were entered before; the earlier entry is kept.

    Raises ValidationError: by field of the entry, or by cell or column (``cell:…``, ``column:…``) in the figures.
    """
    form = form_for_year(entry.year)
    before = entry_of(entry.organ, entry.year)
    wrong: dict[str, str] = {f"column:{key}": message for key, message in unbalanced(numbers, form).items()}
    wrong |= {f"cell:{key}": "这一格不能填写期初数。" for key in set(numbers) - set(entered_cells(form))}
    if before and not entry.reason.strip():
        wrong["reason"] = "更正已经填报的期初数，请写明原因。"
    if wrong:
        raise ValidationError(wrong)
    entry.entered_by, entry.entered_at = by, now()
    entry.full_clean(exclude=["organ"], validate_constraints=False)
    with transaction.atomic():
        OpeningEntry.objects.filter(organ=entry.organ, year=entry.year, replaced_at=None).update(
            replaced_at=entry.entered_at
        )
        entry.save(force_insert=True)
        OpeningBalance.objects.bulk_create(
            OpeningBalance(entry=entry, key=key, number=number) for key, number in numbers.items() if number
        )
        note(entry, "figures.balances", by, entry.organ, year=entry.year, source=entry.source, reason=entry.reason)


def opening_figures(organs: Iterable[Organ], period: Period, form: Form) -> dict[int, dict[CellKey, int]]:
    """What the balances add to each cell of the form, sums included, for each organ (by primary key) that has any."""
    found: dict[int, Counter[CellKey]] = {}
    for organ, key, number in _within(organs, period).values_list("entry__organ", "key", "number"):
        for one in sums_of(key):
            if one in form.cells:
                found.setdefault(organ, Counter())[one] += number
    return {organ: dict(numbers) for organ, numbers in found.items()}


def balances_behind(key: CellKey, organs: Iterable[Organ], period: Period, form: Form) -> list[OpeningBalance]:
    """The balances that a figure counts."""
    return [one for one in _within(organs, period).select_related("entry__organ") if key in sums_of(one.key)]


def _is_result(key: CellKey) -> bool:
    table, row, _ = key.split(".")
    return table == "applications" and row not in ("received", "carried_in")


def _within(organs: Iterable[Organ], period: Period) -> QuerySet[OpeningBalance]:
    if (period.first.month, period.first.day) != (1, 1):
        return OpeningBalance.objects.none()
    return OpeningBalance.objects.filter(
        entry__organ__in=list(organs),
        entry__year=period.first.year,
        entry__through__lte=period.last,
        entry__replaced_at=None,
    )
