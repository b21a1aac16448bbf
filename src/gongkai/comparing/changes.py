"""What changed since last year, cell by cell, and whether what was carried over came in again."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..report.form import Cell
from ..report.report import Number, Report, whole


@dataclass(frozen=True, slots=True)
class Change:
    """A cell this year and last. A figure is None where the report holds none, or the form had no such cell then.

    ``difference`` is None where either is; ``ratio`` is the difference as a share of last year's figure, None where that is
    0 or unknown.
    """

    cell: Cell
    now: Number | None
    before: Number | None

    @property
    def difference(self) -> Number | None:
        if self.now is None or self.before is None:
            return None
        difference = self.now - self.before
        return whole(difference) if isinstance(difference, Decimal) else difference

    @property
    def ratio(self) -> float | None:
        return float(self.difference / self.before) if self.difference is not None and self.before else None


@dataclass(frozen=True, slots=True)
class Continuity:
    """A column of table 三: what last year carried over (结转下年度继续办理), and what this year carried in (上年结转)."""

    cell: Cell
    carried_over: Number | None
    carried_in: Number | None

    @property
    def holds(self) -> bool:
        """Whether both are the same; also where one of them isn't known."""
        return None in (self.carried_over, self.carried_in) or self.carried_over == self.carried_in


def changes(report: Report, previous: Report | None) -> tuple[Change, ...]:
    """Every cell of the report's form, in its order, beside last year's. () for a report without a form."""
    if report.form is None:
        return ()
    before = previous.values if previous else {}
    return tuple(Change(cell, report.values.get(key), before.get(key)) for key, cell in report.form.cells.items())


def carried(report: Report, previous: Report | None) -> tuple[Continuity, ...]:
    """上年结转 of each column beside 结转下年度继续办理 of last year's report."""
    if report.form is None or previous is None:
        return ()
    return tuple(
        Continuity(cell, previous.values.get(key.replace("carried_in", "carried_over")), report.values.get(key))
        for key, cell in report.form.cells.items()
        if key.startswith("applications.carried_in.")
    )
