"""Strict reading of this package's data files: every mistake is a LawError that names file and place in Chinese."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from .terms import LawError

_NAMES = {
    str: "文字",
    int: "整数",
    bool: "true 或 false",
    date: "日期（如 2026-10-01）",
    list: "一组值",
    dict: "一张表",
}


def load_toml(name: str, *tables: str) -> dict[str, Any]:
    """A data file of this package, with exactly these tables at the top. Raises LawError."""
    return parse_toml(files("gongkai.law").joinpath(name).read_text("utf-8"), name, *tables)


def parse_toml(text: str, source: str, *tables: str) -> dict[str, Any]:
    """The text of a data file. ``tables``: what must stand at the top; none: anything may. Raises LawError."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # repeated keys are reported here too
        raise LawError(f"{source}：不是有效的 TOML：{error}。") from error
    if tables and raw.keys() != set(tables):
        raise LawError(f"{source}：顶层应当是 {'、'.join(tables)}，现为 {'、'.join(raw)}。")
    return raw


def check_shape(
    item: object, place: str, required: Mapping[str, type], optional: Mapping[str, type] | None = None
) -> dict[str, Any]:
    """The item unchanged if it is a table with these keys and types of values and no other. Raises LawError."""
    if not isinstance(item, dict):
        raise LawError(f"{place}：应当是一张表。")
    kinds = {**required, **(optional or {})}
    if missing := [key for key in required if key not in item]:
        raise LawError(f"{place}：缺少 {'、'.join(missing)}。")
    if unknown := [key for key in item if key not in kinds]:
        raise LawError(f"{place}：不认识 {'、'.join(unknown)}。")
    for key, value in item.items():
        if type(value) is not kinds[key]:  # exactly: a truth value is no number, a time no date
            raise LawError(f"{place}：{key} 应当是{_NAMES[kinds[key]]}。")
    return item


def check_dates(values: list[Any], place: str) -> tuple[date, ...]:
    """A list of dates, in order and none twice. Raises LawError."""
    if any(type(value) is not date for value in values):
        raise LawError(f"{place} 应当是一组日期（如 [2026-10-01, 2026-10-02]）。")
    if len(set(values)) != len(values):
        raise LawError(f"{place} 中有重复的日期。")
    return tuple(sorted(values))
