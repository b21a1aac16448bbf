"""Forms of the organs' screens: they check shape and wording; what may be is decided by the models and the actions."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from gongkai.law import channels
from gongkai.law.calendar import LocalHoliday
from gongkai.law.roles import roles
from gongkai.law.time_limits import Rules

from .actions import CONTACT, POWERS
from .invariants import BASIC_CHANNELS
from .models import Dated, Division, Holding, Leader, Organ, Person
from .queries import existing

MARKS = {"": "", "memory": "未核原文", "infer": "推定"}
"""How far an entry of the law is known, as screens say it."""


_DAY = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?", re.ASCII)
"""A date as people write it."""


class DayInput(forms.DateInput):
    """A date as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of the calendar."""

    widget = DayInput
    default_error_messages = {"invalid": "请按“年-月-日”填写日期，例如 2026-03-01。"}


class OfficeForm(forms.Form):
    """A form of the back office. ``organ``: whose screen it is on, where it is about one; ``day``: today."""

    organ: Organ

    def __init__(self, *args: Any, organ: Organ | None = None, day: date, **kwargs: Any) -> None:
        self.day = day
        if organ is not None:
            self.organ = organ
        super().__init__(*args, use_required_attribute=False, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写{field.label}。"
            if isinstance(field, forms.ChoiceField):
                field.error_messages["required"] = f"请选择{field.label}。"
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on organ and day."""

    def take(self, error: ValidationError) -> None:
        """Show what an action found wrong, beside the field where the form has it, else on top."""
        if hasattr(error, "error_dict"):
            for field, errors in error.error_dict.items():
                self.add_error(field if field in self.fields else None, errors)
        else:
            self.add_error(None, error)


class OrganChoice(forms.ModelChoiceField):
    """A choice of an organ by its present name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid_choice": "请从列表中选择机关。"})
        super().__init__(Organ.objects.none(), empty_label="（不选）", **kwargs)


class PersonChoice(forms.ModelChoiceField):
    """A choice of a person by name and account."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid_choice": "请从列表中选择人员。"})
        super().__init__(Person.objects.none(), empty_label="（请选择）", **kwargs)

    def label_from_instance(self, person: Person) -> str:
        return f"{person.name}（{person.username}）"


class FoundForm(OfficeForm):
    code = forms.CharField(
        label="机关代码", max_length=40, help_text="统一社会信用代码，或者本地使用的代码；设立后不再改变。"
    )
    name = forms.CharField(label="名称", max_length=80)
    short = forms.CharField(label="简称", max_length=30, required=False)
    kind = forms.ChoiceField(label="机关类别", choices=Organ.Kind.choices)
    short_code = forms.CharField(
        label="机关代字", max_length=12, help_text="用于文书编号，例如“云政”，不带“公”字：“公”字在文种中，如“公复”。"
    )
    since = DayField(label="设立日期")
    vertical = OrganChoice(label="垂直管理的上级机关", required=False)

    def prepare(self) -> None:
        self.fields["vertical"].queryset = existing(self.day)


class RenameForm(OfficeForm):
    name = forms.CharField(label="新名称", max_length=80)
    short = forms.CharField(label="新简称", max_length=30, required=False)
    since = DayField(label="自哪一天起使用", help_text="此前的文书仍用原名称。")


class MoveForm(OfficeForm):
    parent = OrganChoice(label="隶属的人民政府", required=False)
    vertical = OrganChoice(label="垂直管理的上级机关", required=False)

    def prepare(self) -> None:
        others = existing(self.day).exclude(pk=self.organ.pk)
        self.fields["parent"].queryset = others
        self.fields["vertical"].queryset = others


class EndOrganForm(OfficeForm):
    successor = OrganChoice(
        label="承继其职责的机关", required=False, help_text="未办结的案件由它继续办理，期限照原来计算。"
    )
    day = DayField(label="自哪一天起撤销")

    def prepare(self) -> None:
        self.fields["successor"].queryset = existing(self.day).exclude(pk=self.organ.pk)


class MergeForm(EndOrganForm):
    """As for abolishing, but somebody must take over."""

    def prepare(self) -> None:
        super().prepare()
        successor = self.fields["successor"]
        successor.required = True
        successor.label = "并入哪个机关"
        successor.error_messages["required"] = "请选择并入的机关。"
        self.fields["day"].label = "自哪一天起并入"


class PowersForm(OfficeForm):
    def prepare(self) -> None:
        self.fields |= forms.fields_for_model(Organ, POWERS)


class ContactForm(OfficeForm):
    def prepare(self) -> None:
        self.fields |= forms.fields_for_model(Organ, CONTACT)


