"""What stands in front of every answer: routes that are closed, and headers that tell a browser what it may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from ..access.guard import CHANGE_PASSWORD
from .routes import is_reachable

Answer = Callable[[HttpRequest], HttpResponseBase]


FIRST_PAGE = "wagtailadmin_home"


class ReachableRoutes:
    """Answers 404 for every route of Wagtail that `routes.toml` does not list, whoever asks.

    Who still has a password that somebody else gave is led from the first page, a route of Wagtail, to where it is changed;
    our own routes see to that themselves.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if not is_reachable(request.resolver_match):
            raise Http404
        given = request.user.is_authenticated and request.user.must_change_password
        return redirect(CHANGE_PASSWORD) if given and request.resolver_match.view_name == FIRST_PAGE else None


class PolicyHeaders:
    """Sets Content-Security-Policy and Permissions-Policy; an answer that brings its own policy keeps it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.public = policy_text(settings.GONGKAI_PUBLIC_POLICY)
        self.staff = policy_text(settings.GONGKAI_STAFF_POLICY)
        self.permissions = ", ".join(f"{feature}=()" for feature in settings.GONGKAI_FORBIDDEN_FEATURES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        staff = request.path.startswith(reverse(FIRST_PAGE))
        response.headers.setdefault("Content-Security-Policy", self.staff if staff else self.public)
        response.headers.setdefault("Permissions-Policy", self.permissions)
        return response


def policy_text(policy: Mapping[str, tuple[str, ...]]) -> str:
    """A policy as the header writes it.

    >>> policy_text({"default-src": ("'none'",), "img-src": ("'self'", "data:")})
    "default-src 'none'; img-src 'self' data:"
    """
    return "; ".join(" ".join((directive, *sources)) for directive, sources in policy.items())
