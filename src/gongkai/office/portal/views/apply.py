"""Applying online: the form, checking it, sending it, the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...cases.record import RefusedStepError, register
from ...clock import today
from ...downloads import download
from ...organs.models import Organ
from ...organs.queries import name_on
from .. import drafts, limits, receipts
from ..earlier import Earlier, earlier
from ..forms import complaints, shown, split, typed
from ..guide import facts, takes_online, ways
from ..models import Draft
from ..online import OnlineForm, online_forms
from ..queries import organ_or_404

TRAP = "website"
"""A field that nobody sees: what fills it in is a program."""

TRAPPED = "填写了应当留空的“网址”一栏，没有提交。请把这一栏清空后再试。"
EXPIRED = "页面放置的时间过长，或者浏览器没有保存必需的标识，为了安全没有提交。您填写的文字还在下面，请核对后再提交；文件需要重新选择。"

ROUTES = {"application": "portal_apply", "rectification": "portal_rectify"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, organ: str, kind: str) -> HttpResponse:
    """The form: what was typed is kept whatever else is wrong with it."""
    found, online = organ_or_404(organ, today()), online_forms()[kind]
    if not takes_online(found, today()):
        return _not_online(request, found)
    about = _about(kind, organ)
    if request.method != "POST":
        draft = drafts.find(request, about)
        return form_page(request, found, online, drafts.values_of(draft), {}, draft=draft)
    values = typed(online, request.POST)
    if request.POST.get(TRAP):
        return form_page(request, found, online, values, {}, problem=TRAPPED)
    if not limits.use(limits.SAVING, request):
        return form_page(request, found, online, values, {}, problem=limits.SAVING.message, status=429)
    draft = drafts.save(request, about, values)
    errors = drafts.take_files(draft, online, request)
    errors = {**_complaints(online, values, draft), **errors}
    if errors:
        return drafts.remember(request, form_page(request, found, online, values, errors, draft=draft))
    return drafts.remember(request, redirect(f"{ROUTES[kind]}_review", organ=organ))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, organ: str, kind: str) -> HttpResponse:
    """Everything typed once more, with what is like it, before it is sent; and sending it."""
    found, online = organ_or_404(organ, today()), online_forms()[kind]
    draft = drafts.find(request, _about(kind, organ))
    if draft is None or not takes_online(found, today()):
        return redirect(ROUTES[kind], organ=organ)
    if drafts.receipt_of(draft):
        return redirect(f"{ROUTES[kind]}_receipt", organ=organ)
    values = drafts.values_of(draft)
    if errors := _complaints(online, values, draft):
        return form_page(request, found, online, values, errors, draft=draft)
    if request.method == "POST":
        return _send(request, found, online, draft)
    return _review_page(request, found, online, draft)


@never_cache
@require_safe
def receipt(request: HttpRequest, organ: str, kind: str, ending: str = "") -> HttpResponse:
    """The receipt, for some time after sending and in the same browser; ``ending``: as a file of this kind."""
    draft = drafts.find(request, _about(kind, organ))
    told = drafts.receipt_of(draft) if draft else None
    if told is None:
        raise Http404
    if ending:
        body = receipts.as_pdf(told) if ending == "pdf" else receipts.as_text(told)
        return download(body if isinstance(body, bytes) else body.encode(), f"申请回执{told['number']}.{ending}")
    context = {"receipt": told, "organ": organ_or_404(organ, today()), "route": ROUTES[kind]}
    return render(request, "portal/receipt.html", context)


@require_POST
def clear(request: HttpRequest, organ: str, kind: str) -> HttpResponse:
    """Remove what was typed, with its files, from this browser and from here."""
    draft = drafts.find(request, _about(kind, organ))
    if draft is not None:
        drafts.erase(draft)
    return redirect(ROUTES[kind], organ=organ)


def form_page(
    request: HttpRequest,
    organ: Organ,
    online: OnlineForm,
    values: Mapping[str, Any],
    errors: Mapping[str, str],
    *,
    draft: Draft | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form with what was typed. ``problem``: what is wrong with it as a whole."""
    groups = shown(online, values, errors, drafts.files_of(draft))
    context = {
        "organ": organ,
        "name": name_on(organ, today()),
        "form": online,
        "groups": groups,
        "errors": [(one.asked.key, one.error) for _, fields in groups for one in fields if one.error],
        "problem": problem,
        "draft": draft,
        "route": ROUTES[online.key],
        "trap": TRAP,
    }
    return render(request, "portal/apply.html", context, status=status)


def _not_online(request: HttpRequest, organ: Organ) -> HttpResponse:
    context = {"organ": organ, "name": name_on(organ, today()), "ways": ways(organ, today()), "facts": facts(organ)}
    return render(request, "portal/not_online.html", context)


def _send(request: HttpRequest, organ: Organ, online: OnlineForm, draft: Draft) -> HttpResponse:
    if not limits.use(limits.SENDING, request):
        return _review_page(request, organ, online, draft, limits.SENDING.message, 429)
    try:
        _register(organ, online, draft)
    except RefusedStepError as refused:
        errors = {refusal.field: refusal.message for refusal in refused.refusals}
        known = {asked.key for asked in online.fields}
        problem = " ".join(message for field, message in errors.items() if field not in known)
        return form_page(request, organ, online, drafts.values_of(draft), errors, draft=draft, problem=problem)
    return redirect(f"{ROUTES[online.key]}_receipt", organ=organ.code)


def _register(organ: Organ, online: OnlineForm, draft: Draft) -> None:
    """Register it, once however often it is sent, and keep the receipt. Raises RefusedStepError."""
    day = today()
    with transaction.atomic():
        current = drafts.locked(draft)
        if current is None or drafts.receipt_of(current):
            return
        data, personal = split(online, drafts.values_of(current))
        made = register(
            organ,
            on=day,
            data={**data, "submitted_on": day.isoformat()},
            personal=personal,
            files=drafts.files_of(current),
            actor=None,
            today=day,
        )
        drafts.keep_receipt(current, receipts.receipt_of(online, organ, made, data.get("description", ""), day))


def _review_page(
    request: HttpRequest, organ: Organ, online: OnlineForm, draft: Draft, problem: str = "", status: int = 200
) -> HttpResponse:
    values = drafts.values_of(draft)
    _, personal = split(online, values)
    like = earlier(organ, values.get("description", ""), personal) if online.key == "application" else Earlier()
    context = {
        "organ": organ,
        "name": name_on(organ, today()),
        "form": online,
        "groups": [
            (legend, [one for one in fields if one.filled])
            for legend, fields in shown(online, values, {}, drafts.files_of(draft))
        ],
        "earlier": like,
        "problem": problem,
        "route": ROUTES[online.key],
    }
    return render(request, "portal/review.html", context, status=status)


def _complaints(online: OnlineForm, values: Mapping[str, Any], draft: Draft) -> dict[str, str]:
    counts = {field: len(files) for field, files in drafts.files_of(draft).items()}
    return complaints(online, values, counts)


def _about(kind: str, organ: str) -> str:
    return f"{kind}:{organ}"
