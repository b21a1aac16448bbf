"""The case page, the applicant's data in the clear, and the case's files."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.law.case.lists import lists
from gongkai.law.case.steps import Step, steps

from ..access.needs import CASE_READERS
from ..organs.authority import note
from ..vault.files import content
from .desk import Desk, desk
from .guidance import Question, dealt_with, guidance
from .history import entries, masked_values, personal_values
from .inbox import cases_of, place_of
from .letter_choice import letters_of
from .models import EventFile
from .needs import REVIEWERS, archive, compare, draft, letters, organ_inbox, remind, reveal
from .presenting import PHASES, chinese_day, left, status_words
from .related import related_to

INLINE = {"application/pdf", "image/jpeg", "image/png"}
"""What a browser shows itself; all else is saved."""

FROM_APPLICANT = frozenset({"registered", "corrected", "reasons_given"})
"""Events whose files are the applicant's own papers: for who works on the case, not for who supervises it."""

IDENTIFYING = frozenset({"identity_proof"})
"""Files that say more of who the applicant is than the masked page does."""


def case_page(request: HttpRequest, organ: str, number: str) -> HttpResponse:
    """All there is to a case, and what may be done with it now."""
    return _page(request, desk(request))


def reveal_applicant(request: HttpRequest, organ: str, number: str) -> HttpResponse:
    """The same page with the applicant's data in the clear; that they were read is logged."""
    one = desk(request)
    note(one.case, "cases.reveal", request.user, one.organ, number=one.case.number)
    return _page(request, one, revealed=True)


def case_file(request: HttpRequest, organ: str, number: str, key: uuid.UUID) -> HttpResponse:
    """A file of the case. The papers an application came with name the applicant in full: that they were opened is logged."""
    case, roles = request.subject.thing, request.subject.roles
    found = EventFile.objects.filter(event__case=case, file__key=key).select_related("file", "event").first()
    if found is None:
        raise Http404
    stored = found.file
    if found.event.kind in FROM_APPLICANT and roles.isdisjoint(
        reveal.roles if found.field in IDENTIFYING else CASE_READERS
    ):
        raise PermissionDenied
    try:
        data = content(stored)
    except FileNotFoundError:
        raise Http404 from None
    if found.event.kind == "registered":
        note(case, "cases.reveal", request.user, request.subject.organ, number=case.number, file=str(stored.key))
    return file_response(data, stored.name, stored.media_type)


def file_response(data: bytes, name: str, media_type: str, *, inline: bool | None = None) -> HttpResponse:
    """A file as a response that no browser takes for anything else and no cache keeps."""
    shown = media_type in INLINE if inline is None else inline
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(not shown, name))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _page(request: HttpRequest, one: Desk, *, revealed: bool = False) -> HttpResponse:
    case = one.case
    nearby = related_to(
        case, None if "supervisor" in one.roles else cases_of(place_of(one.person, one.organ, one.calendar, one.day))
    )
    context = {
        **frame(one),
        "facts": _facts(one),
        "applicant": _applicant(one, revealed),
        "revealed": revealed,
        "may_reveal": not revealed and not one.roles.isdisjoint(reveal.roles),
        "may_correct": one.may("record_corrected"),
        "may_remind": one.may("reminded") and not one.roles.isdisjoint(remind.roles),
        "desks": _desks(one),
        "phases": _phases(one),
        "guidance": guidance(),
        "questions": _questions(one),
        "entries": entries(one.rows, one.names),
        "assignments": _assignments(one),
        "earlier": nearby.earlier,
        "earlier_total": nearby.total,
        "similar": nearby.same,
        "drafts": versions(one),
        "letters": [] if one.roles.isdisjoint(letters.roles) else letters_of(one),
        "may_archive": not one.roles.isdisjoint(archive.roles),
        "may_compare": not one.roles.isdisjoint(compare.roles),
        "title": f"案件 {case.number}",
        "trail": trail_of(one)[:-1],
    }
    return render(request, "cases/case.html", context)


