"""Correcting a record (更正登记事项): the fields of the event at fault, filled in as recorded; what was changed becomes the correction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from gongkai.law.case.event import Event
from gongkai.law.case.recording import FIXED
from gongkai.law.case.steps import Step, StepField, steps

from .form_fields import Offers, day_field, form_field
from .forms import DAY, Entered, StepForm, as_json
from .kept import Submission

_PREFIX = "value_"


class CorrectionForm(StepForm):
    """``row``: the event to correct; None while it has not been chosen: then only the choice is asked.

    Personal values stand empty: only a new one is typed in. Files are not corrected, a note can add some.
    """

    def __init__(
        self,
        step: Step,
        offers: Offers,
        row: Event | None,
        *,
        submission: Submission | None,
        initial: Mapping[str, Any] | None,
    ) -> None:
        self.row = row
        super().__init__(step, offers, submission=submission, initial=initial, without=("values",))
        if row is None:
            del self.fields["reason"]
            return
        self.initial = {**(initial or {}), "event": row.number, **_recorded(row)}
        reason = self.fields.pop("reason")
        day = day_field(f"日期（{steps()[row.kind].day}）")
        self.fields[_PREFIX + DAY] = day
        for asked in _correctable(row):
            field = form_field(replace(asked, required=False), offers)
            field.when = None
            if asked.personal:
                field.help_text = "已加密保存，不显示；只在要更正时填写新的内容。"
            self.fields[_PREFIX + asked.key] = field
        self.fields["reason"] = reason

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.row is None:
            raise forms.ValidationError("请先选择要更正的记录。")
        return self.cleaned_data

    def entered(self) -> Entered:
        plain = super().entered()
        return replace(plain, data={**plain.data, "values": self._changed()}, personal=self._personal())

    def _changed(self) -> dict[str, Any]:
        """What differs from the record; what was emptied is None."""
        assert self.row is not None
        found: dict[str, Any] = {}
        if self.cleaned_data[_PREFIX + DAY] != self.row.on:
            found[DAY] = as_json(self.cleaned_data[_PREFIX + DAY])
        for asked in _correctable(self.row):
            value = as_json(self.cleaned_data[_PREFIX + asked.key])
            if not asked.personal and (value or None) != (self.row.data.get(asked.key) or None):
                found[asked.key] = value if value not in ("", []) else None
        return found

    def _personal(self) -> dict[str, str]:
        assert self.row is not None
        typed = {
            asked.key: self.cleaned_data[_PREFIX + asked.key] for asked in _correctable(self.row) if asked.personal
        }
        return {key: value for key, value in typed.items() if value}


def _correctable(row: Event) -> list[StepField]:
    return [
        asked for asked in steps()[row.kind].fields if asked.type not in ("files", "values") and asked.key not in FIXED
    ]


def _recorded(row: Event) -> dict[str, Any]:
    found: dict[str, Any] = {_PREFIX + DAY: row.on}
    for asked in _correctable(row):
        value = row.data.get(asked.key)
        if asked.type == "date" and value:
            value = date.fromisoformat(value)
        if asked.type == "yes_no" and value is not None:
            value = "yes" if value else "no"
        found[_PREFIX + asked.key] = value
    return found
