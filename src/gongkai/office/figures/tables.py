"""The form's tables 三 and 四 for some organs and a period: as a report of the core, and drawn with a link behind every figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from gongkai.report.form import CellKey, Form, form_for_year
from gongkai.report.report import Report
from gongkai.report.writing.html import draw_table
from gongkai.report.writing.tables import PrintedCell, print_table

from ..organs.models import Organ
from ..organs.queries import name_on
from .applications import application_figures, cases_behind
from .balances import balances_behind, opening_figures
from .periods import Period
from .remedies import remedies_behind, remedy_figures

TABLES = ("applications", "remedies")
"""The tables of the form that the office's records give."""


def figures_by_organ(organs: Sequence[Organ], period: Period, form: Form) -> dict[int, dict[CellKey, int]]:
    """Every cell of the two tables for each organ (by primary key), opening balances included. Three queries for any number."""
    applications = application_figures(organs, period, form)
    remedies = remedy_figures(organs, period, form)
    opening = opening_figures(organs, period, form)
    found = {organ.pk: applications[organ.pk] | remedies[organ.pk] for organ in organs}
    for organ, numbers in opening.items():
        for key, number in numbers.items():
            found[organ][key] += number
    return found


def figures(organs: Sequence[Organ], period: Period, form: Form) -> dict[CellKey, int]:
    """Every cell of the two tables, for all these organs together."""
    found = {key: 0 for key in form.cells if key.startswith(("applications.", "remedies."))}
    for numbers in figures_by_organ(organs, period, form).values():
        for key, number in numbers.items():
            found[key] += number
    return found


def figures_report(organ: Organ, organs: Sequence[Organ], period: Period) -> Report:
    """The two tables as a report of ``organ``, for the core to check and to write; other tables and texts are left out."""
    form = form_for_year(period.last.year)
    return Report(
        organ=name_on(organ, period.last),
        year=period.last.year,
        edition=form.edition,
        title=f"{name_on(organ, period.last)}{period.name}政府信息公开申请、复议诉讼统计表",
        values=dict(figures(organs, period, form)),
    )


def records_behind(key: CellKey, organs: Iterable[Organ], period: Period, form: Form) -> Sequence[object]:
    """What a figure counts: cases or remedies, and the opening balances in it. KeyError for a key of neither table."""
    organs = list(organs)
    found: Iterable[object]
    if key.startswith("applications."):
        cases = cases_behind(key, organs, period, form)
        found = cases.select_related("organ", "handled_by").prefetch_related("handled_by__names")
    else:
        found = remedies_behind(key, organs, period, form).select_related("organ").prefetch_related("organ__names")
    return [*found, *balances_behind(key, organs, period, form)]


def drawn(report: Report, table: str, address: Callable[[CellKey], str], *, zeros: bool = False) -> SafeString:
    """A table as HTML in its official shape; every figure is a link to the list behind it. ``zeros``: a 0, too, where
    somebody enters it and it has a list of its own.
    """
    form = report.form
    assert form is not None  # `figures_report` sets it
    shape = form.table(table)

    def mark(cell: PrintedCell) -> tuple[str, str]:
        if cell.key is None or cell.number is None or not (cell.number or zeros):
            return "", escape(cell.text)
        name = escape(form.cells[cell.key].name)
        return (
            "",
            f'<a href="{escape(address(cell.key))}" aria-label="{escape(cell.text)}，{name}">{escape(cell.text)}</a>',
        )

    printed = print_table(shape, shape.name, report.values, {})
    return mark_safe("\n".join(draw_table(printed, mark=mark, widths=False)))  # every text in it was escaped
