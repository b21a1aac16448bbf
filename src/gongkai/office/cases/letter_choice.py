"""Which letters (文书) an event of a case calls for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.letters import Letter, letter, letters_for_outcome

from .desk import Desk
from .models import CaseEvent
from .needs import reveal

_BY_KIND: Mapping[str, tuple[str, ...]] = {
    "registered": ("registration_form", "registration_receipt"),
    "receipt_confirmed": ("receipt_confirmation", "registration_receipt"),
    "correction_requested": ("correction_notice",),
    "reasons_requested": ("reasons_notice",),
    "delay_set": ("delay_notice",),
    "extension_notified": ("extension_notice",),
    "fee_notified": ("fee_notice",),
    "third_party_informed": ("third_party_informed",),
    "submitted": ("approval_sheet",),
    "lapsed_uncorrected": ("lapsed_uncorrected",),
    "lapsed_fee_unpaid": ("lapsed_unpaid",),
    "withdrawn": ("withdrawn",),
    "rectified": ("rectified",),
    "rectification_refused": ("rectification_refused",),
    "rectification_forwarded": ("rectification_forwarded",),
    "rectification_redirected": ("rectification_elsewhere",),
    "disclosure_decided": ("suggestion_reply",),
    "transferred": ("transfer_notice",),
    "dispatched": ("delivery_record",),
}
"""Letters by the kind of the event that sends or draws them up."""

_BY_PARTY: Mapping[str, tuple[str, ...]] = {
    "third_party": ("third_party_letter", "opinion_reply", "consultation_notice"),
    "co_producer": ("co_producer_letter", "consultation_notice"),
    "other_organ": ("assistance_letter", "consultation_notice"),
}


def letters_of_event(row: CaseEvent) -> tuple[Letter, ...]:
    """The letters of one event, the usual one first."""
    return letters_of_step(row.kind, row.data)


def letters_of_step(kind: str, data: Mapping[str, Any]) -> tuple[Letter, ...]:
    """The letters of a step that is taken with these data, the usual one first; none where the data don't tell."""
    if kind in ("decided", "answered_on_the_spot", "drafted"):
        return letters_for_outcome(data.get("outcome", ""))
    if kind == "consulted":
        return tuple(letter(key) for key in _BY_PARTY.get(data.get("whom", ""), ()))
    return tuple(letter(key) for key in _BY_KIND.get(kind, ()))


def may_draw_up(one: Desk, letter: Letter) -> bool:
    """Whether the person may have this letter: the registration form prints what the case page masks."""
    return letter.key not in _IDENTIFYING or not one.roles.isdisjoint(reveal.roles)


_IDENTIFYING = frozenset({"registration_form"})


def letters_of(one: Desk) -> list[tuple[CaseEvent, Letter]]:
    """What can be drawn up for the case, the newest event first. A draft's letter gives way to the decision's."""
    decided = one.last("decided")
    drafted = one.last("drafted")
    rows = [row for row in reversed(one.rows) if row.kind != "drafted" or (row is drafted and decided is None)]
    found: dict[str, tuple[CaseEvent, Letter]] = {}
    for row in rows:
        if row.kind == "registered" and one.state.received_on is None:
            continue  # what it says of the day of receipt is not known yet
        for each in letters_of_event(row):
            if not may_draw_up(one, each):
                continue
            if row.kind == "consulted":
                found[f"{each.key} {row.number}"] = (row, each)
            else:
                found.setdefault(each.key, (row, each))
    return list(found.values())
