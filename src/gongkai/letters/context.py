"""What a letter may say of a case (占位符): each value with its Chinese name in the templates, as ``context.toml`` lists them.

Offices write the Chinese name between braces, ``{{申请人}}``; programs give the value under its key, ``applicant``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from gongkai.law.calendar import chinese_date

from ..report.writing.tables import printable
from .errors import LettersError

ValueKind = Literal["line", "text", "lines", "date", "rows"]
Prepared = str | tuple[Mapping[str, str], ...]
"""A value ready to print: text, its paragraphs apart by a line feed, or rows of texts by column."""

_SOURCE = "context.toml"
_KNOWN = {"key", "name", "kind", "group", "note", "example", "columns", "blank"}
_REQUIRED = {"key", "name", "group", "note", "example"}
_SPACES = re.compile(r"[^\S\u3000]+")  # an ideographic space is meant
_UNSEEN = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Controls, and the marks by which a name could make what follows read backwards."""

_BREAKS = re.compile(r"\r\n|[\r\n\v\f\u0085\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value that a letter may use. ``name``: as templates write it. ``group``: heading of the list for offices.

    ``kind``: ``line`` stands within a sentence; ``text`` may have several paragraphs; ``lines`` several lines of one paragraph;
    ``date`` is printed 2026年11月21日; ``rows`` is a list for a table, with its ``columns`` by key and Chinese name.
    ``example``: a sample value (rows: one row as texts in the columns' order). ``blank``: printed as nothing where it
    lacks, as in a form filled in by hand; any other that lacks is an error.
    """

    key: str
    name: str
    group: str
    note: str
    example: str | tuple[str, ...]
    kind: ValueKind = "line"
    columns: Mapping[str, str] | None = None
    blank: bool = False


@cache
def placeholders() -> Mapping[str, Placeholder]:
    """All placeholders by key, in the order of the file. Raises LettersError where the file is wrong."""
    return parse_placeholders(files("gongkai.letters").joinpath(_SOURCE).read_text("utf-8"), _SOURCE)


@cache
def placeholders_by_name() -> Mapping[str, Placeholder]:
    """All placeholders by the Chinese name that templates use."""
    return {one.name: one for one in placeholders().values()}


def sample_values() -> Mapping[str, Any]:
    """An invented value for every placeholder, as `fill` takes them: to show an office what its template prints."""
    return {one.key: _sample(one) for one in placeholders().values()}


def _sample(one: Placeholder) -> Any:
    if one.kind == "rows":
        assert one.columns is not None
        return [dict(zip(one.columns, one.example, strict=True))]
    return one.example


def prepared(values: Mapping[str, Any]) -> Mapping[str, Prepared]:
    """The values by their Chinese names, ready to print; what is None or blank is left out.

    Raises LettersError for a key that no placeholder has and for a value that is not of the placeholder's kind.
    """
    known = placeholders()
    if unknown := values.keys() - known.keys():
        raise LettersError(f"文书没有这样的内容项：{'、'.join(sorted(unknown))}。")
    found = {known[key].name: _prepared(known[key], value) for key, value in values.items() if value is not None}
    return {name: value for name, value in found.items() if value}


def _prepared(one: Placeholder, value: Any) -> Prepared:
    if one.kind == "rows":
        return _rows(one, value)
    if one.kind == "date" and isinstance(value, date):
        return chinese_date(value)
    if not isinstance(value, str):
        raise LettersError(f"“{one.name}”应当是{'日期或者文字' if one.kind == 'date' else '文字'}。")
    return _one_line(value) if one.kind in ("line", "date") else _paragraphs(value)


def _rows(one: Placeholder, value: Any) -> tuple[Mapping[str, str], ...]:
    assert one.columns is not None
    if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(row, Mapping) for row in value):
        raise LettersError(f"“{one.name}”应当是一组行。")
    rows = []
    for row in value:
        if unknown := row.keys() - one.columns.keys():
            raise LettersError(f"“{one.name}”没有这样的列：{'、'.join(map(str, sorted(unknown)))}。")
        cells = {key: row.get(key, "") for key in one.columns}
        if wrong := [one.columns[key] for key, cell in cells.items() if not isinstance(cell, str | date)]:
            raise LettersError(f"“{one.name}”的“{wrong[0]}”应当是文字或者日期。")
        rows.append({one.columns[key]: _cell(cell) for key, cell in cells.items()})
    return tuple(rows)


def _cell(value: str | date) -> str:
    return _one_line(value) if isinstance(value, str) else chinese_date(value)


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", _UNSEEN.sub("", printable(_BREAKS.sub(" ", text)))).strip()


def _paragraphs(text: str) -> str:
    """Without empty paragraphs and spaces around each."""
    lines = (_one_line(line).strip("\u3000") for line in _BREAKS.split(text))
    return "\n".join(line for line in lines if line)


def parse_placeholders(text: str, source: str) -> Mapping[str, Placeholder]:
    """The placeholders in the text of a data file. Every mistake is a LettersError that names file and place."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LettersError(f"{source}：不是有效的 TOML：{error}。") from error
    if raw.keys() != {"placeholders"}:
        raise LettersError(f"{source}：顶层应当是 placeholders，现为 {'、'.join(raw)}。")
    found: dict[str, Placeholder] = {}
    names: set[str] = set()
    for number, item in enumerate(raw["placeholders"]):
        where = f"{source}：placeholders[{number}]"
        if why := _wrong(item):
            raise LettersError(f"{where}：{why}。")
        if item["key"] in found or item["name"] in names:
            raise LettersError(f"{where}：“{item['key']}”或者“{item['name']}”重复。")
        names.add(item["name"])
        example = item["example"]
        found[item["key"]] = Placeholder(
            **{**item, "example": tuple(example) if isinstance(example, list) else example}
        )
    return found


def _wrong(item: Mapping[str, Any]) -> str:
    """What is wrong with a record, "" where nothing is."""
    if missing := _REQUIRED - item.keys():
        return f"缺少 {'、'.join(sorted(missing))}"
    if unknown := item.keys() - _KNOWN:
        return f"不认识 {'、'.join(sorted(unknown))}"
    if texts := [key for key in ("key", "name", "kind", "group", "note") if not isinstance(item.get(key, ""), str)]:
        return f"{'、'.join(texts)} 应当是文字"
    if not item["name"].isidentifier():
        return f"name“{item['name']}”不能作占位符：只能用汉字、字母和数字，不能有空格和标点"
    if not isinstance(item.get("blank", False), bool):
        return "blank 应当是 true 或者 false"
    kind = item.get("kind", "line")
    if kind not in get_args(ValueKind):
        return f"不认识 kind“{kind}”"
    if (kind == "rows") != ("columns" in item):
        return "kind 为 rows 的要有 columns，其他的不能有"
    if kind == "rows":
        return (
            ""
            if _fits(item["columns"], item["example"])
            else "columns 应当是各列的名称，example 应当是一行，与各列对应"
        )
    return "" if isinstance(item["example"], str) else "example 应当是文字"


def _fits(columns: Any, example: Any) -> bool:
    return (
        isinstance(columns, Mapping)
        and all(isinstance(name, str) and name.isidentifier() for name in columns.values())
        and isinstance(example, list)
        and len(example) == len(columns)
        and all(isinstance(one, str) for one in example)
    )
