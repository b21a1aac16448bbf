"""The public pages of annual reports: lists, a report, what is behind one of its figures, its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from html import escape
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.charts import (
    Chart,
    answer_chart,
    applicant_chart,
    draw,
    outcome_chart,
    outcome_years_chart,
    period_chart,
    remedy_chart,
    remedy_years_chart,
    years_chart,
)
from gongkai.report.report import Report
from gongkai.report.writing import FORMATS, lay_out
from gongkai.report.writing.html import draw_body
from gongkai.report.writing.tables import PrintedCell

from ...clock import today
from ...downloads import download
from ...filings.recorded import BrokenFilingError, PublicEdition, published_file
from ...organs.models import Organ
from .. import reports
from ..caching import kept
from ..described import script, structured
from ..figures import figure_page, has_behind

View = Callable[..., HttpResponseBase]

_CONTACT = ("disclosure_office", "address", "postcode", "telephone", "fax", "email")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with its picture."""

    chart: Chart
    picture: SafeString


def drawn(chart: Chart) -> Drawn:
    """The chart and its picture; all text in it is escaped there."""
    return Drawn(chart, mark_safe(draw(chart)))


def _unless_broken(view: View) -> View:
    """Where a record is broken, nothing of it is shown."""

    @wraps(view)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        try:
            return view(request, **arguments)
        except BrokenFilingError:
            answer = render(request, "portal/report_unavailable.html", status=503)
            answer.headers["Cache-Control"] = "no-store"
            return answer

    return guarded


def index(request: HttpRequest) -> HttpResponseBase:
    """All organs' reports of a year, found by the organ's name."""
    years = reports.years()
    words, asked = request.GET.get("q", "").strip()[:40], request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), None)
    if year is None and not words and asked != "all":
        year = years[0] if years else None
    page, listed = reports.reports_page(year, words, request.GET.get("page"))
    context = {"years": years, "year": year, "words": words, "page": page, "listed": listed}
    told_by = [
        "index",
        year,
        words,
        page.number,
        page.paginator.count,
        years,
        [(one.told_by, one.name) for one in listed],
    ]
    return kept(request, told_by, lambda: render(request, "portal/reports.html", context))


def organ_reports(request: HttpRequest, organ: str) -> HttpResponseBase:
    """The column (年报专栏) of one organ, by year."""
    found = reports.organ_or_404(organ)
    listed = reports.reports_of(found)
    name = found.name_on(today())
    context = {"organ": found, "name": name, "listed": listed}
    told_by = ["organ", organ, name, [(one.told_by, one.name) for one in listed]]
    return kept(request, told_by, lambda: render(request, "portal/report_organ.html", context))


@_unless_broken
def report(request: HttpRequest, organ: str, year: int) -> HttpResponseBase:
    """The report itself, with its charts and its files."""
    found = reports.public_report(organ, year)
    shown, left_out = reports.years_before(found)
    contact = _contact(found.filing.organ)
    told_by = [
        "report",
        request.get_host(),
        found.filing.organ.name_on(found.on),
        reports.told_by(shown),
        left_out,
        contact,
    ]
    return kept(request, told_by, lambda: _report(request, found, shown, left_out, contact))


@_unless_broken
def figure(request: HttpRequest, organ: str, year: int, key: str) -> HttpResponseBase:
    """What may be shown behind a figure."""
    found = reports.public_report(organ, year)
    form = found.content.report.form
    if form is None or key not in form.cells:
        raise Http404

    parts = reports.parts_of_report(found)

    def make() -> HttpResponse:
        page = figure_page(found, key, reports.behind_of(found), parts)
        chart = (
            drawn(period_chart(f"{page.name}按{page.by}所在时间", page.spread))
            if page.spread and page.spread.periods
            else None
        )
        context = _named(found) | {"page": page, "chart": chart}
        return render(request, "portal/report_figure.html", context)

    return kept(request, ["figure", key, *reports.told_by([found, *parts]), found.filing.organ.name_on(found.on)], make)


