"""Screens of the ledger (台账): download it; import one: send a file, answer what it leaves open, look at the report, confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.ledger import UnreadableLedgerError

from ..access.needs import CASE_READERS, DIVISION_ROLES, REGISTRARS
from ..clock import today
from ..downloads import download
from ..figures.balances import entry_of
from ..organs.authority import note
from ..organs.queries import name_on, organs_with
from .answers import answer, mapping_of, remember
from .exporting import ledger_of
from .forms import ExportForm, QuestionsForm, UploadForm
from .importing import begin, drop, interrupted, reading_of, replan, start
from .models import ImportRun
from .planning import VERDICTS
from .report import REGISTERS, counts, report_workbook, told

EXPORTERS = CASE_READERS - DIVISION_ROLES
"""Who may take the organ's ledger along; with names only REGISTRARS."""

_MOST_QUESTIONS = 40
"""Questions asked on one page."""


def start_page(request: HttpRequest) -> HttpResponse:
    """The ledger of the first organ whose records one may export."""
    organs = organs_with(request.user, EXPORTERS, today())
    if not organs:
        raise PermissionDenied
    return redirect("interchange_home", organs[0].code)


def home(request: HttpRequest, organ: str) -> HttpResponse:
    """Export and import of one organ."""
    return _home(request, UploadForm())


def upload(request: HttpRequest, organ: str) -> HttpResponse:
    """A file to import: kept, and planned. Nothing is written yet."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _home(request, form)
    sent = form.cleaned_data["file"]
    try:
        run = begin(
            request.subject.organ, sent.name, sent.read(), form.cleaned_data["channel"], request.user, waits=False
        )
    except UnreadableLedgerError as error:
        form.add_error("file", str(error))
        return _home(request, form)
    return redirect("interchange_run", organ, run.pk)


def export(request: HttpRequest, organ: str) -> HttpResponse:
    """The ledger as a file."""
    owner, day = request.subject.organ, today()
    may_name = bool(request.subject.roles & REGISTRARS)
    if request.POST.get("names") and not may_name:
        raise PermissionDenied
    form = ExportForm(request.POST, today=day, may_name=may_name)
    if not form.is_valid():
        return _home(request, UploadForm(), form)
    asked, names = form.cleaned_data["year"], bool(form.cleaned_data.get("names"))
    year = None if asked == "all" else int(asked)
    data = ledger_of(owner, year, names=names)
    note(owner, "interchange.export", request.user, owner, year=year, names=names)
    return _file(data, f"{name_on(owner, day)}{f'{year}年' if year else ''}政府信息公开工作台账.xlsx")


def run_page(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """An import: what it asks, what it will do, how far it is, what it did."""
    run = _run(request, pk)
    context = _frame(request, run)
    if run.state == ImportRun.State.PLANNED:
        plan = reading_of(run)
        context |= {
            "plan": plan,
            "questions": QuestionsForm(questions=plan.questions[:_MOST_QUESTIONS]) if plan.questions else None,
            "asked": len(plan.questions),
        }
    response = render(request, "interchange/run.html", context | _lines(request, run))
    if run.state in (ImportRun.State.READING, ImportRun.State.RUNNING) and not interrupted(run):
        response.headers["Refresh"] = "4"
    return response


def answers(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Answers to what the file leaves open: remembered for the organ, and the plan made anew."""
    run = _run(request, pk)
    if run.state != ImportRun.State.PLANNED:
        return redirect("interchange_run", organ, pk)
    questions = reading_of(run).questions
    form = QuestionsForm(request.POST, questions=questions[:_MOST_QUESTIONS])
    if not form.is_valid():
        messages.error(request, "有的回答不在所列选项中，请重新选择。")
        return redirect("interchange_run", organ, pk)
    remember(run.organ, answer(mapping_of(run.organ), questions, form.chosen()))
    replan(run)
    messages.success(request, f"已记住 {len(form.chosen())} 项回答，以后不再询问。")
    return redirect("interchange_run", organ, pk)


