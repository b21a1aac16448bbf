"""One form field for every type of field a step may ask (`gongkai.law.case.steps.FieldType`).

The form only reads what was typed; whether it is enough and lawful, the core says when the step is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from gongkai.law.case.lists import lists
from gongkai.law.case.steps import StepField
from gongkai.law.terms import Term

from ..clock import today
from ..vault.models import StoredFile
from .kept import kept_file
from .models import Case
from .widgets import Day, Files, OneOf, SomeOf

Options = Sequence[tuple[str, Any]]

DAY_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]
MOST = 10_000_000
"""The largest count taken: more is a slip of the pen."""
FIRST_DAY = date(2008, 5, 1)
"""The day on which the regulation (政府信息公开条例) first took effect: no application is older."""

FARTHEST = timedelta(366 * 5)
"""How far ahead a day may lie."""

_TELEPHONE = re.compile(r"[+（(]?[0-9][0-9 ()（）+/、，,转-]{4,}")

RADIOS = 6
"""A choice with so many options or fewer shows them all; a longer one folds them in a list."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What a form lets one choose from beside the lists of the law: all by key and label.

    ``register_id``: the organ in whose register other cases are looked up; ``person_id``: whose files may be attached.
    """

    register_id: int
    person_id: int
    divisions: Options = ()
    people: Options = ()
    organs: Options = ()
    events: Options = ()
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By the key of a field: the codes that are offered, where not all of its list are."""


class FilesField(forms.Field):
    """Stored files, from the tokens that the form carries."""

    widget = Files

    def __init__(self, person_id: int, kinds: Sequence[str] = (), **arguments: Any) -> None:
        super().__init__(**arguments)
        self.person_id = self.widget.person_id = person_id
        self.kinds = kinds

    def clean(self, value: Any) -> list[StoredFile]:
        found = [kept_file(one, self.person_id) for one in value or []]
        if any(one is None for one in found):
            raise forms.ValidationError("有的文件已经失效，请重新选择。")
        if self.kinds and (other := [one.name for one in found if one and one.media_type not in self.kinds]):
            raise forms.ValidationError(f"“{self.label}”不能是“{other[0]}”这种文件，请看下面的说明，改用所列的格式。")
        if self.required and not found:
            raise forms.ValidationError(self.error_messages["required"])
        return list({one.key: one for one in found if one is not None}.values())


