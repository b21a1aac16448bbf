"""Answers that may be kept: what is public changes rarely, and whoever asks again is told so without making the page anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from gongkai import __version__


def kept(
    request: HttpRequest,
    told_by: Sequence[object],
    make: Callable[[], HttpResponse],
    *,
    changed: datetime | None = None,
) -> HttpResponseBase:
    """The answer of ``make``, or 304 where the caller has it. ``told_by``: everything on which the answer depends.

    Whoever keeps it asks each time whether it still holds: a correction, or a fault in the record, is seen at once. Whoever is
    signed in gets a cookie with it, so that nobody but the own browser may keep theirs.
    """
    spelled = json.dumps([__version__, *told_by], ensure_ascii=False, default=str)
    tag = f'"{hashlib.sha256(spelled.encode()).hexdigest()[:32]}"'
    modified = int(changed.timestamp()) if changed else None
    answer = get_conditional_response(request, etag=tag, last_modified=modified) or make()
    answer.headers["ETag"] = tag
    if modified is not None:
        answer.headers["Last-Modified"] = http_date(modified)
    who = "private" if settings.SESSION_COOKIE_NAME in request.COOKIES else "public"
    answer.headers["Cache-Control"] = f"{who}, no-cache"
    return answer
