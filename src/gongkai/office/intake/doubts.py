"""Which figures of a document a person has to compare with it before the report is taken in.

Knows no Django: the worker that reads documents counts them, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gongkai.report.finding import Finding
from gongkai.report.form import CellKey, form_for_year
from gongkai.report.report import Report


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that has to be looked at. ``unread``: the document was not seen to print it at all; ``reasons``: why else, in Chinese."""

    cell: CellKey
    unread: bool
    reasons: tuple[str, ...] = field(default=())


def cells_to_confirm(report: Report, doubts: Iterable[Finding]) -> Mapping[CellKey, Doubt]:
    """The cells that the reading doubts, and those that were not read, in the order of the form."""
    reasons: dict[CellKey, list[str]] = {}
    for finding in doubts:
        for cell in finding.cells:
            reasons.setdefault(cell, []).append(finding.message)
    form = report.form or form_for_year(report.year or 9999)
    return {
        key: Doubt(key, key not in report.values, tuple(reasons.get(key, ())))
        for key in form.cells
        if key in reasons or key not in report.values
    }
