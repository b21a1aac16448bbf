"""Erasing what nobody took in, and images of pages that can be drawn again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from .actions import close
from .models import Batch, PageImage, Received

KEPT = timedelta(days=30)
"""After so long without anybody taking anything in, what was left of a batch goes."""


def forget_pictures(before: datetime) -> int:
    """Drop the images of pages of reports that were taken in, drawn before a moment; returns how many.

    Whoever looks again has them drawn again.
    """
    old = PageImage.objects.filter(received__state=Received.State.TAKEN, file__stored_at__lt=before)
    with transaction.atomic():
        Received.objects.filter(pk__in=old.values("received")).update(drawn="")
        number, _ = PageImage.objects.filter(received__state=Received.State.TAKEN, received__drawn="").delete()
    return number


def drop_abandoned(before: datetime) -> int:
    """End the batches that were sent before a moment; returns how many. What was taken in stays, with its file."""
    found = list(Batch.objects.filter(started_at__lt=before).exclude(state=Batch.State.CLOSED).select_related("organ"))
    for batch in found:
        close(batch, by=None)
    return len(found)
