"""The steps (办理步骤) a case may take, as ``steps.toml`` lists them, loaded strictly.

A step is what a person may do with a case; done, it is an event of the same key. Its fields are what the screen asks,
what the event holds and what the archive prints, so that a step is described once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from ..records import check_shape, load_toml, parse_toml
from ..roles import roles
from ..terms import LawError
from ..time_limits import Mark, known_mark
from .lists import lists

_SOURCE = "case/steps.toml"
_STEP = {
    **dict.fromkeys(("key", "label", "done", "day", "article", "phase", "guide"), str),
    **dict.fromkeys(("roles", "while"), list),
}
_STEP_OPTIONAL = {
    "mark": str,
    **dict.fromkeys(("matters", "answers", "fields"), list),
    **dict.fromkeys(("once", "unattended"), bool),
}
_FIELD = dict.fromkeys(("key", "label", "type"), str)
_FIELD_OPTIONAL = {
    **dict.fromkeys(("choices", "help", "article"), str),
    **dict.fromkeys(("required", "personal", "future"), bool),
    "kinds": list,
    "when": dict,
}

FieldType = Literal[
    "text",  # one line
    "long_text",
    "date",
    "count",  # a whole number, not negative
    "money",  # 元, as a string with two decimals
    "yes_no",
    "choice",  # a code of the list `choices`
    "choices",  # several codes of that list
    "division",  # key of a division (科室) of the organ
    "organ",  # key of an organ
    "person",  # key of a member of staff of the organ
    "event",  # number of an earlier event of this case, e.g. the consultation that is answered
    "cases",  # numbers of other cases of the organ
    "files",  # keys of stored files
    "values",  # what an earlier event should have said: an object of field keys, and ``on`` for its day
]

Phase = Literal["intake", "inquiry", "handling", "drafting", "delivery", "afterwards"]


@dataclass(frozen=True, slots=True)
class When:
    """A field is only asked where another field of the step has one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepField:
    """One thing a step asks. ``choices``: name of a list, see `gongkai.law.case.lists`. ``personal``: kept encrypted outside the event.

    ``help``: a sentence under the field. ``required``: the step is refused without it. ``article``: why it is asked.
    ``when``: it is only asked, and only then required, where another field has a value. ``future``: a date that may lie
    after today. ``kinds``: the media types of files that it takes, empty for all that are taken at all.
    """

    key: str
    label: str
    type: FieldType
    required: bool = False
    choices: str = ""
    help: str = ""
    article: str = ""
    personal: bool = False
    when: When | None = None
    future: bool = False
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step. ``label``: the button (告知补正); ``done``: the entry in the case's history (已告知补正).

    ``day``: what ``Event.on`` means for this step (发出补正告知书之日). ``roles``: who may take it, codes of ``roles.toml``.
    Which letters it sends, the catalogue of `gongkai.letters` says. ``mark``: "memory" or "infer" where its rule is not verified.
    ``phase``: heading under which the case page offers it. ``guide``: a sentence on when to take it.
    ``statuses``: those of a case in which it is possible; none for the registration. ``matters``: for which matters.
    ``once``: at most once in a case. ``unattended``: the applicant online or the system may record it.
    ``answers``: kinds of events of which one must have gone before, on no later day.
    """

    key: str
    label: str
    done: str
    day: str
    article: str
    phase: Phase
    roles: tuple[str, ...]
    fields: tuple[StepField, ...] = ()
    mark: Mark = ""
    guide: str = ""
    statuses: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    once: bool = False
    unattended: bool = False
    answers: tuple[str, ...] = ()

    def field(self, key: str) -> StepField | None:
        """The field with this key, None where there is none."""
        return next((one for one in self.fields if one.key == key), None)


@cache
def steps() -> Mapping[str, Step]:
    """All steps by key, in the order of the file. Raises LawError where the file is wrong."""
    return read_steps(load_toml(_SOURCE, "groups", "steps"), _SOURCE)


def parse_steps(text: str, source: str) -> Mapping[str, Step]:
    """The steps in the text of a data file. Every mistake is a LawError that names file and place."""
    return read_steps(parse_toml(text, source, "groups", "steps"), source)


def read_steps(raw: Mapping[str, Any], source: str) -> Mapping[str, Step]:
    """The steps of a data file's tables, by key. Raises LawError."""
    found: dict[str, Step] = {}
    for number, item in enumerate(raw["steps"]):
        step = _step(item, f"{source}：steps[{number}]", raw["groups"])
        if step.key in found:
            raise LawError(f"{source}：steps[{number}]：“{step.key}”重复。")
        found[step.key] = step
    for step in found.values():
        if unknown := [kind for kind in step.answers if kind not in found]:
            raise LawError(f"{source}：{step.key}：answers 中没有步骤“{unknown[0]}”。")
    return MappingProxyType(found)


def _step(item: Any, place: str, groups: Mapping[str, list[str]]) -> Step:
    record = check_shape(item, place, _STEP, _STEP_OPTIONAL)
    place = f"{place}（{record['key']}）"
    _among(record["phase"], get_args(Phase), place, "phase")
    for name, known in (("roles", roles()), ("while", groups), ("matters", lists()["matters"])):
        for value in record.get(name, ()):
            _among(value, known, place, name)
    fields = tuple(_field(one, f"{place}：fields[{n}]") for n, one in enumerate(record.get("fields", ())))
    keys = [one.key for one in fields]
    for one in fields:
        if keys.count(one.key) > 1:
            raise LawError(f"{place}：字段“{one.key}”重复。")
        if one.when and one.when.field not in keys:
            raise LawError(f"{place}：{one.key} 的 when 中没有字段“{one.when.field}”。")
    texts = {key: record[key] for key in ("key", "label", "done", "day", "article", "phase", "guide")}
    return Step(
        **texts,
        roles=tuple(record["roles"]),
        fields=fields,
        mark=known_mark(record.get("mark", ""), place),
        statuses=tuple(dict.fromkeys(status for group in record["while"] for status in groups[group])),
        matters=tuple(record.get("matters", ())),
        once=record.get("once", False),
        unattended=record.get("unattended", False),
        answers=tuple(record.get("answers", ())),
    )


def _field(item: Any, place: str) -> StepField:
    record = dict(check_shape(item, place, _FIELD, _FIELD_OPTIONAL))
    place = f"{place}（{record['key']}）"
    _among(record["type"], get_args(FieldType), place, "type")
    chooses = record["type"] in ("choice", "choices")
    if chooses != ("choices" in record):
        raise LawError(f"{place}：只有 choice、choices 两类字段要有 choices，而且必须有。")
    if chooses:
        _among(record["choices"], lists(), place, "choices")
    if kinds := record.pop("kinds", None):
        if record["type"] != "files":
            raise LawError(f"{place}：只有 files 类字段可以有 kinds。")
        record["kinds"] = tuple(kinds)
    if when := record.pop("when", None):
        shape = check_shape(when, f"{place}：when", {"field": str, "is": list})
        record["when"] = When(shape["field"], tuple(shape["is"]))
    return StepField(**record)


def _among(value: object, known: Any, place: str, name: str) -> None:
    if value not in known:
        raise LawError(f"{place}：{name} 中不认识“{value}”。")
