"""Ties of sentences that a person typed: figures that can be nothing else than certain cells, and agree with them."""

from __future__ import annotations

from collections.abc import Iterable

from ..reading.narrative import stated_figures, strength
from ..reading.stated import Stated
from ..report.form import CellKey
from ..report.report import Number, Report
from .ties import NUMERAL, Tie, stated, texts_of


def found(report: Report, ties: Iterable[Tie] = ()) -> tuple[Tie, ...]:
    """A tie for each figure in the text that states certain cells beyond doubt; what ``ties`` holds already is left out.

    Beyond doubt: the words mean no other count, the figure is exact, it is the sum of the cells now, and no other lawful
    reading of the words gives the same sum.
    """
    texts = texts_of(report)
    known = [(one.section, one.start, one.end) for one in ties]
    result = []
    for one in stated_figures(report):
        text = texts[one.section][one.start : one.end]
        if one.denied or one.approximate or not NUMERAL.fullmatch(text) or stated(text) != one.value:
            continue
        taken = any(section == one.section and start < one.end and one.start < end for section, start, end in known)
        cells = _cells(one, report)
        if cells and not taken:
            known.append((one.section, one.start, one.end))
            result.append(Tie(one.section, one.start, one.end, cells, one.value))
    return tuple(result)


def _cells(one: Stated, report: Report) -> tuple[CellKey, ...]:
    """The only cells that the figure can state; none where the words or the tables leave a doubt."""
    form = report.form
    if form is None or not one.cells or strength(one.what, report.edition) == "loose":
        return ()
    if one.what in ("share", "growth", "decline") or one.unit == "%":
        return ()
    fitting = {cells for cells in (one.cells, *one.readings) if _sum(cells, report) == one.value}
    cells = next(iter(fitting)) if len(fitting) == 1 else ()
    if any(("元" in one.unit or "元" in form.cells[cell].unit) and one.unit != form.cells[cell].unit for cell in cells):
        return ()
    return cells


def _sum(cells: Iterable[CellKey], report: Report) -> Number | None:
    values = [report.values.get(cell) for cell in cells]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
