"""One case's papers (卷宗) as one PDF or as a ZIP with their list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.letters import Letter, LettersError, archive_case
from gongkai.letters.archive import ArchiveItem

from ..organs.authority import note
from ..organs.queries import name_on
from ..vault.files import content
from .desk import Desk, desk
from .letter_choice import OF_OUTCOME, letters_of_event
from .letter_making import DOCX, PDF, made, prepared
from .models import CaseEvent
from .record_sheet import record_sheet
from .views_case import file_response

ZIP = "application/zip"


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
    """The papers in the order of the events: letters that an event drew up or sent, then what was attached; the record of events last."""
    found: list[ArchiveItem] = []
    for row in one.rows:
        found += _letters(one, row)
        found += _attached(row)
    found.append(ArchiveItem("办理记录", DOCX, record_sheet(one), one.day))
    return found


def _letters(one: Desk, row: CaseEvent) -> Iterator[ArchiveItem]:
    """The event's letters as they were drawn up; a stamped one that was attached stands for its own."""
    letters = [each for each in letters_of_event(one, row) if not _never_sent(one, row, each)]
    stamped = row.files.filter(field="letter", file__erased_at=None).exists()
    if row.kind in OF_OUTCOME:
        if letters and not stamped:
            yield _answer(one, row, letters)
        return
    for each in letters:
        if stamped and each.frame == "letter":
            stamped = False
        else:
            yield _letter(one, row, each)


def _never_sent(one: Desk, row: CaseEvent, letter: Letter) -> bool:
    """A draft's letter gives way to the decision's; an answer on the spot needs none, and has a number where there is one;
    the receipt goes out once the application is received, and for none that was received before this program was used."""
    if row.kind == "drafted" or (row.kind == "answered_on_the_spot" and not row.data.get("number")):
        return True
    first, confirmed = one.rows[0], one.last("receipt_confirmed")
    early = row is first and (one.state.received_on is None or confirmed is not None)
    return letter.key == "registration_receipt" and (early or bool(first.data.get("imported")))


def _answer(one: Desk, row: CaseEvent, letters: Sequence[Letter]) -> ArchiveItem:
    """The first of the outcome's letters that the case tells all of; another was sent where an earlier one lacks something."""
    made_up = [_letter(one, row, each) for each in letters]
    return next((each for each in made_up if not each.missing), made_up[0])


def _letter(one: Desk, row: CaseEvent, letter: Letter) -> ArchiveItem:
    ready = prepared(one, row, letter)
    try:
        return ArchiveItem(letter.title, DOCX, made(ready, {}, "docx"), row.on)
    except LettersError as error:
        lacking = "、".join(f"“{each.name}”" for each in ready.asked if each.key in ready.needed)
        why = f"案件中没有记载{lacking}" if lacking else str(error).rstrip("。")
        return ArchiveItem(letter.title, DOCX, b"", row.on, missing=f"{why}，不能生成；请补充上传发出的文书。")


def _attached(row: CaseEvent) -> list[ArchiveItem]:
    files = [each.file for each in row.files.all() if each.file.erased_at is None]
    return [ArchiveItem(each.name.rsplit(".", 1)[0], each.media_type, content(each), row.on) for each in files]
