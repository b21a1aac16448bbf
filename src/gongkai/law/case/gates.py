"""When a step is lawful, apart from status, matter and order, which its data say: one function a step that needs more.

Each asks what speaks against taking the step on ``day``, whatever its fields will hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..calendar import chinese_date
from .clock import clock
from .grounds import decisions
from .lists import label_of
from .needs import third_party_refusals, to_be_informed, unmet
from .refusal import Law, Refusal
from .side_limits import reviewable
from .steps import steps

if TYPE_CHECKING:
    from .state import CaseState

_EXTENSION = "政府信息公开条例 第三十三条第二款"
_FEES = "政府信息公开信息处理费管理办法 第六条"


def gate_refusals(state: CaseState, kind: str, day: date, law: Law) -> Iterator[Refusal]:
    """What speaks against taking this step on this day."""
    if gate := _GATES.get(kind):
        yield from gate(state, day, law)


def _within_period(what: str, article: str) -> Callable[[CaseState, date, Law], Iterator[Refusal]]:
    def gate(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
        due = clock(state, law.calendar, law.rules, day).due
        if due and day > due:
            yield Refusal("", f"答复期限到{chinese_date(due)}，已经届满，不能再{what}；请尽快答复。", article)

    return gate


def _ordered_anew(state: CaseState, what: str, article: str) -> Iterator[Refusal]:
    """What puts off an answer is not meant for one that a ruling orders; the law does not say so."""
    if state.reopened_on:
        yield Refusal("", f"依复议决定或者判决重新处理的，不能再{what}；请在期限内答复。", article)


def _delay_set(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    yield from _ordered_anew(state, "确定延迟答复的期限", "政府信息公开条例 第三十五条")
    yield from _within_period("确定延迟答复的期限", "政府信息公开条例 第三十五条")(state, day, law)


def _extension_requested(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    yield from _ordered_anew(state, "延长", _EXTENSION)
    if state.extension_notified_on:
        yield Refusal("", "答复期限只能延长一次，本件已经延长过。", _EXTENSION)
    elif state.extension_pending:
        yield Refusal("", "已经申请延长，还没有批复，不用重复申请。", _EXTENSION)
    elif state.extension_approved_on:
        yield Refusal("", "已经同意延长，请在期限届满以前告知申请人。", _EXTENSION)
    if state.delay_until:
        yield Refusal("", "已经确定延迟答复的期限，不能再延长。", "政府信息公开条例 第三十五条")
    yield from _within_period("延长", _EXTENSION)(state, day, law)


def _extension_approved(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    yield from _extension_pending(state, day, law)
    yield from _within_period("延长", _EXTENSION)(state, day, law)


def _extension_pending(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if not state.extension_pending:
        yield Refusal("", "没有等待批复的延长申请。", _EXTENSION)


def _extension_notified(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    yield from _ordered_anew(state, "延长", _EXTENSION)
    if state.delay_until:
        yield Refusal("", "已经确定延迟答复的期限，不能再延长。", "政府信息公开条例 第三十五条")
    yield from _within_period("延长", _EXTENSION)(state, day, law)


def _consultation_received(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if all(one.received_on for one in state.consultations):
        yield Refusal("", "没有等待登记签收的征求意见书。")


def _consultation_answered(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if all(one.answered_on for one in state.consultations):
        yield Refusal("", "没有等待答复的征求意见。")


def _third_party_informed(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if all(one.informed_on or one.whom != "third_party" or one.opinion == "agree" for one in state.consultations):
        yield Refusal("", "没有需要告知的第三方：征求过意见、没有同意的第三方才要告知。", "政府信息公开条例 第三十二条")


def _fee_notice_received(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if state.fee_received_on:
        yield Refusal("", "申请人收到收费通知之日已经登记。", _FEES)


def _lapsed_uncorrected(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if state.correction_until and day <= state.correction_until:
        message = f"补正期限到{chinese_date(state.correction_until)}，期限届满以后才能按逾期不补正处理。"
        yield Refusal("", message, "政府信息公开条例 第三十条")


def _lapsed_fee_unpaid(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if not state.fee_received_on:
        yield Refusal("", "申请人何时收到收费通知还没有登记，缴费期限无从起算；请先登记。", _FEES)
    elif day <= (last := law.rules["fee_payment"].ends(state.fee_received_on, law.calendar)):
        yield Refusal("", f"缴费期限到{chinese_date(last)}，期限届满以后才能按逾期不缴费处理。", _FEES)


def _reminded(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if all(one.answered_on for one in state.assignments):
        yield Refusal("", "没有等待科室反馈的分办，不用催办。")


def _submitted(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if state.draft:
        yield from unmet(state, state.draft.outcome, state.draft.grounds, day)
    else:
        yield Refusal("", "重新处理的，应当重新起草文书，再送审。", steps()["reopened"].article)


def _stage(kind: str) -> Callable[[CaseState, date, Law], Iterator[Refusal]]:
    def gate(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
        draft = state.draft
        if not draft:
            return
        before = state.last(*draft.passed)
        if before and day < before.on:
            message = f"日期不能早于“{steps()[before.kind].label}”之日（{chinese_date(before.on)}）。"
            yield Refusal("on", message, steps()[kind].article)
        if state.review_stage == kind:
            return
        label = steps()[kind].label
        if kind in draft.passed:
            yield Refusal("", f"本稿已经过“{label}”。")
        elif kind not in decisions()[draft.outcome].stages:
            yield Refusal("", f"办理结果是“{label_of('outcomes', draft.outcome)}”的，不需要“{label}”。")
        elif state.review_stage:
            yield Refusal(
                "", f"应当先“{steps()[state.review_stage].label}”，再“{label}”。", steps()[state.review_stage].article
            )

    return gate


def _approved(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    yield from _stage("approved")(state, day, law)
    yield from _decidable(state, day, law)


def _decidable(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if state.draft:
        yield from unmet(state, state.draft.outcome, state.draft.grounds, day)
        yield from third_party_refusals(state, state.draft.outcome, day, law)


def _answered_on_the_spot(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if day != state.received_on:
        message = "只有收到申请当日答复的才是当场答复；以后答复的，起草文书，审核批准后制发。"
        yield Refusal("", message, "政府信息公开条例 第三十三条第一款")


def _imported_decision(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if not state.imported:
        yield Refusal("", "只有从台账导入的申请才能补录办理结果；其他申请应当起草、审核、批准后制发。")
    elif state.reopened_on:
        yield Refusal("", "重新处理的，应当起草、审核、批准后制发，不能补录。", steps()["reopened"].article)


def _delivered(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if not state.dispatched_on:
        yield Refusal("", "文书还没有送达，不能登记送达凭证。", "政府信息公开条例 第三十六条")


def _mismatch_reported(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if not state.dispatched_on or state.ended_by:
        yield Refusal("", "还没有发出答复，无从比较；有其他意见的，登记联系情况。", "政府信息公开条例 第四十条")
    elif day < state.dispatched_on:
        yield Refusal("on", f"日期不能早于发出答复之日（{chinese_date(state.dispatched_on)}）。")


def _reopened(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    article = steps()["reopened"].article
    if not state.decided_on:
        yield Refusal("", "本件没有作出过处理，不能重新处理。", article)
    elif day < (last := state.dispatched_on or state.decided_on):
        yield Refusal("on", f"日期不能早于作出决定、发出文书之日（{chinese_date(last)}）。", article)


def _closed(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if state.ended_by:
        return
    if not state.dispatched_on:
        yield Refusal("", "文书还没有送达，不能办结；请先登记送达。", "政府信息公开条例 第三十六条")
    for one in to_be_informed(state):
        message = f"“{one.name}”不同意公开而决定公开的，应当把公开的内容和理由书面告知，告知后才能办结。"
        yield Refusal("", message, "政府信息公开条例 第三十二条")


def _disclosure_suggested(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    article = "政府信息公开条例 第四十四条"
    if not state.outcome or not decisions()[state.outcome].discloses:
        yield Refusal("", "只有公开了信息的案件才能建议纳入主动公开。", article)
    elif state.disclosure_suggested:
        yield Refusal("", "已经有建议等待审核。", article)


def _disclosure_decided(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    if not state.disclosure_suggested:
        yield Refusal("", "没有等待审核的主动公开建议。", "政府信息公开条例 第四十四条")


def _refusal_reviewed(state: CaseState, day: date, law: Law) -> Iterator[Refusal]:
    article = "政府信息公开条例 第十八条"
    if not reviewable(state):
        yield Refusal("", "本件没有依照第十四条至第十六条不予公开的信息，不用定期评估。", article)
    elif state.refusal_lifted:
        yield Refusal("", "已经评估为可以公开，不用再评估。", article)


_GATES: Mapping[str, Callable[[CaseState, date, Law], Iterator[Refusal]]] = MappingProxyType(
    {
        "delay_set": _delay_set,
        "fee_notified": _within_period("通知收费", _FEES),
        "extension_requested": _extension_requested,
        "extension_approved": _extension_approved,
        "extension_refused": _extension_pending,
        "extension_notified": _extension_notified,
        "consultation_received": _consultation_received,
        "consultation_reminded": _consultation_answered,
        "consultation_answered": _consultation_answered,
        "third_party_informed": _third_party_informed,
        "fee_notice_received": _fee_notice_received,
        "lapsed_uncorrected": _lapsed_uncorrected,
        "lapsed_fee_unpaid": _lapsed_fee_unpaid,
        "reminded": _reminded,
        "submitted": _submitted,
        "reviewed": _stage("reviewed"),
        "legally_reviewed": _stage("legally_reviewed"),
        "confidentiality_reviewed": _stage("confidentiality_reviewed"),
        "approved": _approved,
        "decided": _decidable,
        "answered_on_the_spot": _answered_on_the_spot,
        "imported_decision": _imported_decision,
        "delivered": _delivered,
        "closed": _closed,
        "mismatch_reported": _mismatch_reported,
        "reopened": _reopened,
        "disclosure_suggested": _disclosure_suggested,
        "disclosure_decided": _disclosure_decided,
        "refusal_reviewed": _refusal_reviewed,
    }
)
