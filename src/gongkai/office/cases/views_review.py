"""Reviewing and approving: all that a decision rests on, on one screen; one case, or several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.law.calendar import chinese_date
from gongkai.law.case.grounds import grounds
from gongkai.law.case.lists import label_of, lists
from gongkai.law.case.risks import Risk, risks
from gongkai.law.case.steps import Step, steps
from gongkai.letters import LettersError, placeholders

from ..access.needs import Subject, held_in
from ..clock import today
from ..organs.authority import note
from ..organs.queries import roles_in
from .desk import Desk, desk, desk_of, offers_for
from .events import as_event
from .forms import DAY, StepForm
from .history import entries
from .inbox import STAGES
from .kept import submitted
from .letter_choice import letters_of_event
from .letter_making import made, prepared
from .letter_texts import taken_apart
from .models import Case, CaseEvent
from .opinions import said
from .presenting import NEAR, ended
from .record import RefusedStepError, record
from .views_case import frame, trail_of
from .views_letters import letter_response

RETURN = "returned"


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a reviewer looks at. ``step``: the review that is due, None where it is not this person's to give."""

    desk: Desk
    step: Step | None
    outcome: str
    grounds: list[tuple[str, str, str]]
    reasons: str
    text: list[tuple[str, str]]
    findings: list[tuple[str, str]]
    consultations: list[tuple[str, str]]
    deliberations: list[str]
    opinions: list[tuple[str, str]]
    files: list[Any]
    risks: tuple[Risk, ...]
    frame: dict[str, Any]


def review_page(request: HttpRequest, organ: str, number: str) -> HttpResponse:
    """Grounds, reasons, findings, opinions and risks of a draft; approve it or return it."""
    one = desk(request)
    if one.state.draft is None or one.state.status not in ("in_review", "to_issue"):
        messages.error(request, "本件现在没有待审核的文书。")
        return redirect("cases_case", organ, number)
    found = reasons_of(one)
    if request.GET.get("letter") in ("pdf", "docx"):
        note(one.case, "cases.letter", request.user, one.organ, number=number, event=one.state.draft.number)
        return _letter(one, request.GET["letter"])
    form = _form(request, one, found.step)
    back = (
        StepForm(steps()[RETURN], offers_for(one, steps()[RETURN]), initial={DAY: one.day}, prefix="back")
        if one.may(RETURN)
        else None
    )
    if request.method == "POST":
        step = steps()[RETURN] if "_return" in request.POST else found.step
        chosen = _form(request, one, step)
        if step is not None and chosen is not None and chosen.is_valid() and _recorded(request, one, step, chosen):
            messages.success(request, f"案件 {number}：{step.done}。")
            return redirect("cases_case", organ, number)
        form, back = (form, chosen) if step is not None and step.key == RETURN else (chosen, back)
    context = {**found.frame, "found": found, "form": form, "back": back, "title": "审阅文书", "trail": trail_of(one)}
    return render(request, "cases/review.html", context)


def together(request: HttpRequest, organ: str) -> HttpResponse:
    """Several cases, each with its reasons and risks, to be reviewed or approved with one confirmation."""
    day = today()
    numbers = list(dict.fromkeys(request.POST.getlist("case") or request.GET.getlist("case")))[:30]
    found = Case.objects.filter(handled_by=request.subject.organ, number__in=[one.split("/")[-1] for one in numbers])
    cases = [one for one in found.select_related("organ", "handled_by") if one.reference in numbers]
    desks = [_desk_in(request, each, day) for each in cases]
    told = [reasons_of(each) for each in desks if each is not None and each.state.draft]
    ready = [each for each in told if each.step is not None and not any(field.required for field in each.step.fields)]
    if request.method == "POST" and "_confirm" in request.POST:
        _confirmed(request, ready)
        return redirect(reverse("cases_organ_inbox", args=[organ]) + "?tab=mine")
    if not told:
        messages.error(request, "请先在收件箱选取要一并审核的案件。")
        return redirect(reverse("cases_organ_inbox", args=[organ]) + "?tab=mine")
    context = {
        "ready": ready,
        "others": [each for each in told if each not in ready],
        "organ": request.subject.organ,
        "title": "一并审核",
        "trail": [("收件箱", reverse("cases_organ_inbox", args=[organ]))],
    }
    return render(request, "cases/together.html", context)