def frame(one: Desk) -> dict[str, Any]:
    """What every page of a case shows: the case, its status and its days left."""
    clock = one.clock
    return {
        "desk": one,
        "left": left(
            clock.working_days_left,
            status=one.state.status,
            stopped=clock.stopped,
            answered=clock.answered_late is not None,
        ),
        "status": status_words(one.state.status, one.state.review_stage, assigned=bool(one.state.divisions)),
    }


def trail_of(one: Desk) -> list[tuple[str, str]]:
    """Breadcrumbs of a page below the case page."""
    organ, number = one.case.organ.code, one.case.number
    inbox = (
        [("收件箱", reverse("cases_organ_inbox", args=[one.organ.code]))]
        if not one.roles.isdisjoint(organ_inbox.roles)
        else []
    )
    return [*inbox, (number, reverse("cases_case", args=[organ, number]))]


def versions(one: Desk) -> list[dict[str, Any]]:
    """The drafts, the newest first."""
    drafted = [row for row in one.rows if row.kind == "drafted"]
    found = [
        {
            "version": version,
            "number": row.number,
            "outcome": lists()["outcomes"][row.data["outcome"]].listed,
            "author": str(row.actor or ""),
            "at": row.at,
            "row": row,
        }
        for version, row in enumerate(drafted, 1)
    ]
    return found[::-1]


_FACTS = ("channel", "applicant_kind", "form", "delivery_way", "help", "oral", "split_from")
"""Fields of the registration that stand beside the description; the rest is in the history."""


def _facts(one: Desk) -> list[tuple[str, str]]:
    state, first = one.state, one.state.effective[0]
    fields = [each for each in steps()["registered"].fields if each.key in _FACTS and each.key in first.data]
    said = {each.label: one.names.of(each, first.data[each.key]) for each in fields}
    dates: list[tuple[str, date | None]] = [
        ("收到日期", state.received_on),
        ("处理决定日期", state.decided_on),
        ("送达日期", state.delivered_on),
        ("办结日期", state.closed_on),
    ]
    outcome = [("办理结果", lists()["outcomes"][state.outcome].listed)] if state.outcome else []
    number = [("文号", state.letter_number)] if state.letter_number else []
    return [*said.items(), *((label, chinese_day(day)) for label, day in dates if day), *outcome, *number]


def _applicant(one: Desk, revealed: bool) -> list[tuple[str, str]]:
    first = one.rows[0]
    values = personal_values(first) if revealed else masked_values(first)
    labels = {field.key: field.label for field in steps()["registered"].fields}
    return [(labels.get(field, field), value) for field, value in values.items()]


def _desks(one: Desk) -> list[tuple[str, str, bool]]:
    """Screens of their own for what a plain form does badly: drafting, reviewing."""
    organ, number = one.case.organ.code, one.case.number
    found = []
    if one.may("drafted") and not one.roles.isdisjoint(draft.roles):
        found.append(("起草文书", reverse("cases_draft", args=[organ, number]), True))
    if one.state.review_stage and one.may(one.state.review_stage) and not one.roles.isdisjoint(REVIEWERS):
        found.append(
            (f"审阅、{steps()[one.state.review_stage].label}", reverse("cases_review", args=[organ, number]), True)
        )
    return found


OWN_SCREENS = {"drafted"}
"""Steps that are taken on a screen of their own, which the list of steps therefore leaves out."""


def _phases(one: Desk) -> list[tuple[str, list[Step]]]:
    mine = [step for step in one.steps if step.key not in OWN_SCREENS]
    found = [(heading, [step for step in mine if step.phase == phase]) for phase, heading in PHASES.items()]
    return [(heading, group) for heading, group in found if group]


def _questions(one: Desk) -> list[tuple[Question, tuple[Step, ...], list[Step]]]:
    done = {row.kind for row in one.rows}
    now = {step.key for step in one.steps}
    return [
        (asked, dealt_with(asked, done), [step for step in asked.steps if step.key in now])
        for asked in guidance().questions
    ]


def _assignments(one: Desk) -> list[tuple[Any, str, bool]]:
    names = one.names.divisions
    return [
        (each, names.get(each.division, each.division), each.answered_on is None and each.internal_due < one.day)
        for each in one.state.assignments
    ]
