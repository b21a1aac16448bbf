"""Periods that run beside the answer's (其他期限): for a correction, an opinion, a payment, a division, a later review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..time_limits import Mark
from .exclusions import opinion_due
from .grounds import decisions, grounds
from .lists import label_of
from .state import CaseState

if TYPE_CHECKING:
    from ..calendar import Calendar
    from ..time_limits import Rules

_SILENCE = {
    "third_party": "逾期未提出意见的，由本机关依照条例决定是否公开，不等于同意",
    "co_producer": "逾期未提出意见的，视为同意公开",
    "other_organ": "逾期未提出意见的，由本机关依照条例决定是否公开",
}


@dataclass(frozen=True, slots=True)
class SideLimit:
    """Another period that runs beside the answer's: ``what`` is due on ``due`` under ``article``, and what happens then.

    ``event``: number of the event that began it, 0 for the receipt. ``mark``: "memory"/"infer" where its length is a setting.
    """

    key: str
    what: str
    due: date
    article: str
    provisional: bool = False
    event: int = 0
    mark: Mark = ""


def side_limits(state: CaseState, calendar: Calendar, rules: Rules, today: date) -> tuple[SideLimit, ...]:
    """The periods that run now, the nearest first. One that has run out stays until what it waits for is recorded, but
    for the notice to correct, for which it is then too late."""
    return tuple(sorted(_running(state, calendar, rules, today), key=lambda limit: (limit.due, limit.key, limit.event)))


def _running(state: CaseState, calendar: Calendar, rules: Rules, today: date) -> Iterator[SideLimit]:
    if state.decided_on or state.closed_on:
        yield from _refusal_review(state, calendar, rules)
        return
    if state.channel == "ordinary_post" and state.status == "unconfirmed" and state.submitted_on:
        what = "与申请人确认收到：平常信函应当在收到的当日确认，联系不上的登记联系情况。"
        yield SideLimit("confirmation", what, state.submitted_on, "政府信息公开条例 第三十一条第（二）项")
    if state.matter == "application" and state.received_on:
        yield from _correction(state, calendar, rules, today)
        yield from _reasons(state, calendar, rules)
        yield from _consultations(state, calendar, rules)
        yield from _fee(state, calendar, rules)
    for one in state.assignments:
        if one.answered_on is None:
            what = "承办科室反馈检索结果；逾期未反馈的，应当催办。"
            article = "政府信息公开条例 第四十五条"
            yield SideLimit("internal", what, one.internal_due, article, event=one.number)


def _correction(state: CaseState, calendar: Calendar, rules: Rules, today: date) -> Iterator[SideLimit]:
    if state.status == "awaiting_correction" and state.correction_until:
        what = "申请人补正申请；无正当理由逾期不补正的，视为放弃申请，不再处理。"
        asked, article = state.last("correction_requested"), rules["correction_period"].article
        mark, due = rules["correction_period"].mark, state.correction_until
        yield SideLimit(
            "correction", what, due, article, calendar.is_provisional(due), asked.number if asked else 0, mark
        )
    elif state.status == "open" and not state.correction_requested_on and not state.draft and state.received_on:
        limit = rules["correction_notice"]
        due = limit.ends(state.received_on, calendar)
        if today <= due:
            what = "申请内容不明确的，最迟在这一天一次性告知补正。"
            yield SideLimit("correction_notice", what, due, limit.article, calendar.is_provisional(due))


def _reasons(state: CaseState, calendar: Calendar, rules: Rules) -> Iterator[SideLimit]:
    if state.reasons_until and not state.reasons_given_on:
        what = "申请人说明申请的理由；逾期未说明的，由本机关判断是否不予处理。"
        asked, limit = state.last("reasons_requested"), rules["reasons_period"]
        due = state.reasons_until
        number = asked.number if asked else 0
        yield SideLimit("reasons", what, due, limit.article, calendar.is_provisional(due), number, limit.mark)


def _consultations(state: CaseState, calendar: Calendar, rules: Rules) -> Iterator[SideLimit]:
    for one in state.consultations:
        if one.answered_on is None:
            limit, due = rules[one.whom], opinion_due(one, calendar, rules)
            known = "" if one.received_on else "签收之日还没有登记，暂按发出之日计算。"
            what = f"{label_of('consulted_parties', one.whom)}“{one.name}”提出意见；{_SILENCE[one.whom]}。{known}"
            mark = limit.mark if one.received_on else "infer"
            yield SideLimit(one.whom, what, due, limit.article, calendar.is_provisional(due), one.number, mark)


def _fee(state: CaseState, calendar: Calendar, rules: Rules) -> Iterator[SideLimit]:
    if state.status == "awaiting_fee" and state.fee_notified_on:
        limit, notified = rules["fee_payment"], state.last("fee_notified")
        due = limit.ends(state.fee_received_on or state.fee_notified_on, calendar)
        known = "" if state.fee_received_on else "收到通知之日还没有登记，暂按发出之日计算。"
        what = f"申请人缴纳信息处理费；逾期不缴纳的，视为放弃申请，不再处理。{known}"
        mark = limit.mark if state.fee_received_on else "infer"
        number = notified.number if notified else 0
        yield SideLimit("fee", what, due, limit.article, calendar.is_provisional(due), number, mark)


def _refusal_review(state: CaseState, calendar: Calendar, rules: Rules) -> Iterator[SideLimit]:
    if reviewable(state) and state.decided_on and not state.refusal_lifted:
        limit = rules["refusal_review"]
        due = limit.ends(state.refusal_reviewed_on or state.decided_on, calendar)
        what = "定期评估不予公开的信息；因情势变化可以公开的，应当公开。"
        yield SideLimit("refusal_review", what, due, limit.article, calendar.is_provisional(due), mark=limit.mark)


def reviewable(state: CaseState) -> bool:
    """Whether information was withheld under 第十四条 to 第十六条, so that it is reviewed from time to time (第十八条)."""
    if not state.outcome or not decisions()[state.outcome].refuses:
        return False
    if state.outcome == "partly_disclosed":
        return any(_withheld(ground) for ground in state.grounds)
    return state.outcome.startswith("withheld_") and state.outcome != "withheld_inquiry"


def _withheld(ground: str) -> bool:
    return any(
        outcome.startswith("withheld_") and outcome != "withheld_inquiry" for outcome in grounds()[ground].outcomes
    )
