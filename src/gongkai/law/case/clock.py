"""The statutory clock of a case (办理期限): a pure function of its events, the calendar and today, that explains itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ..time_limits import Mark
from .exclusions import ONE_DAY, Exclusion, exclusions, walked
from .lists import label_of
from .side_limits import SideLimit, side_limits
from .state import CaseState
from .steps import steps

if TYPE_CHECKING:
    from ..calendar import Calendar
    from ..time_limits import Rules

__all__ = ["Clock", "SideLimit", "Span", "clock"]


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``start`` to ``end``, both included. ``end`` is None while it is not known when it ends.

    ``counted``: whether its working days count; ``working_days``: how many there are (up to today where open);
    ``why``: a Chinese sentence; ``article``: its basis; ``mark``: "memory"/"infer" where the rule is a setting.
    """

    start: date
    end: date | None
    counted: bool
    working_days: int
    why: str
    article: str
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """``original_due``: the day the answer was due at first; ``due``: now; None while nothing runs (unconfirmed, awaiting correction
    or payment, ended without an answer) and for rectifications, for which the law sets no period.

    ``working_days_left``: to ``due``, negative when overdue, 0 on the last day; what an inbox is ordered by; None where
    ``due`` is None. ``stopped``: today is not counted. ``stopped_until``: while an opinion is awaited, the last day that
    may be left out; ``due`` is then as if it came in today. ``provisional``: some day relied on has no State Council notice.
    ``answered_late``: working days by which the answer missed its day, 0 in time, None while unanswered.
    ``side_limits``: other periods that run, with what happens then.
    """

    original_due: date | None
    due: date | None
    spans: tuple[Span, ...]
    working_days_left: int | None
    stopped: bool
    provisional: bool
    answered_late: int | None
    side_limits: tuple[SideLimit, ...] = ()
    stopped_until: date | None = None


def clock(state: CaseState, calendar: Calendar, rules: Rules, today: date) -> Clock:
    """The clock of a case as of ``today``."""
    others = side_limits(state, calendar, rules, today)
    if state.matter == "rectification" or not state.received_on or not state.counts_from:
        return Clock(None, None, (), None, state.status == "unconfirmed", False, None, others)
    original = rules["reply"].ends(state.received_on, calendar)
    past = (*_before_reopening(state, calendar), *_past(state, calendar, today))
    if state.ended_by or state.status in ("awaiting_correction", "awaiting_fee"):
        unsure = _provisional(state.received_on, original, calendar)
        return Clock(original, None, past, None, not state.ended_by, unsure, None, others)
    as_of = min(today, state.answered_on) if state.answered_on else today
    told = state.delay_set_on if state.delay_set_on and state.delay_set_on >= state.counts_from else None
    left_out = exclusions(state.consultations, state.counts_from, calendar, rules, min(as_of, told) if told else as_of)
    if told:  # the day set under 第三十五条 stands, whatever is asked or answered later
        left_out = tuple(replace(one, until=None) for one in left_out)
    if state.reopened_until:  # so does the day that a ruling ordered
        left_out = ()
    due, running = _running(state, told, left_out, calendar, rules)
    stopping = None
    if not told and not state.answered_on:
        stopping = next((one for one in left_out if one.start <= today <= one.end), None)
    return Clock(
        original,
        due,
        past + running,
        _working_days_left(due, as_of, calendar),
        stopping is not None,
        _provisional(state.received_on, max(due, original), calendar),
        max(0, -_working_days_left(due, state.answered_on, calendar)) if state.answered_on else None,
        others,
        stopping.until if stopping else None,
    )


def _working_days_left(due: date, today: date, calendar: Calendar) -> int:
    """To the due day; past it at least one too late, although no working day may have gone by since."""
    if today <= due:
        return calendar.working_days(today + ONE_DAY, due)
    return -max(1, calendar.working_days(due + ONE_DAY, today))


def _provisional(first: date, last: date, calendar: Calendar) -> bool:
    return any(calendar.is_provisional(date(year, 12, 31)) for year in range(first.year, last.year + 1))


def _before_reopening(state: CaseState, calendar: Calendar) -> Iterator[Span]:
    """The time of the first decision and of what was decided about it."""
    begun, anew = state.received_on, state.reopened_on
    assert begun is not None  # the caller has seen to it
    if anew and begun < anew:
        why = "原来的办理和复议、诉讼的时间：依决定或者判决重新处理的，期限重新计算，这段时间不再计入。"
        days = calendar.working_days(begun + ONE_DAY, anew)
        yield Span(begun + ONE_DAY, anew, False, days, why, steps()["reopened"].article, "infer")


def _past(state: CaseState, calendar: Calendar, today: date) -> Iterator[Span]:
    """What went before the period that runs now, and what stops it altogether."""

    def span(after: date, end: date | None, why: str, article: str, mark: Mark = "") -> Iterator[Span]:
        start = after + ONE_DAY
        if end is None or start <= end:
            yield Span(start, end, False, calendar.working_days(start, end or today), why, article, mark)

    begun = state.reopened_on or state.received_on
    assert begun is not None  # the caller has seen to it
    if state.correction_requested_on and state.correction_requested_on >= begun:
        article = "政府信息公开条例 第三十条"
        yield from span(
            begun, state.correction_requested_on, "补正以前的时间：补正后答复期限重新计算，这段时间不再计入。", article
        )
        ended = state.corrected_on or (state.decided_on if state.ended_by else None)
        yield from span(state.correction_requested_on, ended, "等待申请人补正，不计入答复期限。", article)
        begun = state.corrected_on or begun
    if state.fee_notified_on and not state.fee_waived_on and state.fee_notified_on >= begun:
        article = "政府信息公开信息处理费管理办法 第六条"
        why = "缴费以前的时间：缴费后办理期限重新计算，这段时间不再计入。"
        yield from span(begun, state.fee_notified_on, why, article, "memory")
        ended = state.fee_paid_on or (state.decided_on if state.ended_by else None)
        yield from span(state.fee_notified_on, ended, "等待申请人缴纳信息处理费，不计入办理期限。", article, "memory")


