"""Forms of the registers: they check shape; what may be is decided by the actions, whose refusals are put beside the fields."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from gongkai.law import decision_kinds
from gongkai.ledger import Question, UnreadableLedgerError
from gongkai.ledger.columns import ledger_sheet
from gongkai.narrative import FactItem, information_kinds, media_kinds
from gongkai.report.form import CellKey, Form

from ..interchange.forms import QuestionsForm
from ..organs.forms import DayField
from ..organs.models import Organ
from .decisions import AMOUNTS, MOST, SUGGESTED, Use, unit_of
from .documents import kinds_of
from .facts import LONGEST
from .models import Document
from .sheets import grids_of

PLACES = 6
"""Decimal places of an amount in 万元: down to the fen."""

USES = ((Use.ADD.value, "另计：是另外的决定，相加"), (Use.COMPARE.value, "只作核对：是同样的决定，不相加"))
"""What the figures of a source can be beside another's, as a form asks."""


class RegisterForm(forms.Form):
    """A form whose messages name the field, and that takes the refusals of an action."""

    names: dict[str, str] = {}
    """Fields of an action that are called otherwise here."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”。"

    def refuse(self, error: ValidationError) -> None:
        """Put what an action refused beside the field at fault."""
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in told.items():
            field = self.names.get(name, name)
            self.add_error(field if field in self.fields else None, messages)


def _text(label: str, most: int, *, required: bool = True, help_text: str = "", area: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4}) if area else None
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text, widget=widget)


def _choice(
    label: str, choices: Iterable[tuple[str, str]], *, required: bool = True, help_text: str = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=required, help_text=help_text)


class CountField(forms.CharField):
    """A whole number not below 0, or nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "o-short"}), **options)

    def clean(self, value: Any) -> int | None:
        text = str(super().clean(value) or "").strip().replace(",", "").replace("，", "")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or int(text[:12]) > MOST or len(text) > 10:
            raise ValidationError(f"“{text[:20]}”不是可以填写的数字，请填写不小于 0 的整数。")
        return int(text)


