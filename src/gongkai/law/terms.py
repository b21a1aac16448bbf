"""Vocabularies of the law: closed lists of terms, each with its code, its Chinese label and the article behind it.

The files beside this module hold them as data and are loaded strictly: an unknown, missing or repeated key fails with
file and place. Where the statutory form already says a thing (number, wording, group, article), the term takes it from
the form, so that no label is written twice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from ..report.errors import GongkaiError

_TEXTS = {"code", "label", "article", "note", "fallback"}


class LawError(GongkaiError):
    """A file of the law's data is wrong."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a list (选项).

    ``code``: stable key; where the term is a row or column of the form, its key there. ``label``: short Chinese name.
    ``listed``: how a drop-down list shows it, with number and group. ``group``: the heading it stands under, or "".
    ``variants``: other words for it. ``fallback``: code of the term that counts it where an edition lacks it.
    """

    code: str
    label: str
    listed: str
    group: str = ""
    article: str = ""
    note: str = ""
    variants: tuple[str, ...] = ()
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of terms, in the order of the form or the law. ``name``: what the list is called in Chinese."""

    key: str
    name: str
    terms: tuple[Term, ...]
    _by_code: Mapping[str, Term] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {term.code: term for term in self.terms})

    def __getitem__(self, code: str) -> Term:
        """The term with this code; KeyError where there is none."""
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code


def read_records(name: str, *lists: str) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """The records of a data file of this package, list by list. Raises LawError."""
    return parse_records(files("gongkai.law").joinpath(name).read_text("utf-8"), name, *lists)


def parse_records(text: str, source: str, *lists: str) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """The records of ``lists`` in the text of a data file. Every mistake is a LawError that names file and place."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # repeated keys are reported here too
        raise LawError(f"{source}：不是有效的 TOML：{error}。") from error
    if raw.keys() != set(lists):
        raise LawError(f"{source}：顶层应当是 {'、'.join(lists)}，现为 {'、'.join(raw)}。")
    return {name: check_records(raw[name], f"{source}：{name}") for name in lists}


def check_records(items: Sequence[Mapping[str, Any]], place: str) -> tuple[Mapping[str, Any], ...]:
    """The items unchanged, if each is a well-formed record of a term and no code comes twice. Raises LawError."""
    seen: set[str] = set()
    for number, item in enumerate(items):
        where = f"{place}[{number}]"
        if "code" not in item:
            raise LawError(f"{where}：缺少 code。")
        if unknown := item.keys() - _TEXTS - {"variants"}:
            raise LawError(f"{where}：不认识 {'、'.join(sorted(unknown))}。")
        if wrong := [key for key in _TEXTS & item.keys() if not isinstance(item[key], str)]:
            raise LawError(f"{where}：{'、'.join(sorted(wrong))} 应当是文字。")
        variants = item.get("variants", [])
        if not isinstance(variants, list) or not all(isinstance(one, str) for one in variants):
            raise LawError(f"{where}：variants 应当是一组文字。")
        if item["code"] in seen:
            raise LawError(f"{where}：“{item['code']}”重复。")
        seen.add(item["code"])
    return tuple(items)


def plain_term(record: Mapping[str, Any]) -> Term:
    """A term that stands on its own, not taken from the form: its record must hold a label."""
    if "label" not in record:
        raise LawError(f"“{record['code']}”缺少 label。")
    values: dict[str, Any] = {key: tuple(value) if key == "variants" else value for key, value in record.items()}
    return Term(listed=record["label"], **values)