def confirm(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Carry the import out, or go on with one that was interrupted."""
    run = _run(request, pk)
    if run.state == ImportRun.State.READING:
        if interrupted(run):
            replan(run)
        return redirect("interchange_run", organ, pk)
    if run.state == ImportRun.State.PLANNED and reading_of(run).problems:
        messages.error(request, "台账还有没有认出的表格，请先回答问题。")
        return redirect("interchange_run", organ, pk)
    start(run)
    run.refresh_from_db()
    if run.state == ImportRun.State.DONE:
        messages.success(request, f"导入完成：{told(counts(run))}")
    return redirect("interchange_run", organ, pk)


def abandon(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Give an import up that has not begun; its file is removed."""
    run = _run(request, pk)
    if run.state in (ImportRun.State.READING, ImportRun.State.PLANNED):
        drop(run)
        messages.success(request, f"已放弃导入“{run}”，文件已删除。")
    return redirect("interchange_home", organ)


def report(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """The report of an import as a workbook."""
    run = _run(request, pk)
    return _file(report_workbook(run), f"导入结果-{run.name.rsplit('.', 1)[0]}.xlsx")


def _home(request: HttpRequest, form: UploadForm, wanted: ExportForm | None = None) -> HttpResponse:
    owner, day = request.subject.organ, today()
    may_import = bool(request.subject.roles & REGISTRARS)
    balances = [entry for year in range(day.year, day.year - 8, -1) if (entry := entry_of(owner, year))]
    context = {
        "title": "台账的导入和导出",
        "trail": [],
        "organ": owner,
        "name": name_on(owner, day),
        "organs": [(one, name_on(one, day)) for one in organs_with(request.user, EXPORTERS, day)],
        "export": wanted or ExportForm(today=day, may_name=may_import),
        "form": form,
        "may_import": may_import,
        "runs": ImportRun.objects.filter(organ=owner).select_related("started_by").defer("content", "report")[:20]
        if may_import
        else [],
        "balances": balances,
    }
    return render(request, "interchange/home.html", context)


def _run(request: HttpRequest, pk: int) -> ImportRun:
    return get_object_or_404(
        ImportRun.objects.select_related("organ", "started_by"), organ=request.subject.organ, pk=pk
    )


def _frame(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    return {
        "title": f"导入“{run}”",
        "trail": [("台账的导入和导出", reverse("interchange_home", args=(run.organ.code,)))],
        "organ": run.organ,
        "run": run,
        "interrupted": run.state == ImportRun.State.STOPPED or interrupted(run),
        "summary": told(counts(run)),
        "waits": run.state == ImportRun.State.PLANNED,
    }


def _lines(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """The report's lines, those that ask for attention first, or those of one verdict."""
    chosen = request.GET.get("show", "")
    order = {verdict: place for place, verdict in enumerate(("refused", "differs", "create", "created", "there"))}
    found = [line for line in run.report if chosen in ("", line["verdict"])]
    found.sort(key=lambda line: order[line["verdict"]])
    page = Paginator(found, 100).get_page(request.GET.get("page"))
    shown = [
        {
            **line,
            "told": VERDICTS[line["verdict"]],
            "mark": {"refused": "bad", "differs": "warn", "create": "calm", "created": "good", "there": "calm"}[
                line["verdict"]
            ],
            "where": REGISTERS[line["register"]],
            "link": _link(run, line),
        }
        for line in page
    ]
    numbers = counts(run)
    return {
        "lines": shown,
        "page": page,
        "query": urlencode({"show": chosen}) + "&" if chosen else "",
        "shown": chosen,
        "filters": [
            ("", "全部", sum(numbers.values())),
            *((key, VERDICTS[key], number) for key, number in numbers.items()),
        ],
    }


def _link(run: ImportRun, line: dict[str, Any]) -> str:
    if not line["record"]:
        return ""
    route = "cases_case" if line["register"] == "applications" else "remedies_edit"
    return reverse(route, args=(run.organ.code, line["record"]))


def _file(data: bytes, name: str) -> HttpResponse:
    response = download(data, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
