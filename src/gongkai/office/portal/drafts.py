"""Keeping drafts: typed text and uploaded files outlive a wrong field, a lost session and a closed browser."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from ..cases.models import EventFile
from ..clock import now
from ..vault.files import RefusedFileError, store
from ..vault.files import erase as erase_file
from ..vault.keys import cipher, sealed
from ..vault.models import StoredFile
from .limits import UPLOADING, use
from .models import Draft, DraftFile
from .online import OnlineForm

KEPT = timedelta(days=30)
"""How long a draft is kept after it was last changed."""

RECEIPT_KEPT = timedelta(hours=2)
"""How long the receipt, with the query code, can be opened again in the same browser after sending."""

MOST_FILES = 10
"""Files of one field."""


def cookie_name() -> str:
    """Over https a name by which browsers take the cookie from this host alone: no other host of the same domain can set one,
    and so have a visitor type into a draft that it can read."""
    return "__Host-draft" if settings.SESSION_COOKIE_SECURE else "draft"


def token_of(request: HttpRequest) -> str:
    """The visitor's token: the cookie's, or a fresh one that `remember` sets."""
    given = request.COOKIES.get(cookie_name(), "")
    if not hasattr(request, "draft_token"):
        request.draft_token = given if 32 <= len(given) <= 64 and given.isascii() else secrets.token_urlsafe(32)
    return str(request.draft_token)


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the browser keep the token."""
    response.set_cookie(
        cookie_name(),
        token_of(request),
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    return response


def find(request: HttpRequest, about: str) -> Draft | None:
    """The visitor's draft of a form; None where there is none or it has expired."""
    draft = Draft.objects.filter(token=_digest(request), about=about, expires_at__gt=now()).first()
    if draft is not None and content(draft) is None:  # sealed with a key that is gone
        erase(draft)
        return None
    return draft


def content(draft: Draft) -> dict[str, Any] | None:
    """What a draft holds: ``values``, or after sending ``receipt``."""
    try:
        return json.loads(cipher().decrypt(bytes(draft.ciphertext)))
    except InvalidToken:
        return None


def values_of(draft: Draft | None) -> dict[str, Any]:
    """The typed values; none without a draft."""
    return (content(draft) or {}).get("values", {}) if draft else {}


def files_of(draft: Draft | None) -> dict[str, list[StoredFile]]:
    """The uploaded files by field."""
    found: dict[str, list[StoredFile]] = {}
    for one in draft.files.select_related("file") if draft else ():
        found.setdefault(one.field, []).append(one.file)
    return found


def save(request: HttpRequest, about: str, values: Mapping[str, Any]) -> Draft:
    """Keep what was typed, in place of what was typed before."""
    erase_expired()
    return _put(request, about, {"values": values}, now() + KEPT)


def keep_receipt(draft: Draft, receipt: Mapping[str, Any]) -> None:
    """Put the receipt in place of what was typed: that is in the record now, and its files belong to the case."""
    hand_over(draft)
    draft.ciphertext = _sealed({"receipt": receipt})
    draft.updated_at, draft.expires_at = now(), now() + RECEIPT_KEPT
    draft.save()


def hand_over(draft: Draft) -> None:
    """Let go of the files: they belong to a case now."""
    draft.files.all().delete()


def locked(draft: Draft) -> Draft | None:
    """The draft as it is now, for this transaction alone; None where another request has ended it meanwhile."""
    return Draft.objects.select_for_update().filter(pk=draft.pk).first()


def receipt_of(draft: Draft) -> dict[str, Any] | None:
    """The receipt of a form that was sent; None where it was not."""
    return (content(draft) or {}).get("receipt")


def take_files(draft: Draft, form: OnlineForm, request: HttpRequest) -> dict[str, str]:
    """Keep the uploaded files and drop those that the visitor unticked; returns what is wrong, a sentence a field."""
    errors: dict[str, str] = {}
    for asked in form.fields:
        if asked.type != "files":
            continue
        _drop(draft, asked.key, request.POST.getlist(f"{asked.key}-drop"))
        errors |= _take(request, draft, asked.key, asked.kinds)
    return errors


def erase(draft: Draft) -> None:
    """Remove a draft with its files."""
    files = [one.file for one in draft.files.select_related("file")]
    with transaction.atomic():
        draft.delete()
        for file in files:
            _erase_file(file)


def erase_expired(moment: datetime | None = None) -> int:
    """Remove all drafts whose time is over; returns how many."""
    old = list(Draft.objects.filter(expires_at__lte=moment or now()))
    for draft in old:
        erase(draft)
    return len(old)


def _take(request: HttpRequest, draft: Draft, field: str, kinds: Sequence[str]) -> dict[str, str]:
    problems = []
    for upload in request.FILES.getlist(field):
        if not use(UPLOADING, request):
            problems.append(UPLOADING.message)
            break
        if draft.files.filter(field=field).count() >= MOST_FILES:
            problems.append(f"这一项最多 {MOST_FILES} 个文件，“{upload.name}”没有收下。")
            continue
        if upload.size and upload.size > settings.GONGKAI_UPLOAD_LIMIT:
            problems.append(
                f"文件“{upload.name}”超过 {settings.GONGKAI_UPLOAD_LIMIT // 2**20} 兆字节，请压缩或者分开上传。"
            )
            continue
        try:
            stored = store(upload.name or "", upload.read())
        except RefusedFileError as error:
            problems.append(str(error))
            continue
        if kinds and stored.media_type not in kinds:
            _erase_file(stored)
            problems.append(f"“{upload.name}”没有收下：这一项只收说明中所列格式的文件，请改用其中一种。")
            continue
        DraftFile.objects.create(draft=draft, field=field, file=stored)
    return {field: " ".join(problems)} if problems else {}


def _drop(draft: Draft, field: str, keys: Sequence[str]) -> None:
    for one in draft.files.filter(field=field).select_related("file"):
        if str(one.file.key) in keys:
            one.delete()
            _erase_file(one.file)


def _erase_file(file: StoredFile) -> None:
    """Remove a file, unless an event of a case speaks of it: then it belongs to the record."""
    if not EventFile.objects.filter(file=file).exists():
        erase_file(file)
        file.delete()


def _put(request: HttpRequest, about: str, held: Mapping[str, Any], expires: datetime) -> Draft:
    changed = {"ciphertext": _sealed(held), "updated_at": now(), "expires_at": expires}
    draft, _ = Draft.objects.update_or_create(token=_digest(request), about=about, defaults=changed)
    return draft


def _sealed(held: Mapping[str, Any]) -> bytes:
    return cipher().encrypt(json.dumps(held, ensure_ascii=False).encode())


def _digest(request: HttpRequest) -> str:
    return sealed(token_of(request).encode(), "draft")
