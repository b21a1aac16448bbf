"""The form of a step: generated from what the step asks, so that a new step needs no screen of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from gongkai.law.case.event import Event
from gongkai.law.case.lawful import Refusal, refusals
from gongkai.law.case.state import CaseState
from gongkai.law.case.steps import Step

from ..calendars import Law
from ..vault.models import StoredFile
from .form_fields import Offers, day_field, form_field
from .kept import Submission
from .letter_choice import gives_number

DAY = "on"
"""Name of the field with the day on which the step counts."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered, as `cases.record` takes it; what was left empty is left out."""

    on: date
    data: Mapping[str, Any]
    personal: Mapping[str, str]
    files: Mapping[str, Sequence[StoredFile]]


class StepForm(forms.Form):
    """What a step asks. ``submission``: what was sent; None to show the empty form."""

    def __init__(
        self,
        step: Step,
        offers: Offers,
        *,
        submission: Submission | None = None,
        initial: Mapping[str, Any] | None = None,
        without: Iterable[str] = (),
        prefix: str | None = None,
    ) -> None:
        self.step = step
        self.refused = submission.refused if submission else {}
        super().__init__(
            submission.data if submission else None, initial=initial, prefix=prefix, use_required_attribute=False
        )
        self.fields[DAY] = day_field(step.day)
        for asked in step.fields:
            if asked.key not in without:
                self.fields[asked.key] = form_field(asked, offers)
        if gives_number(step) and "number" in self.fields:
            self.fields["number"].required = False
            self.fields["number"].help_text = "不填的，按本机关的编号规则自动编号。"

    def clean(self) -> dict[str, Any]:
        for key, messages in self.refused.items():
            if key in self.fields:
                for message in messages:
                    self.add_error(key, message)
        return self.cleaned_data

    def entered(self) -> Entered:
        """What was entered. To be called on a valid form."""
        asked = {one.key: one for one in self.step.fields if one.key in self.fields}
        values = {key: self.cleaned_data[key] for key in asked}
        filled = {key: value for key, value in values.items() if value not in (None, "", [])}
        return Entered(
            on=self.cleaned_data[DAY],
            data={
                key: as_json(value)
                for key, value in filled.items()
                if asked[key].type != "files" and not asked[key].personal
            },
            personal={key: str(value) for key, value in filled.items() if asked[key].personal},
            files={key: value for key, value in filled.items() if asked[key].type == "files"},
        )

    def look_ahead(self, state: CaseState | None, law: Law, actor: str, today: date) -> None:
        """Where the form is wrong in one field, say at once what the core has against the others as they are."""
        if DAY not in self.cleaned_data:
            return
        asked = {one.key: one for one in self.step.fields if one.key in self.cleaned_data}
        filled = {key: value for key in asked if (value := self.cleaned_data[key]) not in (None, "", [])}
        data = {
            key: as_json(value)
            for key, value in filled.items()
            if asked[key].type != "files" and not asked[key].personal
        }
        personal = frozenset(key for key in filled if asked[key].personal)
        event = Event(self.step.key, self.cleaned_data[DAY], data, actor)
        found = refusals(state, event, law.calendar, law.rules, today, personal)
        files = {key for key in filled if asked[key].type == "files"}
        self.refuse(
            one for one in found if one.field in self.fields and one.field not in self.errors and one.field not in files
        )

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Put what the core has against the step beside the fields at fault."""
        for refusal in refusals:
            field = DAY if refusal.field == DAY else refusal.field
            message = refusal.message if not refusal.article else f"{refusal.message}（{refusal.article}）"
            self.add_error(field if field in self.fields else None, message)


def as_json(value: Any) -> Any:
    """A cleaned value as an event's data hold it."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:.2f}"
    return value
