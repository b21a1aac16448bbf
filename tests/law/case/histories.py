"""Random histories of cases: any offered next step with sound fields and days, and unlawful events that must be refused.

``histories`` is used by other tests too: statistics, chains of records and projections hold for whatever it makes.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from gongkai.law.calendar import Calendar
from gongkai.law.case.clock import clock
from gongkai.law.case.event import Event
from gongkai.law.case.exclusions import opinion_due
from gongkai.law.case.filling import applies
from gongkai.law.case.grounds import decisions, grounds_of
from gongkai.law.case.lawful import offered, refusals
from gongkai.law.case.lists import lists
from gongkai.law.case.needs import to_be_informed
from gongkai.law.case.state import CaseState, advanced
from gongkai.law.case.steps import Step, steps
from gongkai.law.time_limits import Rules

from .building import CALENDAR, RULES, personal_of

PEOPLE = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
TODAY = date(2026, 11, 21)
FIRST = date(2019, 5, 15)  # the regulations took effect

_REVIEWS = ("reviewed", "legally_reviewed", "confidentiality_reviewed", "approved")
_FORWARD, _USUAL, _ANY = range(3)
_ONWARD = (
    "receipt_confirmed", "corrected", "fee_paid", "finding_returned", "drafted", "submitted", *_REVIEWS,
    "decided", "dispatched", "delivered", "closed", "consultation_answered", "extension_approved", "extension_notified",
)  # fmt: skip
_DRIFTING = (
    "note",
    "contacted",
    "withdrawn",
    "transferred",
    "registration_cancelled",
    "record_corrected",
    "recalled",
    "returned",
    "mismatch_reported",
    "reopened",
)


_FEES = (
    {"basis": "per_item", "before": 10, "quantity": 1, "amount": "100.00"},
    {"basis": "per_item", "before": 28, "quantity": 4, "amount": "600.00"},
    {"basis": "per_page", "before": None, "quantity": 31, "amount": "10.00"},
    {"basis": "per_page", "before": None, "quantity": 120, "amount": "1100.00"},
)
"""Fees counted by hand from the tiers."""


@dataclass(frozen=True)
class History:
    """A lawful history. ``today``: the day on which it was looked at last; its events are all lawful by then."""

    events: tuple[Event, ...]
    state: CaseState
    today: date


@st.composite
def histories(
    draw,
    calendar: Calendar = CALENDAR,
    rules: Rules = RULES,
    first: date = FIRST,
    today: date = TODAY,
    longest: int = 22,
    ended: bool = False,
) -> History:
    """A case from its registration on. ``ended``: led on to its closing, which may then lie after ``today``."""
    now = draw(st.dates(first, today))
    event = lawful_event(draw, None, steps()["registered"], now, calendar, rules)
    state = advanced(None, event)
    for _ in range(draw(st.integers(0, longest))):
        now += timedelta(draw(st.sampled_from((0, 0, 1, 2, 4, 9, 16, 31))))
        if now > today:
            break
        choices = offered(state, calendar, rules, now)
        step = draw(st.sampled_from(_likely(choices, draw(st.sampled_from((_FORWARD, _USUAL, _USUAL, _ANY))))))
        state = advanced(state, lawful_event(draw, state, step, now, calendar, rules))
    if ended:
        state = brought_to_end(state, min(now, today), calendar, rules)
    return History(state.events, state, min(now, today))


def _likely(choices, kind):
    """The steps to choose from: those that lead on, all but those that lead nowhere, or any."""
    usual = [step for step in choices if step.key not in _DRIFTING]
    onward = [step for step in usual if step.key in _ONWARD]
    return {_FORWARD: onward, _USUAL: usual, _ANY: choices}[kind] or choices


def lawful_event(draw, state: CaseState | None, step: Step, today: date, calendar: Calendar, rules: Rules) -> Event:
    """A lawful event of an offered step, on today or, where that is lawful too, some days before."""
    event = _filled(draw, state, step, today, calendar, rules)
    found = refusals(state, event, calendar, rules, today, personal_of(step.key, event.data))
    assert not found, (event, found)
    earlier = replace(event, on=event.on - timedelta(draw(st.sampled_from((0, 0, 0, 1, 3)))))
    return event if refusals(state, earlier, calendar, rules, today, personal_of(step.key, event.data)) else earlier


def _filled(draw, state, step, today, calendar, rules):
    data = {}
    for one in step.fields:
        if one.personal or not applies(one, data) or not (one.required or draw(st.booleans())):
            continue
        data[one.key] = _value(draw, one, today, calendar)
    data |= _fitting(draw, state, step, data, today, calendar, rules)
    drafters = state.draft.drafters if state and state.draft and step.key in _REVIEWS else ()
    actor = draw(st.sampled_from([one for one in (*PEOPLE, "壬", "癸") if one not in drafters][:8] or ["子"]))
    data = {key: value for key, value in data.items() if value is not None}
    return Event(step.key, _day(state, step, data, today), data, actor)


def _value(draw, one, today, calendar):
    match one.type:
        case "date":
            days = draw(st.integers(15, 40) if one.future else st.integers(0, 3))
            return (calendar.after(today, days) if one.future else today).isoformat()
        case "choice":
            return draw(st.sampled_from([term.code for term in lists()[one.choices].terms]))
        case "choices":
            codes = [term.code for term in lists()[one.choices].terms]
            return draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True))
        case "yes_no":
            return draw(st.booleans())
        case "count":
            return draw(st.integers(1, 20))
        case "money":
            return f"{draw(st.integers(1, 99999))}.00"
        case "cases":
            return ["2025-0007"]
        case "files":
            return ["文件甲"]
        case "event" | "values":
            return None
        case _:
            return draw(st.sampled_from(("一", "某事项", "有关材料")))


def _day(state, step, data, today):
    """Today, but for a receipt that can't be later than the answer which is there already."""
    if step.key == "consultation_received":
        one = next(one for one in state.consultations if one.number == data["consultation"])
        return one.answered_on or today
    return today


