"""Opening balances (期初数) as figures: they count in every period that begins with their year and holds their days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from gongkai.report.form import CellKey, Form

from ..organs.models import Organ
from .models import OpeningBalance
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


def unbalanced(numbers: Mapping[CellKey, int], form: Form) -> list[str]:
    """What is wrong with an organ's balances, column by column: what was finished must have come in. Chinese sentences."""
    wrong = []
    for column in form.table("applications").blocks[0].columns:
        came = sum(numbers.get(f"applications.{row}.{column.key}", 0) for row in ("received", "carried_in"))
        went = sum(number for key, number in numbers.items() if _is_result(key) and key.endswith(f".{column.key}"))
        if not column.total and came != went:
            wrong.append(
                f"“{column.heading}”一列，新收和结转共 {came} 件，办理结果共 {went} 件，两者应当相等：未办结的请登记为案件。"
            )
    return wrong


def opening_figures(organs: Iterable[Organ], period: Period, form: Form) -> dict[CellKey, int]:
    """What the balances add to each cell of the form, sums included."""
    found: Counter[CellKey] = Counter()
    for key, number in _within(organs, period).values_list("key", "number"):
        for one in sums_of(key):
            found[one] += number
    return {key: number for key, number in found.items() if key in form.cells}


def balances_behind(key: CellKey, organs: Iterable[Organ], period: Period, form: Form) -> list[OpeningBalance]:
    """The balances that a figure counts."""
    return [one for one in _within(organs, period).select_related("organ") if key in sums_of(one.key)]


def _is_result(key: CellKey) -> bool:
    table, row, _ = key.split(".")
    return table == "applications" and row not in ("received", "carried_in")


def _within(organs: Iterable[Organ], period: Period) -> QuerySet[OpeningBalance]:
    if (period.first.month, period.first.day) != (1, 1):
        return OpeningBalance.objects.none()
    return OpeningBalance.objects.filter(
        organ__in=list(organs), year=period.first.year, through__lte=period.last, number__gt=0
    )
