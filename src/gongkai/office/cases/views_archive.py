"""One case's papers (卷宗) as one PDF or as a ZIP with their list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.letters import LettersError, archive_case
from gongkai.letters.archive import ArchiveItem

from ..organs.authority import note
from ..organs.queries import name_on
from ..vault.files import content
from .desk import Desk, desk
from .letter_choice import letters_of_event
from .letter_making import DOCX, PDF, made, prepared
from .models import CaseEvent
from .record_sheet import record_sheet
from .views_case import file_response

ZIP = "application/zip"
SHEETS = ("registration_form", "approval_sheet")
"""Papers that the case itself yields, where it tells all that they say."""


def case_archive(request: HttpRequest, organ: str, number: str, format: str) -> HttpResponse:
    """The archive of a case."""
    if format not in ("pdf", "zip"):
        raise Http404
    one = desk(request)
    title = f"政府信息公开申请 {number}：{one.case.description[:40]}"
    try:
        archive = archive_case(title, name_on(one.organ, one.day), papers(one))
    except LettersError as error:
        messages.error(request, str(error))
        return redirect("cases_case", organ, number)
    note(one.case, "cases.archive", request.user, one.organ, number=number, format=format)
    if format == "pdf":
        return file_response(archive.pdf, f"{number} 卷宗.pdf", PDF)
    return file_response(archive.zip, f"{number} 卷宗.zip", ZIP)


def papers(one: Desk) -> list[ArchiveItem]:
    """The papers in the order of the events: sheets that the case yields, then what was attached; the record of events last."""
    found: list[ArchiveItem] = []
    for row in one.rows:
        found += _sheets(one, row)
        found += _attached(row)
    found.append(ArchiveItem("办理记录", DOCX, record_sheet(one), one.day))
    return found


def _sheets(one: Desk, row: CaseEvent) -> list[ArchiveItem]:
    found = []
    for letter in letters_of_event(row):
        if letter.key in SHEETS or row.kind == "decided":
            ready = prepared(one, row, letter)
            try:
                found.append(ArchiveItem(letter.title, DOCX, made(ready, {}, "docx"), row.on))
            except LettersError:
                continue  # another letter was sent, or one that was written outside; it is attached
            if row.kind == "decided":
                break
    return found


def _attached(row: CaseEvent) -> list[ArchiveItem]:
    files = [each.file for each in row.files.all() if each.file.erased_at is None]
    return [ArchiveItem(each.name.rsplit(".", 1)[0], each.media_type, content(each), row.on) for each in files]
