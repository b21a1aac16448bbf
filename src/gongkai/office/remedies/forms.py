"""The form of a reconsideration or lawsuit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from ..cases.handling import case_called
from ..cases.widgets import Day
from ..organs.models import Organ
from .models import Remedy

DAYS = ("begun_on", "answered_on", "closed_on")


class RemedyForm(forms.ModelForm):
    """``case_number`` is typed, since a list of all cases would be no help."""

    case_number = forms.CharField(
        label="关联的申请编号",
        required=False,
        max_length=80,
        help_text="本机关登记的编号，例如 2026-0012。没有的留空。其他机关移交来的，编号前写上登记机关的代码和“/”，代码见收件箱。",
    )

    class Meta:
        model = Remedy
        fields = (
            "kind", "number", "body", "case_number", "earlier", "follows", "begun_on", "summary",
            "answered_on", "closed_on", "result", "joint", "remark",
        )  # fmt: skip
        widgets = {name: Day() for name in DAYS}
        help_texts = {"begun_on": "收到复议答复通知书、申请书副本或者起诉状副本之日。"}

    def __init__(self, *args: Any, organ: Organ, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.instance.organ = organ
        if case := self.instance.case:
            self.fields["case_number"].initial = case.number if case.organ == organ else case.reference
        self.fields["follows"].queryset = Remedy.objects.filter(organ=organ, kind="reconsideration").exclude(
            pk=self.instance.pk
        )
        self.fields["follows"].empty_label = "没有"
        for name, unchosen in (("kind", "请选择"), ("result", "还没有审结")):
            self.fields[name].choices = [("", unchosen), *Remedy._meta.get_field(name).flatchoices]
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”。"
        self.order_fields(self.Meta.fields)

    def clean_case_number(self) -> str:
        number = self.cleaned_data["case_number"].strip()
        self.instance.case = case_called(self.instance.organ, number) if number else None
        if number and self.instance.case is None:
            raise forms.ValidationError(f"本机关没有编号为“{number}”的申请，请核对。系统启用以前的申请，请填在下一栏。")
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in DAYS:
            if (day := cleaned.get(name)) and day > self.today:
                self.add_error(name, "日期不能晚于今天。")
        return cleaned
