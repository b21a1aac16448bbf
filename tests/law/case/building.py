"""Events and cases for tests: a test says what matters to it, the rest is filled in soundly."""

from datetime import date

from gongkai.law.calendar import Calendar, national_calendar
from gongkai.law.case.event import Event
from gongkai.law.case.filling import applies
from gongkai.law.case.grounds import decisions
from gongkai.law.case.lawful import refusals
from gongkai.law.case.lists import lists
from gongkai.law.case.state import advanced
from gongkai.law.case.steps import steps
from gongkai.law.time_limits import default_rules

CALENDAR = Calendar(tuple(record for record in national_calendar().notices if record.year <= 2026))
"""Known to the end of 2026, whatever notices the program has by now."""

RULES = default_rules()

_TEXT = {"text": "文字", "long_text": "一段文字。", "count": 5, "money": "100.00", "yes_no": True}
_PREFERRED = {
    "registered": {
        "matter": "application",
        "channel": "in_person",
        "applicant_kind": "natural_person",
        "id_kind": "identity_card",
        "form": "paper",
        "delivery_way": "post",
    },
    "fee_notified": {"basis": "per_item", "before": 10, "quantity": 1, "amount": "100.00"},
    "consulted": {"whom": "third_party", "name": "甲公司"},
    "drafted": {"outcome": "disclosed", "grounds": ["provided"]},
    "answered_on_the_spot": {"outcome": "disclosed", "grounds": ["published"]},
    "decided": {"outcome": "disclosed"},
    "finding_returned": {"finding": "held"},
    "closed": {"without_proof": "邮件仍在途中。"},
}


def personal_of(kind, data):
    """The personal fields of a step that may be given with these data."""
    return frozenset(one.key for one in steps()[kind].fields if one.personal and applies(one, data))


def make_event(kind, on, actor="经办人", **given):
    """An event with every required field filled in."""
    step, day = steps()[kind], on if isinstance(on, date) else date.fromisoformat(on)
    data = {**_PREFERRED.get(kind, {}), **given}
    for one in step.fields:
        if one.required and not one.personal and one.key not in data and applies(one, data):
            data[one.key] = _sound(one, day)
    return Event(kind, day, {key: value for key, value in data.items() if value is not None}, actor)


def _sound(one, day):
    match one.type:
        case "date":
            return (CALENDAR.after(day, 15) if one.future else day).isoformat()
        case "choice":
            return lists()[one.choices].terms[0].code
        case "choices":
            return [lists()[one.choices].terms[0].code]
        case "division" | "organ" | "person":
            return one.type
        case "cases" | "files":
            return ["2026-0001"]
        case other:
            return _TEXT[other]


def refused(state, event, today=None, calendar=CALENDAR, rules=RULES, personal=None):
    """What speaks against the event, on the day it happens unless ``today`` is given."""
    given = personal_of(event.kind, event.data) if personal is None else personal
    return refusals(state, event, calendar, rules, today or event.on, given)


def make_case(*events, state=None, calendar=CALENDAR, rules=RULES):
    """The state after lawful events, each given as (kind, day, fields) or as an Event."""
    for one in events:
        event = one if isinstance(one, Event) else make_event(one[0], one[1], **(one[2] if len(one) > 2 else {}))
        found = refused(state, event, calendar=calendar, rules=rules)
        assert not found, (event, found)
        state = advanced(state, event)
    return state


def answered(outcome="disclosed", grounds=("provided",), day="2026-10-12", **drafted):
    """The events from draft to sending of an answer, all on one day."""
    events = [
        make_event("drafted", day, outcome=outcome, grounds=list(grounds), **drafted),
        make_event("submitted", day),
    ]
    events += [make_event(stage, day, actor=f"{stage}的人") for stage in decisions()[outcome].stages]
    return [*events, make_event("decided", day, outcome=outcome), make_event("dispatched", day, method="direct")]
