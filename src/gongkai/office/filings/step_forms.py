"""The forms of the steps: what has to be written with a step, and remarks on cells and sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.law.filing import FilingState, FilingStep
from gongkai.report.form import Form
from gongkai.report.report import Report

REASONS = {
    "sent_back": "总的意见",
    "returned": "总的意见",
    "recalled": "撤回的原因",
    "reopened": "更正的原因",
    "chased": "催报的话",
}
ROWS = 3
"""How many remarks a form has room for at first."""

MOST = 60


class StepForm(forms.Form):
    """``version``: the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, step: FilingStep, state: FilingState, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.today = step, today
        if step.asks & {"reason", "remarks"} or step.key == "chased":
            note = "逐条意见写在下面；没有逐条意见的，在这里写明。" if "remarks" in step.asks else ""
            self.fields["reason"] = _text(REASONS.get(step.key, "原因"), required="reason" in step.asks, note=note)
        if "changes" in step.asks and state.published:
            note = "会和更正的一版一起公布，例如“更正了表三第三行的数据”。"
            self.fields["changes"] = _text("这一版更正了什么", required=True, note=note)
        if step.key == "returned":
            self.fields["until"] = forms.DateField(
                label="请在哪一天以前改正",
                required=False,
                help_text="不限日期的留空。",
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )

    def clean_until(self) -> date | None:
        day: date | None = self.cleaned_data["until"]
        if day and day < self.today:
            raise forms.ValidationError("改正的日期不能早于今天。")
        return day

    def said(self) -> dict[str, str]:
        """What was written, for the record."""
        kept = {name: self.cleaned_data.get(name) for name in ("reason", "changes", "until")}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items() if value}


class RemarkForm(forms.Form):
    """One remark: on a cell of the form, or on a sentence of the text, or on the whole."""

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        assert report.form is not None
        self.fields["cell"] = forms.ChoiceField(label="统计表中的哪一格", required=False, choices=_cells(report.form))
        self.fields["sentence"] = forms.CharField(
            label="正文中的哪一句话",
            required=False,
            max_length=400,
            help_text="从正文中原样摘录，可以只摘一部分。",
        )
        self.fields["text"] = _text("意见", required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (found.get("cell") or found.get("sentence")) and not found.get("text"):
            self.add_error("text", "请写明这一处要怎样修改。")
        if (quoted := found.get("sentence")) and self.section_of(quoted) is None:
            self.add_error("sentence", "正文中没有这句话，请从正文中原样摘录。")
        return found

    def section_of(self, quoted: str) -> str | None:
        """Key of the section in which a quoted sentence stands, None where it stands nowhere."""
        texts = {"introduction": self.report.introduction, **self.report.sections}
        wanted = "".join(quoted.split())
        return next((key for key, text in texts.items() if wanted in "".join(text.split())), None)

    def remark(self) -> dict[str, str] | None:
        """The remark for the record, None for an empty row."""
        found = self.cleaned_data
        if not found.get("text"):
            return None
        sentence = found.get("sentence", "")
        section = self.section_of(sentence) or "" if sentence else ""
        kept = {"text": found["text"], "cell": found.get("cell", ""), "section": section, "sentence": sentence}
        return {name: value for name, value in kept.items() if value}


class AnswerForm(forms.Form):
    """What was done about one remark. ``remark``: its key."""

    remark = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: str = "怎样处理的", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = _text(label, required=True, rows=2)


RemarkForms = forms.formset_factory(RemarkForm, extra=ROWS, max_num=MOST, absolute_max=MOST)


def remark_forms(data: Any, report: Report, *, more: bool) -> forms.BaseFormSet:
    """Room for remarks. ``more``: with another empty row, everything typed kept."""
    if data is not None and more:
        data = data.copy()
        rows = data.get("remarks-TOTAL_FORMS", "")
        data["remarks-TOTAL_FORMS"] = str(min(MOST, int(rows) + 1 if rows.isdecimal() and len(rows) < 4 else ROWS))
    return RemarkForms(data, prefix="remarks", form_kwargs={"report": report})


def _cells(form: Form) -> list[Any]:
    """The cells to choose from, by table and row."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, cell in form.cells.items():
        groups.setdefault(cell.name.removesuffix(cell.column.name), []).append((key, cell.name))
    return [("", "不针对某一格"), *groups.items()]


def _text(label: str, *, required: bool, note: str = "", rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    missing = {"required": f"请填写“{label}”。"}
    return forms.CharField(
        label=label, required=required, max_length=2000, help_text=note, widget=area, error_messages=missing
    )
