"""How the days of a filing are worded."""

from __future__ import annotations

from datetime import date

from gongkai.law.filing import Due


def left(due: Due, on: date) -> str:
    """How long until a day, counted in days of the calendar."""
    days = (due.day - on).days
    if days < 0:
        return f"已超过{-days}天"
    if days == 0:
        return "今天到期"
    if on == due.working:
        return f"今天是最后一个工作日，还有{days}天到期"
    if on > due.working:
        return f"最后一个工作日已过，还有{days}天到期"
    return f"还有{days}天"
