"""Checking a published report: upload, progress, findings, the mended report."""

from __future__ import annotations

import base64
from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.checking.page import draw_document, draw_legend, style_of_findings
from gongkai.report.writing import FORMATS, dumps, to_json

from ...downloads import FORMAT_NAMES, download
from .. import limits
from ..checking import process, runs
from ..checking.results import Document, document_of, figures_of, questions

MOST_FILES = 50
MOST_BYTES = 50 * 2**20
"""Of all files of one upload together."""

_WAITED_SECONDS = 4
"""So long the answer to an upload waits, so that a single report leads straight to its findings."""


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form for uploading, and what was uploaded."""
    if request.method != "POST":
        return _form(request)
    if not limits.use(limits.CHECKING, request):
        return _form(request, limits.CHECKING.message, status=429)
    files = request.FILES.getlist("files")
    previous = request.FILES.get("previous")
    if not files:
        return _form(request, "请选择要核对的年度报告。")
    if len(files) > MOST_FILES:
        return _form(
            request, f"一次最多上传 {MOST_FILES} 个文件，您选择了 {len(files)} 个。更多的请打成一个 ZIP 压缩包。"
        )
    if sum(one.size for one in (*files, *([previous] if previous else []))) > MOST_BYTES:
        return _form(request, f"所选文件合计超过 {MOST_BYTES // 2**20} 兆字节，请分几次上传。")
    if empty := [one.name for one in files if not one.size]:
        return _form(request, f"文件“{empty[0]}”是空的，请核对后重新选择。")
    uploads = [runs.Upload(one.name, one.read()) for one in files]
    return _begin(request, uploads, runs.Upload(previous.name, previous.read()) if previous else None)


@require_POST
def example(request: HttpRequest) -> HttpResponse:
    """Check the project's own examples."""
    if not limits.use(limits.CHECKING, request):
        return _form(request, limits.CHECKING.message, status=429)
    return _begin(request, [], None)


@require_safe
def results(request: HttpRequest, token: str) -> HttpResponse:
    """How far it is; when finished, the list of documents, or the one there is."""
    progress = _progress(token)
    if progress.finished and progress.documents == 1 and progress.done == 1 and not progress.remarks:
        return redirect("portal_check_document", token=token, number=1)
    documents = [(number, document_of(answer)) for number, answer in runs.all_found(token, progress.done)]
    context = {
        "token": token,
        "progress": progress,
        "documents": documents,
        "total": sum((document.counts for _, document in documents), Counter()),
        "expires": timezone.datetime.fromtimestamp(progress.expires, timezone.get_current_timezone()),
        "going": not progress.finished and not progress.lost,
    }
    return _private(render(request, "portal/check_results.html", context))


@require_safe
def document(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """One document's findings drawn on its tables, and the ways to mend it."""
    return _private(_document_page(request, token, number, _document(token, number)))


@require_safe
def findings(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """One document's report and findings as JSON."""
    _progress(token)
    answer = runs.found(token, number)
    if answer is None:
        raise Http404
    body = (dumps(answer["found"], indent=1) + "\n").encode()
    return _private(download(body, f"{_document(token, number).name}核对结果.json"))


@require_safe
def mended(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """The mended report in the format asked for. Where a choice is missing, the page again with a message beside it."""
    found = _document(token, number)
    if not found.read:
        raise Http404
    asked = request.GET.get("format", "")
    errors: dict[str, str] = {}
    if asked not in FORMATS:
        errors["format"] = "请选择改正稿的格式。"
    chosen: dict[str, int] = {}
    for question in questions(found):
        given = request.GET.get(question.key, "")
        if given.isdecimal() and int(given) < len(question.ways):
            chosen[question.key] = int(given)
        else:
            errors[question.key] = "请对照原始数据，选定其中一种改法。"
    if errors:
        return _private(_document_page(request, token, number, found, errors))
    if not limits.use(limits.MENDING, request):
        return _private(_document_page(request, token, number, found, {"format": limits.MENDING.message}, 429))
    answer = _mended(found, chosen, asked)
    if "data" not in answer:
        return _private(_document_page(request, token, number, found, {"format": answer["problem"]}))
    name = f"{found.name}{found.report.year or ''}年度报告改正稿.{asked}"
    return _private(download(base64.b64decode(answer["data"]), name))


@require_POST
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Remove everything now."""
    runs.erase(token)
    return redirect("portal_check")


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The style of drawn findings, from the same source as the standalone page."""
    return HttpResponse(style_of_findings(), content_type="text/css", headers={"Cache-Control": "max-age=3600"})


def _mended(found: Document, chosen: dict[str, int], format: str) -> dict[str, str]:
    task = {
        "task": "mend",
        "report": dumps(to_json(found.report)),
        "figures": figures_of(found, chosen),
        "format": format,
    }
    try:
        return next(process.answers(task))
    except (process.WorkerEndedError, StopIteration):
        return {"problem": "没有能够生成改正稿，请换一种格式再试。"}


def _form(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "error": error,
        "most_files": MOST_FILES,
        "most_megabytes": MOST_BYTES // 2**20,
        "kept_minutes": runs.KEPT_SECONDS // 60,
    }
    return render(request, "portal/check.html", context, status=status)


def _begin(request: HttpRequest, uploads: list[runs.Upload], previous: runs.Upload | None) -> HttpResponse:
    try:
        token = runs.start(uploads, previous)
    except runs.BusyError:
        return _form(request, "现在核对的人较多，请过几分钟再上传。", status=503)
    runs.wait(token, _WAITED_SECONDS)
    return redirect("portal_check_results", token=token)


def _document_page(
    request: HttpRequest,
    token: str,
    number: int,
    found: Document,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = [(question, errors.get(question.key, "") if errors else "") for question in questions(found)]
    progress = _progress(token)
    context = {
        "token": token,
        "number": number,
        "several": (progress.documents or 0) > 1,
        "document": found,
        "drawn": mark_safe(draw_document(found)),  # all that comes from the document is escaped there
        "legend": mark_safe(draw_legend()),
        "questions": asked,
        "chosen": request.GET,
        "formats": [(format, FORMAT_NAMES[format]) for format in FORMATS],
        "errors": errors or {},
        "expires": timezone.datetime.fromtimestamp(progress.expires, timezone.get_current_timezone()),
    }
    return render(request, "portal/check_document.html", context, status=status)


def _progress(token: str) -> runs.Progress:
    progress = runs.progress(token)
    if progress is None:
        raise Http404
    return progress


def _document(token: str, number: int) -> Document:
    answer = runs.found(token, number)
    if answer is None:
        raise Http404
    return document_of(answer)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