@_unless_broken
def file(request: HttpRequest, organ: str, year: int, edition: int, format: str) -> HttpResponseBase:
    """A file of an edition, the very bytes that were published."""
    found = reports.public_report(organ, year)
    of = reports.edition_of(found, edition)
    if format not in FORMATS or format not in of.files:
        raise Http404
    data = published_file(found, format, of)

    def make() -> HttpResponse:
        replaced = f"（第{edition}版，已被更正）" if of.version != found.version else ""
        return download(data, f"{_title(found)}{replaced}.{format}")

    told_by = ["file", of.files[format], of.version == found.version]
    return kept(request, told_by, make, changed=of.at)


def _report(
    request: HttpRequest,
    found: PublicEdition,
    shown: list[PublicEdition],
    left_out: list[int],
    contact: list[tuple[str, str, str]],
) -> HttpResponse:
    content, filing = found.content.report, found.filing
    name = _named(found)
    page = request.build_absolute_uri(request.path)

    def address(format: str) -> str:
        return reverse("portal_report_file", args=[filing.organ.code, filing.year, len(found.editions), format])

    data = structured(
        found, name["title"], name["name"], page, lambda format: request.build_absolute_uri(address(format))
    )
    return render(
        request,
        "portal/report.html",
        name
        | {
            "body": _body(found),
            "form": content.form,
            "contact": contact,
            "formats": [(format, label, address(format)) for format, label in reports.formats_of(found.editions[-1])],
            "json": address("json") if "json" in found.files else "",
            "earlier": [(one, reports.formats_of(one)) for one in reversed(found.editions[:-1])],
            "corrections": found.editions[1:],
            "charts": _charts(found, shown),
            "left_out": left_out,
            "structured": script(data),
            "asks": has_behind(found),
        },
    )


def _charts(found: PublicEdition, shown: list[PublicEdition]) -> list[Drawn]:
    """The charts for which there is something to draw."""
    this: Report = found.content.report
    years = [one.content.report for one in shown]
    charts = [
        years_chart(years),
        outcome_chart(this),
        applicant_chart(this),
        remedy_chart(this),
    ]
    if behind := reports.behind_of(found):
        charts.append(answer_chart(found.filing.year, behind))
    if len(years) > 1:
        charts += [outcome_years_chart(years), remedy_years_chart(years)]
    return [drawn(chart) for chart in charts if not chart.empty]


def _body(found: PublicEdition) -> SafeString:
    """Text and tables; every figure of 表三 and 表四 but 0 is a link to what is behind it."""
    form, filing = found.content.report.form, found.filing
    linked = has_behind(found)

    def mark(cell: PrintedCell) -> tuple[str, str]:
        if not linked or not cell.number or cell.key is None or not cell.key.startswith(("applications.", "remedies.")):
            return "", escape(cell.text)
        address = escape(reverse("portal_report_figure", args=[filing.organ.code, filing.year, cell.key]))
        name = escape(f"{cell.text}，{form.cells[cell.key].name}") if form else ""
        return "", f'<a href="{address}" aria-label="{name}">{escape(cell.text)}</a>'

    lines = draw_body(lay_out(found.content.report), mark, widths=False)
    return mark_safe("\n".join(lines))  # every text in it was escaped


def _named(found: PublicEdition) -> dict[str, Any]:
    """What every page about a report says of it."""
    filing = found.filing
    name = found.content.report.organ or filing.organ.name_on(found.on)
    return {"report": found, "organ": filing.organ, "year": filing.year, "name": name, "title": _title(found)}


def _title(found: PublicEdition) -> str:
    return lay_out(found.content.report).full_title


def _contact(organ: Organ) -> list[tuple[str, str, str]]:
    """Label, value and address of a link, for each way to reach the organ that is on record."""
    schemes = {"telephone": "tel:", "email": "mailto:"}
    return [
        (str(Organ._meta.get_field(field).verbose_name), value, f"{schemes[field]}{value}" if field in schemes else "")
        for field in _CONTACT
        if (value := getattr(organ, field))
    ]
