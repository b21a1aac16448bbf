"""What an event refers to must exist: divisions and people of the organ, other cases of its register, organs.

The core knows no database; it checks the form of such values, this module that there is something behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from gongkai.law.case.event import Event
from gongkai.law.case.lawful import Refusal
from gongkai.law.case.state import CaseState
from gongkai.law.case.steps import steps

from ..organs.models import Division, Organ, Person
from ..organs.queries import holders
from .models import Case


def unknown_references(organ: Organ, register: Organ, state: CaseState | None, event: Event) -> tuple[Refusal, ...]:
    """A refusal for each value of the event that refers to nothing.

    ``organ``: the one that handles the case; ``register``: the one that registered it, in whose register other cases are
    looked up. What sets an earlier event right may speak of divisions and people of either.
    """
    wrong = state.event(event.data["event"]) if state and event.kind == "record_corrected" else None
    if wrong is not None:
        return _unknown(wrong.kind, event.data.get("values") or {}, (organ, register), register, lambda key: "values")
    if event.kind == "transferred" and event.data["organ"] == organ.code:
        return (Refusal("organ", "本件现在就由这个机关办理，请选择承接职权的其他机关。"),)
    if event.kind == "answered_on_the_spot" and (missing := _no_reviewer(organ, event)):
        return missing
    return _unknown(event.kind, event.data, (organ,), register, lambda key: key)


def _no_reviewer(organ: Organ, event: Event) -> tuple[Refusal, ...]:
    """Who is named as having reviewed must have held that role on the day."""
    key = str(event.data.get("reviewed_by") or "")
    if not key or (
        key.isdecimal() and key in {str(one.pk) for one in holders(organ, "confidentiality_reviewer", event.on)}
    ):
        return ()
    return (
        Refusal("reviewed_by", "所选的人这一天不是本机关的保密审查人，请重新选择。", "政府信息公开条例 第十七条第二款"),
    )


def _unknown(
    kind: str, data: Mapping[str, Any], organs: Sequence[Organ], register: Organ, place: Callable[[str], str]
) -> tuple[Refusal, ...]:
    found = []
    for field in steps()[kind].fields:
        values = _listed(data.get(field.key))
        if values and field.type in _MISSING:
            missing = _MISSING[field.type]((register,) if field.type == "cases" else organs, values)
            found += [
                Refusal(place(field.key), f"{field.label}：{_WHY[field.type].format(value)}") for value in missing
            ]
    return tuple(found)


def _listed(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _divisions(organs: Sequence[Organ], keys: list[str]) -> Iterable[str]:
    return _without(keys, Division.objects.filter(organ__in=organs, key__in=keys).values_list("key", flat=True))


def _people(organs: Sequence[Organ], keys: list[str]) -> Iterable[str]:
    numbers = [int(key) for key in keys if key.isdecimal()]
    held = Person.objects.filter(pk__in=numbers, holdings__organ__in=organs).values_list("pk", flat=True)
    return _without(keys, map(str, held))


def _cases(organs: Sequence[Organ], numbers: list[str]) -> Iterable[str]:
    return _without(numbers, Case.objects.filter(organ__in=organs, number__in=numbers).values_list("number", flat=True))


def _organs(organs: Sequence[Organ], codes: list[str]) -> Iterable[str]:
    return _without(codes, Organ.objects.filter(code__in=codes).values_list("code", flat=True))


def _without(wanted: list[str], known: Iterable[str]) -> list[str]:
    there = set(known)
    return [value for value in wanted if value not in there]


_MISSING: Mapping[str, Callable[[Sequence[Organ], list[str]], Iterable[str]]] = {
    "division": _divisions,
    "person": _people,
    "cases": _cases,
    "organ": _organs,
}

_WHY = {
    "division": "本机关没有代码为“{}”的内设机构，请重新选择。",
    "person": "本机关没有编号为“{}”的人员，请重新选择。",
    "cases": "登记本件的机关没有编号为“{}”的案件，请核对编号。",
    "organ": "没有代码为“{}”的机关，请重新选择。",
}
