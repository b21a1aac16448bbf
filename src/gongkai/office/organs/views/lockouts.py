"""Sign-ins that were stopped after too many failures (登录锁定), for security administrators."""

from __future__ import annotations

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ...clock import now, today
from ..authority import note
from ..models import Person
from ..queries import administered


def lockouts(request: HttpRequest) -> HttpResponse:
    """Whose signing in is stopped at present, and from where the failures came."""
    limit = settings.AXES_FAILURE_LIMIT
    people = _people(request)
    context = {
        "title": "登录锁定",
        "help": f"同一账号从同一地址连续输错密码 {limit} 次，暂停登录一段时间后自动恢复；确认是本人的，可以提前解除。",
        "attempts": [(one, people[one.username]) for one in _stopped() if one.username in people],
    }
    return render(request, "organs/lockouts.html", context)


def unlock(request: HttpRequest, person: int) -> HttpResponse:
    """Let somebody sign in again at once."""
    one: Person = request.subject.thing
    reset(username=one.username)
    note(one, "organs.person.unlock", request.user, request.subject.organ)
    messages.success(request, f"已解除{one.name}的登录锁定。")
    return redirect("organs_lockouts")


def _stopped() -> list[AccessAttempt]:
    recent = AccessAttempt.objects.filter(attempt_time__gte=now() - settings.AXES_COOLOFF_TIME)
    return list(recent.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).order_by("-attempt_time"))


def _people(request: HttpRequest) -> dict[str, Person]:
    """The accounts that the reader looks after, by their names for signing in."""
    organs = administered(request.user, {"security_admin"}, today())
    return {one.username: one for one in Person.objects.filter(organ__in=organs)}
