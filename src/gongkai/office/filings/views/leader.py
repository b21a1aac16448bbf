"""The screen of 领导审阅: one page for the first responsible person (第一责任人)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ..leading import briefing, change_told
from ..models import Filing
from ..needs import READ as READ_FILING
from ..recorded import content_of, standing_of
from .frame import filing_page, offers


def page(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """What changed since last year and why, and what is asked of the leader."""
    filing: Filing = request.subject.thing
    standing = standing_of(filing)
    version = standing.state.sent or filing.newest
    shown = briefing(filing, content_of(filing, version))
    return filing_page(
        request,
        "filings/leader.html",
        "",
        standing=standing,
        version=version,
        briefing=shown,
        figures=[(one.label, one.change, *change_told(one.change)) for one in shown.figures],
        charts=[
            (title, mark_safe(drawn)) for title, drawn in shown.charts
        ],  # drawn by the core, which escapes every text in it
        approval=next((one for one in offers(request, standing) if one.step.key == "approved"), None),
    )


patterns = [
    guarded("<str:organ>/<int:year>/leader/", page, name="filings_leader", need=READ_FILING, methods=READ_METHODS),
]
