"""Screens of one batch: how far its reading is, how each file stands, and what is done with all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.law.calendar import chinese_date

from ...access.guard import READ as READ_METHODS
from ...access.guard import WRITE, guarded
from ...clock import today
from ..actions import RefusedError, close, take_in
from ..models import Batch, Received
from ..needs import BATCH
from ..reading import interrupted, start
from ..standings import Standing, standings

_REFRESHED = "3"
"""Seconds after which the page of a batch that is being read asks again."""

_GROUPS = {
    "": "全部",
    "waiting": "等候读取",
    "todo": "需要处理",
    "ready": "可以接收",
    "taken": "已接收",
    "dropped": "不接收",
}


@dataclass(frozen=True, slots=True)
class _Count:
    key: str
    label: str
    number: int


def batch_page(request: HttpRequest, batch: int) -> HttpResponse:
    """The table of results; while files are read, how far that is."""
    shown: Batch = request.subject.thing
    rows = standings(shown)
    groups = Counter(_group(one) for one in rows)
    labels = Counter(one.label for one in rows if _group(one) == "todo")
    chosen, label = request.GET.get("show", ""), request.GET.get("label", "")
    going = shown.state == Batch.State.READING and not interrupted(shown)
    waiting = sum(one.received.state == Received.State.WAITING for one in rows)
    context = {
        "title": title_of(shown),
        "trail": trail_of(shown),
        "batch": shown,
        "going": going,
        "interrupted": interrupted(shown),
        "done": len(rows) - waiting,
        "total": len(rows),
        "rows": [one for one in rows if chosen in ("", _group(one)) and label in ("", one.label)],
        "shown": chosen,
        "label": label,
        "labels": labels.most_common(),
        "todo": groups["todo"] + groups["ready"],
        "groups": [_Count(key, name, groups[key] if key else len(rows)) for key, name in _GROUPS.items()],
        "clean": sum(one.clean for one in rows),
        "left": sum(one.received.state != Received.State.TAKEN for one in rows),
    }
    response = render(request, "intake/batch.html", context)
    if going:
        response.headers["Refresh"] = _REFRESHED
    return response


def _group(one: Standing) -> str:
    if one.received.state in (Received.State.TAKEN, Received.State.DROPPED):
        return str(one.received.state)
    if one.received.state == Received.State.WAITING:
        return "waiting"
    return "ready" if one.ready else "todo"


def title_of(batch: Batch) -> str:
    """What a batch is called."""
    if batch.own:
        return f"{batch.year}年度原有的报告"
    return f"{chinese_date(batch.received_on)}收到的{batch.year}年度报告"


def trail_of(batch: Batch) -> list[tuple[str, str]]:
    """The way to a batch's page."""
    start_page = ("接收报告", reverse("intake_start"))
    route = "intake_own" if batch.own else "intake_district"
    return [start_page, (f"{batch.organ}{batch.year}年度", reverse(route, args=[batch.organ.code, batch.year]))]


def resume(request: HttpRequest, batch: int) -> HttpResponse:
    """Go on with a reading that was interrupted."""
    shown: Batch = request.subject.thing
    if interrupted(shown):
        start(shown)
    return redirect("intake_batch", batch)


def take_all(request: HttpRequest, batch: int) -> HttpResponse:
    """Take in all files in which nothing is doubtful."""
    taken, refused = 0, []
    for one in standings(request.subject.thing):
        if not one.clean:
            continue
        try:
            take_in(one.received, by=request.user, roles=request.subject.roles, today=today())
        except RefusedError as error:
            refused.append(f"“{one.received.name}”没有接收：{error}")
        else:
            taken += 1
    if taken:
        messages.success(request, f"接收了 {taken} 份报告。")
    for reason in refused:
        messages.error(request, reason)
    return redirect("intake_batch", batch)


def close_batch(request: HttpRequest, batch: int) -> HttpResponse:
    """End a batch; what was not taken in is erased."""
    shown: Batch = request.subject.thing
    address = trail_of(shown)[-1][1]
    close(shown, by=request.user)
    messages.success(request, "这一批已经结束，没有接收的文件已经删除。")
    return redirect(address)


patterns = [
    guarded("batch/<int:batch>/", batch_page, name="intake_batch", need=BATCH, methods=READ_METHODS),
    guarded("batch/<int:batch>/resume/", resume, name="intake_resume", need=BATCH, methods=WRITE),
    guarded("batch/<int:batch>/take/", take_all, name="intake_take_all", need=BATCH, methods=WRITE),
    guarded("batch/<int:batch>/close/", close_batch, name="intake_close", need=BATCH, methods=WRITE),
]
