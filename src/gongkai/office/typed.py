"""What is typed or pasted into any form, or asked for in an address, holds only characters that a document can hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and line ends, and code points that are no characters: a DOCX file (XML 1.0, 2.2) may not hold them."""


class PlainText:
    """Takes out of what was sent whatever comes along when text is copied from other programs and nobody sees."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if any(isinstance(one, str) and _NOT_TEXT.search(one) for one in kwargs.values()):
            raise Http404  # no such thing has an address; a database may not even take the question
        request.GET = _plain(request.GET)
        if request.method == "POST":
            request.POST = _plain(request.POST)


def plain_text(text: str) -> str:
    """The text without what a document can't hold."""
    return _NOT_TEXT.sub("", text)


def _plain(sent: QueryDict) -> QueryDict:
    if not any(_NOT_TEXT.search(one) for _, values in sent.lists() for one in values):
        return sent
    plain = sent.copy()
    for name, values in sent.lists():
        plain.setlist(name, [plain_text(one) for one in values])
    plain._mutable = False
    return plain
