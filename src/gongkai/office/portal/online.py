"""The forms that the public fills in, as ``online.toml`` lists them on top of the steps of a case. A mistake in the file is an
OnlineFormError that names the place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.law.case.lists import lists
from gongkai.law.case.steps import FieldType, StepField, steps

_FORM = {"step", "title", "button", "groups"}
_FORM_OPTIONAL = {"explain", "fixed"}
_FIELD_OPTIONAL = {"label", "help", "kind", "autocomplete", "short", "required", "only"}

LONGEST = {"text": 200, "long_text": 5000}
"""Characters that a field takes."""


class OnlineFormError(ValueError):
    """``online.toml`` does not fit the steps of a case."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose from. ``note``: a sentence beside it, "" for none."""

    code: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a form. ``type``: of the step's field; ``kind``: of the input where it is one line of text; ``kinds``: the
    media types of files that it takes, empty for all."""

    key: str
    label: str
    type: FieldType
    required: bool
    personal: bool
    choices: tuple[Choice, ...]
    help: str
    kind: str
    autocomplete: str
    short: bool
    kinds: tuple[str, ...] = ()

    @property
    def longest(self) -> int:
        return LONGEST.get(self.type, 0)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one legend."""

    legend: str
    fields: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class OnlineForm:
    """A form. ``fixed``: what the step is told without asking; ``explain``: what stands above the fields."""

    key: str
    step: str
    title: str
    button: str
    explain: str
    fixed: Mapping[str, str]
    groups: tuple[Group, ...]

    @property
    def fields(self) -> Iterator[Asked]:
        """All fields, in their order."""
        return (asked for group in self.groups for asked in group.fields)


@cache
def online_forms() -> Mapping[str, OnlineForm]:
    """All forms by key. Raises OnlineFormError."""
    raw = tomllib.loads(files(__package__).joinpath("online.toml").read_text("utf-8"))
    return {key: _form(key, item) for key, item in raw.items()}


def _form(key: str, item: Mapping[str, Any]) -> OnlineForm:
    place = f"online.toml：{key}"
    _check(item, _FORM, _FORM_OPTIONAL, place)
    if item["step"] not in steps():
        raise OnlineFormError(f"{place}：没有步骤“{item['step']}”。")
    fixed = item.get("fixed", {})
    groups = []
    for group in item["groups"]:
        _check(group, {"legend", "fields"}, set(), place)
        groups.append(Group(group["legend"], tuple(_asked(item["step"], one, fixed, place) for one in group["fields"])))
    return OnlineForm(
        key=key,
        step=item["step"],
        title=item["title"],
        button=item["button"],
        explain=item.get("explain", ""),
        fixed=fixed,
        groups=tuple(groups),
    )


def _asked(step: str, item: Mapping[str, Any], fixed: Mapping[str, str], place: str) -> Asked:
    _check(item, {"key"}, _FIELD_OPTIONAL, place)
    field = steps()[step].field(item["key"])
    if field is None:
        raise OnlineFormError(f"{place}：步骤“{step}”没有“{item['key']}”这一项。")
    return Asked(
        key=field.key,
        label=item.get("label", field.label),
        type=field.type,
        required=item.get("required", field.required and _applies(field, fixed)),
        personal=field.personal,
        choices=_choices(field, item.get("only")),
        help=item.get("help", field.help),
        kind=item.get("kind", "text"),
        autocomplete=item.get("autocomplete", ""),
        short=item.get("short", False),
        kinds=field.kinds,
    )


def _applies(field: StepField, fixed: Mapping[str, str]) -> bool:
    return field.when is None or fixed.get(field.when.field) in field.when.values


def _choices(field: StepField, only: list[str] | None) -> tuple[Choice, ...]:
    if not field.choices:
        return ()
    terms = lists()[field.choices].terms
    return tuple(Choice(term.code, term.label) for term in terms if only is None or term.code in only)


def _check(item: Mapping[str, Any], required: set[str], optional: set[str], place: str) -> None:
    if missing := required - item.keys():
        raise OnlineFormError(f"{place}：缺少 {'、'.join(sorted(missing))}。")
    if unknown := item.keys() - required - optional:
        raise OnlineFormError(f"{place}：不认识 {'、'.join(sorted(unknown))}。")
