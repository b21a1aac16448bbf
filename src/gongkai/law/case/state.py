"""What the events of a case come to (案件状态): a pure fold, one event after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from operator import attrgetter
from typing import Any, Literal

from .changes import CHANGES
from .event import Event
from .facts import Assignment, Consultation, Draft, Finding
from .grounds import decisions

__all__ = ["Assignment", "CaseState", "Consultation", "Draft", "Finding", "Status", "advanced", "effective", "state_of"]

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
class CaseState:
    """All that screens, clock and statistics need of a case. Days are None while the thing has not happened.

    ``matter``: application (政府信息公开申请) or rectification (更正申请，第四十一条; never counted in 表三).
    ``received_on``: day of receipt in law, None while unconfirmed. ``counts_from``: day from which the current period
    runs: receipt, correction, payment, the order to handle it anew. ``outcome``: code of ``law.outcomes`` once decided.
    ``review_stage``: the step that is due next while in review. ``counted``: False for what table 三 leaves out
    (rectifications, cancelled registrations, applications withdrawn before they were received).

    ``ended_by``: kind of the event that ended it without an answer (lapse, withdrawal, cancelled registration), or "".
    ``answered_on``: the day by which it is told whether the answer was in time (国办公开办函〔2016〕235号).
    ``reopened_on``: when the organ was ordered to handle it anew; what the first decision came to is then in ``first_outcome``
    and ``first_decided_on``, and the rest stands as it does in a case not decided yet. ``reopened_until``: the day ordered.
    ``transferred_to``: code of the organ that handles it since it was transferred.
    ``extension_days``: working days approved; they count from ``extension_notified_on`` on.
    ``events``: as recorded; ``effective``: the same with what was set right since.
    """

    status: Status
    matter: Literal["application", "rectification"] = "application"
    channel: str = ""
    applicant_kind: str = ""
    registered_on: date | None = None
    submitted_on: date | None = None
    received_on: date | None = None
    counts_from: date | None = None
    counts_by: Literal["", "receipt", "correction", "payment", "reopening"] = ""
    imported: bool = False
    # 询问、收费
    correction_requested_on: date | None = None
    correction_until: date | None = None
    corrected_on: date | None = None
    reasons_requested_on: date | None = None
    reasons_until: date | None = None
    reasons_given_on: date | None = None
    delay_set_on: date | None = None
    delay_until: date | None = None
    fee_notified_on: date | None = None
    fee_received_on: date | None = None
    fee_paid_on: date | None = None
    fee_waived_on: date | None = None
    consultations: tuple[Consultation, ...] = ()
    # 办理
    divisions: tuple[str, ...] = ()  # keys of divisions it was assigned to
    assignments: tuple[Assignment, ...] = ()
    findings: tuple[Finding, ...] = ()
    extension_pending: bool = False
    extension_days: int = 0
    extension_approved_on: date | None = None
    extension_notified_on: date | None = None
    # 拟稿、审核
    draft: Draft | None = None
    review_stage: str = ""
    merged_with: tuple[str, ...] = ()
    # 决定、送达
    outcome: str = ""
    grounds: tuple[str, ...] = ()
    rectification: str = ""  # kind of the event that decided a rectification
    letter_number: str = ""  # 文号
    decided_on: date | None = None
    ended_by: str = ""
    dispatched_on: date | None = None
    answered_on: date | None = None
    delivered_on: date | None = None
    closed_on: date | None = None
    # 复议、诉讼后重新处理
    reopened_on: date | None = None
    reopened_until: date | None = None
    first_outcome: str = ""
    first_decided_on: date | None = None
    # 办结以后
    disclosure_suggested: bool = False  # a suggestion under 第四十四条 waits for its answer
    refusal_reviewed_on: date | None = None
    refusal_lifted: bool = False  # all of it was found fit to be disclosed (第十八条)
    transferred_to: str = ""
    archived_on: date | None = None
    counted: bool = True
    events: tuple[Event, ...] = ()
    effective: tuple[Event, ...] = ()

    def last(self, *kinds: str) -> Event | None:
        """The last event of one of these kinds, as set right since; None where there is none."""
        return next((event for event in reversed(self.effective) if event.kind in kinds), None)

    def once_done(self, kind: str) -> bool:
        """Whether there is an event of this kind, since the case was reopened where it was."""
        reopened, done = self.last("reopened"), self.last(kind)
        return done is not None and (reopened is None or done.number > reopened.number)

    def event(self, number: object) -> Event | None:
        """The event of this number, as set right since; None where there is none."""
        return next((event for event in self.effective if event.number == number), None)


_VALUES = attrgetter(*(one.name for one in fields(CaseState)))


def state_of(events: Iterable[Event]) -> CaseState:
    """The state after all events, in their order. Raises ValueError where the first is no registration."""
    numbered = tuple(event if event.number else replace(event, number=place) for place, event in enumerate(events, 1))
    if not numbered or numbered[0].kind != "registered":
        raise ValueError("a case begins with its registration")
    state = CaseState("unconfirmed", events=numbered)
    for event in effective(numbered):
        _apply(state, event)
    return state


def advanced(state: CaseState | None, event: Event) -> CaseState:
    """The state after one more event; None stands for no event yet. An event without number gets the next one."""
    if state is None or event.kind == "record_corrected":
        return state_of((*(state.events if state else ()), event))
    if not event.number:
        event = replace(event, number=len(state.events) + 1)
    after = CaseState(*_VALUES(state))
    object.__setattr__(after, "events", (*state.events, event))
    _apply(after, event)
    return after


def effective(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events with every correction of the record applied to the one it sets right."""
    found: dict[int, Event] = {}
    for event in events:
        found[event.number] = event
        if event.kind == "record_corrected" and (wrong := found.get(event.data["event"])):
            found[wrong.number] = set_right(wrong, event.data.get("values") or {}, event.data.get("personal", {}))
    return tuple(found.values())


