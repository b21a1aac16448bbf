"""Drafting an answer: choose the result, then write the parts of its letter; every saved draft is a version."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.law.case.grounds import decisions, grounds_of
from gongkai.law.case.lists import lists
from gongkai.law.case.steps import steps
from gongkai.letters import Letter, LettersError, letters_for_outcome, placeholders

from ..clock import today
from ..organs.authority import note
from .desk import Desk, desk, offers_for
from .form_fields import Offers
from .forms import DAY, StepForm
from .kept import submitted, token
from .letter_choice import another_letter
from .letter_form import LetterForm
from .letter_making import Prepared, made, prepared
from .letter_texts import composed, difference, taken_apart
from .models import CaseEvent
from .record import RefusedStepError, record
from .remedy import remedy_of
from .unsent import ASIDE, DISCARD, discard, keep, keep_token, kept, kept_after_sign_out, place
from .views_case import frame, trail_of, versions
from .views_letters import letter_response

STEP = "drafted"
OWN = ("outcome", "text", "letter")
"""Fields of the step that this screen asks in its own way."""


@kept_after_sign_out
def draft_page(request: HttpRequest, organ: str, number: str) -> HttpResponse:
    """The results to choose from; with one chosen, the draft."""
    one = desk(request)
    if not one.may(STEP):
        messages.error(request, "现在不能起草：请看案件的状态，或者先撤回送审。")
        return redirect("cases_case", organ, number)
    outcome = request.POST.get("outcome") or request.GET.get("outcome") or ""
    if outcome not in lists()["outcomes"] or decisions()[outcome].lapse:
        return _choose(request, one)
    return _write(request, one, outcome)


def compare(request: HttpRequest, organ: str, number: str) -> HttpResponse:
    """Two versions of the draft side by side, the last two unless others are asked for."""
    one = desk(request)
    found = versions(one)
    if len(found) < 2:
        raise Http404
    by_version = {str(each["version"]): each for each in found}
    newer = by_version.get(request.GET.get("newer", ""), found[0])
    older = by_version.get(request.GET.get("older", ""), found[1])
    context = {
        **frame(one),
        "versions": found,
        "newer": newer,
        "older": older,
        "pieces": difference(_readable(older["row"]), _readable(newer["row"])),
        "title": "比较两稿",
        "trail": trail_of(one),
    }
    return render(request, "cases/compare.html", context)


def _readable(row: CaseEvent) -> str:
    data = row.data
    grounds = "；".join(lists()["grounds"][code].label for code in data.get("grounds", ()))
    head = {"办理结果": lists()["outcomes"][data["outcome"]].listed, "依据": grounds, "理由": data.get("reasons", "")}
    return "\n".join([*(f"【{label}】\n{text}" for label, text in head.items() if text), data.get("text", "")])


def _choose(request: HttpRequest, one: Desk) -> HttpResponse:
    groups: dict[str, list[Any]] = {}
    for term in lists()["outcomes"].terms:
        if not decisions()[term.code].lapse:
            groups.setdefault(term.group, []).append(term)
    context = {
        **frame(one),
        "groups": list(groups.items()),
        "proposed": {each.proposed for each in one.state.findings if each.proposed},
        "current": one.state.draft.outcome if one.state.draft else "",
        "title": "起草文书：选择办理结果",
        "trail": trail_of(one),
    }
    return render(request, "cases/outcome.html", context)


def _write(request: HttpRequest, one: Desk, outcome: str) -> HttpResponse:
    where = place(request.user, one.case.organ, one.case.number, STEP)
    if DISCARD in request.POST:
        discard(where)
        return redirect(f"{request.path}?outcome={outcome}")
    letter = _letter(request, outcome)
    offers = _offers(one, outcome)
    if request.method != "POST":
        unsent = kept(where)
        if unsent and unsent.submission.data.get("outcome") == outcome:
            step_form = StepForm(steps()[STEP], offers, submission=unsent.submission, without=OWN)
            ready = _ready(one, outcome, letter, {})
            text_form = LetterForm(ready, unsent.submission.data, more=_more(ready))
            return _page(request, one, outcome, letter, step_form, text_form, restored=unsent.saved_at)
        step_form = StepForm(steps()[STEP], offers, initial=_initial(one, outcome, request.user.pk), without=OWN)
        ready = _ready(one, outcome, letter, {})
        texts = {"remedy": ready.values.get("remedy", ""), **_texts(one)}
        return _page(request, one, outcome, letter, step_form, LetterForm(ready, texts=texts, more=_more(ready)))
    submission = submitted(request, request.user.pk)
    if ASIDE in request.POST:
        keep(where, submission)
        messages.success(request, "已暂存，回到起草页面时会放回所填的内容。")
        return redirect("cases_case", one.case.organ.code, one.case.number)
    step_form = StepForm(steps()[STEP], offers, submission=submission, without=OWN)
    if step_form.is_valid() and (why := another_letter(letter, step_form.cleaned_data.get("grounds") or ())):
        step_form.add_error("grounds", why)
    valid = step_form.is_valid()
    ready = _ready(one, outcome, letter, step_form.cleaned_data)
    text_form = LetterForm(ready, submission.data, more=_more(ready))
    if "_pdf" in request.POST or "_docx" in request.POST:
        format = "pdf" if "_pdf" in request.POST else "docx"
        if text_form.is_valid():
            try:
                data = made(ready, text_form.texts(), format)
            except LettersError as error:
                text_form.refuse(str(error))
            else:
                note(one.case, "cases.letter", request.user, one.organ, number=one.case.number, letter=letter.key)
                return letter_response(one, one.rows[-1], letter, data, format)
        return _page(request, one, outcome, letter, step_form, text_form)
    if valid and text_form.is_valid() and _recorded(request, one, outcome, step_form, text_form):
        discard(where)
        messages.success(request, f"案件 {one.case.number}：已保存为第{len(versions(one)) + 1}稿。")
        if "_submit" in request.POST and not _submitted(request, one, step_form.entered().on):
            return redirect("cases_step", one.case.organ.code, one.case.number, "submitted")
        return redirect("cases_case", one.case.organ.code, one.case.number)
    return _page(request, one, outcome, letter, step_form, text_form)


def _letter(request: HttpRequest, outcome: str) -> Letter:
    """The letter chosen, the usual one of the result otherwise."""
    found = letters_for_outcome(outcome)
    wanted = request.POST.get("letter_key") or request.GET.get("letter")
    return next((each for each in found if each.key == wanted), found[0])


def _offers(one: Desk, outcome: str) -> Offers:
    plain = offers_for(one, steps()[STEP])
    return Offers(
        register_id=plain.register_id,
        person_id=plain.person_id,
        divisions=plain.divisions,
        people=plain.people,
        organs=plain.organs,
        events=plain.events,
        only={"grounds": [each.code for each in grounds_of(outcome)]},
    )


def _ready(one: Desk, outcome: str, letter: Letter, entered: dict[str, Any]) -> Prepared:
    """The letter as it would be if the draft were recorded as entered; the parts that a person writes are asked all."""
    data = {
        "outcome": outcome,
        **{key: entered.get(key) or "" for key in ("reasons", "other_organ", "public_interest")},
    }
    data["grounds"] = list(entered.get("grounds") or ())
    row = CaseEvent(
        case=one.case,
        number=0,
        kind="answered_on_the_spot",
        on=entered.get(DAY) or one.day,
        data=data,
        actor=one.person,
    )
    found = prepared(one, row, letter)
    return Prepared(
        letter, found.template, found.values, [each for each in found.asked if each.key not in _FROM_FIELDS]
    )


_FROM_FIELDS = {"reasons", "article", "attachments"}
"""Placeholders that the step's own fields fill."""