def reasons_of(one: Desk) -> Reasons:
    """What speaks for a draft and what has to be weighed."""
    drafted = one.last("drafted")
    assert drafted is not None  # the caller has seen to it
    data = drafted.data
    stage = one.state.review_stage
    shown = {entry.number: entry for entry in entries(one.rows, one.names)}
    return Reasons(
        desk=one,
        step=steps()[stage] if stage and one.may(stage) else None,
        outcome=lists()["outcomes"][data["outcome"]].listed,
        grounds=[
            (each.label, each.article, each.mark) for each in (grounds()[code] for code in data.get("grounds", ()))
        ],
        reasons=data.get("reasons", ""),
        text=_parts(data.get("text", "")),
        findings=[
            pair for row in one.rows if row.kind == "finding_returned" for pair in _told(shown[row.number].said, row)
        ],
        consultations=_consultations(one),
        deliberations=[row.data.get("conclusion", "") for row in one.rows if row.kind == "deliberated"],
        opinions=[
            (steps()[row.kind].label, said(row))
            for row in one.rows
            if row.kind in STAGES and row.number > drafted.number
        ],
        files=[each.file for each in drafted.files.all()],
        risks=risks(one.state, one.clock, [as_event(row) for row in one.rows], near=NEAR),
        frame=frame(one),
    )


def _desk_in(request: HttpRequest, case: Case, day: Any) -> Desk | None:
    """The case on the caller's desk, None where they have no role in it: the route only knows the organ."""
    divisions = tuple(case.assigned.values_list("key", flat=True))
    organ = case.handled_by
    roles = held_in(request.user, Subject(organ, case, divisions), day) & roles_in(request.user, organ, day, divisions)
    return desk_of(case, request.user, roles, day) if roles else None


def _told(pairs: Sequence[tuple[str, str]], row: CaseEvent) -> list[tuple[str, str]]:
    return [*pairs, ("反馈人", f"{row.actor or ''}，{chinese_date(row.on)}")]


def _parts(text: str) -> list[tuple[str, str]]:
    parts = taken_apart(text)
    return (
        [(placeholders()[key].name, part) for key, part in parts.items()] if parts else [("正文", text)] if text else []
    )


def _consultations(one: Desk) -> list[tuple[str, str]]:
    found = []
    for each in one.state.consultations:
        answers = [
            row for row in one.rows if row.kind == "consultation_answered" and row.data["consultation"] == each.number
        ]
        why = ended(answers[-1].data.get("reasons", "")) if answers else ""
        opinion = f"{label_of('opinions', each.opinion)}。{why}" if each.opinion else "还没有答复。"
        if each.reasonable is not None:
            opinion += "本机关认为理由合理。" if each.reasonable else "本机关认为理由不合理。"
        found.append((f"{each.name}（{label_of('consulted_parties', each.whom)}）", opinion))
    return found


def _form(request: HttpRequest, one: Desk, step: Step | None) -> StepForm | None:
    if step is None:
        return None
    prefix = "back" if step.key == RETURN else None
    own = request.method == "POST" and ("_return" in request.POST) == (step.key == RETURN)
    submission = submitted(request, request.user.pk) if own else None
    return StepForm(step, offers_for(one, step), submission=submission, initial={DAY: one.day}, prefix=prefix)


def _recorded(request: HttpRequest, one: Desk, step: Step, form: StepForm) -> bool:
    entered = form.entered()
    try:
        record(
            one.case,
            step.key,
            on=entered.on,
            data=entered.data,
            personal=entered.personal,
            files=entered.files,
            actor=request.user,
            today=today(),
        )
    except RefusedStepError as error:
        form.refuse(error.refusals)
        return False
    return True


def _confirmed(request: HttpRequest, ready: Sequence[Reasons]) -> None:
    """Record the review of each; one that is refused does not keep back the others."""
    done = []
    for each in ready:
        assert each.step is not None  # only such are ready
        one = each.desk
        remark = {"remark": request.POST["remark"].strip()} if request.POST.get("remark", "").strip() else {}
        try:
            record(
                one.case,
                each.step.key,
                on=one.day,
                data=remark,
                personal={},
                files={},
                actor=request.user,
                today=one.day,
            )
        except RefusedStepError as error:
            messages.error(request, f"案件 {one.case.number} 没有办理：{error}")
        else:
            done.append(one.case.number)
    if done:
        messages.success(request, f"已办理 {len(done)} 件：{'、'.join(done)}。")


def _letter(one: Desk, format: str) -> HttpResponse:
    """The draft's letter as it would be sent."""
    row = one.last("drafted")
    assert row is not None  # the caller has seen to it
    ready = prepared(one, row, letters_of_event(one, row)[0])
    try:
        return letter_response(one, row, ready.letter, made(ready, {}, format), format)
    except LettersError as error:
        return HttpResponse(f"文书不能生成：{error}", status=409, content_type="text/plain; charset=utf-8")
