"""What must have been done before a decision is lawful: facts that its outcome asks for, and the rights of third parties."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from ..calendar import chinese_date
from .exclusions import opinion_due
from .facts import Consultation
from .grounds import Need, decisions, grounds
from .refusal import Law, Refusal
from .state import CaseState

_OPEN = "政府信息公开条例 第三十二条"

_OBJECTING = ("object", "partly")
"""Opinions by which all of it may not be disclosed, where their reasons are reasonable."""


def unmet(state: CaseState, outcome: str, rests_on: tuple[str, ...], day: date) -> Iterator[Refusal]:
    """The facts that a decision with this outcome on these grounds lacks on a day."""
    for need in decisions()[outcome].needs:
        yield from _NEEDS[need](state, rests_on, day)


def _grounds_of_refusal(state: CaseState, rests_on: tuple[str, ...], day: date) -> Iterator[Refusal]:
    if all("disclosed" in grounds()[code].outcomes for code in rests_on):
        message = "部分公开的，应当写明不予公开部分的依据并说明理由，请在起草时选择。"
        yield Refusal("grounds", message, "政府信息公开条例 第三十七条")


def _search_record(state: CaseState, rests_on: tuple[str, ...], day: date) -> Iterator[Refusal]:
    found = {one.finding for one in state.findings}
    if "not_held" in rests_on and "not_held" not in found:
        message = "答复信息不存在的，应当先有检索记录（检索的部门、系统、关键词、时间和结果），请先反馈检索结果。"
        yield Refusal("", message, "政府信息公开条例 第三十六条第（四）项")
    if "not_ours" in rests_on and "not_ours" not in found:
        message = "答复不属于本机关负责公开的，应当先有不属于本机关的检索结果，请先反馈检索结果。"
        yield Refusal("", message, "政府信息公开条例 第三十六条第（五）项")


def _corrected(state: CaseState, rests_on: tuple[str, ...], day: date) -> Iterator[Refusal]:
    if not state.corrected_on:
        message = "只有申请人补正以后内容仍不明确的，才能这样答复；没有告知过补正的，应当先告知补正。"
        yield Refusal("", message, "政府信息公开条例 第三十条")


def _reasons_asked(state: CaseState, rests_on: tuple[str, ...], day: date) -> Iterator[Refusal]:
    article = "政府信息公开条例 第三十五条"
    if not state.reasons_requested_on or not state.reasons_until:
        yield Refusal("", "以大量反复申请为由不予处理的，应当先要求申请人说明理由。", article)
    elif not state.reasons_given_on and day <= state.reasons_until:
        yield Refusal(
            "", f"申请人说明理由的期限到{chinese_date(state.reasons_until)}，期限届满以前不能不予处理。", article
        )


_NEEDS: Mapping[Need, Callable[[CaseState, tuple[str, ...], date], Iterator[Refusal]]] = MappingProxyType(
    {
        "grounds_of_refusal": _grounds_of_refusal,
        "search_record": _search_record,
        "corrected": _corrected,
        "reasons_asked": _reasons_asked,
    }
)


def third_party_refusals(state: CaseState, outcome: str, day: date, law: Law) -> Iterator[Refusal]:
    """Why nothing may be disclosed yet, or not at all, for the sake of third parties that were consulted."""
    if not decisions()[outcome].discloses:
        return
    for one in state.consultations:
        if one.whom == "third_party":
            yield from _heard(one, day, law)
            overridden = state.draft is not None and state.draft.public_interest
            if outcome == "disclosed" and one.opinion in _OBJECTING and one.reasonable and not overridden:
                message = (
                    f"“{one.name}”不同意全部公开且理由合理，不同意的部分应当不予公开；"
                    "认为不公开可能对公共利益造成重大影响的，在起草时写明。"
                )
                yield Refusal("", message, _OPEN)


def _heard(one: Consultation, day: date, law: Law) -> Iterator[Refusal]:
    """A third party has its fifteen working days before anything is disclosed."""
    if one.answered_on:
        return
    if one.received_on is None:
        message = f"“{one.name}”何时签收征求意见书还没有登记，意见也没有收到，不能决定公开；请先登记签收之日。"
        yield Refusal("", message, _OPEN)
    elif day <= (limit := opinion_due(one, law.calendar, law.rules)):
        yield Refusal("", f"“{one.name}”提出意见的期限到{chinese_date(limit)}，期限届满以前不能决定公开。", _OPEN)


def to_be_informed(state: CaseState) -> tuple[Consultation, ...]:
    """Third parties that objected for good reasons and must be told why the information is disclosed all the same."""
    if state.outcome != "disclosed":
        return ()
    objecting = (
        one for one in state.consultations if one.whom == "third_party" and one.opinion in _OBJECTING and one.reasonable
    )
    return tuple(one for one in objecting if not one.informed_on)