def _fitting(draw, state, step, data, today, calendar, rules):
    """What fits the case where a value drawn at random would not."""
    match step.key:
        case "registered":
            natural = data["applicant_kind"] == "natural_person"
            fields = {"id_kind": "identity_card"} if natural else {}
            days = ("submitted_on", "signed_on", "confirmed_on")
            earlier = (today - timedelta(draw(st.sampled_from((0, 0, 1, 5))))).isoformat()
            return {**fields, **{key: earlier for key in days if key in data}}
        case "record_corrected":
            return {"event": 1, "values": {"description": "更正后的描述"}}
        case "corrected":
            return {"remark": "有正当理由"}
        case "delay_set":
            due = clock(state, calendar, rules, today).due
            return {"until": calendar.after(max(due, today), draw(st.integers(1, 60))).isoformat()}
        case "reopened":
            ordered = calendar.after(today, draw(st.integers(1, 40))).isoformat()
            return {"until": draw(st.sampled_from((None, ordered)))}
        case "consultation_received" | "consultation_reminded" | "consultation_answered" | "third_party_informed":
            return {"consultation": draw(st.sampled_from(_consultations(state, step.key)))}
        case "assigned":
            due = clock(state, calendar, rules, today).due
            busy = {one.division for one in state.assignments if not one.answered_on}
            free = [name for name in ("一科", "二科", "三科") if name not in busy] or [f"第{len(state.events)}科"]
            sooner = min(date.fromisoformat(data["internal_due"]), due) if due and due >= today else None
            return {"division": draw(st.sampled_from(free)), **({"internal_due": sooner.isoformat()} if sooner else {})}
        case "fee_notified":
            return dict(draw(st.sampled_from(_FEES)))
        case "fee_paid":
            return {"amount": state.last("fee_notified").data["amount"]}
        case "finding_returned" | "reminded":
            return {"division": draw(st.sampled_from([*state.divisions, None]))}
        case "drafted" | "answered_on_the_spot" | "imported_decision":
            return _outcome(draw, step.key)
        case "decided":
            return {"outcome": state.draft.outcome}
        case "closed":
            return {"without_proof": "邮件仍在途中"}
    return {}


def _consultations(state, kind):
    wanted = {
        "consultation_received": lambda one: not one.received_on,
        "consultation_reminded": lambda one: not one.answered_on,
        "consultation_answered": lambda one: not one.answered_on,
        "third_party_informed": lambda one: (
            one.whom == "third_party" and not one.informed_on and one.opinion != "agree"
        ),
    }[kind]
    return [one.number for one in state.consultations if wanted(one)]


