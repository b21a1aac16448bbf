"""Registering an application that came to the counter, by post, fax or e-mail, and its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.law.case.lists import lists
from gongkai.law.case.state import state_of
from gongkai.law.case.steps import steps

from ..calendars import law_of
from ..clock import today
from ..organs.authority import note
from ..organs.models import Organ
from ..portal.identity import complaint
from ..vault.keys import cipher
from .desk import of_organ
from .events import events_of, key_of
from .form_fields import Offers
from .forms import DAY, StepForm
from .history import personal_values, rows_of
from .kept import Submission, submitted, token
from .models import Case
from .record import RefusedStepError, register
from .related import Related, related_to_entry
from .unsent import ASIDE, DISCARD, Unsent, discard, keep, keep_token, kept, kept_after_sign_out, place

SEEN = "_seen"
"""Sent along once the registrar has looked at the cases that bear on the new one."""

LEFT_OUT = ("imported",)
GROUPS = (
    ("收到", (DAY, "matter", "channel", "submitted_on", "signed_on", "confirmed_on")),
    (
        "申请人",
        ("applicant_kind", "applicant_name", "id_kind", "id_number", "telephone", "address", "email", "contact_name"),
    ),
    ("代理人", ("agent_name", "agent_id_number", "agent_telephone")),
    ("所需信息", ("description", "form", "delivery_way", "evidence")),
    ("口头申请和帮助", ("oral", "help")),
    ("材料", ("identity_proof", "attachments", "split_from")),
)
"""The fields of the registration in the order in which a letter is read; a field that is not named here stands at the end."""

_CODE = "cases_query_code"
"""In the session: key of the case whose query code was given last, and the code, encrypted, for the receipt."""


@kept_after_sign_out
def register_page(request: HttpRequest, organ: str) -> HttpResponse:
    """The registration form, the cases that bear on what was entered, and registering."""
    found = request.subject.organ
    where = place(request.user, found, "", "registered")
    if request.method != "POST":
        unsent = kept(where)
        return _page(
            request,
            found,
            _form(request, found, unsent.submission if unsent else None, _initial(request, found)),
            unsent=unsent,
        )
    if DISCARD in request.POST:
        discard(where)
        return redirect(request.get_full_path())
    submission = submitted(request, request.user.pk)
    if ASIDE in request.POST:
        keep(where, submission)
        messages.success(request, "已暂存，回到登记页面时会放回所填的内容。")
        return redirect("cases_organ_inbox", organ)
    form = _form(request, found, submission)
    if not form.is_valid():
        form.look_ahead(None, law_of(found), key_of(request.user), today())
        return _page(request, found, form)
    entered = form.entered()
    nearby = related_to_entry(found, entered.personal, entered.data.get("description", ""))
    doubt = complaint(entered.data.get("id_kind", ""), entered.personal.get("id_number", ""))
    if (nearby.earlier or nearby.same or doubt) and SEEN not in request.POST:
        return _page(request, found, form, nearby=nearby, doubt=doubt)
    try:
        done = register(
            found,
            on=entered.on,
            data=entered.data,
            personal=entered.personal,
            files=entered.files,
            actor=request.user,
            today=today(),
        )
    except RefusedStepError as error:
        form.refuse(error.refusals)
        return _page(request, found, form)
    discard(where)
    remember_code(request, done.case, done.query_code)
    messages.success(request, f"已登记，编号 {done.case.number}。")
    return redirect("cases_receipt", organ, done.case.number)


def receipt(request: HttpRequest, organ: str, number: str) -> HttpResponse:
    """The receipt (登记回执), to be printed; the query code only for who has just given it."""
    case = request.subject.thing
    row = rows_of(case)[0]
    state = state_of(events_of(case))
    note(case, "cases.receipt", request.user, case.organ, number=number)
    return render(
        request,
        "cases/receipt.html",
        {
            "title": "登记回执",
            "case": case,
            "state": state,
            "applicant": personal_values(row).get("applicant_name", ""),
            "channel": lists()["channels"][state.channel],
            "code": query_code(request, case),
            "trail": [
                ("收件箱", reverse("cases_organ_inbox", args=[organ])),
                (number, reverse("cases_case", args=[organ, number])),
            ],
        },
    )


def remember_code(request: HttpRequest, case: Case, code: str) -> None:
    """Keep a query code that was just given, for the receipt; only its digest is kept for longer."""
    request.session[_CODE] = [case.pk, cipher().encrypt(code.encode()).decode()]


def query_code(request: HttpRequest, case: Case) -> str:
    """The query code that was given last in this session, where it is this case's, "" otherwise."""
    key, code = request.session.get(_CODE, (None, ""))
    return cipher().decrypt(code.encode()).decode() if key == case.pk else ""


def _form(
    request: HttpRequest, organ: Organ, submission: Submission | None, initial: dict[str, Any] | None = None
) -> StepForm:
    offers = Offers(register_id=organ.pk, person_id=request.user.pk, **of_organ(organ, today()))
    return StepForm(steps()["registered"], offers, submission=submission, initial=initial, without=LEFT_OUT)


def _initial(request: HttpRequest, organ: Organ) -> dict[str, Any]:
    """Today; and for a letter with several requests (一信多件) all that its earlier case says but the information asked for."""
    day = today()
    plain = {DAY: day, "matter": "application"}
    after = request.GET.get("after")
    if not after:
        return plain
    case = get_object_or_404(Case, organ=organ, number=after)
    row = rows_of(case)[0]
    note(case, "cases.reveal", request.user, organ, number=case.number)
    fields = {one.key: one for one in steps()["registered"].fields}
    said = {
        key: value
        for key, value in row.data.items()
        if key in fields and fields[key].type not in ("files", "long_text")
    }
    said |= {key: ("yes" if value else "no") for key, value in said.items() if fields[key].type == "yes_no"}
    tokens: dict[str, list[str]] = {}
    for one in row.files.all():
        tokens.setdefault(one.field, []).append(token(one.file, request.user.pk))
    split = [after, *(row.data.get("split_from") or [])]
    return {**plain, **said, **personal_values(row), **tokens, DAY: day, "split_from": split}


def _page(
    request: HttpRequest,
    organ: Organ,
    form: StepForm,
    *,
    nearby: Related | None = None,
    doubt: str = "",
    unsent: Unsent | None = None,
) -> HttpResponse:
    if unsent:
        form.is_valid()
        form.errors.clear()
    return render(
        request,
        "cases/register.html",
        {
            "title": "登记申请",
            "organ": organ,
            "step": steps()["registered"],
            "form": form,
            "groups": list(_groups(form)),
            "channels": lists()["channels"].terms,
            "nearby": nearby,
            "doubt": doubt,
            "restored": unsent.saved_at if unsent else None,
            "after": request.GET.get("after", ""),
            "keep": keep_token(place(request.user, organ, "", "registered")),
            "trail": [("收件箱", reverse("cases_organ_inbox", args=[organ.code]))],
        },
    )


def _groups(form: StepForm) -> Iterator[tuple[str, list[BoundField]]]:
    named = {key for _, keys in GROUPS for key in keys}
    for heading, keys in GROUPS:
        yield heading, [form[key] for key in keys if key in form.fields]
    if rest := [form[key] for key in form.fields if key not in named]:
        yield "其他", rest
