"""Setting a record right (更正登记事项): what was recorded earlier stays, and the case must be lawful as it should have been."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from .event import Event
from .filling import PERSONAL
from .refusal import Refusal
from .state import CaseState, advanced, effective
from .steps import steps

Refuser = Callable[["CaseState | None", Event, frozenset[str]], tuple[Refusal, ...]]

FIXED = frozenset({"imported"})
"""Fields that are never set right: who could say afterwards that an application came from a ledger could decide it unreviewed."""


def record_refusals(state: CaseState, event: Event, personal: frozenset[str], refused: Refuser) -> Iterator[Refusal]:
    """What speaks against the correction. ``refused``: what speaks against an event in a state, with personal fields given.

    A correction may not make unlawful what was lawful as it was recorded.
    """
    wrong = state.event(event.data["event"])
    if wrong is None or wrong.kind == "record_corrected":
        yield Refusal("event", "没有可以更正的这一项记录，请从案件记录中选择；更正本身有误的，对原记录再更正一次。")
        return
    step, values = steps()[wrong.kind], event.data.get("values") or {}
    yield from _another_s(wrong, event)
    open_fields = {one.key for one in step.fields if not one.personal} - FIXED | {"on"}
    private = {one.key for one in step.fields if one.personal}
    given = personal | set(event.data.get(PERSONAL, {}))
    if not values and not given:
        yield Refusal("values", "请填写更正后的内容。")
    elif unknown := sorted((set(values) - open_fields) | (given - private)):
        yield Refusal("values", f"“{step.label}”没有可以更正的“{unknown[0]}”这一项。")
    elif values.get("on") is not None and not _is_day(values["on"]):
        yield Refusal("values", "更正后的日期应当写成 2026-10-08 这样。")
    else:
        yield from _made_unlawful(state, event, refused)


def _another_s(wrong: Event, event: Event) -> Iterator[Refusal]:
    """What was reviewed stays what was reviewed, and what somebody answers for by their role nobody else rewrites."""
    step = steps()[wrong.kind]
    if wrong.kind == "drafted":
        message = "文书稿不能用更正改动：要改的，撤回送审或者退回修改，重新起草、审核、批准。"
        yield Refusal("event", message, "政府信息公开条例 第十七条第一款")
    elif "clerk" not in step.roles and wrong.actor != event.actor:
        yield Refusal(
            "event", f"“{step.done}”由作出的人负责，只能由本人更正；其他人有不同意见的，用备注写明。", step.article
        )


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _made_unlawful(state: CaseState, event: Event, refused: Refuser) -> Iterator[Refusal]:
    before = set(_faults(state.effective, refused))
    after = _faults(effective((*state.events, event)), refused)
    for number, done, fault in after:
        if (number, done, fault) not in before:
            yield Refusal("values", f"这样更正后，第{number}项记录“{done}”不能成立：{fault.message}", fault.article)
            return


def _faults(events: Iterable[Event], refused: Refuser) -> Iterator[tuple[int, str, Refusal]]:
    """What would be refused if the events, corrections left out, were recorded anew. Ends where the case can't go on."""
    state: CaseState | None = None
    for event in events:
        if event.kind == "record_corrected":
            continue
        step = steps()[event.kind]
        given = frozenset(one.key for one in step.fields if one.personal and one.when is None)
        found = refused(state, event, given)
        for fault in found:
            yield event.number, step.done, fault
        if found:
            return
        state = advanced(state, event)
