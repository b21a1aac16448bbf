"""Erasing what nobody took in."""

from __future__ import annotations

from datetime import datetime, timedelta

from .actions import close
from .models import Batch

KEPT = timedelta(days=30)
"""After so long without anybody taking anything in, what was left of a batch goes."""


def drop_abandoned(before: datetime) -> int:
    """End the batches that were sent before a moment; returns how many. What was taken in stays, with its file."""
    found = list(Batch.objects.filter(started_at__lt=before).exclude(state=Batch.State.CLOSED).select_related("organ"))
    for batch in found:
        close(batch, by=None)
    return len(found)
