"""Screens of one received file: its figures beside its pages, what is doubtful compared cell by cell, and taking it in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.checking import check
from gongkai.report.finding import SEVERITY_NAMES
from gongkai.report.form import CellKey

from ...access.guard import WRITE, guarded
from ...clock import today
from ...filings.gate import previous_report
from ...filings.models import Filing
from ...organs.models import Organ
from ..actions import RefusedError, bring_back, compare, place, set_aside, take_in
from ..carrying import still_open
from ..comparing import answers, drawn_tables, items_of, rows_of
from ..forms import PlaceForm
from ..matching import senders
from ..models import Batch, Received
from ..needs import BATCH
from ..pictures import Drawn, blocks_of, drawn, line_of, place_of
from ..readings import TakenDown, taken_down
from ..standings import Standing, standing_of, standings
from .batch import title_of, trail_of
from .sending import FIRST_YEAR

_MARKS = {"error": "bad", "warning": "warn", "note": "calm"}


def report(request: HttpRequest, batch: int, number: int) -> HttpResponse:
    """What was read of a file; comparing its doubtful cells with the document."""
    received = _received(request, number)
    if request.method == "POST":
        if received.state != Received.State.READ:
            messages.error(request, "这份文件已经由别人办理过。")
            return redirect("intake_report", batch, number)
        given, wrong = answers(request.POST, found := taken_down(received))
        if given:
            try:
                found = compare(received, given, by=request.user)
            except RefusedError as error:
                messages.error(request, str(error))
                return redirect("intake_report", batch, number)
        if not wrong:
            messages.success(request, _saved(len(given), len(found.open)))
            return redirect("intake_report", batch, number)
        return _page(request, received, found=found, wrong=wrong)
    return _page(request, received)


def _saved(given: int, left: int) -> str:
    if not given:
        return "没有勾选或者改动任何一格。核对过的，请勾选“已核对”或者“这一行都已核对”，或者按“以上各格都正确”。"
    return f"已核对 {given} 格，还有 {left} 格。" if left else f"已核对 {given} 格，全部核对完毕。"


def place_report(request: HttpRequest, batch: int, number: int) -> HttpResponse:
    """Say whose report of which year it is."""
    received = _received(request, number)
    form = _place_form(received, request.POST)
    if not form.is_valid():
        return _page(request, received, place_form=form)
    organ, year = form.chosen()
    try:
        place(received, organ, year, by=request.user)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已选定：{organ}，{year}年度。")
    return redirect("intake_report", batch, number)


def drop_report(request: HttpRequest, batch: int, number: int) -> HttpResponse:
    """Set a file aside, or bring one back."""
    received = _received(request, number)
    back = "back" in request.POST
    try:
        (bring_back if back else set_aside)(received, by=request.user)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{received.name}”{'恢复了' if back else '不再接收'}。")
    return redirect("intake_batch", batch)


def take_report(request: HttpRequest, batch: int, number: int) -> HttpResponse:
    """Take a file in."""
    received = _received(request, number)
    try:
        filing = take_in(received, by=request.user, roles=request.subject.roles, today=today())
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("intake_report", batch, number)
    done = "已导入为起草中的报告" if received.batch.own else f"已接收，是报告的第{received.version}版"
    messages.success(request, f"{filing}{done}。")
    following = None if received.batch.own else _following(received)
    return redirect("intake_report", batch, following.number if following else number)


def _following(received: Received) -> Received | None:
    """The next file of the batch, after this one first, that somebody has to look at."""
    waiting = [one.received for one in standings(received.batch) if {"check", "place"} & one.acts]
    return next((one for one in waiting if one.number > received.number), waiting[0] if waiting else None)


def _received(request: HttpRequest, number: int) -> Received:
    batch: Batch = request.subject.thing
    return batch.received.select_related("batch__organ", "organ", "file", "filing__organ", "taken_by").get(
        number=number
    )


def _place_form(received: Received, data: Any = None) -> PlaceForm:
    batch = received.batch
    organs = [batch.organ] if batch.own else senders(batch.organ, batch.year, today())
    years = {batch.year} | ({received.read_year} if FIRST_YEAR <= (received.read_year or 0) <= today().year else set())
    given = {"organ": received.organ.code if received.organ else "", "year": received.year or ""}
    if batch.own:
        given["organ"], years = batch.organ.code, {batch.year}
    return PlaceForm(data, initial=given, organs=organs, years=sorted(years))


def _page(
    request: HttpRequest,
    received: Received,
    *,
    found: TakenDown | None = None,
    wrong: dict[CellKey, str] | None = None,
    place_form: PlaceForm | None = None,
) -> HttpResponse:
    standing = standing_of(received)
    batch = received.batch
    context: dict[str, Any] = {
        "title": received.name.rsplit("/", 1)[-1],
        "trail": [*trail_of(batch), (title_of(batch), reverse("intake_batch", args=[batch.pk]))],
        "batch": batch,
        "received": received,
        "standing": standing,
        "taken": received.state == Received.State.TAKEN,
        "following": _following(received) if not batch.own else None,
    }
    if "place" in standing.acts:
        context["place_form"] = place_form or _place_form(received)
    if received.reading:
        context |= _read(request, received, standing, found or taken_down(received), wrong or {})
    return render(request, "intake/report.html", context)


def _read(
    request: HttpRequest, received: Received, standing: Standing, found: TakenDown, wrong: dict[CellKey, str]
) -> dict[str, Any]:
    """What the page shows of a file that was read."""
    may_change = (
        received.state == Received.State.READ and standing.mark != "bad"
    )  # one that can't be taken in needs no comparing
    looked_at = may_change or received.state == Received.State.TAKEN
    shown = drawn(received) if looked_at else Drawn((), {}, (), ())
    keys: set[CellKey] = {one.cell for one in found.open} | set(wrong)
    asked = request.GET.getlist("cell") + (request.POST.getlist("cell") if wrong else [])
    keys |= {key for key in asked if key in found.form.cells}
    report, marked = found.corrected, keys if may_change else set()
    own = reverse("intake_report", args=[received.batch_id, received.number]) if may_change else ""
    items = items_of(keys, found, shown, request.POST if wrong else None, wrong) if may_change else []
    return {
        "found": found,
        "report": report,
        "items": items,
        "rows": rows_of(items, found, shown, request.POST if wrong else None),
        "wrong_items": [one for one in items if one.wrong],
        "may_change": may_change,
        "open_number": len(found.open),
        "empty": any(not one.text for one in items),
        "general": [one.message for one in found.doubts if not one.cells],
        "typed": [
            (found.form.cells[key].name, key, one) for key, one in found.typed.items() if key in found.form.cells
        ],
        "tables": drawn_tables(found.form, found, own),
        "looked_at": looked_at,
        "drawn": shown,
        "pages": _marked_pages(found, shown, marked),
        "blocks": blocks_of(shown.lines, {line_of(key, found, shown) for key in marked} if shown.lines else ()),
        "sections": [(one, report.sections.get(one.key, "")) for one in found.form.sections],
        "findings": [] if found.open else _findings(received, report),
        "carried": still_open(received, report)
        if received.batch.own and received.state == Received.State.TAKEN
        else None,
    }


def _marked_pages(found: TakenDown, shown: Drawn, keys: Collection[CellKey]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Each page with the boxes of the cells that are to be compared."""
    boxes: dict[int, list[dict[str, Any]]] = {}
    for key in keys:
        if (spot := place_of(key, found, shown)) is not None:
            page, (left, top, right, bottom) = spot
            box = {"x": left, "y": top, "width": right - left, "height": bottom - top}
            boxes.setdefault(page, []).append({**box, "key": key, "name": found.form.cells[key].name})
    return [(page, boxes.get(page.number, [])) for page in shown.pages]


def _findings(received: Received, report: Any) -> list[tuple[str, str, str]]:
    """What the rules find in the report as it was confirmed: mark, severity, message."""
    organ: Organ | None = received.organ
    before = previous_report(Filing(organ=organ, year=received.year)) if organ and received.year else None
    return [(_MARKS[one.severity], SEVERITY_NAMES[one.severity], one.message) for one in check(report, previous=before)]


patterns = [
    guarded("batch/<int:batch>/<int:number>/", report, name="intake_report", need=BATCH),
    guarded("batch/<int:batch>/<int:number>/place/", place_report, name="intake_place", need=BATCH, methods=WRITE),
    guarded("batch/<int:batch>/<int:number>/drop/", drop_report, name="intake_drop", need=BATCH, methods=WRITE),
    guarded("batch/<int:batch>/<int:number>/take/", take_report, name="intake_take", need=BATCH, methods=WRITE),
]
