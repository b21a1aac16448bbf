"""Screens of the statistics (统计): the two tables of the form, the list behind each figure, and both as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.law import applicant_kinds, outcomes
from gongkai.report.form import Form, form_for_year
from gongkai.report.report import Report
from gongkai.report.writing import write

from ..access.needs import CASE_READERS
from ..cases.models import Case
from ..clock import today
from ..downloads import FORMAT_NAMES, download
from ..organs.models import Organ
from ..organs.queries import name_on, organs_with, subtree, supervised
from ..remedies.models import Remedy
from .models import OpeningBalance
from .periods import Period, parse_period
from .tables import TABLES, drawn, figures_report, records_behind

Scope = Literal["organ", "parent", "vertical"]
SCOPES: dict[str, str] = {"organ": "本机关", "parent": "本机关和下级机关", "vertical": "本系统"}
"""Whose records are counted: the organ's own, or those of all below it by territory or by vertical system."""

FIGURE_READERS = CASE_READERS - {"handler", "division_head"} | {"supervisor"}
"""Who may read an organ's figures: those who work on its cases as a whole, and who supervises it."""

FORMATS = ("xlsx", "csv", "docx", "html", "json")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is about: whose figures, of which organs, for which period."""

    organ: Organ
    organs: Sequence[Organ]
    period: Period
    code: str
    scope: str

    def address(self, route: str, *more: str) -> str:
        """The address of a route of these figures."""
        path = reverse(route, args=(self.organ.code, self.code, *more))
        return path if self.scope == "organ" else f"{path}?{urlencode({'scope': self.scope})}"


def start(request: HttpRequest) -> HttpResponse:
    """The figures of this year of the first organ whose figures one may read; who supervises sees what hangs below it as well."""
    day = today()
    above = supervised(request.user, day)[:1]
    first = next(iter([*above, *organs_with(request.user, FIGURE_READERS, day)]), None)
    if first is None:
        raise PermissionDenied
    path = reverse("figures_tables", args=(first.code, str(day.year)))
    return redirect(f"{path}?{urlencode({'scope': 'parent'})}" if above else path)


def choose(request: HttpRequest) -> HttpResponse:
    """Goes to the figures that the form above the tables asks for; the page itself sees whether one may."""
    organ, period, scope = (request.GET.get(name, "") for name in ("organ", "period", "scope"))
    if not organ or not period:
        raise Http404
    path = reverse("figures_tables", args=(organ, period))
    return redirect(f"{path}?{urlencode({'scope': scope})}" if scope else path)


def tables(request: HttpRequest, organ: str, period: str) -> HttpResponse:
    """表三 and 表四, live, every figure a link."""
    asked = _asked(request, period)
    report = figures_report(asked.organ, asked.organs, asked.period)
    form = form_for_year(asked.period.last.year)
    shown = [
        (key, form.table(key).name, drawn(report, key, lambda cell: asked.address("figures_behind", cell)))
        for key in TABLES
    ]
    return render(
        request,
        "figures/tables.html",
        {
            "title": "统计",
            "trail": [],
            "asked": asked,
            "name": name_on(asked.organ, asked.period.last),
            "tables": shown,
            "scopes": _scopes(request),
            "periods": _periods(asked),
            "formats": [(FORMAT_NAMES[ending], asked.address("figures_file", ending)) for ending in FORMATS],
            "organs": _readable(request),
        },
    )


def behind(request: HttpRequest, organ: str, period: str, key: str) -> HttpResponse:
    """The cases, remedies and opening balances that one figure counts."""
    asked = _asked(request, period)
    form = form_for_year(asked.period.last.year)
    try:
        records = records_behind(key, asked.organs, asked.period, form)
    except KeyError as error:
        raise Http404 from error
    number = sum(one.number if isinstance(one, OpeningBalance) else 1 for one in records)
    page = Paginator(records, 50).get_page(request.GET.get("page"))
    own = {one.pk for one in organs_with(request.user, CASE_READERS, today())}
    rows = [row_of(one, own) for one in page]
    return render(
        request,
        "figures/behind.html",
        {
            "title": form.cells[key].name,
            "trail": [("统计", asked.address("figures_tables"))],
            "asked": asked,
            "number": number,
            "rows": rows,
            "page": page,
            "query": "" if asked.scope == "organ" else urlencode({"scope": asked.scope}) + "&",
        },
    )


def file(request: HttpRequest, organ: str, period: str, ending: str) -> HttpResponse:
    """The two tables as a file. In XLSX a sheet lists the numbers of the cases behind each figure."""
    asked = _asked(request, period)
    if ending not in FORMATS:
        raise Http404
    report = figures_report(asked.organ, asked.organs, asked.period)
    form = form_for_year(asked.period.last.year)
    name = f"{report.title}.{ending}"
    if ending == "csv":
        data = _csv(report, form)
    elif ending == "xlsx":
        filled = [key for key, number in report.values.items() if number]
        trace = {key: [_told(one) for one in records_behind(key, asked.organs, asked.period, form)] for key in filled}
        data = write(report, ending, trace=trace)
    else:
        data = write(report, ending)
    return download(data, name)


def _asked(request: HttpRequest, code: str) -> Asked:
    """What the address asks for. Only who supervises an organ sees more than the organ's own figures."""
    try:
        period = parse_period(code)
    except ValueError as error:
        raise Http404 from error
    scope = request.GET.get("scope", "organ")
    if scope not in SCOPES:
        raise Http404
    if scope not in _scopes(request):
        raise PermissionDenied
    organ = request.subject.organ
    organs = [organ]
    if scope != "organ":  # of what hangs below it, what the caller supervises: the two orders need not be one
        reached = {one.pk for one in supervised(request.user, today())}
        organs += [one for one in subtree(organ, scope) if one.pk in reached and one != organ]
    return Asked(organ, organs, period, code, scope)


