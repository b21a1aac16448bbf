"""A report as the contract's JSON object, and back. Figures are written exactly: 17.50 stays 17.50."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, TypeVar

from ..errors import ReportError
from ..finding import Finding, Where
from ..form import CellKey, editions, load_form
from ..report import Number, Report, whole
from .tables import printed_number

KEYS = ("organ", "year", "edition", "title", "introduction", "values", "marks", "sections")
"""The keys of a report object that say what the report is."""

PASSED_OVER = ("path", "findings", "evidence", "stated")
"""Keys that ``gongkai read`` also prints and that a report read from JSON does not need."""

_Entry = TypeVar("_Entry")

_LARGEST = 10**15
"""No count and no amount in 元 comes near; what does is a mistake, not a figure."""


def to_json(report: Report, findings: Iterable[Finding] | None = None, path: str | None = None) -> dict[str, Any]:
    """The contract's object. ``path`` and ``findings`` only where given. Numbers are int, or Decimal where not whole:
    print the object with ``dumps``."""
    result: dict[str, Any] = {} if path is None else {"path": path}
    result |= {
        "organ": report.organ,
        "year": report.year,
        "edition": report.edition,
        "title": report.title,
        "introduction": report.introduction,
        "values": dict(report.values),
        "marks": dict(report.marks),
        "sections": dict(report.sections),
    }
    if findings is not None:
        result["findings"] = [finding_to_dict(finding) for finding in findings]
    return result


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """A finding as the contract prints it; keys that do not apply are left out."""
    result: dict[str, Any] = {
        "code": finding.code,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "cells": list(finding.cells),
        "message": finding.message,
        "basis": finding.basis,
        "where": _where(finding.where),
        "repair": dict(finding.repair) if finding.repair is not None else None,
        "alternatives": [dict(alternative) for alternative in finding.alternatives],
    }
    return {key: value for key, value in result.items() if value not in (None, [], {})}


def _where(where: Where | None) -> dict[str, Any] | None:
    if where is None:
        return None
    places = {item.name: getattr(where, item.name) for item in fields(where)}
    return {name: place for name, place in places.items() if place is not None}


def dumps(value: Any, indent: int | None = None) -> str:
    """JSON text, Chinese as it is, Decimals exactly as printed. ``indent``: spaces a level, None for one line."""
    if indent is None:
        try:
            return json.dumps(value, ensure_ascii=False)  # compiled, but knows no Decimal
        except TypeError:
            pass
    return _dump(value, indent, 0)


def _dump(value: Any, indent: int | None, depth: int) -> str:
    match value:
        case Decimal():
            return printed_number(value)
        case Mapping():
            items = [f"{_scalar(str(key))}: {_dump(item, indent, depth + 1)}" for key, item in value.items()]
            return _enclose("{", items, "}", indent, depth)
        case list() | tuple():
            return _enclose("[", [_dump(item, indent, depth + 1) for item in value], "]", indent, depth)
    return _scalar(value)


def _scalar(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _enclose(opening: str, items: list[str], closing: str, indent: int | None, depth: int) -> str:
    if not items or indent is None:
        return opening + ", ".join(items) + closing
    line = "\n" + " " * indent * depth
    return opening + ",".join(f"{line}{' ' * indent}{item}" for item in items) + line + closing


def write_json(report: Report) -> bytes:
    """The report as a UTF-8 JSON file, one key a line."""
    return (dumps(to_json(report), indent=1) + "\n").encode()


def read_json(text: str | bytes) -> Report:
    """The report that a JSON object tells; findings and evidence in it are passed over.

    Raises ReportError (Chinese, naming the place) for anything that the contract does not know: another key, an unknown
    edition or cell, a value of the wrong type, a mark beside a figure.
    """
    data = _object(_parse(text), "（顶层）")
    if unknown := sorted(data.keys() - {*KEYS, *PASSED_OVER}):
        raise ReportError(f"报告 JSON：不认识“{'、'.join(unknown)}”。可用的键是：{'、'.join(KEYS)}。")
    edition = _optional(data, "edition", str, "文字")
    if edition is not None and edition not in editions():
        raise ReportError(f"报告 JSON：edition 为“{edition}”，没有这一版年度报告格式。现有：{'、'.join(editions())}。")
    forms = [load_form(name) for name in ([edition] if edition else editions())]
    known = {key for form in forms for key in form.cells}
    values = _entries(data, "values", known, _number, "格键")
    marks = _entries(data, "marks", known, _text, "格键")
    for key in marks:
        if key not in values or values[key] is not None:
            raise ReportError(f"报告 JSON：marks.{key}：values 中该格不是 null，不能另有标记。")
    sections = {section.key for form in forms for section in form.sections}
    return Report(
        organ=_optional(data, "organ", str, "文字"),
        year=_optional(data, "year", int, "整数"),
        edition=edition,
        title=_optional(data, "title", str, "文字"),
        introduction=_optional(data, "introduction", str, "文字") or "",
        values=values,
        marks=marks,
        sections=_entries(data, "sections", sections, _text, "部分"),
    )


def _parse(text: str | bytes) -> Any:
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        return json.loads(decoded, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise ReportError("报告 JSON：文件不是 UTF-8 编码。") from error
    except json.JSONDecodeError as error:
        raise ReportError(f"报告 JSON：第 {error.lineno} 行第 {error.colno} 列不是有效的 JSON。") from error
    except (ValueError, ArithmeticError) as error:  # a number of thousands of digits
        raise ReportError("报告 JSON：有的数字过长，无法读取。") from error
    except RecursionError as error:
        raise ReportError("报告 JSON：括号嵌套过深。") from error


def _no_number(name: str) -> Any:
    raise ReportError(f"报告 JSON：“{name}”不是数字。")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise ReportError(f"报告 JSON：“{repeated}”出现了不止一次。")
    return result


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ReportError(f"报告 JSON：{place} 应为对象，现为{_kind(value)}。")
    return value


def _optional(data: dict[str, Any], key: str, kind: type, name: str) -> Any:
    value = data.get(key)
    if value is None or (isinstance(value, kind) and not isinstance(value, bool)):
        return value
    raise ReportError(f"报告 JSON：{key} 应为{name}或 null，现为{_kind(value)}。")


def _entries(
    data: dict[str, Any], name: str, known: set[str], take: Callable[[Any, str], _Entry], what: str
) -> dict[CellKey, _Entry]:
    entries = _object({} if data.get(name) is None else data[name], name)
    for key in entries:
        if key not in known:
            raise ReportError(f"报告 JSON：{name}：没有“{key}”这一{what}。")
    return {key: take(value, f"{name}.{key}") for key, value in entries.items()}


def _number(value: Any, place: str) -> Number | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ReportError(f"报告 JSON：{place} 应为数字或 null，现为{_kind(value)}。")
    if not -_LARGEST < value < _LARGEST or (value and Decimal(value).adjusted() < -15):
        raise ReportError(f"报告 JSON：{place} 的数字过大或过小，不会是年度报告中的数。")
    return whole(value) if isinstance(value, Decimal) else value


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise ReportError(f"报告 JSON：{place} 应为文字，现为{_kind(value)}。")
    return value


def _kind(value: Any) -> str:
    match value:
        case None:
            return " null"
        case bool():
            return "布尔值"
        case int() | Decimal():
            return f"数字 {str(value)[:20]}"
        case str():
            return f"文字“{value[:20]}”"
        case list():
            return "数组"
    return "对象"
