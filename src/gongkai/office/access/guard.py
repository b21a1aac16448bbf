"""The guard in front of every route of the office."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from ..clock import today
from .needs import Need, met

View = Callable[..., HttpResponseBase]


def guarded(route: str, view: View, *, name: str, need: Need) -> URLPattern:
    """A route for staff. The view is called only when the need is met, with ``request.subject`` set to what it is about."""

    @wraps(view)
    def guard(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        allowed, subject = met(request, need, arguments, today())
        if not allowed:
            raise PermissionDenied
        request.subject = subject
        return view(request, **arguments)

    guard.need = need
    return path(route, guard, name=name)


def public(route: str, view: View, *, name: str) -> URLPattern:
    """A route that anyone may call without signing in."""
    view.public = True
    return path(route, view, name=name)
