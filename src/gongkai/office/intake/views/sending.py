"""Screens of sending files in: where one may, a government's batches of a year, an organ's own earlier report."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ...clock import today
from ...filings.models import Filing
from ...filings.needs import FILING_WRITERS, working_organ
from ...organs.models import Organ
from ...organs.queries import name_on, organs_with
from ..forms import UploadForm
from ..matching import senders
from ..models import Batch
from ..needs import ANY, DISTRICT, OWN
from ..reading import start as start_reading
from ..reading import wait
from ..receiving import NothingReceivedError, Sent, receive

FIRST_YEAR = 2019
"""Of the statutory forms."""

_WAITED_SECONDS = 4
"""So long the answer to an upload waits, so that few files lead straight to what was read."""


def start(request: HttpRequest) -> HttpResponse:
    """The governments whose office one works for, and the organs whose own reports one may bring in."""
    day = today()
    held = organs_with(request.user, FILING_WRITERS, day)
    keys = {one.pk for one in held}
    governments = [one for one in Organ.objects.filter(kind=Organ.Kind.GOVERNMENT) if working_organ(one).pk in keys]
    years = [day.year - 1, day.year - 2]
    bringing = list({one.pk: one for one in [*governments, *held]}.values())
    here = set(Filing.objects.filter(organ__in=bringing, year__in=years).values_list("organ", "year"))
    context = {
        "title": "接收报告",
        "trail": [],
        "governments": [(one, name_on(one, day)) for one in governments],
        "organs": [(one, name_on(one, day), [(year, (one.pk, year) in here) for year in years]) for one in bringing],
        "years": years,
        "batches": Batch.objects.filter(organ__in=bringing).select_related("organ", "started_by")[:20],
    }
    return render(request, "intake/start.html", context)


def district(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The files that a government's office received for a year; sending more."""
    government: Organ = request.subject.thing
    _refuse_year(year)
    form = _form(request, several=True)
    if (batch := _received(request, form, government, year, own=False)) is not None:
        return redirect("intake_batch", batch.pk)
    context = {
        "title": f"接收{year}年度报告",
        "trail": [("接收报告", reverse("intake_start"))],
        "name": name_on(government, today()),
        "year": year,
        "form": form,
        "organs": len(senders(government, year, today())),
        "batches": Batch.objects.filter(organ=government, year=year, own=False).select_related("started_by"),
    }
    return render(request, "intake/district.html", context)


def own(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """An organ's own report of a year before it worked here."""
    reporting: Organ = request.subject.thing
    _refuse_year(year)
    existing = Filing.objects.filter(organ=reporting, year=year).first()
    form = _form(request, several=False)
    batch = None if existing else _received(request, form, reporting, year, own=True)
    if batch is not None:
        only = batch.received.count() == 1
        return redirect("intake_report", batch.pk, 1) if only else redirect("intake_batch", batch.pk)
    context = {
        "title": f"导入{year}年度原有的报告",
        "trail": [("接收报告", reverse("intake_start"))],
        "name": name_on(reporting, today()),
        "year": year,
        "form": form,
        "existing": existing,
        "batches": Batch.objects.filter(organ=reporting, year=year, own=True).select_related("started_by"),
    }
    return render(request, "intake/own.html", context)


def _refuse_year(year: int) -> None:
    if not FIRST_YEAR <= year <= today().year:
        raise Http404


def _form(request: HttpRequest, *, several: bool) -> UploadForm:
    if request.method == "POST":
        return UploadForm(request.POST, request.FILES, today=today(), several=several)
    return UploadForm(today=today(), several=several)


def _received(request: HttpRequest, form: UploadForm, organ: Organ, year: int, *, own: bool) -> Batch | None:
    """The batch made of what was sent; None where nothing was, or nothing that could be kept: the form then says why."""
    if not form.is_bound or not form.is_valid():
        return None
    files = [Sent(one.name, one.read()) for one in form.cleaned_data["files"]]
    try:
        batch = receive(organ, year, files, by=request.user, received_on=form.cleaned_data["received_on"], own=own)
    except NothingReceivedError as error:
        for reason in error.reasons:
            form.add_error("files", reason)
        return None
    start_reading(batch)
    wait(batch, _WAITED_SECONDS)
    messages.success(request, f"收到 {batch.received.count()} 个文件。")
    return batch


patterns = [
    guarded("", start, name="intake_start", need=ANY, methods=READ_METHODS),
    guarded("district/<str:organ>/<int:year>/", district, name="intake_district", need=DISTRICT),
    guarded("own/<str:organ>/<int:year>/", own, name="intake_own", need=OWN),
]
