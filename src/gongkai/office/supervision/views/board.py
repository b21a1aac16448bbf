"""Screens of 年度报告进展: which organs have filed and which have not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ..needs import ANY


def start(request: HttpRequest) -> HttpResponse:
    """The boards of the governments that one supervises."""
    return render(request, "supervision/start.html", {"title": "年报监督", "trail": []})


patterns = [guarded("", start, name="supervision_board_start", need=ANY, methods=READ_METHODS)]
