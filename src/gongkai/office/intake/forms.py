"""Forms of sending files, and of saying whose report one is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ..organs.forms import DayInput
from ..organs.models import Organ
from .standings import organs_to_choose

ENDINGS = ".docx,.pdf,.html,.htm,.mht,.xlsx,.xls,.wps,.doc,.rtf,.odt,.ofd,.txt,.zip"


class SeveralFiles(forms.ClearableFileInput):
    """An input for as many files as one likes."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class FilesField(forms.FileField):
    """All files that were chosen, as a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            raise forms.ValidationError(self.error_messages["required"])
        return [super(FilesField, self).clean(one, initial) for one in data]


class UploadForm(forms.Form):
    """Files of a batch. ``several``: whether more than one may be chosen."""

    files = FilesField(label="文件", allow_empty_file=True, error_messages={"required": "请选择要上传的文件。"})
    received_on = forms.DateField(
        label="收到日期",
        widget=DayInput(),
        help_text="机关送来这些文件的日期，记入报告的来源。",
        error_messages={"required": "请填写收到日期。", "invalid": "日期的写法不对，请按“2026-01-20”填写。"},
    )

    def __init__(self, *args: Any, today: date, several: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        files = self.fields["files"]
        kinds = "DOCX、PDF、HTML、XLSX、WPS、DOC、OFD、TXT，或者装有这些文件的 ZIP 压缩包"
        if several:
            files.widget = SeveralFiles(attrs={"accept": ENDINGS, "multiple": True})
            files.help_text = f"可以一次选多个文件，最多一百个；更多的请打成一个压缩包。可以是 {kinds}。"
        else:
            files.widget = SeveralFiles(attrs={"accept": ENDINGS})
            files.help_text = f"可以是 {kinds}。"
        self.fields["received_on"].initial = today
        if not several:
            self.fields["received_on"].label = "取得日期"
            self.fields["received_on"].help_text = "取得这份文件的日期，记入报告的来源。"

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError("日期不能晚于今天，请核对。")
        return day


class PlaceForm(forms.Form):
    """Whose report of which year a file is. ``years``: those that can be meant."""

    organ = forms.ChoiceField(
        label="机关", error_messages={"required": "请选择机关。", "invalid_choice": "请选择机关。"}
    )
    year = forms.TypedChoiceField(
        label="年度", coerce=int, error_messages={"required": "请选择年度。", "invalid_choice": "请选择年度。"}
    )

    def __init__(self, *args: Any, organs: Sequence[Organ], years: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.organs = {one.code: one for one in organs}
        self.fields["organ"].choices = [("", "请选择"), *organs_to_choose(organs)]
        self.fields["year"].choices = [
            *([("", "请选择")] if len(years) > 1 else []),
            *((one, f"{one}年度") for one in years),
        ]

    def chosen(self) -> tuple[Organ, int]:
        """Of a valid form."""
        return self.organs[self.cleaned_data["organ"]], self.cleaned_data["year"]
