"""What a person sees of a report whose record is not what was recorded: that it is so, and nothing of the report."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .recorded import BrokenFilingError


class BrokenFilings:
    """Answers for any page of the office that met a broken record. Pages for the public answer for themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, BrokenFilingError) or not request.user.is_authenticated:
            return None
        context = {"title": "年度报告的记录不完好", "trail": [], "message": str(error)}
        return render(request, "filings/broken.html", context, status=409)
