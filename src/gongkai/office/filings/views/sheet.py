"""The screen of 录入单: every cell in official order, to type into the province's system; also as text, CSV and XLSX."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ...downloads import download
from ..models import Filing
from ..needs import READ as READ_FILING
from ..recorded import content_of, standing_of
from ..typing_sheet import as_csv, as_text, as_xlsx, entries
from .frame import filing_page

_ENDINGS = ("csv", "xlsx")


def page(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The sheet of the version that was sent on its way, or of the newest."""
    filing: Filing = request.subject.thing
    standing = standing_of(filing)
    version = standing.state.sent or filing.newest
    listed = entries(content_of(filing, version).report)
    tables: dict[str, list[object]] = {}
    for one in listed:
        tables.setdefault(one.table, []).append(one)
    return filing_page(
        request,
        "filings/sheet.html",
        "",
        standing=standing,
        version=version,
        tables=tables,
        text=as_text(listed),
        lines=len(listed),
    )


def file(request: HttpRequest, organ: str, year: int, ending: str) -> HttpResponse:
    """The sheet as a file."""
    filing: Filing = request.subject.thing
    if ending not in _ENDINGS:
        raise Http404
    version = standing_of(filing).state.sent or filing.newest
    report = content_of(filing, version).report
    title = f"{report.organ or filing.organ}{year}年度报告录入单"
    listed = entries(report)
    data = as_csv(listed) if ending == "csv" else as_xlsx(listed, title)
    return download(data, f"{title}.{ending}")


patterns = [
    guarded("<str:organ>/<int:year>/sheet/", page, name="filings_sheet", need=READ_FILING, methods=READ_METHODS),
    guarded(
        "<str:organ>/<int:year>/sheet/<str:ending>/",
        file,
        name="filings_sheet_file",
        need=READ_FILING,
        methods=READ_METHODS,
    ),
]
