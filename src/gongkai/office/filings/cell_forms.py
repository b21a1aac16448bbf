"""The forms of one figure: another number in its place, and a repair that the checks propose, each with a reason."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.report.form import Cell, CellType
from gongkai.report.report import Number, whole

_LONGEST = 200

_SPELLED: dict[CellType, tuple[str, str]] = {
    "count": (r"\d{1,9}", "不小于 0 的整数，例如 12"),
    "change": (r"[+-]?\d{1,9}", "整数，减少的前面写减号，例如 -3"),
    "amount": (r"\d{1,12}(\.\d{1,6})?", "不小于 0 的数，最多六位小数，例如 12.5"),
}
"""By the type of a cell: how its figure is spelled, and how a person is told."""


class FigureForm(forms.Form):
    """Another figure in a cell."""

    value = forms.CharField(label="改为", max_length=40)
    reason = forms.CharField(
        label="更正的原因",
        max_length=_LONGEST,
        help_text="写明登记的数为什么不能用、改用的数依据什么，审核人和以后核对的人都要看。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, cell: Cell, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cell = cell
        spelled = _SPELLED[cell.type][1]
        self.fields["value"].help_text = f"填写{spelled}。单位：{cell.unit}。"
        kind = "decimal" if cell.type == "amount" else "numeric"
        self.fields["value"].widget.attrs |= {"inputmode": kind, "class": "o-short", "autocomplete": "off"}
        self.fields["value"].error_messages["required"] = "请填写这一格应当填报的数；没有发生的填 0。"
        self.fields["reason"].error_messages["required"] = "请写明更正的原因。"
        for field in self.fields.values():
            field.error_messages["max_length"] = "写得太长，请缩短到 %(limit_value)d 个字以内。"

    def clean_value(self) -> Number:
        pattern, spelled = _SPELLED[self.cell.type]
        typed = unicodedata.normalize("NFKC", self.cleaned_data["value"]).replace(",", "").replace("−", "-").strip()
        plain = typed.removesuffix(self.cell.unit).strip()
        if not re.fullmatch(pattern, plain, re.ASCII):
            raise ValidationError(f"“{self.cleaned_data['value'][:20]}”不是这一格可以填的数，应当是{spelled}。")
        return whole(Decimal(plain))


class RepairForm(forms.Form):
    """The reason for a repair. ``address``: where it is sent."""

    reason = forms.CharField(label="更正的原因", max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    address = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].error_messages["required"] = "请写明更正的原因。"
        self.fields["reason"].error_messages["max_length"] = "写得太长，请缩短到 %(limit_value)d 个字以内。"
