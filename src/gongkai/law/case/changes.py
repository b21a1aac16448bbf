"""What each kind of event changes in the state of a case, one small function a kind. A kind that is not here changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .event import Event
from .facts import Assignment, Consultation, Draft, Finding
from .grounds import grounds_of

if TYPE_CHECKING:
    from .state import CaseState

Changes = dict[str, Any]


def _registered(state: CaseState, event: Event) -> Changes:
    """The day of receipt follows the channel (第三十一条)."""
    data, channel = event.data, event.data["channel"]
    received = {"in_person": event.day("submitted_on"), "post": event.day("signed_on")}
    on = received[channel] if channel in received else event.day("confirmed_on")
    return {
        "matter": data["matter"],
        "channel": channel,
        "applicant_kind": data["applicant_kind"],
        "registered_on": event.on,
        "submitted_on": event.day("submitted_on") or event.day("signed_on"),
        "imported": data.get("imported", False),
        "counted": data["matter"] == "application",
        **(_received(on) if on else {}),
    }


def _received(on: Any) -> Changes:
    return {"received_on": on, "counts_from": on, "counts_by": "receipt"}


def _receipt_confirmed(state: CaseState, event: Event) -> Changes:
    return _received(event.on)


def _registration_cancelled(state: CaseState, event: Event) -> Changes:
    return {"ended_by": event.kind, "closed_on": event.on, "counted": False}


def _correction_requested(state: CaseState, event: Event) -> Changes:
    return {"correction_requested_on": event.on, "correction_until": event.day("until")}


def _corrected(state: CaseState, event: Event) -> Changes:
    return {"corrected_on": event.on, "counts_from": event.on, "counts_by": "correction"}


def _reasons_requested(state: CaseState, event: Event) -> Changes:
    return {"reasons_requested_on": event.on, "reasons_until": event.day("until")}


def _reasons_given(state: CaseState, event: Event) -> Changes:
    return {"reasons_given_on": event.on}


def _delay_set(state: CaseState, event: Event) -> Changes:
    return {"delay_set_on": event.on, "delay_until": event.day("until")}


def _consulted(state: CaseState, event: Event) -> Changes:
    received = event.day("received_on")
    new = Consultation(event.number, event.data["whom"], event.data["name"], event.on, received)
    return {"consultations": (*state.consultations, new)}


def _consultation_received(state: CaseState, event: Event) -> Changes:
    return _of_consultation(state, event, received_on=event.on)


def _consultation_answered(state: CaseState, event: Event) -> Changes:
    opinion, reasonable = event.data["opinion"], event.data.get("reasonable")
    return _of_consultation(state, event, answered_on=event.on, opinion=opinion, reasonable=reasonable)


def _third_party_informed(state: CaseState, event: Event) -> Changes:
    return _of_consultation(state, event, informed_on=event.on)


def _of_consultation(state: CaseState, event: Event, **facts: Any) -> Changes:
    number = event.data["consultation"]
    changed = (replace(one, **facts) if one.number == number else one for one in state.consultations)
    return {"consultations": tuple(changed)}


def _fee_notified(state: CaseState, event: Event) -> Changes:
    return {"fee_notified_on": event.on, "fee_received_on": event.day("received_on")}


def _fee_notice_received(state: CaseState, event: Event) -> Changes:
    return {"fee_received_on": event.on}


def _fee_paid(state: CaseState, event: Event) -> Changes:
    return {"fee_paid_on": event.on, "counts_from": event.on, "counts_by": "payment"}


def _fee_waived(state: CaseState, event: Event) -> Changes:
    return {"fee_waived_on": event.on}


def _assigned(state: CaseState, event: Event) -> Changes:
    division, due = event.data["division"], event.day("internal_due")
    assert due is not None  # required
    return {
        "divisions": tuple(dict.fromkeys((*state.divisions, division))),
        "assignments": (*state.assignments, Assignment(event.number, division, event.on, due)),
    }


def _finding_returned(state: CaseState, event: Event) -> Changes:
    data, division = event.data, event.data.get("division", "")
    new = Finding(event.number, data["finding"], event.on, division, data.get("proposed", ""))
    answered = (
        replace(one, answered_on=event.on) if one.division == division and not one.answered_on else one
        for one in state.assignments
    )
    return {"findings": (*state.findings, new), "assignments": tuple(answered)}


def _extension_requested(state: CaseState, event: Event) -> Changes:
    return {"extension_pending": True}


def _extension_approved(state: CaseState, event: Event) -> Changes:
    return {"extension_pending": False, "extension_days": event.data["days"], "extension_approved_on": event.on}


def _extension_refused(state: CaseState, event: Event) -> Changes:
    return {"extension_pending": False}


def _extension_notified(state: CaseState, event: Event) -> Changes:
    return {"extension_notified_on": event.on}


def _merged(state: CaseState, event: Event) -> Changes:
    return {"merged_with": tuple(dict.fromkeys((*state.merged_with, *event.data["cases"])))}


def _drafted(state: CaseState, event: Event) -> Changes:
    before = state.draft
    outcome = event.data["outcome"]
    draft = Draft(
        event.number,
        before.version + 1 if before else 1,
        outcome,
        _grounds(outcome, event),
        tuple(dict.fromkeys((*(before.drafters if before else ()), event.actor))),
        bool(event.data.get("public_interest")),
    )
    return {"draft": draft}


def _grounds(outcome: str, event: Event) -> tuple[str, ...]:
    """The grounds named, or the only one that the outcome can have."""
    only = grounds_of(outcome)
    return tuple(event.data.get("grounds", ())) or ((only[0].code,) if len(only) == 1 else ())


def _submitted(state: CaseState, event: Event) -> Changes:
    return _of_draft(state, submitted_on=event.on, passed=())


def _back_to_drafting(state: CaseState, event: Event) -> Changes:
    return _of_draft(state, submitted_on=None, passed=(), approved_on=None)


def _passed(state: CaseState, event: Event) -> Changes:
    return _of_draft(state, passed=(*(state.draft.passed if state.draft else ()), event.kind))


def _approved(state: CaseState, event: Event) -> Changes:
    return _of_draft(state, passed=(*(state.draft.passed if state.draft else ()), event.kind), approved_on=event.on)


def _of_draft(state: CaseState, **facts: Any) -> Changes:
    return {"draft": replace(state.draft, **facts) if state.draft else None}


def _decided(state: CaseState, event: Event) -> Changes:
    return {
        "outcome": event.data["outcome"],
        "grounds": state.draft.grounds if state.draft else (),
        "letter_number": event.data["number"],
        "decided_on": event.on,
    }


def _answered_on_the_spot(state: CaseState, event: Event) -> Changes:
    outcome = event.data["outcome"]
    return {
        "outcome": outcome,
        "grounds": _grounds(outcome, event),
        "letter_number": event.data.get("number", ""),
        **dict.fromkeys(("decided_on", "dispatched_on", "answered_on", "delivered_on"), event.on),
    }


def _imported_decision(state: CaseState, event: Event) -> Changes:
    outcome, sent = event.data["outcome"], event.day("dispatched_on")
    return {
        "outcome": outcome,
        "grounds": _grounds(outcome, event),
        "letter_number": event.data.get("number", ""),
        "decided_on": event.on,
        "dispatched_on": sent,
        "answered_on": sent,
        "closed_on": max(sent, event.on) if sent else event.on,
    }


def _lapsed(outcome: str, ground: str) -> Callable[[CaseState, Event], Changes]:
    def change(state: CaseState, event: Event) -> Changes:
        ended = {"outcome": outcome, "grounds": (ground,), "decided_on": event.on, "ended_by": event.kind}
        return {**ended, "letter_number": event.data.get("number", "")}

    return change


def _withdrawn(state: CaseState, event: Event) -> Changes:
    """Withdrawn before it was received in law, it was never an application to be counted."""
    if state.received_on is None:
        return {"ended_by": event.kind, "closed_on": event.on, "counted": False}
    if state.matter == "rectification":
        return {"decided_on": event.on, "ended_by": event.kind}
    return _lapsed("other", "withdrawn")(state, event)


def _rectification(state: CaseState, event: Event) -> Changes:
    return {"rectification": event.kind, "decided_on": event.on, "letter_number": event.data.get("number", "")}


def _dispatched(state: CaseState, event: Event) -> Changes:
    """The first sending counts; what ended without an answer is not answered by the notice of it."""
    first = state.dispatched_on or event.on
    return {"dispatched_on": first, "answered_on": None if state.ended_by else first}


def _delivered(state: CaseState, event: Event) -> Changes:
    return {"delivered_on": event.on}


def _closed(state: CaseState, event: Event) -> Changes:
    return {"closed_on": event.on}


def _disclosure_suggested(state: CaseState, event: Event) -> Changes:
    return {"disclosure_suggested": True}


def _disclosure_decided(state: CaseState, event: Event) -> Changes:
    return {"disclosure_suggested": False}


def _refusal_reviewed(state: CaseState, event: Event) -> Changes:
    return {"refusal_reviewed_on": event.on, "refusal_lifted": event.data["result"] == "disclosable"}


def _reopened(state: CaseState, event: Event) -> Changes:
    """All is as before a decision again; what was asked of the applicant and came in stays, what was left open is dropped."""
    afresh: Changes = {
        "reopened_on": event.on,
        "reopened_until": event.day("until"),
        "first_outcome": state.first_outcome or state.outcome,
        "first_decided_on": state.first_decided_on or state.decided_on,
        "counts_from": event.on,
        "counts_by": "reopening",
        **dict.fromkeys(("outcome", "rectification", "letter_number", "ended_by"), ""),
        **dict.fromkeys(("decided_on", "dispatched_on", "answered_on", "delivered_on", "closed_on", "archived_on")),
        **dict.fromkeys(("reasons_requested_on", "reasons_until", "reasons_given_on", "delay_set_on", "delay_until")),
        **dict.fromkeys(("extension_approved_on", "extension_notified_on", "draft", "refusal_reviewed_on")),
        **dict.fromkeys(("extension_pending", "disclosure_suggested", "refusal_lifted"), False),
        "extension_days": 0,
        "grounds": (),
    }
    if not state.corrected_on:
        afresh |= dict.fromkeys(("correction_requested_on", "correction_until"))
    if not (state.fee_paid_on or state.fee_waived_on):
        afresh |= dict.fromkeys(("fee_notified_on", "fee_received_on"))
    return afresh


def _transferred(state: CaseState, event: Event) -> Changes:
    """The divisions of the organ that had it have it no longer; nor does its leave to issue a draft bind the one that has it now."""
    changes: Changes = {
        "transferred_to": event.data["organ"],
        "divisions": (),
        "assignments": tuple(one for one in state.assignments if one.answered_on),
    }
    return changes if state.decided_on else {**changes, **_back_to_drafting(state, event)}


def _archived(state: CaseState, event: Event) -> Changes:
    return {"archived_on": event.on}


CHANGES: Mapping[str, Callable[[CaseState, Event], Changes]] = MappingProxyType(
    {
        "registered": _registered,
        "receipt_confirmed": _receipt_confirmed,
        "registration_cancelled": _registration_cancelled,
        "correction_requested": _correction_requested,
        "corrected": _corrected,
        "reasons_requested": _reasons_requested,
        "reasons_given": _reasons_given,
        "delay_set": _delay_set,
        "consulted": _consulted,
        "consultation_received": _consultation_received,
        "consultation_answered": _consultation_answered,
        "third_party_informed": _third_party_informed,
        "fee_notified": _fee_notified,
        "fee_notice_received": _fee_notice_received,
        "fee_paid": _fee_paid,
        "fee_waived": _fee_waived,
        "assigned": _assigned,
        "finding_returned": _finding_returned,
        "extension_requested": _extension_requested,
        "extension_approved": _extension_approved,
        "extension_refused": _extension_refused,
        "extension_notified": _extension_notified,
        "merged": _merged,
        "drafted": _drafted,
        "submitted": _submitted,
        "recalled": _back_to_drafting,
        "returned": _back_to_drafting,
        "reviewed": _passed,
        "legally_reviewed": _passed,
        "confidentiality_reviewed": _passed,
        "approved": _approved,
        "decided": _decided,
        "answered_on_the_spot": _answered_on_the_spot,
        "imported_decision": _imported_decision,
        "lapsed_uncorrected": _lapsed("other_uncorrected", "uncorrected"),
        "lapsed_fee_unpaid": _lapsed("other_fee_unpaid", "fee_unpaid"),
        "withdrawn": _withdrawn,
        "rectified": _rectification,
        "rectification_forwarded": _rectification,
        "rectification_redirected": _rectification,
        "rectification_refused": _rectification,
        "dispatched": _dispatched,
        "delivered": _delivered,
        "closed": _closed,
        "disclosure_suggested": _disclosure_suggested,
        "disclosure_decided": _disclosure_decided,
        "refusal_reviewed": _refusal_reviewed,
        "reopened": _reopened,
        "transferred": _transferred,
        "archived": _archived,
    }
)
