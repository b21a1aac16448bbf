"""The files from which versions of filings were made."""

from __future__ import annotations

from ..filings.models import Filing
from .models import Received


def original_of(filing: Filing, version: int) -> Received | None:
    """The received file that became a version; None for a version that was made here."""
    return filing.received.filter(version=version, state=Received.State.TAKEN).select_related("file").first()


def originals_of(filing: Filing) -> list[Received]:
    """All received files of a filing, in the order of its versions."""
    return list(filing.received.filter(state=Received.State.TAKEN).select_related("file").order_by("version"))
