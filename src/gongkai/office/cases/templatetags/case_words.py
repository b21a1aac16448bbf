"""Filters with which templates word dates, marks and days left."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from ..presenting import MARK_NAMES, MARKS, chinese_day

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """2026年11月21日."""
    return chinese_day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """2026年11月21日 15:04, in China."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{chinese_day(local.date())} {local:%H:%M}"


@register.filter
def mark_name(value: str) -> str:
    """未核原文 or 推定, "" for a rule that was checked."""
    return MARK_NAMES.get(value, "")


@register.filter
def mark_words(value: str) -> str:
    """What the mark means, as a sentence."""
    return MARKS.get(value, "")