class ChannelsForm(OfficeForm):
    channels = forms.MultipleChoiceField(
        label="另外开通的渠道",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.code, one.label) for one in channels().terms if one.code not in BASIC_CHANNELS],
        help_text="当面提交和邮寄是基本渠道，始终开通；其他渠道在公开指南中公告后，收到的申请都要办理。",
    )


class LimitsForm(OfficeForm):
    """One field for each time limit that the law leaves open; left empty, it is as the program has it."""

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        self.rules = rules
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        units = {"working_day": "工作日", "calendar_day": "日", "month": "月"}
        for limit in self.rules:
            if limit.adjustable:
                self.fields[limit.key] = forms.IntegerField(
                    label=f"{limit.label}（{units[limit.unit]}）{MARKS[limit.mark] and f'【{MARKS[limit.mark]}】'}",
                    required=False,
                    min_value=limit.minimum,
                    max_value=limit.maximum,
                    help_text=f"{limit.note}不填按 {limit.length}；可以填 {limit.minimum} 至 {limit.maximum}。",
                    error_messages={
                        "invalid": "请填写整数。",
                        "min_value": f"不能小于 {limit.minimum}。",
                        "max_value": f"不能大于 {limit.maximum}。",
                    },
                )

    @property
    def lengths(self) -> dict[str, int]:
        """The settings that were filled in."""
        return {key: value for key, value in self.cleaned_data.items() if value is not None}


class DivisionForm(OfficeForm):
    key = forms.CharField(label="代码", max_length=40, help_text="字母、数字和连字符，设立后不再改变。")
    name = forms.CharField(label="名称", max_length=60)
    since = DayField(label="设立日期")


class DivisionNameForm(OfficeForm):
    name = forms.CharField(label="名称", max_length=60)


class EndForm(OfficeForm):
    """From which day something no longer holds."""

    day = DayField(label="自哪一天起终止", help_text="这一天起不再有效，前一天仍有效。")

    def take(self, error: ValidationError) -> None:
        if "until" in getattr(error, "error_dict", {}):
            error.error_dict["day"] = error.error_dict.pop("until")
        super().take(error)


class LeaderForm(OfficeForm):
    kind = forms.ChoiceField(label="职责", choices=Leader.Kind.choices)
    name = forms.CharField(label="姓名", max_length=40)
    title = forms.CharField(label="职务", max_length=60, required=False, help_text="例如“副局长”。")
    since = DayField(label="自哪一天起")
    person = PersonChoice(label="系统账号", required=False, help_text="没有账号的不选。")

    def prepare(self) -> None:
        self.fields["person"].queryset = people_of(self.organ, self.day)


class PersonForm(OfficeForm):
    username = forms.CharField(label="用户名", max_length=150, help_text="登录时使用，例如姓名的拼音；不能与别人相同。")
    name = forms.CharField(label="姓名", max_length=40)
    telephone = forms.CharField(label="办公电话", max_length=40, required=False)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        error_messages={"invalid": "电子邮箱的写法不对，请核对。"},
        help_text="忘记密码时用来重设。",
    )


class PersonChangeForm(OfficeForm):
    name = forms.CharField(label="姓名", max_length=40)
    telephone = forms.CharField(label="办公电话", max_length=40, required=False)


class GrantForm(OfficeForm):
    username = forms.CharField(
        label="用户名", max_length=150, help_text="授予谁：填写这个人的用户名，可以是其他机关的人员。"
    )
    role = forms.ChoiceField(
        label="角色", choices=[("", "（请选择）"), *((key, role.label) for key, role in roles().items())]
    )
    division = forms.ModelChoiceField(
        Division.objects.none(),
        label="内设机构",
        required=False,
        empty_label="（整个机关）",
        help_text="承办人、承办科室负责人要选内设机构。",
        error_messages={"invalid_choice": "请从列表中选择内设机构。"},
    )
    since = DayField(label="起始日期")
    until = DayField(label="终止日期", required=False, help_text="没有终止的留空。")

    def prepare(self) -> None:
        self.fields["division"].queryset = self.organ.divisions.filter(Dated.on(self.day))

    def clean_username(self) -> str:
        if not Person.objects.filter(username=self.cleaned_data["username"]).exists():
            raise ValidationError("没有这个用户名，请核对。")
        return self.cleaned_data["username"]

    def take(self, error: ValidationError) -> None:
        if "person" in getattr(error, "error_dict", {}):
            error.error_dict["username"] = error.error_dict.pop("person")
        super().take(error)


