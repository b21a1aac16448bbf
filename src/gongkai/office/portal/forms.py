"""What a visitor typed into a form: read from the request, held against the form, split up for the record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from .identity import complaint
from .online import Asked, OnlineForm

Values = Mapping[str, Any]
"""Text by field; for a field of several choices a list of codes."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TELEPHONE = re.compile(r"[0-9+()（）\-－ 转]{5,40}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as the page draws it: with what was typed and what is wrong with it. ``files``: those that are kept already."""

    asked: Asked
    value: Any
    error: str
    files: tuple[Any, ...] = ()

    @property
    def filled(self) -> bool:
        """Whether anything was given."""
        return bool(self.value or self.files)

    @property
    def words(self) -> str:
        """The value as people read it."""
        if self.asked.choices:
            chosen = [self.value] if isinstance(self.value, str) else self.value
            return "、".join(choice.label for choice in self.asked.choices if choice.code in chosen)
        return str(self.value)


def typed(form: OnlineForm, post: QueryDict) -> dict[str, Any]:
    """What was typed, without spaces around it and without control characters; fields for files left out."""
    return {
        asked.key: post.getlist(asked.key) if asked.type == "choices" else _clean(post.get(asked.key, ""))
        for asked in form.fields
        if asked.type != "files"
    }


def complaints(form: OnlineForm, values: Values, file_counts: Mapping[str, int]) -> dict[str, str]:
    """What is wrong, a sentence a field. ``file_counts``: how many files each field holds."""
    found = {asked.key: _complaint(asked, values.get(asked.key, ""), file_counts) for asked in form.fields}
    errors = {key: error for key, error in found.items() if error}
    for key, error in _together(form, values):
        errors.setdefault(key, error)
    order = [asked.key for asked in form.fields]
    return dict(sorted(errors.items(), key=lambda item: order.index(item[0])))


def split(form: OnlineForm, values: Values) -> tuple[dict[str, Any], dict[str, str]]:
    """What an event holds in the open, fixed values with it, and what is personal."""
    given = {asked.key: values.get(asked.key) for asked in form.fields if asked.type != "files"}
    personal = {asked.key for asked in form.fields if asked.personal}
    filled = {key: value for key, value in given.items() if value}
    return (
        {**form.fixed, **{key: value for key, value in filled.items() if key not in personal}},
        {key: value for key, value in filled.items() if key in personal},
    )


def shown(
    form: OnlineForm, values: Values, errors: Mapping[str, str], files: Mapping[str, Sequence[Any]]
) -> list[tuple[str, list[Shown]]]:
    """The groups of the form as the page draws them: legend and fields."""
    return [
        (
            group.legend,
            [
                Shown(asked, values.get(asked.key, ""), errors.get(asked.key, ""), tuple(files.get(asked.key, ())))
                for asked in group.fields
            ],
        )
        for group in form.groups
    ]


def _complaint(asked: Asked, value: Any, file_counts: Mapping[str, int]) -> str:
    if asked.type == "files":
        return f"请上传{asked.label}。" if asked.required and not file_counts.get(asked.key) else ""
    codes = {choice.code for choice in asked.choices}
    if asked.type == "choices":
        return f"请在“{asked.label}”中选择列出的选项。" if set(value) - codes else ""
    if not value:
        if not asked.required:
            return ""
        return f"请选择{asked.label}。" if codes else f"请填写{asked.label}。"
    if codes:
        return "" if value in codes else f"请在“{asked.label}”中选择列出的选项。"
    if len(value) > asked.longest:
        return f"“{asked.label}”最多 {asked.longest} 个字，现有 {len(value)} 个字，请缩短或者作为附件上传。"
    if asked.kind == "email" and not _EMAIL.fullmatch(value):
        return "电子邮箱有误：应当像 name@example.com 这样写，请核对。"
    if asked.kind == "tel" and not _TELEPHONE.fullmatch(value):
        return f"{asked.label}有误：请填写数字，区号和分机可以用连字符隔开。"
    return ""


def _together(form: OnlineForm, values: Values) -> list[tuple[str, str]]:
    """What is wrong with fields taken together, each at the field where it is to be put right."""
    keys = {asked.key for asked in form.fields}
    if "applicant_name" not in keys:
        return []
    found = []
    if not any(values.get(key) for key in ("telephone", "address", "email")):
        found.append(("telephone", "请填写联系方式：电话、通信地址、电子邮箱至少填一项。"))
    natural = values.get("applicant_kind") == "natural_person"
    if natural and values.get("id_kind") == "credit_code":
        found.append(("id_kind", "自然人请选择身份证件，统一社会信用代码证照是单位用的。"))
    if values.get("id_number"):
        found.append(("id_number", complaint(values.get("id_kind", ""), values["id_number"])))
    if values.get("delivery_way") == "email" and not values.get("email"):
        found.append(("email", "您希望用电子邮件答复，请填写电子邮箱。"))
    if values.get("delivery_way") == "post" and not values.get("address"):
        found.append(("address", "您希望邮寄答复，请填写通信地址。"))
    if values.get("agent_id_number") and not values.get("agent_name"):
        found.append(("agent_name", "填写了代理人证件号码的，请同时填写代理人姓名。"))
    return [(key, error) for key, error in found if error]


def _clean(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign == "\n" or sign.isprintable() or sign == "　").strip()
