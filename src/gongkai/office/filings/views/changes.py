"""Screens of 与上年比较: what changed since last year, reasons for what is unusual, what was carried over, repeated text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.comparing import Change, Unusual, carried, changes, shared
from gongkai.report.form import Form
from gongkai.report.report import Number

from ...access.guard import READ as READ_METHODS
from ...access.guard import WRITE, guarded
from ...clock import now
from ..excusing import with_reasons
from ..gate import previous_report
from ..leading import Asked, asked_of, change_told
from ..likeness import SECTION, SECTIONS, sides, told
from ..models import Filing
from ..needs import READ as READ_FILING
from ..needs import WRITE as WRITE_FILING
from ..reason_forms import ReasonsForm
from ..recorded import content_of
from ..years import Year, former_years, unusual_figures
from .frame import address, filing_page
from .saving import asked_version, saved


@dataclass(frozen=True, slots=True)
class Line:
    """A cell as the table of changes prints it. ``row``, ``column``: its heads; ``unusual``: whether a reason is asked."""

    row: str
    column: str
    before: Number | None
    now: Number | None
    difference: str
    ratio: str
    unusual: bool


def page(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """What changed since last year."""
    return _page(request)


def _page(request: HttpRequest, written: ReasonsForm | None = None) -> HttpResponse:
    """``written``: reasons that were not saved."""
    filing: Filing = request.subject.thing
    content = content_of(filing, filing.newest)
    report, form = content.report, content.report.form
    previous = previous_report(filing)
    former = former_years(filing)
    odd = unusual_figures(filing, report, former)
    everything = "all" in request.GET
    compared = changes(report, previous) if previous else ()
    shown = [one for one in compared if everything or one.difference != 0]
    asked = asked_of(content, odd, form) if form else ()
    fields = written or _form(asked)
    return filing_page(
        request,
        "filings/changes.html",
        "filings_changes",
        status=422 if written and written.errors else 200,
        form=fields,
        version=filing.newest,
        previous=previous,
        asked=[(one, fields[one.field] if one.field in fields.fields else None) for one in asked],
        tables=_tables(form, shown, odd) if form else (),
        unchanged=len(compared) - len(shown),
        everything=everything,
        continuity=carried(report, previous),
        continuous=all(one.holds for one in carried(report, previous)),
        likeness=[
            (one, heading, _likeness(report.sections.get(one, ""), one, former)) for one, heading in _headings(form)
        ],
    )


def reasons(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Write down the reasons for what is unusual; they are kept with the version and read by who reviews."""
    filing: Filing = request.subject.thing
    based_on = asked_version(request, filing)
    content = content_of(filing, based_on or filing.newest)
    form = content.report.form
    asked = asked_of(content, unusual_figures(filing, content.report), form) if form else ()
    written = _form(asked, request.POST)
    if not written.is_valid():
        return _page(request, written)
    given = written.given()
    reasons_given = [(one.finding, given[one.field]) for one in asked if one.field in given]
    by = str(request.user)
    changed = with_reasons(content, reasons_given, by=by, at=now().isoformat(timespec="seconds"))
    if saved(request, filing, changed, based_on, "写明数据变化的原因", "变化的原因已经保存，审核人和领导会看到。"):
        return redirect(f"{address('filings_changes', filing)}#reasons")
    return _page(request, written)


def _headings(form: Form | None) -> list[tuple[str, str]]:
    """Key and heading of the sections whose text is compared."""
    return [(one.key, one.heading) for one in form.sections if one.key in SECTIONS] if form else []


def _likeness(text: str, section: str, former: Sequence[Year]) -> list[tuple[int, str]]:
    """For each former year the share of a section's text that stood in it, as printed."""
    return [(one.year, told(shared(text, {"": one.filed.text(section)}).share)) for one in former]


def _form(asked: Sequence[Asked], data: Any = None) -> ReasonsForm:
    had = {one.field: (f"{one.name}：原因", one.excuse.reason if one.excuse else "") for one in asked}
    return ReasonsForm(data, reasons=had)


def text(request: HttpRequest, organ: str, year: int, before: int) -> HttpResponse:
    """A section beside that of a former year, with what is repeated marked. ``section``: which one, 总体情况 unless told."""
    filing: Filing = request.subject.thing
    former = next((one for one in former_years(filing) if one.year == before), None)
    report = content_of(filing, filing.newest).report
    section = request.GET.get("section", SECTION)
    heading = dict(_headings(report.form)).get(section)
    if former is None or heading is None:
        raise Http404
    own, theirs = report.sections.get(section, ""), former.filed.text(section)
    likeness = shared(own, {"": theirs})
    return filing_page(
        request,
        "filings/repeated.html",
        "filings_changes",
        trail=[("与上年比较", address("filings_changes", filing))],
        sides=sides(f"{year}年度", own, f"{before}年度", theirs, likeness),
        share=told(likeness.share),
        passages=likeness.passages,
        heading=f"{heading}：与{before}年度相比",
    )


def _tables(form: Form, shown: Sequence[Change], odd: Sequence[Unusual]) -> list[tuple[str, str, list[Line]]]:
    unusual = {one.cell.key for one in odd}
    found = []
    for table in form.tables:
        lines = [
            Line(
                one.cell.row.label,
                one.cell.column.name,
                one.before,
                one.now,
                *change_told(one),
                one.cell.key in unusual,
            )
            for one in shown
            if one.cell.table is table
        ]
        if lines:
            found.append((table.key, table.name, lines))
    return found


patterns = [
    guarded("<str:organ>/<int:year>/changes/", page, name="filings_changes", need=READ_FILING, methods=READ_METHODS),
    guarded(
        "<str:organ>/<int:year>/changes/reasons/", reasons, name="filings_reasons", need=WRITE_FILING, methods=WRITE
    ),
    guarded(
        "<str:organ>/<int:year>/changes/<int:before>/",
        text,
        name="filings_repeated",
        need=READ_FILING,
        methods=READ_METHODS,
    ),
]
