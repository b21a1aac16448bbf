"""The instruments (法规、文件) that the program relies on beyond the form's own notices: name, number, day of effect."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from .terms import LawError

Mark = Literal["", "memory"]
"""How far an entry is known: checked against the text (""), or not (``memory``)."""

_SOURCE = "instruments.toml"
_REQUIRED = {"key", "name", "number", "in_force_since"}
_OPTIONAL = {"short", "article", "mark"}
_ORDINAL = re.compile(r"第?(\d+)号$")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or notice. ``short``: how it is cited; ``article``: where it states its day of effect, or ""."""

    key: str
    name: str
    number: str
    in_force_since: date
    short: str = ""
    article: str = ""
    mark: Mark = ""

    @property
    def cited(self) -> str:
        """How a basis names it: ``政府信息公开条例（国务院令第711号）``."""
        return f"{self.short or self.name}（{self.number}）"

    @property
    def ordinal(self) -> int:
        """The figure in its number: 711 of ``国务院令第711号``."""
        found = _ORDINAL.search(self.number)
        assert found is not None  # seen to when it was loaded
        return int(found[1])


def instrument(key: str) -> Instrument:
    """The instrument with this key; KeyError where there is none. Raises LawError where the data file is wrong."""
    return _instruments()[key]


@cache
def _instruments() -> Mapping[str, Instrument]:
    return parse_instruments(files("gongkai.law").joinpath(_SOURCE).read_text("utf-8"), _SOURCE)


def parse_instruments(text: str, source: str) -> Mapping[str, Instrument]:
    """The instruments in the text of a data file, by key. Every mistake is a LawError that names file and place."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # repeated keys are reported here too
        raise LawError(f"{source}：不是有效的 TOML：{error}。") from error
    if raw.keys() != {"instruments"}:
        raise LawError(f"{source}：顶层应当是 instruments，现为 {'、'.join(raw)}。")
    found: dict[str, Instrument] = {}
    for number, item in enumerate(raw["instruments"]):
        where = f"{source}：instruments[{number}]"
        if why := _wrong(item):
            raise LawError(f"{where}：{why}。")
        if item["key"] in found:
            raise LawError(f"{where}：“{item['key']}”重复。")
        found[item["key"]] = Instrument(**item)
    return found


def _wrong(item: Mapping[str, Any]) -> str:
    """What is wrong with a record, "" where nothing is."""
    if missing := _REQUIRED - item.keys():
        return f"缺少 {'、'.join(sorted(missing))}"
    if unknown := item.keys() - _REQUIRED - _OPTIONAL:
        return f"不认识 {'、'.join(sorted(unknown))}"
    if texts := [key for key in item if key != "in_force_since" and not isinstance(item[key], str)]:
        return f"{'、'.join(sorted(texts))} 应当是文字"
    if type(item["in_force_since"]) is not date:
        return "in_force_since 应当是日期"
    if item.get("mark", "") not in get_args(Mark):
        return f"不认识 mark“{item['mark']}”"
    return "" if _ORDINAL.search(item["number"]) else f"文号“{item['number']}”没有序号"
