"""What a step's form is filled in with beforehand: what the case already says, and days that the law or the organ counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from gongkai.law.case.steps import Step
from gongkai.law.fees import fee_per_item

from .desk import Desk
from .related import counted_before

Values = dict[str, Any]

_INTERNAL = 5
"""Working days that a division is given unless the answer is due sooner: a proposal, the person sets the day."""

_RESERVE = 5
"""Working days that are left for review, approval and sending out."""


def suggested(one: Desk, step: Step) -> Values:
    """Values by field; only such as a person would copy from the case or count on the calendar, and none for a field that
    is only asked where another field says so: it would stand there unasked."""
    found = _BY_STEP[step.key](one) if step.key in _BY_STEP else {}
    keys = {field.key for field in step.fields if field.when is None}
    return {key: value for key, value in found.items() if key in keys and value not in (None, "")}


def _assigned(one: Desk) -> Values:
    due = one.calendar.after(one.day, _INTERNAL)
    latest = one.clock.due
    if latest is not None and one.calendar.working_days(one.day, latest) > _RESERVE:
        due = min(due, _working_days_before(one, latest, _RESERVE))
    return {"internal_due": due, "matters": "请检索本科室是否制作或者保存所申请的信息，提出能否公开的意见和依据。"}


def _working_days_before(one: Desk, day: date, count: int) -> date:
    """The working day that lies ``count`` working days before ``day``."""
    while count:
        day -= timedelta(1)
        count -= one.calendar.is_working(day)
    return day


def _correction_requested(one: Desk) -> Values:
    return {"until": one.calendar.after(one.day, one.rules["correction_period"].length)}


def _reasons_requested(one: Desk) -> Values:
    return {"until": one.calendar.after(one.day, one.rules["reasons_period"].length)}


def _fee_notified(one: Desk) -> Values:
    """By items, where the applicant's number of applications in the month makes this one cost something: pages nobody has counted yet."""
    before = counted_before(one.case)
    fee = fee_per_item(before, 1)
    if not fee.amount:
        return {"before": before, "quantity": 1}
    how = f"同一申请人当月此前已申请{before}件，本件按件计收：{''.join(line.text for line in fee.lines)}"
    return {"basis": "per_item", "before": before, "quantity": 1, "amount": str(fee.amount), "explanation": how}


def _fee_paid(one: Desk) -> Values:
    notice = one.state.last("fee_notified")
    return {"amount": notice.data["amount"]} if notice else {}


def _extension(one: Desk) -> Values:
    asked = one.last("extension_requested")
    return {"days": asked.data["days"]} if asked else {}


def _consultation(one: Desk) -> Values:
    waiting = [each.number for each in one.state.consultations if each.answered_on is None]
    return {"consultation": waiting[0]} if len(waiting) == 1 else {}


def _decided(one: Desk) -> Values:
    return {"outcome": one.state.draft.outcome} if one.state.draft else {}


def _finding(one: Desk) -> Values:
    waiting = {each.division for each in one.state.assignments if each.answered_on is None}
    return {"division": waiting.pop() if len(waiting) == 1 else None}


def _dispatched(one: Desk) -> Values:
    wanted = one.state.effective[0].data.get("delivery_way", "")
    return {
        "method": {"collect": "direct", "post": "post", "email": "email", "fax": "fax", "online": "online"}.get(wanted)
    }


def _corrected(one: Desk) -> Values:
    return {"description": one.case.description}


_BY_STEP: Mapping[str, Callable[[Desk], Values]] = {
    "assigned": _assigned,
    "correction_requested": _correction_requested,
    "corrected": _corrected,
    "reasons_requested": _reasons_requested,
    "fee_notified": _fee_notified,
    "fee_paid": _fee_paid,
    "extension_approved": _extension,
    "consultation_received": _consultation,
    "consultation_reminded": _consultation,
    "consultation_answered": _consultation,
    "third_party_informed": _consultation,
    "finding_returned": _finding,
    "decided": _decided,
    "dispatched": _dispatched,
}
