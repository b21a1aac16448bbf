"""What a step's fields must hold together and against the case: dates in order, days within bounds, references that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..calendar import chinese_date
from ..fees import fee_per_item, fee_per_page
from .clock import clock
from .event import Event
from .facts import Consultation
from .filling import PERSONAL
from .grounds import decisions, grounds_of
from .lists import label_of
from .needs import third_party_refusals, unmet
from .refusal import Law, Refusal
from .state import CaseState

if TYPE_CHECKING:
    Check = Callable[[CaseState, Event, Law], Iterator[Refusal]]

_FARTHEST = timedelta(366)  # a period given to somebody beyond a year is a slip of the pen
_EXTENSION = "政府信息公开条例 第三十三条第二款"


def particular_refusals(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    """What is wrong with an event whose fields are each well filled in. For a registration ``state`` is the empty case."""
    if check := _CHECKS.get(event.kind):
        yield from check(state, event, law)


def registration_refusals(event: Event, personal: frozenset[str]) -> Iterator[Refusal]:
    """What is wrong with a registration whose fields are each well filled in. ``personal``: those given outside the event."""
    data = event.data
    reachable = (personal | set(data.get(PERSONAL, {}))) & {"telephone", "address", "email"}
    if not reachable and not data.get("imported"):
        article = "政府信息公开条例 第二十九条第二款第（一）项"
        yield Refusal("telephone", "请至少填写联系电话、通信地址、电子邮箱中的一项，以便与申请人联系。", article)
    if data["applicant_kind"] == "natural_person" and data.get("id_kind") == "credit_code":
        yield Refusal("id_kind", "申请人是自然人的，证件种类不能是统一社会信用代码证照。")
    for key in ("submitted_on", "signed_on", "confirmed_on"):
        day = event.day(key)
        if day and day > event.on:
            yield Refusal(key, f"不能晚于登记之日（{chinese_date(event.on)}）。", "政府信息公开条例 第三十一条")
    submitted, confirmed = event.day("submitted_on"), event.day("confirmed_on")
    if submitted and confirmed and confirmed < submitted:
        yield Refusal("confirmed_on", "确认之日不能早于提交之日。", "政府信息公开条例 第三十一条")


def _not_before(event: Event, key: str, first: date, what: str) -> Iterator[Refusal]:
    day = event.day(key)
    if day and day < first:
        yield Refusal(key, f"不能早于{what}（{chinese_date(first)}）。")


def _not_too_far(event: Event, key: str) -> Iterator[Refusal]:
    day = event.day(key)
    if day and day - event.on > _FARTHEST:
        yield Refusal(key, f"{chinese_date(day)}离{chinese_date(event.on)}超过一年，期限不合理，请核对年份。")


def _correction_requested(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    limit, until = law.rules["correction_period"], event.day("until")
    earliest = limit.ends(event.on, law.calendar)
    if until and until < earliest:
        message = f"补正期限应当合理，本机关设定为{limit.span}，最早到{chinese_date(earliest)}。"
        yield Refusal("until", message, "政府信息公开条例 第三十条")
    yield from _not_too_far(event, "until")


def _corrected(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    if state.correction_until and event.on > state.correction_until and not str(event.data.get("remark", "")).strip():
        message = f"补正期限到{chinese_date(state.correction_until)}，逾期补正的，请填写正当理由；没有正当理由的，按逾期不补正处理。"
        yield Refusal("remark", message, "政府信息公开条例 第三十条")


def _reasons_requested(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    yield from _not_before(event, "until", law.calendar.after(event.on, 1), "发出告知书后的第一个工作日")
    yield from _not_too_far(event, "until")


def _delay_set(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    until, due = event.day("until"), clock(state, law.calendar, law.rules, event.on).due
    article = "政府信息公开条例 第三十五条"
    if until and not law.calendar.is_working(until):
        why = law.calendar.why(until)
        yield Refusal("until", f"{chinese_date(until)}不是工作日（{why}），请改为工作日。", article)
    if until and due and until <= due:
        yield Refusal("until", f"延迟后的期限应当晚于现在的答复期限（{chinese_date(due)}）。", article)
    yield from _not_too_far(event, "until")


def _consulted(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    yield from _not_before(event, "received_on", event.on, "发出之日")


def _consultation(state: CaseState, event: Event) -> Consultation | None:
    return next((one for one in state.consultations if one.number == event.data["consultation"]), None)


def _unknown_consultation() -> Refusal:
    return Refusal("consultation", "没有这一次征求意见，请从已经发出的征求意见中选择。")


def _consultation_received(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    one = _consultation(state, event)
    if one is None:
        yield _unknown_consultation()
    elif one.received_on:
        yield Refusal(
            "consultation", f"“{one.name}”签收之日已经登记为{chinese_date(one.received_on)}；有误的，更正登记事项。"
        )
    elif event.on < one.sent_on:
        yield Refusal("on", f"签收之日不能早于发出征求意见书之日（{chinese_date(one.sent_on)}）。")
    elif one.answered_on and event.on > one.answered_on:
        yield Refusal("on", f"签收之日不能晚于收到意见之日（{chinese_date(one.answered_on)}）。")


def _consultation_reminded(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    one = _consultation(state, event)
    if one is None:
        yield _unknown_consultation()
    elif one.answered_on:
        yield Refusal("consultation", f"“{one.name}”的意见已经登记，不用再催促。")
    elif event.on < one.sent_on:
        yield Refusal("on", f"催促之日不能早于发出征求意见书之日（{chinese_date(one.sent_on)}）。")


def _consultation_answered(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    one = _consultation(state, event)
    if one is None:
        yield _unknown_consultation()
    elif one.answered_on:
        yield Refusal("consultation", f"“{one.name}”的意见已经登记；有误的，更正登记事项。")
    elif event.on < (sent := one.received_on or one.sent_on):
        yield Refusal("on", f"收到意见之日不能早于对方签收或者发出征求意见书之日（{chinese_date(sent)}）。")


def _third_party_informed(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    one = _consultation(state, event)
    if one is None or one.whom != "third_party":
        yield Refusal("consultation", "请选择向第三方征求意见的那一次。", "政府信息公开条例 第三十二条")
    elif one.informed_on:
        yield Refusal("consultation", f"“{one.name}”已经告知过。")
    elif event.on < (heard := one.answered_on or one.sent_on):
        yield Refusal("on", f"告知之日不能早于征求意见之日或者收到意见之日（{chinese_date(heard)}）。")


def _fee_notified(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    yield from _not_before(event, "received_on", event.on, "发出收费通知之日")
    if event.data["quantity"] == 0:
        yield Refusal("quantity", "件数或者页数应当大于0。")
    if event.data["amount"] == "0.00":
        yield Refusal("amount", "收费金额应当大于0；不收费的，不用通知。", "政府信息公开条例 第四十二条第一款")
    elif not str(event.data.get("deviation", "")).strip():
        yield from _fee_by_tiers(event)


def _fee_by_tiers(event: Event) -> Iterator[Refusal]:
    """What speaks against an amount for which no reason of its own is given."""
    by_item, before = event.data["basis"] == "per_item", event.data.get("before")
    if by_item and before is None:
        message = "按件计收的，请填写同一申请人当月此前的件数，以便确定收费的档次。"
        yield Refusal("before", message, "政府信息公开信息处理费管理办法 第四条")
        return
    fee = fee_per_item(before or 0, event.data["quantity"]) if by_item else fee_per_page(event.data["quantity"])
    if fee.amount != Decimal(event.data["amount"]):
        how = "".join(line.text for line in fee.lines)
        message = f"按标准应当是{fee.amount}元：{how}金额不同的，请填写金额与标准不同的原因。"
        yield Refusal("amount", message, fee.article)


def _fee_paid(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    notice = state.last("fee_notified")
    if notice and Decimal(event.data["amount"]) < Decimal(notice.data["amount"]):
        message = (
            f"通知的金额是{notice.data['amount']}元，没有缴足不能登记完成缴费；缴足之日再登记，免收的办理“决定不收费”。"
        )
        yield Refusal("amount", message, "政府信息公开信息处理费管理办法 第六条")


def _assigned(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    yield from _not_before(event, "internal_due", event.on, "分办之日")
    yield from _not_too_far(event, "internal_due")
    feedback, due = event.day("internal_due"), clock(state, law.calendar, law.rules, event.on).due
    if feedback and due and event.on <= due < feedback:
        message = f"内部反馈期限不能晚于答复期限（{chinese_date(due)}），请改早，给审核、批准和制发留出时间。"
        yield Refusal("internal_due", message, "政府信息公开条例 第三十三条第二款")
    if any(one.division == event.data["division"] and not one.answered_on for one in state.assignments):
        yield Refusal("division", "已经分给这个科室，还没有反馈，不用重复分办；要催促的，用“催办”。")


def _of_assigned_division(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    division = event.data.get("division")
    if division and division not in state.divisions:
        yield Refusal("division", "本件没有分给这个科室，请先分办。")


def _finding_returned(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    yield from _of_assigned_division(state, event, law)
    searched = event.day("search_time")
    if searched and searched > event.on:
        yield Refusal("search_time", f"检索的时间不能晚于反馈之日（{chinese_date(event.on)}）。")


def _extension_days(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    longest, days = law.rules["extension"].length, event.data["days"]
    if not 1 <= days <= longest:
        yield Refusal("days", f"延长的期限应当是1至{longest}个工作日，现为{days}。", _EXTENSION)


def _grounds_fit(event: Event) -> Iterator[Refusal]:
    outcome, named = event.data["outcome"], event.data.get("grounds") or ()
    possible = {ground.code: f"“{ground.label}”" for ground in grounds_of(outcome)}
    if not named and len(possible) > 1:
        yield Refusal("grounds", f"请选择依据：{'、'.join(possible.values())}。", "政府信息公开条例 第三十六条")
    for code in named:
        if code not in possible:
            what = f"“{label_of('grounds', code)}”不是“{label_of('outcomes', outcome)}”的依据"
            yield Refusal(
                "grounds", f"{what}，可以选择：{'、'.join(possible.values())}。", "政府信息公开条例 第三十六条"
            )


def _drafted(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    if decisions()[event.data["outcome"]].lapse:
        label = label_of("outcomes", event.data["outcome"])
        yield Refusal("outcome", f"“{label}”不用起草文书送审，期限届满后直接登记。")
    elif "withdrawn" in (event.data.get("grounds") or ()):
        yield Refusal("grounds", "申请人撤回申请的，用“登记撤回”，不用起草文书。")
    else:
        yield from _grounds_fit(event)


def _decided(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    if state.draft and event.data["outcome"] != state.draft.outcome:
        approved = label_of("outcomes", state.draft.outcome)
        yield Refusal("outcome", f"批准的是“{approved}”，办理结果应当一致；要改变的，退回重新起草、审核。")


def _answered_on_the_spot(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    outcome = event.data["outcome"]
    if not decisions()[outcome].on_the_spot:
        message = f"“{label_of('outcomes', outcome)}”要经审核、批准，不能当场答复；请起草文书。"
        yield Refusal("outcome", message, "政府信息公开条例 第三十三条第一款")
        return
    yield from _grounds_fit(event)
    yield from _reviewed_on_the_spot(event)
    yield from unmet(state, outcome, tuple(event.data.get("grounds") or ()), event.on)
    yield from third_party_refusals(state, outcome, event.on, law)


def _reviewed_on_the_spot(event: Event) -> Iterator[Refusal]:
    """What has not been public is reviewed before it is, however quick the answer; another person than who answers does so."""
    article = "政府信息公开条例 第十七条第二款、第三款"
    data = event.data
    if not decisions()[data["outcome"]].discloses or set(data.get("grounds") or ()) <= {"published"}:
        return
    if not data.get("review_result"):
        message = "当场提供没有主动公开过的信息，公开前也要经保密审查，请填写审查结论；来不及审查的，起草文书送审。"
        yield Refusal("review_result", message, article)
    if not data.get("reviewed_by"):
        yield Refusal("reviewed_by", "请选择作出保密审查结论的人。", article)
    elif data["reviewed_by"] == event.actor:
        yield Refusal("reviewed_by", "当场答复的人不能自己作保密审查，请由保密审查人审查。", article)


def _imported_decision(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    yield from _not_before(event, "dispatched_on", event.on, "作出决定之日")
    if event.data.get("grounds"):
        yield from _grounds_fit(event)


def _closed(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    told = state.delivered_on or state.ended_by or str(event.data.get("without_proof", "")).strip()
    if not told:
        yield Refusal("without_proof", "还没有登记送达凭证：请先登记送达，或者填写没有送达凭证的原因。")
    latest = max((day for day in (state.decided_on, state.dispatched_on, state.delivered_on) if day), default=event.on)
    if event.on < latest:
        yield Refusal("on", f"办结之日不能早于决定和送达之日（{chinese_date(latest)}）。")


def _dispatched(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    if state.decided_on and event.on < state.decided_on:
        yield Refusal("on", f"送达不能早于作出决定之日（{chinese_date(state.decided_on)}）。")


def _reopened(state: CaseState, event: Event, law: Law) -> Iterator[Refusal]:
    yield from _not_before(event, "until", event.on, "收到决定书或者判决书之日")
    yield from _not_too_far(event, "until")


_CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "correction_requested": _correction_requested,
        "corrected": _corrected,
        "reasons_requested": _reasons_requested,
        "delay_set": _delay_set,
        "consulted": _consulted,
        "consultation_received": _consultation_received,
        "consultation_reminded": _consultation_reminded,
        "consultation_answered": _consultation_answered,
        "third_party_informed": _third_party_informed,
        "fee_notified": _fee_notified,
        "fee_paid": _fee_paid,
        "assigned": _assigned,
        "reminded": _of_assigned_division,
        "finding_returned": _finding_returned,
        "extension_requested": _extension_days,
        "extension_approved": _extension_days,
        "drafted": _drafted,
        "decided": _decided,
        "answered_on_the_spot": _answered_on_the_spot,
        "imported_decision": _imported_decision,
        "dispatched": _dispatched,
        "closed": _closed,
        "reopened": _reopened,
    }
)
