"""Looking up an application by number and query code, and what its applicant may do with it."""

from __future__ import annotations

import unicodedata
import uuid
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...cases.models import Case
from ...cases.query_codes import digest_of
from ...cases.record import RefusedStepError, record
from ...clock import today
from ...organs.queries import name_on
from ...vault.files import content
from .. import drafts, limits
from ..applicant import ApplicantsCase, applicants_case
from ..forms import complaints, shown, split, typed
from ..models import Draft
from ..online import OnlineForm

SESSION = "looked_up"
WRONG = "登记编号或者查询码有误，没有找到。请对照回执核对；查询码遗失的，请持有效证件向受理机关重新领取。"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """The two things to type, and whether they fit together. Every wrong pair gets the same answer."""
    if request.method != "POST":
        return render(request, "portal/status.html", {"errors": {}, "number": ""})
    number = request.POST.get("number", "").strip()
    code = request.POST.get("code", "").strip()
    errors = {}
    if not number:
        errors["number"] = "请填写登记编号。"
    if not code:
        errors["code"] = "请填写查询码。"
    if not errors and limits.used_up(limits.LOOKING_UP, request):
        return _look_up_page(request, number, {"number": limits.LOOKING_UP.message}, 429)
    if errors:
        return _look_up_page(request, number, errors)
    case = _find(number, code)
    if case is None:
        limits.use(limits.LOOKING_UP, request)
        return _look_up_page(request, number, {"number": WRONG})
    request.session.cycle_key()
    request.session[SESSION] = [case.pk, case.query_code]
    return redirect("portal_case")


@never_cache
@require_safe
def case_page(request: HttpRequest) -> HttpResponse:
    """The case that was looked up."""
    case = _looked_up(request)
    if case is None:
        return redirect("portal_status")
    return _case_page(request, applicants_case(case, today()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, key: str) -> HttpResponse:
    """A form that the applicant may send in their case."""
    case = _looked_up(request)
    if case is None:
        return redirect("portal_status")
    seen = applicants_case(case, today())
    online = next((form for form in seen.forms if form.key == key), None)
    if online is None:
        return _case_page(request, seen, "现在不能办理这一项，案件的进度可能刚刚有变化，请看下面的最新情况。", 409)
    about = f"case:{case.pk}:{key}"
    if request.method != "POST":
        draft = drafts.find(request, about)
        return act_page(request, seen, online, drafts.values_of(draft), {}, drafts.files_of(draft))
    values = typed(online, request.POST)
    if not limits.use(limits.SAVING, request):
        return act_page(request, seen, online, values, {}, {}, limits.SAVING.message, 429)
    draft = drafts.save(request, about, values)
    errors = drafts.take_files(draft, online, request)
    files = drafts.files_of(draft)
    errors = {**complaints(online, values, {field: len(found) for field, found in files.items()}), **errors}
    problem = ""
    if not errors:
        try:
            _record(case, online, draft)
        except RefusedStepError as refused:
            known = {asked.key for asked in online.fields}
            errors = {one.field: one.message for one in refused.refusals if one.field in known}
            problem = " ".join(one.message for one in refused.refusals if one.field not in known)
        else:
            request.session["done"] = online.title
            return redirect("portal_case")
    return drafts.remember(request, act_page(request, seen, online, values, errors, files, problem))


def _record(case: Case, online: OnlineForm, draft: Draft) -> None:
    """Record the step, once however often it is sent. Raises RefusedStepError."""
    with transaction.atomic():
        current = drafts.locked(draft)
        if current is None:
            return
        data, personal = split(online, drafts.values_of(current))
        files = drafts.files_of(current)
        record(case, online.step, on=today(), data=data, personal=personal, files=files, actor=None, today=today())
        drafts.hand_over(current)
        current.delete()


@never_cache
@require_POST
def letter(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A letter to the applicant. Fetching the answer is its delivery, and is recorded as that the first time."""
    case = _looked_up(request)
    if case is None:
        return redirect("portal_status")
    seen = applicants_case(case, today())
    found = next((one for one in seen.letters if one.file.key == key), None)
    if found is None:
        raise Http404
    if found.answer and seen.may_confirm_delivery:
        data = {"proof_kind": "electronic_record", "remark": "申请人在网上下载。"}
        record(case, "delivered", on=today(), data=data, personal={}, files={}, actor=None, today=today())
    disposition = f"attachment; filename*=UTF-8''{quote(found.file.name)}"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(content(found.file), content_type=found.file.media_type, headers=headers)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End looking at the case."""
    request.session.pop(SESSION, None)
    return redirect("portal_status")


def act_page(
    request: HttpRequest,
    seen: ApplicantsCase,
    online: OnlineForm,
    values: dict[str, Any],
    errors: dict[str, str],
    files: dict[str, list[Any]],
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form with what was typed."""
    groups = shown(online, values, errors, files)
    context = {
        "seen": seen,
        "form": online,
        "groups": groups,
        "errors": [(one.asked.key, one.error) for _, fields in groups for one in fields if one.error],
        "problem": problem,
    }
    return render(request, "portal/act.html", context, status=status)


def looked_up_case(request: HttpRequest) -> ApplicantsCase | None:
    """The case that this browser has looked up, as its applicant sees it."""
    case = _looked_up(request)
    return applicants_case(case, today()) if case else None


def _find(number: str, code: str) -> Case | None:
    """The case of a number and a code. It is found by the code's keyed digest, which nobody can work towards sign by sign."""
    digest = digest_of(code)
    case = Case.objects.select_related("organ", "handled_by").filter(query_code=digest).first()
    same_code = constant_time_compare(digest, case.query_code if case else "0" * len(digest))
    same_number = constant_time_compare(_folded(number), _folded(case.number) if case else "")
    return case if same_code and same_number else None


def _folded(number: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", number) if sign.isdecimal())


def _looked_up(request: HttpRequest) -> Case | None:
    """The case that was looked up, as long as the code by which it was is the one that opens it."""
    key, code = request.session.get(SESSION) or (None, "")
    return Case.objects.select_related("organ", "handled_by").filter(pk=key, query_code=code).first() if key else None


def _look_up_page(request: HttpRequest, number: str, errors: dict[str, str], status: int = 200) -> HttpResponse:
    return render(
        request,
        "portal/status.html",
        {"errors": errors, "number": number, "code": request.POST.get("code", "")},
        status=status,
    )


def _case_page(request: HttpRequest, seen: ApplicantsCase, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "seen": seen,
        "name": name_on(seen.case.handled_by, today()),
        "done": request.session.pop("done", ""),
        "problem": problem,
    }
    return render(request, "portal/case.html", context, status=status)
