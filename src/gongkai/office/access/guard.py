"""The guard in front of every route of the office.

Who is not signed in is asked to; an account whose password was given by somebody else may only change it; what is none of
the caller's is not found; what needs another role is refused; a method the route does not know is not allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from ..clock import today
from .needs import Need, met

View = Callable[..., HttpResponseBase]

READ = ("GET", "HEAD")
READ_WRITE = ("GET", "HEAD", "POST")
WRITE = ("POST",)
CHANGE_PASSWORD = "organs_password"
"""The one route that is open to an account with a given password."""


def guarded(route: str, view: View, *, name: str, need: Need, methods: Collection[str] = READ_WRITE) -> URLPattern:
    """A route for staff. The view is called only when the need is met, with ``request.subject`` set to what it is about.

    ``methods``: what the route answers to; everything else is not allowed (405).
    """

    @wraps(view)
    def guard(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.user.must_change_password and name != CHANGE_PASSWORD:
            return redirect(CHANGE_PASSWORD)
        allowed, subject = met(request, need, arguments, today())
        if not allowed:
            return refused(request)
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        request.subject = subject
        try:
            return view(request, **arguments)
        except PermissionDenied:  # a view may ask for more than its route does, for writing above all
            return refused(request)

    guard.need = need
    return path(route, guard, name=name)


def public(route: str, view: View, *, name: str, methods: Collection[str] = READ_WRITE) -> URLPattern:
    """A route that anyone may call without signing in. ``methods``: what it answers to."""

    @wraps(view)
    def open_to_all(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        return view(request, **arguments)

    open_to_all.public = True
    return path(route, open_to_all, name=name)


def refused(request: HttpRequest) -> HttpResponse:
    """The page that says which role is missing; not Wagtail's, which would lead back to the home as if all were well."""
    return render(request, "access/refused.html", {"title": "没有权限"}, status=403)