class CasesField(forms.CharField):
    """Numbers of other cases of the same register, with anything but letters, figures and hyphens between them."""

    def __init__(self, register_id: int, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.register_id = register_id

    def clean(self, value: Any) -> list[str]:
        numbers = list(dict.fromkeys(re.findall(r"[0-9A-Za-z][0-9A-Za-z-]*", super().clean(value))))
        known = set(Case.objects.filter(organ_id=self.register_id, number__in=numbers).values_list("number", flat=True))
        if unknown := [one for one in numbers if one not in known]:
            raise forms.ValidationError(f"本机关没有编号为{'、'.join(unknown)}的案件，请核对。")
        return numbers

    def prepare_value(self, value: Any) -> Any:
        return "，".join(value) if isinstance(value, list) else value


def form_field(asked: StepField, offers: Offers) -> forms.Field:
    """The form field for what a step asks. Only what is asked in every case is required here; the core knows the rest."""
    common = {
        "label": asked.label,
        "help_text": _help(asked),
        "required": asked.required and asked.when is None,
        "error_messages": _messages(asked),
    }
    built = _BUILDERS[asked.type](asked, offers, common)
    built.when = asked.when  # the template marks the field with it, so that a script may fold it away
    built.required_then = asked.required and asked.when is not None
    if built.required:
        built.widget.attrs["aria-required"] = "true"
    return built


class _CaseDay(forms.DateField):
    """A day on which something of a case happened or, ``ahead``, is to happen: its year is not mistyped.

    Where it must not lie ahead, the core says so.
    """

    widget = Day

    def __init__(self, *, ahead: bool = False, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.ahead = ahead

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and (value < FIRST_DAY or (self.ahead and value > today() + FARTHEST)):
            raise forms.ValidationError("年份可能写错了，请核对日期。")


def day_field(label: str) -> forms.DateField:
    """The day on which a step counts in law."""
    return _CaseDay(
        label=label,
        input_formats=DAY_FORMATS,
        error_messages={"required": f"请填写{label}。", "invalid": _INVALID_DAY},
    )


_INVALID_DAY = "请填写日期，例如 2026-11-21 或者 2026年11月21日。"


def _help(asked: StepField) -> str:
    return f"{asked.help}（{asked.article}）" if asked.help and asked.article else asked.help or asked.article


def _messages(asked: StepField) -> dict[str, str]:
    verb = "上传" if asked.type == "files" else "选择" if asked.type in _CHOSEN else "填写"
    return {
        "required": f"请{verb}“{asked.label}”。",
        "invalid_choice": "请从列出的各项中选择。",
        "invalid_list": "请从列出的各项中选择。",
    }


_CHOSEN = {"yes_no", "choice", "choices", "division", "organ", "person", "event"}


def _text(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    if asked.key.endswith("email"):
        common["error_messages"]["invalid"] = "电子邮箱的写法不对，请核对。"
        return _whole(forms.EmailField(max_length=500, **common))
    if asked.key.endswith("telephone"):
        common["error_messages"]["invalid"] = "联系电话有误：请填写数字，区号和分机可以用连字符隔开。"
        return _whole(forms.RegexField(_TELEPHONE, max_length=500, **common))
    return _whole(forms.CharField(max_length=500, **common))


def _long_text(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    return _whole(forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}), **common))


def _whole(built: forms.CharField) -> forms.CharField:
    """The field, telling what is too long instead of letting the browser cut it off unseen."""
    built.widget.attrs.pop("maxlength", None)
    built.error_messages["max_length"] = "最多%(limit_value)d个字，现在有%(show_value)d个字，请删减，或者放入附件。"
    for validator in built.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = built.error_messages["max_length"]
    return built


def _day(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    common["error_messages"]["invalid"] = _INVALID_DAY
    return _CaseDay(ahead=asked.future, input_formats=DAY_FORMATS, **common)


def _count(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    common["error_messages"] |= {
        "invalid": "请填写整数。",
        "min_value": "不能小于 0。",
        "max_value": "数字太大，请核对。",
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "o-short"})
    return forms.IntegerField(min_value=0, max_value=MOST, widget=widget, **common)


def _money(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    common["error_messages"] |= {
        "invalid": "请填写金额，例如 120.00。",
        "min_value": "金额不能小于 0。",
        "max_decimal_places": "金额最多写到分。",
        "max_digits": "金额太大，请核对。",
        "max_whole_digits": "金额太大，请核对。",
    }
    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "o-short"})
    return forms.DecimalField(min_value=0, max_digits=12, decimal_places=2, widget=widget, **common)


def _yes_no(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    def read(value: str) -> bool | None:
        return {"yes": True, "no": False}.get(value)

    return forms.TypedChoiceField(
        choices=[("yes", "是"), ("no", "否")], coerce=read, empty_value=None, widget=OneOf(), **common
    )


def _choice(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    offered = _offered(asked, offers)
    if len(offered) <= RADIOS:
        return forms.ChoiceField(choices=_grouped(offered, notes=True), widget=OneOf(), **common)
    return forms.ChoiceField(choices=[("", "请选择"), *_grouped(offered, notes=False)], **common)


def _choices(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    offered = _offered(asked, offers)
    widget = SomeOf(attrs={"wide": len(offered) > RADIOS})
    return forms.MultipleChoiceField(choices=_grouped(offered, notes=False), widget=widget, **common)


def _of(options: Callable[[Offers], Options]) -> Callable[[StepField, Offers, dict[str, Any]], forms.Field]:
    def build(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
        return forms.ChoiceField(choices=[("", "请选择"), *options(offers)], **common)

    return build


def _event(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    return forms.TypedChoiceField(choices=[("", "请选择"), *offers.events], coerce=int, empty_value=None, **common)


def _cases(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    return CasesField(offers.register_id, max_length=2_000, **common)


def _files(asked: StepField, offers: Offers, common: dict[str, Any]) -> forms.Field:
    return FilesField(offers.person_id, asked.kinds, **common)


def _offered(asked: StepField, offers: Offers) -> list[Term]:
    only = offers.only.get(asked.key)
    return [one for one in lists()[asked.choices].terms if only is None or one.code in only]


def _grouped(offered: Sequence[Term], *, notes: bool) -> list[tuple[str, Any]]:
    """The options in their order, those of one group under its heading."""
    options: list[tuple[str, Any]] = []
    for one in offered:
        option = (one.code, f"{one.label}：{one.note}" if notes and one.note else one.label)
        if not one.group:
            options.append(option)
        elif options and options[-1][0] == one.group:
            options[-1][1].append(option)
        else:
            options.append((one.group, [option]))
    return options


_BUILDERS: Mapping[str, Callable[[StepField, Offers, dict[str, Any]], forms.Field]] = {
    "text": _text,
    "long_text": _long_text,
    "date": _day,
    "count": _count,
    "money": _money,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "division": _of(lambda offers: offers.divisions),
    "organ": _of(lambda offers: offers.organs),
    "person": _of(lambda offers: offers.people),
    "event": _event,
    "cases": _cases,
    "files": _files,
}
