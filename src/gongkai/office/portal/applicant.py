"""A case as its applicant may see it: state in plain words, due date with its spans, letters to them, what they may do.

Of others' opinions, names, drafts and reviews nothing is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongkai.law.case.clock import Clock, SideLimit, Span, clock
from gongkai.law.case.lawful import offered
from gongkai.law.case.state import CaseState, state_of
from gongkai.law.case.steps import Step, steps
from gongkai.law.outcomes import outcomes
from gongkai.law.remedy_notice import ANY_COURT, Notice, remedy_notice

from ..calendars import law_of
from ..cases.events import as_event
from ..cases.handling import handler_at
from ..cases.history import rows_of
from ..cases.models import Case, CaseEvent
from ..cases.remedy import withheld
from ..organs.models import Organ
from ..organs.reconsideration import reconsideration_organs_of
from ..vault.models import StoredFile
from .online import OnlineForm, online_forms

STATES: Mapping[str, str] = {
    "unconfirmed": "您的申请已经登记，等待双方确认收到。机关会按您留的联系方式与您确认；确认之日为收到申请之日，答复期限从第二天起算。",
    "open": "正在办理。",
    "awaiting_correction": "需要您补正。请按照补正告知书列明的事项补正；收到补正的申请后，答复期限重新计算。",
    "awaiting_reasons": "需要您说明理由。机关认为申请的数量、频次明显超过合理范围。",
    "awaiting_fee": "需要您缴纳信息处理费。请按照收费通知办理；缴费后办理期限重新计算。",
    "in_review": "正在办理：答复正在审核。",
    "to_issue": "正在办理：答复正在制发。",
    "to_deliver": "答复已经作出，正在送达。",
    "closed": "已经办结。",
}

ENDINGS: Mapping[str, str] = {
    "withdrawn": "您已经撤回申请，机关不再办理。",
    "lapsed_uncorrected": "您没有在补正期限内补正，视为放弃申请，机关不再办理。需要的可以再次申请。",
    "lapsed_fee_unpaid": "您没有在期限内缴纳信息处理费，视为放弃申请，机关不再办理。需要的可以再次申请。",
    "registration_cancelled": "这一登记已经撤销。有疑问的，请向受理机关询问。",
}
"""What is said instead where a case ended without an answer."""

_TOLD = frozenset(
    [
        "registered",
        "receipt_confirmed",
        "correction_requested",
        "corrected",
        "reasons_requested",
        "reasons_given",
        "delay_set",
        "consulted",
        "fee_notified",
        "fee_paid",
        "fee_waived",
        "extension_notified",
        "decided",
        "answered_on_the_spot",
        "lapsed_uncorrected",
        "lapsed_fee_unpaid",
        "withdrawn",
        "rectified",
        "rectification_forwarded",
        "rectification_redirected",
        "rectification_refused",
        "dispatched",
        "delivered",
        "closed",
        "disclosure_suggested",
        "disclosure_decided",
        "registration_cancelled",
        "mismatch_reported",
        "reopened",
        "transferred",
    ]
)
"""Events that the applicant is told of: that and when they happened, not what was written down."""

_NOTICES = frozenset(["correction_requested", "reasons_requested", "delay_set", "fee_notified", "extension_notified"])
"""Letters sent while the case goes on: with the event, by the method it names."""

_ANSWERS = frozenset(
    [
        "decided",
        "lapsed_uncorrected",
        "lapsed_fee_unpaid",
        "rectified",
        "rectification_forwarded",
        "rectification_redirected",
        "rectification_refused",
    ]
)
"""Letters that end it: to be had online once they were dispatched so."""

_ONLINE = ("corrected", "reasons_given", "withdrawn", "mismatch_reported", "disclosure_suggested")
_DISCLOSED = frozenset(["disclosed", "partly_disclosed"])

_OWN_LIMITS = frozenset(["correction", "reasons", "fee"])
"""Periods that the applicant has to keep."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to the applicant. ``answer``: it is what the case came to, and fetching it is its delivery."""

    title: str
    on: date
    file: StoredFile
    answer: bool


