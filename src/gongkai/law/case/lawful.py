"""Which steps are lawful next (下一步), and why another is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..calendar import chinese_date
from .event import Event
from .filling import field_refusals
from .gates import gate_refusals
from .lists import label_of
from .particulars import particular_refusals, registration_refusals
from .recording import record_refusals
from .refusal import Law, Refusal
from .state import CaseState
from .steps import Step, steps

if TYPE_CHECKING:
    from ..calendar import Calendar
    from ..time_limits import Rules

__all__ = ["Refusal", "offered", "refusals"]

_BY_ANOTHER = ("reviewed", "legally_reviewed", "confidentiality_reviewed", "approved")


def offered(state: CaseState, calendar: Calendar, rules: Rules, today: date) -> tuple[Step, ...]:
    """The steps that are lawful now, in the order of the file, whoever may take them.

    An event of an earlier day may be lawful although its step is no longer offered: a notice that was sent in time.
    """
    law = Law(calendar, rules, today)
    return tuple(step for step in steps().values() if not any(_step_refusals(state, step, today, law)))


def refusals(
    state: CaseState | None,
    event: Event,
    calendar: Calendar,
    rules: Rules,
    today: date,
    personal: frozenset[str] = frozenset(),
) -> tuple[Refusal, ...]:
    """Everything that speaks against recording the event; empty where it is lawful. Covers fields (missing, unknown, of a
    wrong type, dates in the future or out of order), the step (not lawful in this state on the event's day) and persons
    (nobody approves their own draft). ``personal``: keys of personal fields that are filled in, their values being elsewhere."""
    return tuple(_refusals(state, event, Law(calendar, rules, today), personal))


def _refusals(state: CaseState | None, event: Event, law: Law, personal: frozenset[str]) -> Iterator[Refusal]:
    step = steps().get(event.kind)
    if step is None:
        yield Refusal("", f"没有“{event.kind}”这一步骤。")
        return
    if (state is None) != (event.kind == "registered"):
        yield Refusal("", "案件从登记开始，应当先登记申请。" if state is None else "本件已经登记，不能再登记一次。")
        return
    if not event.actor and not step.unattended:
        yield Refusal("", f"“{step.label}”应当由工作人员办理，缺少办理人。", step.article)
    filled = tuple(field_refusals(step, event, personal, law.today))
    yield from filled
    yield from _day_refusals(state, event, law)
    if state is None:
        if not filled:
            yield from registration_refusals(event, personal)
        return
    yield from _step_refusals(state, step, event.on, law)
    yield from _person_refusals(state, event)
    if not filled and event.kind == "record_corrected":
        yield from record_refusals(
            state, event, personal, lambda before, one, given: tuple(_refusals(before, one, law, given))
        )
    elif not filled:
        yield from particular_refusals(state, event, law)


def _day_refusals(state: CaseState | None, event: Event, law: Law) -> Iterator[Refusal]:
    """Not in the future, not before the application was there."""
    if event.on > law.today:
        yield Refusal("on", f"日期不能晚于今天（{chinese_date(law.today)}）。")
    if state is None:
        return
    received = state.received_on
    first = received or state.submitted_on
    if first and event.on < first:
        what = "收到申请之日" if received else "提交申请之日"
        yield Refusal("on", f"日期不能早于{what}（{chinese_date(first)}）。", "政府信息公开条例 第三十一条")
    anew, step = state.reopened_on, steps()[event.kind]
    if anew and event.on < anew and "closed" not in step.statuses:
        yield Refusal("on", f"日期不能早于重新处理之日（{chinese_date(anew)}）。", steps()["reopened"].article)


def _step_refusals(state: CaseState, step: Step, day: date, law: Law) -> Iterator[Refusal]:
    """What speaks against the step on a day, whatever its fields hold."""
    if state.status not in step.statuses:
        yield Refusal("", f"案件现在是“{label_of('statuses', state.status)}”，不能“{step.label}”。", step.article)
        return
    if step.matters and state.matter not in step.matters:
        yield Refusal("", f"“{step.label}”不用于“{label_of('matters', state.matter)}”。", step.article)
        return
    if step.once and state.once_done(step.key):
        yield Refusal("", f"“{step.label}”只能办理一次，本件已经办过。", step.article)
        return
    if step.answers:
        answered = state.last(*step.answers)
        labels = "、".join(f"“{steps()[kind].label}”" for kind in step.answers)
        if answered is None:
            yield Refusal("", f"应当先{labels}，才能“{step.label}”。", step.article)
            return
        if day < answered.on:
            yield Refusal("on", f"日期不能早于{labels}之日（{chinese_date(answered.on)}）。", step.article)
    yield from gate_refusals(state, step.key, day, law)


def _person_refusals(state: CaseState, event: Event) -> Iterator[Refusal]:
    if event.kind in _BY_ANOTHER and state.draft and event.actor in state.draft.drafters:
        yield Refusal(
            "", "起草文书的人不能审核、批准自己起草的文书，请由其他人办理。", "政府信息公开条例 第十七条第一款"
        )
