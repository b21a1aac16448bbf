"""Screens of 年度报告: the reports of the organs one works for, and one report at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ...access.guard import READ as READ_METHODS
from ...access.guard import WRITE, guarded
from ...clock import today
from ...organs.models import Organ
from ...organs.queries import existing, holdings, name_on
from ..drafting import first_content
from ..models import Filing
from ..needs import ANY, FILING_WRITERS, OPEN, working_organ
from ..needs import READ as READ_FILING
from ..record import begin
from .frame import address, filing_page


def start(request: HttpRequest) -> HttpResponse:
    """The reports of the organs whose people one is, a year a line; a year not begun can be begun."""
    day = today()
    held = {}
    for one in holdings(request.user, day):
        held.setdefault(one.organ_id, set()).add(one.role)
    shown = []
    for organ in existing(day):
        roles = held.get(working_organ(organ).pk, set()) - {"supervisor"}
        if roles:
            shown.append(_of_organ(organ, day.year - 1, bool(roles & FILING_WRITERS)))
    return render(request, "filings/start.html", {"title": "年度报告", "trail": [], "organs": shown})


def _of_organ(organ: Organ, due: int, writes: bool) -> Mapping[str, Any]:
    filings = {one.year: one for one in Filing.objects.filter(organ=organ).order_by("-year")}
    return {
        "organ": organ,
        "name": name_on(organ, today()),
        "filings": list(filings.values()),
        "to_begin": [year for year in (due, due + 1) if year not in filings] if writes else [],
    }


def open_year(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Compile an organ's report for a year from its records and begin its way."""
    reporting: Organ = request.subject.thing
    try:
        with transaction.atomic():
            content = first_content(reporting, year)
            filing = begin(reporting, year, content, by=request.user, today=today(), why="由登记的数据编制")
    except IntegrityError:
        filing = Filing.objects.get(organ=reporting, year=year)
        messages.info(request, "这一年度的报告已经开始编制。")
    else:
        messages.success(request, f"{year}年度报告已经由登记的数据编制出第1版，请逐页核对、补充。")
    return redirect(address("filings_filing", filing))


def overview(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """One report at a glance: what waits, the latest remarks, what was done."""
    return filing_page(request, "filings/overview.html", "filings_filing")


patterns = [
    guarded("", start, name="filings_start", need=ANY, methods=READ_METHODS),
    guarded("<str:organ>/<int:year>/begin/", open_year, name="filings_begin", need=OPEN, methods=WRITE),
    guarded("<str:organ>/<int:year>/", overview, name="filings_filing", need=READ_FILING, methods=READ_METHODS),
]
