"""How a case reads on a screen: statuses, working days left and marks in words, each with a sign beside its colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.law.calendar import chinese_date
from gongkai.law.case.lists import label_of
from gongkai.law.case.steps import steps

Tone = Literal["bad", "warn", "good", "calm"]

PHASES = {
    "intake": "登记",
    "inquiry": "补正、征求意见、收费",
    "handling": "办理",
    "drafting": "拟稿、审核、批准",
    "delivery": "决定、送达、办结",
    "afterwards": "办结以后、备注",
}

MARKS = {
    "memory": "未核原文：这一规则没有核对过原文，请以原文为准。",
    "infer": "推定：法规没有明文规定，这是推定的做法，请由本机关法制部门确认。",
}
MARK_NAMES = {"memory": "未核原文", "infer": "推定"}

NEAR = 5
"""Working days from which on a case counts as nearly due."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A short statement with its colour, and a sign that says the same without colour."""

    words: str
    tone: Tone
    sign: str


def left(days: int | None, *, status: str, stopped: bool = False, answered: bool = False) -> Chip:
    """Working days left, in words. ``days``: negative when overdue, 0 on the last day, None while nothing runs.

    ``answered``: the answer has been sent out, so that nothing is left to run.
    """
    if status == "unconfirmed":
        return Chip("待确认，期限未起算", "warn", "？")
    if status == "closed":
        return Chip("已办结", "calm", "✓")
    if answered:
        return Chip("已答复", "calm", "✓")
    if stopped:
        return Chip(f"停止计算，还剩{days}个工作日" if days is not None else "停止计算", "calm", "‖")
    if days is None:
        return Chip("期限不在计算", "calm", "‖")
    if days < 0:
        return Chip(f"逾期{-days}个工作日", "bad", "▲")
    if days == 0:
        return Chip("今天到期", "bad", "▲")
    if days <= NEAR:
        return Chip(f"还剩{days}个工作日", "warn", "◆")
    return Chip(f"还剩{days}个工作日", "good", "●")


def status_words(status: str, review_stage: str = "", *, assigned: bool = True) -> str:
    """The status as staff say it: what awaits whom."""
    if status == "in_review" and review_stage in steps():
        return f"待{steps()[review_stage].label}"
    if status == "open" and not assigned:
        return "待分办"
    return label_of("statuses", status)


def chinese_day(day: date | None) -> str:
    """2026年11月21日; "" for None."""
    return chinese_date(day) if day else ""


def ended(text: str) -> str:
    """What somebody wrote, with the full stop that another sentence may follow; "" for nothing."""
    written = text.strip()
    return written if not written or written[-1] in "。！？；…" else f"{written}。"
