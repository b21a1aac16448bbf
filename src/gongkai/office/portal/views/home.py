"""The first page, the privacy notice, and the sign of life."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...clock import today
from ..queries import organ_count


def home(request: HttpRequest) -> HttpResponse:
    """What one can do here."""
    return render(request, "portal/home.html", {"organs": organ_count(today())})


def privacy(request: HttpRequest) -> HttpResponse:
    """What becomes of personal information."""
    return render(request, "portal/privacy.html")


def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the site answers and reaches its database."""
    organ_count(today())
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
