"""Unsent forms (未提交的表单): put aside by a person, or kept when a session ended while they were typing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from ..access.guard import View
from ..clock import now
from ..organs.models import Organ, Person
from ..vault.keys import cipher
from .kept import Submission, plain, restored, submitted
from .models import UnsentForm

KEEP, ASIDE, DISCARD = "_keep", "_aside", "_discard"
_OWN = ("csrfmiddlewaretoken", KEEP, ASIDE, DISCARD)
_SALT = "gongkai.cases.unsent"
_AGE = 3 * 24 * 3600
"""Seconds for which a form that was open when the session ended is still taken."""

KEPT = timedelta(days=30)
"""How long a form is kept that nobody has gone on with."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form belongs. ``case``: number, "" for a registration."""

    person_id: int
    organ_id: int
    case: str
    step: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was kept, as it can be shown again."""

    submission: Submission
    saved_at: datetime


def place(person: Person, organ: Organ, case: str, step: str) -> Place:
    """The place of a person's form."""
    return Place(person.pk, organ.pk, case, step)


def keep_token(where: Place) -> str:
    """What a form carries so that it can be kept for its author even when the session is gone."""
    return signing.dumps([where.person_id, where.organ_id, where.case, where.step], salt=_SALT)


def keep(where: Place, submission: Submission) -> None:
    """Keep what was typed, in place of what was kept before."""
    content = cipher().encrypt(json.dumps(plain(submission.data, _OWN), ensure_ascii=False).encode())
    UnsentForm.objects.update_or_create(**_columns(where), defaults={"content": content, "saved_at": now()})


def kept(where: Place) -> Unsent | None:
    """What was kept, None where there is nothing."""
    found = UnsentForm.objects.filter(**_columns(where)).first()
    if found is None:
        return None
    values: Mapping[str, Any] = json.loads(cipher().decrypt(bytes(found.content)))
    return Unsent(Submission(restored(values), {}), found.saved_at)


def discard(where: Place) -> None:
    """Forget what was kept: it has been sent, or its author does not want it."""
    UnsentForm.objects.filter(**_columns(where)).delete()


def erase_expired() -> int:
    """Remove the forms whose time is over; returns how many."""
    count, _ = UnsentForm.objects.filter(saved_at__lt=now() - KEPT).delete()
    return count


def kept_after_sign_out(view: View) -> View:
    """Mark a view whose form is kept, for whom it was made, when it is sent after the session has ended."""
    view.keeps_unsent = True
    return view


class KeepUnsentForms:
    """Middleware: the back office sends who is not signed in to the log-in page, before any view of ours is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, arguments: Any, named: Any) -> None:
        if request.method == "POST" and getattr(view, "keeps_unsent", False) and not request.user.is_authenticated:
            _keep_after_sign_out(request)


def _keep_after_sign_out(request: HttpRequest) -> None:
    try:
        person_id, organ_id, case, step = signing.loads(request.POST.get(KEEP, ""), salt=_SALT, max_age=_AGE)
    except (signing.BadSignature, ValueError):
        return
    if Person.objects.filter(pk=person_id, is_active=True).exists() and Organ.objects.filter(pk=organ_id).exists():
        keep(Place(person_id, organ_id, case, step), submitted(request, person_id))
        messages.info(request, "登录已经过期。您填写的内容已经保存，登录后会放回原处。")


def _columns(where: Place) -> dict[str, Any]:
    return {"person_id": where.person_id, "organ_id": where.organ_id, "case": where.case, "step": where.step}
