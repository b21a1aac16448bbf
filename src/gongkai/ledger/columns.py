"""What the ledger's sheets hold (台账各工作表、各列), as data: ``sheets.toml``, strictly loaded.

The blank workbook, the recognition of heads in other offices' spreadsheets, and every message derive from here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from .. import law
from ..law.terms import Vocabulary, check_records, plain_term
from ..narrative.facts import FactItem, fact_items, information_kinds, media_kinds
from .errors import LedgerError

ColumnType = Literal["text", "date", "term", "count", "amount", "period"]
_COLUMN_TYPES = ("text", "date", "term", "count", "amount", "period")


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column. ``list``: key of the vocabulary a ``term`` comes from. ``width`` in characters.

    ``required``: every row fills it in; ``needed``: a sheet without this column can't be compiled.
    ``unlike``: words that tell a head apart; ``blank``: words that say as much as an empty cell. ``after``: key of the
    column whose date this one can't precede; ``once``: to be filled in as soon as that column is; ``unique``: no two
    rows hold the same.
    """

    key: str
    head: str
    type: ColumnType
    note: str
    width: int = 12
    list: str = ""
    article: str = ""
    required: bool = False
    needed: bool = False
    unique: bool = False
    after: str = ""
    once: str = ""
    sum: Literal["", "rows", "sum"] = ""
    variants: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """One kind of sheet. ``named``: known by its name only, because its heads say too little."""

    key: str
    name: str
    title: str
    columns: tuple[LedgerColumn, ...]
    variants: tuple[str, ...] = ()
    named: bool = False

    def column(self, key: str) -> LedgerColumn:
        """The column with this key; KeyError where there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


@cache
def ledger_sheets() -> tuple[LedgerSheet, ...]:
    """The sheets a clerk fills in, in their order."""
    return parse_sheets(_text("sheets.toml"), "sheets.toml")


def ledger_sheet(key: str) -> LedgerSheet:
    """The sheet with this key; KeyError where there is none."""
    for sheet in ledger_sheets():
        if sheet.key == key:
            return sheet
    raise KeyError(key)


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """Every list a column may choose from, by key: the law's, and the ledger's own."""
    lists = (
        law.outcomes(),
        law.applicant_kinds(),
        law.channels(),
        law.remedy_kinds(),
        law.remedy_results(),
        law.document_kinds(),
        media_kinds(),
        information_kinds(),
        *(
            Vocabulary(item["key"], item["name"], tuple(map(plain_term, check_records(item["terms"], item["key"]))))
            for item in _load(_text("sheets.toml"), "sheets.toml")["lists"]
        ),
    )
    return {one.key: one for one in lists}


@cache
def ledger_facts() -> tuple[FactItem, ...]:
    """The lines of the sheet 情况: the facts that a person enters, and those for which a ledger has no register."""
    return tuple(item for item in fact_items() if item.source == "entered" or item.asked)


def parse_sheets(text: str, source: str) -> tuple[LedgerSheet, ...]:
    """The sheets in the text of a data file. Every mistake is a LedgerError that names file and place."""
    raw = _load(text, source)
    _keys(raw, f"{source}：顶层", {"sheets", "lists"}, set())
    sheets = []
    for item in raw["sheets"]:
        place = f"{source}：{item.get('key', '？')}"
        _keys(item, place, {"key", "name", "title", "columns"}, {"variants", "named"})
        columns = tuple(_column(one, f"{place}.columns[{n}]") for n, one in enumerate(item["columns"]))
        _distinct([column.key for column in columns], place)
        rest = {"columns": columns, "variants": tuple(item.get("variants", ()))}
        sheets.append(LedgerSheet(**{**item, **rest}))
    _distinct([sheet.key for sheet in sheets], source)
    return tuple(sheets)


def _column(item: Mapping[str, Any], place: str) -> LedgerColumn:
    allowed = {field.name for field in fields(LedgerColumn)}
    _keys(item, place, {"key", "head", "type", "note"}, allowed)
    if item["type"] not in _COLUMN_TYPES:
        raise LedgerError(f"{place}：不认识类型“{item['type']}”。")
    if (item["type"] == "term") != ("list" in item):
        raise LedgerError(f"{place}：类型为 term 的列应当有 list，其他列不应当有。")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in item.items()}
    if "{label}" in item["head"]:
        decided = law.decision_kinds()
        if item["key"] not in decided:
            raise LedgerError(f"{place}：表格中没有“{item['key']}”。")
        term = decided[item["key"]]
        values |= {"head": item["head"].replace("{label}", term.label), "article": term.article}
        values["variants"] = (term.label, *values.get("variants", ()))
    return LedgerColumn(**values)


def _keys(item: Mapping[str, Any], place: str, required: set[str], optional: set[str]) -> None:
    if missing := required - item.keys():
        raise LedgerError(f"{place}：缺少 {'、'.join(sorted(missing))}。")
    if unknown := item.keys() - required - optional:
        raise LedgerError(f"{place}：不认识 {'、'.join(sorted(unknown))}。")


def _distinct(names: list[str], place: str) -> None:
    if twice := {name for name in names if names.count(name) > 1}:
        raise LedgerError(f"{place}：{'、'.join(sorted(twice))} 重复。")


def _load(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # repeated keys are reported here too
        raise LedgerError(f"{source}：不是有效的 TOML：{error}。") from error


def _text(name: str) -> str:
    return files("gongkai.ledger").joinpath(name).read_text("utf-8")
