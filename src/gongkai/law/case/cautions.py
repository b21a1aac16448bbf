"""What is to be said before a step that is lawful all the same (提醒)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..calendar import chinese_date
from .refusal import Law

if TYPE_CHECKING:
    from .state import CaseState


@dataclass(frozen=True, slots=True)
class Caution:
    """``message``: whole Chinese sentences. ``article``: what they rest on."""

    message: str
    article: str


def cautions(state: CaseState, kind: str, day: date, law: Law) -> tuple[Caution, ...]:
    """What whoever takes this step on this day should know."""
    return tuple(_late_correction(state, day, law)) if kind == "correction_requested" else ()


def _late_correction(state: CaseState, day: date, law: Law) -> Iterator[Caution]:
    """The Regulations tie no consequence to a late notice: what was sent is recorded, and the period begins anew as with any other."""
    limit = law.rules["correction_notice"]
    if state.received_on and day > (last := limit.ends(state.received_on, law.calendar)):
        yield Caution(
            f"已超过{limit.span}：告知补正应当在收到申请之日起{limit.span}内，最后一日是{chinese_date(last)}。"
            "能够按现有内容查找的，请直接办理；确已告知申请人的，如实登记。",
            "政府信息公开条例 第三十条",
        )
