"""The remedy paragraph (救济告知) of a letter, by the organ, the outcome and the day; a draft for the legal reviewer."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.law.case.grounds import grounds
from gongkai.law.remedy_notice import ANY_COURT, Notice, letter_notice, remedy_notice
from gongkai.law.terms import LawError

from ..organs.reconsideration import reconsideration_organs_of
from .desk import Desk
from .models import CaseEvent

_OTHER_LETTERS = {
    "third_party_informed": "third_party_told",
    "rectified": "rectification",
    "rectification_refused": "rectification",
    "fee_notice": "fee_notice",
}

_LAPSES = {"lapsed_uncorrected": "other_uncorrected", "lapsed_fee_unpaid": "other_fee_unpaid"}


def remedy_text(one: Desk, row: CaseEvent, letter_key: str) -> str:
    """The paragraph, "" where the letter needs none or the organ's record does not tell who reconsiders."""
    notice = remedy_of(one, row, letter_key)
    return notice.text if notice else ""


def remedy_of(one: Desk, row: CaseEvent, letter_key: str) -> Notice | None:
    """The paragraph with its basis and its mark."""
    organ = one.organ_at(row)
    organs = reconsideration_organs_of(organ, row.on)
    court = organ.court or ANY_COURT
    draft = one.last("drafted")
    outcome = row.data.get("outcome") or _LAPSES.get(row.kind)
    try:
        if letter_key in _OTHER_LETTERS:
            return letter_notice(_OTHER_LETTERS[letter_key], reconsideration_organ=organs, court=court)
        if outcome:
            codes = row.data.get("grounds") or (draft.data.get("grounds") if draft else None) or ()
            return remedy_notice(outcome, row.on, withheld(codes), reconsideration_organ=organs, court=court)
    except LawError:
        return None
    return None


def withheld(codes: Sequence[str]) -> list[str]:
    """The outcomes under which parts were not given, by the grounds of a partial disclosure."""
    found: list[str] = []
    for code in codes:
        own = (
            [each for each in grounds()[code].outcomes if each not in ("disclosed", "partly_disclosed")]
            if code in grounds()
            else []
        )
        found += own[:1]
    return list(dict.fromkeys(found))
