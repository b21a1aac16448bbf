"""Schemas generated from the form: of a report as JSON, and of its figures as a table with one report a line."""

from __future__ import annotations

from typing import Any, get_args

from .finding import Severity, Verdict
from .form import Cell, Form, load_form

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def report_schema(edition: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a report object of an edition, as the contract prints it. Raises FormError for an edition
    without a file.

    Figures are numbers of any kind: ``values`` is what a document prints, also where it is wrong. What a figure should
    be stands in ``table_schema``.
    """
    form = load_form(edition)
    text = {"type": "string"}
    return {
        "$schema": DIALECT,
        "$id": f"urn:gongkai:report:{edition}",
        "title": f"政府信息公开工作年度报告（{form.notice}）",
        "type": "object",
        "properties": {
            "path": {**text, "description": "读取的文件"},
            "organ": {"type": ["string", "null"], "description": "标题所印的机关名称"},
            "year": {"type": ["integer", "null"], "description": "报告年度"},
            "edition": {"const": edition, "description": f"年度报告格式的版本，{form.notice}"},
            "title": {"type": ["string", "null"], "description": "标题"},
            "introduction": {**text, "description": "标题与第一部分之间的文字，分段用换行"},
            "values": {
                "type": "object",
                "description": "数字；null 为有此格而未填数；无此键为文件中没有此格",
                "properties": {key: _value(cell) for key, cell in form.cells.items()},
                "additionalProperties": False,
            },
            "marks": {
                "type": "object",
                "description": "没有数字的格所印的符号或文字",
                "properties": dict.fromkeys(form.cells, text),
                "additionalProperties": False,
            },
            "sections": {
                "type": "object",
                "description": "六个部分的文字，不含标题和统计表，分段用换行",
                "properties": {
                    section.key: {**text, "title": f"{section.number}、{section.heading}"} for section in form.sections
                },
                "additionalProperties": False,
            },
            "findings": {"type": "array", "items": _finding(form)},
            "evidence": {"type": "object", "propertyNames": {"enum": list(form.cells)}},
            "stated": {"type": "array", "items": {"type": "object"}},
        },
        "required": ["organ", "year", "edition", "values", "marks", "sections"],
        "additionalProperties": False,
    }


def _value(cell: Cell) -> dict[str, Any]:
    return {"type": ["number", "null"], "title": cell.name, "description": _description(cell)}


def _description(cell: Cell) -> str:
    article = cell.row.article or cell.block.article
    return f"单位：{cell.unit}。" + (f"依据：{article}。" if article else "")


def _finding(form: Form) -> dict[str, Any]:
    figures = {
        "type": "object",
        "propertyNames": {"enum": list(form.cells)},
        "additionalProperties": {"type": "number"},
    }
    place = {"type": "integer", "minimum": 1}
    return {
        "type": "object",
        "properties": {
            "code": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
            "verdict": {"enum": list(get_args(Verdict))},
            "severity": {"enum": list(get_args(Severity))},
            "cells": {"type": "array", "items": {"enum": list(form.cells)}},
            "message": {"type": "string"},
            "basis": {"type": "string"},
            "where": {
                "type": "object",
                "properties": {
                    **dict.fromkeys(("section", "page", "table", "row", "column", "line"), place),
                    "sentence": {"type": "string"},
                },
                "additionalProperties": False,
            },
            "repair": figures,
            "alternatives": {"type": "array", "items": figures, "minItems": 2},
        },
        "required": ["code", "verdict", "severity", "message", "basis"],
        "additionalProperties": False,
    }


def table_schema(edition: str) -> dict[str, Any]:
    """A Frictionless Table Schema of an edition's figures: one report a line, one cell a column, named by its key.

    Constraints are the form's: counts are whole and not negative, changes whole, amounts not negative.
    """
    form = load_form(edition)
    return {
        "fields": [
            {"name": "organ", "type": "string", "title": "机关名称"},
            {"name": "year", "type": "year", "title": "报告年度", "constraints": {"required": True}},
            {"name": "edition", "type": "string", "title": "格式版本", "constraints": {"enum": [edition]}},
            *(_field(key, cell) for key, cell in form.cells.items()),
        ],
        "missingValues": [""],
        "primaryKey": ["organ", "year"],
    }


def _field(key: str, cell: Cell) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": key,
        "type": "number" if cell.type == "amount" else "integer",
        "title": cell.name,
        "description": _description(cell),
        "unit": cell.unit,
    }
    if cell.type != "change":
        field["constraints"] = {"minimum": 0}
    return field
