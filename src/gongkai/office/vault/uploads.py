"""Uploads on their way in: in memory until they have been checked and encrypted, however many come with one form."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemory(MemoryFileUploadHandler):
    """Keeps every file in memory. Django's own handler leaves a form whose files come to more than a file's limit together to
    another one, which writes them to disk in the clear.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803
        content_length: int,
        boundary: bytes,
        encoding: Any = None,
    ) -> None:
        if content_length > settings.GONGKAI_FORM_LIMIT:
            raise RequestDataTooBig(
                f"A form of {content_length} bytes is larger than the {settings.GONGKAI_FORM_LIMIT} taken."
            )
        self.activated = True
