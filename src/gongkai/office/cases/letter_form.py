"""The parts of a letter that a person writes, as a form: one box a placeholder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from gongkai.letters import Placeholder

from .form_fields import DAY_FORMATS
from .letter_making import Prepared
from .presenting import chinese_day


class LetterForm(forms.Form):
    """What the letter prints and the case does not tell. ``texts``: what was written before, by placeholder."""

    def __init__(
        self,
        letter: Prepared,
        data: Any = None,
        *,
        texts: Mapping[str, str] | None = None,
        more: Iterable[Placeholder] = (),
    ) -> None:
        super().__init__(
            data, initial={_name(key): text for key, text in (texts or {}).items()}, use_required_attribute=False
        )
        self.letter = letter
        self.problem = ""
        for one in [*letter.asked, *more]:
            self.fields[_name(one.key)] = _field(one, required=one.key in letter.needed)

    def texts(self) -> dict[str, str]:
        """What was written, by placeholder. To be called on a valid form."""
        return {key.removeprefix("text_"): value for key, value in self.cleaned_data.items() if value}

    def refuse(self, message: str) -> None:
        """Say why the letter can't be made of what was written."""
        self.problem = message
        if self.is_bound:
            self.add_error(None, message)


class _DayText(forms.DateField):
    """A day that a letter prints, typed in any usual way and written as letters write it."""

    widget = forms.TextInput

    def clean(self, value: Any) -> str:
        return chinese_day(super().clean(value))


def _name(key: str) -> str:
    return f"text_{key}"


def _field(one: Placeholder, *, required: bool) -> forms.Field:
    long = one.kind in ("text", "lines")
    widget = forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput()
    if required:
        widget.attrs["aria-required"] = "true"
    messages = {"required": f"请填写“{one.name}”。", "invalid": "请填写日期，例如 2026年5月1日。"}
    common: dict[str, Any] = {
        "label": one.name,
        "help_text": one.note,
        "required": required,
        "widget": widget,
        "error_messages": messages,
    }
    return (
        _DayText(input_formats=DAY_FORMATS, **common)
        if one.kind == "date"
        else forms.CharField(max_length=20_000, **common)
    )
