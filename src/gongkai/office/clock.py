"""The office's clock: the one place that asks what day it is. Everything below takes the day as a value."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def today() -> date:
    """The day in China."""
    return timezone.localdate()


def now() -> datetime:
    """This moment, with its time zone."""
    return timezone.now()
