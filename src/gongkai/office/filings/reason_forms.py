"""The form of a page that asks for reasons (说明) of several findings, a field for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms


class ReasonsForm(forms.Form):
    """``reasons``: by the name of its field, what a finding's field is called and the reason there is."""

    def __init__(self, *args: Any, reasons: Mapping[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (label, reason) in reasons.items():
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=1000,
                initial=reason,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": "写得太长，请缩短到 %(limit_value)d 个字以内。"},
            )

    def given(self) -> dict[str, str]:
        """Of a valid form: the reasons of the fields that were sent."""
        return {name: reason for name, reason in self.cleaned_data.items() if name in self.data}
