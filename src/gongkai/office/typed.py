"""What is typed or pasted into any form holds only characters that a document can hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and line ends, and code points that are no characters: a DOCX file (XML 1.0, 2.2) may not hold them."""


class PlainText:
    """Takes out of what was sent whatever comes along when text is copied from other programs and nobody sees."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.method != "POST" or not any(_NOT_TEXT.search(one) for _, values in request.POST.lists() for one in values):
            return
        plain = request.POST.copy()
        for name, values in request.POST.lists():
            plain.setlist(name, [_NOT_TEXT.sub("", one) for one in values])
        plain._mutable = False
        request.POST = plain
