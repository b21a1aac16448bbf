"""The lists that fields of steps choose from (选项): those of the law and the form, and those of ``lists.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ..outcomes import applicant_kinds, channels, outcomes
from ..records import check_shape, load_toml
from ..terms import LawError, Term, Vocabulary
from ..time_limits import known_mark
from .grounds import grounds

_SOURCE = "case/lists.toml"
_MARKED = {"": "", "memory": "（这一口径没有核对到原文。）", "infer": "（这一口径由条文推定。）"}
_OPTIONAL = {"article": str, "note": str, "mark": str}


@cache
def lists() -> Mapping[str, Vocabulary]:
    """Every list by its name, as `StepField.choices` names it. Raises LawError where a file is wrong."""
    found = {
        "outcomes": outcomes(),
        "channels": channels(),
        "applicant_kinds": applicant_kinds(),
        "grounds": _grounds(),
    }
    raw = load_toml(_SOURCE)
    names = check_shape(raw.pop("names", None), f"{_SOURCE}：names", dict.fromkeys(raw, str))
    for name, items in raw.items():
        if name in found or not isinstance(items, list):
            raise LawError(f"{_SOURCE}：{name} 应当是一组选项，名称不与其他列表相同。")
        found[name] = Vocabulary(
            name, names[name], tuple(_term(item, f"{_SOURCE}：{name}[{n}]") for n, item in enumerate(items))
        )
        if len({term.code for term in found[name].terms}) < len(items):
            raise LawError(f"{_SOURCE}：{name} 中有重复的 code。")
    return MappingProxyType(found)


def label_of(name: str, code: str) -> str:
    """The Chinese label of a code of a list. KeyError where either is unknown."""
    return lists()[name][code].label


def _term(item: object, place: str) -> Term:
    record = check_shape(item, place, {"code": str, "label": str}, _OPTIONAL)
    note = record.get("note", "") + _MARKED[known_mark(record.get("mark", ""), place)]
    return Term(record["code"], record["label"], record["label"], article=record.get("article", ""), note=note)


def _grounds() -> Vocabulary:
    return Vocabulary(
        "grounds",
        "依据",
        tuple(
            Term(one.code, one.label, one.label, article=one.article, note=_MARKED[one.mark])
            for one in grounds().values()
        ),
    )
