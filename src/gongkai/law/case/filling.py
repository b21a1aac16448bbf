"""Whether the fields of a step are filled in as they should be: missing, unknown, of a wrong type, in the future."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..calendar import chinese_date
from .event import Event
from .lists import lists
from .refusal import Refusal
from .steps import Step, StepField

PERSONAL = "personal"
"""Key under which an event's data hold the digests of personal values, by field."""

_IN_LEDGERS = frozenset({"matter", "channel", "submitted_on", "signed_on", "applicant_kind"})
"""What is required even of an application that a ledger was its only record of: a ledger holds no more."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONEY = re.compile(r"(0|[1-9]\d{0,9})\.\d{2}")


def field_refusals(step: Step, event: Event, personal: frozenset[str], today: date) -> Iterator[Refusal]:
    """What is wrong with the fields, each by itself."""
    digests = event.data.get(PERSONAL, {})
    known = {one.key for one in step.fields if not one.personal}
    private = {one.key for one in step.fields if one.personal}
    if event.kind != "record_corrected":  # there they are the fields of the event that is set right
        for key in sorted((personal | set(digests)) - private):
            yield Refusal(key, f"“{step.label}”没有“{key}”这一项。")
    for key in event.data:
        if key in private:
            yield Refusal(key, f"“{_labelled(step, key)}”属于个人信息，不能写入案件记录。", "个人信息保护法 第三十四条")
        elif key not in known and key != PERSONAL:
            yield Refusal(key, f"“{step.label}”没有“{key}”这一项。")
    for one in step.fields:
        value = None if one.personal else event.data.get(one.key)
        given = one.key in personal or one.key in digests if one.personal else not _empty(value)
        asked = applies(one, event.data)
        if given and not asked:
            yield Refusal(one.key, f"{_condition(step, one)}，才填写“{one.label}”。")
        elif one.required and asked and not given and not (event.data.get("imported") and one.key not in _IN_LEDGERS):
            yield Refusal(one.key, f"请{'填写' if _typed(one) else '选择'}“{one.label}”。", one.article)
        elif given and not one.personal and (message := _wrong(one, value, today)):
            yield Refusal(one.key, message, one.article)


def applies(one: StepField, data: Mapping[str, Any]) -> bool:
    """Whether the field is asked, given what the others hold."""
    return one.when is None or data.get(one.when.field) in one.when.values


def _empty(value: object) -> bool:
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def _typed(one: StepField) -> bool:
    return one.type in ("text", "long_text", "date", "count", "money", "cases", "values")


def _labelled(step: Step, key: str) -> str:
    one = step.field(key)
    return one.label if one else key


def _condition(step: Step, one: StepField) -> str:
    assert one.when is not None  # only asked of fields with a condition
    other = step.field(one.when.field)
    assert other is not None  # seen to when the steps were loaded
    labels = (lists()[other.choices][value].label for value in one.when.values)
    return f"只有“{other.label}”是{'、'.join(f'“{label}”' for label in labels)}的"


def _wrong(one: StepField, value: Any, today: date) -> str:
    """What is wrong with a value that is given, "" where nothing is."""
    match one.type:
        case "date":
            return _wrong_date(one, value, today)
        case "count":
            return "" if type(value) is int and value >= 0 else f"“{one.label}”应当是不小于0的整数。"
        case "money":
            money = isinstance(value, str) and _MONEY.fullmatch(value)
            return "" if money else f"“{one.label}”应当是金额，写到分，例如 100.00。"
        case "yes_no":
            return "" if isinstance(value, bool) else f"“{one.label}”应当选择是或者否。"
        case "choice":
            fits = isinstance(value, str) and value in lists()[one.choices]
            return "" if fits else f"“{one.label}”中没有“{value}”这一项，请从所列各项中选择。"
        case "choices":
            if not _texts(value):
                return f"“{one.label}”应当从所列各项中选择，不重复。"
            unknown = [code for code in value if code not in lists()[one.choices]]
            return f"“{one.label}”中没有“{unknown[0]}”这一项，请从所列各项中选择。" if unknown else ""
        case "cases" | "files":
            return "" if _texts(value) else f"“{one.label}”应当逐项填写，不重复。"
        case "event":
            return "" if type(value) is int and value > 0 else f"请选择“{one.label}”。"
        case "values":
            return "" if isinstance(value, Mapping) else f"请填写“{one.label}”。"
        case "text" | "division" | "organ" | "person":
            fits = isinstance(value, str) and "\n" not in value
            return "" if fits else f"“{one.label}”应当是一行文字。"
        case "long_text":
            return "" if isinstance(value, str) else f"“{one.label}”应当是文字。"


def _wrong_date(one: StepField, value: Any, today: date) -> str:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return f"“{one.label}”应当是日期，例如 2026-10-08。"
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return f"“{one.label}”填的 {value} 不是存在的日期。"
    if day > today and not one.future:
        return f"“{one.label}”不能晚于今天（{chinese_date(today)}）。"
    return ""


def _texts(value: object) -> bool:
    return (
        isinstance(value, list) and all(isinstance(one, str) and one for one in value) and len(set(value)) == len(value)
    )
