"""Forms of the export, of sending a file for import, and of the questions about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from gongkai.law import channels
from gongkai.ledger import Question

from .answers import key_of

ENDINGS = (".xlsx", ".xls", ".ods", ".et")


class ExportForm(forms.Form):
    """Which part of the ledger; ``may_name``: whether the applicants' names are offered."""

    year = forms.ChoiceField(label="范围", help_text="选一个年度，包括上年结转和结转下年的；或者选全部。")
    names = forms.BooleanField(
        label="写入申请人姓名或者名称",
        required=False,
        help_text="含个人信息，只供本机关内部使用，不要对外提供。导出记入审计日志。",
    )

    def __init__(self, *args: Any, today: date, may_name: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        years = [(str(year), f"{year}年") for year in range(today.year, today.year - 8, -1)]
        self.fields["year"].choices = [*years, ("all", "全部")]
        if not may_name:
            del self.fields["names"]


class UploadForm(forms.Form):
    """A ledger to import."""

    file = forms.FileField(
        label="台账文件",
        help_text="XLSX、XLS 或者 ODS 工作簿：本系统的台账，或者本机关自己的登记表。",
        error_messages={"required": "请选择要导入的台账文件。", "empty": "这个文件是空的，请核对。"},
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    channel = forms.ChoiceField(
        label="没有写明渠道的申请，登记为",
        choices=[(term.code, term.listed) for term in channels().terms],
        help_text="只用于台账没有填写申请渠道的各行。收到日期照台账，不因渠道改变。",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.GONGKAI_UPLOAD_LIMIT:
            most = settings.GONGKAI_UPLOAD_LIMIT // 2**20
            raise forms.ValidationError(f"文件超过 {most} 兆字节，请删去无关的工作表和图片，或者分开导入。")
        return file


class QuestionsForm(forms.Form):
    """A choice for each question; what is left open is asked again the next time."""

    def __init__(self, *args: Any, questions: Iterable[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        for number, question in enumerate(questions):
            choices = [("", "以后再定"), *((one.value, one.label) for one in question.choices)]
            self.fields[f"question{number}"] = forms.ChoiceField(label=question.text, choices=choices, required=False)
        self.questions = tuple(questions)

    def chosen(self) -> dict[str, str]:
        """What was chosen, by the key of the question. To be called on a valid form."""
        return {
            key_of(question): self.cleaned_data[f"question{number}"]
            for number, question in enumerate(self.questions)
            if self.cleaned_data[f"question{number}"]
        }
