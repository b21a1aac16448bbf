"""Taking a step: one page for every step of `steps.toml`, and reminders in one click."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.law.calendar import chinese_date
from gongkai.law.case.cautions import cautions
from gongkai.law.case.refusal import Law
from gongkai.law.case.steps import Step, steps

from ..calendars import law_of
from ..clock import today
from .correcting import CorrectionForm
from .desk import Desk, desk, offers_for, within
from .events import key_of
from .forms import DAY, Entered, StepForm
from .kept import Submission, submitted
from .numbering import numbered
from .record import RefusedStepError, new_query_code, record
from .suggestions import suggested
from .unsent import ASIDE, DISCARD, Unsent, discard, keep, keep_token, kept, kept_after_sign_out, place
from .views_case import frame, trail_of
from .views_register import remember_code

REISSUED = "query_code_reissued"
"""The step that gives the applicant another query code."""


@kept_after_sign_out
def step_page(request: HttpRequest, organ: str, number: str, step: str) -> HttpResponse:
    """The form of a step, and recording it."""
    chosen = steps().get(step)
    one = desk(request)
    if chosen is None or step == "registered" or not within(chosen, one.roles):
        raise Http404
    where = place(request.user, one.case.organ, number, step)
    if request.method != "POST":
        return _page(request, one, chosen, unsent=kept(where))
    if DISCARD in request.POST:
        discard(where)
        return redirect(request.get_full_path())
    submission = submitted(request, request.user.pk)
    if ASIDE in request.POST:
        keep(where, submission)
        messages.success(request, "已暂存，回到这一步时会放回所填的内容。")
        return redirect("cases_case", organ, number)
    form = _form(request, one, chosen, submission)
    if form.is_valid() and _recorded(request, one, chosen, form):
        discard(where)
        messages.success(request, f"案件 {number}：{chosen.done}。")
        return redirect("cases_receipt" if step == REISSUED else "cases_case", organ, number)
    if not isinstance(form, CorrectionForm) and not form.is_valid():
        form.look_ahead(one.state, law_of(one.organ), key_of(request.user), one.day)
    return _page(request, one, chosen, form=form)


def remind(request: HttpRequest, organ: str, number: str) -> HttpResponse:
    """Remind a division (催办) in one click."""
    one = desk(request)
    division = request.POST.get("division", "")
    due = next((each.internal_due for each in one.state.assignments if each.division == division), None)
    if due is None:
        raise Http404
    message = f"请于{chinese_date(due)}前反馈检索结果。" if due >= one.day else "内部反馈期限已过，请立即反馈检索结果。"
    data = {"division": division, "message": message}
    try:
        record(one.case, "reminded", on=one.day, data=data, personal={}, files={}, actor=request.user, today=one.day)
    except RefusedStepError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已催办{one.names.divisions.get(division, division)}。")
    return redirect("cases_case", organ, number)


def _form(
    request: HttpRequest, one: Desk, step: Step, submission: Submission | None, initial: dict[str, Any] | None = None
) -> StepForm:
    offers = offers_for(one, step)
    if step.key == "record_corrected":
        return CorrectionForm(
            step, offers, one.state.event(_asked_event(request)), submission=submission, initial=initial
        )
    return StepForm(step, offers, submission=submission, initial=initial)


def _asked_event(request: HttpRequest) -> int:
    asked = request.POST.get("event") or request.GET.get("event") or ""
    return int(asked) if asked.isdecimal() else 0


def _recorded(request: HttpRequest, one: Desk, step: Step, form: StepForm) -> bool:
    """Record what the form holds; where the core refuses, the form says why."""
    try:
        _record(request, one, step, form.entered())
    except RefusedStepError as error:
        form.refuse(error.refusals)
        return False
    return True


def _record(request: HttpRequest, one: Desk, step: Step, entered: Entered) -> None:
    with numbered(one, step, entered) as data:
        record(
            one.case,
            step.key,
            on=entered.on,
            data=data,
            personal=entered.personal,
            files=entered.files,
            actor=request.user,
            today=today(),
        )
        if step.key == REISSUED:
            remember_code(request, one.case, new_query_code(one.case))


def _page(
    request: HttpRequest, one: Desk, step: Step, *, form: StepForm | None = None, unsent: Unsent | None = None
) -> HttpResponse:
    if form is None:
        day: date = one.day
        initial = {DAY: day, **suggested(one, step)}
        form = _form(request, one, step, unsent.submission if unsent else None, initial)
        if unsent:
            form.is_valid()
            form.errors.clear()
    context = {
        **frame(one),
        "step": step,
        "cautions": cautions(one.state, step.key, one.day, Law(one.calendar, one.rules, one.day)),
        "form": form,
        "restored": unsent.saved_at if unsent else None,
        "keep": keep_token(place(request.user, one.case.organ, one.case.number, step.key)),
        "title": step.label,
        "trail": trail_of(one),
    }
    return render(request, "cases/step.html", context, status=200)
