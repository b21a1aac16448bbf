"""A case's history (办理记录) as the case page and the archive show it: newest last, corrections beside what they correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.law.case.steps import Step, StepField, steps

from ..vault.models import StoredFile
from ..vault.secrets import masked, reveal
from .models import Case, CaseEvent
from .wording import Names


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in words. ``actor``: who recorded it; ``late``: it was recorded on a later day than it happened.

    ``said``: label and value of what was filled in; ``personal``: the same of personal values, masked; ``corrections``:
    what later events set right in it, with the reason.
    """

    number: int
    kind: str
    title: str
    article: str
    mark: str
    on: date
    at: datetime
    actor: str
    said: tuple[tuple[str, str], ...]
    personal: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, StoredFile], ...]
    corrections: tuple[tuple[int, str], ...]


def rows_of(case: Case) -> list[CaseEvent]:
    """The events of a case with all that a screen shows of them, in few queries."""
    related = case.events.select_related("actor").prefetch_related("secrets__secret", "files__file")
    return list(related.order_by("number"))


def entries(rows: list[CaseEvent], names: Names) -> list[Entry]:
    """The history, in the order of the events."""
    corrected: dict[int, list[tuple[int, str]]] = {}
    for row in rows:
        if row.kind == "record_corrected":
            corrected.setdefault(row.data["event"], []).append((row.number, _correction(row, rows, names)))
    return [_entry(row, rows, names, tuple(corrected.get(row.number, ()))) for row in rows]


def _entry(row: CaseEvent, rows: list[CaseEvent], names: Names, corrections: tuple[tuple[int, str], ...]) -> Entry:
    step = steps()[row.kind]
    labels = {one.key: one.label for one in step.fields}
    said = [
        (one.label, _said(one, row, rows, names)) for one in step.fields if one.key in row.data and one.type != "files"
    ]
    return Entry(
        number=row.number,
        kind=row.kind,
        title=step.done,
        article=step.article,
        mark=step.mark,
        on=row.on,
        at=row.at,
        actor=str(row.actor) if row.actor else "申请人或者系统",
        said=tuple(said),
        personal=tuple((labels.get(field, field), value) for field, value in masked_values(row).items()),
        files=tuple((labels.get(one.field, one.field), one.file) for one in row.files.all()),
        corrections=corrections,
    )


def _said(asked: StepField, row: CaseEvent, rows: list[CaseEvent], names: Names) -> str:
    value = row.data[asked.key]
    return corrected_words(row, rows, names) if asked.type == "values" else names.of(asked, value)


def corrected_words(row: CaseEvent, rows: list[CaseEvent], names: Names) -> str:
    """What a correction put in place of what, a field a line."""
    target = next((one for one in rows if one.number == row.data["event"]), None)
    step: Step | None = steps().get(target.kind) if target else None
    lines = [
        _replaced(step, key, value, names) for key, value in row.data.get("values", {}).items() if key != "personal"
    ]
    return "\n".join(lines)


def _replaced(step: Step | None, key: str, value: Any, names: Names) -> str:
    if key == "on":
        year, month, day = (int(part) for part in value.split("-"))
        return f"日期改为{year}年{month}月{day}日"
    asked = step.field(key) if step else None
    label, words = (asked.label, names.of(asked, value) if value is not None else "") if asked else (key, str(value))
    return f"{label}改为“{words}”" if words else f"{label}改为空白"


def _correction(row: CaseEvent, rows: list[CaseEvent], names: Names) -> str:
    return f"{corrected_words(row, rows, names)}。原因：{row.data.get('reason', '')}"


def masked_values(row: CaseEvent) -> Mapping[str, str]:
    """The personal values of an event as screens show them by default."""
    return {field: masked(field, value) for field, value in personal_values(row).items()}


def personal_values(row: CaseEvent) -> Mapping[str, str]:
    """The personal values of an event in the clear, "（已清除）" for an erased one. The caller has checked who reads them."""
    found = ((one.secret.field, reveal(one.secret)) for one in row.secrets.all())
    return {field: "（已清除）" if value is None else value for field, value in found}
