"""What stands behind a figure: cases and remedies, entries of the registers, or the parts of a government's report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse

from gongkai.report.form import CellKey, Form
from gongkai.report.report import Number

from ...access.needs import CASE_READERS
from ...clock import today
from ...figures.periods import year_of
from ...figures.tables import TABLES
from ...figures.tables import records_behind as cases_behind
from ...figures.views import row_of
from ...organs.models import Organ
from ...organs.queries import organs_with
from ...registers.queries import document_cells
from ...registers.queries import records_behind as entries_behind
from ..models import Filing
from ..rollup import rolled_up_with_parts

_PAGE = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """``kind``: which table shows it, "" where no register gives the figure. ``page``: of ``rows`` only those on it."""

    kind: Literal["", "cases", "documents", "decisions", "parts"]
    rows: Sequence[Any] = ()
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class PartRow:
    """What a part gave. ``number``: None where it gave none; ``said``: why. ``address``: of the figure in its own report."""

    name: str
    number: Number | None
    said: str = ""
    address: str = field(default="")


def behind(request: HttpRequest, filing: Filing, form: Form, key: CellKey) -> Behind:
    """The records of today that a figure of a report is made of; of a report that came as a file there are none."""
    if filing.outside:
        return Behind("")
    if filing.organ.kind == Organ.Kind.GOVERNMENT:
        return _paged(request, "parts", _parts(filing, form, key))
    organs = [filing.organ]
    if form.cells[key].table.key in TABLES:
        found = _paged(request, "cases", cases_behind(key, organs, year_of(filing.year), form))
        own = {one.pk for one in organs_with(request.user, CASE_READERS, today())}
        return Behind("cases", [row_of(one, own) for one in found.rows], found.page)
    try:
        entries = entries_behind(key, organs, filing.year, form)
    except KeyError:
        return Behind("")
    return _paged(request, "documents" if key in document_cells(form) else "decisions", entries)


def _paged(request: HttpRequest, kind: Any, records: Sequence[Any]) -> Behind:
    page = Paginator(records, _PAGE).get_page(request.GET.get("page"))
    return Behind(kind, list(page), page)


def _parts(filing: Filing, form: Form, key: CellKey) -> list[PartRow]:
    found = rolled_up_with_parts(filing.organ, filing.year, form)
    given = found.rollup.by_cell.get(key, {})
    blank = found.rollup.blank.get(key, ())
    rows = []
    for part in found.parts:
        where = reverse("filings_cell", args=[part.organ.code, filing.year, key]) if part.filing else ""
        if part.key in given:
            rows.append(PartRow(part.name, given[part.key], "", where))
        elif part.key in found.rollup.missing:
            rows.append(PartRow(part.name, None, "还没有报送", where))
        elif part.key in blank:
            rows.append(PartRow(part.name, None, "报告中这一格没有数", where))
    return rows
