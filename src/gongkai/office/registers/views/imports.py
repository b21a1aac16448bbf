"""Screens of an import into a register: send the file, answer what it leaves open, look at what will become of each row, confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from ...access.guard import READ as READ_METHODS
from ...access.guard import WRITE as WRITE_METHODS
from ...access.guard import guarded
from ...clock import today
from ...downloads import download
from ...interchange.answers import answer, mapping_of, remember
from ..blanks import blank_sheet
from ..decisions import sources_of
from ..forms import AnswersForm, UploadForm
from ..importing import VERDICTS, Plan, begin, carry_out, drop, plan_of, told
from ..models import RegisterImport
from ..needs import WRITE
from .frame import checked_year, register_page, usual_year

MARKS = {"refused": "bad", "differs": "warn", "create": "calm", "created": "good", "there": "calm"}

_MOST_QUESTIONS = 40
"""Questions asked on one page."""


def documents(request: HttpRequest, organ: str) -> HttpResponse:
    """A register of documents as a file."""
    return _upload(request, "documents", None)


def decisions(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Figures of a year as a file."""
    return _upload(request, "decisions", checked_year(year))


def documents_blank(request: HttpRequest, organ: str) -> HttpResponse:
    """A blank sheet for documents."""
    return _blank(request, "documents", usual_year())


def decisions_blank(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """A blank sheet for the figures of a year."""
    return _blank(request, "decisions", checked_year(year))


def run_page(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """An import: what it asks, what it will do, or what it did."""
    run = _run(request, pk)
    context: dict[str, Any] = {"lines": run.report}
    if run.state == RegisterImport.State.PLANNED:
        plan = plan_of(run, today())
        context = {"plan": plan, "lines": _lines(plan), "form": _answers_form(plan, run)}
    return _page(request, run, **context)


def answers(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Answers to what the file leaves open; those on heads and words are remembered for the organ."""
    run = _run(request, pk)
    if run.state != RegisterImport.State.PLANNED:
        return _too_late(request, run)
    plan = plan_of(run, today())
    form = _answers_form(plan, run, request.POST)
    if not form.is_valid():
        return _page(request, run, plan=plan, lines=_lines(plan), form=form)
    if chosen := form.chosen():
        remember(run.organ, answer(mapping_of(run.organ), form.questions, chosen))
    run.options |= form.uses()
    run.save(update_fields=["options"])
    messages.success(request, "已保存回答，并重新核对。")
    return redirect("registers_import", organ, pk)


def confirm(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Carry the import out."""
    run = _run(request, pk)
    if run.state != RegisterImport.State.PLANNED:
        return _too_late(request, run)
    try:
        plan = carry_out(run, by=request.user, today=today())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"导入完成：{told(_lines(plan))}")
    return redirect("registers_import", organ, pk)


def abandon(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Give an import up; its file is removed."""
    run = _run(request, pk)
    if run.state != RegisterImport.State.PLANNED:
        return _too_late(request, run)
    drop(run, by=request.user)
    messages.success(request, f"已放弃导入“{run}”，文件已删除。")
    return redirect(_home(run))


def _blank(request: HttpRequest, register: str, year: int) -> HttpResponse:
    name, data = blank_sheet(request.subject.thing, register, year)
    return download(data, name)


def _upload(request: HttpRequest, register: str, year: int | None) -> HttpResponse:
    owner = request.subject.thing
    sources = sources_of(owner) if register == "decisions" else []
    form = UploadForm(request.POST or None, request.FILES or None, register=register, organ=owner, sources=sources)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        run = begin(owner, register, file.name, form.content, form.options(), year=year, by=request.user, today=today())
        return redirect("registers_import", owner.code, run.pk)
    label = RegisterImport.Register(register).label
    context = {
        "form": form,
        "register": register,
        "blank": _blank_address(owner.code, register, year),
        "trail": [(label, _register_address(owner.code, register, year))],
    }
    return register_page(request, "registers/upload.html", f"导入{label}", year, **context)


def _page(request: HttpRequest, run: RegisterImport, **context: Any) -> HttpResponse:
    order = {verdict: place for place, verdict in enumerate(("refused", "differs", "create", "created", "there"))}
    lines = sorted(context.pop("lines"), key=lambda line: order[line["verdict"]])
    page = Paginator(lines, 100).get_page(request.GET.get("page"))
    context |= {
        "run": run,
        "page": page,
        "query": "",
        "page_address": reverse("registers_import", args=(run.organ.code, run.pk)),
        "shown": [(line, VERDICTS[line["verdict"]], MARKS[line["verdict"]]) for line in page],
        "summary": told(lines),
        "home": _home(run),
        "trail": [(run.get_register_display(), _home(run))],
    }
    return register_page(request, "registers/import.html", f"导入“{run}”", run.year, **context)


def _answers_form(plan: Plan, run: RegisterImport, data: Any = None) -> AnswersForm:
    return AnswersForm(data, questions=plan.rows.questions[:_MOST_QUESTIONS], kinds=plan.asks, initial=run.options)


def _lines(plan: Plan) -> list[dict[str, Any]]:
    return [{name: getattr(one, name) for name in ("sheet", "row", "name", "verdict", "reason")} for one in plan.lines]


def _run(request: HttpRequest, pk: int) -> RegisterImport:
    return get_object_or_404(
        RegisterImport.objects.select_related("organ", "started_by"), organ=request.subject.thing, pk=pk
    )


def _too_late(request: HttpRequest, run: RegisterImport) -> HttpResponse:
    messages.error(request, f"“{run}”{run.get_state_display()}，没有再作改动。")
    return redirect("registers_import", run.organ.code, run.pk)


def _home(run: RegisterImport) -> str:
    return _register_address(run.organ.code, run.register, run.year)


def _register_address(organ: str, register: str, year: int | None) -> str:
    return (
        reverse("registers_documents", args=(organ,))
        if register == "documents"
        else reverse("registers_decisions", args=(organ, year))
    )


def _blank_address(organ: str, register: str, year: int | None) -> str:
    return (
        reverse("registers_documents_blank", args=(organ,))
        if register == "documents"
        else reverse("registers_decisions_blank", args=(organ, year))
    )


patterns = [
    guarded("<str:organ>/documents/import/", documents, name="registers_documents_import", need=WRITE),
    guarded("<str:organ>/<int:year>/decisions/import/", decisions, name="registers_decisions_import", need=WRITE),
    guarded(
        "<str:organ>/documents/import/blank/",
        documents_blank,
        name="registers_documents_blank",
        need=WRITE,
        methods=READ_METHODS,
    ),
    guarded(
        "<str:organ>/<int:year>/decisions/import/blank/",
        decisions_blank,
        name="registers_decisions_blank",
        need=WRITE,
        methods=READ_METHODS,
    ),
    guarded("<str:organ>/imports/<int:pk>/", run_page, name="registers_import", need=WRITE, methods=READ_METHODS),
    guarded(
        "<str:organ>/imports/<int:pk>/answers/",
        answers,
        name="registers_import_answers",
        need=WRITE,
        methods=WRITE_METHODS,
    ),
    guarded(
        "<str:organ>/imports/<int:pk>/confirm/",
        confirm,
        name="registers_import_confirm",
        need=WRITE,
        methods=WRITE_METHODS,
    ),
    guarded(
        "<str:organ>/imports/<int:pk>/abandon/",
        abandon,
        name="registers_import_abandon",
        need=WRITE,
        methods=WRITE_METHODS,
    ),
]
