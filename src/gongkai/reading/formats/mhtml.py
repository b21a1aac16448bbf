"""Web archives (MHTML), as browsers and Word save a page in one file: the page in them, read as HTML."""

from __future__ import annotations

from ..document import Document, UnreadableError
from .html import read_html


def read_mhtml(data: bytes) -> Document:
    """Read the page of a web archive. Raises UnreadableError where none is in it."""
    from email import message_from_bytes, policy
    from email.errors import MessageError

    try:
        message = message_from_bytes(data, policy=policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                content = part.get_payload(decode=True)
                if isinstance(content, bytes) and content.strip():
                    return read_html(content)
    except (MessageError, ValueError, LookupError, RecursionError, AssertionError) as error:
        raise UnreadableError("网页归档文件（MHTML）已损坏，无法读取。") from error
    raise UnreadableError("网页归档文件（MHTML）中没有网页内容。")