def set_right(event: Event, values: Mapping[str, Any], personal: Mapping[str, Any]) -> Event:
    """The event with other values; ``on`` stands for its day, null takes a value away."""
    data = {**event.data, **{key: value for key, value in values.items() if key != "on"}}
    if personal:
        data["personal"] = {**event.data.get("personal", {}), **personal}
    kept = {key: value for key, value in data.items() if value is not None}
    return replace(event, on=date.fromisoformat(values["on"]) if values.get("on") else event.on, data=kept)


def _apply(state: CaseState, event: Event) -> None:
    """Lead a state that nobody else holds yet on by one event: a copy an event would cost more than all else."""
    if (event.kind == "registered") != (not state.effective):
        raise ValueError("a case has one registration, its first event")
    change = CHANGES.get(event.kind)
    changes = change(state, event) if change else {}
    for key, value in changes.items():
        object.__setattr__(state, key, value)
    object.__setattr__(state, "effective", (*state.effective, event))
    if changes:
        object.__setattr__(state, "status", _status(state))
        object.__setattr__(state, "review_stage", _stage(state))


def _status(state: CaseState) -> Status:
    if state.closed_on:
        return "closed"
    if state.decided_on:
        return "to_deliver"
    if state.received_on is None:
        return "unconfirmed"
    if state.correction_requested_on and not state.corrected_on:
        return "awaiting_correction"
    if state.fee_notified_on and not (state.fee_paid_on or state.fee_waived_on):
        return "awaiting_fee"
    if state.draft and state.draft.approved_on:
        return "to_issue"
    if state.draft and state.draft.submitted_on:
        return "in_review"
    if state.reasons_requested_on and not state.reasons_given_on:
        return "awaiting_reasons"
    return "open"


def _stage(state: CaseState) -> str:
    draft = state.draft
    if state.decided_on or state.closed_on or not draft or not draft.submitted_on or draft.approved_on:
        return ""
    return next((stage for stage in decisions()[draft.outcome].stages if stage not in draft.passed), "")
