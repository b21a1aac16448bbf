"""When a request is refused before it reaches its view: the page says why, and what was typed is still there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from ...clock import today
from ..forms import typed
from ..online import online_forms
from ..queries import organ_or_404
from .apply import EXPIRED, ROUTES, form_page
from .status import act_page, looked_up_case

KINDS = {route: kind for kind, route in ROUTES.items()}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form again with the typed text and a fresh token; elsewhere a page that says what to do."""
    try:
        match = resolve(request.path)
    except Resolver404:
        match = None
    if match and match.url_name in KINDS:
        online = online_forms()[KINDS[match.url_name]]
        organ = organ_or_404(match.kwargs["organ"], today())
        return form_page(request, organ, online, typed(online, request.POST), {}, problem=EXPIRED, status=403)
    if match and match.url_name == "portal_act" and (seen := looked_up_case(request)):
        for online in seen.forms:
            if online.key == match.kwargs["key"]:
                return act_page(request, seen, online, typed(online, request.POST), {}, {}, EXPIRED, 403)
    return render(request, "403_csrf.html", status=403)
