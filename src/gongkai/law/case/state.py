"""What the events of a case come to (案件状态): a pure fold, one event after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .event import Event

Status = Literal[
    "unconfirmed",  # 待确认：not yet received in law (第三十一条)
    "open",  # 待分办、办理中
    "awaiting_correction",  # 待补正
    "awaiting_reasons",  # 待说明理由（第三十五条）
    "awaiting_fee",  # 待缴费
    "in_review",  # 审核中
    "to_issue",  # 已批准，待制发
    "to_deliver",  # 已作出决定，待送达
    "closed",  # 已办结
]


@dataclass(frozen=True, slots=True)
class Consultation:
    """征求意见: of a third party, a co-producing organ or another organ. Days as recorded, None while they lack."""

    number: int  # of the event that began it
    whom: Literal["third_party", "co_producer", "other_organ"]
    name: str
    sent_on: date
    received_on: date | None = None
    answered_on: date | None = None
    opinion: str = ""  # agree, object, partly; "" while there is none


@dataclass(frozen=True, slots=True)
class CaseState:
    """All that screens, clock and statistics need of a case. To be completed by its owner; names here are settled.

    ``matter``: application (政府信息公开申请) or rectification (更正申请，第四十一条; never counted in 表三).
    ``received_on``: day of receipt in law, None while unconfirmed. ``counts_from``: day from which the current period
    runs: receipt, correction, payment. ``outcome``: code of ``law.outcomes`` once decided. ``review_stage``: the step that
    is due next while in review. ``counted``: False for what table 三 leaves out (rectifications, withdrawn registrations).
    """

    status: Status
    matter: Literal["application", "rectification"] = "application"
    channel: str = ""
    applicant_kind: str = ""
    submitted_on: date | None = None
    received_on: date | None = None
    counts_from: date | None = None
    consultations: tuple[Consultation, ...] = ()
    divisions: tuple[str, ...] = ()  # keys of divisions it was assigned to
    review_stage: str = ""
    outcome: str = ""
    decided_on: date | None = None
    delivered_on: date | None = None
    closed_on: date | None = None
    counted: bool = True
    events: tuple[Event, ...] = ()


def state_of(events: Iterable[Event]) -> CaseState:
    """The state after all events, in their order. Raises ValueError where the first is no registration."""
    raise NotImplementedError


def advanced(state: CaseState | None, event: Event) -> CaseState:
    """The state after one more event; None stands for no event yet."""
    raise NotImplementedError
