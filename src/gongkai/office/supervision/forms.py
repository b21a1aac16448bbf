"""The form of a district's own rules for the annual reports (本地规定)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from gongkai.law.filing import day_faults, filing_steps, filing_terms

from ..filings.models import DistrictRules
from ..filings.rules import OF_GOVERNMENTS

_WRITTEN = re.compile(r"(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*日?")


class RulesForm(forms.ModelForm):
    """What a government's supervising office sets. The days are fields of their own, ``day.<step>``."""

    class Meta:
        model = DistrictRules
        fields = ("acceptance", "townships", "remind_before", "overview_length", "basis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, use_required_attribute=False)
        self.fields["acceptance"].widget = forms.RadioSelect(choices=DistrictRules.Acceptance.choices)
        self.fields[
            "acceptance"
        ].help_text = "先审核、后公布的，到法定日期前的最后一个工作日主管部门仍未审核，机关可以先行公布。"
        self.fields["remind_before"].max_value = 60
        for key, _, step in _days():
            self.fields[_field(key)] = forms.CharField(
                label=filing_steps()[step].done,
                required=False,
                max_length=12,
                initial=self.instance.days.get(key, ""),
                widget=forms.TextInput(attrs={"class": "o-short"}),
            )

    def department_days(self) -> list[forms.BoundField]:
        """The fields of the days of departments and all others than governments."""
        return [self[_field(key)] for key, government, _ in _days() if not government]

    def government_days(self) -> list[forms.BoundField]:
        """The fields of the days of governments' own reports."""
        return [self[_field(key)] for key, government, _ in _days() if government]

    def clean_remind_before(self) -> int:
        number: int = self.cleaned_data["remind_before"]
        if number > 60:
            raise forms.ValidationError("不能超过60个工作日。")
        return number

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for government in (False, True):
            keys = {step: key for key, of_government, step in _days() if of_government is government}
            days = {step: _spelled(found.get(_field(key), "")) for step, key in keys.items()}
            for step, message in day_faults(days, government=government).items():
                self.add_error(_field(keys[step]), message)
        if self.days() and not found.get("basis"):
            self.add_error("basis", "规定了本地的日期，请写明作出规定的文件。")
        return found

    def days(self) -> dict[str, str]:
        """The days as `DistrictRules.days` keeps them."""
        given = {key: _spelled(self.cleaned_data.get(_field(key), "")) for key, _, _ in _days()}
        return {key: text for key, text in given.items() if text}

    def save(self, commit: bool = True) -> DistrictRules:
        self.instance.days = self.days()
        rules: DistrictRules = super().save(commit)
        return rules


def _days() -> list[tuple[str, bool, str]]:
    """Key of each day, whether it is for governments' reports, and its step."""
    return [
        (f"{OF_GOVERNMENTS if government else ''}{step}", government, step)
        for government in (False, True)
        for step in filing_terms().local_steps
    ]


def days_in_words(days: Mapping[str, str]) -> dict[str, str]:
    """`DistrictRules.days` under the names of their steps, as the audit log tells them."""
    names = {
        key: f"{'政府报告：' if government else ''}{filing_steps()[step].done}" for key, government, step in _days()
    }
    return {name: days[key] for key, name in names.items() if key in days}


def _field(key: str) -> str:
    return f"day_{key.replace('.', '_')}"


def _spelled(text: str) -> str:
    """1月20日, 1-20 and 01-20 as ``01-20``; what is none of these as it is."""
    found = _WRITTEN.fullmatch(text.strip())
    return f"{int(found[1]):02}-{int(found[2]):02}" if found else text.strip()