class SubstituteForm(OfficeForm):
    person = PersonChoice(label="由谁代理")
    since = DayField(label="自哪一天")
    until = DayField(label="至哪一天", help_text="包括这一天。")

    def __init__(self, *args: Any, holding: Holding, **kwargs: Any) -> None:
        self.holding = holding
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["person"].queryset = people_of(self.holding.organ, self.day).exclude(pk=self.holding.person_id)


class NoticeForm(OfficeForm):
    text = forms.CharField(
        label="放假安排",
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text="粘贴国务院办公厅通知的全文，从标题“国务院办公厅关于××××年部分节假日安排的通知”起，到落款为止。",
        strip=False,
    )
    source = forms.CharField(label="来源", max_length=200, help_text="例如“国办发明电〔2026〕7号，中国政府网”。")


class LocalHolidayForm(OfficeForm):
    """Days off of one place. What can't be by the calendar is told by `cases.holidays.add_local`."""

    name = forms.CharField(label="名称", max_length=40, help_text="例如“壮族三月三”、“暴雨停工”。")
    first = DayField(label="放假第一日")
    last = DayField(label="放假最后一日", help_text="只放一天的，与第一日相同。")
    worked = forms.CharField(
        label="调休上班的日期",
        max_length=200,
        required=False,
        help_text="因此改为上班的周末或者节假日，用顿号隔开，例如“2026-04-18、2026-04-26”。没有的留空。",
    )
    document = forms.CharField(
        label="依据的文件名称",
        max_length=120,
        help_text="作出安排的通知或者规定，例如“关于2026年壮族三月三放假的通知”。",
    )
    number = forms.CharField(label="文号", max_length=60, required=False, help_text="没有文号的留空。")

    longest = 31
    """Days off in a row; more is a slip of the pen."""

    def clean_worked(self) -> tuple[date, ...]:
        days = [_day_of(text) for text in re.split(r"[、，,；;\s]+", self.cleaned_data["worked"]) if text]
        if len(set(days)) < len(days):
            raise ValidationError("同一个日期写了两次，请核对。")
        return tuple(sorted(days))

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", "最后一日早于第一日，请核对。")
        elif first and last and (last - first).days >= self.longest:
            self.add_error(
                "last", f"连放 {(last - first).days + 1} 天，请核对日期；确实超过 {self.longest} 天的，分几次登记。"
            )
        elif first and last and any(first <= day <= last for day in found.get("worked", ())):
            self.add_error("worked", "调休上班的日期在放假的日期以内，请核对。")
        return found

    @property
    def holiday(self) -> LocalHoliday:
        """What was filled in rightly."""
        told = self.cleaned_data
        days = tuple(told["first"] + timedelta(one) for one in range((told["last"] - told["first"]).days + 1))
        basis = told["document"] + (f"（{told['number']}）" if told["number"] else "")
        return LocalHoliday(told["name"], basis, days, told["worked"])


class WithdrawForm(OfficeForm):
    """Why something that was entered no longer counts."""

    reason = forms.CharField(label="撤销原因", max_length=200, help_text="例如“日期登记有误”、“通知已经收回”。")


class PasswordForm(OfficeForm):
    """A new password of one's own, typed twice. The old one is asked for, since a signed-in screen may stand open."""

    old = forms.CharField(
        label="现在的密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )
    new = forms.CharField(
        label="新密码", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    again = forms.CharField(
        label="再输入一次新密码", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["new"].help_text = "".join(password_validators_help_texts())

    def clean_old(self) -> str:
        if not self.person.check_password(self.cleaned_data["old"]):
            raise ValidationError("现在的密码不对，请重新输入。")
        return self.cleaned_data["old"]

    def clean_new(self) -> str:
        new = self.cleaned_data["new"]
        validate_password(new, self.person)
        if new == self.data.get("old"):
            raise ValidationError("新密码不能与现在的密码相同。")
        return new

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if "new" in found and found["new"] != found.get("again"):
            self.add_error("again", "两次输入的新密码不一样。")
        return found


def _day_of(text: str) -> date:
    if parts := _DAY.fullmatch(text):
        with suppress(ValueError):
            return date(*map(int, parts.groups()))
    raise ValidationError(f"“{text[:20]}”不是日期。请按“年-月-日”填写，几个日期用顿号隔开。")


def people_of(organ: Organ, day: date) -> Any:
    """Whom an organ may name: accounts in use of those who work there or hold a role there."""
    holding = organ.holdings.filter(Dated.on(day)).values("person")
    active = Person.objects.filter(is_active=True)
    return (active.filter(organ=organ) | active.filter(pk__in=holding)).distinct()
