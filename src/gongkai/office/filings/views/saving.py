"""Saving from a screen: what is in the way is said, and nothing is lost."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ...clock import today
from ..content import Content
from ..models import Filing
from ..needs import FILING_WRITERS
from ..record import ConflictError, RefusedStepError, save


def asked_version(request: HttpRequest, filing: Filing) -> int | None:
    """The version that a form was made from; None where it names none that there is."""
    asked = request.POST.get("based_on", "")
    return int(asked) if asked.isdecimal() and len(asked) < 9 and 1 <= int(asked) <= filing.newest else None


def only_writers(request: HttpRequest) -> None:
    """Raises PermissionDenied for who may read but not write."""
    if not request.subject.roles & FILING_WRITERS:
        raise PermissionDenied


def saved(request: HttpRequest, filing: Filing, content: Content, based_on: int | None, why: str, done: str) -> bool:
    """Save at one button. Tells what was done, or why nothing was; whether it was saved."""
    if based_on is None:
        messages.error(request, "页面已经过期，没有保存，请重新办理。")
        return False
    try:
        number = save(filing, content, based_on=based_on, by=request.user, today=today(), why=why)
    except (ConflictError, RefusedStepError) as error:
        messages.error(request, f"没有保存。{error}")
        return False
    if number == based_on:
        messages.info(request, "内容没有变化，没有保存新的版本。")
    else:
        messages.success(request, done)
    return True
