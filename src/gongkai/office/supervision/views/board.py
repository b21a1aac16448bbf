"""Screens of 年度报告进展: which organs have filed and which have not, chasing them, and the list as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ...access.guard import READ as READ_METHODS
from ...access.guard import WRITE as WRITE_METHODS
from ...access.guard import guarded
from ...clock import today
from ...downloads import download
from ...filings.needs import supervising
from ...organs.models import Organ, Person
from ...organs.queries import holdings, name_on, supervised
from ...organs.views.audit import as_file, harmless
from ..board import CHASED_IN, Board, Line, board
from ..chasing import chase
from ..needs import ANY, READ, SUPERVISION_READERS, WRITE
from .territory import the_government

_YEARS = 4
"""How many years back the board offers."""

_LONGEST = 500
HEADS = (
    "机关",
    "办理状态",
    "下一步",
    "应办日期",
    "剩余时间",
    "报送日期",
    "审核通过日期",
    "公布日期",
    "错误",
    "最近催报",
    "备注",
)


def start(request: HttpRequest) -> HttpResponse:
    """The boards of the governments that one supervises or works for; where there is one, it."""
    governments = governments_of(request.user)
    year = today().year - 1
    if len(governments) == 1:
        return redirect("supervision_board", governments[0].code, year)
    shown = [(name_on(one, today()), reverse("supervision_board", args=[one.code, year])) for one in governments]
    return render(request, "supervision/start.html", {"title": "年报监督", "trail": [], "governments": shown})


def governments_of(person: Person) -> list[Organ]:
    """The governments whose territory the person supervises, and those in whose office they work on reports, by code."""
    day = today()
    found = {one.pk: one for one in supervised(person, day)}
    offices = holdings(person, day).filter(role__in=SUPERVISION_READERS, organ__kind=Organ.Kind.OFFICE)
    found |= {one.organ.parent_id: one.organ.parent for one in offices if one.organ.parent}
    return sorted((one for one in found.values() if one.kind == Organ.Kind.GOVERNMENT), key=lambda one: one.code)


def show(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The board of a government for a year; ``only``: all, unfiled, or waiting to be looked at."""
    found = _board(request, year)
    only = request.GET.get("only", "")
    lines = {"unfiled": found.unfiled, "submitted": [one for one in found.lines if one.stage == "submitted"]}.get(
        only, found.lines
    )
    return _page(request, found, lines, only)


def chase_some(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Chase the organs that were chosen."""
    found = _board(request, year)
    chosen = set(request.POST.getlist("organ"))
    text = request.POST.get("text", "").strip()
    wanted = [one.organ for one in found.lines if one.organ.code in chosen and one.stage in CHASED_IN]
    nobody = "" if wanted else "请选择要催报的机关，已经报送的不用催报。"
    too_long = f"催报的话不能超过{_LONGEST}字，请缩短。" if len(text) > _LONGEST else ""
    if nobody or too_long:
        refused = {"nobody": nobody, "too_long": too_long, "chosen": chosen, "text": text}
        return _page(request, found, found.lines, "", refused=refused)
    done, unchased = chase(wanted, year, text, by=request.user, roles=request.subject.roles, today=today())
    if done:
        messages.success(request, f"已催报{len(done)}个机关：{'、'.join(name_on(one, today()) for one in done)}。")
    for one, why in unchased:
        messages.error(request, f"没有催报{name_on(one, today())}：{why}")
    return redirect("supervision_board", found.government.code, year)


def file(request: HttpRequest, organ: str, year: int, format: str) -> HttpResponse:
    """The list as a file."""
    found = _board(request, year)
    name = f"{name_on(found.government, today())}{year}年度报告进展"
    rows = [_cells(one) for one in found.lines]
    if format == "csv":
        out = io.StringIO()
        csv.writer(out).writerows([HEADS, *([harmless(one) for one in row] for row in rows)])
        return as_file(out.getvalue(), name)
    if format != "xlsx":
        raise Http404
    return download(_workbook(name, rows), f"{name}.xlsx")


def _board(request: HttpRequest, year: int) -> Board:
    return board(the_government(request, year), year, today())


def _page(
    request: HttpRequest,
    found: Board,
    lines: Sequence[Line],
    only: str,
    *,
    refused: Mapping[str, object] | None = None,
) -> HttpResponse:
    """``refused``: of a chase that was refused, why and what was chosen and typed."""
    supervises = found.government.pk in supervising(request.user)
    years = range(today().year, today().year - _YEARS - 1, -1)
    context = {
        "title": f"{found.year}年度报告进展",
        "trail": [("年报监督", reverse("supervision_board_start"))],
        "government": found.government,
        "name": name_on(found.government, today()),
        "year": found.year,
        "years": [(one, reverse("supervision_board", args=[found.government.code, one])) for one in years],
        "own": found.own,
        "lines": [(one, one.stage in CHASED_IN) for one in lines],
        "counts": found.counts,
        "only": only,
        "supervises": supervises,
        "refused": refused,
        "provisional": found.district.calendar.is_provisional(today().replace(month=1, day=1)),
    }
    return render(request, "supervision/board.html", context, status=422 if refused else 200)


def _cells(line: Line) -> list[str]:
    """A line as the file gives it."""
    filing, due = line.filing, line.pending.due if line.pending else None
    days = (filing.submitted_on, filing.accepted_on, filing.published_on) if filing else (None, None, None)
    chased = f"{line.chased.on.isoformat()}（共{line.chased.times}次）" if line.chased else ""
    return [
        line.name,
        line.label,
        line.step,
        due.day.isoformat() if due else "",
        line.left,
        *(day.isoformat() if day else "" for day in days),
        "" if line.errors is None else str(line.errors),
        chased,
        line.note,
    ]


def _workbook(name: str, rows: Sequence[Sequence[str]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": name})
    sheet, head = book.add_worksheet("进展"), book.add_format({"bold": True, "bottom": 1})
    sheet.write_row(0, 0, HEADS, head)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(HEADS) - 1, 16)
    sheet.freeze_panes(1, 1)
    book.close()
    return buffer.getvalue()


patterns = [
    guarded("", start, name="supervision_board_start", need=ANY, methods=READ_METHODS),
    guarded("<str:organ>/<int:year>/", show, name="supervision_board", need=READ, methods=READ_METHODS),
    guarded("<str:organ>/<int:year>/chase/", chase_some, name="supervision_chase", need=WRITE, methods=WRITE_METHODS),
    guarded(
        "<str:organ>/<int:year>/list.<str:format>", file, name="supervision_board_file", need=READ, methods=READ_METHODS
    ),
]
