"""Letters of a case's events as DOCX and PDF, in one click where the case tells everything that the letter says."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.letters import Letter, LettersError

from ..organs.authority import note
from .desk import Desk, desk
from .letter_choice import letters_of_event, may_draw_up
from .letter_form import LetterForm
from .letter_making import DOCX, PDF, made, prepared
from .models import CaseEvent
from .views_case import file_response, frame, trail_of
from .views_register import query_code

FORMATS = ("docx", "pdf")


def event_letter(request: HttpRequest, organ: str, number: str, event: int, letter: str, format: str) -> HttpResponse:
    """A letter of an event; what the case does not tell is asked first."""
    one = desk(request)
    row = one.row(event)
    chosen = next((each for each in letters_of_event(one, row) if each.key == letter), None) if row else None
    if row is None or chosen is None or format not in FORMATS:
        raise Http404
    if not may_draw_up(one, chosen):
        raise PermissionDenied
    ready = prepared(one, row, chosen)
    if chosen.key == "registration_receipt":
        values = {**ready.values, "query_code": query_code(request, one.case) or "登记时已告知"}
        ready = replace(ready, values=values, asked=[each for each in ready.asked if each.key != "query_code"])
    form = LetterForm(ready, request.POST if request.method == "POST" else None)
    if not ready.needed or (request.method == "POST" and form.is_valid()):
        texts = form.texts() if request.method == "POST" and form.is_valid() else {}
        try:
            data = made(ready, texts, format)
        except LettersError as error:
            form.refuse(str(error))
        else:
            note(one.case, "cases.letter", request.user, one.organ, number=number, letter=letter, event=event)
            return letter_response(one, row, chosen, data, format)
    return render(
        request,
        "cases/letter.html",
        {**frame(one), "form": form, "letter": chosen, "format": format, "title": chosen.title, "trail": trail_of(one)},
    )


def letter_response(one: Desk, row: CaseEvent, letter: Letter, data: bytes, format: str) -> HttpResponse:
    """The file under a name that says what it is."""
    name = f"{one.case.number} {letter.title}.{format}"
    return file_response(data, name, PDF if format == "pdf" else DOCX)