_BEGINNINGS: dict[str, tuple[str, str, Mark]] = {
    "receipt": ("自收到申请的次日起计入答复期限。", "政府信息公开条例 第三十三条第二款", ""),
    "correction": ("自收到补正的申请的次日起，答复期限重新计算。", "政府信息公开条例 第三十条", ""),
    "reopening": (
        "自收到复议决定书或者判决书的次日起，重新计算期限；没有责令期限的，比照答复期限。",
        "行政复议法 第六十四条、第六十六条，行政诉讼法 第七十条、第七十二条",
        "infer",
    ),
    "payment": ("自完成缴费的次日起，办理期限重新计算。", "政府信息公开信息处理费管理办法 第六条", "memory"),
}


_LENGTHS = {"payment": "reply_after_fee", "reopening": "reply_reopened"}
"""Keys of the time limits of periods that begin otherwise than with a receipt or a correction."""


def _running(
    state: CaseState, told: date | None, left_out: Sequence[Exclusion], calendar: Calendar, rules: Rules
) -> tuple[date, tuple[Span, ...]]:
    """The due day of the period that runs now, and its spans. ``told``: when a reasonable delay was set, None where none was."""
    begun = state.counts_from
    assert begun is not None  # the caller has seen to it
    if state.reopened_until:
        return state.reopened_until, tuple(_ordered(state, begun, state.reopened_until, calendar))
    reply = rules[_LENGTHS.get(state.counts_by, "reply")].length
    first_due = walked(begun, reply, left_out, calendar)
    if told and state.delay_until:
        spans = list(_spans(state, begun, told, told, left_out, calendar))
        why = "本机关认为申请理由合理，已确定延迟答复的期限并告知申请人，以这一期限为准。"
        days = calendar.working_days(told + ONE_DAY, state.delay_until)
        spans.append(Span(told + ONE_DAY, state.delay_until, True, days, why, "政府信息公开条例 第三十五条"))
        return state.delay_until, tuple(spans)
    extended = state.extension_notified_on is not None and state.extension_notified_on >= begun
    due = walked(begun, reply + state.extension_days, left_out, calendar) if extended else first_due
    return due, tuple(_spans(state, begun, first_due, due, left_out, calendar))


def _ordered(state: CaseState, begun: date, until: date, calendar: Calendar) -> Iterator[Span]:
    """The days up to the one that the ruling ordered."""
    if begun < until:
        why = "复议决定或者判决责令在这一期限内处理，以这一期限为准。"
        days = calendar.working_days(begun + ONE_DAY, until)
        yield Span(begun + ONE_DAY, until, True, days, why, steps()["reopened"].article)


def _spans(
    state: CaseState, begun: date, first_due: date, due: date, left_out: Sequence[Exclusion], calendar: Calendar
) -> Iterator[Span]:
    """Counted and left-out days by turns from the day after ``begun`` to ``due``; what comes after ``first_due`` is the extension."""
    after, why, article, mark = begun, *_BEGINNINGS[state.counts_by]
    for one in left_out:
        if one.start > due:
            break
        yield from _counted(after, one.start - ONE_DAY, first_due, why, article, mark, calendar)
        yield _left_out(one, calendar)
        after, mark = one.end, ""
        why, article = "征求意见的时间以外，继续计入答复期限。", "政府信息公开条例 第三十三条第二、三款"
        if one.until:
            why = "意见还没有收到：以下按今天收到意见推算，每晚一个工作日，期限顺延一个工作日。"
            mark = "infer"
    yield from _counted(after, due, first_due, why, article, mark, calendar)


def _counted(
    after: date, end: date, first_due: date, why: str, article: str, mark: Mark, calendar: Calendar
) -> Iterator[Span]:
    """One stretch of counted days, in two where the extension begins within it."""
    start, cut = after + ONE_DAY, min(end, first_due)
    if start <= cut:
        yield Span(start, cut, True, calendar.working_days(start, cut), why, article, mark)
    start = max(start, cut + ONE_DAY)
    if start <= end:
        days = calendar.working_days(start, end)
        why = "经公开工作机构负责人同意并已告知申请人，延长答复期限。"
        yield Span(start, end, True, days, why, "政府信息公开条例 第三十三条第二款")


def _left_out(one: Exclusion, calendar: Calendar) -> Span:
    who = "、".join(f"{label_of('consulted_parties', each.whom)}“{each.name}”" for each in one.consultations)
    once = "几次征求意见重叠的时间只算一次，" if len(one.consultations) > 1 else ""
    why = f"征求{who}的意见，{once}自发出的次日至收到意见之日或者期限届满之日不计入答复期限。"
    days = calendar.working_days(one.start, one.end)
    end = None if one.until else one.end
    return Span(one.start, end, False, days, why, "政府信息公开条例 第三十三条第三款", "infer")
