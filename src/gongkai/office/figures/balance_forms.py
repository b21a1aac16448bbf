"""The form of an organ's opening balances: an input in every cell of 表三 and 表四 that may be entered, sums computed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.report.form import CellKey, Form

from ..cases.widgets import Day
from ..organs.models import Organ
from .balances import entered_cells
from .models import OpeningEntry

MOST = 1_000_000
"""The largest figure taken: more is a slip of the pen."""


class BalanceForm(forms.ModelForm):
    """``numbers``: the figures that stand in the cells at first. The figures themselves are drawn by `balance_views`."""

    class Meta:
        model = OpeningEntry
        fields = ("through", "source", "reason")
        widgets = {"through": Day()}

    def __init__(
        self,
        *args: Any,
        organ: Organ,
        year: int,
        statutory: Form,
        today: date,
        numbers: Mapping[CellKey, int],
        corrects: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.statutory, self.today, self.starting = statutory, today, dict(numbers)
        self.instance.organ, self.instance.year = organ, year
        if corrects:
            self.fields["reason"].help_text = "写明更正了什么、依据什么；原来填报的保留备查。"
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]
        for field in self.fields.values():
            field.required = (
                field.required and "sum" not in self.data
            )  # sums are asked for while one is still filling in
            field.error_messages["required"] = f"请填写“{field.label}”。"
        self.wrong: dict[str, str] = {}
        """What is wrong with the figures, by ``cell:…`` and ``column:…``."""

    def clean_through(self) -> date:
        day = self.cleaned_data["through"]
        if day > self.today:
            raise ValidationError("截止日期不能晚于今天。")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for key in entered_cells(self.statutory):
            if (text := self.text(key)) and _number(text) is None:
                self.wrong[f"cell:{key}"] = f"“{text[:20]}”不是件数，请填写不小于 0 的整数。"
        return cleaned

    def text(self, key: CellKey) -> str:
        """What stands in a cell, as it was typed."""
        if not self.is_bound:
            return str(self.starting.get(key) or "")
        return str(self.data.get(key, "")).strip()

    def numbers(self) -> dict[CellKey, int]:
        """The figures as far as they are numbers; 0 and empty are left out."""
        found = {key: _number(self.text(key)) for key in entered_cells(self.statutory)}
        return {key: number for key, number in found.items() if number}

    def refuse(self, error: ValidationError) -> None:
        """Put what was refused beside what is at fault."""
        for place, messages in error.message_dict.items():
            if place.startswith(("cell:", "column:")):
                self.wrong[place] = " ".join(messages)
            else:
                self.add_error(place if place in self.fields else None, messages)


def _number(text: str) -> int | None:
    plain = text.strip().removesuffix("件").strip()
    if not plain.isdecimal() or len(plain) > 7:
        return None
    number = int(plain)
    return number if number <= MOST else None