def _more(ready: Prepared) -> list[Any]:
    """The remedy paragraph can be edited: the legal reviewer has the last word on it."""
    return [placeholders()["remedy"]] if "remedy" in ready.values else []


def _texts(one: Desk) -> dict[str, str]:
    last = one.last(STEP)
    return taken_apart(last.data.get("text", "")) if last else {}


def _initial(one: Desk, outcome: str, person_id: int) -> dict[str, Any]:
    """The last version, where it has the same result; else what the divisions found."""
    last = one.last(STEP)
    if last is None or last.data["outcome"] != outcome:
        opinions = [each.data.get("opinion", "") for each in one.state.effective if each.kind == "finding_returned"]
        only = [each.code for each in grounds_of(outcome)]
        return {DAY: one.day, "reasons": "\n".join(filter(None, opinions)), "grounds": only if len(only) == 1 else []}
    data = {key: value for key, value in last.data.items() if key not in ("letter", "enclosures")}
    files = [token(each.file, person_id) for each in last.files.all() if each.field == "enclosures"]
    return {**data, DAY: one.day, "enclosures": files}


def _recorded(request: HttpRequest, one: Desk, outcome: str, step_form: StepForm, text_form: LetterForm) -> bool:
    entered = step_form.entered()
    data = {**entered.data, "outcome": outcome}
    if text := composed(text_form.texts()):
        data["text"] = text
    try:
        record(
            one.case,
            STEP,
            on=entered.on,
            data=data,
            personal=entered.personal,
            files=entered.files,
            actor=request.user,
            today=today(),
        )
    except RefusedStepError as error:
        step_form.refuse(error.refusals)
        return False
    return True


def _submitted(request: HttpRequest, one: Desk, on: date) -> bool:
    """Whether the draft that was just saved went on to review; where the core refuses, the reader is told why."""
    try:
        record(one.case, "submitted", on=on, data={}, personal={}, files={}, actor=request.user, today=today())
    except RefusedStepError as error:
        messages.error(request, f"稿子已经保存，还不能送审：{error}")
        return False
    messages.success(request, f"案件 {one.case.number}：已送审。")
    return True


def _page(
    request: HttpRequest,
    one: Desk,
    outcome: str,
    letter: Letter,
    step_form: StepForm,
    text_form: LetterForm,
    restored: Any = None,
) -> HttpResponse:
    if restored:
        for form in (step_form, text_form):
            form.is_valid()
            form.errors.clear()
    row = CaseEvent(case=one.case, kind="drafted", on=one.day, data={"outcome": outcome, "grounds": []})
    context = {
        **frame(one),
        "outcome": lists()["outcomes"][outcome],
        "decision": decisions()[outcome],
        "stages": [steps()[stage] for stage in decisions()[outcome].stages],
        "letter": letter,
        "letters": letters_for_outcome(outcome),
        "form": step_form,
        "texts": text_form,
        "filled": _filled(text_form.letter),
        "notice": remedy_of(one, row, letter.key),
        "restored": restored,
        "keep": keep_token(place(request.user, one.case.organ, one.case.number, STEP)),
        "title": "起草文书",
        "trail": [
            *trail_of(one),
            ("选择办理结果", reverse("cases_draft", args=[one.case.organ.code, one.case.number])),
        ],
    }
    return render(request, "cases/draft.html", context)


def _filled(ready: Prepared) -> list[tuple[str, Any]]:
    """What the letter takes from the case by itself."""
    known = placeholders()
    return [
        (known[key].name, value) for key, value in ready.values.items() if known[key].kind != "rows" and key != "remedy"
    ]
