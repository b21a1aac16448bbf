"""Screens of 汇总: a government's parts and their sum, where its own report differs, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.report.finding import Finding
from gongkai.report.form import form_for_year
from gongkai.rollup import differences

from ...access.guard import READ as READ_METHODS
from ...access.guard import WRITE, guarded
from ...clock import now, today
from ...downloads import download
from ...filings.content import Content, Excuse
from ...filings.excusing import with_reasons
from ...filings.gate import reason_for
from ...filings.models import Filing
from ...filings.needs import FILING_WRITERS, OPEN
from ...filings.reason_forms import ReasonsForm
from ...filings.recorded import content_of, standing_of
from ...filings.rollup import RolledUp, rolled_up_with_parts
from ...filings.views.saving import asked_version, saved
from ...organs.models import Organ
from ...organs.queries import name_on
from ..needs import READ
from ..rolling import choices, heads, lines, totals, ways, workbook
from .territory import the_government

_FIRST = "applications.received"


def page(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Parts and total of one row of the form, and every difference."""
    return _page(request, year)


def _page(request: HttpRequest, year: int, written: ReasonsForm | None = None) -> HttpResponse:
    """``written``: reasons that were not saved."""
    government = the_government(request, year)
    filing, content, rolled = _read(government, year)
    form = (content and content.report.form) or form_for_year(year)
    offered = choices(form)
    wanted = request.GET.get("row", _FIRST)
    chosen = next((one for one in offered if one.key == wanted), None)
    if chosen is None:
        raise Http404
    shown = lines(rolled, chosen.cells)
    found = _fields(differences(content.report.values, rolled.rollup, form)) if content else {}
    excuses = {name: reason_for(content, one) for name, one in found.items()} if content else {}
    reasons = written or _form(found, excuses)
    name = name_on(government, today())
    return render(
        request,
        "supervision/rollup.html",
        {
            "title": f"{name}{year}年度汇总",
            "trail": [("年报监督", reverse("supervision_board_start"))],
            "government": government,
            "year": year,
            "filing": filing,
            "choices": offered,
            "chosen": chosen,
            "heads": heads(chosen),
            "lines": shown,
            "totals": totals(rolled, content, chosen.cells),
            "ways": ways(chosen.cells),
            "missing": [one for one in shown if not one.good],
            "left_out": rolled.left_out,
            "form": reasons,
            "differences": [
                (name, one, excuses[name], reasons[name] if name in reasons.fields else None)
                for name, one in found.items()
            ],
            "may_write": filing is not None
            and bool(request.subject.roles & FILING_WRITERS)
            and standing_of(filing).state.open,
        },
        status=422 if reasons.errors else 200,
    )


def explain(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Write down why the government's report differs from the sum of its parts; kept with the next version of the report."""
    government = the_government(request, year)
    filing, content, rolled = _read(government, year)
    if filing is None or content is None or content.report.form is None:
        raise Http404
    found = _fields(differences(content.report.values, rolled.rollup, content.report.form))
    written = _form(found, {}, request.POST)
    if not written.is_valid():
        return _page(request, year, written)
    given = written.given().items()
    reasons = [
        (found[name], reason) for name, reason in given if request.POST.get(f"{name}-about") == found[name].message
    ]
    at = now().isoformat(timespec="seconds")
    changed = with_reasons(content, reasons, by=str(request.user), at=at)
    based_on = asked_version(request, filing)
    if saved(request, filing, changed, based_on, "写明与各单位合计不一致的原因", "差异的原因已经保存。"):
        return redirect(f"{reverse('supervision_rollup', args=[organ, year])}#differences")
    return _page(request, year, written)


def file(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The whole roll-up as a workbook."""
    government = the_government(request, year)
    _, content, rolled = _read(government, year)
    form = (content and content.report.form) or form_for_year(year)
    title = f"{name_on(government, today())}{year}年度政府信息公开工作年度报告汇总表"
    return download(workbook(rolled, content, form, title), f"{title}.xlsx")


def _form(found: Iterable[str], excuses: Mapping[str, Excuse | None], data: Any = None) -> ReasonsForm:
    had = {name: excuse.reason for name, excuse in excuses.items() if excuse}
    labels = {name: f"第{number}处差异的原因" for number, name in enumerate(found, 1)}
    return ReasonsForm(data, reasons={name: (label, had.get(name, "")) for name, label in labels.items()})


def _fields(found: Iterable[Finding]) -> dict[str, Finding]:
    """The differences by the names of their fields; of what is missing the page tells by itself."""
    return {f"reason-{number}": one for number, one in enumerate((one for one in found if one.cells), 1)}


def _read(government: Organ, year: int) -> tuple[Filing | None, Content | None, RolledUp]:
    filing = Filing.objects.select_related("organ").filter(organ=government, year=year).first()
    content = content_of(filing, filing.newest) if filing else None
    form: Any = content.report.form if content else None
    return filing, content, rolled_up_with_parts(government, year, form)


patterns = [
    guarded("<str:organ>/<int:year>/rollup/", page, name="supervision_rollup", need=READ, methods=READ_METHODS),
    guarded("<str:organ>/<int:year>/rollup/reasons/", explain, name="supervision_explain", need=OPEN, methods=WRITE),
    guarded(
        "<str:organ>/<int:year>/rollup/workbook/", file, name="supervision_rollup_file", need=READ, methods=READ_METHODS
    ),
]