class AmountField(forms.CharField):
    """A number not below 0 with at most six places, exactly as typed, or nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "o-short", "data-places": PLACES}), **options
        )

    def clean(self, value: Any) -> Decimal | None:
        text = str(super().clean(value) or "").strip().replace(",", "").replace("，", "")
        if not text:
            return None
        whole, point, places = text.partition(".")
        digits = whole + places
        if not (digits.isascii() and digits.isdecimal()) or not whole or (point and not places) or len(whole) > 10:
            raise ValidationError(f"“{text[:20]}”不是可以填写的金额，请填写不小于 0 的数字，例如 12.5。")
        if len(places) > PLACES:
            raise ValidationError(f"“{text[:20]}”的小数超过六位，请核对。")
        if (amount := Decimal(text)) > MOST:
            raise ValidationError(f"“{text[:20]}”超过 10 亿，请核对。")
        return amount


class DocumentForm(RegisterForm):
    """A document. ``corrects``: one that is entered already: what was wrong has to be said."""

    title = _text("文件名称", 200, help_text="文件的全称，不写书名号。")
    number = _text("文号", 80, required=False, help_text="发文字号，例如“云政规〔2026〕3号”；规章写令号。没有的留空。")
    issued_on = DayField(
        label="制发日期", help_text="成文或者公布的日期，按它计入当年制发件数。以前年度制发、现行有效的也要登记。"
    )
    effective_on = DayField(label="施行日期", required=False, help_text="只供查阅；件数从制发之日起计算。")
    expires_on = DayField(
        label="有效期至",
        required=False,
        help_text="有效期的最后一天。届满失效的不再计入现行有效，也不计入废止。没有规定的留空。",
    )
    repealed_on = DayField(label="废止日期", required=False, help_text="明令废止的日期，按它计入当年废止件数。")
    repealed_by = forms.ModelChoiceField(
        label="据以废止的文件",
        queryset=Document.objects.none(),
        required=False,
        empty_label="不在本登记簿中，或者没有废止",
    )
    repealed_by_other = _text("据以废止的文件（不在本登记簿中的）", 200, required=False, help_text="写文件名称和文号。")
    remark = _text("备注", 200, required=False)

    def __init__(self, *args: Any, organ: Organ, corrects: Document | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = kinds_of(organ)
        self.fields["kind"] = _choice("类别", kinds if len(kinds) == 1 else [("", "请选择"), *kinds])
        self.fields["kind"].error_messages["required"] = "请选择文件的类别。"
        others = Document.objects.filter(Document.in_force, organ=organ).order_by("-issued_on", "-pk")
        self.fields["repealed_by"].queryset = others.exclude(pk=corrects.pk) if corrects else others
        self.fields["repealed_by"].error_messages["invalid_choice"] = "请从列表中选择。"
        order = ["kind", *[name for name in self.fields if name != "kind"]]
        if corrects:
            self.fields["reason"] = _text(
                "更正或者补充的原因", 200, help_text="例如“废止日期填错”“补登废止”。原来的内容保留在更正记录中。"
            )
            self.fields["reason"].error_messages["required"] = "请写明更正或者补充的原因。"
            order.append("reason")
        self.order_fields(order)


class WithdrawForm(RegisterForm):
    """Why something is withdrawn."""

    reason = _text("撤回的原因", 200, help_text="撤回后不再计入，原来的内容和原因保留备查。")


class ConfirmationForm(RegisterForm):
    """Another body's confirmation. A figure a row: ``cell_…``, at first as the register has it."""

    body = _text("确认的机关", 80, help_text="例如“云溪区司法局”。")
    confirmed_on = DayField(label="确认日期")
    letter = _text("确认文件或者函件的编号", 120)

    def __init__(self, *args: Any, figures: dict[CellKey, int], statutory: Form, again: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cells = {f"cell_{number}": key for number, key in enumerate(figures)}
        for name, key in self.cells.items():
            cell = statutory.cells[key]
            label = f"{cell.row.label}{cell.column.heading}"
            self.fields[name] = CountField(label=label, initial=figures[key])
            self.fields[name].error_messages["required"] = f"请填写“{label}”。"
        if again:
            self.fields["reason"] = _text("重新确认的原因", 200)
            self.fields["reason"].error_messages["required"] = "请写明重新确认的原因。"

    def figures(self) -> dict[CellKey, int]:
        """The figures confirmed. To be called on a valid form."""
        return {key: self.cleaned_data[name] for name, key in self.cells.items()}


class SourceForm(forms.Form):
    """Of which source and division figures are to be entered; sent along in the address."""

    source = forms.CharField(label="来源", max_length=40)
    division = forms.ChoiceField(label="承办机构", required=False)

    def __init__(
        self, *args: Any, organ: Organ, sources: Iterable[str], divisions: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.sources = list(sources)
        self.fields["source"].widget = forms.TextInput(attrs={"list": "sources", "autocomplete": "off"})
        self.fields["division"].choices = [("", "全机关"), *divisions]


ROWS = (*((str(month), f"{month}月") for month in range(1, 13)), ("year", "全年"))
"""Rows of the grid: each month, and the whole year for who has no monthly figures."""


class GridForm(RegisterForm):
    """Figures of one source and division by month and kind: fields ``licences_3``, ``fees_year``. ``starting``: what stands there.

    ``asks``: kinds of which another source gives figures too, whose use has to be said.
    """

    def __init__(self, *args: Any, starting: dict[str, str], asks: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.starting = starting
        for term in decision_kinds().terms:
            if term.code in asks:
                choices = [("", "请选择"), *USES]
                help_text = "同期间另有来源填报了这一事项。不写明的不能保存，以免重复计数。"
                self.fields[f"use_{term.code}"] = _choice(
                    f"本来源的{term.label}", choices, required=False, help_text=help_text
                )
        for row, label in ROWS:
            for term in decision_kinds().terms:
                kind = AmountField if term.code in AMOUNTS else CountField
                name = f"{term.code}_{row}"
                told = f"{label}{term.label}（{unit_of(term.code)}）"
                self.fields[name] = kind(label=told, required=False, initial=starting.get(name, ""), max_length=30)
                self.fields[name].widget.attrs["aria-label"] = told
        self.fields["reason"] = _text(
            "更正的原因", 200, required=False, help_text="改动或者清空已经填报的数字时写明；原来的数字保留备查。"
        )

    def changed(self) -> dict[tuple[str, str], Any]:
        """The figures that are otherwise than they stand: (kind, row) → number, or None where one is taken away."""
        found = {}
        for row, _ in ROWS:
            for term in decision_kinds().terms:
                name = f"{term.code}_{row}"
                number, before = self.cleaned_data.get(name), self.starting.get(name, "")
                if (number is None) != (before == "") or (number is not None and Decimal(number) != Decimal(before)):
                    found[term.code, row] = number
        return found


class UseForm(RegisterForm):
    """What a source's figures are beside another's."""

    use = _choice(
        "这个来源的数字",
        [("", "请选择"), *USES],
    )
    reason = _text("依据", 200)


class FactForm(RegisterForm):
    """One entry of a fact: what or how many, and an explanation."""

    def __init__(self, *args: Any, item: FactItem, **options: Any) -> None:
        super().__init__(*args, **options)
        label = "内容" if item.type == "text" else f"数量（{item.unit}）"
        self.fields["value"] = _value(item, label, required=True)
        self.fields["value"].error_messages["required"] = f"请填写“{label}”。"
        help_text = "写一次填一条，数量自动相加。例如“3月5日，全区政务公开业务培训，培训通知和签到表”。"
        self.fields["explanation"] = _text(
            "说明（时间、名称、依据）", 300, required=False, help_text="" if item.type == "text" else help_text
        )


class FactsForm(RegisterForm):
    """Facts of which nothing was entered yet, all on one page: under its key the value of each, and an explanation."""

    def __init__(self, *args: Any, items: Iterable[FactItem], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = list(items)
        for item in self.items:
            self.fields[item.key] = _value(item, item.label, required=False)
            self.fields[f"{item.key}_note"] = _text(f"{item.label}：说明（时间、名称、依据）", 300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for item in self.items:
            if cleaned.get(f"{item.key}_note") and cleaned.get(item.key) in (None, "") and not self.has_error(item.key):
                self.add_error(item.key, f"写了说明，请填写“{item.label}”。")
        return cleaned

    def filled(self) -> dict[str, tuple[Any, str]]:
        """By key what was filled in, with its explanation. To be called on a valid form."""
        given = {item.key: self.cleaned_data[item.key] for item in self.items}
        return {
            key: (value, self.cleaned_data[f"{key}_note"]) for key, value in given.items() if value not in (None, "")
        }

    def refuse_fact(self, key: str, error: ValidationError) -> None:
        """Put what was refused of a fact beside its fields."""
        for name, told in error.message_dict.items():
            self.add_error(f"{key}_note" if name == "explanation" else key, told)


def _value(item: FactItem, label: str, *, required: bool) -> forms.Field:
    """The field of a fact's value, by its type."""
    if item.type == "text":
        return _text(label, 300 if item.short else LONGEST, area=not item.short, help_text=item.note, required=required)
    kind = CountField if item.type == "count" else AmountField
    return kind(label=label, help_text=item.note, max_length=30, required=required)


class MediumForm(RegisterForm):
    """What was published through one channel."""

    kind = _choice("渠道类型", [("", "请选择"), *((term.code, term.label) for term in media_kinds().terms)])
    name = _text("渠道名称", 60, required=False, help_text="网站或者账号的名称。")
    information = _choice(
        "信息类别",
        [("", "各类合计，不分类别"), *((term.code, term.label) for term in information_kinds().terms)],
        required=False,
        help_text="分类别填的，一类填一条；同一渠道不要又填合计。",
    )
    published = CountField(label="公开信息（条）", required=False, max_length=30)
    reads = CountField(label="阅读量（次）", required=False, max_length=30, help_text="没有统计的留空。")


class ProblemForm(RegisterForm):
    """A problem of the year, or of last year's report."""

    problem = _text("问题", 300, help_text="用一句话写明。例如“政策解读形式较为单一”。")
    improvement = _text("改进措施或者改进情况", LONGEST, area=True, required=False)
    previous = _choice("哪一年的问题", [("", "本年发现的问题"), ("yes", "上年报告写过的问题")], required=False)


class AnswerForm(RegisterForm):
    """What became of a problem of last year's list."""

    improvement = _text("这一年怎样改进、结果如何", LONGEST, area=True)


class UploadForm(RegisterForm):
    """A spreadsheet for a register; it is read as soon as it is sent, so that what is no spreadsheet is refused beside the field."""

    file = forms.FileField(
        label="表格文件",
        help_text="Excel 工作簿（XLSX、XLS）、ODS 或者 CSV 文件。列名不必与本系统相同，认不出的会询问。",
        error_messages={"empty": "这个文件是空的，请核对。"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.et,.csv"}),
    )

    def __init__(self, *args: Any, register: str, organ: Organ, sources: Iterable[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.sources = list(sources)
        heads = "、".join(column.head for column in ledger_sheet(register).columns)
        self.fields["file"].help_text += f"可以有这些列：{heads}。"
        if register == "documents":
            choices = [("", "照表中的“类别”一列"), *((code, f"全部是{label}") for code, label in kinds_of(organ))]
            self.fields["kind"] = _choice("文件的类别", choices, required=False)
        else:
            self.fields["source"] = _text(
                "来源", 40, help_text=f"这份表的数字从哪里来，例如“{SUGGESTED[0]}”“{SUGGESTED[-1]}”。"
            )
            self.fields["source"].widget.attrs |= {"list": "sources", "autocomplete": "off"}
            self.fields["source"].error_messages["required"] = "请填写来源。"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.GONGKAI_UPLOAD_LIMIT:
            raise ValidationError(
                f"文件超过 {settings.GONGKAI_UPLOAD_LIMIT // 2**20} 兆字节，请删去无关的工作表和图片。"
            )
        self.content = file.read()
        try:
            grids_of(file.name, self.content)
        except UnreadableLedgerError as error:
            raise ValidationError(str(error).replace("台账", "表格文件")) from error
        return file

    def options(self) -> dict[str, str]:
        """What was said of the file. To be called on a valid form."""
        return {name: self.cleaned_data[name] for name in ("kind", "source") if name in self.cleaned_data}


class AnswersForm(QuestionsForm):
    """Answers to what a file leaves open: what heads and words mean, and what its figures are beside another source's.

    ``kinds``: of decisions of which another source gives figures. What is left open is asked again.
    """

    def __init__(self, *args: Any, questions: Iterable[Question], kinds: Iterable[str], **options: Any) -> None:
        super().__init__(*args, questions=questions, **options)
        self.kinds = tuple(kinds)
        for kind in self.kinds:
            label = f"另有来源填报了{decision_kinds()[kind].label}。这份表的数字"
            self.fields[f"use_{kind}"] = _choice(label, [("", "以后再定"), *USES], required=False)
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "这个回答不在所列的选项中，请重新选择。"

    def clean(self) -> dict[str, Any]:
        """One column of a sheet holds one thing."""
        cleaned = super().clean() or self.cleaned_data
        taken: dict[tuple[str, str], str] = {}
        for number, question in enumerate(self.questions):
            name = f"question{number}"
            if question.kind != "column" or not (head := cleaned.get(name)):
                continue
            if (other := taken.setdefault((question.sheet, head), question.word)) != question.word:
                self.add_error(name, f"“{head}”一列已经选作“{other}”，请另选一列，或者选“以后再定”。")
        return cleaned

    def uses(self) -> dict[str, str]:
        """What was chosen for the figures of kinds, by the name of the option. To be called on a valid form."""
        names = [f"use_{kind}" for kind in self.kinds]
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}