def _scopes(request: HttpRequest) -> dict[str, str]:
    return SCOPES if "supervisor" in request.subject.roles else {"organ": SCOPES["organ"]}


def _readable(request: HttpRequest) -> list[tuple[Organ, str]]:
    """The organs whose figures the caller may read, by name."""
    day = today()
    organs = {one.pk: one for one in [*supervised(request.user, day), *organs_with(request.user, FIGURE_READERS, day)]}
    return [(one, name_on(one, day)) for one in organs.values()]


def _periods(asked: Asked) -> list[tuple[str, str]]:
    """The periods offered: this year and the four before it, and the parts of the year that is shown."""
    year, shown = today().year, asked.period.first.year
    codes = [str(one) for one in range(year, year - 5, -1)]
    codes += [f"{shown}-{part}" for part in ("H1", "H2", "Q1", "Q2", "Q3", "Q4")]
    codes += [f"{shown}-{month:02}" for month in range(1, 13)]
    if asked.code not in codes:
        codes.insert(0, asked.code)
    return [(code, parse_period(code).name) for code in codes]


def row_of(record: object, own: set[int]) -> dict[str, object]:
    """What the list says of a record. What an application is about, only the organ itself sees (``own``: primary keys)."""
    if isinstance(record, OpeningBalance):
        return {"number": str(record), "organ": record.organ, "count": record.number, "remark": record.source}
    organ = (
        name_on(record.handled_by, record.decided_on or today())
        if isinstance(record, Case)
        else name_on(record.organ, today())
    )
    if isinstance(record, Remedy):
        link = reverse("remedies_edit", args=(record.organ.code, record.pk)) if record.organ_id in own else ""
        ended = f"{record.get_result_display()}" if record.closed_on else "尚未审结"
        return {
            "number": str(record),
            "organ": organ,
            "begun": record.begun_on,
            "ended": record.closed_on,
            "result": ended,
            "link": link,
        }
    seen = record.handled_by_id in own
    return {
        "number": record.reference,
        "organ": organ,
        "begun": record.received_on,
        "kind": applicant_kinds()[record.applicant_kind].label,
        "ended": record.decided_on,
        "result": outcomes()[record.outcome].listed if record.outcome else "正在办理",
        "remark": record.description if seen else "",
        "link": reverse("cases_case", args=(record.organ.code, record.number)) if seen else "",
    }


def _told(record: object) -> str:
    """How a file names a record: by number, with its organ's code."""
    if isinstance(record, OpeningBalance):
        return f"{record.organ.code} {record}：{record.number} 件"
    return f"{record.organ.code} {record}"


def _csv(report: Report, form: Form) -> bytes:
    """Key, name and figure of each cell, as a spreadsheet opens it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["格键", "名称", "数值"])
    writer.writerows([key, form.cells[key].name, number] for key, number in report.values.items())
    return text.getvalue().encode("utf-8-sig")
