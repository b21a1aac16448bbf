"""What an event refers to must exist: divisions and people of the organ, other cases of it, organs.

The core knows no database; it checks the form of such values, this module that there is something behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gongkai.law.case.event import Event
from gongkai.law.case.lawful import Refusal
from gongkai.law.case.steps import steps

from ..organs.models import Organ, Person
from .models import Case


def unknown_references(organ: Organ, event: Event) -> tuple[Refusal, ...]:
    """A refusal for each value of the event that refers to nothing."""
    found = []
    for field in steps()[event.kind].fields:
        values = _listed(event.data.get(field.key))
        if values and field.type in _MISSING:
            missing = _MISSING[field.type](organ, values)
            found += [Refusal(field.key, f"{field.label}：{_WHY[field.type].format(value)}") for value in missing]
    return tuple(found)


def _listed(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _divisions(organ: Organ, keys: list[str]) -> Iterable[str]:
    return _without(keys, organ.divisions.filter(key__in=keys).values_list("key", flat=True))


def _people(organ: Organ, keys: list[str]) -> Iterable[str]:
    numbers = [int(key) for key in keys if key.isdecimal()]
    held = Person.objects.filter(pk__in=numbers, holdings__organ=organ).values_list("pk", flat=True)
    return _without(keys, map(str, held))


def _cases(organ: Organ, numbers: list[str]) -> Iterable[str]:
    return _without(numbers, Case.objects.filter(organ=organ, number__in=numbers).values_list("number", flat=True))


def _organs(organ: Organ, codes: list[str]) -> Iterable[str]:
    return _without(codes, Organ.objects.filter(code__in=codes).values_list("code", flat=True))


def _without(wanted: list[str], known: Iterable[str]) -> list[str]:
    there = set(known)
    return [value for value in wanted if value not in there]


_MISSING: Mapping[str, Callable[[Organ, list[str]], Iterable[str]]] = {
    "division": _divisions,
    "person": _people,
    "cases": _cases,
    "organ": _organs,
}

_WHY = {
    "division": "本机关没有代码为“{}”的内设机构，请重新选择。",
    "person": "本机关没有编号为“{}”的人员，请重新选择。",
    "cases": "本机关没有编号为“{}”的案件，请核对编号。",
    "organ": "没有代码为“{}”的机关，请重新选择。",
}
