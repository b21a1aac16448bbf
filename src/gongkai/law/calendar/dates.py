"""How a date is printed."""

from __future__ import annotations

from datetime import date


def chinese_date(day: date) -> str:
    """A date as official documents print it, without leading zeros: ``2026年11月21日`` (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"