def _outcome(draw, kind):
    possible = [code for code, one in decisions().items() if not one.lapse]
    if kind == "answered_on_the_spot":
        # nothing that may be disclosed here waits for a third party
        possible = [code for code in possible if decisions()[code].on_the_spot and not decisions()[code].discloses]
    outcome = draw(st.sampled_from(possible))
    codes = [one.code for one in grounds_of(outcome) if one.code != "withdrawn"]
    fields = {
        "outcome": outcome,
        "grounds": draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True)),
    }
    if kind == "drafted":
        told = {"earlier_case": ["2025-0001"] if outcome == "declined_repeat" else None}
        only = {"other_organ": ("unavailable_not_held", "partly_disclosed"), "public_interest": ("disclosed",)}
        return {**fields, **told, **{key: "某局" if outcome in codes else None for key, codes in only.items()}}
    if kind == "answered_on_the_spot":
        return {**fields, "review_result": None, "reviewed_by": None}  # asked only where something is disclosed
    return fields


def brought_to_end(state: CaseState, today: date, calendar: Calendar = CALENDAR, rules: Rules = RULES) -> CaseState:
    """The case led on to its closing by lawful events: withdrawn where it is undecided."""

    def take(kind, **data):
        nonlocal state
        event = Event(kind, today, data, "收尾人")
        found = refusals(state, event, calendar, rules, today, personal_of(kind, data))
        assert not found, (event, found)
        state = advanced(state, event)

    if not state.decided_on and not state.closed_on:
        take("withdrawn", how="letter")
    if state.status != "closed" and not state.ended_by and not state.dispatched_on:
        take("dispatched", method="post")
    for one in to_be_informed(state) if state.status != "closed" else ():
        take("third_party_informed", consultation=one.number, content="内容", reasons="理由")
    if state.status != "closed":
        take("closed", without_proof="没有回执")
    return state


@st.composite
def unlawful_events(draw, state: CaseState, today: date, calendar: Calendar = CALENDAR, rules: Rules = RULES) -> Event:
    """An event that must be refused: a lawful one with one thing made wrong, or a step that the case does not allow."""
    step = draw(st.sampled_from(offered(state, calendar, rules, today)))
    event = _filled(draw, state, step, today, calendar, rules)
    wrongs = [
        replace(event, on=today + timedelta(1)),
        replace(event, kind="registered"),
        replace(event, kind="不存在的步骤"),
        replace(event, data={**event.data, "purpose": "自用"}),
        *_of_each_field(step, event, today),
    ]
    if state.received_on or state.submitted_on:
        wrongs.append(replace(event, on=(state.received_on or state.submitted_on) - timedelta(1)))
    if not step.unattended:
        wrongs.append(replace(event, actor=""))
    if step.key in _REVIEWS:
        wrongs.append(replace(event, actor=state.draft.drafters[0]))
    closed_off = [one for one in steps().values() if state.status not in one.statuses]
    wrongs.append(replace(event, kind=draw(st.sampled_from(closed_off)).key))
    if step.key == "consulted" and draw(st.booleans()):
        wrongs.append(replace(event, data={**event.data, "received_on": (today - timedelta(1)).isoformat()}))
    for one in state.consultations:
        if one.whom == "third_party" and not one.answered_on and one.received_on and state.status == "in_review":
            approval = Event("approved", min(today, opinion_due(one, calendar, rules)), {}, "批准的人")
            if decisions()[state.draft.outcome].discloses:
                wrongs.append(approval)
    return draw(st.sampled_from(wrongs))


def _of_each_field(step, event, today):
    for one in step.fields:
        if one.personal or not applies(one, event.data):
            continue
        if one.required:
            yield replace(event, data={key: value for key, value in event.data.items() if key != one.key})
            yield replace(event, data={**event.data, one.key: ""})
        wrong = {"choice": "没有这一项", "choices": ["没有这一项"], "date": "2026-02-30", "count": -1, "money": "5"}
        others = {"yes_no": "是", "event": "一", "values": [1], "cases": "2026-0001", "files": [1]}
        yield replace(event, data={**event.data, one.key: {**wrong, **others}.get(one.type, 7)})
        if one.type == "date" and not one.future:
            yield replace(event, data={**event.data, one.key: (today + timedelta(1)).isoformat()})