@dataclass(frozen=True, slots=True)
class ApplicantsCase:
    """``spans``: the clock's, without whom the organ consulted; ``told``: what happened, oldest first; ``requests``: what the
    organ asks of the applicant, in its words; ``own_limits``: until when; ``forms``: what the applicant may do now;
    ``remedy``: how to seek one, where there is an answer."""

    case: Case
    state: CaseState
    clock: Clock
    spans: tuple[Span, ...]
    words: str
    outcome: str
    told: tuple[tuple[date, str], ...]
    requests: tuple[tuple[str, str], ...]
    letters: tuple[Letter, ...]
    forms: tuple[OnlineForm, ...]
    own_limits: tuple[SideLimit, ...]
    remedy: Notice | None
    may_confirm_delivery: bool


def applicants_case(case: Case, today: date) -> ApplicantsCase:
    """The case as its applicant sees it on a day."""
    rows = rows_of(case)
    state = state_of(map(as_event, rows))
    law = law_of(case.handled_by)
    lawful = offered(state, law.calendar, law.rules, today)
    found = clock(state, law.calendar, law.rules, today)
    answered = state.answered_on is not None
    decided = state.last("decided", "answered_on_the_spot", "imported_decision")
    return ApplicantsCase(
        case=case,
        state=state,
        clock=found,
        spans=tuple(_without_names(span, state) for span in found.spans),
        words=ENDINGS.get(state.ended_by) or STATES[state.status],
        outcome=outcomes()[state.outcome].label if answered and state.outcome else "",
        told=tuple((event.on, steps()[event.kind].done) for event in state.effective if event.kind in _TOLD),
        requests=tuple(_requests(state)),
        letters=tuple(_letters(rows, state)),
        forms=tuple(_forms(lawful, state)),
        own_limits=tuple(limit for limit in found.side_limits if limit.key in _OWN_LIMITS),
        remedy=_remedy(handler_at(case, state, decided.number), state) if answered and decided else None,
        may_confirm_delivery=any(step.key == "delivered" for step in lawful),
    )


def _without_names(span: Span, state: CaseState) -> Span:
    """The span without whom the organ consulted."""
    why = span.why
    for one in state.consultations:
        why = why.replace(f"“{one.name}”", "").replace(one.name, "")
    return replace(span, why=why)


def _requests(state: CaseState) -> list[tuple[str, str]]:
    """What the organ asks for now, and until when."""
    if state.status == "awaiting_correction" and (asked := state.last("correction_requested")):
        return [("需要补正的事项", str(asked.data.get("matters", "")))]
    if state.status == "awaiting_reasons" and (asked := state.last("reasons_requested")):
        return [("机关说明的情况", str(asked.data.get("grounds", "")))]
    return []


def _letters(rows: list[CaseEvent], state: CaseState) -> list[Letter]:
    """Notices as they were sent, and once the answer was dispatched online, the answer with what it gives out."""
    registered = state.last("registered")
    online = registered is not None and registered.data.get("delivery_way") == "online"
    dispatched = [
        event for event in state.effective if event.kind == "dispatched" and event.data.get("method") == "online"
    ]
    found: list[Letter] = []
    for row in rows:
        if row.kind in _NOTICES and row.data.get("method", "online" if online else "") == "online":
            found += _files(row, "letter", answer=False)
        elif row.kind in _ANSWERS and dispatched:
            found += _files(row, "letter", answer=True)
        elif state.draft is not None and row.number == state.draft.number and dispatched and state.decided_on:
            found += _files(row, "enclosures", answer=True)
    return found


def _files(row: CaseEvent, field: str, *, answer: bool) -> list[Letter]:
    kept = (one.file for one in row.files.all() if one.field == field and one.file.erased_at is None)
    return [Letter(file.name, row.on, file, answer) for file in kept]


def _forms(lawful: tuple[Step, ...], state: CaseState) -> list[OnlineForm]:
    open_steps = {step.key for step in lawful if step.unattended}
    if state.answered_on is None:
        open_steps -= {"mismatch_reported", "disclosure_suggested"}
    elif state.outcome not in _DISCLOSED or state.disclosure_suggested:
        open_steps -= {"disclosure_suggested"}
    return [online_forms()[key] for key in _ONLINE if online_forms()[key].step in open_steps]


def _remedy(organ: Organ, state: CaseState) -> Notice | None:
    """The paragraph as the answer has it; None for what the law of remedies does not tell."""
    if not state.outcome or state.decided_on is None:
        return None
    return remedy_notice(
        state.outcome,
        state.decided_on,
        withheld(state.grounds),
        reconsideration_organ=reconsideration_organs_of(organ, state.decided_on),
        court=organ.court or ANY_COURT,
    )
